"""Every page answers, every link on it leads somewhere, and nothing that a report says gets out of its place."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from starlette.testclient import TestClient

from web_pile import EVIL, report_of

PAGES = (
    "/", "/?words=hand", "/events", "/events?source=NOR&target=Denmark&since=2022&until=2022-03&sort=-goldstein",
    "/events?words=met&size=5&page=2", "/events?quad=conflict&status=asserted&month=2022-01", "/quotes",
    "/quotes?words=trust&source=Ada", "/dyad", "/dyad?a=NOR&b=DNK", "/dyad?a=Ada+Norr&b=Bo+Dansk&status=planned",
    "/dyad?a=NOR&b=DNK&type=AID&since=2021-06&until=2022-12&publisher=nobody", "/actor", "/actor?name=NOR",
    "/actor?name=Ada+Norr", "/actor?name=Recep+Tayyip+Erdogan", "/messages", "/messages?who=NOR",
    "/messages?who=NOR&years=2021+2022", "/messages?who=DNK&role=recipient&occasion=new-year", "/network",
    "/network?quad=conflict&since=2022&top=3", "/network?since=2050", "/flags", "/flags?kind=office", "/failures",
    "/stories", "/stories?actor=NOR",
)  # fmt: skip
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert lxml.html.fromstring(answer.text).xpath("//main//h1")


def links(page: lxml.html.HtmlElement) -> set[str]:
    return {*page.xpath("//main//a/@href"), *page.xpath("//main//*[local-name()='a']/@href")}


def test_every_link_leads_somewhere_and_nothing_is_let_out(client: TestClient) -> None:
    """From the first page on, along every link: what comes is a page of ours, and its own elements only."""
    seen, todo = set[str](), deque(["/", *PAGES])
    while todo and len(seen) < 220:
        address = todo.popleft().split("#")[0]
        kind = urlsplit(address).path
        if address in seen or kind.endswith((".csv", ".jsonl")):
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        page = lxml.html.fromstring(answer.text)
        assert page.xpath("//script/@src") == ["/static/page.js"], address
        assert not page.xpath("//script[not(@src)] | //style | //iframe | //object | //img | //base | //*[@style]"), (
            address
        )
        assert not [a for e in page.iter() if isinstance(e.tag, str) for a in e.attrib if a.startswith("on")], address
        assert "49" not in answer.text or "{{" in answer.text or "7 * 7" not in answer.text
        assert not BIDI.search(answer.text), address
        for link in links(page):
            assert re.match(r"(/(?!/)|\?|#|https://good\.example/)", link), link
            if not link.startswith(("https:", "#")):
                todo.append(urljoin(address, link))
    assert len(seen) > 150


def test_the_text_is_the_report_character_by_character(client: TestClient, folder: Path) -> None:
    """Whoever copies the text copies the report; what would turn the words round is shown by its number."""
    for words in ("we trust", "Subscribe", EVIL[0]):
        ident = report_of(folder, words)
        text = client.get(f"/api/reports/{ident}").json()["text"]
        for more in ("", "?open=e1", "?at=3-17"):
            page = lxml.html.fromstring(client.get(f"/report/{ident}{more}").text)
            (shown,) = page.xpath("//*[@id='text']")
            plain = re.sub("[\u202e\u202c\u2066\u200f]", "", text)
            assert shown.text_content() == plain
            numbers = shown.xpath(".//*[@class='hidden']/@data-number")
            assert numbers == [f"U+{ord(c):04X}" for c in text if c in "\u202e\u202c\u2066\u200f"]


def test_marks_and_cards(client: TestClient, folder: Path) -> None:
    ident = report_of(folder, "we trust")
    page = lxml.html.fromstring(client.get(f"/report/{ident}?open=e1").text)
    signs = page.xpath("//*[@id='text']//a[contains(@class, 'sign')]/@data-sign")
    assert sorted(signs) == ["e1", "e2", "e3", "q1", "q2"]
    (card,) = page.xpath("//article[@id='e1']")
    assert card.xpath("./details/@open") == ["open"] or card.xpath("boolean(./details[@open])")
    told = " ".join(card.text_content().split())
    for words in ("SUPPORT", "verbal cooperation", "Ada Norr", "Bo Dansk", "2022-01-03", "asserted", "A test says so"):
        assert words in told
    assert "code:segment.segment" in told
    assert "".join(page.xpath("//*[@id='here']//text()")).startswith("Ada Norr")


def test_furniture_is_grey_with_its_reason(client: TestClient, folder: Path) -> None:
    page = lxml.html.fromstring(client.get(f"/report/{report_of(folder, 'Subscribe')}").text)
    (gone,) = page.xpath("//*[contains(@class, 'gone') and contains(@class, 'segment')]")
    assert gone.text_content() == "Subscribe now."
    assert gone.get("title") == "Not read, furniture: an appeal"


def test_a_short_address(client: TestClient, folder: Path) -> None:
    ident = report_of(folder, "we trust")
    answer = client.get(f"/report/{ident[:8]}/e2", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/report/{ident[:8]}?open=e2#e2"
    assert client.get(f"/report/{ident[:8]}").status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/nothing", 404, "Not Found"),
        ("/report/ffffffffffffffff", 404, "No such report"),
        ("/report/..%2f..%2fetc%2fpasswd", 404, "Not Found"),
        ("/report/%2e%2e", 404, "No report has such an id"),
        ("/story/..-e1", 404, "An event is"),
        ("/static/../app.py", 404, "Not Found"),
        ("/static/%2e%2e/app.py", 404, "Not Found"),
        ("/events?since=yesterday", 400, "is no date"),
        ("/events?sort=words", 400, "is no order"),
        ("/events?page=0", 400, "page is a number"),
        ("/events?page=%D9%A3", 400, "page is a number"),
        ("/events?words=a%00b", 400, "number 0"),
        ("/events?month=2022", 400, "is no month"),
        ("/dyad?a=NOR&b=Norway", 400, "one and the same"),
        ("/messages?who=NOR&years=2021", 400, "two years or more"),
        ("/network?status=rumoured", 400, "is no status"),
        ("/add", 404, "Not Found"),
    ],
)
def test_what_is_wrong_is_said(client: TestClient, address: str, status: int, says: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, says in answer.text) == (status, True)


def rows(client: TestClient, address: str) -> list[list[str]]:
    page = lxml.html.fromstring(client.get(address).text)
    found = page.xpath("//table[@class='rows']/tbody/tr")
    return [[" ".join(c.text_content().split()) for c in r.xpath("./td")] for r in found]


def test_a_download_is_what_is_shown(client: TestClient) -> None:
    question = "source=NOR&sort=-goldstein&size=5"
    shown = rows(client, f"/events?{question}&page=2")
    got = list(csv.DictReader(io.StringIO(client.get(f"/events.csv?{question}&page=2").text)))
    assert len(got) == 5
    assert [f"“{r['evidence']}”" for r in got] == [r[4] for r in shown]
    lines = [json.loads(x) for x in client.get(f"/events.jsonl?{question}&page=2").text.splitlines()]
    assert [r["id"] for r in lines] == [r["id"] for r in got]
    everything = client.get(f"/events.jsonl?{question}").text.splitlines()
    pages = [client.get(f"/events.jsonl?{question}&page={n}").text for n in range(1, 9)]
    assert "".join(pages).splitlines() == everything


def test_a_cell_is_no_formula(client: TestClient) -> None:
    text = client.get("/quotes.csv").text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any(c.startswith("'=HYPERLINK") for c in cells)
    numbers = re.compile(r"-?\d+(\.\d+)?")
    assert [c for c in cells if c.startswith(("=", "+", "-", "@")) and not numbers.fullmatch(c)] == []


def test_the_bars_open_their_events(client: TestClient) -> None:
    """Each bar of the chart says how many events it stands for, and its link shows as many."""
    page = lxml.html.fromstring(client.get("/dyad?a=NOR&b=DNK").text)
    bars = page.xpath("//*[local-name()='svg']//*[local-name()='a']")
    assert len(bars) >= 5
    for bar in bars:
        number = int(re.search(r": (\d+) ", bar.get("aria-label"))[1])
        assert len(rows(client, bar.get("href"))) == number


def test_the_chart_has_its_gap(client: TestClient) -> None:
    """No report of February 2022 is in the record; there are some of January and March."""
    assert "No reports in the record, 2022-02<" in client.get("/dyad?a=NOR&b=DNK").text


def test_a_large_record_counts_names_when_asked(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get("/actor?name=DNK").text
    monkeypatch.setattr("dragoman.web.sides_pages.LARGE", 0)
    page = lxml.html.fromstring(client.get("/actor?name=DNK").text)
    (link,) = page.xpath("//a[text()='Count them']/@href")
    named = "//*[@id='named']/following-sibling::table[1]//tbody//tr"
    shown = lxml.html.fromstring(client.get(link).text).xpath(named)
    assert [r.text_content() for r in shown] == [r.text_content() for r in lxml.html.fromstring(whole).xpath(named)]
    assert shown


def test_a_page_has_so_many_messages(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get("/messages?who=NOR").text
    monkeypatch.setattr("dragoman.web.sides_pages.MESSAGES", 1)
    monkeypatch.setattr("dragoman.web.sides_pages.FEW", 1)
    some = client.get("/messages?who=NOR").text
    assert 0 < some.count('data-head="Words"') < whole.count('data-head="Words"')
    assert re.findall(r"<h3>[^<]*</h3>", some) == re.findall(r"<h3>[^<]*</h3>", whole)  # the counts are of all
    assert "more: name the occasion" in some
    assert "more: name the occasion" not in whole
    (address,) = set(re.findall(r'href="(/api/messages[^"]*)"', some))
    assert client.get(address.replace("&amp;", "&")).status_code == 200
