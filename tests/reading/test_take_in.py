# ruff: noqa: E501  tables of cases, one a line
"""Bytes to reports, without files."""

from __future__ import annotations

import datetime as dt
import json
import time

import pytest

from dragoman.errors import FAILURE_KINDS, InputError
from dragoman.reading.take_in import MAX_CHARACTERS, decode, from_html, from_json_line, from_text, kind_of
from dragoman.reading.take_in.attributes import thinned
from dragoman.reading.take_in.language import check_english
from dragoman.reading.take_in.report import parse_date

ENGLISH = (
    "Poland's foreign minister met his Czech counterpart in Prague on Monday and said that the two countries would build "
    "a new bridge over the river that divides them.\r\n"
)
PAGE = (
    '<html lang="en"><head><title>Ministers plan a bridge</title>'
    '<meta property="og:site_name" content="Delta Wire">'
    '<meta property="article:published_time" content="2023-04-05T10:00:00Z"></head>'
    "<body><nav><a href='/'>Home</a></nav><article><h1>Ministers plan a bridge</h1>"
    + "".join(
        f"<p>{ENGLISH.strip()} That was the {n} meeting of the year.</p>"
        for n in ("first", "second", "third", "fourth")
    )
    + "</article></body></html>"
)
# Our own sentences, one a language.
FOREIGN = {
    "German": "Der Außenminister sagte am Montag in Wien, dass die Regierung die neuen Vorschläge prüfen werde und dass er mit seinem "
    "Kollegen in Paris telefoniert habe, um die Lage an der Grenze zu besprechen.",
    "French": "Le ministre des affaires étrangères a déclaré lundi à Genève que son gouvernement examinerait les nouvelles propositions et "
    "qu'il avait parlé avec son homologue pour discuter de la situation à la frontière.",
    "Spanish": "El ministro de exteriores dijo el lunes en Lima que su gobierno estudiará las nuevas propuestas y que había hablado con su "
    "homólogo sobre la situación en la frontera entre los dos países.",
    "Dutch": "De minister van buitenlandse zaken zei maandag in Gent dat de regering de nieuwe voorstellen zal bekijken en dat hij met zijn "
    "collega over de toestand aan de grens had gesproken.",
    "Turkish": "Dışişleri bakanı pazartesi günü Ankara'da yaptığı açıklamada hükümetin yeni önerileri inceleyeceğini ve sınırdaki durumu "
    "görüşmek üzere mevkidaşıyla telefonda konuştuğunu söyledi, toplantı yarın devam edecek dedi.",
    "Indonesian": "Menteri luar negeri mengatakan pada hari Senin di Jakarta bahwa pemerintah akan mempelajari usulan baru itu dan bahwa ia "
    "telah berbicara dengan rekannya tentang keadaan di perbatasan kedua negara.",
    "Russian": "Министр иностранных дел заявил в понедельник, что правительство изучит новые предложения.",
    "Chinese": "外交 部长 周一 表示 政府 将 研究 新 的 建议",
}


def refused(kind: str, *words: str) -> pytest.RaisesExc[InputError]:
    assert kind in FAILURE_KINDS
    return pytest.raises(InputError, check=lambda e: e.kind == kind and all(w in e.message for w in words))


def test_text_is_the_decoded_bytes() -> None:
    report = from_text(ENGLISH.encode(), "a.txt")
    assert report.text == ENGLISH
    assert (report.title, report.published, report.published_from) == (None, None, None)


def test_given_day_holds_for_undated_input() -> None:
    report = from_text(ENGLISH.encode(), "a.txt", published=dt.date(2020, 1, 2))
    assert (report.published, report.published_from) == (dt.date(2020, 1, 2), "--published")


