"""Bounds from what the text tells: dates in the past, and feasts whose greetings are sent."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from dragoman.knowledge.calendar import CalendarWords, Holiday
from dragoman.model import READ_KINDS, Interval, Reason, Report, Segment, Span
from dragoman.reading.dates import arithmetic as cal
from dragoman.reading.dates.bounds import Bound
from dragoman.reading.dates.meanings import MEANINGS, feast_day, seen_from
from dragoman.reading.dates.offices import SENTENCE, quoted

PAST_VERB = re.compile(r"\b(?:was|were|had|said|took|began|won|met|went|made|came|became|held|told|left|\w{3,}ed)\b")
YEAR = re.compile(r"\b(?:in|since)\s((?:19|20)\d\d)\b(?![-–/\d])(?!\s(?:and|to|or|election))", re.IGNORECASE)
FIGURE = re.compile(r"\d")
LEAD_SEGMENTS = 5  # the first read segments, in which a weekday is the report's own
GREETING_SLACK = 10  # days around a feast's season, when no weekday is named


def past_dates(report: Report, segments: Sequence[Segment], words: CalendarWords) -> list[Bound]:
    """A day, month or year told as past: the report is no older than its first day. The latest of the text is
    taken, as the others say less; a sentence that looks ahead gives none.
    """
    best: tuple[dt.date, Span, str] | None = None
    for segment in (s for s in segments if s.kind in READ_KINDS):
        text = segment.span.of(report.text)
        if FIGURE.search(text) is None:
            continue
        breaks = [m.span() for m in SENTENCE.finditer(text)]
        told: dict[tuple[int, int], bool] = {}  # by sentence: one of 20,000 characters may hold a thousand dates
        for start, end, interval in _exact(text, words):
            if interval.start is None or (best is not None and interval.start <= best[0]) or quoted(text, start):
                continue
            around = _sentence_around(breaks, len(text), start, end)
            if around not in told:
                sentence = text[slice(*around)]
                told[around] = words.ahead.search(sentence) is None and PAST_VERB.search(sentence) is not None
            if told[around]:
                best = (interval.start, Span(segment.span.start + start, segment.span.start + end), text[start:end])
    if best is None:
        return []
    saw = f"'{' '.join(best[2].split())}' told as past: not before {best[0]}"
    return [Bound(Interval(best[0], None), "past date", Reason("code:dates.told.past_dates", saw, best[1]))]


def _exact(text: str, words: CalendarWords) -> list[tuple[int, int, Interval]]:
    out = []
    for shape in words.whole.sift(text):
        for match in shape.pattern.finditer(text):
            interval = MEANINGS[shape.means](seen_from(match, "past", words), dt.date(2000, 1, 1))
            if interval is not None:
                out.append((match.start(), match.end(), interval))
    out += [(m.start(), m.end(), Interval.year(int(m[1]))) for m in YEAR.finditer(text)]
    return out


def _sentence_around(breaks: Sequence[tuple[int, int]], length: int, start: int, end: int) -> tuple[int, int]:
    """Where the sentence of a span of a text of ``length`` begins and ends; breaks: those between its sentences."""
    before = bisect_right(breaks, start, key=itemgetter(1))
    after = max(before, bisect_left(breaks, end, key=itemgetter(0)))
    return breaks[before - 1][1] if before else 0, breaks[after][0] if after < len(breaks) else length


def lead_weekday(report: Report, segments: Sequence[Segment], words: CalendarWords) -> tuple[int, Span] | None:
    """The first weekday named in the report's first segments, unless it is a last or a next one."""
    shape = next(s for s in words.shapes if s.id == "weekday")
    for segment in [s for s in segments if s.kind in READ_KINDS][:LEAD_SEGMENTS]:
        text = segment.span.of(report.text)
        for match in shape.pattern.finditer(text):
            before = text[max(0, match.start() - 16) : match.start()]
            if re.search(r"\b(?:last|next|this|coming|every|each|by|until|since|from)\s\Z", before) is None:
                span = Span(segment.span.start + match.start(), segment.span.start + match.end())
                return seen_from(match, "past", words).weekday, span
    return None


def by_greetings(
    report: Report, segments: Sequence[Segment], window: Interval, words: CalendarWords
) -> tuple[Interval, Reason] | None:
    """Greetings of a feast that comes once in the window: the days on which they are sent; with the weekday on
    which the report says they were, that one day (a report bears the day that it names, as wire stories do).
    """
    if window.start is None or window.end is None:
        return None
    found = _greetings(report, segments, words)
    if found is None:
        return None
    feast, at = found
    before, after = feast.greet or (0, 0)
    named = lead_weekday(report, segments, words)
    slack = 0 if named is not None else GREETING_SLACK
    seasons = []
    for year in range(window.start.year - 1, min(window.end.year, window.start.year + 30) + 2):
        day = feast_day(feast, year)
        season = Interval(cal.add_days(day, -before - slack), cal.add_days(day, after + slack)).meet(window)
        if season is not None:
            seasons.append((season, day))
    if len(seasons) != 1:
        return None
    season, day = seasons[0]
    words_seen = f"'{' '.join(at.of(report.text).split())}' near {day}"
    if named is None:
        return season, Reason("code:dates.told.by_greetings", f"{words_seen}: {season}", at)
    assert season.start is not None
    assert season.end is not None
    days = [season.start + dt.timedelta(n) for n in range((season.end - season.start).days + 1)]
    days = [d for d in days if d.weekday() == named[0]]
    if not days:
        return None
    left = Interval(days[0], days[-1])
    saw = f"{words_seen}, sent on '{named[1].of(report.text)}', leaves {left} of {window}"
    return left, Reason("code:dates.told.by_greetings", saw, at)


def _greetings(report: Report, segments: Sequence[Segment], words: CalendarWords) -> tuple[Holiday, Span] | None:
    for segment in [s for s in segments if s.kind in READ_KINDS][:LEAD_SEGMENTS]:
        text = segment.span.of(report.text)
        for feast in words.greeted.sift(text):
            match = feast.greetings.search(text) if feast.greetings is not None else None
            if match is not None:
                return feast, Span(segment.span.start + match.start(), segment.span.start + match.end())
    return None
