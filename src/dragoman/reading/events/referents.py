"""What "the attack", "the accusation", "the move" point back to: whose deed it was."""

from __future__ import annotations

from dragoman.model import Reason
from dragoman.reading.events.predicates import Predicate, noun_lemma
from dragoman.reading.events.syntax import noun_arguments
from dragoman.reading.events.types import Deed, Found, Scene
from dragoman.reading.parse import Token

# Deeds that are about another deed.
ABOUT = frozenset({"REJECT", "ACCUSE", "SUPPORT", "AGREE", "CONCEDE", "THREATEN", "PROTEST"})
ROLES = ("patient", "clause", "about", "over", "at", "for", "to", "by", "with", "against", "complement")
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "both"})
BACK = 12  # deeds; a report of the length of a page tells about twenty


def referent(
    scene: Scene, event_type: str, predicate: Predicate, taken: frozenset[str], codes: frozenset[str | None]
) -> tuple[Found, tuple[Token, ...], Reason | None]:
    """Whose deed an argument points back to: of "Romania condemned the attack" the attacker, told just before.

    The argument must be a noun of data/events/references.yaml that points ("the", "such") and says nothing of its own
    about whose it is; the last deed of a type that the noun may mean counts. Of two deeds that its sentence tells by
    different doers none is meant.
    """
    if event_type not in ABOUT or not scene.before:
        return (), (), None
    for role in ROLES:
        for argument in predicate.fill(role):
            types = scene.known.references.get(noun_lemma(argument.token))
            if types is None or not points(argument.token):
                continue
            deed = last_of(scene, types, taken, codes)
            if deed is None:
                continue
            found = doers(deed, taken, codes)
            who = ", ".join(f"{a.name} [{a.code}]" for _, a in found)
            saw = f"'the {argument.token.text}': the {deed.type} by {who}"
            return found, (argument.token,), Reason("code:events.referents.referent", saw, deed.trigger)
    return (), (), None


def points(noun: Token) -> bool:
    """Whether a noun points back ("the attack") and names nobody of its own whose deed it is."""
    if not any(c.dep_ in ("det", "predet", "amod") and c.lower_ in POINTING for c in noun.children):
        return False
    return not any(a.role in ("agent", "modifier", "from", "by", "between") for a in noun_arguments(noun))


def doers(deed: Deed, taken: frozenset[str], codes: frozenset[str | None]) -> Found:
    """Who did it; of a mutual deed both sides."""
    sides = (*deed.source, *deed.target) if deed.mutual else deed.source
    return tuple(f for f in sides if f[1].id not in taken and f[1].code not in codes)


def last_of(
    scene: Scene, types: frozenset[str], taken: frozenset[str], codes: frozenset[str | None]
) -> Deed | None:
    """The last deed of these types by somebody else; None when its sentence tells two by different doers."""
    fits = [d for d in scene.before[-BACK:] if d.type in types and doers(d, taken, codes)]
    if not fits:
        return None
    last = fits[-1]
    rivals = [d for d in fits[:-1] if d.predicate.token.sent == last.predicate.token.sent]
    mine = {a.code for _, a in last.source}
    return None if any({a.code for _, a in d.source} != mine for d in rivals) else last
