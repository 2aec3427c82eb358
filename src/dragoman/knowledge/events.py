"""data/events: patterns (one file a type), word lists, light and embedding predicates, occasions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import Ontology
from dragoman.knowledge.tables import read_yaml
from dragoman.model import STATUSES

CLASSES = ("cooperative", "hostile")  # over what an embedding predicate may stand, beside the names of types


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence of an entry and what must come of it."""

    text: str
    source: tuple[str, ...] = ()  # actor codes
    target: tuple[str, ...] = ()
    status: str = "asserted"
    type: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A predicate, what must stand around it, and the event it tells. Words are lemmas; see data/events/README.md."""

    id: str
    type: str
    row: str  # events/AID/deliver-arms
    verbs: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    particle: frozenset[str]  # one of these must hang on the verb; empty: no demand
    theme: frozenset[str]  # one of these words must stand in the theme; empty: no demand
    not_theme: frozenset[str]
    with_words: frozenset[str]  # one of these words must stand somewhere in the clause
    not_with: frozenset[str]  # none of these words may stand in the clause
    needs: tuple[str, ...]  # roles that must be filled
    lacks: tuple[str, ...]  # roles that must be empty
    source: tuple[str, ...]  # paths of roles, the first that names an actor counts
    target: tuple[str, ...]
    mutual: bool
    lone: bool  # a noun may tell the event without a verb that carries it out
    open_target: bool  # the target may stay empty
    unsaid: bool  # the target may be left to what the report has told before
    same: bool  # source and target may share a code
    status: str  # what the clause's own status is joined with: planned for a promise
    not_sector: frozenset[str]  # sectors whose actors do not do this: a government does not demonstrate
    occasion: str  # none: no message; any: a message, its occasion may be unknown; needed: one only on a known occasion
    mode: str | None
    cameo: str
    contexts: tuple[str, ...]
    confidence: float
    examples: tuple[Example, ...]
    counter: tuple[str, ...]
    official: bool = False  # the source must be an official: a person in office


@dataclass(frozen=True, slots=True)
class Lift:
    """What becomes of an inner event under an embedding predicate. type None: it passes with another status."""

    type: str | None
    status: str | None
    mode: str | None
    cameo: str | None
    drop: bool


@dataclass(frozen=True, slots=True)
class Embedding:
    """A predicate over a predicate: refuse, threaten, promise, begin. ``over`` is keyed by type or by CLASSES."""

    id: str
    row: str  # events/embeddings/refuse
    verbs: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    relations: frozenset[str]  # how the inner predicate may hang on it; empty: any
    over: Mapping[str, Lift]
    target: tuple[str, ...]  # the embedding predicate's own roles that name the target; else the inner event's
    examples: tuple[Example, ...]
    counter: tuple[str, ...]
    particle: frozenset[str] = frozenset()  # one of these must hang on the verb: "called off"
    inner: frozenset[str] = frozenset()  # statuses that the inner event must have; empty: any
    own: bool = False  # the embedding's subject must be of the inner event's source: "said it would attack"

    def lift(self, event_type: str, cooperative: bool) -> Lift | None:
        """What becomes of an inner event of that type; None: this entry says nothing about it."""
        return self.over.get(event_type) or self.over.get(CLASSES[0] if cooperative else CLASSES[1])


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion of greeting, and the words that show it."""

    name: str
    row: str  # events/occasions/new-year
    cues: tuple[str, ...]  # lower-case phrases
    lasting: bool  # it holds for the later messages of the same report
    to_one: bool  # many write to one (condolence), not one to many
    examples: tuple[str, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventPatterns:
    """What data/events holds."""

    patterns: tuple[Pattern, ...]
    by_word: Mapping[tuple[str, str], tuple[Pattern, ...]]  # (kind, lemma) -> patterns, in order of the files
    embeddings: tuple[Embedding, ...]
    embedding_of: Mapping[tuple[str, str], tuple[Embedding, ...]]
    words: Mapping[str, frozenset[str]]  # named word lists
    contexts: Mapping[str, frozenset[str]]  # context -> words that show it
    occasions: tuple[Occasion, ...]
    references: Mapping[str, frozenset[str]]  # a noun that points back -> types of deed that it may mean
    showing_none: frozenset[tuple[str, ...]] = frozenset()  # phrases (lemmas) whose words show no context: tear gas

    def without(self, pattern_id: str) -> EventPatterns:
        """The same knowledge less one pattern or embedding, by its row."""
        return _index(
            tuple(p for p in self.patterns if p.row != pattern_id),
            tuple(e for e in self.embeddings if e.row != pattern_id),
            self.words,
            self.contexts,
            self.occasions,
            self.references,
            self.showing_none,
        )


def load_events(folder: Path, ontology: Ontology) -> EventPatterns:
    """Read data/events. Raises KnowledgeError naming file and entry for an unknown type, mode, code, list or key."""
    words: dict[str, frozenset[str]] = {}
    for name, members in read_yaml(folder / "words.yaml").items():
        words[name] = _words(members, words, f"{folder}/words.yaml: {name}")
    patterns: list[Pattern] = []
    for name in ontology.types:
        path = folder / f"{name.lower()}.yaml"
        for entry in read_yaml(path):
            patterns.append(_pattern(entry, name, words, ontology, path))
    for entry in read_yaml(folder / "messages.yaml"):
        message = _pattern(entry, "SUPPORT", words, ontology, folder / "messages.yaml")
        patterns.append(replace(message, row=f"events/messages/{message.id}"))
    embeddings = tuple(_embedding(e, words, ontology, folder) for e in read_yaml(folder / "embeddings.yaml"))
    shown = read_yaml(folder / "contexts.yaml")
    showing_none = frozenset(tuple(phrase.split()) for phrase in shown.pop("never", ()))
    contexts = {c: _words(ws, words, f"{folder}/contexts.yaml: {c}") for c, ws in shown.items()}
    for context in contexts:
        if context not in ontology.contexts:
            raise KnowledgeError(f"{folder}/contexts.yaml: {context} is no context of the ontology")
    occasions = tuple(
        Occasion(
            o["id"], f"events/occasions/{o['id']}", tuple(o["cues"]), bool(o.get("lasting", False)),
            bool(o.get("to_one", False)), tuple(o.get("examples", ())), tuple(o.get("counter", ())),
        )
        for o in read_yaml(folder / "occasions.yaml")
    )  # fmt: skip
    rows = [p.row for p in patterns] + [e.row for e in embeddings] + [o.row for o in occasions]
    for row in rows:
        if rows.count(row) > 1:
            raise KnowledgeError(f"{folder}: {row} stands there twice")
    references: dict[str, frozenset[str]] = {}
    for entry in read_yaml(folder / "references.yaml"):
        for name in entry["types"]:
            if name not in ontology.types:
                raise KnowledgeError(f"{folder}/references.yaml: {entry['id']}: no type {name}")
        for noun in entry["nouns"]:
            references[noun] = references.get(noun, frozenset()) | frozenset(entry["types"])
    return _index(tuple(patterns), embeddings, words, contexts, occasions, references, showing_none)


def _index(
    patterns: tuple[Pattern, ...],
    embeddings: tuple[Embedding, ...],
    words: Mapping[str, frozenset[str]],
    contexts: Mapping[str, frozenset[str]],
    occasions: tuple[Occasion, ...],
    references: Mapping[str, frozenset[str]],
    showing_none: frozenset[tuple[str, ...]],
) -> EventPatterns:
    by_word: dict[tuple[str, str], list[Pattern]] = {}
    for p in patterns:
        for kind, lemmas in (("verb", p.verbs), ("noun", p.nouns), ("adjective", p.adjectives)):
            for lemma in sorted(lemmas):
                by_word.setdefault((kind, lemma), []).append(p)
    embedding_of: dict[tuple[str, str], list[Embedding]] = {}
    for e in embeddings:
        for kind, lemmas in (("verb", e.verbs), ("noun", e.nouns), ("adjective", e.adjectives)):
            for lemma in sorted(lemmas):
                embedding_of.setdefault((kind, lemma), []).append(e)
    return EventPatterns(
        patterns,
        {k: tuple(v) for k, v in by_word.items()},
        embeddings,
        {k: tuple(v) for k, v in embedding_of.items()},
        words,
        contexts,
        occasions,
        references,
        showing_none,
    )


PATTERN_KEYS = frozenset(
    [
        "id",
        "verbs",
        "nouns",
        "adjectives",
        "particle",
        "theme",
        "not_theme",
        "with_words",
        "not_with",
        "needs",
        "lacks",
        "source",
        "target",
        "mutual",
        "lone",
        "open_target",
        "official",
        "unsaid",
        "same",
        "status",
        "not_sector",
        "occasion",
        "mode",
        "cameo",
        "contexts",
        "confidence",
        "examples",
        "counter",
    ]
)
EMBEDDING_KEYS = frozenset(
    [
        "id",
        "particle",
        "verbs",
        "nouns",
        "adjectives",
        "relations",
        "over",
        "target",
        "inner",
        "own",
        "examples",
        "counter",
    ]
)


def _words(members: Any, words: Mapping[str, frozenset[str]], where: str) -> frozenset[str]:
    """A list of words; ``@name`` stands for a named list."""
    out: set[str] = set()
    for member in [members] if isinstance(members, str) else members or ():
        if not isinstance(member, str):
            raise KnowledgeError(f"{where}: {member!r} is no word; put it in quotes")
        if not member.startswith("@"):
            out.add(member)
        elif member[1:] in words:
            out |= words[member[1:]]
        else:
            raise KnowledgeError(f"{where}: no list {member} in words.yaml")
    return frozenset(out)


def _paths(roles: Any, where: str) -> tuple[str, ...]:
    """Paths of roles; YAML reads a bare ``on`` or ``off`` as a truth value."""
    for role in roles:
        if not isinstance(role, str):
            raise KnowledgeError(f"{where}: {role!r} is no role; put it in quotes")
    return tuple(roles)


def _codes(value: Any) -> tuple[str, ...]:
    return tuple(value.split()) if isinstance(value, str) else tuple(value or ())


def _examples(entries: Any, event_type: str, where: str) -> tuple[Example, ...]:
    out = []
    for e in entries or ():
        status = e.get("status", "asserted")
        if status not in STATUSES:
            raise KnowledgeError(f"{where}: {status!r} is no status")
        example = Example(
            e["text"], _codes(e.get("source")), _codes(e.get("target")), status, e.get("type", event_type)
        )
        out.append(example)
    return tuple(out)


def _pattern(
    e: dict[str, Any], event_type: str, words: Mapping[str, frozenset[str]], ontology: Ontology, path: Path
) -> Pattern:
    where = f"{path}: {e.get('id', e)}"
    unknown = sorted(set(e) - PATTERN_KEYS)
    if unknown or "id" not in e:
        raise KnowledgeError(f"{where}: unknown key {', '.join(unknown)}" if unknown else f"{where}: no id")
    occasion = e.get("occasion", "none")
    if occasion not in ("none", "any", "needed"):
        raise KnowledgeError(f"{where}: occasion is none, any or needed, not {occasion!r}")
    status = e.get("status", "asserted")
    if status not in STATUSES:
        raise KnowledgeError(f"{where}: {status!r} is no status")
    mode = e.get("mode")
    if mode is not None and (event_type, mode) not in ontology.modes:
        raise KnowledgeError(f"{where}: {event_type} has no mode {mode}")
    contexts = tuple(e.get("contexts", ()))
    for context in contexts:
        if context not in ontology.contexts:
            raise KnowledgeError(f"{where}: no context {context}")
    cameo = str(e.get("cameo") or ontology.default_code(event_type, mode, contexts))
    if cameo not in ontology.cameo:
        raise KnowledgeError(f"{where}: no CAMEO code {cameo}; quote it when it starts with 0")
    return Pattern(
        id=e["id"],
        type=event_type,
        row=f"events/{event_type}/{e['id']}",
        verbs=_words(e.get("verbs"), words, where),
        nouns=_words(e.get("nouns"), words, where),
        adjectives=_words(e.get("adjectives"), words, where),
        particle=_words(e.get("particle"), words, where),
        theme=_words(e.get("theme"), words, where),
        not_theme=_words(e.get("not_theme"), words, where),
        with_words=_words(e.get("with_words"), words, where),
        not_with=_words(e.get("not_with"), words, where),
        needs=_paths(e.get("needs", ()), where),
        lacks=_paths(e.get("lacks", ()), where),
        source=_paths(e.get("source", ("agent",)), where),
        target=_paths(e.get("target", ("patient",)), where),
        mutual=bool(e.get("mutual", False)),
        lone=bool(e.get("lone", True)),
        open_target=bool(e.get("open_target", False)),
        unsaid=bool(e.get("unsaid", bool(e.get("theme")) or "with_words" not in e)),
        same=bool(e.get("same", False)),
        status=status,
        not_sector=_words(e.get("not_sector"), words, where),
        occasion=occasion,
        mode=mode,
        cameo=cameo,
        contexts=contexts,
        confidence=float(e.get("confidence", 0.75)),
        examples=_examples(e.get("examples"), event_type, where),
        counter=tuple(e.get("counter", ())),
        official=bool(e.get("official", False)),
    )


def _embedding(e: dict[str, Any], words: Mapping[str, frozenset[str]], ontology: Ontology, folder: Path) -> Embedding:
    where = f"{folder}/embeddings.yaml: {e.get('id', e)}"
    unknown = sorted(set(e) - EMBEDDING_KEYS)
    if unknown:
        raise KnowledgeError(f"{where}: unknown key {', '.join(unknown)}")
    over = {}
    for key, lift in e["over"].items():
        if key not in CLASSES and key not in ontology.types:
            raise KnowledgeError(f"{where}: {key} is neither a type nor one of {', '.join(CLASSES)}")
        if lift.get("type") is not None and lift["type"] not in ontology.types:
            raise KnowledgeError(f"{where}: no type {lift['type']}")
        if lift.get("status") is not None and lift["status"] not in STATUSES:
            raise KnowledgeError(f"{where}: no status {lift['status']}")
        over[key] = Lift(
            lift.get("type"), lift.get("status"), lift.get("mode"), lift.get("cameo"), bool(lift.get("drop", False))
        )
    return Embedding(
        e["id"], f"events/embeddings/{e['id']}", _words(e.get("verbs"), words, where),
        _words(e.get("nouns"), words, where), _words(e.get("adjectives"), words, where),
        frozenset(e.get("relations", ())), over, _paths(e.get("target", ()), where),
        _examples(e.get("examples"), "", where), tuple(e.get("counter", ())), _words(e.get("particle"), words, where),
        frozenset(e.get("inner", ())), bool(e.get("own", False)),
    )  # fmt: skip
