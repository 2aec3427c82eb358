"""Datelines: MOSCOW, Dec 30 (Reuters) - ..., and what rewriters make of them."""

from __future__ import annotations

import re

from dragoman.knowledge import Knowledge
from dragoman.model import Reason, Span
from dragoman.reading.segment.page import Label, Page
from dragoman.reading.segment.units import Unit

# How far into a paragraph a dateline may reach: the longest forms name two cities, a country, a date and an agency.
REACH = 110

TOWN = 50  # thousands of people; set by hand

SEPARATOR = re.compile(
    r"[ \t\u00a0]*(?:[–—―]|--+|(?<=[\s\u00a0)])-)[ \t\u00a0]*|(?<=[\w)]):[ \t\u00a0]+|/\.[ \t\u00a0]+"
    r"|(?<=[\w)])\.?[ \t\u00a0]+\|[ \t\u00a0]+|(?<=\w\w)\.[ \t\u00a0]+(?=[A-Z“\"])"
)
MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:\.|[a-z]{1,6})?", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d", re.IGNORECASE)
DIGITS = re.compile(r"\d{1,2}[.-]\d{1,2}[.-](?:\d\d)?\d\d|\d{4}-\d\d-\d\d")  # 12.04.2018; a stroke splits pieces
WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?", re.IGNORECASE)
PIECE = re.compile(r"[^\s\u00a0,/|()\[\]]+|[()\[\]/|,]")
SMALL = frozenset(("of", "the", "de", "la", "el", "al", "and", "du", "da", "do", "di", "in", "near", "on", "am", "es"))
WRECK = re.compile(r"\bcapital\b[^.]{0,40}\bis\b|\bis\b[^.]{0,20}\bcapital\b", re.IGNORECASE)


def dateline(unit: Unit, known: Knowledge, *, early: bool, talk: bool) -> tuple[Span, Reason] | None:
    """A place in capitals, or a place with an agency or a date, before a dash, a colon or /TASS/ at a paragraph's head.

    early: among the first two paragraphs, where a place and a colon may be one ("NEW DELHI: ..."). talk: other lines
    of the report begin with capitals and a colon, so those are speakers. Returns where it stands, its dash included.
    """
    head = unit.text[:REACH]
    for m in SEPARATOR.finditer(head):
        if m.start() == 0 or m.end() >= len(unit.text):
            continue
        words, sep = head[: m.start()], m.group().strip(" \t\u00a0")
        if sep.startswith("/"):
            words += "/"
        read = _read(words, known)
        if read is None:
            continue
        place, capitals, extra = read
        place = place.rstrip(".")
        known_place = place.casefold() in known.furniture.places or (early and _town(place, known))
        if sep == ".":
            sure = early and extra and known_place  # "Caracas, 3 December. The ..."
        elif sep == ":":
            sure = extra or (early and not talk and known_place)
        else:
            sure = extra or ((early or capitals) and known_place) or (early and capitals and len(place) > 5)
        if sure:
            span = Span(unit.span.start, unit.span.start + len(unit.text[: m.end()].rstrip()))
            saw = f"the place {place!r}" + (
                " with an agency or a date" if extra else " in capitals" if capitals else ""
            )
            return span, Reason("code:segment.datelines.dateline", f"{saw} before {sep!r} at a paragraph's head", span)
    return None


def _town(place: str, known: Knowledge) -> bool:
    """Whether a town of that name is large enough to be written from."""
    return any(town.people >= TOWN for town in known.places.named.get(place.title() if place.isupper() else place, ()))


def dateline_alone(unit: Unit, known: Knowledge) -> Reason | None:
    """A line that is nothing but a dateline: a place with an agency or a date, or a known city in capitals."""
    if unit.words > 10 or len(unit.text) > REACH:
        return None
    words = unit.text.rstrip(" .:-–—")
    places = [p.strip() for p in re.split(r"/| and |, ", words.split("(")[0])]
    if unit.text[-1] != "." and places and all(p.casefold() in known.furniture.places for p in places[:1] + places[2:]):
        if len(places) == 1 and not (unit.text.isupper() or unit.text[-1] in ":-–—"):
            return None  # a city's name alone may be a menu's entry or a heading
        return Reason("code:segment.datelines.dateline_alone", f"nothing but the known place {places[0]!r}", unit.span)
    read = _read(words, known)
    if read is None or not read[2]:
        return None
    place, capitals, _ = read
    if not place or place.casefold() in known.furniture.places or (capitals and len(place) > 3):
        return Reason(
            "code:segment.datelines.dateline_alone", f"the place {place!r} with an agency or a date", unit.span
        )
    return None


