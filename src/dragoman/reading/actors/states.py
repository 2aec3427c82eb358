"""Countries, capitals, words for governments, adjectives: when they act and when they are only places."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge.actors import ActorTables, Noun
from dragoman.knowledge.names import Name
from dragoman.model import Reason, Span
from dragoman.reading.actors.draft import Draft, Who
from dragoman.reading.actors.identity import owner_who, state
from dragoman.reading.actors.page import OWNERS, Page
from dragoman.reading.parse import Token

_PLACE_PREPOSITIONS = frozenset("in at near outside around inside into within through across via throughout over above toward towards "
                                "beyond".split())  # fmt: skip
_MOTION = frozenset("travel fly go arrive visit return come leave depart move drive walk march flee head hold land tour reach enter trip "
                    "flight journey road way train visitor drive relocate".split())  # fmt: skip
_PLACE_OBJECTS = frozenset("visit leave reach enter tour cross surround evacuate rock shake".split())
_CITY_HEADS = frozenset("mayor metro street airport suburb outskirts square district resident hotel city region embassy station summit "
                        "meeting conference talk court university time native weather".split())  # fmt: skip


def find_states(page: Page, tables: ActorTables, draft: Draft) -> None:
    """Mentions of states in one page, where nothing wider has taken the words."""
    for hit in page.hits:
        span = page.span(hit.first, hit.last)
        if not draft.free(span):
            continue
        names = [n for n in hit.names if n.kind in OWNERS or n.kind == "demonym"]
        if not names:
            continue
        kinds = {n.kind for n in names}
        token = page.tokens[hit.last - 1]
        if "adjective" in kinds and not kinds & {"country", "capital", "org", "group"}:
            _demonym(page, hit.first, hit.last, [n for n in names if n.kind == "adjective"], tables, draft)
        elif kinds & {"country"}:
            _one(page, span, [n for n in names if n.kind == "country"], "country", tables, draft)
        elif "org" in kinds or "group" in kinds:
            _one(page, span, [n for n in names if n.kind in ("org", "group")], "org", tables, draft)
        elif "metonym" in kinds:
            _metonym(page, span, [n for n in names if n.kind == "metonym"], tables, draft)
        elif "capital" in kinds:
            why = place(page, hit.first, hit.last, token)
            if why is None:
                because = "a capital where only a government can stand"
                _one(page, span, [n for n in names if n.kind == "capital"], "metonym", tables, draft, because)
        elif "demonym" in kinds:
            _one(page, span, [n for n in names if n.kind == "demonym"], "demonym", tables, draft)


def _one(
    page: Page, span: Span, names: Sequence[Name], how: str, tables: ActorTables, draft: Draft, saw: str | None = None
) -> None:
    rows = list(dict.fromkeys(n.row for n in names))
    if len(rows) > 1:
        draft.leave_open(span, Reason("code:actors.states.find_states", f"may be {' or '.join(rows)}", span))
        return
    who = owner_who(names[0], tables)
    if who is not None:
        draft.add(span, (who,), how, Reason(names[0].row, saw or f"“{' '.join(names[0].written)}”", span))


def _metonym(page: Page, span: Span, names: Sequence[Name], tables: ActorTables, draft: Draft) -> None:
    name = names[0]
    if name.detail in ("", "GOV"):
        _one(page, span, names, "metonym", tables, draft)
        return
    body = " ".join(name.written)
    who = Who(f"body/{name.key}/{name.detail}/{body}", body, name.key, name.detail)
    draft.add(span, (who,), "metonym", Reason(name.row, f"“{body}”", span))


def _demonym(page: Page, first: int, last: int, names: Sequence[Name], tables: ActorTables, draft: Draft) -> None:
    """"Russian drones": from the adjective to its noun, when the noun acts for somebody; else the adjective alone."""
    span = page.span(first, last)
    if len({n.row for n in names}) > 1:
        draft.leave_open(span, Reason("code:actors.states.find_states", "several states have this adjective", span))
        return
    name = names[0]
    found = noun_after(page, first, last, tables)
    if found is None:
        draft.add(span, (state(name.key, tables),), "demonym", Reason(name.row, f"“{' '.join(name.written)}”", span))
        return
    noun, end = found
    span = page.span(first, end)
    draft.add(span, (body_of(name.key, noun, tables),), "demonym", Reason(noun.row, f"a noun of sector {noun.sector}", span))


def body_of(code: str, noun: Noun, tables: ActorTables) -> Who:
    """What acts for a state in one sector: its army, its courts, its rebels; its government is the state itself."""
    if noun.sector in ("GOV", ""):
        return state(code, tables)
    country = tables.countries[code]
    adjective = country.adjectives[0] if country.adjectives else country.name
    return Who(f"body/{code}/{noun.sector}", f"{adjective} {noun.sector}", code, noun.sector)


def noun_after(page: Page, first: int, last: int, tables: ActorTables) -> tuple[Noun, int] | None:
    """The agentive noun at the head of the phrase that a modifier begins, and the word after it."""
    head = page.tokens[last - 1]
    for _ in range(6):
        if head.dep_ in ("amod", "compound", "nmod", "poss") and head.head.i > head.i:
            head = head.head
        else:
            break
    if head.i == page.tokens[last - 1].i:
        return None
    for i in range(last, min(last + 7, len(page.words))):
        if page.tokens[i].i == head.i:
            hit = page.hit_at[i]
            noun = next((n for n in hit.names if n.kind == "noun"), None) if hit is not None else None
            if noun is None or hit is None:
                return None
            return tables.nouns[noun.row.rpartition("/")[2]], i + 1
    return None


def place(page: Page, first: int, last: int, token: Token) -> str | None:
    """Why a capital is only a place here; None where it stands for its government."""
    after = page.passage.doc.text[page.words[last - 1].end :][:2]
    if after.startswith(",") and last < len(page.words) and page.names(last, "country", "capital") and token.dep_ != "conj":
        return "followed by its country"
    before = page.words[first - 1].fold if first else ""
    if before == "capital":
        return "called a capital"
    dep, head = token.dep_, token.head
    if dep == "conj":
        return place_by(page, token.head, token) if token.head.ent_type_ else None
    return place_by(page, token, token)


def place_by(page: Page, token: Token, itself: Token) -> str | None:
    """The same by the word on which the name hangs."""
    dep, head = token.dep_, token.head
    for _ in range(3):
        if dep == "conj":
            token, dep, head = head, head.dep_, head.head
    if dep == "pobj":
        preposition = head.lower_
        if preposition in _PLACE_PREPOSITIONS:
            return f"after “{preposition}”"
        if preposition in ("to", "from", "for") and head.head.lemma_.lower() in _MOTION:
            return f"where “{head.head.text}” leads"
        if preposition in ("from", "on", "of") and head.head.lemma_.lower() in ("city", "capital", "report", "mayor", "street", "suburb"):
            return "the city itself"
        return None
    if dep in ("dobj", "attr", "npadvmod") and (dep != "dobj" or head.lemma_.lower() in _PLACE_OBJECTS):
        return "a place that is reached or named"
    if dep in ("compound", "nmod", "amod"):
        return "only says which"
    if dep == "poss" and (head.lemma_.lower() in _CITY_HEADS or head.pos_ == "PROPN"):
        return "something of the city"
    if dep == "appos":
        return "set beside another name"
    if dep == "ROOT" and itself.i == token.i:
        return "stands alone"
    return None
