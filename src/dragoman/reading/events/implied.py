"""The side that a clause leaves out, as the report has named it: "Peru accused Chile ... It demanded an apology"."""

from __future__ import annotations

from collections import Counter

from dragoman.knowledge.events import Pattern
from dragoman.model import Actor, Party, Reason, Span
from dragoman.reading.events.parties import named
from dragoman.reading.events.predicates import Predicate
from dragoman.reading.events.syntax import is_passive, surface_subject
from dragoman.reading.events.types import Deed, Found, Scene
from dragoman.reading.events.where import THERE, doers_place, inside, ways
from dragoman.reading.parse import Token

# How far back (characters) the deed may stand that shows whom one deals with: a paragraph or two. Of 300, 700 and 1,500
# the one that gained most on the `seen` half of tests/cases/reports at no loss of precision.
NEAR = 700
SHARE = 0.4  # of all mentions of states, for a report to be about one state; and that many times
TIMES = 3
# Roles in which the other side would stand, had the clause named it.
SIDES = ("patient", "recipient", "to", "with", "against", "on", "from", "at", "of", "for", "over", "about", "clause")
STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PRM", "EUR", "IGO", "UNO"})
FORCES = frozenset({"GOV", "MIL", "COP", "JUD", "SPY", "PRM", "REB", "CRM", "UAF"})
ARMED = frozenset({"MIL", "REB", "PRM", "UAF"})
NAMED = STATE | {"REB"}
PEOPLE = frozenset(
    {"OPP", "PTY", "REB", "LAB", "CVL", "EDU", "REL", "JRN", "SOC", "HLH", "AGR", "REF", "UAF", "CRM", "ELI", "MED"}
)
ABROAD = frozenset({"GOV", "MIL", "SPY", "LEG", "EUR", "IGO", "UNO", "REB", "PRM"})
PEACEFUL = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"})
ABOUT = frozenset({"ACCUSE", "SUPPORT"})
# What is done in answer to what another did, and what several do to one: "A handed B tanks; C delivered six jets".
ANSWERING = frozenset({"ACCUSE", "SANCTION", "MOBILIZE", "COERCE"})
PARALLEL = frozenset({"AID", "SANCTION", "COOPERATE", "RETREAT", "REQUEST", "SUPPORT"})
# Whose arrest abroad is mostly no affair of states.
ANYBODY = frozenset({"man", "woman", "people", "tourist", "teenager", "boy", "girl", "couple", "driver", "thief"})
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "both"})
GOVERNMENTS = frozenset({"government", "authority", "side", "country", "state", "neighbour", "neighbor", "regime"})
OTHERS = frozenset({"both", "all", "other", "every", "each", "foreign"})
STRIKING = frozenset({"attack", "kill", "destroy"})  # words that say nothing of a foe unless they have an object
Implied = tuple[Found, tuple[Token, ...], Reason | None]
NOBODY: Implied = ((), (), None)


def other_side(scene: Scene, pattern: Pattern, predicate: Predicate, source: Found, status: str) -> Implied:
    """Whom a deed is done to when its clause names nobody: by its place, by whom its doer deals with, by the report.

    None where the words name somebody else (a person or body without a code, the press, one's own people), and where
    the sentence names a third state.
    """
    codes = {a.code for _, a in source}
    tokens = [
        a.token
        for r in SIDES
        for a in predicate.fill(r)
        if a.token.pos_ != "ADV" and a.token.ent_type_ not in ("DATE", "TIME") and not ours(scene, a.token, codes)
    ]
    if not pattern.unsaid:
        return NOBODY
    if pattern.type in THERE:
        roads = [*ways(scene, pattern.type, predicate)]
        if pattern.type in ("ASSAULT", "COERCE") and all(a.sector in ARMED for _, a in source):
            roads.append(doers_place(scene, predicate))  # "troops in the north of Chad took two villages"
        for way in roads:
            for place in way:
                actor = state_of(scene, place.state)
                if actor is not None and (place.state not in codes or pattern.same):
                    saw = f"{actor.name} [{actor.code}]: '{place.span.of(scene.text)}' lies there"
                    return (
                        ((Party(place.span, actor.id), actor),),
                        (),
                        Reason("code:events.implied.other_side", saw, place.span),
                    )
    if status not in ("asserted", "planned") or not dealing(pattern, source):
        return NOBODY
    if len(codes) > 1 and any(c.lower_ == "their" for t in tokens for c in t.children):
        return NOBODY  # "reopened their border": what two do with what is theirs they do with each other
    if pattern.type == "REQUEST" and not tokens:
        return NOBODY  # "before we had finished asking"
    if any(c.lower_ in OTHERS and c.dep_ in ("det", "amod", "predet", "preconj") for t in tokens for c in t.children):
        return NOBODY
    first = [t for t in tokens if not (t.head.lower_ == "of" and any(t in u.subtree for u in tokens if u != t))]
    if any(somebody_else(scene, pattern, token) for token in first):
        return NOBODY
    if (pattern.id in STRIKING and not tokens) or (predicate.kind == "noun" and predicate.carrier == predicate.token):
        return NOBODY
    found = partner(scene, predicate, codes, pattern.type)
    if found is None or (pattern.type in PEACEFUL and found[0].sector in ("REB", "CRM", "UAF")):
        return NOBODY
    actor, saw = found
    span = scene.passage.span(next((t for t in tokens if t.pos_ == "PRON"), predicate.token))
    return ((Party(span, actor.id), actor),), (), Reason("code:events.implied.other_side", saw, span)


