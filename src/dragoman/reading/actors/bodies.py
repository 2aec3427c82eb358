"""What acts for a state: its army, courts, ministries, rebels; a noun with an owner, or one that was named before."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge.actors import ActorTables, Noun
from dragoman.knowledge.names import Name
from dragoman.model import Reason
from dragoman.reading.actors.draft import Draft, Who
from dragoman.reading.actors.identity import code_of, owner_who, state
from dragoman.reading.actors.page import Page
from dragoman.reading.actors.phrases import Phrase

# Nouns that name the government itself; every other body of sector GOV is an actor of its own.
_GOVERNMENT = frozenset("government administration cabinet regime authority leadership side state presidency delegation".split())
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


def find_bodies(
    page: Page, phrases: Sequence[Phrase], tables: ActorTables, draft: Draft, last_of: dict[str, Who]
) -> None:
    """Mentions of bodies and peoples in one page. last_of: the body last named by each noun, kept over the report."""
    for phrase in phrases:
        if phrase.kind != "noun":
            continue
        noun = phrase.noun(tables)
        if noun is None or noun.noun in ("capital", "city"):
            continue
        if phrase.owners:
            span = page.span(phrase.first, phrase.last)
            who = [w for w in (body_of(o, noun, phrase.opposed, tables) for o in phrase.owners) if w is not None]
            if who and draft.free(span):
                how = "demonym" if any(o.kind == "adjective" for o in phrase.owners) else "role"
                draft.add(span, who, how, Reason(noun.row, f"“{noun.noun}” of {phrase.owners[0].key}: {noun.sector}", span))
                if len(who) == 1:
                    last_of[noun.noun] = last_of[noun.noun.rpartition(" ")[2]] = who[0]
        elif phrase.determiner == "the" and noun.noun in last_of:
            span = page.span(phrase.head, phrase.last)
            draft.add(span, (last_of[noun.noun],), "role", named_before(noun, last_of[noun.noun], page, phrase))


def named_before(noun: Noun, who: Who, page: Page, phrase: Phrase) -> Reason:
    """"the ministry" is the ministry that the report named last."""
    return Reason("code:actors.bodies.named_before", f"{who.name} was named by “{noun.noun}” before", page.span(phrase.head, phrase.last))


def body_of(owner: Name, noun: Noun, opposed: bool, tables: ActorTables) -> Who | None:
    """What acts for an owner in one sector: its army, its courts, its rebels; its government is the state itself."""
    country = tables.countries.get(owner.key)
    if owner.kind in ("org", "group") or country is None:
        return owner_who(owner, tables)
    code = code_of(owner, tables) or owner.key
    sector = "OPP" if opposed else noun.sector
    adjective = country.adjectives[0] if country.adjectives else country.name
    head = noun.noun.rpartition(" ")[2]
    if sector == "GOV" and (noun.kind != "body" or head in _GOVERNMENT):
        return state(code, tables) if owner.detail != "region" else Who(f"body/{code}/region/{owner.written[0]}", " ".join(owner.written), code, "GOV")
    if noun.kind == "body":
        return Who(f"body/{code}/{sector}/{noun.noun}", f"{adjective} {noun.noun}", code, sector)
    return Who(f"body/{code}/{sector}", f"{adjective} {_SECTOR_NAMES.get(sector, noun.noun)}", code, sector)
