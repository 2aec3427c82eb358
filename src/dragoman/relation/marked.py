"""A sentence with two marked actors as the row of token numbers that the model reads; training uses the same."""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Tokenizer

from dragoman.characters import whole

# Tokens of BERT's vocabulary that no text holds stand for the marks: source opens, closes, target opens, closes.
MARKS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")

# Longest row in tokens, marks included; the encoder itself takes 512.
LONGEST = 128

Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """Token numbers of one marked sentence, and where in the row its source and its target open."""

    tokens: tuple[int, ...]
    source: int
    target: int


def row_of(text: str, source: Ends | None, target: Ends | None, tokenizer: Tokenizer) -> Row:
    """The row of ``text`` with marks around two spans.

    Args:
        text: one sentence.
        source, target: start and end of a mention in code points of ``text``; they may overlap or be the same. A side
            that the sentence does not name is None: the row's first token then stands for it.
        tokenizer: the model's own.
    """
    text = whole(text, "?")  # the tokenizer takes no half character
    marks = [number(m, tokenizer) for m in MARKS]
    edges = []
    for side, opens, closes in ((source, marks[0], marks[1]), (target, marks[2], marks[3])):
        if side is not None:
            edges += [(side[0], 1, -side[1], opens), (side[1], 0, -side[0], closes)]
    row: list[int] = []
    done = 0
    for place, _, _, mark in sorted(edges):
        row += tokenizer.encode(text[done:place], add_special_tokens=False).ids
        row.append(mark)
        done = place
    row += tokenizer.encode(text[done:], add_special_tokens=False).ids
    row = clipped(row, [m for *_, m in edges])
    row = [number("[CLS]", tokenizer), *row, number("[SEP]", tokenizer)]
    return Row(tuple(row), row.index(marks[0]) if source else 0, row.index(marks[2]) if target else 0)


def number(token: str, tokenizer: Tokenizer) -> int:
    """A token's number. Raises KeyError when the vocabulary lacks it: the tokenizer is then of another model."""
    found = tokenizer.token_to_id(token)
    if found is None:
        raise KeyError(token)
    return int(found)


def clipped(row: list[int], marks: list[int]) -> list[int]:
    """A row that is too long keeps the stretch from the first mark to the last, and as much before as after.

    Where even that stretch is too long, its middle goes: the deed stands near one of the two. A mark that opened in the
    middle then opens at the cut.
    """
    room = LONGEST - 2
    if len(row) <= room:
        return row
    places = [i for i, t in enumerate(row) if t in marks]
    if not places:
        return row[:room]
    first, last = places[0], places[-1] + 1
    if last - first <= room:
        start = min(max(0, first - (room - (last - first)) // 2), len(row) - room)
        return row[start : start + room]
    half = room // 2
    cut = row[first : first + half] + row[last - (room - half) : last]
    for mark in marks[::2]:  # those that open
        if mark not in cut:
            cut[half] = mark
    return cut
