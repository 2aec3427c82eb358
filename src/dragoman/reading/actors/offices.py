"""Offices without a name: "the Turkish president", "his Chinese counterpart", "the former chancellor"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.knowledge.actor_rows import TOP, alike
from dragoman.knowledge.actors import ActorTables, Country
from dragoman.knowledge.names import Name
from dragoman.model import Interval, Reason, Span
from dragoman.reading.actors.draft import Draft, Found, Who
from dragoman.reading.actors.identity import acts_in, code_of, owner_who, person_who, state
from dragoman.reading.actors.page import Page
from dragoman.reading.actors.phrases import SENT, Phrase

_LEADING = TOP | {"heir"}


def find_offices(
    page: Page,
    number: int,
    phrases: Sequence[Phrase],
    used: set[tuple[int, int]],
    window: Interval,
    tables: ActorTables,
    draft: Draft,
) -> None:
    """Mentions of office-holders by their office alone, in one page."""
    for phrase in phrases:
        if phrase.kind != "title" or phrase.style or (number, phrase.first) in used:
            continue
        span = page.span(phrase.first, phrase.last)
        if not draft.free(span):
            continue
        if _is_of_office(page, phrase):
            _office_of(page, phrase, tables, draft)
        elif "counterpart" in phrase.words:
            _counterpart(phrase, span, window, tables, draft)
        elif phrase.plural or len(phrase.owners) > 1:
            _several(phrase, span, window, tables, draft)
        elif phrase.owners:
            _one(phrase, phrase.owners[0], span, window, tables, draft)
        else:
            _bare(page, phrase, span, window, tables, draft)


def leave_offices_open(pages: Sequence[Page], phrases: Sequence[Sequence[Phrase]], draft: Draft) -> None:
    """ "The prime minister" of whom nothing tells the country, at the head of a state or a government: left open."""
    for page, some in zip(pages, phrases, strict=True):
        for phrase in some:
            if phrase.kind != "title" or phrase.plural or phrase.owners or phrase.style or phrase.first == 0:
                continue
            span = page.span(phrase.first, phrase.last)
            if _of_a_state(page, phrase) and draft.free(span):
                saw = f"the report names no {phrase.words}, nor whose"
                draft.leave_open(span, Reason("code:actors.offices.leave_offices_open", saw, span))


def _of_a_state(page: Page, phrase: Phrase) -> bool:
    """ "The president", and no more: not "the president of the bank", "the firm's president", "the premier league"."""
    after = page.words[phrase.last].fold if phrase.last < len(page.words) and page.words[phrase.last].glued else ""
    return (
        bool(set(phrase.offices) & {"head_of_state", "head_of_government", "monarch"})
        and page.words[phrase.first - 1].fold == "the"
        and after not in ("of", "for", "and")
        and page.gap(phrase.last)[:1] not in ("'", "’")
        and page.tokens[phrase.last - 1].dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "dative")
    )


def _is_of_office(page: Page, phrase: Phrase) -> bool:
    """ "the prime minister's office" follows the title, or begins with it."""
    return (
        page.gap(phrase.last)[:2] in ("'s", "’s")
        and page.words[phrase.last].fold in ("office", "administration", "cabinet")
        and bool({*TOP, "vice_president", "other_minister"} & set(phrase.offices))
    )


def _office_of(page: Page, phrase: Phrase, tables: ActorTables, draft: Draft) -> None:
    """The office of a head of government is the government."""
    span = page.span(phrase.first, phrase.last + 1)
    code = code_of(phrase.owners[0], tables) if phrase.owners else None
    if not phrase.owners:
        named = [f.who[0] for f in draft.in_order() if f.span.start < span.start and len(f.who) == 1]
        code = next((w.code for w in reversed(named) if w.office is not None and _fits(w, phrase)), None)
    if code is not None and code in tables.countries:
        draft.add(span, (state(code, tables),), "role", government(phrase, code, span))


def government(phrase: Phrase, code: str, span: Span) -> Reason:
    """ "The prime minister's office" is no person: it speaks for the government."""
    return Reason("code:actors.offices.government", f"the office of the {phrase.words} of {code}", span)


def _one(phrase: Phrase, owner: Name, span: Span, window: Interval, tables: ActorTables, draft: Draft) -> None:
    who, because = holder(phrase, owner, span, window, tables, draft)
    if who is not None:
        draft.add(span, (who,), "role", because)
    elif not owner.key:
        draft.leave_open(span, two_states(owner, span))


def two_states(owner: Name, span: Span) -> Reason:
    """The adjective is that of two states ("Korean", "Congolese"), and the report names both or neither."""
    return Reason("code:actors.offices.two_states", f"“{owner.text}” may be of {owner.row}", span)


def holder(
    phrase: Phrase, owner: Name, span: Span, window: Interval, tables: ActorTables, draft: Draft
) -> tuple[Who | None, Reason]:
    """Who holds the office of that state: somebody whom the report names, else the table's only one of those days."""
    code = code_of(owner, tables)
    offices = phrase.offices
    why = Reason("code:actors.offices.holder", f"{phrase.words} of {code}", span)
    if code is None:
        return None, why
    definite = phrase.determiner not in ("a", "an")
    sent = bool(SENT & set(offices))
    named = [w for w in persons_before(draft, span.start, before_only=sent) if w.code == code and _fits(w, phrase)]
    here = [w for w in named if not sent or _serves_there(w, phrase, tables)]
    if here and definite and owner.detail != "region":
        return here[0], replace(why, saw=f"{here[0].name} is the {phrase.words} of {code} whom the report names")
    if (
        definite
        and code in tables.countries
        and owner.detail != "region"
        and not phrase.effects
        and window.start is not None
    ):
        rows = {
            o.person: o
            for office in sorted(alike(offices))
            for o in tables.by_office.get((code, office), ())
            if o.held.meet(window) and (not sent or _named_in(o.title, phrase.post, tables))
        }
        if len(rows) == 1:
            office = next(iter(rows.values()))
            person = tables.persons[tables.person_of[office.row]]
            who = person_who(person, [code], offices, False, None, False, window, span)
            return who, Reason(office.row, f"the only {phrase.words} of {code} in those days", span)
    body = owner_who(owner, tables)
    sector = acts_in(owner, phrase.sector(tables), tables) or "GOV"
    if "official" in offices and sector == "GOV" and body is not None and owner.detail != "region":
        return body, replace(why, saw=f"an official of {code} speaks for it")
    role = phrase.words
    if phrase.former:
        role, sector = f"former {role}", "ELI"
    if "spouse" in phrase.effects:
        role, sector = f"family of the {role}", "ELI"
    label = f"{owner.text} {role}"
    key = f"role/{code}/{owner.written[0] if owner.detail == 'region' else ''}/{role}"
    return Who(
        key, label, code, sector, role, former=phrase.former, office=offices[0] if offices else None, trail=(why,)
    ), why


