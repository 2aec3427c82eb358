"""Does a phrase of time look back or forward? The verb it belongs to says so."""

from __future__ import annotations

from dragoman.knowledge.calendar import Planning
from dragoman.model import Span
from dragoman.reading.parse import Passage, Token

DEEPEST = 4  # verbs climbed from an infinitive or a participle to the one that governs it
NOMINAL = ("compound", "nmod", "poss", "amod")


def root_of(passage: Passage, span: Span) -> Token | None:
    """The token of a span whose head stands outside it; of several the first."""
    tokens = passage.tokens_in(span)
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0] if tokens else None)


def tense_of(passage: Passage, span: Span, planning: Planning) -> str:
    """ "future" when the phrase belongs to what is still to come, else "past".

    Climbs from the phrase to its verb. On the way a noun that looks forward (an upcoming visit, plans for) or a
    preposition that does ("ahead of talks on Tuesday") decides; at the verb its auxiliaries, its form, and the verb
    that governs it.
    """
    node = root_of(passage, span)
    if node is None:
        return "past"
    nominal = node.dep_ in NOMINAL and node.head.pos_ in ("NOUN", "PROPN")
    crossed: Token | None = None
    while node.head.i != node.i:
        if node.pos_ in ("VERB", "AUX"):
            break
        if node.pos_ in ("NOUN", "PROPN") and not span.contains(passage.span(node)):
            crossed = crossed or node
            if node.lemma_.casefold() in planning.nouns or any(
                c.dep_ in ("amod", "compound") and c.lower_ in planning.adjectives for c in node.children
            ):
                return "future"
        if crossed is not None and node.pos_ in ("ADP", "SCONJ", "ADV") and node.lower_ in planning.prepositions:
            return "future"
        node = node.head
    if node.pos_ not in ("VERB", "AUX"):
        return "past"
    if nominal and crossed is not None and not _carries(crossed, node, planning):
        return "past"
    return "future" if looks_forward(node, planning) else "past"


def _carries(noun: Token, verb: Token, planning: Planning) -> bool:
    """Whether the verb's time is the noun's too: "Friday's summit will ...", "attend the June summit", "at Friday's
    summit".
    """
    if noun.head.i == verb.i:
        return (
            noun.dep_ in ("nsubj", "nsubjpass")
            or noun.lemma_ in planning.attending
            or verb.lemma_ in planning.attending
        )
    return noun.dep_ == "pobj" and noun.head.lower_ in ("at", "during", "in", "for") and noun.head.head.i == verb.i


def looks_forward(verb: Token, planning: Planning, depth: int = 0) -> bool:
    """Whether a verb tells of what is still to come, by its auxiliaries, its form and what governs it."""
    aux = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    words = {a.lower_ for a in aux}
    head = verb.head
    if words & planning.auxiliaries:
        return not any(a.lemma_ == "have" and a.tag_ in ("VB", "VBP", "VBD") for a in aux)
    if any(a.tag_ == "VBD" for a in aux):
        return False
    present_be = any(a.lemma_ == "be" and a.tag_ in ("VBP", "VBZ") for a in aux)
    if verb.tag_ == "VBG" and present_be:
        return True
    if verb.tag_ == "VBN" and verb.lemma_ in planning.participles and (present_be or not aux):
        return True
    if verb.tag_ == "VB" and any(a.tag_ == "TO" for a in aux):
        if head.i == verb.i or (head.lemma_ == "be" and head.tag_ in ("VBP", "VBZ")):
            return True
        if _lemma(head) in planning.verbs | planning.adjectives | planning.nouns:
            return True
        if (
            head.dep_ == "ROOT" and head.tag_ == "VB"
        ):  # a headline's "Zambia to vote", whose first word passes for a verb
            return True
        return depth < DEEPEST and head.pos_ in ("VERB", "AUX") and looks_forward(head, planning, depth + 1)
    if verb.tag_ in ("VBP", "VBZ") and not words & {"has", "have"}:
        return _present(verb, planning)
    bare = verb.tag_ in ("VBG", "VBN", "VB") and not aux and head.i != verb.i and head.pos_ in ("VERB", "AUX")
    if bare and verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "pcomp"):
        return depth < DEEPEST and looks_forward(head, planning, depth + 1)
    return False


def _lemma(token: Token) -> str:
    """The model takes "hopes" for a form of "hop"."""
    return "hope" if token.lower_ in ("hopes", "hoped", "hoping") else token.lemma_.casefold()


def _present(verb: Token, planning: Planning) -> bool:
    """A present with a time tells of a timetable ("the truce expires on Monday"), but not of a verb of saying or
    being.
    """
    if verb.lemma_ == "be":
        said = [c for c in verb.children if c.dep_ in ("acomp", "attr", "ccomp", "advmod", "expl")]
        return not said or any(
            c.dep_ == "acomp" and c.lower_ in planning.adjectives for c in said
        )  # "the vote is on Sunday"
    return verb.lemma_ not in planning.reporting
