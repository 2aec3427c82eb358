"""he, she, it, they: the one who was last in the seat of the subject."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model import Reason
from dragoman.reading.actors.draft import Draft, Found
from dragoman.reading.actors.page import Page
from dragoman.reading.parse import Token

_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_PERSONAL = {"he": "m", "him": "m", "she": "f", "her": "f"}
_OURS = frozenset({"he", "him", "she", "her", "it", "they", "them"})
# Verbs whose "it" is a thing or nothing at all, not a state.
_BACK = 2  # passages back
_FAR = 4  # sentences before a page that may still be looked at: three of them, and one more where its own begin late


@dataclass(frozen=True, slots=True)
class Seat:
    """A mention as an antecedent: where, in which sentence, whether it is a subject."""

    found: Found
    token: Token
    sentence: int  # counted over the report
    subject: bool
    main: bool  # subject of the sentence's main clause
    quoted: int  # 0 outside quotation marks, else the number of the quotation


def find_pronouns(pages: Sequence[Page], draft: Draft) -> None:
    """Mentions of he, she, it and they; those that nothing decides are left out. "I", "we", "you" are not ours."""
    seats: list[Seat] = []
    found = draft.in_order()
    at = 0
    base = 0
    first_of: list[int] = []  # number of the first sentence of each page
    said = [_pronouns(page) for page in pages]
    for n, page in enumerate(pages):
        text, start = page.text, page.passage.start
        first_of.append(base)
        quoted = _quotations(text)
        here: list[Seat] = []
        asked = any(said[n : n + _BACK + 1])  # else nobody will look back to this page
        seats = [s for s in seats if s.sentence >= base - _FAR]
        while at < len(found) and found[at].span.start < start + len(text):
            if asked:
                here.append(_seat(page, found[at], base, quoted))
            at += 1
        pending = said[n]
        k = 0
        for token in pending:
            while k < len(here) and here[k].token.i < token.i:
                seats.append(here[k])
                k += 1
            span = page.passage.span(token)
            if not draft.free(span):
                continue
            got = _antecedent(
                token,
                seats,
                _sentence(page, span.start, base),
                quoted[token.idx],
                first_of[max(0, len(first_of) - 1 - _BACK)],
                page.cues["things"],
            )
            if got is None:
                continue
            saw = f"{' and '.join(w.name for w in got.who)}: last in the subject's seat"
            draft.add(span, got.who, "pronoun", Reason("code:actors.pronouns.find_pronouns", saw, span))
            made = Found(span, got.who, "pronoun", got.because)
            seats.append(_seat(page, made, base, quoted))
        seats.extend(here[k:])
        base += len(page.sentences)


def _pronouns(page: Page) -> list[Token]:
    places = [i for i, w in enumerate(page.words) if w.fold in _OURS]
    # A token may be longer than its word, where a mark clings to it: "they.
    return [t for t in map(page.tokens.__getitem__, places) if t.tag_ == "PRP" and t.lower_ in _OURS]


def _sentence(page: Page, offset: int, base: int) -> int:
    """The number, over the report, of the sentence that holds an offset."""
    return base + bisect_right(page.sentences, offset, key=lambda s: s.start) - 1


@dataclass(frozen=True, slots=True)
class Quotations:
    """Where the quotation marks of a text stand, and what follows each: 0, or the number of the quotation."""

    marks: tuple[int, ...]
    after: tuple[int, ...]

    def __getitem__(self, at: int) -> int:
        """0 outside quotation marks and on them, else the number of the quotation."""
        n = bisect_right(self.marks, at) - 1
        return 0 if n < 0 or self.marks[n] == at else self.after[n]


_MARKS = re.compile('[“”"]')


def _quotations(text: str) -> Quotations:
    marks, after = [], []
    inside, n = False, 0
    for m in _MARKS.finditer(text):
        inside = m.group() == "“" or (m.group() == '"' and not inside)
        n += inside
        marks.append(m.start())
        after.append(n if inside else 0)
    return Quotations(tuple(marks), tuple(after))


def _seat(page: Page, found: Found, base: int, quoted: Quotations) -> Seat:
    head = page.token_at(found.span.end - 1)
    first, last = page.token_at(found.span.start).i, head.i
    while (up := head.head).i != head.i and first <= up.i <= last:
        head = up
    top = head
    while top.dep_ == "conj" and top.head != top:
        top = top.head
    if top.dep_ == "appos":
        top = top.head
    subject = top.dep_ in _SUBJECT
    main = subject and (top.head.dep_ == "ROOT" or top.head.head.dep_ == "ROOT")
    return Seat(found, head, _sentence(page, page.passage.start + head.idx, base), subject, main, quoted[head.idx])


def _antecedent(
    token: Token, seats: Sequence[Seat], sentence: int, quotation: int, floor: int, things: frozenset[str]
) -> Found | None:
    word = token.lower_
    if word in ("they", "them"):
        fits = [s for s in seats if s.found.how != "demonym" or len(s.found.who[0].key) > 9]
        return _they(token, fits, sentence, quotation)
    if word == "it":
        if _empty(token, things):
            return None
        fits = [
            s
            for s in seats
            if len(s.found.who) == 1 and s.found.who[0].person is None and not s.found.who[0].key.startswith("role/")
        ]
        return _it(token, fits, sentence, quotation)
    gender = _PERSONAL[word]
    fits = [
        s
        for s in seats
        if len(s.found.who) == 1
        and (s.found.who[0].person is not None or s.found.who[0].key.startswith("role/"))
        and s.found.who[0].gender in (None, gender)
        and (s.quoted == quotation or quotation == 0)
    ]
    return _he(token, fits, sentence, word in ("him",) or token.dep_ not in _SUBJECT, floor)


def _he(token: Token, seats: Sequence[Seat], sentence: int, as_object: bool, floor: int) -> Found | None:
    """Same sentence: the subject of a verb above; then the sentence before: its main subject; then further back."""
    here = [s for s in seats if s.sentence == sentence]
    if here:
        barred = _own_subject(token, here) if as_object else None
        within = _relatives(token)
        open_ = [
            s
            for s in here
            if s.token.i < token.i and (barred is None or s.found.who[0].key != barred) and s.token.i not in within
        ]
        if as_object:
            others = [s for s in open_ if not s.subject] or open_
            if others:
                return others[-1].found
        who = _relative_subject(token)
        told = [s for s in here if who is not None and s.token.i == who]
        if told:
            return told[-1].found
        above = _above(token)
        over = [s for s in open_ if s.subject and (s.token.head.i in above or s.token.dep_ == "conj")]
        over = _nearest_joined(token, over)
        if over:
            return over[-1].found if len({s.found.who[0].key for s in over}) == 1 else over[0].found
        subjects = [s for s in open_ if s.subject]
        if subjects:
            return subjects[-1].found
        relative = [s for s in here if s.token.i in within]
        if relative and token.head.dep_ != "relcl":
            return relative[-1].found
        if len({s.found.who[0].key for s in open_}) == 1:
            return open_[-1].found
        if open_:
            return None
    back = sentence - 1
    while back >= max(floor, sentence - 3):
        before = [s for s in seats if s.sentence == back]
        keys = {s.found.who[0].key for s in before}
        subjects = [s for s in before if s.main] or [s for s in before if s.subject]
        if subjects:
            return subjects[0].found if not as_object else subjects[-1].found
        if len(keys) == 1:
            return before[-1].found
        if keys:
            return None
        back -= 1
    return None


def _above(token: Token) -> set[int]:
    """The verbs over a word, and those to which they are joined."""
    out = set()
    while token.head != token:
        token = token.head
        out.add(token.i)
    return out


def _nearest_joined(token: Token, over: list[Seat]) -> list[Seat]:
    """Of the subjects above, those up to the first verb that is joined to another: "A spoke, and B said he" is B."""
    kept: list[Seat] = []
    under: dict[int, list[Seat]] = {}
    for seat in over:
        under.setdefault(seat.token.head.i, []).append(seat)
    up = token
    while up.head != up:
        up = up.head
        kept += under.get(up.i, ())
        if kept and up.dep_ == "conj":
            return sorted(kept, key=lambda s: s.token.i)
    return over


def _relative_subject(token: Token) -> int | None:
    """ "Merkel, who said she was glad": what "who" stands for, when the pronoun is in a clause under its verb."""
    up = token.head
    while up.head != up:
        if (
            up.dep_ == "relcl"
            and up.i != token.head.i
            and any(c.dep_ == "nsubj" and c.tag_ == "WP" for c in up.children)
        ):
            return int(up.head.i)
        up = up.head
    return None


def _own_subject(token: Token, seats: Sequence[Seat]) -> str | None:
    """Who is the subject of the same verb: "he thanked him" are two people."""
    verb = token.head if token.head.pos_ in ("VERB", "AUX") else token.head.head
    return next((s.found.who[0].key for s in seats if s.subject and s.token.head.i == verb.i), None)


def _relatives(token: Token) -> set[int]:
    """The words on which a clause hangs that the word stands in: "Erdogan, whom he called a friend"."""
    out = set()
    up = token
    while up.head != up:
        up = up.head
        if up.dep_ == "relcl":
            out.add(up.head.i)
    return out


def _empty(token: Token, things: frozenset[str]) -> bool:
    """ "It is clear that ...", "it was Monday when", "it landed": the word means nothing, or a thing."""
    head = token.head
    if head.lemma_ in ("be", "seem", "appear", "become", "remain"):
        return True
    if head.lemma_ in things:
        return True
    return token.dep_ not in _SUBJECT


def _it(token: Token, seats: Sequence[Seat], sentence: int, quotation: int) -> Found | None:
    """The state or body that was last a subject, in this sentence or as main subject of the one before."""
    above = _above(token)
    here = [s for s in seats if s.sentence == sentence and s.subject and s.quoted == quotation]
    over = [s for s in here if s.token.head.i in above or s.token.head.i == token.head.i]
    if over or here:
        return (over or here)[-1].found
    before = [s for s in seats if s.sentence == sentence - 1 and s.main]
    return before[-1].found if before and len({w.key for s in before for w in s.found.who}) == 1 else None


def _they(token: Token, seats: Sequence[Seat], sentence: int, quotation: int) -> Found | None:
    """Two subjects joined by "and", a group, or a people: of this sentence or the one before."""
    if token.dep_ not in _SUBJECT:
        return None
    for number in (sentence, sentence - 1):
        some = [s for s in seats if s.sentence == number and s.subject and s.token.i != token.i]
        if number == sentence:
            some = [s for s in some if s.quoted == quotation and s.token.i < token.i]
        groups = [s for s in some if len(s.found.who) > 1]
        if groups:
            return groups[-1].found
        heads: dict[int, list[Seat]] = {}
        for s in some:
            top = s.token
            while top.dep_ == "conj":
                top = top.head
            heads.setdefault(top.i, []).append(s)
        for joined in reversed(list(heads.values())):
            who = tuple({s.found.who[0].key: s.found.who[0] for s in joined}.values())
            if len(who) > 1:
                return Found(joined[0].found.span, who, "group", joined[0].found.because)
            if joined[0].token.tag_ in ("NNS", "NNPS") and joined[0].found.who[0].person is None:
                return joined[0].found
        if some:
            return None
    return None
