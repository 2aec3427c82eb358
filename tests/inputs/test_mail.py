# ruff: noqa: E501  tables of cases, one a line
"""Mail as it comes: headers in all manner of encodings, alternatives, attachments, forwards, replies, mailboxes."""

from __future__ import annotations

import base64
import datetime as dt
import io
import resource
from pathlib import Path
from typing import Any

import pytest

from dragoman.inputs.markup import text_of
from dragoman.intake import inputs
from dragoman.knowledge import Knowledge
from dragoman.model import Failure, Report
from dragoman.reading.segment import segment

STORY = (
    "The foreign minister of Chad met his colleague from Niger in Rabat on Monday and said that the two states would "
    "open a new road for trade. It was not clear who would pay for it."
)
HEAD = (
    "Return-Path: <wire@post.example>\nReceived: from a.example by b.example; Mon, 29 May 2023 00:10:00 +0200\n"
    "From: The Harbour Post <wire@post.example>\nTo: desk@delta.example\nDate: Mon, 29 May 2023 00:05:00 +0300\n"
    "Message-ID: <1@post.example>\nMIME-Version: 1.0\n"
)


def mail(body: str, headers: str = "Subject: A road for trade\nContent-Type: text/plain; charset=utf-8\n") -> bytes:
    return (HEAD + headers + "\n" + body).encode()


def multipart(kind: str, *parts: str) -> str:
    mark = f"b{len(parts)}-{sum(map(len, parts))}"  # another one than that of a part within
    joined = "".join(f"--{mark}\n{p}\n" for p in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n{joined}--{mark}--\n'


def part(body: str, kind: str = "text/plain", more: str = "") -> str:
    return f"Content-Type: {kind}\n{more}\n{body}\n"


def read(raw: bytes, name: str, folder: Path) -> list[Report | Failure]:
    (folder / name).write_bytes(raw)
    return list(inputs([str(folder / name)]))


def one(raw: bytes, **more: Any) -> Report:
    found = list(inputs(["-"], stdin=io.BytesIO(raw), **more))
    assert len(found) == 1
    assert isinstance(found[0], Report), found
    return found[0]


def told(raw: bytes) -> list[tuple[str, str]]:
    """(source, the failure's kind or the first words)"""
    out = []
    for r in inputs(["-"], stdin=io.BytesIO(raw)):
        out.append((r.source, r.kind if isinstance(r, Failure) else r.text[:12]))
    return out


def test_a_message(tmp_path: Path) -> None:
    (found,) = read(mail(STORY), "a.eml", tmp_path)
    assert isinstance(found, Report)
    assert found.text == STORY
    assert found.source == str(tmp_path / "a.eml")
    assert (found.title, found.author, found.publisher) == ("A road for trade", "The Harbour Post", None)
    # Its own date, in its own zone; received the evening before by the clock of Greenwich.
    assert (found.published, found.published_from) == (dt.date(2023, 5, 29), "the date of the mail")
    assert found.seen == dt.date(2023, 5, 28)
    assert one(mail(STORY).replace(b"\n", b"\r\n")).text == STORY


def test_a_newsletter_has_a_publisher() -> None:
    found = one(mail(STORY).replace(b"Subject", b"List-Unsubscribe: <https://post.example/u>\nSubject"))
    assert (found.publisher, found.author) == ("The Harbour Post", None)


@pytest.mark.parametrize(
    ("date", "published", "seen"),
    [
        (b"Date: Sun, 28 May 2023 10:00:00 GMT", "2023-05-28", "2023-05-28"),
        (b"Date: 28 May 23 10:00", "2023-05-28", "2023-05-28"),
        (b"Date: Mon, 29 May 2033 10:00:00 +0000", None, "2023-05-28"),
        (b"Date: Thu, 1 Jan 1970 00:00:00 +0000", None, "2023-05-28"),
        (b"Date: yesterday", None, "2023-05-28"),
        (b"X-None: 1", None, "2023-05-28"),
        (b"Date: Mon, 99 May 99999999999 10:00:00 +0000", None, "2023-05-28"),
    ],
)
def test_days(date: bytes, published: str | None, seen: str) -> None:
    raw = mail(STORY).replace(b"Date: Mon, 29 May 2023 00:05:00 +0300", date)
    found = one(raw)
    assert (found.published and str(found.published), str(found.seen)) == (published, seen)
    if b"2033" not in date:
        assert one(raw, published=dt.date(2023, 5, 1)).published == dt.date.fromisoformat(published or "2023-05-01")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        (b"Subject: =?utf-8?B?" + base64.b64encode("Erdoğan’s road".encode()) + b"?=", "Erdoğan’s road"),
        (b"Subject: =?iso-8859-9?Q?Erdo=F0an?= in =?utf-8?Q?Ni=C4=9Fde?=", "Erdoğan in Niğde"),
        (b"Subject: =?utf-8?Q?Erdo=C4=9F?=\n =?utf-8?Q?an?=", "Erdoğan"),
        ("Subject: Erdoğan spoke".encode(), "Erdoğan spoke"),
        ("Subject: The envoy’s road".encode("cp1252"), "The envoy’s road"),
        (b"Subject: =?nonsense?Q?Erdo=F0an?=", "Erdoðan"),
        (b"Subject: =?utf-8?B?broken", "=?utf-8?B?broken"),
        (b"Subject: a\n  folded\n\tline", "a folded line"),
        (b"Subject:", None),
        (b"X-None: 1", None),
    ],
)
def test_subjects(subject: bytes, title: str | None) -> None:
    assert one(mail(STORY).replace(b"Subject: A road for trade", subject)).title == title


