"""A reader that takes no time, for what happens between machines; its recipe goes to other processes by its name."""

from __future__ import annotations

import os
import time

from dragoman.model import Actor, Cast, Dated, Event, Interval, Mention, Party, Reading, Reason, Report, Segment, Span

BECAUSE = Reason("code:intake.take", "made up")


class Stub:
    """One event a report. POISON in a text ends the process, ERROR makes it fail, SLOW takes 20 ms."""

    version = "stub 1"

    def read(self, report: Report) -> Reading:
        """As long as the text says."""
        if "POISON" in report.text:
            os.abort()
        if "ERROR" in report.text:
            raise ValueError("made up")
        if "SLOW" in report.text:
            time.sleep(0.02)
        words = Span(0, len(report.text))
        first = Span(0, max(1, report.text.find(" ")))
        actor = Actor("a1", first.of(report.text), "NOR", mentions=(Mention(first, "name", BECAUSE),))
        event = Event(
            "e1", "CONSULT", None, (), "040", 1.0, "verbal cooperation", "asserted",
            (Party(first, "a1"),), (), None, None, None, words, first, None, 0.5, (BECAUSE,),
        )  # fmt: skip
        segment = Segment(words, "body", BECAUSE)
        dated = Dated(Interval(report.published, report.published))
        return Reading(report, (segment,), dated, Cast((actor,)), (), (event,), (), self.version)


def stub() -> Stub:
    """The recipe."""
    return Stub()
