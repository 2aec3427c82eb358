"""Predicates over predicates: refused to join, threatened to stop delivering, said it would send."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.events import Embedding, Lift
from dragoman.model import Reason
from dragoman.reading.events.deeds import first_filled, names, with_reason
from dragoman.reading.events.predicates import (
    Predicate,
    adjective_predicate,
    lemma_of,
    noun_lemma,
    noun_predicate,
    verb_predicate,
)
from dragoman.reading.events.status import clause_status, worse
from dragoman.reading.events.syntax import OBJECT_GERUND_VERBS, Argument, holder_of, is_passive
from dragoman.reading.events.types import Deed, Found, Scene
from dragoman.reading.parse import Token

DEPTH = 6  # no sentence seen stacks more predicates than this


@dataclass(frozen=True, slots=True)
class Governor:
    """A predicate that another hangs on. relation: xcomp, ccomp, dobj, acl, pcomp:of, prep:for ..."""

    token: Token
    relation: str
    kind: str  # verb | noun | adjective


def governor(token: Token) -> Governor | None:
    """What the predicate ``token`` hangs on as a complement, or None where it stands alone."""
    head, dep = token.head, token.dep_
    if head == token:
        return None
    if dep == "conj":
        return governor(head)
    if dep == "nsubj" and head.pos_ == "VERB" and token.pos_ == "NOUN":
        return Governor(head, "nsubj", "verb")
    if dep in ("xcomp", "ccomp", "dobj", "nsubjpass", "oprd"):
        if dep == "nsubjpass" and not is_passive(head):
            return None
        kind = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}.get(head.pos_)
        return Governor(head, "dobj" if dep == "nsubjpass" else dep, kind) if kind else None
    if dep in ("acl", "relcl", "advcl") and any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children):
        above = head if head.pos_ == "VERB" else next((a for a in head.ancestors if a.pos_ == "VERB"), None)
        if above is not None and above.i < token.i and not any(c.dep_ == "ccomp" for c in above.children):
            return Governor(above, "ccomp", "verb")
    if dep == "acl" and head.pos_ in ("NOUN", "PROPN") and any(c.tag_ == "TO" for c in token.children):
        return Governor(head, "acl", "noun")
    if dep in ("pcomp", "pobj") and head.pos_ in ("ADP", "SCONJ") and head.head != head:
        above = head.head
        if above.pos_ in ("PROPN", "NOUN") and above.dep_ == "dobj" and blames(above.head, head):
            above = above.head  # "accused A of waging war", hung on A
        kind = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}.get(above.pos_)
        relation = f"{'pcomp' if dep == 'pcomp' else 'prep'}:{head.lower_}"
        return Governor(above, relation, kind) if kind else None
    if dep == "advcl" and any(c.tag_ == "TO" for c in token.children) and head.pos_ in ("VERB", "AUX"):
        return Governor(head, "purpose", "verb")
    return None


def blames(verb: Token, prep: Token) -> bool:
    """Whether a verb takes its charge by this preposition: accuse of, blame for."""
    return verb.lemma_ in OBJECT_GERUND_VERBS.get(prep.lower_, frozenset())


def lifted(scene: Scene, deed: Deed) -> Deed | None:
    """The deed as the predicates above it leave it; None when one of them takes it away."""
    deed = foretold(scene, deed, "will")
    if deed.status == "denied" and will_not(deed.predicate.carrier):
        deed = foretold(scene, deed, "will-not")
    token = deed.predicate.token
    if deed.predicate.kind == "adjective":
        token = deed.predicate.carrier
    for _ in range(DEPTH):
        above = governor(token)
        if above is None:
            break
        if above.token == deed.predicate.carrier and lemma_of(above.token) in scene.known.words["light"]:
            token = above.token
            continue
        entry, lift = find(scene, above, deed)
        if lift is None or entry is None:
            if above.relation == "purpose" and lemma_of(above.token) in scene.known.words["going"]:
                status, seen = clause_status(above.token)
                why = Reason(
                    "code:events.embed.lifted", f"what one {above.token.text} for" + (f": '{seen}'" if seen else "")
                )
                deed = with_reason(deed, why, status=worse(deed.status, status))
            elif above.relation in ("purpose", "acl"):
                deed = with_reason(
                    deed,
                    Reason("code:events.embed.lifted", f"only aimed at: '{above.token.text}'"),
                    status=worse(deed.status, "hypothetical"),
                )
            elif above.relation.startswith("prep:") or above.relation in ("dobj", "oprd", "nsubj"):
                break
        elif lift.drop:
            return None
        else:
            raised = raise_deed(scene, deed, above, entry, lift)
            if raised is None:
                return None
            deed = raised
        token = above.token
    return foretold(scene, deed, "planned")


def find(scene: Scene, above: Governor, deed: Deed) -> tuple[Embedding | None, Lift | None]:
    """The first entry for the governor's lemma that speaks of such a deed in such a relation."""
    word = above.token
    lemma = lemma_of(word) if above.kind == "verb" else noun_lemma(word) if above.kind == "noun" else word.lower_
    cooperative = scene.ontology.types[deed.type].cooperative
    for entry in scene.known.embedding_of.get((above.kind, lemma), ()):
        if entry.relations and above.relation not in entry.relations:
            continue
        hanging = {c.lower_ for c in word.children if c.dep_ in ("prt", "advmod")}
        if entry.particle and not entry.particle & hanging:
            continue
        if (entry.inner and deed.status not in entry.inner) or (entry.own and not same_doer(scene, above, deed)):
            continue
        lift = entry.lift(deed.type, cooperative)
        if lift is not None:
            return entry, lift
    return None, None