def wreck(unit: Unit, known: Knowledge) -> Reason | None:
    """A rewriter's sentence made of a dateline: short, a city in capitals, "the X capital is CITY."."""
    if unit.words > 12:
        return None
    shouted = re.findall(r"\b[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+)*\b", unit.text)
    if not shouted:
        return None
    city = shouted[-1].casefold() in known.furniture.places or shouted[0].casefold() in known.furniture.places
    if WRECK.search(unit.text) or (
        city
        and unit.words <= len(shouted[-1].split()) + 4
        and re.match(r"(?:In|It's|It is|The city of|From|At|This is) ", unit.text)
    ):
        return Reason(
            "code:segment.datelines.wreck", f"a short sentence made of the dateline {shouted[-1]!r}", unit.span
        )
    return None


def _read(words: str, known: Knowledge) -> tuple[str, bool, bool] | None:
    """(place, in capitals, has an agency or a date) when ``words`` are a dateline's, else None."""
    pieces = PIECE.findall(words)
    if not pieces or len(pieces) > 18:
        return None
    place: list[str] = []
    capitals = extra = False
    depth = slash = 0
    agencies = known.furniture.agencies
    inside: list[str] = []
    for piece in pieces:
        if piece.endswith(":"):
            return None
        if piece in "([":
            depth += 1
            inside = []
        elif piece in ")]":
            depth -= 1
            if depth < 0 or not inside:
                return None
            extra = extra or any(w.casefold().rstrip(".") in agencies for w in inside)
            if not any(w.casefold().rstrip(".") in agencies for w in inside) and not all(
                w[0].isupper() for w in inside
            ):
                return None
        elif piece == "/":
            slash += 1
        elif piece in ",|":
            continue
        elif depth:
            inside.append(piece)
        elif MONTH.fullmatch(piece) and (place or extra or len(pieces) > 1):
            if NUMBER.search(words):
                extra = True
            else:
                place.append(piece)
        elif DIGITS.fullmatch(piece.rstrip(".")) and place:
            extra = True
        elif NUMBER.fullmatch(piece.rstrip(".")):
            if not MONTH.search(words):
                return None
        elif WEEKDAY.fullmatch(piece):
            continue
        elif piece.casefold().strip(".") in agencies and (place or slash):
            extra = True
        elif piece.casefold() in SMALL and place:
            place.append(piece)
        elif piece[0].isupper():
            if piece.casefold().strip(".,'’") in known.furniture.labels:
                return None
            place.append(piece)
        else:
            return None
    if depth or len(place) > 8:
        return None
    if not place:
        return ("", False, True) if extra and inside else None
    capitals = place[0].isupper() and len(place[0].strip(".")) > 1
    if not capitals:
        # Mixed case: all that stands before the first comma or bracket, three words at most ("Sharm el-Sheikh").
        return (re.split(r"[,(/]", words)[0].strip(), False, extra) if len(place) <= 5 else None
    shouted = [p for n, p in enumerate(place) if p.isupper() or (p in SMALL and place[n - 1].isupper())]
    return (" ".join(shouted), True, extra) if len(shouted) <= 5 else None


def label_wrecks(page: Page) -> None:
    """Lines that are only a dateline, and sentences that a rewriter made of one."""
    for n, unit in enumerate(page.units):
        if n in page.labels:
            continue
        if (why := wreck(unit, page.known)) is not None:
            page.labels[n] = Label("furniture", why)
        elif (why := dateline_alone(unit, page.known)) is not None:
            page.labels[n] = Label("dateline", why)
