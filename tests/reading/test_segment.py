# ruff: noqa: E501  tables of cases, one a line
"""Segments: pages of our own writing, the phrases' own examples, and pages made to be slow."""

from __future__ import annotations

import importlib
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.knowledge.furniture import Phrase, load_furniture
from dragoman.model import READ_KINDS, SEGMENT_KINDS, Report
from dragoman.reading.segment import segment
from dragoman.reading.segment.units import units

CASES = Path(__file__).parent.parent / "cases" / "segments"
PHRASES = load_furniture(Path(__file__).parents[2] / "src" / "dragoman" / "data" / "furniture").phrases


KEPT_FLOOR = 0.85  # share of the furniture lines of kept.yaml that are left out


def pages(name: str) -> list[Any]:
    return [pytest.param(c, id=c["name"]) for c in yaml.safe_load((CASES / name).read_text(encoding="utf-8"))]


def page_of(case: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """The page's text and the segments it must have."""
    lines, wanted = [], []
    for line in case["lines"]:
        pieces = [next(iter(p.items())) for p in (line if isinstance(line, list) else [line])]
        wanted += pieces
        lines.append(" ".join(text for _, text in pieces))
    return case.get("join", "\n\n").join(lines), wanted


def found(text: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    return [(s.kind, s.span.of(text)) for s in segment(Report(text, "page"), knowledge)]


@pytest.mark.parametrize("case", pages("made-up.yaml"))
def test_pages(case: dict[str, Any], knowledge: Knowledge) -> None:
    text, wanted = page_of(case)
    assert found(text, knowledge) == wanted


@pytest.mark.parametrize("case", pages("known-failures.yaml"))
@pytest.mark.xfail(strict=True, reason="not told apart yet")
def test_known_failures(case: dict[str, Any], knowledge: Knowledge) -> None:
    text, wanted = page_of(case)
    assert found(text, knowledge) == wanted


@pytest.mark.parametrize("place", ["middle", "end"])
@pytest.mark.parametrize("line", yaml.safe_load((CASES / "negative.yaml").read_text(encoding="utf-8")))
def test_article_lines_are_kept(line: str, place: str, knowledge: Knowledge) -> None:
    before = "The two ministers met in Vaduz on Monday.\n\nThey spoke for three hours about the bridge.\n\n"
    after = "\n\nThe talks will go on in May, both said." if place == "middle" else ""
    kinds = {kind for kind, words in found(before + line + after, knowledge) if words in line}
    assert kinds == {"body"}


def test_pages_kept_apart(knowledge: Knowledge) -> None:
    """tests/cases/segments/kept.yaml: no line of an article is left out, and most of the furniture is."""
    furniture = left_out = 0
    for case in yaml.safe_load((CASES / "kept.yaml").read_text(encoding="utf-8")):
        text, wanted = page_of(case)
        got = {words: kind for kind, words in found(text, knowledge)}
        for kind, words in wanted:
            if kind in READ_KINDS:
                assert got.get(words) in READ_KINDS, words
            else:
                furniture += 1
                left_out += got.get(words) not in (None, *READ_KINDS)
    # 32 of 59 when the pages were written.
    assert left_out / furniture >= KEPT_FLOOR


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.rule)
def test_phrases_match_their_examples_and_nothing_else(phrase: Phrase) -> None:
    for example in phrase.examples:
        assert phrase.found(example), example
        assert len(example.split()) <= phrase.words, example
    for counter in phrase.counter_examples:
        assert not phrase.found(counter), counter


def test_reasons_resolve(knowledge: Knowledge) -> None:
    """Each rule that the pages above used is an entry of data/furniture or a function with an explanation."""
    entries = {p.rule for p in PHRASES}
    cases = yaml.safe_load((CASES / "made-up.yaml").read_text(encoding="utf-8"))
    rules = {s.because.rule for c in cases for s in segment(Report(page_of(c)[0], "page"), knowledge)}
    for rule in sorted(rules - entries):
        module, _, function = rule.removeprefix("code:").rpartition(".")
        explained = getattr(importlib.import_module(f"dragoman.reading.{module}"), function)
        assert explained.__doc__, rule


def test_ids_are_unique() -> None:
    rules = [p.rule for p in PHRASES]
    assert len(rules) == len(set(rules))


def check_cover(text: str, knowledge: Knowledge) -> None:
    """Every non-blank character in one segment, none in two, no blanks at either end."""
    last = 0
    for s in segment(Report(text, "page"), knowledge):
        assert s.kind in SEGMENT_KINDS
        assert last <= s.span.start < s.span.end
        assert not text[last : s.span.start].strip()
        assert s.span.of(text) == s.span.of(text).strip()
        last = s.span.end
    assert not text[last:].strip()


@settings(max_examples=150, deadline=None)
@given(
    lines=st.lists(
        st.sampled_from(
            [
                "MOSCOW (Reuters) - Russia said it would leave the accord.", "Read more", "By Ada Lind", "“Yes.”", "\u200b", "\ufeffHome",
                "(Reporting by Ada Lind)", "The French capital is PARIS.", "Dear readers,", "We need your support.", "###", "Photo: X, AP",
                "A line without an end", "He left. (AFP)", "\u00a0- x -\u00a0", "Related:", "• one", "(AFP) - (AFP)", "NEW DELHI: (Reporting by A B)",
            ]
        )
        | st.text(max_size=40),
        max_size=25,
    ),
    join=st.sampled_from(["\n", "\n\n", "\r\n", "\u2028", " ", "\t\n"]),
)  # fmt: skip
def test_segments_cover_everything(knowledge: Knowledge, lines: list[str], join: str) -> None:
    check_cover(join.join(lines), knowledge)


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The minister said on Monday that the bridge would be built before\n"
        "the winter, and that both towns would pay for it in equal parts,\n"
        "as had been agreed in the spring of last year in the town hall of\n"
        "the smaller one.\n\nA second paragraph starts here and goes on over\nmore than one line of it.\n"
    )
    assert [u.text.count("\n") for u in units(text)] == [3, 1]