CHARSETS = {
    "utf-8": "utf-8", "windows-1252": "cp1252", "iso-8859-1": "cp1252", "us-ascii": "cp1252", "nonsense": "cp1252",
    "unknown-8bit": "utf-8", "utf-16": "utf-16", "iso-8859-15": "cp1252",
}  # fmt: skip


@pytest.mark.parametrize(
    ("charset", "encoding", "transfer"),
    [
        (c, e, t)
        for c, e in CHARSETS.items()
        for t in ("8bit", "base64", "quoted-printable")
        if c != "utf-16" or t == "base64"
    ],
)
def test_charsets(charset: str, encoding: str, transfer: str) -> None:
    words = STORY.replace("foreign minister", "foreign minister, Mr. Bárdal,").replace("It was", "“It was")
    body = words.encode(encoding)
    if charset == "iso-8859-15":
        body = words.replace("“", "").encode(encoding)
    if transfer == "base64":
        body = base64.encodebytes(body)
    elif transfer == "quoted-printable":
        body = b"".join(bytes([c]) if 32 <= c < 127 and c != 61 else b"=%02X" % c for c in body)
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {transfer}\n\n"
    assert "Mr. Bárdal," in one(HEAD.encode() + head.encode() + body).text


def test_plain_is_preferred_to_html_unless_it_is_a_stub() -> None:
    rich = part(f"<html><body><p>{STORY} Rich.</p></body></html>", "text/html")
    head = "Subject: x\n"
    plain = multipart("alternative", part(STORY + " Plain."), rich)
    assert one(HEAD.encode() + (head + plain).encode()).text.endswith("Plain.")
    stub = multipart("alternative", part("This mail is HTML."), rich)
    assert one(HEAD.encode() + (head + stub).encode()).text.endswith("Rich.")
    footer = multipart("mixed", multipart("alternative", rich), part("-- \nThe list of the harbour. " * 9))
    assert one(HEAD.encode() + (head + footer).encode()).text.startswith(STORY)


def test_a_piece_of_blanks_takes_no_others_with_it() -> None:
    blanks = part(
        base64.b64encode("\N{NO-BREAK SPACE}\n".encode()).decode(), more="Content-Transfer-Encoding: base64\n"
    )
    assert one(HEAD.encode() + multipart("mixed", part(STORY), blanks).encode()).text == STORY


def test_attachments_are_named_and_left_out() -> None:
    parts = multipart(
        "mixed",
        part(STORY),
        part("JVBERi0=", "application/pdf", 'Content-Disposition: attachment; filename="talks.pdf"\n'),
        part("x", "text/plain", "Content-Disposition: attachment; filename*=utf-8''stra%C3%9Fe.txt\n"),
        part("iVBORw==", "image/png", "Content-Disposition: inline\nContent-ID: <1>\n"),
    )
    found = list(inputs(["-"], stdin=io.BytesIO(HEAD.encode() + b"Subject: x\n" + parts.encode())))
    assert [type(f) for f in found] == [Report, Failure]
    assert isinstance(found[1], Failure)
    assert found[1].source in found[1].message
    assert "'talks.pdf', 'straße.txt'. Save them" in found[1].message


