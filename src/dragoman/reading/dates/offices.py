"""Bounds from offices: who is named as president was president on that day; who is named as former no longer was."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.knowledge import Knowledge
from dragoman.knowledge.actors import Group, Office
from dragoman.knowledge.names import Hit, Name, Word, words_of
from dragoman.model import READ_KINDS, Interval, Reason, Report, Segment, Span
from dragoman.reading.dates.bounds import Bound

# Further down a report tells background, where offices of other years are named.
READ_SEGMENTS = 25
READ_SEGMENTS_SURNAME = 8  # for a bare surname with its title
PERSONS = ("person", "surname")
TOP = ("head_of_state", "head_of_government", "monarch")  # offices that "leader" and "head of state" stand for
# What the same words mean of a body or a group: "NATO chief", "World Bank president", "UN envoy".
OF_A_BODY = {
    **dict.fromkeys((*TOP, "leader", "igo_head", "executive"), frozenset({*TOP, "igo_head", "group_leader"})),
    **dict.fromkeys(("envoy", "ambassador", "igo_official"), frozenset({"envoy", "igo_official"})),
}
NEAR = 30  # characters beside a title and name: some four words
# A title is still used for some days after its office ended when the report is about that end.
AFTER_LEAVING = dt.timedelta(days=10)
SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b(?:Gen|Sen|Rep|Gov|Mrs))[.!?][\"”’')\]]*\s+(?=[\"“‘(\[]?[A-Z])"
)
BETWEEN = re.compile(r"\s|[\s\u00a0]?[-–][\s\u00a0]?|['’]s\s|\s?\(|,? of the\s|\sof\s")
LIST = re.compile(r"including|such as|like|among them|namely|:", re.IGNORECASE)
TOLD_OF = re.compile(r",? (?:who|was|is|remains|has been)\b")
JOIN = re.compile(r",?\s(?:and\s)?|\sand\s")


@dataclass(frozen=True, slots=True)
class Named:
    """A person with the words of office before the name."""

    span: Span
    words: str
    rows: tuple[Office, ...]
    former: bool
    sentence: str
    surname: bool  # no given name stands with it
    near: str  # the words just before, and after where they are told of the person


def office_bounds(report: Report, segments: Sequence[Segment], knowledge: Knowledge) -> list[Bound]:
    """One bound for each person named with an office in the report's read text; the surest mention of each.

    A present office bounds from its first day to its last, if that is known; a sentence that tells of the past
    gives none. A former office bounds from the end of its first finished spell on.
    """
    out: list[Bound] = []
    calendar = knowledge.calendar
    read = [s for s in segments if s.kind in READ_KINDS]
    looks = [knowledge.actors.names.look(s.span.of(report.text)) for s in read]
    full = {n.key for look in looks for h in look.hits for n in h.names if n.kind == "person"}
    in_past = cache(lambda sentence: calendar.history.search(sentence) is not None)  # one may name hundreds
    leaving = cache(lambda sentence: calendar.leaving.search(sentence) is not None)
    unseated = cache(lambda sentence: calendar.unseated.search(sentence) is not None)
    for place, (segment, look) in enumerate(zip(read, looks, strict=True)):
        for named in _named(report.text, segment, look.words, look.hits, full, knowledge):
            if named.former:
                bound = former(named)
            elif place < (READ_SEGMENTS_SURNAME if named.surname else READ_SEGMENTS) and not in_past(named.sentence):
                out_of_it = unseated(named.sentence) or calendar.held.search(named.near) is not None
                bound = current(named, leaving(named.sentence), out_of_it)
            else:
                bound = None
            if bound is not None:
                out.append(bound)
    return out


def current(named: Named, leaving: bool, unseated: bool) -> Bound | None:
    """Named with an office as of now: the report is of the days from its first spell to the end of its last.

    unseated: the sentence tells that somebody was ousted, or the words beside the name that he is held or to be
    restored: he may be called by the office for years after.
    """
    starts = [o.held.start for o in named.rows]
    ends = [o.held.end if o.end_known else None for o in named.rows]
    start = None if None in starts else min(s for s in starts if s is not None)
    end = None if None in ends else max(e for e in ends if e is not None)
    if unseated:
        end = None
    elif end is not None and leaving:
        end += AFTER_LEAVING
    if start is None and end is None:
        return None
    since = "" if start is None else f" from {start}"
    limit = "" if end is None else f" until {end}"
    saw = f"{named.words} named as in office:{since}{limit}"
    return Bound(
        Interval(start, end),
        f"{named.rows[0].person} {named.rows[0].office}",
        Reason("code:dates.offices.current", saw, named.span),
    )


def former(named: Named) -> Bound | None:
    """Named with a former office: after the end of the first of its finished spells.

    An end told as the last day of a month or a year may be no more than that month or year: counted from its first day.
    """
    by_person: dict[str, list[dt.date]] = {}
    for office in named.rows:
        if office.end_known and office.held.end is not None:
            by_person.setdefault(office.person, []).append(_surely_over(office.held.end))
        elif not office.end_known:
            by_person.setdefault(office.person, [])
    if not by_person or not all(by_person.values()):
        return None
    start = min(min(ends) for ends in by_person.values())
    if len(by_person) == 1:
        start = _last_but_gapless(named.rows) or start
    saw = f"{named.words} named as holding it no more: after {start}"
    return Bound(
        Interval(start, None), f"{named.rows[0].person} former", Reason("code:dates.offices.former", saw, named.span)
    )


def _last_but_gapless(rows: Sequence[Office]) -> dt.date | None:
    """The end of the last spell, when no spell began more than 30 days after another had ended."""
    spells = sorted((o.held.start or dt.date.min, o.held.end or dt.date.max) for o in rows)
    end = spells[0][1]
    for start, until in spells[1:]:
        if start > end + dt.timedelta(days=30):
            return None
        end = max(end, until)
    return _surely_over(end)


def _surely_over(end: dt.date) -> dt.date:
    if (end.month, end.day) == (12, 31):
        return end.replace(month=1, day=1)
    return end.replace(day=1) if (end + dt.timedelta(days=1)).day == 1 else end


def _named(
    text: str, segment: Segment, words: Sequence[Word], hits: Sequence[Hit], full: set[str], knowledge: Knowledge
) -> Iterator[Named]:
    if all(hit.kinds.isdisjoint(PERSONS) for hit in hits):
        return
    body = segment.span.of(text)
    breaks = [0, *(m.end() for m in SENTENCE.finditer(body)), len(body)]
    run: list[Hit] = []
    shared: tuple[list[Hit], int] | None = (
        None  # a former plural title that governs the names after it, and its sentence
    )
    for hit in hits:
        start = words[hit.first].start
        if run and BETWEEN.fullmatch(body, words[run[-1].last - 1].end, start) is None:
            run = []
        kinds = hit.kinds
        # "German" is a minister's surname too: such a word before a title or a name tells whose.
        whose = bool(kinds & {"adjective", "country", "demonym"}) and not any(_titles(h, knowledge) for h in run)
        if whose or not kinds & {"person", "surname"}:
            run.append(hit)
            if any(n.kind == "title" and n.plural for n in hit.names) and _effect(run, knowledge) == "former":
                shared = (list(run), _sentence(breaks, start))
            continue
        sentence = _sentence(breaks, start)
        before, own = run, any(_titles(h, knowledge) for h in run)
        if not own and shared is not None and shared[1] == sentence:
            gap = body[words[shared[0][-1].last - 1].end : start]
            if LIST.search(gap) or JOIN.fullmatch(gap) or gap.isspace():
                before = shared[0]
        run = [hit] if not own else []
        effect = _effect(before, knowledge)
        end = words[hit.last - 1].end
        possessive = body[end : end + 2] in ("'s", "’s")
        if effect not in (None, "former") or (effect is None and (possessive or quoted(body, start))):
            continue
        rows = _rows(hit, before, full, knowledge)
        if rows:
            first = words[before[0].first].start if own else start
            span = Span(segment.span.start + first, segment.span.start + words[hit.last - 1].end)
            yield Named(
                span,
                f"'{' '.join(span.of(text).split())}'",
                rows,
                effect == "former",
                body[breaks[sentence] : breaks[sentence + 1]],
                all(n.kind == "surname" for n in hit.names),
                _near(body, words[(before if own else [hit])[0].first].start, end),
            )


def _near(text: str, start: int, end: int) -> str:
    """The words before a title and name; those after when they tell what became of the person ("who was detained")."""
    after = text[end : end + NEAR]
    told = TOLD_OF.match(after) is not None
    return f"{text[max(0, start - NEAR) : start]} | {after if told else ''}"


def quoted(text: str, at: int) -> bool:
    """Whether a place stands inside quotation marks that opened in the same paragraph: what is quoted may tell of
    any time.
    """
    if text.rfind("\N{LEFT DOUBLE QUOTATION MARK}", 0, at) > text.rfind("\N{RIGHT DOUBLE QUOTATION MARK}", 0, at):
        return True
    return text.count('"', 0, at) % 2 == 1


def _sentence(breaks: Sequence[int], at: int) -> int:
    """Which of the sentences that begin at ``breaks``, the last of which is the end, holds a place."""
    return bisect_right(breaks, at, hi=len(breaks) - 1) - 1


def _effect(run: Sequence[Hit], knowledge: Knowledge) -> str | None:
    """What the modifiers of a run of names make of its office: None when nothing, "former" ... "then" is of the
    past alone.
    """
    for hit in run:
        for name in hit.names:
            if name.kind == "modifier" and name.detail not in ("none", ""):
                return "then" if name.key in knowledge.calendar.then_words else name.detail
            if name.kind == "noun" and name.key.startswith(("ex-", "former ")):
                return "former"
            if name.kind == "noun" and "-elect" in name.key:
                return "elect"
    return None


def _rows(hit: Hit, before: Sequence[Hit], full: set[str], knowledge: Knowledge) -> tuple[Office, ...]:
    """The offices that a name and its title can mean; none when a bare surname could be somebody else's."""
    titles = [t for h in before if (t := _titles(h, knowledge))]
    if not titles:
        return ()
    meant = titles[-1]
    keys = {(t.key, t.other) for t in meant}
    if any(k in (*TOP, "leader") for k, _ in keys) and (meant[0].plural or any(k == "leader" for k, _ in keys)):
        keys |= {(k, ()) for k in TOP}
    if ("head_of_state", ("VAT",)) in keys:
        keys.add(("monarch", ("VAT",)))
    places = {n.key for h in before for n in h.names if n.kind in ("adjective", "country", "org", "demonym")}
    bodies = {c for h in before for n in h.names if n.kind in ("org", "group") for c in _acting(n, knowledge)}
    if bodies:  # "NATO chief Mark Rutte" was prime minister in other years
        return _of_body(hit, {k for k, _ in keys}, bodies, knowledge)
    out: dict[str, tuple[Office, ...]] = {}
    for name in hit.names:
        if name.kind not in ("person", "surname") or name.key in out:
            continue
        offices = tuple(
            o for o in knowledge.actors.persons[name.key].offices
            if any(key == o.office and (not where or o.code in where) for key, where in keys)
            and (not places or o.code in places or name.kind == "person")
        )  # fmt: skip
        if offices:
            out[name.key] = offices
    whole = any(n.kind == "person" for n in hit.names)
    if not whole and not places:
        out = {k: v for k, v in out.items() if k in full} or (
            out if len(out) == 1 and _modern(out) and _alone(hit) else {}
        )
    if len(out) > 4:
        return ()
    return tuple(o for rows in out.values() for o in rows)


