"""What each shape of phrase means on a given day; ``means`` in data/calendar/phrases.yaml names one of these functions.

Each takes what the shape saw and the report's day, and returns the days meant; None when the words are no date or
cannot be told; UNKNOWN when they name a time that is not known.
"""

from __future__ import annotations

from dragoman.reading.dates.meanings import counted, days, units
from dragoman.reading.dates.meanings.days import feast_day
from dragoman.reading.dates.meanings.seen import UNKNOWN, Meaning, Seen, seen_from
from dragoman.reading.dates.meanings.units import third

__all__ = ["MEANINGS", "UNKNOWN", "Meaning", "Seen", "feast_day", "seen_from", "third"]

MEANINGS: dict[str, Meaning] = {
    "date": days.date,
    "iso": days.iso,
    "numeric": days.numeric,
    "september_11": days.september_11,
    "month_day": days.month_day,
    "month_days": days.month_days,
    "nth_day": days.nth_day,
    "weekday": days.weekday,
    "rel_weekday": days.rel_weekday,
    "weekday_of_week": days.weekday_of_week,
    "weekend": days.weekend,
    "day_word": days.day_word,
    "holiday": days.holiday,
    "month_year": units.month_year,
    "month_rel_year": units.month_rel_year,
    "month": units.month,
    "rel_month": units.rel_month,
    "edge_month": units.edge_month,
    "rel_unit": units.rel_unit,
    "before_last": units.before_last,
    "the_unit": units.the_unit,
    "year_end": units.year_end,
    "season": units.season,
    "decade": units.decade,
    "century": units.century,
    "quarter": units.quarter,
    "half": units.half,
    "year_range": units.year_range,
    "year": units.year,
    "ago": counted.ago,
    "anchored": counted.anchored,
    "past_span": counted.past_span,
    "recent_span": counted.recent_span,
    "coming_span": counted.coming_span,
    "in_units": counted.in_units,
}
