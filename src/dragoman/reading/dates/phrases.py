"""Every phrase of time in a passage, with its days as of the report's day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import itemgetter

from dragoman.knowledge import Knowledge
from dragoman.knowledge.calendar import CalendarWords, Frames, Holiday, Planning, Shape
from dragoman.model import Dated, Interval, Reason, Span
from dragoman.reading.dates.frames import FRAMES
from dragoman.reading.dates.meanings import MEANINGS, seen_from
from dragoman.reading.dates.tense import root_of, tense_of
from dragoman.reading.dates.types import DatePhrase
from dragoman.reading.parse import Passage, Token

On = Callable[[dt.date], Interval | None]  # the days a phrase means, as of a day

# Where the report's day is open on a side, a phrase is asked on a far day: what it answers on both ends is certain. No
# report is taken to be older than printing, so the arithmetic never meets the ends of the calendar.
FAR = (dt.date(1500, 6, 15), dt.date(2400, 6, 15))
LEFT = 48  # characters before a time in which a frame is looked for; the longest frame has 40
RECURRING = re.compile(r"(?:\b(?:every|each|any|per|most|other)|once an?)\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase before its days are counted: where it stands in the passage's text, what it means, by which rules."""

    start: int
    end: int
    means: On
    tense: str
    rule: str
    shape: str
    framed: bool = False


def date_phrases(
    passage: Passage, dated: Dated, knowledge: Knowledge, text: str | None = None
) -> tuple[DatePhrase, ...]:
    """Every phrase of time in the passage with its days, in order of text, none overlapping another.

    text: the passage's own, where the caller has it at hand: spaCy puts that of a Doc together anew each time.

    Relative to a report whose day is not known, a phrase gets what is certain in every day of the window: "in 2016"
    stays 2016, "on Sunday" is as wide as the window. Both ends open: a time is named, its days are not known.
    """
    text = passage.doc.text if text is None else text
    words = knowledge.calendar
    out = []
    for found in _framed(passage, text, _cores(passage, text, words), words):
        interval = across(found.means, dated.window)
        if interval is None:
            continue
        span = Span(passage.start + found.start, passage.start + found.end)
        out.append(DatePhrase(span, interval, _because(span, text[found.start : found.end], found, interval, dated)))
    return tuple(out)


def across(means: On, window: Interval) -> Interval | None:
    """What a phrase means on every day of the window: the hull of its meanings on the first and on the last."""
    days = [min(max(day or far, FAR[0]), FAR[1]) for day, far in zip((window.start, window.end), FAR, strict=True)]
    first, last = means(days[0]), means(days[1])
    if first is None or last is None:
        return None
    start: dt.date | None
    end: dt.date | None
    if first.start == last.start:
        start = first.start
    else:
        start = None if window.start is None or None in (first.start, last.start) else min(first.start, last.start)  # type: ignore[type-var]
    if first.end == last.end:
        end = first.end
    else:
        end = None if window.end is None or None in (first.end, last.end) else max(first.end, last.end)  # type: ignore[type-var]
    return Interval(start, end)


def _cores(passage: Passage, text: str, words: CalendarWords) -> list[Found]:
    """Times without what stands before them: the leftmost, then the longest, then the first in the file."""
    hits: list[tuple[int, int, int, re.Match[str], Shape | Holiday]] = []
    names: list[tuple[int, int]] = []
    for (order, shape), stretches in words.times.places(text):
        for begin, stop in stretches:
            if shape is None:
                names += [m.span() for m in words.names.finditer(text, begin, stop)]
                continue
            for m in shape.pattern.finditer(text, begin, stop):
                hits.append((m.start(), -m.end(), order, m, shape))
    if not hits or not _hinted(text, hits[0][3], words.hint):
        return []
    hits.sort(key=itemgetter(0, 1, 2))
    out: list[Found] = []
    end = 0
    for start, minus_end, _, match, shape in hits:
        if start < end or any(start < e and s < -minus_end for s, e in names):
            continue
        found = _core(passage, text, words, match, shape)
        if found is not None:
            out.append(found)
            end = -minus_end
    return out


def _hinted(text: str, match: re.Match[str], hint: re.Pattern[str]) -> bool:
    """A passage without a hint anywhere holds no phrase of time; most have it in the first that was found."""
    return hint.search(text, *match.span()) is not None or hint.search(text) is not None


def _core(
    passage: Passage, text: str, words: CalendarWords, match: re.Match[str], shape: Shape | Holiday
) -> Found | None:
    start, end = match.span()
    left = text[max(0, start - LEFT) : start]
    if RECURRING.search(left) is not None or not _is_date(passage, text, words, match, shape, left):
        return None
    span = Span(passage.start + start, passage.start + end)
    tense = tense_of(passage, span, words.planning)
    seen = seen_from(match, tense, words, shape if isinstance(shape, Holiday) else None)
    meaning = MEANINGS["holiday" if isinstance(shape, Holiday) else shape.means]
    return Found(start, end, lambda day: meaning(seen, day), tense, shape.rule, shape.id)


