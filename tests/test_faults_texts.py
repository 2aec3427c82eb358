"""Texts on which patterns and stages may take for ever: each is read in seconds, and no part of it defeats a stage."""

from __future__ import annotations

import random
import time

import pytest

from dragoman import Reader
from dragoman.model import READ_KINDS, Report, Segment, Span
from dragoman.reading.parse import Parser
from dragoman.reading.segment import segment

LEAD = "The envoy of France met the king in Rabat on Monday and said that the two states would trade. "
# A passage is at most so long; a text of more has more passages.
LENGTH = 20_000
# Seconds of CPU; each takes under one where nothing else runs, and a stage that goes wrong takes minutes.
MOST = 10.0

RUNS = (
    " ", "\n", "\n \n", "\t", "\u00a0", ".", ". ", "-", "— ", '"', '" ', "“", "“word ", "“”", "'", "'s ", "1", "1 ",
    "1,", "1/1/", "1st and 2nd ", "(", "()", "[", "a", "A", "A.", "Aaaa ", "Bosnian Minister ", "FRANCE ", ":",
    "word: ", ", ", "France and ", "|", "*", "http://", "@", "#", "_", "/", "of the ", "said ", "former ", "e\u0301",
    "😀", "\u202e\u202c", "on Monday ",
)  # fmt: skip
WORDS = (
    "the",
    "envoy",
    "of",
    "France",
    "said",
    "that",
    "Russia",
    "would",
    "not",
    "agree",
    "with",
    "Turkey",
    "on",
    "new",
)


@pytest.mark.parametrize("run", RUNS, ids=ascii)
def test_a_run_of_one_thing(run: str, nlp_reader: Reader) -> None:
    began = time.process_time()
    nlp_reader.read(Report(LEAD + (run * LENGTH)[:LENGTH] + LEAD, "test"))
    assert time.process_time() - began < MOST


def test_the_longest_text_of_one_letter(nlp_reader: Reader) -> None:
    began = time.process_time()
    reading = nlp_reader.read(Report("a" * 2_000_000, "test"))
    assert time.process_time() - began < 6 * MOST
    assert max(len(s.span) for s in reading.segments) <= LENGTH


def test_a_sentence_that_never_ends(nlp_reader: Reader) -> None:
    chance = random.Random(1)
    began = time.process_time()
    nlp_reader.read(Report(" ".join(chance.choice(WORDS) for _ in range(20_000)), "test"))
    assert time.process_time() - began < 6 * MOST


# What once took a stage a time that grows with the square of a passage, or worse: 7 s to more than a minute each.
LONG = {
    "dates": "5 May 2019, " * 1600,
    "officials": "French President Macron and " * 700,
    "names": "Ahmed Karimov Maria Petrov Ali " * 640,
    "marks-never-closed": '"word number ' * 1500,
    "curly-marks-never-closed": "“word number " * 1500,
    "said-that-he-said": "he said that " * 800,
    "no-full-stop": "the envoy of France said that Russia would not agree with Turkey on a new deal and " * 240,
    "one-deed-again-and-again": "Russia attacked Chad, " * 500,
    "brackets": "(a " * 5000 + "b)" * 2500,
    "words-of-500-letters": f"{'x' * 500} " * 40,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_passage_full_of_one_kind_of_thing(text: str, nlp_reader: Reader) -> None:
    began = time.process_time()
    nlp_reader.read(Report(LEAD + text[:LENGTH], "test"))
    assert time.process_time() - began < MOST


MANY = {
    "lines": "Line {n} of Chad\n",
    "paragraphs": "On {day} May 2019 the envoy of Chad met minister {n}.\n\n",
    "people-of-one-surname": "President {name} Karimov met Mr Karimov in Rabat.\n\n",
    "quotations": '"We will not go," said Ahmed Karimov of Chad. ',
}


@pytest.mark.parametrize("line", MANY.values(), ids=MANY)
def test_many_of_one_thing(line: str, nlp_reader: Reader) -> None:
    some = [line.format(n=n, day=n % 28 + 1, name="".join("abcdefghij"[int(d)] for d in f"{n:05d}").title())
            for n in range(2000)]  # fmt: skip
    began = time.process_time()
    nlp_reader.read(Report("".join(some), "test"))
    assert time.process_time() - began < 2 * MOST


def test_blanks_of_any_length_are_no_segment(nlp_reader: Reader) -> None:
    text = LEAD + " " * 90_000 + LEAD
    found = segment(Report(text, "test"), nlp_reader.knowledge)
    assert all(s.span.of(text).strip() for s in found)


@pytest.mark.parametrize("after", ["", " ", "\n", "  next ", " next"])
def test_the_parse_of_a_long_run_keeps_every_character(after: str, nlp_reader: Reader) -> None:
    text = f"{LEAD}Look: {'(' * 350}{after}{'x' * 299} and {'“' * 20_000}{after}end."
    parse = nlp_reader.parse
    assert isinstance(parse, Parser)
    because = nlp_reader.read(Report(LEAD, "test")).segments[0].because
    whole = Segment(Span(0, len(text)), READ_KINDS[1], because)
    (passage,) = parse(Report(text, "test"), [whole]).passages
    at = 0
    for token in passage.doc.tokens:
        assert text[at : token.idx].strip() == ""
        assert text[token.idx : token.idx + len(token)] == token.text
        at = token.idx + len(token)
    assert text[at:].strip() == ""
