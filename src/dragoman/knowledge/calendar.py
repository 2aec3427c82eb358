"""Words of the calendar, shapes of phrases that name a time, and feasts, as data/calendar/*.yaml has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.knowledge.sieve import FIGURE, Needs, Piece, Sieve, Slot, needs_of
from dragoman.knowledge.tables import read_yaml

RELATIVE = {"last": -1, "this past": -1, "past": -1, "this": 0, "this coming": 1, "coming": 1, "next": 1}
APPROXIMATE = {
    "under": ("nearly", "almost", "close to", "less than", "under", "not quite"),
    "over": ("more than", "over", "at least", "well over", "some more than"),
    "about": ("about", "around", "roughly", "some", "approximately"),
}
# Shapes that name their day, month or year in full.
WHOLE = ("month-day-year", "day-month-year", "month-of-year", "iso")


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of phrase. ``means`` names a function of reading/dates/meanings.py (or frames.py for a frame)."""

    id: str
    rule: str  # calendar/phrases/weekday
    pattern: re.Pattern[str]
    means: str
    between: re.Pattern[str] | None = None  # of a pair: what stands between its two times


@dataclass(frozen=True, slots=True)
class Holiday:
    """A feast whose day the calendar alone gives: a fixed day, days from Easter, or the n-th weekday of a month."""

    id: str
    rule: str
    pattern: re.Pattern[str]
    day: tuple[int, int] | None
    easter: int | None
    nth: tuple[int, int, int] | None
    greet: tuple[int, int] | None  # days before and after it on which its greetings are sent
    greetings: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames in one pattern, which finds what a search for each of them finds: the leftmost, of several the first."""

    pattern: re.Pattern[str]
    shapes: tuple[Shape, ...]

    def before(self, left: str) -> tuple[int, Shape] | None:
        """Where the frame that ends ``left`` begins, and which it is."""
        match = self.pattern.search(left)
        return None if match is None else (match.start(), self.shapes[(match.lastindex or 1) - 1])


@dataclass(frozen=True, slots=True)
class Statement:
    """One way in which a page states its own day. ``where``: kinds of segment; "top": any of the first lines."""

    id: str
    rule: str
    rank: int
    pattern: re.Pattern[str]
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planning:
    """Lemmas that look forward."""

    verbs: frozenset[str]
    adjectives: frozenset[str]
    nouns: frozenset[str]
    prepositions: frozenset[str]
    participles: frozenset[str]
    auxiliaries: frozenset[str]
    attending: frozenset[str]
    reporting: frozenset[str]  # verbs whose present tense tells of what has happened


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """What data/calendar holds."""

    months: Mapping[str, int]  # casefolded, without a dot
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    vague_numbers: frozenset[str]
    ordinals: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    planning: Planning
    names: re.Pattern[str]  # proper names that hold a word of the calendar
    hint: re.Pattern[str]  # a passage without a hit holds no phrase of time
    shapes: tuple[Shape, ...]
    edges: Frames
    relations: Frames
    pairs: tuple[Shape, ...]
    joins: re.Pattern[str]  # what may stand between the two times of a pair, at the end of a text
    holidays: tuple[Holiday, ...]
    times: Sieve[tuple[int, Shape | Holiday | None]]  # holidays and shapes, numbered in that order; None for ``names``
    whole: Sieve[Shape]  # shapes of WHOLE
    greeted: Sieve[Holiday]  # feasts that have greetings, by them
    statements: Sieve[Statement]
    slots: Mapping[str, str]
    history: re.Pattern[str]
    ahead: re.Pattern[str]
    leaving: re.Pattern[str]
    unseated: re.Pattern[str]
    held: re.Pattern[str]
    then_words: frozenset[str]


def load_calendar(folder: Path) -> CalendarWords:
    """Read data/calendar. Raises KnowledgeError naming the entry that is wrong."""
    words = read_yaml(folder / "words.yaml")
    frames = read_yaml(folder / "frames.yaml")
    slots = _slots(words)
    months = _flat(words["months"])
    weekdays = _flat(words["weekdays"])
    names = words["names"]
    fillings = _slot_needs(words)
    shapes = [
        (needs_of(e["shape"], fillings), _shape(e, slots, "shape", "calendar/phrases", r"(?<![\w-])(?:{})(?!\w)"))
        for e in read_yaml(folder / "phrases.yaml")
    ]
    feasts = read_yaml(folder / "holidays.yaml")
    holidays = tuple(_holiday(e, slots) for e in feasts)
    named = [needs_of(_FEAST.replace("NAMES", "|".join(e["names"])), fillings, exact=True) for e in feasts]
    greetings = [needs_of("|".join(e.get("greetings", ())), fillings, exact=True, anywhere=True) for e in feasts]
    times: list[tuple[Needs, Shape | Holiday | None]] = [*zip(named, holidays, strict=True), *shapes]
    times.append((needs_of("|".join(names), fillings, exact=True), None))
    pairs = _frames(frames, slots, "pairs")
    return CalendarWords(
        months=months,
        weekdays=weekdays,
        numbers=words["numbers"],
        vague_numbers=frozenset(words["vague_numbers"]),
        ordinals=words["ordinals"],
        seasons={k: (v[0], v[1]) for k, v in words["seasons"].items()},
        planning=Planning(**{k: frozenset(v) for k, v in words["planning"].items()}),
        names=re.compile(rf"\b(?:{_any(names)})\b"),
        hint=re.compile(
            rf"\d|(?-i:{slots['weekday']}|{slots['month']})|\b(?:{words['hint']}|{_feasts(feasts)})", re.IGNORECASE
        ),
        shapes=tuple(shape for _, shape in shapes),
        edges=_in_one(_frames(frames, slots, "edges")),
        relations=_in_one(_frames(frames, slots, "relations")),
        pairs=pairs,
        joins=re.compile(
            rf"(?<!\w)(?:{'|'.join(_plain(p.between.pattern) for p in pairs if p.between is not None)})\Z"
        ),
        holidays=holidays,
        times=Sieve.of((needs, (n, kind)) for n, (needs, kind) in enumerate(times)),
        whole=Sieve.of((needs, shape) for needs, shape in shapes if shape.id in WHOLE),
        greeted=Sieve.of((n, h) for n, h in zip(greetings, holidays, strict=True) if h.greetings is not None),
        statements=Sieve.of(
            (needs_of(e["shape"].replace("DATE", FULL_DATE), fillings), _statement(e, slots))
            for e in read_yaml(folder / "stated.yaml")
        ),
        slots=slots,
        history=_words(words["history"]),
        ahead=_words(words["ahead"]),
        leaving=_words(words["leaving"]),
        unseated=_words(words["unseated"]),
        held=_words(words["held"]),
        then_words=frozenset(words["then_words"]),
    )


# A full date, as a page writes it: 24 July 2012 | July 24, 2012 | 2012-07-24 | 24/07/2012
FULL_DATE = (
    r"(?:(?:{weekday},? )?(?:{day}(?:st|nd|rd|th)?(?: of)?[ -]{month},?[ -]{year}"
    r"|{month} {day}(?:st|nd|rd|th)?,? {year})|{year}-{mm}-{dd}|(?<!\d){n}[/.]{n2}[/.]{year})(?!\d)"
)


def _feasts(feasts: Iterable[Mapping[str, Any]]) -> str:
    return "|".join(name.replace(" ", r"\s+") for e in feasts for name in e["names"])


def _plain(pattern: str) -> str:
    """A pattern whose groups have no names."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


