"""When the report was written; "on Sunday" -> the day of an event.

report.py dates the report, phrases.py finds the phrases of time, when.py says which of them belongs to which deed.
"""

from dragoman.reading.dates.passages import Phrases, PhraseStage, all_phrases
from dragoman.reading.dates.phrases import date_phrases
from dragoman.reading.dates.report import date_report
from dragoman.reading.dates.types import DatePhrase, DateStage
from dragoman.reading.dates.when import lead_of, when_of

__all__ = [
    "DatePhrase", "DateStage", "PhraseStage", "Phrases", "all_phrases", "date_phrases", "date_report", "lead_of",
    "when_of",
]  # fmt: skip
