"""Stories: one deed, its reports side by side, and in what they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from dragoman.record.linking import Story
from dragoman.show.answers import address, event_rows
from dragoman.show.words import Console, count, hanging, plain


def story_rows(out: Console, found: Sequence[dict[str, Any]]) -> None:
    """A line a story with one of its events, and how many tell it."""
    event_rows(out, found)
    for row in found:
        told = f"{count(row['reports'], 'report')}, {count(row['sources'], 'independent source')}"
        hanging(out, Text(address({"report": row["report"], "id": row["story"]}) + "  ", style="dim"), Text(told), 0)
    out.print(Text(f"{len(found)} {'story' if len(found) == 1 else 'stories'}", style="dim"))


def story(out: Console, found: Story) -> None:
    """One deed: who tells it, copies marked, what they disagree in, why they were taken for one."""
    reports = {row["report"] for row in found.told}
    told = f"{count(len(reports), 'report')}, {count(found.sources, 'independent source')}"
    out.print(Text(told, style="bold"))
    event_rows(out, found.told)
    for row in found.told:
        if row["copy_of"] != row["report"]:
            words = f"{row['report'][:8]} is one text with {row['copy_of'][:8]}"
            hanging(out, "", Text(f"{words} ({plain(row['report_source'])})", style="dim"), 0)
    for one in found.disagreements:
        versions = "; ".join(f"{plain(v.says)} ({', '.join(sorted({e[:8] for e in v.events}))})" for v in one.versions)
        hanging(out, Text(f"{plain(one.about)}  ", style="yellow"), Text(versions), 0)
    if found.why:
        out.print(Text("Taken for one deed because", style="bold"))
    for pair in found.why:
        label = f"{pair.a[:8]} {pair.b[:8]} {pair.score:.2f}  "
        hanging(out, Text(label, style="dim"), Text(plain(pair.reason)), 0)
