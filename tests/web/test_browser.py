"""The pages in a browser, driven as a person would. A page that writes to the console, or asks elsewhere, fails."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import made_up
from web_pile import EVIL, report_of

PAGES = (
    "/", "/events", "/quotes", "/dyad?a=NOR&b=DNK", "/actor?name=NOR", "/messages?who=NOR", "/network", "/flags",
    "/failures", "/stories", "/add",
)  # fmt: skip


def serious(page: Page) -> list[str]:
    """What axe-core finds that shuts people out."""
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(page: Page, folder: Path, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    for address in (
        *PAGES,
        f"/report/{report_of(folder, 'we trust')}?open=e2",
        f"/report/{report_of(folder, EVIL[0])}",
    ):
        page.goto(address)
        assert serious(page) == [], address


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_its_window(page: Page, folder: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for address in (*PAGES, f"/report/{report_of(folder, EVIL[0])}"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_from_an_event_in_the_text_to_its_card(page: Page, folder: Path) -> None:
    page.goto(f"/report/{report_of(folder, 'we trust')}")
    card = page.locator("#e2")
    expect(card.get_by_text("Bo Dansk").last).not_to_be_visible()
    page.locator("#text a.sign[data-sign=e2]").click()
    expect(card.locator("dl")).to_be_visible()
    expect(card.get_by_text("verbal conflict")).to_be_visible()
    expect(card.get_by_text("A test says so").first).to_be_visible()
    assert page.locator("#text .on").first.inner_text() == "Bo Dansk"
    card.get_by_role("link", name="Link to this event").click()
    expect(page).to_have_url(re.compile(r"\?open=e2#e2$"))


def test_a_click_on_the_words_of_a_quotation(page: Page, folder: Path) -> None:
    page.goto(f"/report/{report_of(folder, 'we trust')}")
    page.locator("#text").get_by_text("we trust").click()
    expect(page.locator("#q1 details")).to_have_attribute("open", "")


def test_words_picked_out_have_an_address(page: Page, folder: Path) -> None:
    page.goto(f"/report/{report_of(folder, 'we trust')}")
    page.locator("#text").get_by_text("we trust").dblclick()
    link = page.get_by_role("link", name="Link to the words picked out")
    expect(link).to_be_visible()
    link.click()
    picked = page.locator("#text .here").all_inner_texts()
    assert "".join(picked).strip() in ("we", "trust")


def test_by_keyboard(page: Page, folder: Path) -> None:
    page.goto(f"/report/{report_of(folder, 'we trust')}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#e1 dl")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("#e2 dl, #e3 dl").first).to_be_visible()


def test_events_are_asked_for_and_ordered(page: Page) -> None:
    page.goto("/events")
    page.get_by_label("Source", exact=True).fill("Denmark")
    page.get_by_label("Class").select_option("conflict")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(re.compile("source=Denmark.*quad=conflict"))
    expect(page.locator("table.rows tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Goldstein").click()
    expect(page.locator("td[data-head=Goldstein]").first).to_have_text("−9.0")
    with page.expect_download() as got:
        page.get_by_role("link", name="CSV").click()
    text = Path(got.value.path()).read_text(encoding="utf-8")
    assert len(text.splitlines()) == 3
    page.locator("td.words a").first.click()
    expect(page).to_have_url(re.compile(r"/report/[0-9a-f]{16}\?open=e\d+#e\d+$"))


def test_two_sides_and_a_bar(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Who", exact=True).fill("NOR")
    page.get_by_label("and whom").fill("Denmark")
    page.get_by_label("and whom").press("Enter")
    bar = page.get_by_role("link", name="NOR → DNK, 2022-01: 1 material cooperation")
    bar.click()
    expect(page.locator("table.rows tbody tr")).to_have_count(1)
    expect(page.get_by_text("AID").first).to_be_visible()


def test_a_report_is_added(page: Page, tmp_path: Path) -> None:
    story, broken = tmp_path / "story.txt", tmp_path / "nothing.txt"
    story.write_text(made_up.TEXT.format(n=77), encoding="utf-8")
    broken.write_text(" ", encoding="utf-8")
    page.goto("/add")
    page.locator("input[type=file]").set_input_files([story, broken])
    page.get_by_role("button", name="Read").click()
    expect(page.get_by_role("heading", name="Read", exact=True)).to_be_visible(timeout=20_000)
    expect(page.get_by_text("1 report in the record, 1 input could not be read")).to_be_visible()
    expect(page.get_by_text("empty", exact=True)).to_be_visible()
    page.locator("td a").first.click()
    expect(page.locator("#text")).to_contain_text("Ilse Bårdal")
    expect(page.locator(".flag").first).to_be_visible()


def test_nothing_of_a_hostile_report_runs(page: Page, folder: Path) -> None:
    ident = report_of(folder, EVIL[0])
    for address in (f"/report/{ident}", f"/report/{ident}?open=f1", "/", "/quotes", "/flags", "/actor?name=" + EVIL[0]):
        page.goto(address)
        page.wait_for_timeout(50)
        assert page.evaluate("typeof hacked") == "undefined", address
    page.goto(f"/report/{ident}")
    for link in page.locator("main a").all():
        assert not (link.get_attribute("href") or "").startswith("javascript")
    assert page.get_by_role("heading", level=1).inner_text().startswith("<script>hacked=1</script>")


def test_without_scripts(browser: Browser, server: str, folder: Path) -> None:
    """Everything can be read: the address opens the card and marks the words."""
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/report/{report_of(folder, 'we trust')}?open=e1#e1")
    expect(page.locator("#e1 dl")).to_be_visible()
    expect(page.locator("#text .here").first).to_be_visible()
    page.goto("/dyad?a=NOR&b=DNK")
    assert page.locator("svg .bar").count() >= 5
    context.close()


def test_printed(page: Page, folder: Path) -> None:
    page.goto(f"/report/{report_of(folder, 'we trust')}")
    page.emulate_media(media="print")
    expect(page.locator("nav").first).not_to_be_visible()
    expect(page.locator("#text")).to_be_visible()