def same_doer(scene: Scene, above: Governor, deed: Deed) -> bool:
    """Whether who says, tells or warns is of the state or group that is to do it."""
    source, _, _ = first_filled(scene, ("agent",), governing_predicate(scene, above), frozenset())
    return bool({a.code for _, a in source} & {a.code for _, a in deed.source})


def raise_deed(scene: Scene, deed: Deed, above: Governor, entry: Embedding, lift: Lift) -> Deed | None:
    """The outer deed that an embedding makes of an inner one: whose it is, on whom, of what type and status."""
    predicate = governing_predicate(scene, above)
    bearer = predicate.carrier
    status, seen = clause_status(bearer)
    at = scene.passage.span(above.token)
    if lift.type is None:
        new = worse(worse(deed.status, lift.status or "asserted"), status)
        saw = f"'{above.token.text}' over {deed.type}: {new}" + (f" ('{seen}')" if seen else "")
        return with_reason(deed, Reason(entry.row, saw, at), status=new, parts=(*deed.parts, at))
    source, how, tokens = first_filled(scene, ("agent",), predicate, frozenset())
    if not source and above.kind == "noun" and (holder := holder_of(above.token)) is not None:
        extra = Argument("agent", *holder)
        predicate = Predicate(
            predicate.lemma, predicate.kind, predicate.token, predicate.carrier, predicate.words,
            (*predicate.arguments, extra), predicate.particles, predicate.theme,
        )  # fmt: skip
        source, how, tokens = first_filled(scene, ("agent",), predicate, frozenset())
    if not source and deed.mutual:  # "talks between A and B were suspended": by either
        source, how = deed.source, "either side"
    if not source:
        return None
    taken = frozenset(a.id for _, a in source)
    target, target_how = outer_target(scene, entry, predicate, deed, taken)
    if not target:
        return None
    new = worse(lift.status or "asserted", status)
    parts = (
        *deed.parts,
        at,
        *(p.span for p, _ in source),
        *(p.span for p, _ in target),
        *(scene.passage.span(t) for t in tokens),
    )
    cameo = lift.cameo or scene.ontology.default_code(lift.type, lift.mode, deed.contexts)
    saw = f"'{above.token.text}' over {deed.type} makes {lift.type}" + (f", {new} ('{seen}')" if seen else f", {new}")
    trail = (
        *deed.trail,
        Reason(entry.row, saw, at),
        Reason(
            "code:events.embed.raise_deed", f"source: {names(source)} ({how}); target: {names(target)} ({target_how})"
        ),
    )
    return Deed(
        lift.type, lift.mode, cameo, deed.contexts, new, source, target, deed.predicate, at, parts,
        deed.confidence, trail, deed.pattern, False, False, False,
    )  # fmt: skip


def outer_target(
    scene: Scene, entry: Embedding, predicate: Predicate, deed: Deed, taken: frozenset[str]
) -> tuple[Found, str]:
    """The embedding's own target, else the inner event's, by the paths of the entry."""
    for path in entry.target or ("inner.target", "inner.source"):
        if path == "inner.partner" and not deed.mutual:
            continue
        if path == "inner.source":
            found: Found = tuple(f for f in deed.source if f[1].id not in taken)
            how = "the doer of what is meant"
        elif path in ("inner.target", "inner.partner"):
            found = tuple(f for f in deed.target if f[1].id not in taken)
            how = "whom the inner deed is for"
        else:
            found, how, _ = first_filled(scene, (path,), predicate, taken)
        if found:
            return found, how
    return (), ""


def governing_predicate(scene: Scene, above: Governor) -> Predicate:
    """The governor with its own arguments."""
    if above.kind == "verb":
        return verb_predicate(above.token)
    if above.kind == "adjective":
        return adjective_predicate(above.token)
    return noun_predicate(above.token, scene.known)


def will_not(verb: Token) -> bool:
    """Whether a clause says that its subject will not, or would not, do it, and not on a condition."""
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in verb.children):
        return False
    return any(c.dep_ == "neg" for c in verb.children) and any(
        c.dep_ == "aux" and c.lower_ in ("will", "would", "wo", "’ll", "'ll", "shall") for c in verb.children
    )


def foretold(scene: Scene, deed: Deed, entry_verb: str) -> Deed:
    """A deed to come, by the entries "will" (the clause says so) and "planned" (what stands above does); or one that is
    refused ("will-not").

    PLOVER counts promised cooperation as AGREE, cooperation that one will not give as REJECT.
    """
    if deed.status != ("denied" if entry_verb == "will-not" else "planned"):
        return deed
    if deed.mode == "visit" and entry_verb != "will-not":
        return deed  # a journey that is planned is no promise
    for entry in scene.known.embedding_of.get(("verb", entry_verb), ()):
        lift = entry.lift(deed.type, scene.ontology.types[deed.type].cooperative)
        if lift is not None and lift.type is not None:
            cameo = lift.cameo or scene.ontology.default_code(lift.type, lift.mode, deed.contexts)
            why = Reason(entry.row, f"{deed.type}, {entry_verb.replace('-', ' ')}: counts as {lift.type}")
            return with_reason(
                deed, why, type=lift.type, mode=lift.mode, cameo=cameo, status=lift.status or deed.status
            )
    return deed