def test_messages_within_messages() -> None:
    inner = mail("Inner. " + STORY).decode()
    deeper = (
        HEAD + "Subject: y\n" + multipart("mixed", part("Middle. " + STORY), f"Content-Type: message/rfc822\n\n{inner}")
    )
    outer = (
        HEAD + "Subject: x\n" + multipart("mixed", part("Outer. " + STORY), f"Content-Type: message/rfc822\n\n{deeper}")
    )
    assert told(outer.encode()) == [("-", "Outer. The f"), ("-:1", "Middle. The "), ("-:1.1", "Inner. The f")]
    digest = HEAD + "Subject: x\n" + multipart("digest", "\n" + inner, "\n" + inner)
    assert told(digest.encode()) == [("-:1", "Inner. The f"), ("-:2", "Inner. The f")]
    box = b"From a@b.example Mon May  3 10:00:00 2021\n" + outer.encode()
    assert [s for s, _ in told(box)] == ["-:1", "-:1.1", "-:1.1.1"]


def test_flowed_lines_are_joined() -> None:
    body = "The envoy \nof Chad \nspoke.\n\n> He said \n> so.\n>> Who?\n-- \nAda"
    head = "Subject: x\nContent-Type: text/plain; format=flowed\n"
    assert one(mail(body, head)).text == "The envoy of Chad spoke.\n\n> He said so.\n> Who?\n-- \nAda"
    assert one(mail("The en \nvoy spoke.", head.replace("flowed", "flowed; delsp=yes"))).text == "The envoy spoke."


def test_what_is_replied_to_is_furniture(knowledge: Knowledge) -> None:
    body = (
        f"{STORY}\n\nOn Mon, 3 May 2021 at 10:00, Ada Lind <ada@delta.example> wrote:\n\n> {STORY}\n> A second line of "
        f"it.\n>\n> > And what was before that.\n"
    )
    report = one(mail(body))
    kinds = [(s.kind, s.because.rule) for s in segment(report, knowledge)]
    assert kinds[0][0] == "body"
    assert {k for k, _ in kinds[1:]} == {"furniture"}
    assert {"furniture/mail/reply", "furniture/mail/replied-to"} <= {r for _, r in kinds[1:]}


def test_a_forwarded_report_is_read_and_its_headers_are_not(knowledge: Knowledge) -> None:
    body = f"---------- Forwarded message ---------\nFrom: Wire <w@post.example>\nDate: Mon, 3 May 2021\nSubject: Talks\n\n{STORY}"
    kinds = [(s.kind, s.span.of(body)[:9]) for s in segment(one(mail(body)), knowledge)]
    assert [k for k, w in kinds if w.startswith("The forei")] == ["body"]
    assert {k for k, w in kinds if not w.startswith("The forei")} == {"furniture", "byline"}


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", "empty"),
        (HEAD.encode() + b"Subject: x\n\n", "empty"),
        (HEAD.encode() + b"Subject: x\nContent-Type: image/png\n\nabc", "empty"),
        (mail("Der Minister sprach mit dem Botschafter und sie haben auch die neue Strasse besucht, " * 5), "language"),
        (mail("a \0 b" * 30), "binary"),
    ],
)
def test_messages_without_a_report(raw: bytes, kind: str, tmp_path: Path) -> None:
    found = read(raw, "a.eml", tmp_path)
    assert isinstance(found[0], Failure)
    assert found[0].kind == kind


def test_hostile_messages_end_quickly(tmp_path: Path) -> None:
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    many = multipart("mixed", *[part("word " * 3)] * 5000)
    cases = {
        "deep": HEAD + deep + part(STORY),
        "many": HEAD + many,
        "deep and long": HEAD + "".join(deep.splitlines(keepends=True)[: 3 * 200]) + part("x\n" * 2_000_000),
        "wide": HEAD + "Subject: " + "=?utf-8?Q?a?= " * 50_000 + "\n\n" + STORY,
        "open": HEAD + 'Content-Type: multipart/mixed; boundary="never"\n\n' + STORY * 50,
        "types": HEAD + "Content-Type: " + ";" * 90_000 + "\n\n" + STORY,
        "names": HEAD + "Content-Disposition: attachment; " + "filename*0*=a; " * 9000 + "\n\n" + STORY,
        "from": "From: " + "<" * 50_000 + "\nMessage-ID: <1>\n\n" + STORY,
    }
    for name, raw in cases.items():
        found = read(raw.encode(), f"{name}.eml", tmp_path)
        assert 1 <= len(found) <= 2, name


