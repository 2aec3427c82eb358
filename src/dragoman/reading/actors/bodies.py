"""What acts for a state: its army, courts, ministries, rebels; a noun with an owner, or one that was named before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge.actors import ActorTables, Group, Noun
from dragoman.knowledge.names import Name
from dragoman.model import Reason, Span
from dragoman.reading.actors.clause import mention_at, subject_above
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


@dataclass(frozen=True, slots=True)
class Near:
    """The state of a report's dateline."""

    code: str
    sure: bool  # no other is named more often
    far: bool  # nor half as often: whatever has no owner is its own, in each paragraph


def find_bodies_again(
    pages: Sequence[Page],
    phrases: Sequence[Sequence[Phrase]],
    near: Near | None,
    tables: ActorTables,
    draft: Draft,
) -> None:
    """ "the ministry" without an owner: the one named last; else of the state where the report plays, or that was last
    a subject.

    near: the state where the report plays.
    """
    last_of: dict[str, Who] = {}
    rulers: Who | None = None  # the state whose junta was named
    whose = {f.span: f.who[0] for f in draft.found if len(f.who) == 1}
    for page, some in zip(pages, phrases, strict=True):
        for phrase in some:
            noun = phrase.noun(tables) if phrase.kind == "noun" else None
            if _RULERS & set(phrase.words.split()) and phrase.words.split()[0] in _OF_RULERS:
                rulers = _ruling(page, phrase, rulers, near, tables, draft)
            if noun is None:
                continue
            who = whose.get(page.span(phrase.first, phrase.last)) if phrase.owners else None
            if who is not None:
                last_of[noun.noun] = last_of[noun.noun.rpartition(" ")[2]] = last_of[_alike(noun)] = who
            if phrase.owners or phrase.determiner != "the" or noun.kind == "thing" or noun.sector not in _LASTING:
                continue
            span = page.span(phrase.head, phrase.last)
            if not draft.free(span):
                continue
            who = last_of.get(noun.noun) or last_of.get(_alike(noun))
            alone = noun.noun in _POINTS_BACK
            if (
                who is not None
                and near is not None
                and near.sure
                and not alone
                and who.code != near.code
                and _here(page, near.code, draft)
            ):
                who = None if who.code in tables.countries and not _here(page, who.code, draft) else who
            if who is not None:
                draft.add(span, (who,), "role", named_before(noun, who, span))
            elif noun.noun.endswith(_OF_STATE):
                known = None if alone else near
                code = _of_which(page, phrase, noun, known, pages, tables, draft)
                if code is not None:
                    who = acting(code, noun, phrase.opposed, tables)
                    where = "where the report plays" if near is not None and code == near.code else "that acted last"
                    saw = f"“{noun.noun}” of {code}, the state {where}"
                    draft.add(span, (who,), "role", Reason("code:actors.bodies.last_state", saw, span))
                    last_of[noun.noun] = last_of[noun.noun.rpartition(" ")[2]] = who


# These point to the one that was named, at home or not.
_POINTS_BACK = frozenset({"ministry", "embassy", "supreme court"})
# "The military rulers", "the coup leaders", "the junta" are one, and the government of the state they took.
_RULERS = frozenset({"junta", "rulers", "leaders", "putschists"})
_OF_RULERS = frozenset({"junta", "military", "coup", "putschists", "ruling"})


def _ruling(
    page: Page, phrase: Phrase, before: Who | None, near: Near | None, tables: ActorTables, draft: Draft
) -> Who | None:
    """The state whose rulers the words name; without an owner that of the junta named before, else where the report
    plays. The mention is put in where the words say no state."""
    if phrase.owners:
        code = code_of(phrase.owners[0], tables)
        return state(code, tables) if code in tables.countries and code else before
    code = before.code if before is not None else near.code if near is not None else None
    span = page.span(phrase.head, phrase.last)
    if code is None or phrase.determiner != "the" or not draft.free(span):
        return before
    who = state(code, tables)
    saw = f"the rulers of {who.name}, {'named before' if before is not None else 'where the report plays'}"
    draft.add(span, (who,), "role", Reason("code:actors.bodies.find_bodies_again", saw, span))
    return who


def _alike(noun: Noun) -> str:
    """Bodies that news calls by several names: the army is the military."""
    return "army" if noun.noun in ("army", "military", "armed forces") else noun.noun


def _here(page: Page, code: str | None, draft: Draft) -> bool:
    """The state, or somebody of it, is named in this passage."""
    low, high = page.passage.start, page.passage.start + len(page.text)
    return any(low <= f.span.start < high and any(w.code == code for w in f.who) for f in draft.found)


def _of_which(
    page: Page,
    phrase: Phrase,
    noun: Noun,
    near: Near | None,
    pages: Sequence[Page],
    tables: ActorTables,
    draft: Draft,
) -> str | None:
    """Whose "the government" is: of the state where the report plays, unless the clause is about another one ("In Chad
    the army ...", "Chad put the army on alert", "Chad's minister left, the ministry said"); where it is not sure where
    the report plays, that which acted last."""
    last = last_state(page, phrase, pages, draft)
    span = page.span(phrase.head, phrase.last)
    token = page.token_at(span.end - 1)
    for below in (o for c in token.children if c.lower_ in ("of", "under") for o in c.children if o.dep_ == "pobj"):
        whose = mention_at(page, below, draft.found)  # "the government of Ada Norr"
        if whose is not None and whose.who[0].code in tables.countries:
            return whose.who[0].code
    subject = subject_above(page, token, draft.found) if token.dep_ in ("dobj", "pobj", "dative") else None
    if noun.sector in ("GOV", "LEG", "OPP") and subject is not None and subject.is_state and subject.code == last:
        last, subject = None, None  # nobody congratulates his own government
    here = near is not None and _here(page, near.code, draft)
    if near is None or not (here or near.far):
        return last
    if not (near.sure and here) and _last_subject(page, span, draft, tables) not in (None, near.code):
        return last
    places = [o for c in token.head.children if c.lower_ == "in" for o in c.children if o.dep_ == "pobj"]
    there = [m.who[0].code for o in places if (m := mention_at(page, o, draft.found)) is not None and m.who[0].is_state]
    if there:
        return there[0]
    if noun.sector not in ("GOV", "LEG", "OPP") and subject is not None and subject.is_state:
        return subject.code
    return near.code


def _last_subject(page: Page, span: Span, draft: Draft, tables: ActorTables) -> str | None:
    """The state of the last one in a subject's seat before ``span`` in this passage; None where that is no state's."""
    for found in reversed(draft.in_order()):
        if not page.passage.start <= found.span.start < span.start or len(found.who) > 1:
            continue
        if page.token_at(found.span.end - 1).dep_ in ("nsubj", "nsubjpass"):
            code = found.who[0].code
            return code if code in tables.countries else None
    return None


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
