"""Captions and credits by their shape; those that a known credit's words give away are data/furniture/captions.yaml."""

from __future__ import annotations

import re

from dragoman.reading.segment.page import Page
from dragoman.reading.segment.units import Unit

CAPTION_WORDS = 60
CREDIT_WORDS = 10
NAME = re.compile(
    r"[A-Z\u00c0-\u017f@(\[][\w.'’@()\[\]-]*|of|the|for|via|and|/|\||[a-z]+\.(?:ru|com|org|net|gov|ua|tr|cn|by|kz|ir|eu|uk|gov\.\w\w)"
)
HOUSE = re.compile(
    r"/|\||\b\w+\.(?:ru|com|org|net|gov|ua|tr|cn|by|kz|ir|eu)\b|\b(?:Press|Service|Office|Ministry|Agency|News|Photos?|Images"
    r"|Archives?|Wire|Media|Handout|Courtesy|TV|Television|Gazette|Times|Post)\b"
)
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,7}\.?"
DATED = re.compile(rf"\b(?:{MONTHS} \d{{1,2}},? |\d{{1,2}} {MONTHS},? )(?:19|20)\d\d\.?$")
# Past and other tellings: regular endings, and the irregular verbs that news uses most.
TOLD = re.compile(
    r"\b(?:said|says|was|were|had|has|have|will|would|did|is|are|since|until|before|after|\w{3,}ed|began|beat|became|bought|"
    r"broke|brought|built|came|caught|chose|cut|drove|fell|flew|fought|found|gave|got|grew|held|hit|kept|knew|led|left|lost|"
    r"made|met|paid|put|ran|rose|sat|saw|sent|set|shot|shut|sold|spent|split|spoke|stood|struck|swore|taught|threw|told|"
    r"took|won|went|withdrew|wrote)\b"
)
SLASHED = re.compile(r"[A-Z\u00c0-\u017f][^.!?:;/|]{2,40} ?[/|] ?[A-Z\u00c0-\u017f][^.!?:;]{1,50}")


def label_captions(page: Page) -> None:
    """Captions and credits by their shape. See ``credited``, ``dated`` and ``signed``."""
    for n, unit in enumerate(page.units):
        if n in page.labels or unit.words > CAPTION_WORDS or unit.bullet or len(unit.text) > 600:
            continue
        if (tail := credited(unit)) is not None:
            page.label(n, "caption", "code:segment.captions.credited", f"{tail!r} after its last sentence")
        elif dated(unit):
            page.label(n, "caption", "code:segment.captions.dated", "the present tense and a full date at its end")
        elif n > 0 and signed(unit):
            page.label(n, "credit", "code:segment.captions.signed", "a name, a stroke and a house's name")


def credited(unit: Unit) -> str | None:
    """A sentence, a full stop, then a few names without one: "The king in Rabat. Ana Mir / Palace Press Office"."""
    if unit.closed or unit.text.endswith(":"):
        return None
    head, stop, tail = unit.text.rpartition(". ")
    if not stop or len(head.split()) < 3 or re.search(r"\b(?:[A-Z]|[A-Z][a-z]{1,3}|U\.S|No)$", head[-6:]):
        return None
    words = re.split(r"[\s/|]+", tail)
    named = all(NAME.fullmatch(w.rstrip(",")) for w in words if w)
    return tail if 0 < len(words) <= CREDIT_WORDS and named and HOUSE.search(tail) else None


def dated(unit: Unit) -> bool:
    """ "The king greets the envoy in Rabat, May 3, 2021.": ends in a day with its year, and tells nothing as past."""
    return (
        6 <= unit.words <= 45
        and DATED.search(unit.text[-60:]) is not None
        and TOLD.search(unit.text) is None
        and unit.closed
    )


def signed(unit: Unit) -> bool:
    """A short line of a name, a stroke and a house: "Ana Mir / Delta Wire"."""
    if unit.closed or not 2 <= unit.words <= 9 or SLASHED.fullmatch(unit.text) is None:
        return False
    return all(NAME.fullmatch(w.rstrip(",")) for w in re.split(r"[\s/|]+", unit.text) if w)