def test_one_paragraph_a_line_is_not_joined() -> None:
    text = "The minister left for Prague on Monday.\nHe will meet his colleague there.\nThey last met in May.\n"
    assert len(units(text)) == 3


def test_a_paragraph_without_end_is_read_in_parts() -> None:
    text = "The envoy spoke again. " * 5_000
    assert max(len(u.span) for u in units(text)) <= 20_000


@pytest.mark.parametrize(
    "text",
    ["a" * 1_000_000, "word " * 200_000, "“ " * 500_000, "By A " * 200_000, "- " * 500_000, "MOSCOW, " * 125_000, "(" * 1_000_000,
     "we support our " * 70_000, "\u00a0" * 1_000_000, "Photo: " * 150_000, "https://" * 120_000, "1 of " * 200_000],
    ids=lambda t: t[:8],
)  # fmt: skip
def test_a_hostile_line_costs_less_than_a_second(text: str, knowledge: Knowledge) -> None:
    started = time.process_time()
    segment(Report(text, "page"), knowledge)
    assert time.process_time() - started < 1


def test_a_quarter_of_a_million_lines_cost_seconds(knowledge: Knowledge) -> None:
    text = "".join(f"{chr(97 + n % 23)} {chr(97 + n % 19)}\n" for n in range(250_000))
    started = time.process_time()
    segment(Report(text, "page"), knowledge)
    assert time.process_time() - started < 8  # two on an idle core


def test_title_of_the_report_is_its_headline(knowledge: Knowledge) -> None:
    text = "Envoy leaves.\n\nThe envoy left the capital on Monday after a week of talks."
    kinds = [s.kind for s in segment(Report(text, "page", title="Envoy leaves"), knowledge)]
    assert kinds == ["headline", "body"]
    assert set(kinds) <= set(READ_KINDS)
