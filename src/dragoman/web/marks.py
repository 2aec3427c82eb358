"""A report's text cut into pieces that carry their marks; the pieces joined are the text, character by character.

Rows of a reading overlap as they like: a name within a quotation within the words of an event. A page cannot nest
them, so the text is cut wherever any of them begins or ends, and each piece says whose words it is. The signs that
stand for a row (e3) are no characters of the page: the style sheet draws them, and whoever copies the text copies the
report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from dragoman.model import READ_KINDS
from dragoman.show.words import plain, short
from dragoman.web.words import hidden, quad_class

Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands in front of or behind a piece and leads to the row's card."""

    ident: str
    kind: str  # event, quote or flag
    look: str  # a class of the style sheet
    about: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one set of marks. start, end: in code points of the report's text."""

    start: int
    end: int
    text: str
    looks: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()  # e3, q1, a2, f1: whose words these are
    about: str = ""
    actor: str | None = None  # the card of whom these words name
    before: tuple[Sign, ...] = ()
    behind: tuple[Sign, ...] = ()
    hidden: str | None = None  # the number of a character that is shown by it
    anchor: str | None = None  # where an address of the page leads


@dataclass(frozen=True, slots=True)
class Block:
    """A segment, or the blanks between two of them (kind "")."""

    kind: str
    because: str
    pieces: tuple[Piece, ...]

    @property
    def read(self) -> bool:
        return self.kind in READ_KINDS


@dataclass(slots=True)
class _Layer:
    """One row's claim on some words."""

    start: int
    end: int
    look: str
    row: str
    about: str = ""
    actor: str | None = None
    before: list[Sign] = field(default_factory=list)
    behind: list[Sign] = field(default_factory=list)


def blocks(
    obj: Object, text: str, *, chosen: str | None = None, at: tuple[int, int] | None = None
) -> tuple[Block, ...]:
    """The text of a reading (the contract's object) with its marks.

    chosen: the row whose words are to stand out, e3; at: any span that is to stand out. Where one of them begins, the
    piece has the anchor "here".
    """
    layers = _layers(obj, text, chosen, at)
    out: list[Block] = []
    done = 0
    for segment in sorted(obj["segments"], key=lambda s: s["start"]):
        if segment["start"] > done:
            out.append(Block("", "", _pieces(text, done, segment["start"], layers)))
        start = max(done, segment["start"])
        out.append(
            Block(segment["kind"], plain(segment["because"]["saw"]), _pieces(text, start, segment["end"], layers))
        )
        done = max(done, segment["end"])
    if done < len(text):
        out.append(Block("", "", _pieces(text, done, len(text), layers)))
    return tuple(_anchored(out, chosen, at))


def _layers(obj: Object, text: str, chosen: str | None, at: tuple[int, int] | None) -> list[_Layer]:
    names = {a["id"]: a for a in obj["actors"]}
    out: list[_Layer] = []
    for n, flag in enumerate(obj["flags"], 1):
        sign = Sign(f"f{n}", "flag", "flag", plain(flag["message"]))
        out.append(_Layer(flag["start"], flag["end"], "flagged", f"f{n}", sign.about, behind=[sign]))
    for actor in obj["actors"]:
        told = who(actor)
        for m in actor["mentions"]:
            out.append(_Layer(m["start"], m["end"], "actor", actor["id"], told, actor=actor["id"]))
    for event in obj["events"]:
        ident = short(event["id"])
        told = said_of(event, names, text)
        sign = Sign(ident, "event", quad_class(event["quad"]), told)
        for n, span in enumerate((event["evidence"], *event.get("also", ()))):
            out.append(_Layer(span["start"], span["end"], "event" if n == 0 else "event also", ident, told))
        trigger = event["trigger"]
        looks = f"trigger {quad_class(event['quad'])}"
        out.append(_Layer(trigger["start"], trigger["end"], looks, ident, told, behind=[sign]))
    for quote in obj["quotes"]:
        ident = short(quote["id"])
        told = quote_told(quote, names, text)
        sign = Sign(ident, "quote", "quote", told)
        for n, span in enumerate(quote["content"]):
            look = f"quote {quote['kind']}"
            out.append(_Layer(span["start"], span["end"], look, ident, told, before=[sign] if n == 0 else []))
        if quote["cue"]:
            out.append(_Layer(quote["cue"]["start"], quote["cue"]["end"], "cue", ident))
    if at is not None:
        out.append(_Layer(at[0], at[1], "here", "at"))
    if chosen is not None:
        out += [_Layer(x.start, x.end, "here", x.row) for x in out if x.row == chosen and x.look != "cue"]
    return [x for x in out if x.start < x.end]


