"""Readings and answers on a terminal or in a pipe; they fit its width.

Nothing out of a report reaches the terminal raw: control and bidirectional characters are printed as escapes, and no
text is taken for markup.
"""

from dragoman.show.answers import csv_rows, event_rows, failure_rows, flag_rows, json_line, quote_rows, stats
from dragoman.show.chart import plot
from dragoman.show.questions import checked, dyad, messages, network
from dragoman.show.report import brief, report
from dragoman.show.run import Tally, progress, totals
from dragoman.show.stories import story, story_rows
from dragoman.show.why import actor_rows, explain, segments
from dragoman.show.words import Console, console, count, plain

__all__ = [
    "Console",
    "Tally",
    "actor_rows",
    "brief",
    "checked",
    "console",
    "count",
    "csv_rows",
    "dyad",
    "event_rows",
    "explain",
    "failure_rows",
    "flag_rows",
    "json_line",
    "messages",
    "network",
    "plain",
    "plot",
    "progress",
    "quote_rows",
    "report",
    "segments",
    "stats",
    "story",
    "story_rows",
    "totals",
]
