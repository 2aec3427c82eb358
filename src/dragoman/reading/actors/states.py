"""Countries, capitals, words for governments, adjectives: when they act and when they are only places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dragoman.knowledge.actors import ActorTables, Group
from dragoman.knowledge.names import Hit, Name
from dragoman.model import Reason, Span
from dragoman.reading.actors.draft import Draft, Who
from dragoman.reading.actors.identity import owner_who
from dragoman.reading.actors.page import Page
from dragoman.reading.parse import Token


def find_states(page: Page, named: frozenset[str], tables: ActorTables, draft: Draft) -> None:
    """Mentions of states and bodies in one page, where nothing wider has taken the words."""
    for hit in reversed(page.hits):  # from the right: "Russia's FSB" is one mention, and takes its owner with it
        if hit.kinds.isdisjoint(HOW):
            continue
        span = page.span(hit.first, hit.last)
        if not draft.free(span):
            continue
        names = meant(page, hit, named, tables)
        if not names:
            continue
        rows = list(dict.fromkeys(n.row for n in names))
        if len(rows) > 1:
            draft.leave_open(span, Reason("code:actors.states.meant", f"may be {' or '.join(rows)}", span))
            continue
        name = names[0]
        saw = f"“{name.text}”"
        if name.kind == "capital":
            token = page.tokens[hit.last - 1]
            hosts = hosting(page, token)
            if not hosts and place(page, hit.first, hit.last, token) is not None:
                continue
            saw = "a capital where only a government can stand"
            rows = [name.row] if hosts else seated(name, named, tables)
            if len(rows) != 1:
                draft.leave_open(span, Reason("code:actors.states.seated", f"may be {' or '.join(rows)}", span))
                continue
            name = replace(name, row=rows[0])
        if name.kind == "metonym" and name.detail not in ("", "GOV"):
            body = name.text
            who: Who | None = Who(f"body/{name.key}/{name.detail}/{body}", body, name.key, name.detail)
        elif name.kind == "demonym" and is_people(page, hit):
            people = name.text
            who = Who(f"people/{name.key}", people, name.key, "CVL")
            saw = f"{saw}: people, not the state"
        else:
            who = owner_who(name, tables)
        if who is not None:
            first = owned_from(page, hit.first, name, who, tables)
            if page.words[first].fold == "the" and hit.last - first > 1:
                first += 1
            wide, span = page.span(first, hit.last), page.span(max(first, hit.first), hit.last)
            draft.add(wide if draft.free(wide) else span, (who,), HOW[name.kind], Reason(name.row, saw, span))


_MEETING = frozenset({"receive", "meet", "host", "see", "greet", "welcome"})  # where they meet is a place


def hosting(page: Page, token: Token) -> bool:
    """After "ambassador to", "envoy in" a capital means the state that hosts; so does one after "embassy in", unless
    the words say whose embassy it is ("the Chilean embassy in Lima" is a place there)."""
    preposition = token.head
    if token.dep_ != "pobj" or preposition.lower_ not in ("to", "in"):
        return False
    noun = preposition.head
    if noun.dep_ not in ("dobj", "nsubj", "nsubjpass", "pobj", "appos", "attr", "conj") and noun.pos_ in (
        "VERB",
        "AUX",
    ):
        # "recalled its ambassador to Lima": the parser hangs "to" on the verb
        noun = next((c for c in noun.children if c.dep_ == "dobj" and c.i < preposition.i), noun)
    if noun.lower_ not in page.cues["posts"] or (preposition.lower_ == "in" and noun.head.lemma_ in _MEETING):
        return False
    hit = page.hit_over(noun)
    owned = (
        any(page.names(w, "adjective", "country", "org") for w in range(max(0, hit.first - 2), hit.first))
        if hit
        else False
    )
    return not (owned and noun.lower_.startswith(("embass", "consulate", "legation")))


def seated(name: Name, named: frozenset[str], tables: ActorTables) -> list[str]:
    """Whom a capital stands for in which a body has its seat too: of Belgium and the EU the one that the report names.

    Rows of all that remain when it names both or neither.
    """
    bodies = [f"actors/organizations/{code}" for code in name.other]
    rows = [name.row, *(row for row in bodies if row in tables.by_row)]
    return [row for row in rows if row.rpartition("/")[2] in named] or rows


def is_people(page: Page, hit: Hit) -> bool:
    """ "Nigerians", "all Nigerians", "two Australians" are people; "the Russians" mostly stands for the state."""
    if page.tokens[hit.last - 1].tag_ not in ("NNS", "NNPS"):
        return False
    i = hit.first - 1
    while i >= 0 and page.words[i + 1].glued and page.tokens[i].tag_ in ("JJ", "JJR", "JJS", "CD"):
        if page.words[i].fold in page.cues["of_people"]:
            return True
        i -= 1
    return i < 0 or not page.words[i + 1].glued or page.words[i].fold != "the"


def find_generic(pages: Sequence[Page], tables: ActorTables, draft: Draft) -> None:
    """ "the bloc", "the alliance": an organisation or a group that the report has named before."""
    for page in pages:
        for hit in page.hits:
            if "generic" not in hit.kinds or hit.first == 0 or page.words[hit.first - 1].fold != "the":
                continue
            rows = [n for n in hit.names if n.kind == "generic"]
            span = page.span(hit.first, hit.last)
            if not draft.free(span):
                continue
            ends = {f"org/{n.row}" for n in rows} | {f"group/{n.key}" for n in rows}
            before = [f for f in draft.in_order() if f.span.start < span.start and f.who[0].key in ends]
            owning, at = _owning(pages, span, {n.row for n in rows}, tables, draft)
            who = before[-1].who if before and (not owning or before[-1].span.start > at) else owning
            if who:
                because = Reason("code:actors.states.find_generic", f"{who[0].name} was named before", span)
                draft.add(span, who, "org", because)


def _owning(
    pages: Sequence[Page], before: Span, rows: Collection[str], tables: ActorTables, draft: Draft
) -> tuple[tuple[Who, ...], int]:
    """The body of these rows that was named last before only as whose somebody is ("NATO spokesman Ray"), and where."""
    names = [
        (page.span(hit.first, hit.last).start, name)
        for page in pages
        for hit in page.hits
        if page.span(hit.first, hit.last).start < before.start
        for name in hit.names
        if name.kind in ("org", "group")
        and name.row in rows
        and not (name.other and draft.free(page.span(hit.first, hit.last)))
    ]
    who = owner_who(names[-1][1], tables) if names else None
    return ((who,), names[-1][0]) if who is not None else ((), 0)


HOW = {"country": "country", "adjective": "demonym", "demonym": "demonym", "capital": "metonym", "metonym": "metonym",
       "org": "org", "group": "org"}  # fmt: skip
_ORDER = ("country", "org", "group", "metonym", "adjective", "capital", "demonym")


def meant(page: Page, hit: Hit, named: frozenset[str], tables: ActorTables) -> list[Name]:
    """Which rows the words mean here; none when they are part of something else; several when that stays open."""
    names = [n for n in hit.names if n.kind in HOW and n.detail != "region"]
    if not names:
        return []
    best = min(_ORDER.index(n.kind) for n in names)
    names = [
        n for n in names if n.kind == _ORDER[best] or (n.kind in ("org", "group", "metonym") and best in (1, 2, 3))
    ]
    if _part_of_other(page, hit):
        return []
    other = {o for n in names for o in n.other}
    if names[0].kind in ("org", "group") and _in_capitals(page, hit):
        return []
    codes = {n.key for n in names}
    if names[0].kind == "adjective":
        codes = {n.key for n in names}
        return ([n for n in names if n.key in named] or names) if len(codes) > 1 else names
    if "person" in other and _is_person(page, hit):
        return []
    if len(codes) > 1:
        near = [n for n in names if n.key in named]
        return near or names
    if names[0].kind == "metonym" and other & ({"word"} | set(tables.countries)) and names[0].key not in named:
        return []
    if names[0].kind in ("org", "group") and "word" in other and len(names[0].written) == 1 and page.capitals:
        return []
    return names


def _in_capitals(page: Page, hit: Hit) -> bool:
    """An acronym beside another word in capitals that no table has: "FACT SHEET" names no group."""
    word = page.words[hit.first].text
    if hit.last - hit.first > 1 or not word.isupper() or page.capitals:
        return False
    return any(
        0 <= i < len(page.words)
        and page.words[max(i, hit.first)].glued
        and page.hit_at[i] is None
        and len(page.words[i].text) > 2
        and page.words[i].text.isupper()
        for i in (hit.first - 1, hit.last)
    )


def _part_of_other(page: Page, hit: Hit) -> bool:
    """The words are inside a longer name that no table has: "Latin American", "South China Sea"."""
    before = hit.first - 1
    if (
        before >= 0
        and page.words[hit.first].glued
        and page.gap(hit.first)[:1] not in ("'", "’")
        and not page.title_case
    ):
        word = page.words[before]
        if word.fold in page.cues["directions"] and page.gap(hit.first) in (" ", "-"):
            return True
        if page.is_name_like(before) and page.hit_at[before] is None and page.tokens[before].pos_ == "PROPN" and (
            page.tokens[before].dep_ == "compound" and not page.sentence_start(before)
        ):  # fmt: skip
            return page.gap(hit.first) == " "
    after = hit.last
    if (
        after < len(page.words)
        and page.words[after].glued
        and page.words[after].text == "state"
        and any("place" in o for n in hit.names for o in n.other)
    ):
        return True  # "Washington state"
    if (
        _word_after(page, after) in ("state", "delta", "province")
        and page.words[hit.first].fold in page.cues["namesakes"]
    ):
        return True  # "Niger State"
    if after < len(page.words) and page.words[after].glued and page.words[after].fold in page.cues["landforms"]:
        return page.is_name_like(after)
    return False


def _word_after(page: Page, i: int) -> str:
    return page.words[i].fold if i < len(page.words) and page.words[i].glued and page.gap(i) == " " else ""


def _is_person(page: Page, hit: Hit) -> bool:
    """The parser takes the words for a person's name, together with others."""
    token = page.tokens[hit.last - 1]
    if token.ent_type_ != "PERSON":
        return False
    return any(
        0 <= i < len(page.words)
        and page.words[max(i, hit.first)].glued
        and page.tokens[i].ent_type_ == "PERSON"
        and page.is_name_like(i)
        for i in (hit.first - 1, hit.last)
    )


