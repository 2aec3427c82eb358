"""A pattern over a predicate: who, to whom, of what type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.knowledge.events import Pattern
from dragoman.model import Actor, Party, Reason
from dragoman.reading.events.implied import STATE, accused, doer, opposed, other_side, there
from dragoman.reading.events.parties import named, owner
from dragoman.reading.events.predicates import Predicate, trigger_span
from dragoman.reading.events.referents import crowd, own_people, referent
from dragoman.reading.events.status import clause_status, worse
from dragoman.reading.events.syntax import Argument, noun_arguments
from dragoman.reading.events.types import Deed, Found, Scene
from dragoman.reading.parse import Token

NOBODY: frozenset[str | None] = frozenset()
UNSAID = 0.8  # of a pattern's confidence where a side is only meant; set by hand


def match(scene: Scene, predicate: Predicate) -> Deed | None:
    """The deed of the pattern that fits best (``rank``); of equals the first in the order of the files."""
    best: Deed | None = None
    words: tuple[frozenset[str], frozenset[str]] | None = None
    theme: set[str] | None = None
    for pattern in scene.known.by_word.get((predicate.kind, predicate.lemma), ()):
        if theme is None and (pattern.theme or pattern.not_theme):
            theme = themes(predicate)
        if words is None and (pattern.with_words or pattern.not_with):
            words = surroundings(predicate)
        if not fits(pattern, predicate, words, theme or set()):
            continue
        deed = cast_roles(scene, pattern, predicate)
        if deed is not None and (best is None or rank(deed) > rank(best)):
            best = deed
    return best


def rank(deed: Deed) -> tuple[bool, bool, int]:
    """Of two deeds of one predicate the greater is meant: with a target, with both sides named, of more demands."""
    return bool(deed.target), not deed.unsaid, demand(deed.pattern)


def demand(pattern: Pattern) -> int:
    """How much a pattern asks for: of two that fit, the one that asks for more is meant."""
    return (
        2 * bool(pattern.theme)
        + 2 * bool(pattern.particle)
        + 2 * bool(pattern.with_words)
        + len(pattern.needs)
        + bool(pattern.not_theme)
        + bool(pattern.not_sector)
    )


def themes(predicate: Predicate) -> set[str]:
    """Words and lemmas of the predicate's theme."""
    theme = {w for t in predicate.theme for w in (t.lower_, t.lemma_.lower())}
    if any(t.tag_ == "NNPS" for t in predicate.theme):
        theme.add("people")  # "two Syrians"
    return theme


def fits(
    pattern: Pattern, predicate: Predicate, words: tuple[frozenset[str], frozenset[str]] | None, theme: set[str]
) -> bool:
    """Whether the words that a pattern demands stand there and those it forbids do not."""
    if pattern.particle and not pattern.particle & predicate.particles:
        return False
    if not pattern.particle and "off" in predicate.particles and predicate.lemma in OFF:
        return False
    if (pattern.theme and pattern.theme.isdisjoint(theme)) or not pattern.not_theme.isdisjoint(theme):
        return False
    if words is not None and (
        (pattern.with_words and pattern.with_words.isdisjoint(words[0])) or not pattern.not_with.isdisjoint(words[1])
    ):
        return False
    if predicate.kind == "noun" and not pattern.lone and predicate.carrier == predicate.token:
        return False
    return all(predicate.fill(r) for r in pattern.needs) and not any(predicate.fill(r) for r in pattern.lacks)


OFF = frozenset({"call", "put", "break"})  # with "off" another word than without


# Words before a clause that tells another deed: "put its army on alert after police arrested ..."
TIMES = frozenset({"after", "before", "as", "because", "when", "since", "while", "although", "though", "once"})


def surroundings(predicate: Predicate) -> tuple[frozenset[str], frozenset[str]]:
    """Words and lemmas below the predicate's verb, and those of its own clause that are not the trigger's own.

    What forbids a pattern must stand in its clause: "thanked X for sending rescue teams" is no sport.
    """
    top = predicate.carrier
    below: Sequence[Token] = top.subtree
    apart = {
        t.i
        for c in top.children
        if c.dep_ == "advcl" and any(m.dep_ in ("mark", "advmod") and m.lower_ in TIMES for m in c.children)
        for t in c.subtree
    }
    if apart:
        below = [t for t in below if t.i not in apart]
    own = {t.i for t in predicate.words}
    for t in below:
        if t.dep_ in ("relcl", "advcl", "pcomp") and t.pos_ in ("VERB", "AUX") and t != top:
            own |= {u.i for u in t.subtree}
    found = [(t.i, t.lower_, t.lemma_.lower()) for t in below]
    return (
        frozenset([w for _, *words in found for w in words]),
        frozenset([w for i, *words in found if i not in own for w in words]),
    )