# A frame ends where the time begins.
_FRAME = (r"(?<!\w)(?:", r")[-\s]+\Z")


def _in_one(shapes: tuple[Shape, ...]) -> Frames:
    start, end = _FRAME
    bodies = [_plain(s.pattern.pattern.removeprefix(start).removesuffix(end)) for s in shapes]
    pattern = re.compile(start + "|".join(f"({body})" for body in bodies) + end, re.IGNORECASE)
    if pattern.groups != len(shapes):
        raise KnowledgeError("data/calendar/frames.yaml: a group without (?: in front. Write (?:...) instead of (...).")
    return Frames(pattern, shapes)


def _slot_needs(words: Mapping[str, Any]) -> dict[str, Slot]:
    """For each slot what its fillings have in common: what one of their words begins with."""

    def slot(some: Iterable[str], *, exact: bool = False) -> Slot:
        heads = {re.split(r"\W", w)[0] for w in some}
        shortest = {w for w in heads if not any(w != o and w.startswith(o) for o in heads)}
        return Slot(frozenset(Piece(w, exact) for w in shortest), max(len(re.findall(r"\w+", w)) for w in some))

    def named(name: str) -> Slot:
        forms = [f for fs in words[name].values() for f in fs]
        return slot([*forms, *map(str.upper, forms)], exact=True)

    return {
        "month": named("months"),
        "weekday": named("weekdays"),
        "unit": slot(words["units"]),
        "season": slot(words["seasons"]),
        "ordinal": slot(words["ordinals"]),
        "rel": slot(RELATIVE),
        "year": Slot(frozenset((Piece(r"(?:1[4-9]|20)\d\d", such=True),))),
        **{name: Slot(frozenset((FIGURE,))) for name in ("day", "mm", "dd", "n")},
        "number": Slot(frozenset(), max(2, slot(words["vague_numbers"]).words)),
        "approx": Slot(frozenset(), max(slot(some).words for some in APPROXIMATE.values())),
    }


def _words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _statement(entry: Mapping[str, Any], slots: Mapping[str, str]) -> Statement:
    try:
        pattern = shape_pattern(entry["shape"].replace("DATE", FULL_DATE), slots, r"(?<!\w)(?:{})(?!\w)")
        return Statement(entry["id"], f"calendar/stated/{entry['id']}", entry["rank"], pattern, tuple(entry["where"]))
    except (KeyError, re.error) as e:
        raise KnowledgeError(f"data/calendar/stated.yaml, entry {entry.get('id')}: {e}") from e


