"""Verbs, nouns and channels of speech, as data/speech/*.yaml has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.knowledge.tables import read_yaml

# What can be the words that a verb or noun reports. ``for``, ``of`` ... : the object of that preposition.
# ``np``: the direct object; ``words``: the direct object, only when a quotation stands in it.
TAKES = frozenset(
    (
        "quote", "clause", "words", "inf", "ing", "np", "as", "of", "for", "about", "against", "on", "to", "with",
        "from", "over", "into", "at", "in",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb that reports words or thoughts."""

    id: str
    lemma: str
    particle: str | None  # "out" of "point out"
    cls: str  # report, tell, urge, thank, judge, name, think, intend ...
    takes: frozenset[str]  # of TAKES: in which shapes its content comes
    to: tuple[str, ...]  # where its addressee stands: obj, or a preposition
    example: str
    counter: str
    rule: str  # speech/verbs/say


@dataclass(frozen=True, slots=True)
class SpeechNoun:
    """A noun that stands for words: statement, message, hope."""

    id: str
    cls: str  # message (has an addressee), remark, attitude, promise
    takes: frozenset[str]
    to: tuple[str, ...]
    example: str
    counter: str
    rule: str  # speech/nouns/message


@dataclass(frozen=True, slots=True)
class Approach:
    """A verb by which a speaker turns to somebody: address, speak to, telephone."""

    id: str
    to: tuple[str, ...]  # where that somebody stands: obj, or a preposition
    lasts: bool  # what is said in the next sentences is for him too
    example: str
    counter: str
    rule: str  # speech/approaches/address


@dataclass(frozen=True, slots=True)
class ChannelWord:
    """A noun that names the way by which words came: tweet, interview, website."""

    id: str
    by: tuple[str, ...]  # the prepositions in front of it
    example: str
    counter: str
    rule: str  # speech/channels/tweet


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium, or a word for the people of the media, to whom speakers talk without addressing them."""

    id: str
    names: tuple[str, ...]
    rule: str  # speech/media/reuters


@dataclass(frozen=True, slots=True)
class Speech:
    """What data/speech holds, by lemma."""

    verbs: Mapping[str, tuple[SpeechVerb, ...]]
    nouns: Mapping[str, SpeechNoun]
    approaches: Mapping[str, Approach]
    audiences: frozenset[str]  # nouns of those who can be spoken to, in the number in which they stand in the file
    channels: Mapping[str, ChannelWord]
    media: Mapping[str, Medium]  # casefolded name -> the medium
    forms: Mapping[str, str]  # casefolded inflected form -> lemma, for capitals that mislead a tagger


def load_speech(folder: Path) -> Speech:
    """Read data/speech. Raises KnowledgeError naming the file and the entry that is wrong."""
    verbs: dict[str, list[SpeechVerb]] = {}
    forms: dict[str, str] = {}
    for name, row in _rows(folder / "verbs.yaml"):
        lemma, _, particle = name.partition("-")
        takes, to = _takes(folder / "verbs.yaml", name, row), tuple(row.get("to", ()))
        entry = SpeechVerb(
            name,
            lemma,
            particle or None,
            row["class"],
            takes,
            to,
            row["example"],
            row["counter"],
            f"speech/verbs/{name}",
        )
        verbs.setdefault(lemma, []).append(entry)
        for form in (*_forms(lemma), *row.get("forms", ())):
            forms.setdefault(form, lemma)
    nouns = {
        name: SpeechNoun(
            name, row["class"], _takes(folder / "nouns.yaml", name, row), tuple(row.get("to", ())), row["example"],
            row["counter"], f"speech/nouns/{name}",
        )
        for name, row in _rows(folder / "nouns.yaml")
    }  # fmt: skip
    channels = {
        name: ChannelWord(name, tuple(row["by"]), row["example"], row["counter"], f"speech/channels/{name}")
        for name, row in _rows(folder / "channels.yaml")
    }
    approaches = {
        name: Approach(
            name, tuple(row["to"]), row["lasts"], row["example"], row["counter"], f"speech/approaches/{name}"
        )
        for name, row in _rows(folder / "approaches.yaml")
    }
    audiences = frozenset(n for _, row in _rows(folder / "audiences.yaml") for n in row["names"])
    media: dict[str, Medium] = {}
    for name, row in _rows(folder / "media.yaml"):
        medium = Medium(name, tuple(row["names"]), f"speech/media/{name}")
        for each in medium.names:
            media[each.casefold()] = medium
    # With a particle first: "point out" is asked for before "point".
    ordered = {k: tuple(sorted(v, key=lambda e: (e.particle is None, e.id))) for k, v in verbs.items()}
    return Speech(ordered, nouns, approaches, audiences, channels, media, forms)


def _rows(path: Path) -> list[tuple[str, dict[str, Any]]]:
    loaded = read_yaml(path)
    if not isinstance(loaded, dict):
        raise KnowledgeError(f"{path}: needs entries of the form  name: {{...}}")
    rows = []
    for name, row in loaded.items():
        if not isinstance(name, str) or not isinstance(row, dict):
            raise KnowledgeError(
                f"{path}: entry {name!r}: needs a name and fields (is a word like yes or on unquoted?)"
            )
        for needed in REQUIRED[path.name]:
            if needed not in row:
                raise KnowledgeError(f"{path}: entry {name}: no field {needed}")
        rows.append((name, row))
    return rows


REQUIRED = {
    "verbs.yaml": ("class", "takes", "example", "counter"),
    "nouns.yaml": ("class", "takes", "example", "counter"),
    "approaches.yaml": ("to", "lasts", "example", "counter"),
    "audiences.yaml": ("names",),
    "channels.yaml": ("by", "example", "counter"),
    "media.yaml": ("names",),
}


def _takes(path: Path, name: str, row: dict[str, Any]) -> frozenset[str]:
    unknown = sorted(str(x) for x in row["takes"] if x not in TAKES)
    if unknown:
        raise KnowledgeError(f"{path}: entry {name}: takes {', '.join(unknown)}; known are {', '.join(sorted(TAKES))}")
    return frozenset(row["takes"])


def _forms(lemma: str) -> tuple[str, ...]:
    """The regular forms of a verb; what is irregular stands in the entry's own ``forms``."""
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeou":
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    es = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return lemma, lemma + es, lemma + "ed", lemma + "ing"
