"""Lines that reports of one publisher share: found over all of them, left out of each."""

from __future__ import annotations

import itertools

from dragoman.knowledge import Knowledge
from dragoman.model import Report
from dragoman.reader import Reader
from dragoman.reading.segment import Repeated, repeated_lines, segment, segment_with

STORIES = (
    ("Fiji bars tanker from its waters", "Fiji barred a tanker from its waters on Monday, the navy said."),
    ("Samoa swears in a new cabinet", "Samoa swore in a cabinet of twelve on Tuesday after a month of talks."),
    ("Tonga and Niue share a patrol boat", "Tonga and Niue agreed on Friday to share a patrol boat."),
)
LOGO = "Word of the islands"
PITCH = "We bring you the islands every morning, wherever you may be."
BACKGROUND = "The bloc of island states was founded in 1971 and has its seat in Suva."


def report(n: int, publisher: str | None = "Reef Wire") -> Report:
    title, lead = STORIES[n]
    lines = (LOGO, title, lead, "Both sides spoke of a good day.", BACKGROUND, PITCH)
    return Report("\n\n".join(lines), f"{n}.txt", title=title, publisher=publisher)


REPORTS = [report(n) for n in range(3)]


def kinds(one: Report, shared: Repeated, knowledge: Knowledge) -> dict[str, str]:
    return {s.span.of(one.text): s.kind for s in segment_with(shared)(one, knowledge)}


def test_what_three_reports_share_is_left_out(knowledge: Knowledge) -> None:
    found = kinds(REPORTS[0], repeated_lines(REPORTS), knowledge)
    assert (found[LOGO], found[PITCH]) == ("furniture", "furniture")
    assert (found[STORIES[0][0]], found[STORIES[0][1]]) == ("headline", "body")


def test_background_that_comes_again_is_read(knowledge: Knowledge) -> None:
    assert kinds(REPORTS[1], repeated_lines(REPORTS), knowledge)[BACKGROUND] == "body"


def test_two_reports_or_two_publishers_or_none_share_nothing(knowledge: Knowledge) -> None:
    for some in (
        REPORTS[:2],
        [REPORTS[0], REPORTS[0], REPORTS[1]],  # the same text twice is one report
        [report(0, "Reef Wire"), report(1, "Atoll Post"), report(2, "Lagoon News")],
        [report(n, None) for n in range(3)],
    ):
        assert segment(some[0], knowledge) == segment_with(repeated_lines(some))(some[0], knowledge)


def test_a_story_published_three_times_keeps_its_headline(knowledge: Knowledge) -> None:
    head = "Fiji bars a tanker from its waters after spill"
    versions = [
        Report(f"{head}\n\nFiji barred a tanker on Monday, the navy said in its {n} statement.", f"{n}", publisher="A")
        for n in ("first", "second", "third")
    ]
    assert kinds(versions[0], repeated_lines(versions), knowledge)[head] == "headline"


def test_the_order_of_reports_changes_nothing() -> None:
    first, *others = [repeated_lines(order) for order in itertools.permutations(REPORTS)]
    assert all(other == first and other.digest == first.digest for other in others)


def test_the_version_tells_what_was_shared(nlp_reader: Reader, knowledge: Knowledge) -> None:
    shared = repeated_lines(REPORTS)
    reader = Reader(knowledge=knowledge, parse=nlp_reader.parse, shared=shared)
    assert reader.version == f"{nlp_reader.version}; shared {shared.digest}"
    assert reader.read(REPORTS[0]).segments != nlp_reader.read(REPORTS[0]).segments
