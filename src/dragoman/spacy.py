"""What dragoman reads, as spans on a spaCy Doc: ``nlp.add_pipe("dragoman")``, or :func:`read` for one Doc.

This is the one file beside ``reading/parse.py`` that imports spaCy: it answers to spaCy, and nothing else of dragoman
imports it. The reading is that of ``dragoman read``, with the model that dragoman's rules were made with; of the
pipeline it stands in, it needs the words (the tokenizer) alone.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import types
import typing
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

import dragoman
from dragoman.errors import UsageError
from dragoman.model import Actor, Event, Quote, Reading, Report
from dragoman.model import Span as Place

if TYPE_CHECKING:
    from dragoman import Reader

__all__ = ["KEY", "Component", "extend", "mark", "read"]

KEY = "dragoman"
# Of an actor without a code.
NO_CODE = "?"
AT = ("._.", KEY, None, None)  # where spaCy keeps what belongs to a Doc


def read(doc: Doc, reader: Reader, *, published: dt.date | None = None, title: str | None = None) -> Doc:
    """Read the words of ``doc`` as one report and put what was found on it, as :func:`mark` does.

    published: the day of publication, if it is known.
    """
    return mark(doc, reader.read(_report(doc, published, title)))


def mark(doc: Doc, reading: Reading, key: str = KEY) -> Doc:
    """Put a reading of this very text on ``doc``; the same ``doc``. Raises ValueError when its text is another.

    ``doc.spans["dragoman/actors"]``: mentions; label: the code (``TUR``), or "?" without one; ``id_``: the actor's id
    in the reading; ``kb_id_``: its number in Wikidata. ``doc.spans["dragoman/quotes"]``: the words that were said, by
    pieces; label: direct, mixed or indirect. ``doc.spans["dragoman/events"]``: the evidence; label: the PLOVER type.
    ``span._.dragoman`` is the Actor, Quote or Event, ``doc._.dragoman`` the whole :class:`dragoman.Reading`. A span has
    whole tokens: where a place of the reading begins or ends within one, the span is wider, and the reading exact.
    """
    if reading.report.text != doc.text:
        raise ValueError("The reading is of another text than the Doc. Read doc.text itself")
    extend()
    for name, found in (("actors", _actors(reading)), ("quotes", _quotes(reading)), ("events", _events(reading))):
        spans = (
            doc.char_span(place.start, place.end, label, kb_id=kb, alignment_mode="expand", span_id=ident)
            for place, label, ident, kb in found
        )
        doc.spans[f"{key}/{name}"] = [s for s in spans if s is not None]  # None: beyond the text, which no place is
    _kept(doc)[AT] = _Carried(reading)
    return doc


def extend() -> None:
    """Make ``doc._.dragoman`` and ``span._.dragoman`` known; for those who open Docs that were stored with readings."""
    if not Doc.has_extension(KEY):
        Doc.set_extension(KEY, getter=_reading_of)
    if not Span.has_extension(KEY):
        Span.set_extension(KEY, getter=_row_of)


class Component:
    """The pipe: reads every Doc that comes by. The models are loaded with the first one, in the process that reads."""

    def __init__(self, published: str | None, key: str) -> None:
        """published: the day of publication of all Docs, 2023-05-28; :func:`read` takes one for each."""
        try:
            self._published = None if published is None else dt.date.fromisoformat(published)
        except ValueError:
            raise UsageError(f"{published!r} is no day; write published like 2023-05-28") from None
        self._key = key

    @functools.cached_property
    def reader(self) -> Reader:
        """What reads. spaCy imports this file for every pipeline of anybody's: all that takes time waits until here."""
        return dragoman.Reader()

    def __call__(self, doc: Doc) -> Doc:
        return mark(doc, self.reader.read(_report(doc, self._published)), self._key)

    def __reduce__(self) -> tuple[Any, ...]:
        return Component, (self._published and self._published.isoformat(), self._key)


@Language.factory("dragoman", default_config={"published": None, "key": KEY}, assigns=["doc.spans", "doc._.dragoman"])
def component(nlp: Language, name: str, published: str | None, key: str) -> Component:  # noqa: ARG001 -- as spaCy calls
    """What ``nlp.add_pipe("dragoman", config={"published": "2023-05-28", "key": "dragoman"})`` makes."""
    extend()
    return Component(published, key)


def _report(doc: Doc, published: dt.date | None, title: str | None = None) -> Report:
    stated = "whoever made the pipeline" if published else None
    return Report(doc.text, "a Doc of spaCy", title=title, published=published, published_from=stated)


_Found = Iterator[tuple[Place, str, str, str]]


def _actors(reading: Reading) -> _Found:
    """In the order of the text; of actors named by one and the same words, in the order of the reading."""
    found = ((m.span, a) for a in reading.cast for m in a.mentions)
    for place, actor in sorted(found, key=lambda f: f[0]):
        yield place, actor.code or NO_CODE, actor.id, actor.wikidata or ""


def _quotes(reading: Reading) -> _Found:
    for quote in reading.quotes:
        for place in quote.content:
            yield place, quote.kind, quote.id, ""


def _events(reading: Reading) -> _Found:
    for event in reading.events:
        yield event.evidence, event.type, event.id, ""


def _reading_of(doc: Doc) -> Reading | None:
    kept = _kept(doc).get(AT)
    if kept is None:
        return None
    if not isinstance(kept, _Carried):  # the Doc was stored, or came from another process
        kept = _kept(doc)[AT] = _Carried(_made(Reading, kept))
    return kept.reading


def _kept(doc: Doc) -> dict[Any, Any]:
    """What is kept with a Doc; its keys are any, whatever spaCy's own types say."""
    kept: dict[Any, Any] = doc.user_data
    return kept


def _row_of(span: Span) -> Actor | Quote | Event | None:
    reading = _reading_of(span.doc)
    if reading is None or not span.id_:
        return None
    rows: Iterable[Actor | Quote | Event] = (*reading.cast, *reading.quotes, *reading.events)
    return next((row for row in rows if row.id == span.id_), None)


class _Carried(dict[str, Any]):
    """A reading as spaCy can store it with a Doc, and the reading itself while it is in memory."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(_plain(reading))
        self.reading = reading


def _plain(value: Any) -> Any:
    """Lists, dictionaries and text instead of the values of ``dragoman.model``."""
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value) if f.init}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _made(kind: Any, plain: Any) -> Any:
    """The value of type ``kind`` that :func:`_plain` made ``plain`` of."""
    if plain is None:
        return None
    if isinstance(kind, types.UnionType):
        kind = next(k for k in typing.get_args(kind) if k is not types.NoneType)
    if dataclasses.is_dataclass(kind):
        return _of_fields(kind, plain)
    if typing.get_origin(kind) is tuple:
        return tuple(_made(typing.get_args(kind)[0], v) for v in plain)
    return dt.date.fromisoformat(plain) if kind is dt.date else plain


def _of_fields(kind: Any, plain: dict[str, Any]) -> Any:
    own = _types_of(kind)
    return kind(**{name: _made(own[name], value) for name, value in plain.items()})


@functools.cache
def _types_of(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