def _is_date(
    passage: Passage, text: str, words: CalendarWords, match: re.Match[str], shape: Shape | Holiday, left: str
) -> bool:
    """Whether a bare month, year, season or feast is meant as a time: a word before it says so, or the tagger does."""
    if isinstance(shape, Holiday):
        after = text[match.end() : match.end() + 2]
        loose = (
            not re.search(r"(?:Day|Eve|Sunday|Monday|Friday|July|Night)\Z", match[0])
            and match.groupdict().get("year") is None
        )
        return not (loose and re.match(r"\s\w", after) and _compound(passage, match)) and _framed_left(
            words, left, match
        )
    if shape.id not in ("month", "year", "relative-season", "century"):
        return True
    if shape.id == "relative-season" and (match.groupdict().get("rel") or match.groupdict().get("year")):
        return True
    if _framed_left(words, left, match):
        return True
    if shape.id == "relative-season":
        return False
    tokens = passage.tokens_in(Span(passage.start + match.start(), passage.start + match.end()))
    if shape.id == "year" and tokens and _counts(tokens[-1]):
        return False
    return bool(tokens) and all(t.ent_type_ == "DATE" for t in tokens)


def _counts(figure: Token) -> bool:
    """2018 seats: a figure before a plural, with no article that would make it "the 2018 elections"."""
    noun = figure.head
    return (
        noun.i > figure.i
        and noun.tag_ in ("NNS", "NNPS")
        and not any(c.dep_ in ("det", "poss") and c.i < figure.i for c in noun.children)
    )


def _compound(passage: Passage, match: re.Match[str]) -> bool:
    token = root_of(passage, Span(passage.start + match.start(), passage.start + match.end()))
    return token is not None and token.dep_ in ("compound", "nmod", "poss")


def _framed_left(words: CalendarWords, left: str, match: re.Match[str]) -> bool:
    if match.groupdict().get("rel"):
        return True
    return any(
        pattern.search(left) is not None for pattern in (words.relations.pattern, words.edges.pattern, words.joins)
    )


def _framed(passage: Passage, text: str, cores: list[Found], words: CalendarWords) -> list[Found]:
    """Cores joined with what stands before them: edges, then pairs (from X to Y), then one relation."""
    edged = [_prefixed(passage, text, c, words.edges, words.planning) for c in cores]
    out: list[Found] = []
    i = 0
    while i < len(edged):
        pair = _pair(text, edged[i], edged[i + 1], words) if i + 1 < len(edged) else None
        floor = out[-1].end if out else 0
        if pair is not None:
            out.append(pair)
            i += 2
            continue
        framed = _prefixed(passage, text, edged[i], words.relations, words.planning, floor)
        out.append(framed)
        i += 1
    return out


def _prefixed(passage: Passage, text: str, found: Found, frames: Frames, planning: Planning, floor: int = 0) -> Found:
    left_from = max(floor, found.start - LEFT)
    frame_before = frames.before(text[left_from : found.start])
    if frame_before is None:
        return found
    start, shape = frame_before
    tense = found.tense
    if shape.means == "before":  # the time may lie ahead of a deed that does not
        tense = tense_of(passage, Span(passage.start + left_from + start, passage.start + found.end), planning)
    frame, inner, future = FRAMES[shape.means], found.means, tense == "future"

    def means(day: dt.date) -> Interval | None:
        time = inner(day)
        return None if time is None else time if time == Interval(None, None) else frame(time, day, future)

    rule = found.rule if shape.means == "same" else shape.rule
    return replace(found, start=left_from + start, means=means, rule=rule, framed=True)


def _pair(text: str, a: Found, b: Found, words: CalendarWords) -> Found | None:
    """from X to Y: the days from the first of X to the last of Y; X is the latest one that does not follow Y."""
    left = text[max(0, a.start - LEFT) : a.start]
    for pair in words.pairs:
        if pair.between is None or pair.between.fullmatch(text[a.end : b.start]) is None:
            continue
        before = pair.pattern.search(left)
        if before is None:
            continue

        def means(day: dt.date) -> Interval | None:
            second = b.means(day)
            if second is None or second.end is None:
                return None
            first = a.means(second.end)
            if first is not None and first.start is not None and first.start > second.end:
                first = a.means(day)
            if first is None or first.start is None or first.start > second.end:
                return None
            return Interval(first.start, second.end)

        return Found(max(0, a.start - LEFT) + before.start(), b.end, means, b.tense, pair.rule, pair.id, True)
    return None


def _because(span: Span, words: str, found: Found, interval: Interval, dated: Dated) -> Reason:
    day = dated.day
    asof = f"as of {day.isoformat()}, a {day:%A}" if day is not None else f"in a report of {dated.window}"
    what = "a time whose own day is not known here" if interval == Interval(None, None) else str(interval)
    ahead = ", looking forward" if found.tense == "future" else ""
    return Reason(found.rule, f"'{' '.join(words.split())}' {asof}{ahead}: {what}", span)
