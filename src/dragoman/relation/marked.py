"""A sentence with two marked actors as the row of token numbers that the model reads; training uses the same."""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Tokenizer

# Tokens of BERT's vocabulary that no text holds stand for the marks: source opens, closes, target opens, closes.
MARKS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")

# Longest row in tokens, marks included. 99.9 % of the training sentences are shorter; the encoder itself takes 512.
LONGEST = 128


@dataclass(frozen=True, slots=True)
class Row:
    """Token numbers of one marked sentence, and where in the row its source and its target open."""

    tokens: tuple[int, ...]
    source: int
    target: int


def row_of(text: str, source: tuple[int, int], target: tuple[int, int], tokenizer: Tokenizer) -> Row:
    """The row of ``text`` with marks around two spans.

    Args:
        text: one sentence.
        source, target: start and end of a mention in code points of ``text``; they may overlap or be the same.
        tokenizer: the model's own.
    """
    marks = [number(m, tokenizer) for m in MARKS]
    edges = sorted(
        [(source[0], 1, -source[1], marks[0]), (source[1], 0, -source[0], marks[1]),
         (target[0], 1, -target[1], marks[2]), (target[1], 0, -target[0], marks[3])]
    )  # fmt: skip
    row: list[int] = []
    done = 0
    for place, _, _, mark in edges:
        row += tokenizer.encode(text[done:place], add_special_tokens=False).ids
        row.append(mark)
        done = place
    row += tokenizer.encode(text[done:], add_special_tokens=False).ids
    row = clipped(row, marks)
    row = [number("[CLS]", tokenizer), *row, number("[SEP]", tokenizer)]
    return Row(tuple(row), row.index(marks[0]), row.index(marks[2]))


def number(token: str, tokenizer: Tokenizer) -> int:
    """A token's number. Raises KeyError when the vocabulary lacks it: the tokenizer is then of another model."""
    found = tokenizer.token_to_id(token)
    if found is None:
        raise KeyError(token)
    return int(found)


def clipped(row: list[int], marks: list[int]) -> list[int]:
    """A row that is too long keeps the stretch from the first mark to the last, and as much before as after.

    Where even that stretch is too long, its middle goes: the deed stands near one of the two.
    """
    room = LONGEST - 2
    if len(row) <= room:
        return row
    places = [i for i, t in enumerate(row) if t in marks]
    first, last = places[0], places[-1] + 1
    if last - first > room:
        row = row[first : first + room // 2] + row[last - (room - room // 2) : last]
        missing = [m for m in marks if m not in row]
        return row[: room - len(missing)] + missing
    start = min(max(0, first - (room - (last - first)) // 2), len(row) - room)
    return row[start : start + room]
