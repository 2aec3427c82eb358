"""What "the attack", "the accusation", "the move" point back to: whose deed it was."""

from __future__ import annotations

from dataclasses import replace

from dragoman.knowledge.events import Pattern
from dragoman.model import Actor, Party, Reason
from dragoman.reading.events.implied import POINTING, focus, is_state
from dragoman.reading.events.parties import named
from dragoman.reading.events.predicates import Predicate, noun_lemma
from dragoman.reading.events.syntax import noun_arguments, surface_subject
from dragoman.reading.events.types import Deed, Found, Scene
from dragoman.reading.events.where import ways
from dragoman.reading.parse import Token

JOURNEYS = frozenset({"visit", "trip", "tour"})
RISINGS = frozenset({"coup", "mutiny", "uprising"})  # of one state against itself
POLICE = frozenset({"COP", "JUD"})
RANKS = frozenset({"soldier", "officer", "mutineer", "deserter", "suspect"})
PEOPLE = frozenset({"CVL", "LAB", "EDU", "OPP", "PTY", "REL", "JRN", "SOC", "HLH", "AGR"})
COUNTED = frozenset({"people", "hundred", "dozen", "thousand", "hundreds", "dozens", "thousands", "score", "group"})
# Deeds that are about another deed.
ABOUT = frozenset({"REJECT", "ACCUSE", "SUPPORT", "AGREE", "CONCEDE", "THREATEN", "PROTEST"})
ROLES = ("patient", "clause", "about", "over", "at", "for", "to", "by", "with", "against", "complement")
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
            beside = main_doer(scene, argument.token, taken, codes)
            if beside:
                who = ", ".join(f"{a.name} [{a.code}]" for _, a in beside)
                saw = f"'{argument.token.text}': what {who} did in this sentence"
                return beside, (argument.token,), Reason("code:events.referents.referent", saw, beside[0][0].span)
            before = scene.before
            if noun_lemma(argument.token) in JOURNEYS:
                before = tuple(d for d in before if d.mode == "visit")
            if noun_lemma(argument.token) in RISINGS:
                before = tuple(d for d in before if {a.code for _, a in d.source} & {a.code for _, a in d.target})
            deed = last_of(replace(scene, before=before), types, taken, codes)
            if deed is None:
                continue
            found = doers(deed, taken, codes)
            who = ", ".join(f"{a.name} [{a.code}]" for _, a in found)
            saw = f"'the {argument.token.text}': the {deed.type} by {who}"
            return found, (argument.token,), Reason("code:events.referents.referent", saw, deed.trigger)
    return (), (), None


def main_doer(scene: Scene, noun: Token, taken: frozenset[str], codes: frozenset[str | None]) -> Found:
    """Whose step it is in "Peru closed its embassy, a step that Chile called hostile": the subject of the clause."""
    if noun.dep_ != "appos" or not any(c.dep_ == "relcl" for c in noun.children):
        return ()
    verb = next((up for up in noun.ancestors if up.pos_ == "VERB"), None)
    subject = surface_subject(verb) if verb is not None else None
    if subject is None:
        return ()
    found = named(subject[0], scene.passage, scene.cast)
    return tuple(f for f in found if f[1].id not in taken and f[1].code not in codes)


def own_people(
    scene: Scene, pattern: Pattern, predicate: Predicate, source: Found, local: bool = False
) -> tuple[Found, tuple[Token, ...], Reason | None]:
    """What a state does at home: police arrest "40 people" of their own state, citizens march against their own.

    Only for persons of whom nothing else says where they are from, and for a protest that names nobody it is against.
    The other side is the state itself, as the report names it; nobody when it does not.
    """
    codes = {a.code for _, a in source}
    if len(codes) != 1:
        return (), (), None
    doer = source[0][1]
    people = pattern.type == "COERCE"
    state = at_home(scene, doer, people, speakers(scene, predicate)) or (doer if local else None)
    if state is None:
        return (), (), None
    rule = "code:events.referents.own_people"
    if pattern.type == "PROTEST" and doer.sector in PEOPLE:
        if any(
            a.token.ent_type_ not in ("DATE", "TIME") for r in ("against", "outside", "for") for a in predicate.fill(r)
        ):
            return (), (), None
        saw = f"a protest of {doer.name} that names no other side: their own state"
        return ((Party(source[0][0].span, state.id), state),), (), Reason(rule, saw, source[0][0].span)
    if pattern.type != "COERCE" or (doer.sector not in (*POLICE, "MIL") and not local):
        return (), (), None
    persons = scene.known.words["taken"]
    for argument in predicate.fill("patient"):
        noun = argument.token
        if doer.sector == "MIL" and noun.lemma_ not in RANKS:  # an army also arrests people abroad
            continue
        if noun.lemma_.lower() not in persons or any(c.pos_ == "PROPN" and c.i < noun.i for c in noun.subtree):
            continue
        below = scene.passage.subtree(noun)
        if any(a.code not in codes for _, a in scene.cast.within(below)) or any(
            c.dep_ == "amod" and c.lower_ == "foreign" for c in noun.children
        ):
            continue
        span = scene.passage.span(noun)
        saw = f"'{noun.text}' of whom nothing says where they are from, to {doer.name}: of the same state"
        return ((Party(span, state.id), state),), (noun,), Reason(rule, saw, span)
    return (), (), None


