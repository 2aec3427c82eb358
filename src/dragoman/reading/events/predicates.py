"""Candidates: every verb, event noun and adjective of a passage that a pattern knows, with its arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge.events import EventPatterns
from dragoman.model import Span
from dragoman.reading.events.syntax import Argument, is_passive, noun_arguments, surface_subject, verb_arguments
from dragoman.reading.parse import Passage, Token

# The setting of a noun: "in talks with X, A said ..." makes A the one who holds the talks.
MENDED = {
    "stag": "stage",
    "wag": "wage",
    "rap": "rape",
    "fin": "fine",
    "sham": "shame",
    "rat": "rate",
    "landlocke": "landlock",
    "unbanne": "unban",
    "gutte": "gut",
}
PARTICLES = frozenset({"down", "off", "out", "away", "aside"})
MARGINS = frozenset({"sidelines", "margins", "fringes"})
SETTINGS = frozenset({"in", "during", "after", "at", "following", "on", "through", "with"})


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that may tell a deed, normalised: passives turned, light verbs and particles taken in."""

    lemma: str
    kind: str  # verb | noun | adjective
    token: Token
    carrier: Token  # the verb that bears tense and negation: the token itself, or the light verb over a noun
    words: tuple[Token, ...]  # the trigger
    arguments: tuple[Argument, ...]
    particles: frozenset[str]
    theme: tuple[Token, ...]  # words of the object's noun phrase (of a noun: its compounds and of-phrase)

    def fill(self, role: str) -> list[Argument]:
        """Arguments in that role."""
        return [a for a in self.arguments if a.role == role]


def predicates(passage: Passage, known: EventPatterns) -> Iterator[Predicate]:
    """Every predicate of the passage whose lemma stands in a pattern, in order of text."""
    for token in passage.doc:
        if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ == "ROOT"):
            if ("verb", lemma_of(token)) in known.by_word and token.dep_ not in ("aux", "auxpass", "amod", "compound"):
                yield verb_predicate(token)
        elif token.pos_ in ("NOUN", "PROPN"):
            if ("noun", noun_lemma(token)) in known.by_word and token.dep_ not in ("compound", "nmod"):
                yield noun_predicate(token, known)
        elif token.pos_ == "ADJ" and ("adjective", token.lower_) in known.by_word and token.dep_ in ("acomp", "oprd"):
            yield adjective_predicate(token)


def lemma_of(token: Token) -> str:
    """The verb's lemma in lower case; the model's slips on "staged" and "waged" are mended."""
    lemma = token.lemma_.lower()
    if lemma in ("rap", "fin") and not token.lower_.startswith((f"{lemma}e", f"{lemma}ing")):
        return lemma  # "rapped" is no slip
    return MENDED.get(lemma, lemma)


def noun_lemma(token: Token) -> str:
    """The noun's lemma in lower case; the small model leaves plurals of names as they are."""
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" and token.tag_ == "NNPS" and lemma.endswith("s"):
        return lemma[:-1]
    return lemma


def verb_predicate(verb: Token) -> Predicate:
    """A verb with its particles."""
    particles = [
        c
        for c in verb.children
        if c.dep_ == "prt"
        or (c.dep_ == "advmod" and c.i == verb.i + 1 and (c.pos_ == "ADP" or c.lower_ in ("aside", "away")))
    ]
    arguments = verb_arguments(verb)
    for child in verb.children:  # "turned down an offer", read as a preposition with its object
        if child.dep_ == "prep" and child.i == verb.i + 1 and child.lower_ in PARTICLES:
            particles.append(child)
            arguments += [
                Argument("patient", o, f"object of '{verb.text} {child.text}'")
                for o in child.children
                if o.dep_ == "pobj"
            ]
    theme = tuple(t for a in arguments if a.role in ("patient", "complement") for t in phrase(a.token))
    theme += tuple(c for c in verb.children if c.dep_ == "ccomp" and c.lower_ == "persona")  # taken for a verb
    return Predicate(
        lemma_of(verb), "verb", verb, verb, (verb, *particles), tuple(arguments),
        frozenset(p.lower_ for p in particles), theme,
    )  # fmt: skip


def noun_predicate(noun: Token, known: EventPatterns) -> Predicate:
    """An event noun with the arguments of its phrase and of the verb that carries it out."""
    arguments = noun_arguments(noun)
    carrier, words = noun, [noun]
    verb = carrying_verb(noun, known) or relative_carrier(noun, known)
    if verb is not None:
        carrier, words = verb, sorted((verb, noun), key=lambda t: t.i)
        for a in verb_arguments(verb):
            if (
                a.token == noun
                or (verb.head != noun and a.token in noun.subtree)
                or a.token.lower_ in ("which", "that")
            ):
                continue
            if a.role == "patient" and not is_passive(verb):
                continue
            arguments.append(Argument(a.role, a.token, f"{a.how} of '{verb.text} {noun.text}'"))
    else:
        holder = setting_holder(noun)
        if holder is not None:
            arguments.append(Argument("holder", holder[0], holder[1]))
        arguments += suffered(noun)
    arguments += [Argument("patient", a.token, a.how) for a in arguments if a.role == "of"]
    theme = tuple(t for t in noun.subtree if t.i != noun.i)
    return Predicate(noun_lemma(noun), "noun", noun, carrier, tuple(words), tuple(arguments), frozenset(), theme)


