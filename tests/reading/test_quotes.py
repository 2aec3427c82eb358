"""Quotations: the cases, and what must hold for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import Reader
from dragoman.knowledge import Knowledge
from dragoman.model import Quote, Report
from quote_reading import read

CASES = Path(__file__).parent.parent / "cases" / "quotes"


def cases(*names: str) -> list[Any]:
    out = []
    for name in names:
        for n, case in enumerate(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))):
            out.append(pytest.param(case, id=f"{name}-{n}"))
    return out


def compare(found: tuple[Quote, ...], case: dict[str, Any]) -> None:
    text = case["text"]
    said = []
    for quote, want in zip(found, [*case["quotes"], *({} for _ in found)], strict=False):
        row: dict[str, Any] = {quote.kind: " | ".join(span.of(text) for span in quote.content)}
        if "by" in want:
            row["by"] = quote.speaker.span.of(text) if quote.speaker else None
        if "to" in want:
            row["to"] = [p.span.of(text) for p in quote.addressees]
        if "via" in want:
            row["via"] = quote.channel.of(text) if quote.channel else None
        said.append(row)
    assert said == case["quotes"]


GOOD = cases(
    "marks", "direct", "mixed", "indirect", "speakers", "addressees", "channels", "floating", "negative", "headlines",
    "more", "control", "transcripts",
)  # fmt: skip
FRESH = cases("fresh", "listeners", "listeners_second", "kinds")
GOOD += [p for p in FRESH if not p.values[0].get("wrong")]
WRONG = [*cases("known_failures"), *(p for p in FRESH if p.values[0].get("wrong"))]


@pytest.mark.parametrize("case", GOOD)
def test_case(nlp_reader: Reader, case: dict[str, Any]) -> None:
    compare(read(nlp_reader, case["text"]), case)


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.xfail(strict=True, reason="known failure")
def test_known_failure(nlp_reader: Reader, case: dict[str, Any]) -> None:
    compare(read(nlp_reader, case["text"]), case)


def test_there_are_enough_cases() -> None:
    assert len(GOOD) >= 250


SCRAPS = st.lists(
    st.sampled_from(
        [*"“”‘’«»   \n,.?:—()", '"', "'", "``", "''", "said", "Smith", "told", "that", "He", "according", "to",
         "the king", "is", "we won", "praised", "s", "'90s", "message", "you"]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=SCRAPS)
def test_any_marks_and_words(nlp_reader: Reader, parts: list[str]) -> None:
    """Spans lie inside the text, in order, apart; content has no blank at its edges; ids count up."""
    text = "".join(parts)
    quotes = read(nlp_reader, text)
    for n, quote in enumerate(quotes, start=1):
        assert quote.id == f"{Report(text, '').id}-q{n}"
        assert quote.kind in ("direct", "mixed", "indirect")
        assert quote.content
        for span in quote.content:
            assert 0 <= span.start < span.end <= len(text)
            assert not span.of(text)[0].isspace()
            assert not span.of(text)[-1].isspace()
        for one, two in zip(quote.content, quote.content[1:], strict=False):
            assert one.end <= two.start
        for party in (*quote.addressees, *([quote.speaker] if quote.speaker else [])):
            assert 0 <= party.span.start < party.span.end <= len(text)
        assert quote.trail
    assert [q.content[0].start for q in quotes] == sorted(q.content[0].start for q in quotes)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(["peace", "war", "bread", "we", "they", "won", "lost"]), min_size=4, max_size=15))
def test_outer_marks_never_in_content(nlp_reader: Reader, words: list[str]) -> None:
    speech = "We said " + " ".join(words) + "."
    for opening, closing in ("“”", '""', "‘’", "«»"):
        for text in (f"{opening}{speech}{closing} Smith said.", f"Smith said: {opening}{speech}{closing}"):
            quotes = read(nlp_reader, text)
            assert [[s.of(text) for s in q.content] for q in quotes if q.kind == "direct"] == [[speech]]


def test_long_text_stays_linear(nlp_reader: Reader, knowledge: Knowledge) -> None:
    """Twice the paragraphs, twice the quotes, and every one as in the short text."""
    one = "“The road is open,” the king told the envoy. The envoy said that “all was well” in the north.\n"
    short, long = read(nlp_reader, one * 5), read(nlp_reader, one * 50)
    assert len(long) == 10 * len(short)
    assert knowledge.speech.verbs


def test_the_same_text_reads_the_same(nlp_reader: Reader) -> None:
    text = "In a letter to the envoy, the king said that “all was well” and expressed “hope.”\nHe said: “Come soon.”"
    assert read(nlp_reader, text) == read(nlp_reader, text)
