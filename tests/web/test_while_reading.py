"""The pages in a browser while reports are being read into the record they show."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from playwright.sync_api import Browser, expect

import made_up
from dragoman.record import Record

PAGES = ("/", "/events?sort=-day", "/network", "/dyad?a=NOR&b=DNK", "/stories")
REPORTS, BATCH = 16, 4


def test_new_reports_are_seen(browser: Browser, own_server: str, own: Path) -> None:
    reader, wrong = made_up.Reader(), list[str]()

    def read() -> None:
        with Record(own).writer(reports=BATCH) as writer:
            for n in range(REPORTS):
                writer.add(reader.read(made_up.report(1_000 + n)))
                time.sleep(0.1)

    context = browser.new_context(base_url=own_server)
    page = context.new_page()
    page.on("console", lambda m: wrong.append(m.text))
    page.on("pageerror", lambda e: wrong.append(str(e)))

    def shown() -> int:
        page.goto("/")
        return int(page.locator(".counts li").first.locator("b").inner_text().replace(",", ""))

    before = shown()
    reading = threading.Thread(target=read)
    reading.start()
    counts, rounds = [before], 0
    while reading.is_alive():
        for path in PAGES:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, f"{path}: {page.locator('main').inner_text()}"
        counts.append(shown())
        rounds += 1
    reading.join()
    time.sleep(1.1)  # the pages look for what is new once a second
    counts.append(shown())
    assert rounds > 0
    assert counts == sorted(counts)
    assert counts[-1] == before + REPORTS
    page.goto("/?words=Thanks,+part+1015")
    expect(page.get_by_role("link", name="Thanks, part 1015")).to_be_visible()
    page.get_by_role("link", name="Thanks, part 1015").click()
    expect(page.locator("#text")).to_contain_text("Report number 1015.")
    context.close()
    assert wrong == []
