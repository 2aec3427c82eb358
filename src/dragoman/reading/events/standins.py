"""Words that stand for somebody whom the report has named before: "the girls", "the group", "each of her counterparts".

Like the first person of a quotation (voices.py), they become further mentions of actors that are there already.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.model import Actor, Cast, Mention, Quote, Reason, Span
from dragoman.reading.parse import Parsed, Passage, Token

POINTING = frozenset({"the", "this", "that", "these", "those"})
BAND = frozenset(
    {"group", "militant", "rebel", "insurgent", "extremist", "fighter", "jihadist", "terrorist", "guerrilla", "gunman"}
)
PEERS = frozenset(
    {"counterpart", "leader", "minister", "ally", "partner", "president", "premier", "colleague", "ambassador"}
    | {"government", "side", "country", "state", "neighbour", "neighbor", "capital", "nation", "party", "army"}
)
LANDS = frozenset(
    {"government", "side", "country", "state", "neighbour", "neighbor", "capital", "nation", "party", "army"}
)
EACH = frozenset({"each", "both", "all"})
ISSUE = frozenset({"statement", "readout", "read-out", "communique", "communiqué", "sheet", "release", "declaration"})
HEADER = 300  # characters
LETTERHEAD = frozenset({"ministry", "department", "office", "embassy", "government", "presidency"})
# What follows these in a heading is the subject, not whose statement it is.
ABOUT = frozenset({"on", "regarding", "concerning", "about", "following", "after", "over"})
STATING = frozenset({"condemn", "welcome", "call", "urge", "deplore", "express", "congratulate", "regret", "reiterate",
                     "reaffirm", "strongly", "deeply", "note", "support", "reject", "denounce", "commend"})  # fmt: skip
PERSONS = ("CVL", "JRN", "EDU", "LAB", "REL", "HLH", "SOC", "REF", "MIL")
HEADED = frozenset({"UNO", "NATO", "ASEAN", "ARL", "OSCE", "OECD", "OIC", "GCC", "COE", "PIF", "OAS", "IMO", "OPEC"})
KOREAS = {"North": "PRK", "South": "KOR"}
NEIGHBOURS = 5  # words between an article and its noun
LOOK_BACK = 3  # passages in which peers were last named together; a read-out names them in its first two


def with_standins(parsed: Parsed, cast: Cast, quotes: Sequence[Quote]) -> Cast:
    """The cast with a further mention for every such word whose meaning is sure."""
    more: dict[str, list[Mention]] = {}
    seen: dict[str, tuple[str, ...]] = {}  # head word of a mention of persons -> the actors that it named last
    issuer: Actor | None = None
    for number, passage in enumerate(parsed):
        if number == 0:
            issuer = letterhead(parsed, cast) or issuer_of(passage, cast)
            if issuer is None and is_statement(passage):
                issuer = first_speaker(parsed, cast)
        for token in passage.doc:
            low = token.lower_
            if token.pos_ not in ("NOUN", "PRON", "PROPN"):
                continue
            at = passage.start + token.idx
            covering = [a for _, a in cast.at(at) if a.code is not None]
            if covering:
                if covering[0].sector in PERSONS and token.pos_ == "NOUN":
                    seen[low] = tuple(a.id for a in covering)
                continue
            found: tuple[str, ...] = ()
            rule = ""
            lemma = token.lemma_.lower()
            if token.text in KOREAS and any(c.lower_ == "the" for c in token.children):
                found, rule = korea(KOREAS[token.text], cast), "korea"
            elif low == "general" and token.i > 1 and passage.doc[token.i - 2].lower_ == "secretary":
                found, rule = chief(cast), "chief"
            elif low in ("we", "our", "us", "ours") and issuer is not None and not in_quotation(at, quotes):
                found, rule = (issuer.id,), "issuer_of"
            elif lemma in PEERS and together(token):
                found, rule = peers(parsed, number, passage, token, cast), "peers"
            elif token.pos_ == "NOUN" and pointed(token):
                if lemma in BAND:
                    found, rule = band(at, cast), "band"
                if not found:
                    found, rule = same_words(low, seen), "same_words"
            for actor in found:
                span = passage.span(token)
                names = ", ".join(cast[a].name for a in found)
                reason = Reason(f"code:events.standins.{rule}", f"'{token.text}': {names}", span)
                more.setdefault(actor, []).append(Mention(span, "group" if len(found) > 1 else "role", reason))
    if not more:
        return cast
    actors = tuple(replace(a, mentions=a.mentions + tuple(more.get(a.id, ()))) for a in cast.actors)
    return Cast(actors, cast.unresolved)


def pointed(noun: Token) -> bool:
    """Whether "the", "this" ... stands before a noun, which is sooner seen by its neighbours than by its children."""
    doc = noun.doc
    for i in range(noun.i - 1, max(noun.i - NEIGHBOURS, 0) - 1, -1):
        if doc[i].dep_ == "det" and doc[i].head == noun:
            return doc[i].lower_ in POINTING
    return False


def chief(cast: Cast) -> tuple[str, ...]:
    """ "the Secretary-General" in a report that names the United Nations and no other body that has one."""
    bodies = {a.code: a.id for a in reversed(cast.actors) if a.code in HEADED}
    return (bodies["UNO"],) if set(bodies) == {"UNO"} else ()


def korea(code: str, cast: Cast) -> tuple[str, ...]:
    """ "the North", "the South" in a report that names both Koreas; none elsewhere."""
    states = {a.code: a.id for a in reversed(cast.actors) if a.code in KOREAS.values() and a.person is None}
    return (states[code],) if len(states) == len(KOREAS) else ()


def in_quotation(at: int, quotes: Sequence[Quote]) -> bool:
    """Whether the place lies in words in quotation marks."""
    return any(q.kind != "indirect" and s.start <= at < s.end for q in quotes for s in q.content)


def same_words(low: str, seen: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """ "the girls" after "82 Nigerian schoolgirls": the persons last named by that word, or one that ends in it.

    None when two words fit that named different actors.
    """
    if low in seen:
        return seen[low]
    if len(low) < 4:
        return ()
    fits = {ids for word, ids in seen.items() if word.endswith(low)}
    return next(iter(fits)) if len(fits) == 1 else ()


def band(at: int, cast: Cast) -> tuple[str, ...]:
    """ "the group", "the militants": the one armed group that the report has named before; None when it named two."""
    named = {a.id: a for m, a in cast.within(Span(0, at)) if a.sector == "REB" and a.code is not None}
    return tuple(named) if len(named) == 1 else ()


def together(token: Token) -> bool:
    """Whether a noun speaks of several by "each", "both" or "all", or is a plural with an owner: "her counterparts"."""
    if token.lemma_ not in LANDS and any(c.lower_ in EACH for c in token.children):
        return True
    if token.lemma_ in LANDS:
        return any(c.lower_ == "both" for c in token.children)
    if token.head.lower_ == "of" and token.head.head.lower_ in EACH:
        return True
    return token.tag_ == "NNS" and token.lemma_ == "counterpart" and any(c.tag_ == "PRP$" for c in token.children)


def peers(parsed: Parsed, number: int, passage: Passage, token: Token, cast: Cast) -> tuple[str, ...]:
    """Those of other states whom the last sentence before with two or more of them named side by side."""
    own = {a.code for c in token.children if c.tag_ == "PRP$" for _, a in cast.at(passage.start + c.idx)}
    own |= {a.code for t in subjects(token) for _, a in cast.at(passage.start + t.idx)}
    for sentence in sentences_before(parsed, number, passage, token):
        named: dict[str, str] = {}  # code -> actor; of a person and a state the person
        for _, actor in cast.within(sentence):
            if actor.code is None or actor.code in own or actor.sector not in ("GOV", "MIL", "LEG"):
                continue
            if actor.code not in named or actor.person is not None or actor.role is not None:
                named[actor.code] = actor.id
        if len(named) > 1:
            return tuple(named.values())
    return ()


def subjects(token: Token) -> list[Token]:
    """Subjects of the verbs above a noun."""
    return [c for up in token.ancestors if up.pos_ == "VERB" for c in up.children if c.dep_ == "nsubj"]


def sentences_before(parsed: Parsed, number: int, passage: Passage, token: Token) -> Iterator[Span]:
    """Sentences before that of the noun, the nearest first, in its passage and some before."""
    yield from (passage.span(s) for s in reversed([s for s in passage.doc.sents if s.end <= token.sent.start]))
    for other in reversed(parsed.passages[max(0, number - LOOK_BACK) : number]):
        yield from (other.span(s) for s in reversed(list(other.doc.sents)))


def issuer_of(passage: Passage, cast: Cast) -> Actor | None:
    """Whose own statement the report is: of its heading's "Statement by X", "Readout of X's call" the first one named.

    None when the heading calls it no statement, or a joint one.
    """
    if not is_statement(passage):
        return None
    ends = [passage.span(t).start for t in passage.doc if t.lower_ in ABOUT and t.i > 0]
    subject = ends[0] if ends else passage.segment.span.end
    named = [a for m, a in cast.within(passage.segment.span) if a.code is not None and m.span.start < subject]
    return named[0] if named else None


def letterhead(parsed: Parsed, cast: Cast) -> Actor | None:
    """Whose paper it is written on: the one state that what stands above the first passage names with its ministry."""
    head = folded(parsed.text[: min(HEADER, parsed.passages[0].start)]) if parsed.passages else ""
    if not LETTERHEAD & set(head.split()):
        return None
    states = {
        a.code: a
        for a in reversed(cast.actors)
        if a.person is None and a.sector == "GOV"
        for m in a.mentions
        if m.how == "country" and f" {folded(m.span.of(parsed.text))} " in f" {head} "
    }
    return next(iter(states.values())) if len(states) == 1 else None


def folded(text: str) -> str:
    """Words in lower case without accents and marks, one blank between them."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def is_statement(passage: Passage) -> bool:
    """Whether the heading calls the report a statement of one party."""
    words = {t.lower_ for t in passage.doc}
    return bool(words & ISSUE) and "joint" not in words and len(passage.doc) <= 30


def first_speaker(parsed: Parsed, cast: Cast) -> Actor | None:
    """Who condemns, welcomes or calls in the first sentences of a statement whose heading names no issuer."""
    for passage in parsed.passages[:4]:
        for token in passage.doc:
            if token.dep_ == "nsubj" and token.head.lemma_.lower() in STATING and token.pos_ in ("PROPN", "NOUN"):
                named = [a for _, a in cast.at(passage.start + token.idx) if a.code is not None]
                if named:
                    return named[0]
    return None