def ours(scene: Scene, token: Token, codes: set[str | None]) -> bool:
    """Whether a noun names the doer's own state: "vowed that Kenya would ..."."""
    return any(a.code in codes for _, a in scene.cast.at(scene.passage.span(token).start))


def there(scene: Scene, predicate: Predicate, codes: frozenset[str | None]) -> tuple[Found, str]:
    """The state where somebody goes or meets: "flew to Tehran"."""
    for way in ways(scene, "CONSULT", predicate):
        for place in way:
            actor = state_of(scene, place.state)
            if actor is not None and actor.code not in codes:
                return ((Party(place.span, actor.id), actor),), f"'{place.span.of(scene.text)}' lies there"
    return (), ""


def dealing(pattern: Pattern, source: Found) -> bool:
    """Whether the doer deals with other states: states and armed groups do; police, courts and people act at home."""
    sectors = {a.sector or "" for _, a in source}
    if pattern.type == "COERCE" and sectors & {"COP", "JUD"}:
        return False
    return pattern.type != "PROTEST" and sectors <= ABROAD


def somebody_else(scene: Scene, pattern: Pattern, token: Token) -> bool:
    """Whether a noun in the role of the other side, or in what is said, shows that somebody else is meant.

    Words of praise, blame and request are about what they name, unless that points back: "criticised the raid".
    """
    if token.pos_ == "PRON":
        return False
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" or lemma in scene.known.words["bystanders"]:
        return True
    if pattern.type == "REQUEST" and (lemma in scene.known.words["taken"] or lemma in scene.known.words["crowd"]):
        return True
    if pattern.type in ABOUT and lemma not in GOVERNMENTS:
        known = lemma in scene.known.references or lemma in scene.known.words["taken"]
        return not (known and any(c.lower_ in POINTING for c in token.children))
    return any(c.dep_ == "poss" and c.lower_ in ("his", "her", "my") for c in token.children)


def accused(scene: Scene, predicate: Predicate, source: Found, forum: Found) -> Implied:
    """Whom one complains of to a council, a court or another body; nobody where the report does not show it."""
    codes = {a.code for _, a in source}
    found = partner(scene, predicate, codes, "ACCUSE", frozenset(a.code for _, a in forum))
    if found is None:
        return NOBODY
    actor, saw = found
    span = scene.passage.span(predicate.token)
    return ((Party(span, actor.id), actor),), (), Reason("code:events.implied.accused", saw, span)


