"""Rows of token numbers: both marks stand in them, whatever the sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from dragoman.relation.marked import LONGEST, MARKS, row_of
from dragoman.relation.model import FOLDER


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def words(row: tuple[int, ...], tokenizer: Tokenizer) -> str:
    return " ".join(tokenizer.id_to_token(t) for t in row)


def test_marks_stand_around_source_and_target(tokenizer: Tokenizer) -> None:
    text = "Oslo thanked Lima."
    row = row_of(text, (0, 4), (13, 17), tokenizer)
    s, e, t, u = MARKS
    assert words(row.tokens, tokenizer) == f"[CLS] {s} oslo {e} thanked {t} lima {u} . [SEP]"
    assert row.tokens[row.source] == tokenizer.token_to_id(s)
    assert row.tokens[row.target] == tokenizer.token_to_id(t)


def test_a_target_may_stand_first_or_inside_the_source(tokenizer: Tokenizer) -> None:
    first = row_of("Lima was thanked by Oslo.", (20, 24), (0, 4), tokenizer)
    assert first.target < first.source
    inside = row_of("Oslo's envoy to Lima spoke.", (0, 20), (16, 20), tokenizer)
    assert inside.source < inside.target


spans = st.tuples(st.integers(0, 400), st.integers(1, 60))


@settings(deadline=None)  # every example opens the tokenizer
@given(st.text(max_size=900), spans, spans)
def test_no_sentence_loses_a_mark_or_grows_too_long(text: str, one: tuple[int, int], two: tuple[int, int]) -> None:
    made = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    text = text + "x" * 500
    source, target = (one[0], one[0] + one[1]), (two[0], two[0] + two[1])
    row = row_of(text, source, target, made)
    assert len(row.tokens) <= LONGEST
    assert row.tokens[row.source] == made.token_to_id(MARKS[0])
    assert row.tokens[row.target] == made.token_to_id(MARKS[2])


def test_a_long_sentence_keeps_what_stands_around_the_marks(tokenizer: Tokenizer) -> None:
    text = "rain " * 200 + "Oslo sued Lima" + " snow" * 200
    at = text.index("Oslo")
    row = row_of(text, (at, at + 4), (at + 10, at + 14), tokenizer)
    assert len(row.tokens) == LONGEST
    assert "oslo [unused2] sued [unused3] lima" in words(row.tokens, tokenizer)


def test_far_marks_keep_both_ends(tokenizer: Tokenizer) -> None:
    text = "Oslo sued " + "the very " * 200 + "Lima"
    row = row_of(text, (0, 4), (len(text) - 4, len(text)), tokenizer)
    seen = words(row.tokens, tokenizer)
    assert "oslo" in seen
    assert "lima" in seen


def test_half_a_character_is_no_obstacle(tokenizer: Tokenizer) -> None:
    row = row_of("Oslo \ud800 thanked Lima.", (0, 4), (15, 19), tokenizer)
    assert "lima" in words(row.tokens, tokenizer)
