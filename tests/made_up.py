"""Made-up reports for tests that need no language model, and a stand-in that reads them all alike."""

from __future__ import annotations

import datetime as dt

from dragoman.model import (
    Actor,
    Cast,
    Dated,
    Event,
    Flag,
    Interval,
    Mention,
    Party,
    Quote,
    Reading,
    Reason,
    Report,
    Segment,
    Span,
    When,
)

TEXT = (
    "Minister Ilse Bårdal of Norland thanked the envoy of Tyria on Monday. “We shall not forget it,” she told him, "
    "“nor will our children.” Report number {n}.\n\nSign up for our letter."
)
DAY = dt.date(2023, 5, 28)


def report(n: int = 0, text: str = TEXT) -> Report:
    """The n-th made-up report."""
    return Report(
        text.format(n=n), f"made-up/{n}.txt", title=f"Thanks, part {n}", published=DAY, published_from="a test"
    )


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


class Reader:
    """Stands in for dragoman.Reader: reads every report at once and alike, apart from those that say "choke"."""

    def __init__(self, version: str = "made-up 1") -> None:
        self.version = version

    def read(self, report: Report) -> Reading:
        """One event, one quotation, one flag, three actors."""
        text = report.text
        if "choke" in text:
            raise ZeroDivisionError("choked on purpose")
        body = Span(0, text.index("\n") if "\n" in text else len(text))
        why = Reason("code:segment.segment", "it stands there", Span(0, 8), 0.75)
        if "Bårdal" not in text:
            whole = (Segment(Span(0, len(text)), "body", why),)
            return Reading(report, whole, Dated(Interval(None, None)), Cast(), (), (), (), self.version)
        minister, envoy = _at(text, "Minister Ilse Bårdal"), _at(text, "the envoy of Tyria")
        cast = Cast(
            (
                Actor(
                    "a1", "Ilse Bårdal", "NOR", "GOV", "foreign minister", "Ilse Bårdal", "Q1",
                    mentions=(Mention(minister, "name", why),),
                ),
                Actor("a2", "Tyria", "TYR", mentions=(Mention(envoy, "country", why),), former=True),
                Actor("a3", "Norland", None),
            )
        )  # fmt: skip
        when = When(Interval(dt.date(2023, 5, 20), dt.date(2023, 5, 22)), why)
        event = Event(
            f"{report.id}-e1", "SUPPORT", "thank", ("diplomatic",), "051", 3.4, "verbal cooperation", "planned",
            (Party(minister, "a1"),), (Party(envoy, "a2"), Party(_at(text, "him"), None)), when, "Norland", None,
            _at(text, "Ilse Bårdal of Norland thanked the envoy of Tyria"), _at(text, "thanked"), None, 0.9, (why,),
        )  # fmt: skip
        quote = Quote(
            f"{report.id}-q1", "direct", (_at(text, "We shall not forget it,"), _at(text, "nor will our children.")),
            _at(text, "told"), Party(minister, "a1"), (Party(envoy, "a2"),), None, None, 0.8, (why,),
        )  # fmt: skip
        flag = Flag(
            "office", minister, "Minister Bårdal", "nobody", "Minister Bårdal holds no office on that day", (why,)
        )
        segments = (Segment(body, "body", why), Segment(Span(body.end + 2, len(text)), "furniture", why))
        dated = Dated(Interval.day(DAY), (Reason("code:dates.report.given", "published 2023-05-28, says a test"),))
        return Reading(report, segments, dated, cast, (quote,), (event,), (flag,), self.version)
