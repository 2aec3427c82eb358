"""Words that say that somebody speaks: verbs, nouns, "according to"."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.speech import Speech, SpeechNoun, SpeechVerb
from dragoman.model import Span
from dragoman.reading.parse import Token
from dragoman.reading.quotes.units import Unit


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its word, its entry in the tables, and its characters."""

    token: Token
    entry: SpeechVerb | SpeechNoun | None  # None: "according to"
    span: Span


def cues_in(unit: Unit, speech: Speech) -> list[Cue]:
    """Every cue among the report's own words of the unit, in order of text."""
    out: list[Cue] = []
    for token in unit.tokens:
        if not unit.outside(token):
            continue
        if token.lower_ == "according" and token.i + 1 <= unit.last and token.nbor().lower_ == "to":
            out.append(Cue(token, None, unit.between(token.i, token.i + 1)))
            continue
        verb = verb_entry(token, speech)
        if verb is not None:
            out.append(Cue(token, verb, _verb_span(token, verb, unit)))
            continue
        if token.pos_ in ("NOUN", "PROPN"):
            noun = speech.nouns.get(token.lemma_.lower()) or speech.nouns.get(token.lower_)
            if noun is not None:
                out.append(Cue(token, noun, unit.passage.span(token)))
    return out


PARTICLES = ("prt", "advmod", "prep", "dobj", "ccomp", "acomp", "oprd")  # the last three: made it clear


def verb_entry(token: Token, speech: Speech) -> SpeechVerb | None:
    """The table's verb that ``token`` is a form of; with a particle ("point out") only beside its particle."""
    if token.pos_ not in ("VERB", "AUX") and token.lower_ not in ("says", "said", "tells"):
        return None  # capitals in a headline make a tagger take Says for a name
    if token.dep_ == "amod":
        return None  # his recently revealed plans: an adjective reports nothing
    if token.lower_ == "writing" and token.dep_ == "pcomp" and token.head.lower_ == "in":
        return None  # told them in writing that
    entries = speech.verbs.get(token.lemma_.lower()) or speech.verbs.get(speech.forms.get(token.lower_, ""))
    for entry in entries or ():
        if entry.particle is None or any(c.lower_ == entry.particle and c.dep_ in PARTICLES for c in token.children):
            return entry
    return None


def _verb_span(token: Token, entry: SpeechVerb, unit: Unit) -> Span:
    """The verb with its helping verbs and its particle, as far as they stand together."""
    first = last = token.i
    while first - 1 >= unit.first:
        left = token.doc[first - 1]
        if left.head == token and left.dep_ in ("aux", "auxpass", "neg"):
            first -= 1
        else:
            break
    for i in (last + 1, last + 2):  # pointed out; made it clear
        if entry.particle is not None and i <= unit.last and token.doc[i].lower_ == entry.particle:
            last = i
            break
    return unit.between(first, last)