def at_home(scene: Scene, doer: Actor, people: bool, left_out: frozenset[str]) -> Actor | None:
    """Another actor of the doer's code: its civilians where people are meant, the state, its government, else whoever
    else acts there; None if nobody. left_out: who only tells of the deed.
    """
    own = [a for a in scene.cast if a.code == doer.code and a.id != doer.id and a.sector != doer.sector]
    own = [a for a in own if a.id not in left_out]
    ranked = sorted(
        own,
        key=lambda a: (not (people and a.sector == "CVL"), not is_state(a), a.sector != "GOV", a.person is not None),
    )
    return ranked[0] if ranked else None


def speakers(scene: Scene, predicate: Predicate) -> frozenset[str]:
    """Who tells of a deed in its own sentence: "police held 40 people, the interior ministry said"."""
    out: set[str] = set()
    for token in predicate.carrier.sent:
        if token.dep_ == "nsubj" and any(c.dep_ == "ccomp" for c in token.head.children):
            out |= {a.id for _, a in named(token, scene.passage, scene.cast, False)}
    return frozenset(out)


def crowd(scene: Scene, pattern: Pattern, predicate: Predicate) -> tuple[Found, tuple[Token, ...], Reason | None]:
    """Who "thousands", "residents", "workers" are that march in a town, and "police" that arrest there: of its state.

    Of a protest, without a place, people of the state that the report is about; nobody where it names none.
    """
    protest = pattern.type == "PROTEST"
    if not protest and pattern.type not in ("COERCE", "ASSAULT"):
        return (), (), None
    words = scene.known.words["crowd"] if protest else scene.known.words["bodies"]
    for argument in predicate.fill("agent"):
        noun = argument.token
        if noun.lemma_.lower() not in words | (COUNTED if protest else frozenset()) and noun.lower_ not in words:
            continue
        places = [p for way in ways(scene, "PROTEST", predicate) for p in way]
        about = focus(scene) if protest else None
        states = [(p.state, f"in '{p.span.of(scene.text)}'") for p in places]
        if about is not None and not states:
            states.append((about.code or "", "in the state of which the report tells"))
        for state, saw in states:
            people = [a for a in scene.cast if a.code == state and a.person is None]
            wanted = PEOPLE if protest else frozenset((*POLICE, "MIL"))
            ranked = sorted(people, key=lambda a: (a.sector != "CVL", a.sector not in wanted, a.sector != "GOV"))
            if not protest:
                ranked = [a for a in ranked if a.sector in (*wanted, "GOV")]
            if ranked:
                span = scene.passage.span(noun)
                why = Reason("code:events.referents.crowd", f"'{noun.text}' {saw}: people of {state}", span)
                return ((Party(span, ranked[0].id), ranked[0]),), (noun,), why
    return (), (), None


def points(noun: Token) -> bool:
    """Whether a noun points back ("the attack") and names nobody of its own whose deed it is."""
    if noun.dep_ == "appos" and any(c.dep_ == "relcl" for c in noun.children):
        return True  # "accused Peru of spying, a charge that Lima denies"
    if not any(c.dep_ in ("det", "predet", "amod") and c.lower_ in POINTING for c in noun.children):
        return False
    return not any(a.role in ("agent", "modifier", "from", "by", "between") for a in noun_arguments(noun))


def doers(deed: Deed, taken: frozenset[str], codes: frozenset[str | None]) -> Found:
    """Who did it; of a mutual deed both sides."""
    sides = (*deed.source, *deed.target) if deed.mutual else deed.source
    return tuple(f for f in sides if f[1].id not in taken and f[1].code not in codes)


def last_of(scene: Scene, types: frozenset[str], taken: frozenset[str], codes: frozenset[str | None]) -> Deed | None:
    """The last deed of these types by somebody else; None when its sentence tells two by different doers."""
    fits = [d for d in scene.before[-BACK:] if d.type in types and doers(d, taken, codes)]
    if not fits:
        return None
    last = fits[-1]
    rivals = [d for d in fits[:-1] if d.predicate.token.sent == last.predicate.token.sent]
    mine = {a.code for _, a in last.source}
    return None if any({a.code for _, a in d.source} != mine for d in rivals) else last
