"""Readings on a terminal or in a pipe: the contract's objects as tables that fit the width.

Nothing out of a report reaches the terminal raw: control and bidirectional characters are printed as escapes, and no
text is taken for markup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

Object = Mapping[str, Any]  # one report, as docs/record.md has it

WIDE = 130  # columns from which the words stand beside an event instead of under it: both sides then keep 40 or more
KEPT_FORMAT = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # invisible, but they move or hide nothing


def console(*, stderr: bool = False) -> Console:
    """A console that colours only a terminal, obeys NO_COLOR and reads no markup out of what it prints."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def plain(text: str) -> str:
    """``text`` on one line, blanks as single spaces, control and bidirectional characters as escapes."""
    return "".join(_shown(c) for c in " ".join(text.split()))


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Cs") or (category == "Cf" and char not in KEPT_FORMAT):
        code = ord(char)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return char


def clip(text: str, width: int) -> str:
    """The beginning of ``text``, cut at a word, within ``width`` characters."""
    if len(text) <= width:
        return text
    head = text[: width - 1]
    if " " in head[width // 2 :]:
        head = head[: head.rindex(" ")]
    return head.rstrip(" ,;:") + "…"


def words(text: str, span: Object | None) -> str:
    """The words of a span of the contract, ready to print."""
    return "" if span is None else plain(text[span["start"] : span["end"]])


def report(out: Console, obj: Object, text: str) -> None:
    """One report in full: header, events, quotations, flags, what was left out."""
    header(out, obj, text)
    names = {a["id"]: a for a in obj["actors"]}
    if obj["events"]:
        events(out, obj, text, names)
    if obj["quotes"]:
        quotes(out, obj, text, names)
    for flag in obj["flags"]:
        out.print(Text.assemble(("  ! ", "bold yellow"), (plain(flag["message"]), "yellow")))
    if not obj["events"] and not obj["quotes"]:
        out.print(Text("  no event and no quotation found", style="dim"))
    left = left_out(obj)
    if left:
        out.print(Text("  " + left, style="dim"))
    out.print()


def header(out: Console, obj: Object, text: str) -> None:
    """Title, day and where the day is from, source, id."""
    out.print(Text(title_of(obj, text, out.width), style="bold"))
    out.print(Text(f"  {day_of(obj)} · {plain(obj['source'])} · {obj['id']}", style="dim"))


def title_of(obj: Object, text: str, width: int) -> str:
    """The title, else the headline, else the first words."""
    if obj["title"]:
        return clip(plain(obj["title"]), width)
    for kind in ("headline", "body"):
        for segment in obj["segments"]:
            if segment["kind"] == kind:
                return clip(words(text, segment), width)
    return clip(plain(text[:400]), width) or "(no text)"


def day_of(obj: Object) -> str:
    """The day or window of the report, and what it stands on, in a few words."""
    window, basis = obj["dated"]["window"], obj["dated"]["basis"]
    if window in ("", "../.."):
        return "undated"
    return f"{window} ({clip('; '.join(plain(b['saw']) for b in basis), 60)})" if basis else window


def party(side: Sequence[Object], names: Mapping[str, Object], text: str) -> Text:
    """One side of an event: "Vladimir Putin (RUS)", several joined by commas; words alone where nobody is known."""
    shown: list[Text] = []
    for one in side:
        actor = names.get(one["actor"]) if one["actor"] else None
        if actor is None:
            shown.append(Text(words(text, one)))
            continue
        name = Text(("former " if actor.get("former") else "") + plain(actor["name"]))
        if actor["code"] and actor["code"] != actor["name"]:
            name.append(f" ({plain(actor['code'])})", style="cyan")
        shown.append(name)
    return Text(", ").join(shown) if shown else Text("—", style="dim")


def kind_of(event: Object) -> Text:
    """ "SUPPORT congratulate" and, when it is not simply asserted, its status."""
    out = Text(event["type"], style="bold " + ("red" if "conflict" in event["quad"] else "green"))
    if event["mode"]:
        out.append(f" {plain(event['mode'])}", style="default")
    if event["status"] != "asserted":
        out.append(f" [{event['status']}]", style="magenta")
    return out


def events(out: Console, obj: Object, text: str, names: Mapping[str, Object]) -> None:
    """The table of events."""
    rows = [
        (
            e["id"],
            party(e["source"], names, text),
            kind_of(e),
            party(e["target"], names, text),
            e["date"] or "—",
            f"“{words(text, e['evidence'])}”",
        )
        for e in obj["events"]
    ]
    _rows(out, "Events", ("source", "type", "target", "day"), rows)


def quotes(out: Console, obj: Object, text: str, names: Mapping[str, Object]) -> None:
    """The table of quotations."""
    rows = [
        (
            q["id"],
            party([q["speaker"]] if q["speaker"] else [], names, text),
            Text(q["kind"], style="dim"),
            party(q["addressees"], names, text),
            q["date"] or "—",
            f"“{' … '.join(words(text, s) for s in q['content'])}”",
        )
        for q in obj["quotes"]
    ]
    _rows(out, "Quotations", ("speaker", "kind", "addressee", "day"), rows)


Row = tuple[str, Text, Text, Text, str, str]


def _rows(out: Console, title: str, heads: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Wide: one line a row, the words in the last column. Narrow: the words under the row."""
    out.print(Text(f"  {title}", style="underline"))
    if out.width >= WIDE:
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        for head in ("", *heads, "words"):
            table.add_column(head, ratio=3 if head == "words" else None, no_wrap=head in ("", "day"), overflow="fold")
        for ident, left, middle, right, day, said in rows:
            table.add_row(ident, left, middle, right, day, Text(said, style="italic"))
        out.print(Padding(table, (0, 0, 0, 2)))
        return
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=False)
    table.add_column("", no_wrap=True, style="dim")
    table.add_column("", overflow="fold")
    for ident, left, middle, right, day, said in rows:
        head = Text.assemble(left, " → ", right, "  ", middle, "  ", (day, "default"))
        table.add_row(ident, Text("\n").join([head, Text(said, style="italic dim")]))
    out.print(Padding(table, (0, 0, 0, 2)))


def brief(out: Console, obj: Object, text: str) -> None:
    """One report on one line."""
    counts = f"{len(obj['events']):>3} events {len(obj['quotes']):>3} quotations {len(obj['flags']):>2} flags"
    window = obj["dated"]["window"]
    day = f"{'undated' if window in ('', '../..') else window:<10}"
    head = f"{obj['id'][:8]}  {day}  {counts}  "
    out.print(Text(head + title_of(obj, text, max(20, out.width - len(head))), no_wrap=True, overflow="ellipsis"))


def left_out(obj: Object) -> str:
    """What of the page was not read: "left out: 4 pieces, 1,234 characters: appeal, caption"."""
    pieces = [s for s in obj["segments"] if s["kind"] not in ("headline", "body", "dateline", "byline")]
    if not pieces:
        return ""
    kinds = sorted({sort_of(s) for s in pieces})
    characters = sum(s["end"] - s["start"] for s in pieces)
    return f"left out: {count(len(pieces), 'piece')}, {count(characters, 'character')}: {', '.join(kinds)}"


def sort_of(segment: Object) -> str:
    """What sort of furniture: the file of the rule that knew it, else the segment's kind."""
    area, _, rest = segment["because"]["rule"].partition("/")
    return rest.split("/")[0].replace("_", " ") if area == "furniture" and rest else str(segment["kind"])


def count(n: int, noun: str) -> str:
    """ "1 event", "1,234 events"."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