def partner(
    scene: Scene, predicate: Predicate, codes: set[str | None], kind: str, aside: frozenset[str | None] = frozenset()
) -> tuple[Actor, str] | None:
    """The other side of the last deed between the doer and somebody, told just before; else whom the report is about.

    aside: whose names in the clause say nothing of it.

    None when the sentence names a state that is neither, and for force among those who dealt as friends.
    """
    hostile = kind in ("ACCUSE", "SANCTION", "ASSAULT", "COERCE")
    here = scene.passage.span(predicate.token).start
    beside = other_clauses(scene, predicate.carrier)
    others = (
        {
            a.code
            for m, a in scene.cast.within(scene.passage.subtree(predicate.carrier))
            if a.code is not None and a.sector in NAMED and not any(s.contains(m.span) for s in beside)
        }
        - codes
        - aside
    )
    if kind in ANSWERING and (first := provoker(scene, predicate, codes)) is not None and not others - {first.code}:
        return first, f"{first.name} [{first.code}], after whose deed it was done"
    beside_it = [d for d in scene.before if d.predicate.token.sent == predicate.token.sent and d.type == kind]
    if beside_it and kind in PARALLEL and not others:
        ends = {a.code: a for _, a in beside_it[-1].target}
        if len(ends) == 1 and not ends.keys() & codes and not codes & {a.code for _, a in beside_it[-1].source}:
            actor = next(iter(ends.values()))
            return actor, f"{actor.name} [{actor.code}], to whom another did the same in this sentence"
    for deed in reversed(scene.before):
        if abs(here - deed.trigger.start) > NEAR:
            break
        if deed.type in ("CONSULT", "SUPPORT") and deed.predicate.token.sent == predicate.token.sent and hostile:
            continue  # "wrote to the Council to protest": not against the Council
        if kind in ("ASSAULT", "COERCE") and scene.ontology.types[deed.type].cooperative:
            return None  # "fights for its streets": not against the neighbour whom it has just met
        sides = (deed.source, deed.target)
        for own, other in (sides, sides[::-1]):
            if codes & {a.code for _, a in own}:
                foreign = {a.code for _, a in other} - codes - aside
                if len(foreign) != 1 or others - foreign:
                    return None
                actor = next(a for _, a in other if a.code in foreign)
                return actor, f"{actor.name} [{actor.code}], with whom it dealt before"
    if hostile and (foe := common_foe(scene, here)) is not None and foe.code not in codes | aside:
        return None if others - {foe.code} else (foe, f"{foe.name} [{foe.code}], against whom others acted just before")
    # Who reports of force on one side mostly names the doer most; whom one meets is more often not said at all.
    about = focus(scene) if kind in PEACEFUL else focus(scene, codes | aside)
    if about is None or about.code in codes | aside or others - {about.code}:
        return None
    return about, f"{about.name} [{about.code}], of whom the report tells"


def common_foe(scene: Scene, here: int) -> Actor | None:
    """Against whom the last two deeds told before, by two others, were: one state after another recalls its envoy."""
    last = [d for d in scene.before[-2:] if abs(here - d.trigger.start) <= NEAR]
    sides = [{a.code for _, a in d.target} for d in last if not scene.ontology.types[d.type].cooperative]
    doers = [{a.code for _, a in d.source} for d in last]
    if len(sides) < 2 or len(sides[0]) != 1 or sides[0] != sides[1] or doers[0] & doers[1]:
        return None
    return next(a for _, a in last[-1].target)


def provoker(scene: Scene, predicate: Predicate, codes: set[str | None]) -> Actor | None:
    """Who did what a deed answers: "suspended the pact after Kenya sent troops"; None when that names no one state."""
    verb = predicate.carrier
    above = verb.head.head if verb.head.dep_ == "conj" else verb.head
    clauses = [c for c in verb.children if c.dep_ == "advcl" and marked_after(c)]
    if verb.dep_ in ("xcomp", "ccomp", "conj") and above.lemma_ in PROMPTING:
        clauses = [above]  # "Kenya hosted the rebels, prompting Sudan to recall its envoy"
    for clause in clauses:
        subject = surface_subject(clause)
        if subject is None or is_passive(clause):
            continue
        found = {a.code: a for _, a in named(subject[0], scene.passage, scene.cast) if a.sector in NAMED}
        if len(found) == 1 and not found.keys() & codes:
            return next(iter(found.values()))
    return None


PROMPTING = frozenset({"prompt", "lead", "cause", "push", "spur", "drive", "provoke", "move"})


def marked_after(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "after" for c in clause.children)


def other_clauses(scene: Scene, verb: Token) -> list[Span]:
    """Where the clauses stand that hang on a verb and tell something else."""
    return [
        scene.passage.subtree(c)
        for c in verb.children
        if c.dep_ in ("conj", "advcl", "parataxis", "ccomp") and c.pos_ in ("VERB", "AUX")
    ]


def focus(scene: Scene, without: set[str | None] | frozenset[str | None] = frozenset()) -> Actor | None:
    """The state that the report names most, by far, but for some; None when there is none."""
    count: Counter[str | None] = Counter()
    for actor in scene.cast:
        if without and actor.sector in ("UNO", "IGO"):
            continue  # of whom a report of two states tells too
        if actor.code is not None and actor.code not in without and actor.sector in STATE | PEOPLE:
            count[actor.code] += len(actor.mentions)
    most = count.most_common(1)
    if not most or most[0][1] < TIMES or most[0][1] < SHARE * sum(count.values()):
        return None
    return state_of(scene, most[0][0])