MAILBOX_LINE = b"From ada@delta.example Mon May  3 10:00:00 2021\n"


def test_a_mailbox(tmp_path: Path) -> None:
    letters = [
        mail(f"Number {n}. {STORY}\n\n>From here on it is quoted.\n\nFrom there it went on.\n") for n in range(3)
    ]
    raw = b"".join(MAILBOX_LINE + m + b"\n" for m in letters)
    for name in ("a.mbox", "Inbox"):
        found = read(raw, name, tmp_path)
        assert [f.source.rpartition("/")[2] for f in found] == [f"{name}:1", f"{name}:2", f"{name}:3"]
        assert isinstance(found[2], Report)
        assert found[2].text.startswith("Number 2.")
        assert "\nFrom here on" in found[2].text
        assert "\nFrom there it went on." in found[2].text


def test_a_mailbox_that_is_one_message_only(tmp_path: Path) -> None:
    (report,) = read(HEAD.encode() + f"Subject: A road\n\n{STORY}\n".encode(), "a.mbox", tmp_path)
    assert isinstance(report, Report)
    assert (report.text, report.title) == (STORY, "A road")


def test_a_text_that_begins_with_from_is_a_text(tmp_path: Path) -> None:
    for text in (f"From Rabat\n\n{STORY}", f"From 2021 on the road was closed.\n{STORY}", f"Subject: x\n\n{STORY}"):
        (found,) = read(text.encode(), "noending", tmp_path)
        assert isinstance(found, Report)
        assert found.text == text
    (found,) = read(MAILBOX_LINE + mail(STORY), "a.txt", tmp_path)
    assert isinstance(found, Report)
    assert found.text.startswith("From ada")


def test_a_mailbox_is_streamed_and_a_giant_message_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.inputs.mail.MAX_MESSAGE", 1_000_000)
    with (tmp_path / "a.mbox").open("wb") as f:
        f.write(MAILBOX_LINE + mail(STORY) + b"\n\n")
        f.write(MAILBOX_LINE + mail(STORY))
        for _ in range(60):
            f.write(b"a" * 1_000_000)
        f.write(b"\n\n" + MAILBOX_LINE + mail("Last. " + STORY))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = list(inputs([str(tmp_path / "a.mbox")]))
    assert [f.kind if isinstance(f, Failure) else f.text[:5] for f in found] == ["The f", "too-large", "Last."]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # KiB


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a plain line", "a plain line"),
        ("<p>One.</p><p>Two &amp; more.</p>", "One.\n\nTwo & more."),
        ("One.<br>Two.<br><br>Three.", "One.\nTwo.\n\nThree."),
        ("<p>a <b>bold</b>\n  word</p>", "a bold word"),
        ("<table><tr><td>One.</td><td><p>Two.</p></td></tr></table>", "One.\n\nTwo."),
        ("<style>p {}</style><p>Seen.</p><script>x()</script><p style='display: none'>Not.</p><p hidden>Nor.</p>", "Seen."),
        ("<div>A</div>tail<div>B</div>", "A\n\ntail\n\nB"),
        ("<p>New.</p><blockquote type=cite><p>Old.</p><p>Older.</p></blockquote><p>End.</p>", "New.\n\n> Old.\n\n> Older.\n\nEnd."),
        ("<blockquote><p>A quoted passage.</p></blockquote>", "A quoted passage."),
        ("<p>Preview\u200c\u00a0\u200c\u00a0\u200c\u00a0\u200c</p>", "Preview"),
        ("<p>10\u00a0km</p>", "10\u00a0km"),
        ("<p>x \ud800 y</p>", "x \ufffd y"),
        ("<![CDATA[ <p>", ""),
        ("<", "<"),
    ],
)  # fmt: skip
def test_markup(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_deep_markup_ends() -> None:
    assert text_of("<div>" * 100_000 + "word")[-4:] in ("word", "")