def _serves_there(who: Who, phrase: Phrase, tables: ActorTables) -> bool:
    """An envoy named before may be meant again, and an ambassador too unless he is known to serve elsewhere: "the
    Chinese ambassador" whom Manila summoned is not China's man in Washington."""
    role = who.role or ""
    if phrase.post is not None:
        return (" to " not in role and " for " not in role) or _named_in(role, phrase.post, tables)
    return " to " not in role or "ambassador" not in role


def _named_in(words: str, post: Name | None, tables: ActorTables) -> bool:
    """An office's title names the state or body in which its holder serves."""
    row = tables.by_row.get(post.row) if post is not None else None
    if isinstance(row, Country):
        return any(name.lower() in words.lower() for name in (row.name, *row.names))
    return row is not None and row.name.lower() in words.lower()


def _fits(who: Who, phrase: Phrase) -> bool:
    """The person holds, or once held, the office that the phrase says."""
    if phrase.former != who.former:
        return False
    if "leader" in phrase.offices:
        return who.office in _LEADING or who.office == "leader"
    if phrase.offices == ("minister",) or "other_minister" in phrase.offices:
        return bool(who.office and who.office.endswith("minister"))
    return any(who.office in alike((n.key,)) and (not n.other or who.code in n.other) for n in phrase.names)