@pytest.mark.parametrize("bom", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(bom: str) -> None:
    assert decode(ENGLISH.encode(bom), "a.txt") == ENGLISH


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(name: str) -> None:
    assert decode(ENGLISH.encode(name), "a.txt") == ENGLISH


def test_windows_quotes_and_accents() -> None:
    text = "The minister’s visit – the first since May – was “useful”, he said in the café by the river, and he left for Paris."
    assert decode(text.encode("cp1252"), "a.txt") == text


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        (b"", "empty", "a.txt"),
        (b" \n\t\r\n", "empty", "a.txt"),
        ("\ufeff \n".encode(), "empty", "a.txt"),
        (b"%PDF-1.7 abc", "binary", "pdftotext"),
        (b"\x89PNG\r\n\x1a\n", "binary", "picture"),
        (b"PK\x03\x04rest", "binary", "ZIP"),
        (b"text with a \x00 in it and more text after it", "binary", "12"),
        (bytes(range(1, 32)) * 9, "binary", "control"),
        (("“Yes”, he said. " * 10).encode()[:-10] + b"\xe2\x80", "encoding", "byte"),
        (b"\xff\xfe" + b"\x00\xd8" * 9, "encoding", "utf-16"),
        (b"a " * MAX_CHARACTERS, "too-large", "2,000,000"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, kind: str, words: str) -> None:
    with refused(kind, "a.txt", words):
        decode(raw, "a.txt")


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_refused(language: str) -> None:
    with refused("language", "a.txt"):
        from_text(FOREIGN[language].encode(), "a.txt")


@pytest.mark.parametrize(
    "text", ["Putin congratulates Erdogan", "Meloni, Macron, Scholz: Minsk, Kyjiw, Riga.", "12.5 %", ENGLISH]
)
def test_short_and_english_texts_pass(text: str) -> None:
    check_english(text, "a.txt")


def test_a_declared_language_decides() -> None:
    with refused("language", "fr"):
        check_english(ENGLISH, "a.txt", "fr", trusted=True)
    check_english(ENGLISH, "a.txt", "fr")  # a page's lang attribute is often a template's
    check_english(ENGLISH, "a.txt", "en-GB", trusted=True)


def test_the_markup_of_a_page_may_be_longer_than_a_report() -> None:
    page = PAGE.replace("</body>", f"<script>{'x = 1; ' * (MAX_CHARACTERS // 7)}</script></body>")
    assert len(page) > MAX_CHARACTERS
    assert from_html(page.encode(), "a.html").text == from_html(PAGE.encode(), "a.html").text


def test_page() -> None:
    report = from_html(PAGE.encode(), "a.html", published=dt.date(2020, 1, 1))
    assert report.text.startswith("Ministers plan a bridge\n")
    assert "Home" not in report.text
    assert report.text.count("Ministers plan a bridge") == 1
    assert (report.title, report.publisher, report.language) == ("Ministers plan a bridge", "Delta Wire", "en")
    assert (report.published, report.published_from) == (dt.date(2023, 4, 5), "metadata")


def test_page_with_a_headline_outside_its_article() -> None:
    report = from_html(PAGE.replace("<h1>Ministers plan a bridge</h1>", ""), "a.html")
    assert report.text.startswith("Ministers plan a bridge\n\nPoland's")


def test_page_in_its_declared_encoding() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-2">').replace("Prague", "Plzeň")
    assert "Plzeň" in from_html(page.encode("iso-8859-2"), "a.html").text


@pytest.mark.parametrize(
    "page", ["<html><body><a href='/'>Home</a></body></html>", "<html></html>", "<!doctype html>\n<p>Log in"]
)
def test_page_without_an_article(page: str) -> None:
    with refused("no-article", "a.html"):
        from_html(page, "a.html")


def test_the_same_page_gives_the_same_report() -> None:
    assert from_html(PAGE, "a.html") == from_html(PAGE, "a.html")


def test_json_line() -> None:
    line = {
        "text": ENGLISH,
        "title": " A  title ",
        "published": "2023-05-28T10:00:00Z",
        "publisher": "Delta",
        "language": "en",
        "url": "https://x.example",
    }
    report = from_json_line(json.dumps(line).encode(), "a.jsonl:3", published=dt.date(2020, 1, 1))
    assert (report.text, report.title, report.publisher, report.url) == (
        ENGLISH,
        "A title",
        "Delta",
        "https://x.example",
    )
    assert (report.published, report.published_from) == (dt.date(2023, 5, 28), "the line's own field")


def test_json_line_with_a_page() -> None:
    report = from_json_line(json.dumps({"html": PAGE, "publisher": "Own"}).encode(), "a.jsonl:1")
    assert (report.publisher, report.published, report.title) == ("Own", dt.date(2023, 4, 5), "Ministers plan a bridge")


@pytest.mark.parametrize("day", ["2023-99-99", "soon", "", None, 5, "2023", "2023-05"])
def test_a_day_that_is_none_leaves_the_line_undated(day: object) -> None:
    report = from_json_line(json.dumps({"text": ENGLISH, "published": day}).encode(), "a.jsonl:1")
    assert (report.published, report.published_from) == (None, None)


def test_lone_surrogates_are_replaced() -> None:
    line = b'{"text": "' + ENGLISH.strip().encode() + b' \\ud83d end", "title": "\\udc00 T"}'
    report = from_json_line(line, "a.jsonl:1")
    assert report.text.endswith(" \ufffd end")
    assert report.title == "\ufffd T"
    assert len(report.id) == 16
    report.text.encode("utf-8")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"{bad", "broken-json"),
        (b"[1]", "broken-json"),
        (b'"text"', "broken-json"),
        (b"null", "broken-json"),
        (b'{"title": "x"}', "broken-json"),
        (b'{"text": 5}', "broken-json"),
        (b'{"text": "  "}', "empty"),
        (b'{"text": "a\\u0000b"}', "binary"),
        (b'{"html": "<p>"}', "no-article"),
        (b'{"text": "x", "language": "ru"}', "language"),
        (b"[" * 100_000, "broken-json"),
        (b'{"text": "\xff\xff\xfe"}', "encoding"),
    ],
)
def test_broken_lines(line: bytes, kind: str) -> None:
    with refused(kind, "a.jsonl:7"):
        from_json_line(line, "a.jsonl:7")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-12-30", dt.date(2021, 12, 30)),
        ("2021-12-30T23:59:59+09:00", dt.date(2021, 12, 30)),
        ("2021-12-30 10:00", dt.date(2021, 12, 30)),
        ("2021/12/30", dt.date(2021, 12, 30)),
        ("20211230", dt.date(2021, 12, 30)),
        ("30 December 2021", dt.date(2021, 12, 30)),
        ("Dec 30, 2021", dt.date(2021, 12, 30)),
        ("Thu, 30 Dec 2021 10:00:00 GMT", dt.date(2021, 12, 30)),
        ("2021-02-30", None),
        ("2021", None),
        (20211230, None),
    ],
)
def test_dates(value: object, day: dt.date | None) -> None:
    assert parse_date(value) == day


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"\x1f\x8b\x08", "a.txt", "gzip"),
        (b"<!DOCTYPE html><html>", "a.txt", "html"),
        (b"  <html lang=en>", "-", "html"),
        (b"<p>Talks", "a.htm", "html"),
        (b'{"text": "x"}', "-", "jsonl"),
        (b'{"text": "x"}', "a.txt", "text"),
        (b"{a} brace starts this report", "-", "text"),
        (b"Talks began.", "a.b/report", "text"),
        (b"Talks began.", "a.jsonl", "jsonl"),
        (b"<Talks> began.", "a", "text"),
    ],
)
def test_kinds(head: bytes, name: str, kind: str) -> None:
    assert kind_of(head, name) == kind


