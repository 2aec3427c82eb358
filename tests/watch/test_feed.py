# ruff: noqa: E501  tables of cases, one a line
"""Feeds as they are met: RSS, Atom, JSON Feed, and what their makers get wrong."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from dragoman.errors import InputError, UsageError
from dragoman.watch.feed import Story, plain_link, report_of, stories
from dragoman.watch.subscriptions import subscriptions

URL = "https://n.example/feed.xml"
STORY = (
    "The envoy of Chad met the king in Rabat on Monday and said that the two states would open a new road for trade."
)


def rss(*items: str, head: str = "<title>The Harbour Post</title><language>en-gb</language>") -> bytes:
    joined = "".join(f"<item>{i}</item>" for i in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{head}{joined}</channel></rss>'
    ).encode()


def one(body: bytes, **headers: str) -> Story:
    (found,) = stories(body, URL, headers)
    return found


def test_rss() -> None:
    found = one(rss(
        f"<title>A road</title><link>/a?utm_source=x</link><description>Short.</description><content:encoded><![CDATA[<p>{STORY}</p>"
        "<p>More &amp; more.</p>]]></content:encoded><pubDate>Sun, 28 May 2023 23:30:00 +0300</pubDate><dc:creator>Ada Lind</dc:creator>"
    ))  # fmt: skip
    assert found == Story(
        URL, "https://n.example/a?utm_source=x", "A road", f"{STORY}\n\nMore & more.", dt.date(2023, 5, 28), None, "Ada Lind",
        "The Harbour Post", "en-gb",
    )  # fmt: skip
    assert found.link_key == "link:https://n.example/a"


def test_atom() -> None:
    found = one(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">The &lt;b&gt;Post&lt;/b&gt;</title><entry><title>A &lt; B</title><link rel="self" href="x"/>'
        f'<link href="https://n.example/a"/><published>2023-05-28T23:30:00+03:00</published><updated>2023-05-30T00:00:00Z</updated>'
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p></div></content></entry></feed>'.encode()
    )
    assert (found.title, found.publisher, found.text) == ("A < B", "The Post", STORY)
    assert (found.published, found.modified) == (dt.date(2023, 5, 28), dt.date(2023, 5, 30))


def test_json_feed() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The Post", "language": "en", "items": [
        {"id": "1", "url": "https://n.example/a", "title": "A road", "content_html": f"<p>{STORY}</p>", "date_published": "2023-05-28T10:00:00Z", "authors": [{"name": "Ada"}]},
        {"id": "2", "content_text": STORY + " More."}, 7, {},
    ]}  # fmt: skip
    first, second, third = stories(json.dumps(feed).encode(), URL, {})
    assert (first.title, first.text, first.author, str(first.published)) == ("A road", STORY, "Ada", "2023-05-28")
    assert (second.link, second.publisher, second.language) == (None, "The Post", "en")
    assert third.text == ""


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A &lt;b&gt;bold&lt;/b&gt; road", "A bold road"),
        ("<![CDATA[A <i>road</i>]]>", "A road"),
        ("AT&amp;amp;T opens", "AT&T opens"),
        ("It&amp;#8217;s open", "It’s open"),
        ("5 &lt; 6", "5 < 6"),
        ("  two\n lines ", "two lines"),
        ("", None),
    ],
)
def test_titles(title: str, shown: str | None) -> None:
    assert one(rss(f"<title>{title}</title><description>{STORY}</description>")).title == shown


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("<pubDate>Sun, 28 May 2023 10:00:00 GMT</pubDate>", "2023-05-28"),
        ("<pubDate>28 May 2023</pubDate>", "2023-05-28"),
        ("<pubDate>2023-05-28T10:00:00+09:00</pubDate>", "2023-05-28"),
        ("<pubDate>2023-05-28 10:00</pubDate>", "2023-05-28"),
        ("<dc:date>2023-05-28</dc:date>", "2023-05-28"),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", None),
        ("<pubDate>soon</pubDate>", None),
        ("<pubDate></pubDate>", None),
        ("", None),
    ],
)
def test_days(date: str, day: str | None) -> None:
    found = one(rss(f"<title>x</title><description>{STORY}</description>{date}"))
    assert (found.published and str(found.published)) == day


def test_a_day_in_the_future_is_not_taken() -> None:
    found = one(
        rss(f"<title>x</title><description>{STORY}</description><pubDate>Mon, 28 May 2035 10:00:00 GMT</pubDate>")
    )
    report = report_of(found, "a", None, seen=dt.date(2023, 5, 28))
    assert (report.published, report.seen) == (None, dt.date(2023, 5, 28))
    assert "2035-05-28, says the feed" in (report.published_from or "")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (rss(f"<title>B’rdal</title><description>{STORY}</description>").replace(b"utf-8", b"iso-8859-1"), {}),
        (rss(f"<title>B’rdal</title><description>{STORY}</description>").decode().encode("cp1252"), {}),
        (rss(f"<title>B’rdal</title><description>{STORY}</description>").decode().encode("cp1252"), {"content-type": "text/xml; charset=utf-8"}),
        (rss(f"<title>B’rdal</title><description>{STORY}</description>").decode().replace("utf-8", "utf-16").encode("utf-16"), {}),
        (rss(f"<title>B’rdal</title><description>{STORY}</description>"), {"content-type": "text/xml; charset=nonsense"}),
        (b"\n\n" + rss(f"<title>B’rdal</title><description>{STORY}</description>"), {"content-type": "text/html"}),
    ],
)  # fmt: skip
def test_encodings(body: bytes, headers: dict[str, str]) -> None:
    found = one(body, **headers)
    assert found.text == STORY
    if b"iso-8859-1" not in body:
        assert found.title == "B’rdal"


def test_broken_feeds_give_what_can_be_had() -> None:
    whole = rss(*(f"<title>Number {n}</title><description>{STORY} {n}</description>" for n in range(5)))
    assert [s.title for s in stories(whole[: len(whole) * 2 // 3], URL, {})][:3] == ["Number 0", "Number 1", "Number 2"]
    assert len(stories(whole.replace(b"Number 2", b"Number & <2>\x0b"), URL, {})) == 5
    assert len(stories(whole.replace(b"Number 2", b"Number &nbsp;&undefined; 2"), URL, {})) == 5


def test_the_same_story_is_one_whatever_its_number() -> None:
    item = f"<title>A road</title><description>{STORY}</description>"
    first = stories(rss(f"<guid>1</guid>{item}", f"<guid>2</guid>{item}"), URL, {})
    again = stories(rss(f"<guid>99</guid>{item}"), URL, {})
    assert len(first) == 1
    assert first[0].words_key == again[0].words_key


@pytest.mark.parametrize(
    "body", [b"<html><body><p>Not found</p></body></html>", b"{}", b"\x00\x01\x02", b"plain words", b"<rss"]
)
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(InputError, match=re.escape(URL)):
        stories(body, URL, {})


def test_nothing_is_opened_that_a_feed_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET WORDS")
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    body = rss(f"<title>&x;</title><description>{STORY} &x;</description>").replace(b"<rss", entity.encode() + b"<rss")
    assert "SECRET" not in "".join(f"{s.title}{s.text}" for s in stories(body, URL, {}))
    with pytest.raises(InputError):
        stories(str(secret).encode(), URL, {})


def test_bombs_of_entities_end() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>'
    body = rss(f"<title>&l11;</title><description>{STORY}</description>").replace(b"<rss", bomb.encode() + b"<rss")
    assert all(len(s.title or "") <= 4000 for s in stories(body, URL, {}))


def test_a_story_as_a_report() -> None:
    made = report_of(
        one(rss(f"<title>A road</title><link>https://n.example/a</link><description>{STORY}</description>")), "a", None
    )
    assert (made.text, made.title, made.url, made.publisher) == (
        f"A road\n\n{STORY}",
        "A road",
        "https://n.example/a",
        "The Harbour Post",
    )
    repeated = one(rss(f"<title>The envoy of Chad</title><description>{STORY}</description>"))
    assert report_of(repeated, "a", None).text == STORY
    assert (
        report_of(one(rss("<title>Chad and Niger sign a treaty</title>")), "a", None).text
        == "Chad and Niger sign a treaty"
    )
    with pytest.raises(InputError):
        report_of(one(rss("<guid>1</guid>")), "a", None)


@pytest.mark.parametrize(
    ("link", "plain"),
    [
        ("https://N.example/a?id=7&utm_source=rss&fbclid=1#top", "https://n.example/a?id=7"),
        ("https://n.example/a?at_medium=x", "https://n.example/a"),
        ("https://n.example/a?b=&c", "https://n.example/a?b=&c="),
    ],
)
def test_links_without_what_tracks(link: str, plain: str) -> None:
    assert plain_link(link) == plain


def test_subscriptions(tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="Press"><outline xmlUrl="https://a.example/feed" text="A"/>'
        '<outline XMLURL="feed:https://b.example/feed"/><outline text="no feed"/></outline><outline xmlUrl="https://a.example/feed"/></body></opml>'
    )
    assert subscriptions(str(opml)) == ["https://a.example/feed", "https://b.example/feed"]
    lines = tmp_path / "feeds.txt"
    lines.write_text("# ours\nhttps://a.example/feed\n\n  https://c.example/feed#x \n")
    assert subscriptions(str(lines)) == ["https://a.example/feed", "https://c.example/feed"]
    assert subscriptions("https://a.example/feed") == ["https://a.example/feed"]


@pytest.mark.parametrize(
    "content",
    ["", "# nothing\n", "not an address\n", "file:///etc/passwd\n", "<opml>", '<?xml version="1.0"?><opml/>', "\0\0\0"],
)
def test_lists_that_name_no_feeds(content: str, tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text(content)
    with pytest.raises(UsageError, match="feeds"):
        subscriptions(str(tmp_path / "feeds"))
    with pytest.raises(UsageError, match="none"):
        subscriptions(str(tmp_path / "none"))


def test_a_story_with_a_nul_is_none() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_text": f"{STORY}\0"}]}
    with pytest.raises(InputError) as refused:
        report_of(one(json.dumps(feed).encode()), "a feed", None)
    assert refused.value.kind == "binary"
