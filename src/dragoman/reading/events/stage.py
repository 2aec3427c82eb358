"""The stage: every passage's predicates through patterns and embeddings, told once each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from dragoman.knowledge import Knowledge
from dragoman.model import Cast, Dated, Event, Party, Quote, Reason, Report, Span, When
from dragoman.reading.dates import Phrases, all_phrases
from dragoman.reading.events.days import Told, carried, news_of, time_of, told_days
from dragoman.reading.events.deeds import match
from dragoman.reading.events.embed import lifted
from dragoman.reading.events.judged import Judge, judged_deeds
from dragoman.reading.events.merge import told_once
from dragoman.reading.events.modal import demands
from dragoman.reading.events.occasions import dressed
from dragoman.reading.events.predicates import Predicate, predicates
from dragoman.reading.events.spheres import outside
from dragoman.reading.events.standins import with_standins
from dragoman.reading.events.types import Deed, Found, Open, Scene
from dragoman.reading.events.voices import with_voices
from dragoman.reading.events.where import where
from dragoman.reading.lands import beside, lands
from dragoman.reading.parse import Parsed
from dragoman.reading.places import find_places

UNDATED = dt.date(1995, 1, 1)  # stands for a report's day that is not known: all before 1946 is history then

EventStage = Callable[[Parsed, Cast, tuple[Quote, ...], Dated, Knowledge, Phrases], tuple[Event, ...]]


def find_events(
    parsed: Parsed,
    cast: Cast,
    quotes: tuple[Quote, ...],
    dated: Dated,
    knowledge: Knowledge,
    phrases_of: Phrases | None = None,
    judge: Judge | None = None,
) -> tuple[Event, ...]:
    """Who did what to whom, in order of text; a deed told several times in the report comes once.

    phrases_of: the report's phrases of time, when they have been found before.
    judge: the relation model, asked where no pattern fires; None: patterns alone.
    """
    places = find_places(parsed, cast, knowledge)
    lent = lands(cast, places, knowledge)
    cast = beside(with_standins(parsed, with_voices(parsed, cast, quotes), quotes), lent)
    found: list[tuple[Event, str]] = []
    before: tuple[Deed, ...] = ()
    rounds: tuple[Open, ...] = ()
    days: Told = ()
    phrases_of = all_phrases(parsed, dated, knowledge) if phrases_of is None else phrases_of
    news = news_of(parsed, phrases_of, dated)
    year = (dated.window.end or max(dated.window.start or UNDATED, UNDATED)).year
    for passage in parsed:
        scene = Scene(passage, cast, knowledge.events, knowledge.ontology, parsed.text, before, rounds, places, year)
        phrases = phrases_of[passage.start]
        days += told_days(scene, phrases)
        known = groupby(predicates(passage, knowledge.events), lambda p: p.token.sent.start)
        by_sentence = {start: list(group) for start, group in known}
        for sentence in passage.doc.sents:
            cores = deeds(scene, by_sentence.get(sentence.start, ()))
            asked = list(demands(scene, sentence, quotes))
            cores = [d for d in cores if all(d.predicate.token != a.predicate.token for a in asked)] + asked
            if judge is not None:
                cores += [d for d in judged_deeds(scene, sentence, cores, judge) if kept(scene, d)]
            for core in cores:
                told, opened = dressed(scene, core)
                when = time_of(core, scene, phrases, dated, news, quotes)
                when = carried(when, core, scene, days)
                if opened is not None:
                    rounds += (replace(opened, when=when if is_day(when) else None),)
                when = day_of_round(when, told, rounds)
                found += [(event(deed, scene, quotes, knowledge, when), passage.segment.kind) for deed in told]
                before += tuple(told[:1])
            if cores:
                scene = replace(scene, before=before, rounds=rounds)
    merged = told_once(found, cast, parsed.text)
    number = Report(text=parsed.text, source="").id
    merged.sort(key=lambda e: (e.trigger.start, e.evidence.start, e.type, tuple(p.span.start for p in e.target)))
    return tuple(_numbered(e, f"{number}-e{n}") for n, e in enumerate(merged, start=1))


def is_day(when: When | None) -> bool:
    """Whether the time is one single day."""
    return when is not None and when.interval.is_day


def day_of_round(when: When | None, told: list[Deed], rounds: tuple[Open, ...]) -> When | None:
    """A message of a round-up that tells no day of its own went out on the day of the message that opened the round."""
    if is_day(when) or not told or told[0].occasion is None:
        return when
    senders, occasion = {a.code for _, a in told[0].source}, told[0].occasion
    for other in reversed(rounds):
        if other.occasion.name != occasion or other.when is None:
            continue
        if senders & {a.code for _, a in other.sender} or other.occasion.to_one:
            saw = f"the day of the first message: {other.when.interval}"
            return When(other.when.interval, Reason("code:events.stage.day_of_round", saw, other.when.because.at))
    return when


def deeds(scene: Scene, sentence: Sequence[Predicate]) -> list[Deed]:
    """The deeds of one sentence that are kept."""
    cores: list[Deed] = []
    for predicate in sentence:
        core = match(replace(scene, before=(*scene.before, *cores)) if cores else scene, predicate)
        if core is not None:
            cores.append(core)
    out = []
    for core in cores:
        if any(outdone(core, other) for other in cores):
            continue
        deed = lifted(scene, core)
        if deed is not None and kept(scene, deed):
            out.append(deed)
    return out


def outdone(deed: Deed, other: Deed) -> bool:
    """Whether the other tells the same words better.

    A light verb and its noun tell two types and the other is the surer: "offered an apology"; or "spoke" is said of
    a letter.
    """
    one, two = deed.predicate, other.predicate
    letter = two.kind == "noun" and other.pattern.occasion != "none" and two.token.dep_ == "pobj"
    if letter and deed.type == "CONSULT" and two.token.head.head == one.token:
        return True  # "In a letter to X, Y spoke of ...": written, not met
    first = one.token.head if one.token.dep_ == "conj" else one.token
    result = first.dep_ == "advcl" and first.head == two.token and one.token.tag_ == "VBG"
    if result and deed.type == other.type == "ASSAULT" and parties(deed.source) == parties(other.source):
        alike = {a.code for _, a in deed.target} == {a.code for _, a in other.target}
        return deed.unsaid or alike  # "opened fire, killing three": one deed
    if other.unsaid and two.kind == "noun":
        return False  # "it demanded an apology": whose, the noun does not say
    if one.token == two.token or deed.type == other.type or deed.confidence >= other.confidence:
        return False
    return one.token == two.carrier or one.carrier == two.token


def kept(scene: Scene, deed: Deed) -> bool:
    """Whether a deed is worth a row.

    Cooperation that is only wished for is none; what a state does to itself is one only where the pattern says so
    (force, arrest, protest), and never between the very same actors or two bodies of one sector; nor is what private
    parties say to each other.
    """
    if deed.status == "hypothetical" and scene.ontology.types[deed.type].cooperative:
        return False
    sources, targets = {a.code for _, a in deed.source}, {a.code for _, a in deed.target}
    if targets and sources == targets:
        ranks = [{a.sector for _, a in side} for side in (deed.source, deed.target)]
        alike = ranks[0] == ranks[1] and not deed.home and not any(a.person for _, a in deed.target)
        if not deed.same or alike:
            return False
    if outside(scene, deed) is not None:
        return False
    if deed.type in PRIVATE_TALK and private(deed.source) and private(deed.target):
        return False
    return bool(deed.target) or deed.open_target


# What firms, colleges and athletes say to and agree with each other is no affair of states.
PRIVATE_TALK = frozenset({"AGREE", "REJECT", "REQUEST", "SUPPORT", "CONSULT"})
PRIVATE = frozenset({"BUS", "MNC", "CVL", "EDU", "HLH", "SOC", "LAB", "AGR", "MED"})


def private(side: Found) -> bool:
    """Whether a side consists of private people and firms of which none is named by itself."""
    return bool(side) and all(a.sector in PRIVATE and a.person is None for _, a in side)


def event(deed: Deed, scene: Scene, quotes: tuple[Quote, ...], knowledge: Knowledge, when: When | None) -> Event:
    """The deed as an event, still without its number."""
    place, placed = where(scene, deed)
    text_span = evidence(deed)
    said = next((q.id for q in quotes if any(s.contains(deed.trigger) for s in q.content)), None)
    contexts = contexts_of(deed, scene, knowledge)
    return Event(
        id="",
        type=deed.type,
        mode=deed.mode,
        contexts=contexts,
        cameo=deed.cameo,
        goldstein=knowledge.ontology.goldstein(deed.cameo),
        quad=knowledge.ontology.types[deed.type].quad,
        status=deed.status,
        source=parties(deed.source),
        target=parties(deed.target),
        when=when,
        place=place,
        occasion=deed.occasion,
        evidence=text_span,
        trigger=deed.trigger,
        said_in=said,
        confidence=deed.confidence,
        trail=(*deed.trail, *((Reason("code:events.stage.event", f"said in {said}"),) if said else ()), placed),
    )


def parties(found: Found) -> tuple[Party, ...]:
    return tuple(p for p, _ in found)


def evidence(deed: Deed) -> Span:
    """From the first to the last of the words that show source, trigger and target."""
    out = deed.trigger
    for part in deed.parts:
        out = out.cover(part)
    return out


def contexts_of(deed: Deed, scene: Scene, knowledge: Knowledge) -> tuple[str, ...]:
    """The pattern's contexts, and those whose words stand in the clause, outside titles of persons and set phrases."""
    span = evidence(deed)
    passage = scene.passage
    tokens = [t for t in passage.tokens_in(span) if not t.is_space]
    lemmas = [t.lemma_.lower() for t in tokens]
    if all(cues.isdisjoint(lemmas) for cues in knowledge.events.contexts.values()):
        return tuple(dict.fromkeys(deed.contexts))
    named = (m.span for m, a in scene.cast.within(span) if a.person is not None or a.role is not None)
    titled = {t.i for s in named for t in passage.tokens_in(s) if s.contains(passage.span(t))}
    opening = {phrase[0] for phrase in knowledge.events.showing_none}
    idle = {
        i + k
        for i in range(len(lemmas))
        if lemmas[i] in opening
        for phrase in knowledge.events.showing_none
        if phrase[0] == lemmas[i] and tuple(lemmas[i : i + len(phrase)]) == phrase
        for k in range(len(phrase))
    }
    words = {
        lemma
        for i, (token, lemma) in enumerate(zip(tokens, lemmas, strict=True))
        if i not in idle and token.i not in titled
    }
    shown = [c for c, cues in knowledge.events.contexts.items() if cues & words]
    return tuple(dict.fromkeys((*deed.contexts, *sorted(shown))))


def _numbered(e: Event, number: str) -> Event:
    return replace(e, id=number)