def cast_roles(scene: Scene, pattern: Pattern, predicate: Predicate) -> Deed | None:
    """Fill the pattern's source and target from the predicate's arguments; None when a side stays open."""
    source_paths = pattern.source + (("modifier",) if predicate.kind == "noun" and "agent" in pattern.source else ())
    source, source_how, source_tokens = first_filled(scene, source_paths, predicate, frozenset())
    taken = frozenset(a.id for _, a in source)
    source += companions(scene, predicate, taken) if pattern.source[:1] == ("agent",) else ()
    done: Reason | None = None
    home = False
    if not source:
        source, source_tokens, done = crowd(scene, pattern, predicate)
    taken = frozenset(a.id for _, a in source)
    codes = NOBODY if pattern.same else frozenset(a.code for _, a in source)
    plain = tuple(p for p in pattern.target if p != "inside")
    target, target_how, target_tokens = first_filled(scene, plain, predicate, taken, codes)
    meant: Reason | None = None
    if not target and source:
        target, target_tokens, meant = referent(scene, pattern.type, predicate, taken, codes)
    if not target and source and pattern.same:
        target, target_tokens, meant = own_people(scene, pattern, predicate, source, done is not None)
        home = bool(target)
    if not target and len(plain) < len(pattern.target) and not to_others(scene, pattern, predicate):
        target, target_how, target_tokens = first_filled(scene, ("inside",), predicate, taken, codes)
    if not target and source and pattern.type in ("ASSAULT", "MOBILIZE") and predicate.kind == "noun":
        target, target_how, target_tokens = aimed_at(scene, predicate, taken, codes)
    if pattern.mutual and not target and len(source) > 1:
        source, target = source[:1], source[1:]
        target_how, target_tokens = f"{source_how}, both sides", source_tokens
    same, unsaid = pattern.same, False
    if not target and source and codes:
        found, how, tokens = first_filled(scene, plain, predicate, taken)
        if found and opposed(source, found):
            target, target_how, target_tokens, same = found, how, tokens, True
    if not target and source and not pattern.open_target and by_head(scene, source_tokens):
        target, target_tokens, meant = other_side(scene, pattern, predicate, source, told_status(pattern, predicate)[0])
        unsaid = bool(target)
    if pattern.type == "ACCUSE" and source and target_how.startswith("'") and forum(target):
        target, target_tokens, meant = accused(scene, predicate, source, target)
        unsaid = bool(target)
    if target and not source:
        source, source_tokens, done = doer(scene, pattern, predicate, target)
    if not source or (not target and not pattern.open_target):
        return None
    if done is None and any((a.sector or "") in pattern.not_sector for _, a in source):
        return None  # of a crowd in the street the state stands for its people
    if pattern.official and not any((a.person or a.role) is not None and a.sector in STATE for _, a in source):
        return None
    status, seen = told_status(pattern, predicate)
    passage = scene.passage
    trigger = trigger_span(predicate, passage)
    near = passage.span(predicate.token.sent)  # who is only meant may stand in another sentence
    parts = [trigger, *(p.span for p, _ in (*source, *target) if near.contains(p.span))]
    parts += [passage.span(t) for t in (*source_tokens, *target_tokens)]
    if predicate.kind == "verb":
        parts += [passage.span(a.token) for a in predicate.fill("patient")]
    trail = [
        Reason(pattern.row, f"'{' '.join(w.text for w in predicate.words)}'", trigger, pattern.confidence),
        done or Reason("code:events.deeds.first_filled", f"source: {names(source)} ({source_how})", source[0][0].span),
    ]
    if meant is not None:
        trail.append(meant)
    elif target:
        trail.append(
            Reason("code:events.deeds.first_filled", f"target: {names(target)} ({target_how})", target[0][0].span)
        )
    if seen:
        trail.append(Reason("code:events.status.clause_status", f"{status}: '{seen}'"))
    if pattern.mutual:
        trail.append(Reason(pattern.row, "mutual: either side is source and target"))
    sure = round(pattern.confidence * UNSAID, 2) if unsaid or done else pattern.confidence
    return Deed(
        pattern.type, pattern.mode, pattern.cameo, pattern.contexts, status, source, target, predicate, trigger,
        tuple(parts), sure, tuple(trail), pattern, same, pattern.open_target, pattern.mutual,
        home=home, unsaid=sure < pattern.confidence,
    )  # fmt: skip