def state_of(scene: Scene, code: str | None) -> Actor | None:
    """The actor of the report that is the state itself; else one that acts for it; None when it names none."""
    own = [a for a in scene.cast if a.code == code and (a.person is None or a.sector == "GOV")]
    ranked = sorted(own, key=lambda a: (not is_state(a), a.sector != "GOV", a.person is not None, a.role is not None))
    return ranked[0] if ranked else None


def is_state(actor: Actor) -> bool:
    """Whether an actor is the state itself, rather than a ministry or somebody in office: of those only the state has
    an entry of its own."""
    return actor.sector == "GOV" and actor.person is None and actor.role is None and actor.wikidata is not None


def doer(scene: Scene, pattern: Pattern, predicate: Predicate, target: Found) -> Implied:
    """Who did what a passive tells without its doer: the speaker whose state will do it; the doer of the deed told just
    before; of an arrest, the state in which it was made.
    """
    if predicate.kind != "verb" or not is_passive(predicate.token) or predicate.fill("agent"):
        return NOBODY
    codes = {a.code for _, a in target}
    verb = predicate.token
    if verb.dep_ == "ccomp" and any(c.lower_ in ("will", "would") for c in verb.children):
        subject = surface_subject(verb.head)
        found = named(subject[0], scene.passage, scene.cast) if subject is not None else []
        found = [f for f in found if f[1].sector in STATE and f[1].code not in codes]
        if found and pattern.type not in ("ASSAULT", "ACCUSE"):
            saw = f"{found[0][1].name} [{found[0][1].code}], who says that it will be done"
            return tuple(found[:1]), (), Reason("code:events.implied.doer", saw, found[0][0].span)
    if pattern.mode in ("expel", "deport"):
        for argument in predicate.fill("from"):
            found = [f for f in named(argument.token, scene.passage, scene.cast) if f[1].code not in codes]
            if found:
                saw = f"{found[0][1].name} [{found[0][1].code}], out of which they were sent"
                return tuple(found[:1]), (), Reason("code:events.implied.doer", saw, found[0][0].span)
    if pattern.type not in ("COERCE", "RETREAT", "ASSAULT"):
        return NOBODY
    held = {a.token.lemma_.lower() for a in predicate.fill("patient")}
    if pattern.type == "COERCE" and pattern.mode == "arrest" and not held & ANYBODY:
        for place in (p for a in predicate.arguments if a.role in ("in", "at", "near") for p in inside(scene, a.token)):
            actor = state_of(scene, place.state)
            if actor is not None and actor.code not in codes:
                saw = f"{actor.name} [{actor.code}]: '{place.span.of(scene.text)}' lies there"
                return (
                    ((Party(place.span, actor.id), actor),),
                    (),
                    Reason("code:events.implied.doer", saw, place.span),
                )
    last = scene.before[-1] if scene.before else None
    if last is not None and continues(scene, last, predicate):
        found = [
            f
            for f in last.source
            if (f[1].code not in codes or (pattern.same and opposed((f,), target))) and f[1].sector in FORCES
        ]
        if len({a.code for _, a in found}) == 1:
            saw = f"{found[0][1].name} [{found[0][1].code}], who did what is told before"
            return tuple(found[:1]), (), Reason("code:events.implied.doer", saw, last.trigger)
    return NOBODY


def continues(scene: Scene, last: Deed, predicate: Predicate) -> bool:
    """Whether a passive goes on with the deed told before: in the same sentence or the next, and of its kind."""
    here = scene.passage.span(predicate.token.sent)
    text = scene.text[min(last.trigger.end, here.start) : here.start]
    return len(text) <= 250 and last.type in ("COERCE", "ASSAULT", "RETREAT") and last.status == "asserted"


def opposed(one: Found, other: Found) -> bool:
    """Whether two sides of one state are the state and its people: a president and the unions, police and rebels."""
    ranks = [{a.sector or "" for _, a in side} for side in (one, other)]
    return bool((ranks[0] <= STATE and ranks[1] <= PEOPLE) or (ranks[0] <= PEOPLE and ranks[1] <= STATE))
