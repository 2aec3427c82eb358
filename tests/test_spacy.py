"""Readings as spans on a Doc of spaCy."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import dragoman.spacy
import made_up
from dragoman import Reader, Reading
from dragoman.errors import UsageError

TEXT = (
    "ANKARA, May 3, 2021 - Turkish Foreign Minister Mevlut Cavusoglu met Greek Foreign Minister Nikos Dendias on "
    "Monday.\n\n"
    "“We want the talks to go on,” Cavusoglu told reporters.\n"
)
KINDS = ("actors", "quotes", "events")


@pytest.fixture(scope="module")
def nlp(nlp_reader: Reader) -> Language:
    """A pipeline that knows nothing but words, with the pipe; its reader is that of all tests."""
    made = spacy.blank("en")
    made.add_pipe("dragoman").reader = nlp_reader  # type: ignore[attr-defined]
    return made


def test_spans(nlp: Language) -> None:
    doc = nlp(TEXT)
    reading: Reading = doc._.dragoman
    assert reading.report.text == TEXT
    assert reading.events
    assert [(s.label_, s.id_, s.text) for s in doc.spans["dragoman/events"]] == [
        (e.type, e.id, e.evidence.of(TEXT)) for e in reading.events
    ]
    (said,) = doc.spans["dragoman/quotes"]
    assert (said.label_, said.text) == ("direct", "We want the talks to go on,")
    assert said._.dragoman is reading.quotes[0]
    met = {(s.text, s.label_) for s in doc.spans["dragoman/actors"]}
    assert {("Turkish Foreign Minister Mevlut Cavusoglu", "TUR"), ("Cavusoglu", "TUR")} <= met
    for span in doc.spans["dragoman/actors"]:
        assert span._.dragoman in reading.cast.actors
        assert span.kb_id_ == (span._.dragoman.wikidata or "")


def test_any_pipeline_gives_the_same(nlp: Language, nlp_reader: Reader) -> None:
    """The words of the pipeline matter, and nothing else of it; other spans of the Doc stay."""
    other = spacy.blank("en")
    other.add_pipe("sentencizer")
    other.add_pipe("entity_ruler").add_patterns([{"label": "CITY", "pattern": "ANKARA"}])  # type: ignore[attr-defined]
    doc = other(TEXT)
    doc.spans["own"] = [doc[0:2]]
    assert dragoman.spacy.read(doc, nlp_reader)._.dragoman.events == nlp(TEXT)._.dragoman.events
    assert [e.label_ for e in doc.ents] == ["CITY"]
    assert list(doc.spans["own"]) == [doc[0:2]]


def test_words_that_end_elsewhere(nlp_reader: Reader) -> None:
    """A tokenizer that knows blanks alone: the spans are wider, their rows exact."""
    nlp = spacy.blank("en")
    doc = Doc(nlp.vocab, words=TEXT.split(" "))
    assert doc.text == TEXT + " "
    dragoman.spacy.read(doc, nlp_reader)
    (said,) = doc.spans["dragoman/quotes"]
    assert said.text == "Monday.\n\n“We want the talks to go on,”"
    assert said._.dragoman.content[0].of(doc.text) == "We want the talks to go on,"


def test_days(nlp: Language, nlp_reader: Reader) -> None:
    doc = dragoman.spacy.read(
        nlp.make_doc("Russia praised China on Sunday."), nlp_reader, published=dt.date(2023, 5, 30)
    )
    assert str(doc._.dragoman.events[0].when.interval) == "2023-05-28"
    piped = spacy.blank("en")
    piped.add_pipe("dragoman", config={"published": "2023-05-30", "key": "news"}).reader = nlp_reader  # type: ignore[attr-defined]
    again = piped("Russia praised China on Sunday.")
    assert again._.dragoman.events == doc._.dragoman.events
    assert sorted(again.spans) == ["news/actors", "news/events", "news/quotes"]
    with pytest.raises(UsageError, match="is no day"):
        spacy.blank("en").add_pipe("dragoman", config={"published": "Sunday"})


@pytest.mark.parametrize("text", ["", "  \n", "Hello.", "\u202e…\U0001f600"])
def test_nothing_to_find(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert [list(doc.spans[f"dragoman/{kind}"]) for kind in KINDS] == [[], [], []]
    assert doc._.dragoman.events == ()


def test_stored_and_opened_again(nlp: Language) -> None:
    doc = nlp(TEXT)
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (again,) = DocBin().from_bytes(stored).get_docs(spacy.blank("en").vocab)
    assert again._.dragoman == doc._.dragoman
    for kind in KINDS:
        assert [(s.start, s.end, s.label_, s.id_) for s in again.spans[f"dragoman/{kind}"]] == [
            (s.start, s.end, s.label_, s.id_) for s in doc.spans[f"dragoman/{kind}"]
        ]
    assert again.spans["dragoman/events"][0]._.dragoman == doc._.dragoman.events[0]


def test_everything_of_a_reading_is_stored() -> None:
    """A reading with days, notes and parties comes back as it was."""
    report = made_up.report()
    reading = made_up.Reader().read(report)
    doc = spacy.blank("en")(report.text)
    dragoman.spacy.mark(doc, reading)
    assert doc._.dragoman is reading
    assert Doc(doc.vocab).from_bytes(doc.to_bytes())._.dragoman == reading


def test_other_processes(nlp: Language) -> None:
    """Docs that other processes read have all that these have; a pipe is sent there without its models."""
    texts = [TEXT, "Norway thanked Denmark."]
    assert [d._.dragoman for d in nlp.pipe(texts, n_process=2, batch_size=1)] == [d._.dragoman for d in nlp.pipe(texts)]
    assert len(pickle.dumps(nlp.get_pipe("dragoman"))) < 1_000


def test_docs_without_a_reading(nlp: Language) -> None:
    dragoman.spacy.extend()
    doc = spacy.blank("en")("Norway thanked Denmark.")
    assert doc._.dragoman is None
    assert doc[0:1]._.dragoman is None
    assert nlp(TEXT)[0:2]._.dragoman is None


def test_a_reading_of_another_text(nlp: Language, nlp_reader: Reader) -> None:
    with pytest.raises(ValueError, match="another text"):
        dragoman.spacy.mark(nlp.make_doc("Else."), nlp_reader.read(made_up.report()))
