"""Spellings that follow from one another, so that the curated tables hold each name once."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable

# Letters that Unicode does not decompose, as English newsrooms write them.
LETTERS = str.maketrans("øØłŁđĐıİæÆßşŞðÐþÞœŒʻ", "oOlLdDiIaAssSdDtToO'")
# British and American forms of words in names of bodies and titles.
PAIRS = (
    ("Organisation", "Organization"), ("Co-operation", "Cooperation"), ("Defence", "Defense"), ("Labour", "Labor"),
    ("Programme", "Program"), ("Centre", "Center"), ("defence", "defense"), ("labour", "labor"),
    ("organisation", "organization"), ("programme", "program"), ("centre", "center"), ("Mobilisation", "Mobilization"),
    ("Co-ordination", "Coordination"), ("Saint ", "St. "), ("Saint ", "St "), ("Civilisations", "Civilizations"),
)  # fmt: skip
INVARIABLE = ("ese", "ois", "ss", "sh", "ch", "oise")


def unaccented(name: str) -> str:
    """Türkiye -> Turkiye."""
    parts = unicodedata.normalize("NFD", name.replace("’", "'").translate(LETTERS))
    return "".join(c for c in parts if not unicodedata.combining(c))


def plain_too(names: Iterable[str]) -> list[str]:
    """Each name, and after it the one without diacritics; no doubles, the order kept."""
    return list(dict.fromkeys(form for n in names if n for form in (n, unaccented(n))))


def spelled(names: Iterable[str]) -> list[str]:
    """Each name in its British and its American form."""
    out: dict[str, None] = {}
    for name in names:
        forms = {name: None}
        for a, b in PAIRS:
            for form in list(forms):
                for old, new in ((a, b), (b, a)):
                    after = "" if old.endswith(" ") else r"(?!\w)"  # whole words: "Centre" is not inside "Centreville"
                    forms[re.sub(rf"\b{re.escape(old)}{after}", new, form)] = None
        out.update(forms)
    return list(out)


def written_out(form: str) -> list[str]:
    """All readings of ``(minister|secretary) of (the |)interior``."""
    parts = [part.split("|") for part in re.split(r"[()]", form)]
    return [" ".join("".join(words).split()) for words in itertools.product(*parts)]


def names(name: str, aliases: Iterable[str]) -> list[str]:
    """All forms of a name and its aliases: spellings, without diacritics, U.N. for UN, G-7 for G7, & for and."""
    out: dict[str, None] = {}
    for given in (name, *aliases):
        if not given:
            continue
        for form in plain_too(spelled([given])):
            out[form] = None
            if re.fullmatch(r"[A-Z]{2,4}", form):
                out[".".join(form) + "."] = None
            if form.startswith("United Nations "):
                out["UN " + form[15:]] = None
                out["U.N. " + form[15:]] = None
            if form.startswith("UN "):
                out["U.N. " + form[3:]] = None
    return list(out)


def plurals(singulars: Iterable[str]) -> list[str]:
    """Each demonym and its plural: Turk, Turks. ``Dane/Danes`` gives the plural, ``Thai/`` has none of its own."""
    out: dict[str, None] = {}
    for entry in singulars:
        if not entry:
            continue
        word, slash, plural = entry.partition("/")
        if not slash and word.endswith(("man", "woman")) and not word.endswith(("German", "Oman", "Roman")):
            plural = word[:-2] + "en"
        elif not slash and not word.endswith(INVARIABLE):
            plural = word + "s"
        out[word] = None
        if plural:
            out[plural] = None
    return list(out)
