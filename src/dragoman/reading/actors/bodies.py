"""What acts for a state: its army, courts, ministries, rebels; a noun with an owner, or one that was named before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.knowledge.actors import ActorTables, Group, Noun
from dragoman.knowledge.names import Name
from dragoman.model import Reason, Span
from dragoman.reading.actors.draft import Draft, Who
from dragoman.reading.actors.identity import code_of, owner_who, state
from dragoman.reading.actors.offices import two_states
from dragoman.reading.actors.page import Page
from dragoman.reading.actors.phrases import Phrase

# Nouns that name the government itself; every other body of sector GOV is an actor of its own.
_GOVERNMENT = frozenset(
    [
        "government",
        "administration",
        "cabinet",
        "regime",
        "authority",
        "leadership",
        "side",
        "state",
        "presidency",
        "delegation",
    ]
)
# "The ministry" without an owner belongs to the state that acted last; "the company" or "the court" to nobody known.
_OF_STATE = (
    "ministry",
    "government",
    "parliament",
    "cabinet",
    "army",
    "military",
    "armed forces",
    "embassy",
    "supreme court",
)
# Nouns of these sectors are not the group or organisation itself ("Boko Haram victims").
_OTHERS = frozenset({"CVL", "REF", "MED", "EDU", "HLH", "AGR", "LAB"})
# Whose "the X" is taken up again without an owner.
_LASTING = frozenset({"GOV", "MIL", "JUD", "COP", "REB", "SPY", "OPP", "PRM", "LEG"})
# One name for each sector whose people come under many nouns ("troops", "forces", "army").
_SECTOR_NAMES = {
    "MIL": "military",
    "COP": "police",
    "REB": "rebels",
    "JUD": "judiciary",
    "LEG": "parliament",
    "BUS": "business",
    "CVL": "civilians",
    "OPP": "opposition",
    "SPY": "intelligence",
    "JRN": "media",
    "REL": "clergy",
    "EDU": "academia",
    "MED": "medics",
    "CRM": "criminals",
    "PTY": "party",
    "SET": "settlers",
    "REF": "refugees",
    "ELI": "elite",
    "LAB": "workers",
    "AGR": "farmers",
    "RAD": "radicals",
    "SOC": "civil society",
    "PRM": "paramilitaries",
    "HLH": "health workers",
}


def find_bodies(page: Page, phrases: Sequence[Phrase], tables: ActorTables, draft: Draft) -> None:
    """Mentions of bodies and peoples in one page."""
    for phrase in phrases:
        if phrase.kind != "noun":
            continue
        noun = phrase.noun(tables)
        if noun is None or noun.noun in page.cues["not_its_own"]:
            continue
        if phrase.owners:
            span = page.span(phrase.first, phrase.last)
            noun = _inner(page, phrase, noun, tables)
            who = [w for w in (body_of(o, noun, phrase.opposed, tables) for o in phrase.owners) if w is not None]
            if len(who) == 1 and noun.kind == "body" and noun.sector in _ONE_OF_MANY:
                who = [_by_its_name(page, phrase, who[0])]
            if not who and not phrase.owners[0].key and draft.free(span):
                draft.leave_open(span, two_states(phrase.owners[0], span))
            if who and draft.free(span):
                how = "demonym" if any(o.kind == "adjective" for o in phrase.owners) else "role"
                draft.add(span, who, how, Reason(noun.row, f"“{noun.noun}” of {phrase.owners[0].key}", span))


# Sectors in which a state has many bodies of a kind: a university's own name tells which.
_ONE_OF_MANY = frozenset(("EDU",))


def _by_its_name(page: Page, phrase: Phrase, who: Who) -> Who:
    """A school that is called by a name of its own (the Naval Academy of Chile), under that name; else as it was."""
    first = phrase.first
    if first != phrase.head or not page.is_name_like(first):
        return who
    while page.is_name_like(first - 1) and page.gap(first).strip(" ") == "" and page.words[first - 1].text != "The":
        first -= 1
    if first == phrase.first:
        return who
    name = page.text[page.words[first].start : page.words[phrase.last - 1].end]
    return replace(who, key=f"{who.key}/{name.casefold()}", name=name)


def _inner(page: Page, phrase: Phrase, noun: Noun, tables: ActorTables) -> Noun:
    """The body to which a thing belongs: air force planes are the air force's."""
    if noun.kind == "thing":
        for i in range(phrase.first, phrase.head):
            for name in page.names(i, "noun"):
                if name.detail in ("body", "people"):
                    return tables.nouns[name.row.rpartition("/")[2]]
    return noun