def adjective_predicate(adjective: Token) -> Predicate:
    """ "is opposed to", "remains critical of": the adjective with the subject of its verb."""
    verb = adjective.head
    arguments = [Argument("agent", s[0], s[1])] if (s := surface_subject(verb)) is not None else []
    for head in (adjective, verb):
        for child in head.children:
            if child.dep_ == "ccomp" and child.i > adjective.i and (inner := surface_subject(child)) is not None:
                arguments.append(Argument("clause", inner[0], f"subject of what one is {adjective.text} about"))
            if child.dep_ == "prep":
                arguments += [Argument(child.lower_, o, f"'{child.text}'") for o in child.children if o.dep_ == "pobj"]
    return Predicate(adjective.lower_, "adjective", adjective, verb, (adjective,), tuple(arguments), frozenset(), ())


def carrying_verb(noun: Token, known: EventPatterns) -> Token | None:
    """The light or embedding verb whose object (or passive subject) the noun is."""
    head, top = noun.head, noun
    while top.dep_ == "conj" and head != top:
        top, head = head, head.head
    if top.dep_ not in ("dobj", "nsubjpass") or head.pos_ != "VERB":
        return None
    if top.dep_ == "nsubjpass" and not is_passive(head):
        return None
    lemma = lemma_of(head)
    if lemma in known.words["light"] or any("dobj" in e.relations for e in known.embedding_of.get(("verb", lemma), ())):
        return head
    return None


def relative_carrier(noun: Token, known: EventPatterns) -> Token | None:
    """The light verb of a relative clause whose object the noun is: "the sanctions that Chad imposed on Mali"."""
    for child in noun.children:
        if child.dep_ != "relcl" or lemma_of(child) not in known.words["light"]:
            continue
        objects = [c for c in child.children if c.dep_ == "dobj"]
        if all(o.lower_ in ("that", "which") for o in objects) and any(
            c.dep_ == "nsubj" and c.lower_ not in ("that", "which", "who") for c in child.children
        ):
            return child
    return None


# What force does: "a raid killed two in Homs", "two people were killed in a raid", "two died in a raid".
HARM = frozenset({"kill", "wound", "injure", "hurt", "hit", "strike", "damage", "destroy", "leave", "target", "level"})
DYING = frozenset({"die", "perish", "burn"})


def suffered(noun: Token) -> list[Argument]:
    """Of a noun of force: who suffers it, and where, by the verb that says what it did."""
    verb, told = noun.head, list[Argument]()
    if noun.dep_ == "nsubj" and verb.lemma_ in HARM and not is_passive(verb):
        told = verb_arguments(verb)
    elif noun.dep_ == "pobj" and verb.dep_ in ("prep", "agent") and verb.lower_ in ("in", "by", "during", "from"):
        above = verb.head
        if above.lemma_ in HARM and is_passive(above):
            told = verb_arguments(above)
        elif above.lemma_ in DYING:
            told = [Argument("patient", a.token, a.how) if a.role == "agent" else a for a in verb_arguments(above)]
    elif noun.dep_ == "nsubj":
        lost = [t for t in noun.subtree if t.dep_ == "acl" and t.lemma_ in HARM]
        told = [a for t in lost if (s := surface_subject(t)) is not None and s[0] == noun for a in verb_arguments(t)]
        return [Argument(a.role, a.token, a.how) for a in told if a.role == "patient"]
    inside = {t.i for t in noun.subtree}
    return [
        Argument(a.role, a.token, f"{a.how} of '{verb.text}'")
        for a in told
        if a.token.i not in inside and a.role != "agent"
    ]


def setting_holder(noun: Token) -> tuple[Token, str] | None:
    """Whose talks: the subject of the clause in which "in talks with X" stands."""
    prep = noun.head
    if noun.dep_ == "pobj" and prep.lower_ == "of" and prep.head.lower_ in MARGINS:  # "on the sidelines of the summit"
        noun, prep = prep.head, prep.head.head
    if noun.dep_ != "pobj" or prep.lower_ not in SETTINGS:
        return None
    verb = prep.head
    if verb.pos_ in ("NOUN", "PROPN") and verb.dep_ in ("dobj", "pobj", "attr"):
        verb = verb.head if verb.dep_ != "pobj" else verb.head.head
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    return surface_subject(verb)


def phrase(head: Token) -> list[Token]:
    """Words of a noun phrase without clauses that hang on it."""
    out = [head]
    for child in head.children:
        if child.dep_ in ("amod", "compound", "nmod", "nummod", "conj", "poss", "appos", "quantmod"):
            out += phrase(child)
        elif child.dep_ == "prep" and child.lower_ in (
            "of",
            "in",
            "for",
            "on",
            "with",
            "from",
            "to",
            "against",
            "between",
        ):
            out += [t for o in child.children if o.dep_ == "pobj" for t in phrase(o)]
    return out


def trigger_span(predicate: Predicate, passage: Passage) -> Span:
    """From the first to the last word of the trigger; the noun alone when its light verb stands far off."""
    spans = [passage.span(w) for w in predicate.words]
    whole = Span(min(s.start for s in spans), max(s.end for s in spans))
    return whole if len(whole) <= 60 else passage.span(predicate.token)