@pytest.mark.parametrize(
    ("markup", "modified"),
    [
        ('<meta property="article:modified_time" content="2023-04-07T09:00:00Z">', dt.date(2023, 4, 7)),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2023-04-05", '
         '"dateModified": "2023-04-09"}</script>', dt.date(2023, 4, 9)),
        ('<meta property="article:modified_time" content="2023-04-05T23:00:00Z">', None),
        ('<meta property="article:modified_time" content="2023-04-01T23:00:00Z">', None),
        ('<meta property="article:modified_time" content="soon">', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_day_of_the_last_change(markup: str, modified: dt.date | None) -> None:
    report = from_html(PAGE.replace("</head>", markup + "</head>").encode(), "a.html")
    assert (report.published, report.modified) == (dt.date(2023, 4, 5), modified)


def test_a_line_may_tell_its_last_change() -> None:
    line = {"text": ENGLISH, "published": "2023-05-28", "modified": "2023-06-01"}
    assert from_json_line(json.dumps(line).encode(), "a.jsonl:1").modified == dt.date(2023, 6, 1)


@pytest.mark.parametrize("value", ["", '="x"', '=">"', "='<p>'", "=x"])
def test_a_tag_of_100_000_attributes(value: str) -> None:
    """libxml2 takes 8 seconds for one, and a page is parsed four times; what stands in the tag is read."""
    words = f"{ENGLISH.strip()} It has two lanes."
    some = " ".join(f"a{n}{value}" for n in range(100_000))
    page = f'<html><body><div {some}><p id="b">{words}</p></div></body></html>'
    assert len(thinned(page)) < 20_000
    assert "a999" in thinned(page)
    assert thinned(page).endswith(f'><p id="b">{words}</p></div></body></html>')
    began = time.process_time()
    assert from_html(page.encode(), "page").text == words
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "page",
    [
        '<p class="a" id=b hidden>x</p>',
        "<!-- <p" + " a" * 3000 + "> -->",
        '<script type="x">for (i=0;i<n;i++) ' + "{a b} " * 3000 + "</script>",
        "<STYLE>a<b " + "c " * 3000 + "</STYLE>",
        f'<img src="data:image/png;base64,{"A b=" * 9000}">',
        "<p" + " a" * 1000 + ">",
        "a < b " * 5000,
        '<p title="never closed>' + "word " * 3000,
        "<!--" * 3000,
        "<a" * 3000,
    ],
    ids=lambda p: p[:12],
)
def test_other_pages_keep_every_attribute(page: str) -> None:
    assert thinned(page) == page


@pytest.mark.parametrize("piece", ["<p a=", '<p a="b', "<!--", "<script>", "= ", "a=", "/", "<", "<a ", "'", '"'])
def test_looking_for_attributes_costs_what_the_page_is_long(piece: str) -> None:
    began = time.process_time()
    thinned("<p " + piece * 300_000)
    assert time.process_time() - began < 2
