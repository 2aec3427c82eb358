"""A story event: its reports side by side, how many independent sources there are, and in what they disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.record.likeness import SENTENCE_END
from dragoman.record.linking.copies import independent
from dragoman.record.linking.deeds import counted
from dragoman.record.linking.pairs import mutual
from dragoman.record.query import Questions
from dragoman.record.words import folded, stem

# Words beside a number that count the same thing: the dead.
DEAD = frozenset(stem(w) for w in ("dead", "killed", "died", "kill", "deaths"))
PEOPLE = frozenset(stem(w) for w in ("people", "persons", "civilians", "others", "men", "women", "children"))


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a disagreement: what is said, and the events that say so."""

    says: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What reports of one deed tell differently. about: day, number, source, target, place, whether."""

    about: str
    versions: tuple[Version, ...]  # that of most reports first


@dataclass(frozen=True, slots=True)
class Why:
    """Two of the events compared: how likely they are one deed, and what spoke for it."""

    a: str
    b: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """One deed and every report of it. ``told``: rows as :meth:`Record.events` gives them, and two columns more."""

    id: str
    sources: int  # independent ones
    told: tuple[dict[str, Any], ...]  # with ``copy_of``, and ``sentences``: the evidence's sentence and the next
    disagreements: tuple[Disagreement, ...]
    why: tuple[Why, ...]


def story(questions: Questions, event: str) -> Story:
    """The story that an event is of; one that nobody else tells is a story of its own."""
    at = questions.named("link_current", events=[event])
    ident = at[0]["story"] if at else event
    members = questions.named("story", story=ident)
    report = event.rpartition("-")[0]
    keys = members or [{"report": report, "id": event, "copy_of": report}]
    copy_of = {k["id"]: k["copy_of"] for k in keys}
    texts = {r["report"]: r["text"] for r in questions.of_reports("texts", sorted({k["report"] for k in keys}))}
    told = tuple(
        row
        | {
            "copy_of": copy_of[row["id"]],
            "sentences": around(texts[row["report"]], row["evidence_start"], row["evidence_end"]),
        }
        for row in questions.fetch("events_told", keys)
    )
    told = tuple(sorted(told, key=lambda r: (r["report_dated"] or "", r["report"], r["id"])))
    why = questions.named("story_pairs", events=[r["id"] for r in told])
    return Story(
        ident,
        independent([r["copy_of"] for r in told]),
        told,
        tuple(disagreements(told)),
        tuple(Why(r["a"], r["b"], r["score"], r["reason"]) for r in why),
    )


def disagreements(told: Sequence[Mapping[str, Any]]) -> Iterable[Disagreement]:
    """What the rows of one deed tell differently, of those that tell it at all."""
    yield from _about("whether", told, lambda r: r["status"])
    yield from _about("day", told, lambda r: r["date"] if r["date_start"] == r["date_end"] else None)
    if all(mutual(r["type"]) for r in told):  # whoever stands first
        yield from _about("who", told, lambda r: _codes([*r["source_codes"], *r["target_codes"]]))
    else:
        yield from _about("source", told, lambda r: _codes(r["source_codes"]))
        yield from _about("target", told, lambda r: _codes(r["target_codes"]))
    yield from _about("place", told, lambda r: r["place"] if "," in (r["place"] or "") else None)
    counts = {r["id"]: numbers(r["sentences"]) for r in told}
    for thing in sorted({thing for of_one in counts.values() for thing in of_one}):
        yield from _about(f"number: {thing}", told, _count_of(counts, thing))


def around(text: str, start: int, end: int) -> str:
    """The sentence that holds ``text[start:end]``, and the next."""
    first = max((m.end() for m in SENTENCE_END.finditer(text, 0, start)), default=0)
    ends = [m.start() for m in SENTENCE_END.finditer(text, end)][:2]
    return text[first : ends[-1] if len(ends) == 2 else len(text)]


def numbers(text: str) -> dict[str, str]:
    """What is counted in some words -> the number; a thing that is counted twice is left out."""
    words = {stem(w) for w in folded(text)}
    out: dict[str, str | None] = {}
    for value, word in counted(text):
        thing = stem(word)
        dead = thing in DEAD or (thing in PEOPLE | {""} and bool(words & DEAD))
        if dead or (word and value != 1):  # "one" counts seldom
            name = "the dead" if dead else word
            out[name] = None if name in out else f"{value:g}"
    return {name: value for name, value in out.items() if value is not None}


def _about(
    about: str, told: Sequence[Mapping[str, Any]], said: Callable[[Mapping[str, Any]], str | None]
) -> Iterable[Disagreement]:
    versions: dict[str, list[str]] = {}
    reports: dict[str, set[str]] = {}
    for row in told:
        value = said(row)
        if value:
            versions.setdefault(value, []).append(row["id"])
            reports.setdefault(value, set()).add(row["copy_of"])
    if len(versions) > 1:
        ordered = sorted(versions, key=lambda v: (-len(reports[v]), v))
        yield Disagreement(about, tuple(Version(v, tuple(sorted(versions[v]))) for v in ordered))


def _count_of(counts: Mapping[str, Mapping[str, str]], thing: str) -> Callable[[Mapping[str, Any]], str | None]:
    return lambda row: counts[row["id"]].get(thing)


def _codes(codes: Sequence[str]) -> str | None:
    return " ".join(sorted({c for c in codes if c})) or None
