"""Those whom the quoted words themselves address: "Mr President, ...", "We appeal to all citizens to ..."."""

from __future__ import annotations

import re

from dragoman.knowledge.speech import Speech, SpeechVerb
from dragoman.model import Cast, Party, Span
from dragoman.reading.parse import Token
from dragoman.reading.quotes.addressees import joined
from dragoman.reading.quotes.cues import verb_entry
from dragoman.reading.quotes.draft import Draft
from dragoman.reading.quotes.people import party

# The opening of a letter or a speech, up to the comma or the exclamation mark that ends it.
VOCATIVE = re.compile(
    r"(?:(?:my\s+)?dear|my\s+fellow|fellow)\s+(?P<them>[^,.!?:;]{2,60})[,!:]"
    r"|(?P<sir>(?:(?:mr|mrs|ms)\.?|madam)\s+[^\W\d_][^,.!?:;]{2,40}"
    r"|your\s+(?:excellency|majesty|highness|holiness|eminence|hono[u]?r|grace|lordship|worship)(?:\s[^,.!?:;]{2,40})?"
    r"|(?:brothers|sisters|friends|comrades|colleagues|soldiers|citizens|compatriots|countrymen|people|men|women|workers)"
    r"(?:\s+(?:and|of)\s+[^,.!?:;]{2,40})?),",
    re.IGNORECASE,
)
# Thanks and good wishes, up to the name of whom they are for; a name follows, which the tagger must see too.
WISH = re.compile(
    r"(?i:thank you|thanks|congratulations|well done|hello|good (?:morning|evening|afternoon)|goodbye|farewell)"
    r"(?: (?:so|very) much)?,? (?:to )?(?=[^\W\d_a-z])"
)
FIRST = frozenset(("i", "we"))


def addressed_inside(draft: Draft, cast: Cast, speech: Speech) -> tuple[tuple[Party, ...], str] | None:
    """Who is spoken to by the words in marks of a quotation that is all in marks, and what shows it."""
    for run in draft.runs if draft.shape == "quote" else ():
        if not any(s.overlaps(run.outer) for s in draft.stretches):
            continue
        found = VOCATIVE.match(draft.unit.text, run.inner.start, run.inner.end)
        if found is not None:
            span = Span(*found.span("them" if found["them"] else "sir"))
            actors = sorted({a.id for _, a in cast.within(span)})
            return (Party(span, actors[0] if len(actors) == 1 else None),), "called by name or title at the opening"
        wish = WISH.match(draft.unit.text, run.inner.start, run.inner.end)
        for token in draft.unit.tokens:
            if wish is not None and draft.unit.passage.span(token).start == wish.end() and token.pos_ == "PROPN":
                return (party(_whole(token), draft.unit.passage, cast, coordinated=False),), "wished well by name"
            if run.inner.contains(draft.unit.passage.span(token)):
                head = _appealed_to(token, speech)
                if head is not None:
                    them = tuple(party(t, draft.unit.passage, cast, coordinated=False) for t in joined(head))
                    return them, f"'{token.text}' in the words"
    return None


def _whole(name: Token) -> Token:
    """The last word of the name that begins here."""
    while name.dep_ == "compound" and name.head.i > name.i:
        name = name.head
    return name


def _appealed_to(verb: Token, speech: Speech) -> Token | None:
    """We urge Y to, I call on Y to, we appeal to Y, I want to thank Y, I say to Y: whom the verb of a main clause with
    I or we asks to act, thanks, or speaks to."""
    entry = verb_entry(verb, speech)
    if not isinstance(entry, SpeechVerb) or verb.tag_ not in ("VBP", "VB") or verb.dep_ in ("relcl", "advcl", "acl"):
        return None
    saying = entry.lemma == "say"
    if entry.cls not in ("urge", "thank") and not saying:
        return None
    up = verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ in ("want", "like", "wish", "have") else verb
    if not any(c.dep_ == "nsubj" and c.lower_ in FIRST for c in up.lefts) or up.tag_ == "VBD":
        return None
    for child in verb.children if saying else verb.rights:  # to them I say
        if "obj" in entry.to and child.dep_ in ("dobj", "dative"):
            to_do = any(t.lower_ == "to" and t.dep_ == "aux" for c in verb.rights for t in c.subtree)
            return _named(child) if to_do or entry.cls == "thank" else None  # not: we urge restraint
        if child.dep_ in ("prep", "dative", "prt") and (
            child.lower_ in entry.to or (child.lower_ == entry.particle and entry.particle in entry.to)
        ):
            return next((n for c in child.children if c.dep_ == "pobj" and (n := _named(c)) is not None), None)
        if "obj" in entry.to and child.dep_ in ("ccomp", "xcomp") and child.tag_ == "VB":
            return next((_named(c) for c in child.lefts if c.dep_ == "nsubj" and c.i > verb.i), None)
    return None


def _named(token: Token) -> Token | None:
    return token if token.pos_ in ("NOUN", "PROPN") else None