def who(actor: Object) -> str:
    """An actor in words: "former Angela Merkel, chancellor (DEU)"."""
    name = ("former " if actor.get("former") else "") + plain(actor["name"])
    role = f", {plain(actor['role'])}" if actor["role"] else ""
    return f"{name}{role} ({plain(actor['code'])})" if actor["code"] else f"{name}{role}"


def parties(side: Sequence[Object], names: Mapping[str, Object], text: str) -> str:
    """One side of a row in words."""
    shown = [
        plain(names[p["actor"]]["name"]) if p["actor"] in names else plain(text[p["start"] : p["end"]]) for p in side
    ]
    return ", ".join(shown) or "—"


def said_of(event: Object, names: Mapping[str, Object], text: str) -> str:
    """An event in one line, for hovering: "CONSULT (phone), asserted: Erdogan → Putin"."""
    mode = f" ({plain(event['mode'])})" if event["mode"] else ""
    sides = f"{parties(event['source'], names, text)} → {parties(event['target'], names, text)}"
    return f"{event['type']}{mode}, {event['status']}: {sides}"


def quote_told(quote: Object, names: Mapping[str, Object], text: str) -> str:
    """A quotation in one line, for hovering."""
    speaker = parties([quote["speaker"]] if quote["speaker"] else [], names, text)
    to = parties(quote["addressees"], names, text)
    return f"{quote['kind']} words of {speaker}" + ("" if to == "—" else f", to {to}")


def _pieces(text: str, start: int, end: int, layers: Sequence[_Layer]) -> tuple[Piece, ...]:
    mine = [x for x in layers if x.start < end and start < x.end]
    odd = [n for n in range(start, end) if hidden(text[n])]
    inner = [n for x in mine for n in (x.start, x.end) if start < n < end]
    cuts = sorted({start, end, *inner, *odd, *(n + 1 for n in odd if n + 1 < end)})
    return tuple(_piece(text, a, b, [x for x in mine if x.start <= a and b <= x.end]) for a, b in pairwise(cuts))


def _piece(text: str, start: int, end: int, on: Sequence[_Layer]) -> Piece:
    # Of several actors that a group mention names, the first is the link; all are in the margin.
    actor = min((x for x in on if x.actor), key=lambda x: x.end - x.start, default=None)
    narrowest = sorted(on, key=lambda x: x.end - x.start)
    return Piece(
        start,
        end,
        text[start:end],
        looks=_once(look for x in on for look in x.look.split()),
        rows=_once(x.row for x in on),
        about=" · ".join(_once(x.about for x in narrowest if x.about)),
        actor=actor.actor if actor else None,
        before=tuple(s for x in on if x.start == start for s in x.before),
        behind=tuple(s for x in on if x.end == end for s in x.behind),
        hidden=hidden(text[start]),
    )


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _anchored(made: list[Block], chosen: str | None, at: tuple[int, int] | None) -> list[Block]:
    """The first piece that stands out gets the anchor that the page's address leads to."""
    wanted = "at" if at is not None else chosen
    if wanted is None:
        return made
    for n, block in enumerate(made):
        for k, piece in enumerate(block.pieces):
            if wanted in piece.rows and "here" in piece.looks:
                pieces = (*block.pieces[:k], replace(piece, anchor="here"), *block.pieces[k + 1 :])
                return [*made[:n], Block(block.kind, block.because, pieces), *made[n + 1 :]]
    return made
