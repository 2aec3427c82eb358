"""A report that somebody had on a known day: what follows for the day of its publication."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dragoman.model import Report

# A page of Auckland is dated a day ahead of one who fetches it by the clock of Greenwich.
AHEAD = dt.timedelta(days=1)


def as_of(report: Report, seen: dt.date | None) -> Report:
    """``report`` with the day on which it was fetched or received. A day of publication after that is taken away.

    The reason stays in ``published_from``, and the dating of the report tells it. seen: None changes nothing.
    """
    if seen is None:
        return report
    if report.published is None or report.published - AHEAD <= seen:
        return replace(report, seen=seen)
    why = f"published {report.published}, says {report.published_from or 'the report'}, but it was there on {seen}"
    return replace(report, seen=seen, published=None, published_from=why, modified=None)
