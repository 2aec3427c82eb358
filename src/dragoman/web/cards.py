"""The margin of a report's page: a card for every event, quotation, flag and actor, each with why it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.explain import Rulebook, steps
from dragoman.model import READ_KINDS
from dragoman.show.report import sort_of, title_of
from dragoman.show.words import days, plain, short
from dragoman.web import marks
from dragoman.web.words import safe_url

Object = Mapping[str, Any]
# Tables whose rows say who somebody is, the most telling first.
TABLES = ("actors/offices/", "actors/groups/", "actors/organizations/", "actors/countries/")


@dataclass(frozen=True, slots=True)
class Why:
    """One step of a trail: what was seen, by which rule, where the rule stands, and what it says of itself."""

    saw: str
    rule: str
    place: str
    words: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One of a side: the name, or the words where nobody is known."""

    name: str
    code: str | None
    actor: str | None  # its card
    role: str | None
    words: str
    row: Why | None  # the table row that says who it is


@dataclass(frozen=True, slots=True)
class Card:
    """One event or quotation."""

    ident: str
    row: Object
    source: tuple[Party, ...]
    target: tuple[Party, ...]
    day: str
    words: str
    start: int
    end: int
    why: tuple[Why, ...]
    said_by: str | None = None  # of an event that a quotation's speaker vouches for


@dataclass(frozen=True, slots=True)
class Person:
    """One actor of the report."""

    ident: str
    row: Object
    told: str
    mentions: tuple[tuple[int, int, str, str], ...]  # start, end, words, how
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One flag."""

    ident: str
    row: Object
    words: str
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of the page that was not read, or words that name nobody known."""

    start: int
    end: int
    kind: str
    words: str
    why: Why


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page of a report shows."""

    obj: Object
    title: str
    address: str | None
    day: str
    basis: tuple[Why, ...]
    blocks: tuple[marks.Block, ...]
    events: tuple[Card, ...]
    quotes: tuple[Card, ...]
    flags: tuple[Doubt, ...]
    actors: tuple[Person, ...]
    left_out: tuple[LeftOut, ...]
    unresolved: tuple[LeftOut, ...]
    chosen: str | None
    at: tuple[int, int] | None


def report_page(
    obj: Object, text: str, rules: Rulebook, *, chosen: str | None = None, at: tuple[int, int] | None = None
) -> ReportPage:
    """The page of one reading, the contract's object. chosen: the row whose card is open and whose words stand out."""
    people = {a["id"]: a for a in obj["actors"]}
    quotes = {q["id"]: q for q in obj["quotes"]}
    made = _Cards(text, people, quotes, rules)
    window = obj["dated"]["window"]
    return ReportPage(
        obj,
        title_of(obj, text, 160),
        safe_url(obj["url"]) or safe_url(obj["source"]),
        "no day known" if window in ("..", "../..") else days(window),
        made.why(obj["dated"]["basis"]),
        marks.blocks(obj, text, chosen=chosen, at=at),
        tuple(made.event(e) for e in sorted(obj["events"], key=lambda e: e["trigger"]["start"])),
        tuple(made.quote(q) for q in obj["quotes"]),
        tuple(made.flag(n, f) for n, f in enumerate(obj["flags"], 1)),
        tuple(made.actor(a) for a in obj["actors"]),
        tuple(made.left_out(s, sort_of(s["kind"], s["because"]["rule"])) for s in obj["segments"] if _gone(s)),
        tuple(made.left_out(u, "") for u in obj.get("unresolved", ())),
        chosen,
        at,
    )


def _gone(segment: Object) -> bool:
    return segment["kind"] not in READ_KINDS


class _Cards:
    """Makes cards out of one report's rows."""

    def __init__(self, text: str, people: Mapping[str, Object], quotes: Mapping[str, Object], rules: Rulebook) -> None:
        self._text, self._people, self._quotes, self._rules = text, people, quotes, rules

    def event(self, event: Object) -> Card:
        said_by = None
        if event["said_in"] in self._quotes:
            quote = self._quotes[event["said_in"]]
            said_by = marks.parties([quote["speaker"]] if quote["speaker"] else [], self._people, self._text)
        return self._card(event, event["source"], event["target"], [event["evidence"]], said_by)

    def quote(self, quote: Object) -> Card:
        speaker = [quote["speaker"]] if quote["speaker"] else []
        return self._card(quote, speaker, quote["addressees"], quote["content"], None)

    def _card(
        self, row: Object, source: Iterable[Object], target: Iterable[Object], spans: Sequence[Object],
        said_by: str | None,
    ) -> Card:  # fmt: skip
        return Card(
            short(row["id"]),
            row,
            tuple(self._party(p) for p in source),
            tuple(self._party(p) for p in target),
            days(row["date"]),
            " … ".join(self._words(s) for s in spans),
            min(s["start"] for s in spans),
            max(s["end"] for s in spans),
            self.why(row["trail"]),
            said_by,
        )

    def _party(self, party: Object) -> Party:
        words = self._words(party)
        actor = self._people.get(party["actor"]) if party["actor"] else None
        if actor is None:
            return Party(words, None, None, None, words, None)
        known = self._known_by(actor)
        row = next((w for table in TABLES for w in known if w.rule.startswith(table)), None)
        name = ("former " if actor.get("former") else "") + plain(actor["name"])
        code = actor["code"] if actor["code"] != actor["name"] else None
        return Party(name, code, actor["id"], actor["role"], words, row)

    def _known_by(self, actor: Object) -> tuple[Why, ...]:
        reasons = (*actor["trail"], *(m["because"] for m in actor["mentions"]))
        return self.why({(r["rule"], r["saw"]): r for r in reasons}.values())

    def actor(self, actor: Object) -> Person:
        mentions = tuple((m["start"], m["end"], self._words(m), m["how"]) for m in actor["mentions"])
        return Person(actor["id"], actor, marks.who(actor), mentions, self._known_by(actor))

    def flag(self, n: int, flag: Object) -> Doubt:
        return Doubt(f"f{n}", flag, self._words(flag), self.why(flag.get("trail", ())))

    def left_out(self, span: Object, kind: str) -> LeftOut:
        return LeftOut(span["start"], span["end"], kind, self._words(span), self.why([span["because"]])[0])

    def why(self, trail: Iterable[Object]) -> tuple[Why, ...]:
        trail = list(trail)
        return tuple(
            self._step(step.sentences()[0].partition(" ")[2], step.address, step.rule, reason.get("at"))
            for step, reason in zip(steps(trail, self._rules), trail, strict=True)
        )

    def _step(self, saw: str, address: str, rule: Any, at: Object | None) -> Why:
        place, words = (rule.place, rule.words) if rule is not None else ("", "no such rule in this version")
        span = (at["start"], at["end"]) if at else (None, None)
        return Why(plain(saw), address, place, plain(words), *span)

    def _words(self, span: Object) -> str:
        return plain(self._text[span["start"] : span["end"]])
