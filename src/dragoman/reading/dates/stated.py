"""The report's own statement of its day: a date line, a byline with a date, "Published: July 24, 2012", a dateline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.knowledge.calendar import CalendarWords
from dragoman.model import Interval, Reason, Report, Segment, Span
from dragoman.reading.dates.meanings import Seen, days, seen_from

TOP = 8  # segments from the top in which a line that is nothing but a date is the report's own
EARLY = 3  # paragraphs of body text; furniture after them states the days of other stories
LONGEST = 300  # characters; a longer segment states the day of something else
FIGURE = re.compile(r"\d")
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?|[a-z]{3})[/-](\d\d?)(?=[/-]|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a dateline states: a whole day, or a day and month without a year (as of any day)."""

    interval: Interval | None
    partial: Seen | None
    because: Reason


def stated_day(report: Report, segments: Sequence[Segment], words: CalendarWords) -> Stated | None:
    """The day that the report states itself, by the best of data/calendar/stated.yaml; then its address; then a
    dateline with day and month alone.
    """
    found: list[tuple[int, int, Stated]] = []
    bodies = [n for n, s in enumerate(segments) if s.kind == "body"]
    early = bodies[EARLY - 1] if len(bodies) >= EARLY else len(segments)
    for n, segment in enumerate(segments):
        text = segment.span.of(report.text)
        if len(text) > LONGEST or (segment.kind not in ("body", "headline") and n > early):
            continue
        if FIGURE.search(text) is None:
            continue
        for statement in words.statements.sift(text):
            if segment.kind not in statement.where and not ("top" in statement.where and n < TOP):
                continue
            match = statement.pattern.search(text)
            interval = None if match is None else full_date(seen_from(match, "past", words))
            if match is None or interval is None:
                continue
            if segment.kind in ("body", "headline") and (match.start() > 2 or len(text) > 100):
                continue
            span = Span(segment.span.start + match.start(), segment.span.start + match.end())
            saw = f"'{' '.join(match[0].split())}' in a {segment.kind}: {interval}"
            found.append(
                (statement.rank, segment.span.start, Stated(interval, None, Reason(statement.rule, saw, span)))
            )
    if found:
        return min(found, key=lambda f: f[:2])[2]
    return from_address(report, words) or _partial(report, segments, words)


def full_date(seen: Seen) -> Interval | None:
    """The day of a matched full date, whichever way it was written."""
    day = dt.date.min
    if seen.get("mm"):
        return days.iso(seen, day)
    if seen.get("month"):
        return days.date(seen, day)
    return days.numeric(seen, day)


def from_address(report: Report, words: CalendarWords) -> Stated | None:
    """A day in the report's address: https://news.example/2019/11/20/..."""
    match = IN_ADDRESS.search(report.url or "")
    if match is None:
        return None
    month = int(match[2]) if match[2].isdigit() else words.months.get(match[2].casefold(), 0)
    try:
        day = dt.date(int(match[1]), month, int(match[3]))
    except ValueError:
        return None
    return Stated(
        Interval.day(day), None, Reason("code:dates.stated.from_address", f"{match[0]} in {report.url}: {day}")
    )


def _partial(report: Report, segments: Sequence[Segment], words: CalendarWords) -> Stated | None:
    """A dateline with day and month but no year: ANKARA, Dec 30 -"""
    shapes = [s for s in words.shapes if s.id in ("month-day", "day-month")]
    for segment in segments:
        if segment.kind not in ("dateline", "byline"):
            continue
        for shape in shapes:
            match = shape.pattern.search(segment.span.of(report.text))
            if match is not None:
                span = Span(segment.span.start + match.start(), segment.span.start + match.end())
                seen = seen_from(match, "past", words)
                return Stated(
                    None, seen, Reason("code:dates.stated.dateline", f"the {segment.kind} says '{match[0]}'", span)
                )
    return None


def dateline(stated: Stated, window: Interval, lead_weekday: int | None) -> tuple[Interval, Reason] | None:
    """A day and month put into the one year of the window in which they fall.

    With two or three years left, the one in which the weekday of the first sentences is that day or the day before.
    """
    if stated.partial is None or window.start is None or window.end is None:
        return None
    fitting = []
    for year in range(window.start.year, min(window.end.year, window.start.year + 20) + 1):
        try:
            day = dt.date(year, stated.partial.month, stated.partial.int("day") or 1)
        except ValueError:
            continue
        if window.contains(day):
            fitting.append(day)
    by = "the only one in the window"
    if 1 < len(fitting) <= 3 and lead_weekday is not None:
        fitting = [d for d in fitting if (d.weekday() - lead_weekday) % 7 <= 1] or fitting
        by = "the only one in the window with that weekday"
    if len(fitting) != 1:
        return None
    saw = f"{stated.because.saw}, {by}: {fitting[0]}"
    return Interval.day(fitting[0]), Reason("code:dates.stated.dateline", saw, stated.because.at)