def find_bodies_again(
    pages: Sequence[Page], phrases: Sequence[Sequence[Phrase]], tables: ActorTables, draft: Draft
) -> None:
    """ "the ministry" without an owner: the one named last; else of the state that was last a subject."""
    last_of: dict[str, Who] = {}
    whose = {f.span: f.who[0] for f in draft.found if len(f.who) == 1}
    for page, some in zip(pages, phrases, strict=True):
        for phrase in some:
            noun = phrase.noun(tables) if phrase.kind == "noun" else None
            if noun is None:
                continue
            who = whose.get(page.span(phrase.first, phrase.last)) if phrase.owners else None
            if who is not None:
                last_of[noun.noun] = last_of[noun.noun.rpartition(" ")[2]] = who
            if phrase.owners or phrase.determiner != "the" or noun.kind == "thing" or noun.sector not in _LASTING:
                continue
            span = page.span(phrase.head, phrase.last)
            if not draft.free(span):
                continue
            if noun.noun in last_of:
                draft.add(span, (last_of[noun.noun],), "role", named_before(noun, last_of[noun.noun], span))
            elif noun.noun.endswith(_OF_STATE):
                code = last_state(page, phrase, pages, draft)
                if code is not None:
                    who = acting(code, noun, phrase.opposed, tables)
                    saw = f"“{noun.noun}” of {code}, the state that acted last"
                    draft.add(span, (who,), "role", Reason("code:actors.bodies.last_state", saw, span))
                    last_of[noun.noun] = last_of[noun.noun.rpartition(" ")[2]] = who


def last_state(page: Page, phrase: Phrase, pages: Sequence[Page], draft: Draft) -> str | None:
    """Whose "the foreign ministry" is: of the state that was last a subject, in this passage or the one before."""
    at = page.passage.start + page.words[phrase.first].start
    n = next(k for k, p in enumerate(pages) if p is page)
    floor = pages[max(0, n - 1)].passage.start
    for found in reversed(draft.in_order()):
        if floor <= found.span.start < at and len(found.who) == 1 and found.who[0].is_state:
            home = page if found.span.start >= page.passage.start else pages[n - 1]
            token = home.passage.token_at(found.span.end - 1)
            if token is not None and token.dep_ in ("nsubj", "nsubjpass", "poss"):
                return found.who[0].code
    return None


def named_before(noun: Noun, who: Who, span: Span) -> Reason:
    """ "the ministry" is the ministry that the report named last."""
    return Reason("code:actors.bodies.named_before", f"{who.name} was named by “{noun.noun}” before", span)


def body_of(owner: Name, noun: Noun, opposed: bool, tables: ActorTables) -> Who | None:
    """What acts for an owner in one sector: its army, its courts, its rebels; its government is the state itself."""
    country = tables.countries.get(owner.key)
    row = tables.by_row.get(owner.row)
    if isinstance(row, Group) and row.type == "people":
        return _of_people(row, owner, noun)
    if owner.kind in ("org", "group") or country is None:
        return owner_who(owner, tables) if noun.sector not in _OTHERS else None
    code = code_of(owner, tables) or owner.key
    if owner.detail == "region" and noun.sector == "GOV" and noun.kind != "body":
        return Who(f"body/{code}/region/{owner.written[0]}", " ".join(owner.written), code, "GOV")
    return acting(code, noun, opposed, tables)


# Of a people, these are an actor beside it: it has rebels and parties, and no army or government of its own.
_BESIDE = frozenset({"REB", "MIL", "PRM", "CRM", "OPP", "PTY", "COP", "JRN", "BUS", "REL"})


def _of_people(row: Group, owner: Name, noun: Noun) -> Who:
    """ "Kurdish fighters" are no civilians; Kurdish villagers and leaders stand for their people."""
    if noun.sector not in _BESIDE:
        return Who(f"group/{row.code}", row.name, row.code, row.sector)
    name = f"{owner.text} {_SECTOR_NAMES.get(noun.sector, noun.noun)}"
    return Who(f"body/{row.code}/{noun.sector}", name, row.code, noun.sector)


def acting(code: str, noun: Noun, opposed: bool, tables: ActorTables) -> Who:
    """What acts for a state in one sector: its army, its courts, its rebels; its government is the state itself."""
    country = tables.countries[code]
    sector = "OPP" if opposed else noun.sector
    adjective = country.adjectives[0] if country.adjectives else country.name
    head = noun.noun.rpartition(" ")[2]
    if sector == "GOV" and (noun.kind != "body" or head in _GOVERNMENT):
        return state(code, tables)
    if noun.kind == "body":
        return Who(f"body/{code}/{sector}/{noun.noun}", f"{adjective} {noun.noun}", code, sector)
    return Who(f"body/{code}/{sector}", f"{adjective} {_SECTOR_NAMES.get(sector, noun.noun)}", code, sector)
