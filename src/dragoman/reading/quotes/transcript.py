"""Turns of a transcript: ``REED: We have seen the plan.`` Interviews, hearings, press briefings; no marks, no cue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.model import Cast, Party, Reason, Span
from dragoman.reading.parse import Passage
from dragoman.reading.quotes.draft import Draft
from dragoman.reading.quotes.marks import Run
from dragoman.reading.quotes.units import units_of

# A label in capitals (SEN. REED, THE PRESIDENT, MR. O'NEIL), one written like a name (Ana Ruiz), or the letters of
# questions and answers; then a colon. "Q" may stand with a wide blank instead, as in minutes of press briefings.
_CAPITALS = r"[A-Z][A-Z.'’\-]*(?:[ \u00a0][A-Z(][A-Z.'’\-)]*){0,4}"
_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\.? )?[^\W\d_a-z][\w.'’\-]*(?: [^\W\d_a-z][\w.'’\-]*){0,3}"
LABEL = re.compile(
    rf"[\"“„]?(?P<who>{_CAPITALS}|{_NAME})(?: \([^()]{{2,40}}\))?:\s+(?=\S)|[\"“„]?(?P<q>Q)[ \u00a0]{{2,}}"
)
ASIDE = re.compile(r"[\"“„]?[(\[][^()\[\]]*[)\]][.\"”]*\Z")  # (CROSSTALK), [Laughter.]: nobody's words
# What opens a line like a speaker, and is none; a transcript's own words for those without a name.
NO_SPEAKER = frozenset(
    (
        "update", "breaking", "watch", "photo", "photos", "video", "note", "correction", "related", "source", "sources",
        "read more", "more", "listen", "live", "exclusive", "analysis", "opinion", "editor's note", "see also",
    )
)  # fmt: skip
UNNAMED = frozenset(
    (
        "q", "a", "question", "answer", "reporter", "interviewer", "moderator", "host", "caller", "interpreter",
        "participant", "speaker", "unidentified male", "unidentified female",
    )
)  # fmt: skip
TITLED = re.compile(r"(?:MR|MRS|MS|DR|SEN|REP|GOV|GEN|ADM|COL|AMB|SECRETARY|PRESIDENT|THE PRESIDENT|JUDGE)\b")
SECOND = re.compile(r"\b[^\W\d_a-z][\w.'’\-]* (?=([^\W\d_a-z][\w'’\-]*))")  # Ruiz of Ana Ruiz
SURE = 0.8  # find.OF_KIND of what is direct: turns were not met in that pile


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn: his label, and his words, a piece for each paragraph."""

    label: Span
    words: tuple[tuple[int, Span], ...]  # (number of the paragraph, its words)


def turns_of(text: str, passages: Sequence[Passage], cast: Cast) -> tuple[Turn, ...]:
    """The turns of the report, in order of text; none when it holds no transcript.

    It holds one when at least two paragraphs open with a label, and a label comes again, or all of them have a title or
    are letters of questions and answers: lists ("ECONOMY: ...", "HEALTH: ...") have each label once. A paragraph
    without a label between two turns goes on with the first of them; behind the last turn nobody knows where it ends.
    """
    labels: dict[int, re.Match[str]] = {}
    for n, passage in enumerate(passages):
        if passage.segment.kind != "headline":
            found = LABEL.match(text, passage.segment.span.start, passage.segment.span.end)
            if found is not None:
                labels[n] = found
    if len(labels) < 2:
        return ()
    surnames = frozenset(m[1] for m in SECOND.finditer(text))
    labels = {n: m for n, m in labels.items() if _speaker(m, passages[n], surnames, cast)}
    names = Counter(_name(m).casefold() for m in labels.values())
    titled = all(TITLED.match(_name(m)) or _name(m).casefold() in UNNAMED for m in labels.values())
    if len(labels) < 2 or (max(names.values()) < 2 and not titled):
        return ()
    turns = []
    numbers = sorted(labels)
    for n, following in zip(numbers, [*numbers[1:], numbers[-1] + 1], strict=True):
        words = [(n, _words(text, labels[n].end(), passages[n].segment.span.end))]
        for between in range(n + 1, following):
            span = passages[between].segment.span
            if passages[between].segment.kind != "headline" and not ASIDE.match(span.of(text)):
                words.append((between, _words(text, span.start, span.end)))
        group = "who" if labels[n]["who"] is not None else "q"
        turns.append(Turn(Span(*labels[n].span(group)), tuple((p, s) for p, s in words if len(s) > 0)))
    return tuple(t for t in turns if t.words)


def _name(label: re.Match[str]) -> str:
    return label["who"] or label["q"]


def _speaker(label: re.Match[str], passage: Passage, surnames: frozenset[str], cast: Cast) -> bool:
    """The label can be somebody: in capitals, of a transcript's own words, a person of the report or to the parser, or
    the surname of a name that the report has in full."""
    name = _name(label)
    if name.casefold() in NO_SPEAKER:
        return False
    if name.isupper() or name.casefold() in UNNAMED:
        return True
    if any(a.person is not None for _, a in cast.at(label.start("who"))):
        return True
    token = passage.token_at(label.end("who") - 1)
    return (token is not None and token.ent_type_ == "PERSON") or (" " not in name and name in surnames)


def _words(text: str, start: int, end: int) -> Span:
    """Without blanks, and without a mark that opens or closes the paragraph and has no partner in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if _odd(text[start:end], text[start : start + 1], '"“„'):
        start += 1
    if _odd(text[start:end], text[max(end - 1, start) : end], '"”'):
        end -= 1
    return Span(start, end)


def _odd(words: str, mark: str, marks: str) -> bool:
    if mark == "" or mark not in marks:
        return False
    if mark == '"':
        return words.count('"') % 2 == 1
    opened, closed = words.count("“") + words.count("„"), words.count("”")
    return opened > closed if mark in "“„" else closed > opened


def drafts_of(turns: Sequence[Turn], text: str, passages: Sequence[Passage], cast: Cast) -> Mapping[int, list[Draft]]:
    """One draft a turn, by the paragraph in which it begins."""
    out: dict[int, list[Draft]] = {}
    for turn in turns:
        n = turn.words[0][0]
        runs = tuple(Run(s, s, single=False, closed=True) for _, s in turn.words)
        unit = units_of(passages[n], list(runs[:1]), text)[0]
        token = passages[n].token_at(turn.label.end - 1)
        who = Party(turn.label, _actor(turn.label, text, cast))
        because = Reason("code:quotes.transcript.turns_of", "a turn of a transcript", turn.label, SURE)
        out.setdefault(n, []).append(
            Draft(
                tuple(s for _, s in turn.words), runs, "quote", None, None, who, token, (), None, unit, n, SURE,
                (because,),
            )
        )  # fmt: skip
    return out


def _actor(label: Span, text: str, cast: Cast) -> str | None:
    """The actor named by the label; else the only person of the report with that surname."""
    at = [a.id for m, a in cast.at(label.end - 1) if label.contains(m.span)]
    if at:
        return at[0]
    last = label.of(text).split()[-1].casefold()
    same = {a.id for a in cast if a.person is not None and a.person.split()[-1].casefold() == last}
    return same.pop() if len(same) == 1 else None
