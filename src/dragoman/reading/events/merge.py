"""One deed told several times in one report is one event."""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.model import Cast, Event, Interval, Reason, When

_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = frozenset({*_SMALL, "dozen", "dozens", "twenty", "thirty", "forty", "fifty", "hundred"})
BLOWS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
WORD = re.compile(r"[^\W\d_]+|\d+")
SAYINGS = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "REJECT", "AGREE", "THREATEN"})


def told_once(found: list[tuple[Event, str]], cast: Cast, text: str = "") -> list[Event]:
    """Join tellings with the same sides, type, status and compatible days.

    The telling in the body wins over a headline's, and among equals the surer, then the earlier; the others' places
    go to ``also``. text: of the report; what is told of force in other words and numbers is another deed.
    """
    groups: list[list[tuple[Event, str]]] = []
    # A book has thousands of deeds: each is held against those alone with which it has in common what it must.
    alike: dict[tuple[object, ...], list[list[tuple[Event, str]]]] = {}
    for one in found:
        event = one[0]
        near = alike.setdefault((event.type, event.status == "denied", event.occasion, codes(event, cast)[0]), [])
        for group in near:
            if all(same_deed(one[0], other[0], cast, "headline" in (one[1], other[1]), text) for other in group):
                group.append(one)
                break
        else:
            near.append([one])
            groups.append(near[-1])
    out = []
    for group in groups:
        ranked = sorted(
            group, key=lambda g: (g[1] == "headline", -g[0].confidence, g[0].evidence.start, g[0].trigger.start)
        )
        best = ranked[0][0]
        rest = tuple(sorted({e.evidence for e, _ in ranked[1:]} - {best.evidence}))
        if rest:
            best = replace(
                best,
                also=rest,
                trail=(*best.trail, Reason("code:events.merge.told_once", f"told {len(rest) + 1} times")),
                when=narrowest([e for e, _ in ranked]),
            )
        out.append(best)
    return out


def narrowest(tellings: list[Event]) -> When | None:
    """Of the times that tell of one deed the one that says most: "in 2014", and further down "on April 14, 2014"."""
    best = tellings[0].when
    for other in (e.when for e in tellings[1:]):
        if other is not None and (best is None or best.interval.meet(other.interval) == other.interval):
            best = other
    return best


def codes(event: Event, cast: Cast) -> tuple[frozenset[str | None], frozenset[str | None]]:
    """Codes of the two sides."""
    return (
        frozenset(cast[p.actor].code for p in event.source if p.actor),
        frozenset(cast[p.actor].code for p in event.target if p.actor),
    )


def sectors(event: Event, cast: Cast) -> tuple[frozenset[str | None], frozenset[str | None]]:
    """Sectors of the two sides."""
    return (
        frozenset(cast[p.actor].sector for p in event.source if p.actor),
        frozenset(cast[p.actor].sector for p in event.target if p.actor),
    )


def same_deed(one: Event, other: Event, cast: Cast, headed: bool = False, text: str = "") -> bool:
    """Same sides and type; no day against another day; words of one sentence, or of one kind of deed.

    headed: one of the two stands in a heading, which only says in short what the body tells. In the body two sayings
    by two patterns are two: "welcomed their leadership", "thanked them for the aid".
    """
    if one.type != other.type or (one.status == "denied") != (other.status == "denied"):
        return False
    (s1, t1), (s2, t2) = codes(one, cast), codes(other, cast)
    part = one.trigger.overlaps(other.trigger) and (t1 <= t2 or t2 <= t1)
    if s1 == t1 and s2 == t2 and sectors(one, cast) != sectors(other, cast):
        return False  # at home police and rebels, army and crowds tell the deeds apart
    if s1 != s2 or not (t1 == t2 or part) or one.occasion != other.occasion:
        return False
    if one.occasion is not None and other_person(one, other, cast):
        return False
    a, b = days(one), days(other)
    if a is not None and b is not None and a.meet(b) is None:
        return False
    if headed and text and one.type == "AGREE" and one.trail[0].rule != other.trail[0].rule:
        return bool(told_of(one, cast, text) & told_of(other, cast, text))  # a heading in short, or of something else
    if one.occasion is not None or headed or one.trigger.overlaps(other.trigger):
        return True
    if one.evidence.overlaps(other.evidence) and not apart(one, other):
        return True
    if one.type == "CONSULT" and None in (one.mode, other.mode) and a is not None and a == b:
        return True  # "spoke by telephone ... They discussed": the second telling leaves out by what way
    if one.mode != other.mode or one.cameo != other.cameo or (text and other_blow(one, other, cast, text)):
        return False
    return one.type not in SAYINGS or one.trail[0].rule == other.trail[0].rule


def other_blow(one: Event, other: Event, cast: Cast, text: str) -> bool:
    """Whether two tellings of force are of two blows: in two places, of two numbers, by other verbs on other things."""
    if one.type not in BLOWS:
        return False
    if one.place is not None and other.place is not None and one.place != other.place:
        return "," in one.place and "," in other.place  # two towns
    said = [told_of(e, cast, text) for e in (one, other)]
    counts = [{w for w in words if w.isdigit() or w in NUMBERS} for words in said]
    if counts[0] and counts[1] and not counts[0] & counts[1]:
        return True
    same_word = one.trigger.of(text).casefold() == other.trigger.of(text).casefold()
    return bool(said[0] and said[1]) and not said[0] & said[1] and not same_word


def told_of(event: Event, cast: Cast, text: str) -> frozenset[str]:
    """Words of four letters and more, and numbers, of the evidence, without those of its sides and its trigger."""
    own = [event.trigger, *(p.span for p in (*event.source, *event.target))]
    own += [m.span for m, _ in cast.within(event.evidence)]
    return frozenset(
        m.group().casefold()
        for m in WORD.finditer(event.evidence.of(text))
        if not any(s.start <= event.evidence.start + m.start() < s.end for s in own)
        and (len(m.group()) > 3 or m.group().isdigit() or m.group().casefold() in NUMBERS)
    )


def apart(one: Event, other: Event) -> bool:
    """Whether two material deeds of one sentence are two: "blew up a pipeline and kidnapped two engineers"."""
    return one.quad.startswith("material") and one.trail[0].rule != other.trail[0].rule


def other_person(one: Event, other: Event, cast: Cast) -> bool:
    """Whether two messages went to two different people, though of one code."""
    people = [{cast[p.actor].person for p in e.target if p.actor} - {None} for e in (one, other)]
    return bool(people[0]) and bool(people[1]) and people[0] != people[1]


def days(event: Event) -> Interval | None:
    return None if event.when is None else event.when.interval
