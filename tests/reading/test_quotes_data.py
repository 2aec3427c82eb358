"""Every entry of data/speech does what its example says, and leaves its counter-example alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman import Reader
from dragoman.errors import KnowledgeError
from dragoman.knowledge import DATA, Knowledge
from dragoman.knowledge.speech import Approach, ChannelWord, SpeechNoun, SpeechVerb, load_speech
from quote_reading import read

SPEECH = load_speech(DATA / "speech")
VERBS = [v for rows in SPEECH.verbs.values() for v in rows]
NOUNS = list(SPEECH.nouns.values())
CHANNELS = list(SPEECH.channels.values())
APPROACHES = list(SPEECH.approaches.values())


def rules(reader: Reader, text: str) -> set[str]:
    return {reason.rule for quote in read(reader, text) for reason in quote.trail}


@pytest.mark.parametrize("verb", VERBS, ids=lambda v: v.id)
def test_verb(nlp_reader: Reader, verb: SpeechVerb) -> None:
    assert verb.rule in rules(nlp_reader, verb.example), verb.example
    assert verb.rule not in rules(nlp_reader, verb.counter), verb.counter


@pytest.mark.parametrize("noun", [n for n in NOUNS if n.cls == "message"], ids=lambda n: n.id)
def test_message(nlp_reader: Reader, noun: SpeechNoun) -> None:
    """Whoever gets the message is the addressee of what is said in it."""
    assert [p for q in read(nlp_reader, noun.example) for p in q.addressees], noun.example
    assert not [p for q in read(nlp_reader, noun.counter) for p in q.addressees], noun.counter


@pytest.mark.parametrize("noun", [n for n in NOUNS if n.cls != "message"], ids=lambda n: n.id)
def test_noun(nlp_reader: Reader, noun: SpeechNoun) -> None:
    assert noun.rule in rules(nlp_reader, noun.example), noun.example
    assert noun.rule not in rules(nlp_reader, noun.counter), noun.counter


@pytest.mark.parametrize("verb", APPROACHES, ids=lambda v: v.id)
def test_approach(nlp_reader: Reader, verb: Approach) -> None:
    """Whoever is approached is spoken to, and the trail says why; a thing is not."""
    assert verb.rule in rules(nlp_reader, verb.example), verb.example
    assert not [p for q in read(nlp_reader, verb.counter) for p in q.addressees], verb.counter


@pytest.mark.parametrize("noun", sorted(SPEECH.audiences))
def test_audience(nlp_reader: Reader, noun: str) -> None:
    text = f"Speaking to the {noun}, the king said that rain would come."
    (quote,) = read(nlp_reader, text)
    assert [p.span.of(text) for p in quote.addressees] == [f"the {noun}"]


@pytest.mark.parametrize("word", CHANNELS, ids=lambda c: c.id)
def test_channel(nlp_reader: Reader, word: ChannelWord) -> None:
    assert word.rule in rules(nlp_reader, word.example), word.example
    assert word.rule not in rules(nlp_reader, word.counter), word.counter


@pytest.mark.parametrize("name", sorted(SPEECH.media))
def test_medium(nlp_reader: Reader, name: str) -> None:
    """A medium carries the words; it is not spoken to."""
    medium = SPEECH.media[name]
    said = next(n for n in medium.names if n.casefold() == name)
    article = "the " if said[0].islower() else ""
    found = read(nlp_reader, f"“We are ready to talk,” the premier told {article}{said} on Monday.")
    assert [q.addressees for q in found] == [()]


def test_there_are_enough_verbs() -> None:
    assert len(VERBS) >= 250


def test_a_wrong_entry_is_named(tmp_path: Path) -> None:
    for name in ("nouns", "approaches", "audiences", "channels", "media"):
        (tmp_path / f"{name}.yaml").write_text((DATA / "speech" / f"{name}.yaml").read_text())
    (tmp_path / "verbs.yaml").write_text("say: {class: report, takes: [quotes], example: a, counter: b}\n")
    with pytest.raises(KnowledgeError, match=r"verbs.yaml: entry say: takes quotes"):
        load_speech(tmp_path)
    (tmp_path / "verbs.yaml").write_text("say: {class: report, takes: [quote], example: a}\n")
    with pytest.raises(KnowledgeError, match=r"entry say: no field counter"):
        load_speech(tmp_path)


def test_rules_resolve(nlp_reader: Reader, knowledge: Knowledge) -> None:
    """A speech rule is an entry; a code rule is a function with a docstring."""
    known = {x.rule for x in (*VERBS, *NOUNS, *APPROACHES, *CHANNELS)} | {m.rule for m in SPEECH.media.values()}
    text = "In a letter to the king, Ana Ruiz told Reuters that “all was well.” “We will stay,” she said in a tweet."
    for rule in rules(nlp_reader, text):
        assert rule in known or rule.startswith("code:quotes."), rule
    assert knowledge.speech.verbs.keys() == SPEECH.verbs.keys()
