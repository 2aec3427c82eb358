"""Captions and credits by their shape; those that a known credit's words give away are data/furniture/captions.yaml."""

from __future__ import annotations

import re

from dragoman.reading.segment.datelines import dateline
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
GONE = re.compile(
    rf"\b(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|last \w+|(?:earlier )?this (?:week|month|year)"
    rf"|in {MONTHS}(?: (?:19|20)\d\d)?|in (?:19|20)\d\d|on {MONTHS} \d{{1,2}}(?:, (?:19|20)\d\d)?)\.$"
)
POSED = re.compile(
    r"\b(?:is|are) (?:seen|received|welcomed|greeted|pictured|shown|escorted|displayed|moored|parked|loaded|unloaded)\b"
    r"|\b(?:shakes? hands|poses? (?:for|with|in|at)|looks? on|stands? guard|walks? past|lines? up|patrols?|queues?)\b"
)
PAST = re.compile(r"\b(?:yesterday|last \w+|earlier this (?:week|month|year))\.$")
PLAN = re.compile(r"\b(?:may|might|can|could|should|must|shall|to|would)\b|[\"“”?!:;]")
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
        elif n > 0 and staged(unit) and _beside(page, n):
            page.label(n, "caption", "code:segment.captions.staged", "the present tense of a day gone by, off the text")
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


def staged(unit: Unit) -> bool:
    """ "Women wait at a well in Gao last week.", "The envoy is received at the palace.": a past day or a pose, told in
    the present.
    """
    if not 5 <= unit.words <= 32 or unit.text[-1] != "." or PLAN.search(unit.text):
        return False
    rest = POSED.sub("", unit.text)
    return TOLD.search(rest) is None and (rest != unit.text or GONE.search(unit.text[-40:]) is not None)


def _beside(page: Page, n: int) -> bool:
    """Where captions stand: below the headline and above the byline or the dateline, or next to another one."""
    near = [page.labels[m].kind for m in (n - 1, n + 1) if m in page.labels]
    if "caption" in near and PAST.search(page.units[n].text[-30:]):
        return True  # "on Friday" may be a day to come, and "is seen" anything
    if n + 1 >= len(page.units) or any(u.prose for u in page.units[:n]):
        return False
    told = page.units[n + 1].prose and TOLD.search(page.units[n + 1].text[:600]) is not None
    if n and told and (PAST.search(page.units[n].text[-30:]) or POSED.search(page.units[n].text)):
        return True  # no lead is told in the present of a day gone by
    after = page.labels.get(n + 1)
    if after is not None:
        return after.kind in ("byline", "dateline")
    return dateline(page.units[n + 1], page.known, early=True, talk=False) is not None


def signed(unit: Unit) -> bool:
    """A short line of a name, a stroke and a house: "Ana Mir / Delta Wire"."""
    if unit.closed or not 2 <= unit.words <= 9 or SLASHED.fullmatch(unit.text) is None:
        return False
    return all(NAME.fullmatch(w.rstrip(",")) for w in re.split(r"[\s/|]+", unit.text) if w)