def _acting(name: Name, knowledge: Knowledge) -> set[str]:
    """For whom the officials of a body or group hold office: itself, and a state that it governs (the Taliban)."""
    row = knowledge.actors.by_row.get(name.row)
    governed = {code for code, _ in row.governs} if isinstance(row, Group) else set()
    return governed | ({name.key} if name.key else set())


def _of_body(hit: Hit, keys: set[str], bodies: set[str], knowledge: Knowledge) -> tuple[Office, ...]:
    """The offices that a person held in a body which the words name: no office at home says when that was."""
    wanted = frozenset().union(*(OF_A_BODY.get(key, {key}) for key in keys))
    persons = {n.key for n in hit.names if n.kind in ("person", "surname")}
    found = [
        [o for o in knowledge.actors.persons[p].offices if o.code in bodies and o.office in wanted] for p in persons
    ]
    some = [offices for offices in found if offices]
    return tuple(some[0]) if len(some) == 1 else ()


def _titles(hit: Hit, knowledge: Knowledge) -> list[Name]:
    """The offices that words may stand for; "ex-president" is a title too."""
    found = [n for n in hit.names if n.kind == "title"]
    for name in hit.names:
        if not found and name.kind == "noun" and name.key.startswith("ex-"):
            plain = " ".join(w.fold for w in words_of(name.key.removeprefix("ex-")))
            found = [n for n in knowledge.actors.names.by_key.get(plain, ()) if n.kind == "title"]
    return found


def _modern(rows: dict[str, tuple[Office, ...]]) -> bool:
    return all(o.held.start is not None and o.held.start.year >= 1945 for offices in rows.values() for o in offices)


def _alone(hit: Hit) -> bool:
    return len({n.key for n in hit.names if n.kind == "surname"}) == 1
