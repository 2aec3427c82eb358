"""What sounds like a deed between states but is sport, trade among firms, fiction, history or a comparison."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import Actor
from dragoman.reading.events.types import Deed, Found, Scene
from dragoman.reading.parse import Token

FIRMS = frozenset({"BUS", "MNC"})
# What firms do by themselves is trade, whatever the verb; charges, protests, arrests and blows are told of them too.
TRADE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "MOBILIZE", "ASSAULT", "THREATEN", "REJECT", "CONCEDE"})
FORCE = frozenset({"ASSAULT", "COERCE", "PROTEST"})
ARMED = frozenset({"MIL", "COP", "JUD", "REB", "PRM", "UAF", "SPY", "CRM"})
# A year so long before (50 years: two generations) is history.
PAST = 50
WEAK = 3  # words of sport of the looser list that make a sentence one of sport; of the sure list one will do


def outside(scene: Scene, deed: Deed) -> str | None:
    """Why a deed is none of affairs between states and peoples; None when it is."""
    if private(scene, deed):
        return "done by firms, athletes or artists"
    if sporting(scene, deed):
        return "sport"
    if past(scene, deed):
        return "history"
    if told_in_a_work(scene, deed.predicate.carrier):
        return "told in a work of art"
    if compared(deed.predicate.carrier, deed):
        return "a comparison"
    return None


def words_at(scene: Scene, side: Found) -> set[str]:
    """Lemmas of the words that name a side."""
    return {t.lemma_.lower() for p, _ in side for t in scene.passage.tokens_in(p.span)}


def only(side: Iterable[tuple[object, Actor]], sectors: frozenset[str]) -> bool:
    return all((a.sector or "") in sectors for _, a in side)


def private(scene: Scene, deed: Deed) -> bool:
    """Whether firms deal with each other, or athletes and artists do anything but march, fight and go to prison."""
    supplies = deed.type == "COOPERATE" or (deed.type == "AGREE" and deed.pattern.type == "COOPERATE")  # or promises to
    if deed.type in TRADE and only(deed.source, FIRMS) and not (supplies and not only(deed.target, FIRMS)):
        return True
    if deed.type == "ACCUSE" and only(deed.source, FIRMS) and not only(deed.target, frozenset({"GOV", "IGO", "EUR"})):
        return True
    players = scene.known.words["leisure"]
    below = {t.lemma_.lower() for t in subject_phrase(deed)}
    return bool((words_at(scene, deed.source) | below) & players) and deed.type != "PROTEST"


def subject_phrase(deed: Deed) -> list[Token]:
    """The words of the doer's noun phrase: head, compounds and what stands beside it."""
    heads = [a.token for a in deed.predicate.fill("agent")]
    return [t for h in heads for t in (h, *(c for c in h.children if c.dep_ in ("compound", "appos", "amod", "nmod")))]


def sporting(scene: Scene, deed: Deed) -> bool:
    """Whether the sentence is one of sport; deeds of force by police, soldiers and bands are none even there."""
    if deed.type in FORCE and only(deed.source, ARMED):
        return False
    sentence = deed.predicate.token.sent
    words = {t.lemma_.lower() for t in sentence} | {t.lower_ for t in sentence}
    if words & scene.known.words["athletics"] or len(words & scene.known.words["sport"]) >= WEAK:
        return True
    low = sentence.text.lower()
    return any(name in low for name in scene.known.words["contests"])


def past(scene: Scene, deed: Deed) -> bool:
    """Whether the deed's own clause sets it in a year or century of long ago."""
    carrier = deed.predicate.carrier
    for token in carrier.sent:
        century = token.dep_ == "pobj" and token.lower_ in ("century", "centuries")
        year = token.text.removesuffix("s")
        ago = len(year) == 4 and year.isdigit() and 1000 <= int(year) <= scene.year - PAST
        if not (century or ago) or not own_clause(token, carrier):
            continue
        if century:
            return not any(c.lower_ in ("this", "21st", "twenty-first") for c in token.children)
        return token.dep_ in ("pobj", "nummod", "npadvmod")
    return False


def own_clause(token: Token, carrier: Token) -> bool:
    """Whether the nearest verb above a word is the carrier, or the one that the carrier is coordinated with."""
    for up in token.ancestors:
        if up == carrier:
            return True
        if up.pos_ in ("VERB", "AUX"):
            return carrier.dep_ == "conj" and carrier.head == up and token.i < carrier.i
    return False


def told_in_a_work(scene: Scene, carrier: Token) -> bool:
    """ "In the series, a spy seizes a bank"; "the thriller begins when Iran attacks a tanker"."""
    works = scene.known.words["works"]
    verb: Token | None = carrier
    for _ in range(3):
        if verb is None:
            break
        for child in verb.children:
            placed = child.dep_ == "prep" and child.lower_ in ("in", "throughout")
            if placed and any(o.lemma_.lower() in works for o in child.children if o.dep_ == "pobj"):
                return True
            if child.dep_ in ("nsubj", "nsubjpass") and child.lemma_.lower() in works:
                return True
        verb = verb.head if verb.dep_ in ("ccomp", "advcl", "xcomp", "relcl", "acl") and verb.head != verb else None
    return False


def compared(carrier: Token, deed: Deed) -> bool:
    """ "sells more shrimp to Peru than Chile does": a deed weighed against another's, not told."""
    if deed.type not in ("COOPERATE", "AID", "SUPPORT", "MOBILIZE"):
        return False
    more = any(c.lower_ in ("more", "less", "fewer") for a in deed.predicate.fill("patient") for c in a.token.children)
    return more and any(t.lower_ == "than" and t.i > carrier.i for t in carrier.subtree)