def forum(side: Found) -> bool:
    """Whether a side is bodies to which one complains of another: a council, a court."""
    return bool(side) and all(a.sector in ("IGO", "UNO") for _, a in side)


def by_head(scene: Scene, tokens: tuple[Token, ...]) -> bool:
    """Whether a side is named by the word that does it, not merely as the owner of that: "Turkish trade grew"."""
    return any(named(t, scene.passage, scene.cast) for t in tokens)


def told_status(pattern: Pattern, predicate: Predicate) -> tuple[str, str]:
    """What the clause, the event noun and the pattern itself say of whether it happened, and the word that says so."""
    status, seen = clause_status(predicate.carrier)
    if predicate.carrier != predicate.token and predicate.kind == "noun" and status == "asserted":
        status, seen = clause_status(predicate.token)
    return worse(status, pattern.status), seen


def companions(scene: Scene, predicate: Predicate, taken: frozenset[str]) -> Found:
    """Who does it too: "together with A", "alongside A", "in partnership with A and B"."""
    out: list[tuple[Party, Actor]] = []
    for argument in (
        *predicate.fill("alongside"),
        *predicate.fill("with"),
        *predicate.fill("agent"),
        *predicate.fill("in"),
    ):
        together = argument.role == "with" and argument.token.head.i and argument.token.head.nbor(-1).lower_ in TOGETHER
        if argument.role == "alongside" or together:
            out += named(argument.token, scene.passage, scene.cast)
        for child in argument.token.children:
            beside = argument.role == "agent" and (
                child.lower_ == "alongside"
                or (child.lower_ == "with" and any(c.lower_ in TOGETHER for c in child.children))
            )
            joined = argument.role == "in" and child.lower_ == "with" and argument.token.lemma_ in JOINTLY
            if beside or joined:
                out += [f for o in child.children if o.dep_ == "pobj" for f in named(o, scene.passage, scene.cast)]
    return free(out, taken, NOBODY)


TOGETHER = frozenset({"together", "along", "jointly"})
JOINTLY = frozenset({"partnership", "coordination", "cooperation", "conjunction", "concert", "collaboration"})


def names(found: Found) -> str:
    return ", ".join(f"{a.name} [{a.code}]" for _, a in found)


def first_filled(
    scene: Scene,
    paths: Iterable[str],
    predicate: Predicate,
    taken: frozenset[str],
    codes: frozenset[str | None] = NOBODY,
) -> tuple[Found, str, tuple[Token, ...]]:
    """Walk a pattern's paths in order; the first role that names an actor not yet taken fills the side.

    A path is a role (agent, patient, recipient, a preposition), or a role and a sub-role of the noun in it
    (patient.with: the partner in "cancelled talks with Iran"), or either with "!": only the head may be the actor.
    """
    for path in paths:
        if path == "round":
            if scene.rounds:
                return free(scene.rounds[-1].sender, taken, codes), "the sender of the messages before", ()
            continue
        if path == "there":
            found, how = there(scene, predicate, codes)
            if found:
                return found, how, ()
            continue
        if path == "inside":
            found = inside(scene, predicate, taken, codes)
            if found:
                return found, "the first other actor in what follows", ()
            continue
        strict = path.endswith("!")
        role, _, sub = path.rstrip("!").partition(".")
        for argument in predicate.fill(role):
            if sub == "owner":
                found = free(owner(argument.token, scene.passage, scene.cast), taken, codes)
                if found:
                    return found, f"whose the {argument.token.text} is", (argument.token,)
                continue
            inner = [a for a in noun_arguments(argument.token) if a.role == sub] if sub else [argument]
            for a in inner:
                found = free(resolve(scene, a, strict), taken, codes)
                if found:
                    how = a.how if not sub else f"{a.how}, under {role}"
                    return found, how, (a.token,)
    return (), "", ()


def free(found: Iterable[tuple[Party, Actor]], taken: frozenset[str], codes: frozenset[str | None]) -> Found:
    """Those who are not on the other side already, by themselves or by their code."""
    return tuple(f for f in found if f[1].id not in taken and f[1].code not in codes)


