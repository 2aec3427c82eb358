"""Sentences with two given actors -> type, status, CAMEO code and quad class: the relation model and the patterns.

For users who have their own actors, and for measuring. Reading whole reports finds the actors by itself (``Reader``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dragoman.errors import InputError
from dragoman.knowledge import Knowledge
from dragoman.model import Actor, Cast, Dated, Event, Interval, Mention, Reason, Report, Segment, Span
from dragoman.reading.events import find_events
from dragoman.reading.parse import Parse, Parsed
from dragoman.relation import Judgement, RelationModel

# Sentences that go through parser and model together: few enough to stream, enough to fill batches.
ROUND = 256

# How much a pattern that fired adds to the model's log-probability of its type. By training/weigh.py on the held-back
# training sentences an earlier model was best at 1.5; now 0 to 2 differ by 0.004, which those sentences, of the same
# hands as those trained on, are no reason to follow.
PATTERN_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Pair:
    """One sentence with two actors; spans in code points of ``text``, None for a side that it does not name."""

    text: str
    source: Span | None
    target: Span | None


def pair_of(line: str) -> Pair:
    """The pair that a line of JSON names.

    ``sentence`` is a string; ``source`` and ``target`` are each a string, or ``[start, end]`` in code points, or
    ``{"start": ..., "end": ...}``. A string that does not stand in the sentence, or null, is a side left unnamed.

    Raises InputError, with what is wrong, for anything else.
    """
    try:
        given = json.loads(line)
    except ValueError as e:
        raise InputError("broken-json", f"is no JSON: {e}") from None
    except RecursionError:
        raise InputError("broken-json", "is nested too deeply") from None
    if not isinstance(given, dict) or not isinstance(given.get("sentence"), str):
        raise InputError("broken-json", 'needs an object with "sentence", "source" and "target"')
    text = given["sentence"]
    source = span_of(text, given.get("source"), "source", ())
    return Pair(text, source, span_of(text, given.get("target"), "target", (source,) if source else ()))


def span_of(text: str, given: object, side: str, taken: Sequence[Span]) -> Span | None:
    """Where a side stands. A string's first place counts that is not another side's, else its first place."""
    if given is None:
        return None
    if isinstance(given, str):
        found = [Span(i, i + len(given)) for i in occurrences(text, given)] if given.strip() else []
        return next((f for f in found if not any(t.overlaps(f) for t in taken)), found[0] if found else None)
    places = (given.get("start"), given.get("end")) if isinstance(given, dict) else given
    if isinstance(places, list | tuple) and len(places) == 2 and all(type(p) is int for p in places):
        start, end = places
        if 0 <= start < end <= len(text):
            return Span(start, end)
        raise InputError("broken-json", f'"{side}" {start}-{end} is no part of a sentence of {len(text)} characters')
    raise InputError("broken-json", f'"{side}" must be words of the sentence, [start, end] or null')


def occurrences(text: str, words: str) -> Iterator[int]:
    """Where ``words`` stand in ``text``: as they are, else in other case."""
    for hay, needle in ((text, words), (text.lower(), words.lower())):
        start, found = hay.find(needle), False
        while start >= 0 and len(hay) == len(text):
            yield start
            found = True
            start = hay.find(needle, start + 1)
        if found:
            return


def relate(
    lines: Iterable[str], model: RelationModel, knowledge: Knowledge, parse: Parse | None = None
) -> Iterator[dict[str, Any]]:
    """One answer for each line, in order; a line that cannot be used answers with ``type`` null and ``error``.

    parse: with it, patterns are asked too and weighed in; without it the model answers alone.
    """
    waiting = iter(lines)
    while chunk := list(islice(waiting, ROUND)):
        pairs: list[Pair | InputError] = []
        for line in chunk:
            try:
                pairs.append(pair_of(line))
            except InputError as e:
                pairs.append(e)
        good = [p for p in pairs if isinstance(p, Pair)]
        # Each alone: beside others a sentence's figures would change a little with them (see RelationModel).
        judged = [model.judge([(p.text, ends(p.source), ends(p.target))])[0] for p in good]
        fired = pattern_events(good, parse, knowledge) if parse else [None] * len(good)
        answers = iter([answer(j, e, knowledge) for j, e in zip(judged, fired, strict=True)])
        for pair in pairs:
            yield next(answers) if isinstance(pair, Pair) else {"type": None, "error": str(pair)}


def ends(span: Span | None) -> tuple[int, int] | None:
    """A span as the model takes it."""
    return (span.start, span.end) if span else None


def pattern_events(pairs: Sequence[Pair], parse: Parse, knowledge: Knowledge) -> list[Event | None]:
    """What the patterns read between the two given actors of each sentence; None where none fires."""
    text, segments = "", []
    for pair in pairs:
        span = Span(len(text), len(text) + len(pair.text))
        segments.append(Segment(span, "body", Reason("code:relate.pattern_events", "a given sentence", span)))
        text += pair.text + "\n\n"
    parsed = parse(Report(text=text, source=""), segments)
    passages = {p.start: p for p in parsed}
    undated = Dated(Interval(None, None))
    out: list[Event | None] = []
    for pair, segment in zip(pairs, segments, strict=True):
        passage = passages.get(segment.span.start)
        sides = [(code, s) for code, s in (("source", pair.source), ("target", pair.target)) if s is not None]
        if passage is None or len(sides) < 2 or sides[0][1].overlaps(sides[1][1]):
            out.append(None)
            continue
        at = segment.span.start
        because = Reason("code:relate.pattern_events", "given")
        cast = Cast(
            tuple(
                Actor(code, s.of(pair.text), code, mentions=(Mention(Span(at + s.start, at + s.end), "name", because),))
                for code, s in sides
            )
        )
        found = find_events(Parsed(text, (passage,), (segment,)), cast, (), undated, knowledge)
        out.append(best_event(found))
    return out


def best_event(found: Sequence[Event]) -> Event | None:
    """Of several events between the two, one from source to target, then the surest, then the first."""
    between = [e for e in found if e.source and e.target]
    ahead = [e for e in between if e.source[0].actor == "source"]
    return max(ahead or between, key=lambda e: e.confidence, default=None)


def answer(judged: Judgement, fired: Event | None, knowledge: Knowledge) -> dict[str, Any]:
    """One line out: type, mode, status, direction, codes, contexts, probabilities, and the pattern that fired."""
    shares = weighed(judged, fired)
    best = max(shares, key=shares.__getitem__)
    kind = None if best == "NONE" else best
    from_pattern = fired is not None and fired.type == kind
    mode = fired.mode if from_pattern and fired else judged.mode if kind == judged.best_type else None
    row = knowledge.ontology.types[kind] if kind else None
    cameo = knowledge.ontology.default_code(kind, mode, judged.contexts) if kind else None
    if from_pattern and fired:
        cameo = fired.cameo
    return {
        "type": kind,
        "mode": mode if kind else None,
        "status": judged.status if kind else None,
        "direction": direction(judged) if kind else None,
        "cameo": cameo,
        "quad": row.quad if row else None,
        "contexts": list(judged.contexts),
        "probabilities": shares,
        "pattern": fired.trail[0].rule if fired else None,
    }


def direction(judged: Judgement) -> str:
    """Who does it: the given source ("forward"), the given target ("backward"), or both ("mutual")."""
    shares = {"backward": judged.backward, "mutual": judged.mutual, "forward": 1 - judged.backward - judged.mutual}
    return max(shares, key=shares.__getitem__)


def weighed(judged: Judgement, fired: Event | None) -> dict[str, float]:
    """The model's probabilities after a pattern has had its say; they sum to 1, rounded to four places."""
    if fired is None:
        return judged.probabilities
    factor = math.exp(PATTERN_WEIGHT)
    shares = {t: p * (factor if t == fired.type else 1.0) for t, p in judged.probabilities.items()}
    total = sum(shares.values())
    return {t: round(p / total, 4) for t, p in shares.items()}