def persons_before(draft: Draft, offset: int, before_only: bool = False) -> list[Who]:
    """Persons named before an offset, the last first; then those named only after it, in order, unless not wanted."""
    before: dict[str, Who] = {}
    after: dict[str, Who] = {}
    for f in draft.in_order():
        for w in f.who:
            if w.person is not None and len(f.who) == 1:
                if f.span.start < offset:
                    before.pop(w.key, None)
                    before[w.key] = w
                else:
                    after.setdefault(w.key, w)
    return [*reversed(before.values()), *(w for k, w in after.items() if k not in before and not before_only)]


def _counterpart(phrase: Phrase, span: Span, window: Interval, tables: ActorTables, draft: Draft) -> None:
    """The holder, in the owner's country, of the office of the person named last before."""
    if not phrase.owners:
        return
    before = [w for w in persons_before(draft, span.start) if w.office is not None]
    model = next((w for w in before if w.code != phrase.owners[0].key), None)
    if model is None or model.office is None:
        _one(phrase, phrase.owners[0], span, window, tables, draft)
        return
    name = replace(phrase.names[0], key=model.office, other=())
    alike = replace(phrase, names=(name,), words=model.role or phrase.words)
    who, because = holder(alike, phrase.owners[0], span, window, tables, draft)
    if who is not None:
        draft.add(span, (who,), "role", because)


def _several(phrase: Phrase, span: Span, window: Interval, tables: ActorTables, draft: Draft) -> None:
    """ "the Turkish and Russian presidents": one mention, several actors; "Polish officials" act for Poland."""
    if not phrase.owners:
        return
    undecided = next((o for o in phrase.owners if not o.key), None)
    if undecided is not None:
        draft.leave_open(span, two_states(undecided, span))
        return
    if len(phrase.owners) == 1 and phrase.plural:
        body = owner_who(phrase.owners[0], tables)
        sector = phrase.sector(tables) or "GOV"
        if body is not None and body.is_state and sector not in ("GOV", "IGO", "UNK"):
            body = Who(f"body/{body.code}/{sector}", f"{phrase.owners[0].text} {phrase.words}", body.code, sector)
        if body is not None:
            draft.add(span, (body,), "role", Reason(phrase.names[0].row, f"“{phrase.words}” of {body.name}", span))
        return
    single = replace(phrase, plural=False, words=phrase.names[0].row.rpartition("/")[2], determiner="the")
    found = [holder(single, owner, span, window, tables, draft) for owner in phrase.owners]
    who = [w for w, _ in found if w is not None]
    if who:
        draft.add(
            span, who, "group", Reason("code:actors.offices.find_offices", f"{len(who)} who hold that office", span)
        )


def _bare(page: Page, phrase: Phrase, span: Span, window: Interval, tables: ActorTables, draft: Draft) -> None:
    """ "the prime minister": the one whom the report named last in that office; nobody when it named none, unless one
    state alone has such a title ("the pope", "the taoiseach")."""
    capital = page.is_name_like(phrase.head) and not page.sentence_start(phrase.head)
    if (phrase.determiner != "the" and not capital) or page.words[phrase.head - 1].fold == "new":
        return  # "the new ruler" is not the one named before
    if not phrase.offices:
        return
    before: list[Found] = [
        f for f in draft.in_order() if f.span.start < span.start and len(f.who) == 1 and f.who[0].office is not None
    ]
    for found in reversed(before):
        if _fits(found.who[0], phrase):
            saw = f"{found.who[0].name} was named in that office before"
            draft.add(span, found.who, "role", Reason("code:actors.offices.find_offices", saw, span))
            return
    codes = {code for name in phrase.names for code in (name.other or ("",))}
    country = tables.countries.get(codes.pop()) if len(codes) == 1 and TOP & set(phrase.offices) else None
    if country is not None and not phrase.plural:
        owner = Name("country", country.code, country.row, (country.name,))
        _one(replace(phrase, owners=(owner,)), owner, span, window, tables, draft)