def owned_from(page: Page, first: int, name: Name, who: Who, tables: ActorTables) -> int:
    """Where "Russia's FSB" begins: at the owner, when it is the same state."""
    if who.key.startswith("org/") or (who.is_state and name.kind != "metonym"):
        return first
    row = tables.by_row.get(name.row)
    codes = {who.code, *(row.countries if isinstance(row, Group) else ())}
    before = page.hit_at[first - 1] if first > 0 and page.words[first].glued else None
    if before is not None and any(n.kind in ("country", "adjective") and n.key in codes for n in before.names):
        return before.first
    return first


def place(page: Page, first: int, last: int, token: Token) -> str | None:
    """Why a capital is only a place here; None where it stands for its government."""
    after = page.text[page.words[last - 1].end :][:2]
    if (
        after.startswith(",")
        and last < len(page.words)
        and (page.names(last, "country") or (page.names(last, "capital") and page.tokens[last].dep_ != "conj"))
        and token.dep_ != "conj"
    ):
        return "followed by its country"
    before = page.words[first - 1].fold if first else ""
    if before == "capital":
        return "called a capital"
    if token.dep_ == "conj":
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
        if preposition in page.cues["place_prepositions"]:
            return f"after “{preposition}”"
        if preposition in ("to", "from", "for", "between") and head.head.lemma_.lower() in page.cues["motion"]:
            return f"where “{head.head.text}” leads"
        if preposition == "to" and head.head.lemma_.lower() in page.cues["sending"] and _people_sent(page, head.head):
            return f"where somebody is sent (“{head.head.text}”)"
        if preposition == "from" and head.head.lemma_.lower() in page.cues["removal"]:
            return f"where somebody is made to leave (“{head.head.text}”)"
        if preposition == "of" and head.head.lower_ in page.cues["parts"]:
            return f"“{head.head.text}” of it"
        if preposition == "from" and head.head.dep_ == "dobj" and head.head.head.lemma_.lower() == "recall":
            return "where an envoy is called home from"
        if preposition in ("to", "from") and any(
            c.lemma_.lower() in page.cues["motion"] for c in head.head.children if c.dep_ == "dobj"
        ):
            return "where a journey leads"
        if preposition in ("from", "on", "of") and head.head.lemma_.lower() in (
            "city",
            "capital",
            "report",
            "mayor",
            "street",
            "suburb",
        ):
            return "the city itself"
        return None
    if dep in ("dobj", "attr", "npadvmod") and (dep != "dobj" or head.lemma_.lower() in page.cues["place_objects"]):
        return "a place that is reached or named"
    if dep in ("compound", "nmod", "amod"):
        return "only says which"
    if dep == "poss" and (head.lemma_.lower() in page.cues["city_heads"] or head.pos_ == "PROPN"):
        return "something of the city"
    if dep == "appos":
        return "set beside another name"
    if dep == "ROOT" and itself.i == token.i:
        return "stands alone"
    return None


def _people_sent(page: Page, verb: Token) -> bool:
    """What is sent are people ("police"), not a letter."""
    for child in verb.children:
        hit = page.hit_over(child) if child.dep_ == "dobj" else None
        if hit is not None and any(n.kind in ("noun", "title") and n.detail in _PEOPLE for n in hit.names):
            return True
    return False


_PEOPLE = frozenset({"person", "people", "title"})
