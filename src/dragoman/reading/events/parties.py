"""From the head of a noun phrase to the actors that it names."""

from __future__ import annotations

from dragoman.model import Actor, Cast, Mention, Party
from dragoman.reading.events.lists import conjuncts, members
from dragoman.reading.events.syntax import antecedent
from dragoman.reading.parse import Passage, Token

LOYAL = frozenset(
    {"loyal", "belonging", "allied", "aligned", "affiliated", "answerable"}
)  # "forces loyal to X" are X's
# "gunmen believed to work for X", "men suspected of links to X", "a group that works for X" are X's
TIED = frozenset(
    {"believe", "suspect", "link", "tie", "ally", "affiliate", "work", "belong", "connect", "say", "think"}
)
LED = frozenset({"lead", "head", "chair"})  # "a delegation led by X", "a coalition headed by X"
SEAS = frozenset({"gulf", "sea", "bay", "strait", "straits", "ocean", "channel"})  # "the Gulf of Oman" is not Oman's
Found = list[tuple[Mention, Actor]]
OWNING = frozenset({"of", "in", "from", "inside", "across", "near", "at", "for", "between"})


def named(token: Token, passage: Passage, cast: Cast, lists: bool = True) -> list[tuple[Party, Actor]]:
    """The actors of the widest mention that covers ``token``, and of what is coordinated with it; only coded ones.

    lists: also those that the noun announces ("ten states, including A and B").
    """
    out: list[tuple[Party, Actor]] = []
    for one, beside in _beside(token, lists):
        found = _at(one, passage, cast)
        for apposition in beside:
            other = _at(apposition, passage, cast)
            if not found or (other and other_people(found, other)):
                found = found + other
        for mention, actor in found:
            pair = (Party(mention.span, actor.id), actor)
            if all(actor.id != a.id for _, a in out):
                out.append(pair)
    return out


def _beside(token: Token, lists: bool) -> tuple[tuple[Token, tuple[Token, ...]], ...]:
    """The token and those coordinated with it or announced by it, each with its appositions."""
    known = token.doc.beside
    found = known.get((token.i, lists))
    if found is None:
        heads = conjuncts(token)
        ones = [*heads, *(m for h in heads if lists for n in members(h) for m in conjuncts(n))]
        found = known[token.i, lists] = tuple((one, tuple(appositions(one))) for one in ones)
    return found


def appositions(token: Token) -> list[Token]:
    """What stands beside a noun between commas, and what is coordinated with that."""
    return [m for c in token.children if c.dep_ == "appos" and c.i > token.i for m in conjuncts(c)]


def other_people(one: Found, other: Found) -> bool:
    """Whether two names side by side are of two people of two states: a list, which the parser took for one name."""
    people = [{a.person for _, a in found} - {None} for found in (one, other)]
    codes = [{a.code for _, a in found} for found in (one, other)]
    return all(people) and not people[0] & people[1] and not codes[0] & codes[1]


def owner(token: Token, passage: Passage, cast: Cast, depth: int = 0) -> list[tuple[Party, Actor]]:
    """The actors whose the named thing is: "Russian troops", "cities of Ukraine", "a base in Syria"."""
    out: list[tuple[Party, Actor]] = []
    for one in conjuncts(token):
        found: list[tuple[Party, Actor]] = []
        for dep in ("poss", "amod", "nmod", "compound", "appos", "prep"):
            for child in one.children:
                if child.dep_ != dep or found:
                    continue
                if dep != "prep":
                    found += named(antecedent(child), passage, cast, False)  # "Chad and Mali, whose guards clashed"
                elif child.lower_ in OWNING:
                    for obj in child.children:
                        if obj.dep_ == "pobj" and obj.lower_ not in SEAS:
                            found += named(obj, passage, cast, False) or (
                                owner(obj, passage, cast, depth + 1) if depth < 2 else []
                            )
        for child in one.children:
            if not found and child.lower_ in LOYAL:
                found = [
                    f
                    for p in child.children
                    if p.dep_ == "prep"
                    for o in p.children
                    for f in named(o, passage, cast, False)
                ]
            if not found and child.dep_ == "acl" and child.lemma_ in LED:
                by = [o for p in child.children if p.lower_ == "by" for o in p.children if o.dep_ == "pobj"]
                found = [f for o in by for f in named(o, passage, cast, False)]
            if not found and child.dep_ in ("acl", "relcl", "amod") and child.lemma_ in TIED:
                below = [f for t in child.subtree for f in named(t, passage, cast, False)]
                found = [f for f in below if f[1].sector in ("REB", "CRM", "SPY", "MIL", "PRM")][:1]
        out += [f for f in found if all(f[1].id != a.id for _, a in out)]
    return out


def _at(token: Token, passage: Passage, cast: Cast) -> list[tuple[Mention, Actor]]:
    """All actors of the widest coded mention over the token (a group mention names several)."""
    coded = [(m, a) for m, a in cast.at(passage.start + token.idx) if a.code is not None]
    if not coded:
        return []
    widest = coded[0][0].span
    return [(m, a) for m, a in coded if m.span == widest]