def inside(scene: Scene, predicate: Predicate, taken: frozenset[str], codes: frozenset[str | None]) -> Found:
    """The first coded actor after the predicate, in its own complement or object; for words of speech and will."""
    bearer = predicate.carrier
    about = scene.known.by_word.get((predicate.kind, predicate.lemma), ())
    speaks = any(p.type in ("ACCUSE", "SUPPORT") for p in about)
    for child in bearer.children:
        if child.i < bearer.i or child.dep_ not in ("xcomp", "ccomp", "dobj", "prep", "acl", "dative", "oprd"):
            continue
        for token in sorted(child.subtree, key=lambda t: t.i):
            if in_talk(scene, token) or (speaks and suffers(scene, token, child)):
                continue
            found = free(named(token, scene.passage, scene.cast), taken, codes)
            if forum(found) and {token.lemma_.lower(), token.head.lemma_.lower()} & PAPERS:
                continue  # "threatened to restore U.N. sanctions": not against the U.N.
            if found:
                return found[:1]
    return ()


def aimed_at(
    scene: Scene, predicate: Predicate, taken: frozenset[str], codes: frozenset[str | None]
) -> tuple[Found, str, tuple[Token, ...]]:
    """Whom force is for: the first actor of the purpose, "launched an offensive to retake the province of X"."""
    for child in (*predicate.token.children, *predicate.carrier.children):
        if child.dep_ in ("acl", "advcl", "xcomp") and any(c.tag_ == "TO" for c in child.children):
            for token in sorted(child.subtree, key=lambda t: t.i):
                found = free(named(token, scene.passage, scene.cast), taken, codes)
                if found:
                    return found[:1], "in what it was for", (token,)
    return (), "", ()


def to_others(scene: Scene, pattern: Pattern, predicate: Predicate) -> bool:
    """Whether a request goes to private people: "urged its citizens to avoid trips to China" asks nothing of China."""
    if pattern.type != "REQUEST":
        return False
    return any(
        a.token.lemma_.lower() in scene.known.words["bystanders"]
        for r in ("patient", "on", "to")
        for a in predicate.fill(r)
    )


PAPERS = frozenset({"sanction", "resolution", "charter", "mandate", "embargo", "report", "convention"})


def suffers(scene: Scene, token: Token, top: Token) -> bool:
    """Whether a name is only that of who suffered what is spoken of: "condemned an attack on a convoy of Chad"."""
    for up in token.ancestors:
        if up.dep_ == "relcl":
            return True
        struck = up.dep_ == "prep" and up.lower_ in ("on", "against") and up.head.pos_ == "NOUN"
        if struck and any(p.type == "ASSAULT" for p in scene.known.by_word.get(("noun", up.head.lemma_.lower()), ())):
            return True
        if up == top:
            break
    return False


def in_talk(scene: Scene, token: Token) -> bool:
    """Whether a name is only that of the partner of a talk: "condemned the raid in a phone call with X"."""
    talks = scene.known.words["talks"]
    return any(p.dep_ == "prep" and p.lower_ == "with" and p.head.lemma_.lower() in talks for p in token.ancestors)


def resolve(scene: Scene, argument: Argument, strict: bool) -> list[tuple[Party, Actor]]:
    """The actors that an argument names by its head, else (unless strict) by whose it is."""
    found = named(argument.token, scene.passage, scene.cast)
    if found or strict or (argument.role in ("agent", "holder") and not acts_for_owner(scene, argument.token)):
        return found
    lemma = argument.token.lemma_.lower()
    if ("noun", lemma) in scene.known.by_word or lemma in scene.known.words["done_to"]:
        for a in noun_arguments(argument.token):
            if a.role in ("agent", "modifier", "from"):
                found = named(a.token, scene.passage, scene.cast) or owner(a.token, scene.passage, scene.cast)
                if found:
                    return found
        return []
    return owner(argument.token, scene.passage, scene.cast)


def acts_for_owner(scene: Scene, noun: Token) -> bool:
    """Whether what a noun does is its owner's deed: a guard's and a delegation's is, a pianist's is not."""
    lemma = noun.lemma_.lower()
    if lemma == "group" and not any(c.lower_ == "of" for c in noun.children):
        return False
    if lemma == "fire":  # Israeli fire, not forest fires
        return noun.tag_ == "NN" and any(c.dep_ == "amod" and c.text[0].isupper() for c in noun.children)
    return noun.pos_ == "PROPN" or lemma in scene.known.words["public"] or ("noun", lemma) in scene.known.by_word


def with_reason(deed: Deed, reason: Reason, **changes: object) -> Deed:
    """A copy of the deed with one more step in its trail."""
    return replace(deed, trail=(*deed.trail, reason), **changes)  # type: ignore[arg-type]