def shape_pattern(shape: str, slots: Mapping[str, str], wrap: str = "{}") -> re.Pattern[str]:
    """``"{month} {day}"`` -> a pattern with a group for each slot; a slot that comes twice has ``__1`` after its
    name.
    """
    seen: dict[str, int] = {}

    def group(m: re.Match[str]) -> str:
        name = m[1]
        kind = name.rstrip("0123456789")
        if kind not in slots:
            return m[0]
        n = seen.get(name, 0)
        seen[name] = n + 1
        return f"(?P<{name}{f'__{n}' if n else ''}>{slots[kind]})"

    body = re.sub(r"\{([a-z]+\d?)\}", group, _blanks(shape))
    return re.compile(wrap.replace("{}", body), re.IGNORECASE)


def _blanks(shape: str) -> str:
    """A blank of a shape stands for any run of blanks; inside [] and behind-looks for a single one."""
    shape = shape.replace(" ?", r"\s*")
    out: list[str] = []
    in_class = look = False
    for i, c in enumerate(shape):
        if c == "[":
            in_class = True
        elif c == "]":
            in_class = False
        elif shape.startswith(("(?<=", "(?<!"), i):
            look = True
        elif c == ")":
            look = False
        out.append((r"\s" if in_class or look else r"\s+") if c == " " else c)
    return "".join(out)


def _slots(words: Mapping[str, Any]) -> dict[str, str]:
    capital = [(n, _capitals(forms)) for n, forms in [("month", words["months"]), ("weekday", words["weekdays"])]]
    tens, ones = ([w for w, n in words["numbers"].items() if lo <= n <= hi] for lo, hi in ((20, 90), (1, 9)))
    number = "|".join(
        [
            rf"(?:{_any(tens)})-(?:{_any(w for w in ones if len(w) > 2)})",
            _any(sorted(words["numbers"], key=len, reverse=True)),
            _any(words["vague_numbers"]),
            r"\d{1,3}(?!\d)",
        ]
    )
    return {
        **{n: rf"(?-i:{p})" for n, p in capital},
        "number": rf"(?:{number})",
        "ordinal": _any(sorted(words["ordinals"], key=len, reverse=True)),
        "unit": _any(words["units"]),
        "season": _any(words["seasons"]),
        "rel": _any(sorted(RELATIVE, key=len, reverse=True)),
        "approx": "|".join(_any(v) for v in APPROXIMATE.values()),
        "day": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)",
        "year": r"(?:1[4-9]|20)\d\d",
        "mm": r"(?:0[1-9]|1[0-2])",
        "dd": r"(?:0[1-9]|[12]\d|3[01])",
        "n": r"\d{1,2}",
    }


def _capitals(forms: Mapping[int, list[str]]) -> str:
    every = [w for ws in forms.values() for w in ws]
    every += [w.upper() for w in every]
    # A dotted form ends in its dot; an undotted one must end there.
    return "|".join(re.escape(w) + ("" if w.endswith(".") else r"(?!\w)") for w in sorted(every, key=len, reverse=True))


def _flat(forms: Mapping[int, list[str]]) -> dict[str, int]:
    return {w.rstrip(".").casefold(): n for n, ws in forms.items() for w in ws}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in words)


def _shape(entry: Mapping[str, Any], slots: Mapping[str, str], key: str, area: str, wrap: str) -> Shape:
    try:
        between = entry.get("between")
        return Shape(
            entry["id"],
            f"{area}/{entry['id']}",
            shape_pattern(entry[key], slots, wrap),
            entry.get("means", ""),
            None if between is None else shape_pattern(between, slots, r"(?:\s+(?:{})\s+|\s*[-–]\s*)"),
        )
    except (KeyError, re.error) as e:
        raise KnowledgeError(f"data/{area}.yaml, entry {entry.get('id')}: {e}") from e


def _frames(frames: Mapping[str, Any], slots: Mapping[str, str], part: str) -> tuple[Shape, ...]:
    return tuple(_shape(e, slots, "before", "calendar/frames", "{}".join(_FRAME)) for e in frames[part])


_FEAST = "(?:{rel} )?(?:NAMES)(?:,? {year})?"


def _holiday(entry: Mapping[str, Any], slots: Mapping[str, str]) -> Holiday:
    names = "|".join(entry["names"]).replace(" ", r"\s+")
    greetings = entry.get("greetings")
    try:
        return Holiday(
            entry["id"],
            f"calendar/holidays/{entry['id']}",
            re.compile(
                rf"(?<!\w)(?:(?P<rel>(?:{slots['rel']}))\s+)?(?:{names})(?:,?\s+(?P<year>{slots['year']}))?(?!\w|['’]\w)"
            ),
            tuple(entry["day"]) if "day" in entry else None,
            entry.get("easter"),
            tuple(entry["nth"]) if "nth" in entry else None,
            tuple(entry["greet"]) if "greet" in entry else None,
            re.compile("|".join(greetings).replace(" ", r"\s+")) if greetings else None,
        )
    except (KeyError, re.error) as e:
        raise KnowledgeError(f"data/calendar/holidays.yaml, entry {entry.get('id')}: {e}") from e
