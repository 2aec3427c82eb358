"""he, she, it: the one who was last in the seat of the subject."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Reason
from dragoman.reading.actors.draft import Draft, Found
from dragoman.reading.actors.page import Page
from dragoman.reading.parse import Token

_SUBJECT = ("nsubj", "nsubjpass")
_PERSONAL = {"he": "m", "him": "m", "she": "f", "her": "f"}


def find_pronouns(pages: Sequence[Page], draft: Draft) -> None:
    """Mentions of he, she and it; those that nothing decides are left out."""
    for n, page in enumerate(pages):
        for token in page.passage.doc:
            word = token.lower_
            if token.tag_ != "PRP" or word not in ("he", "she", "it"):
                continue
            span = page.passage.span(token)
            if not draft.free(span):
                continue
            person = word != "it"
            if not person and _empty(token):
                continue
            got = _antecedent(pages, n, token, person, draft)
            if got is not None:
                saw = f"“{got.span.of(_text(pages, got))}” was last in the subject's seat"
                draft.add(span, got.who, "pronoun", Reason("code:actors.pronouns.find_pronouns", saw, span))


def _text(pages: Sequence[Page], found: Found) -> str:
    for page in pages:
        if page.passage.segment.span.contains(found.span):
            return " " * page.passage.start + page.passage.doc.text
    return ""


def _empty(token: Token) -> bool:
    """"It is clear that ...", "it was Monday when": the word means nothing."""
    head = token.head
    if head.lemma_ in ("be", "seem", "appear", "become", "remain", "take", "happen"):
        return any(c.dep_ in ("ccomp", "xcomp", "advcl", "csubj", "acl") or c.ent_type_ in ("DATE", "TIME") for c in head.children)
    return token.dep_ not in _SUBJECT and token.dep_ not in ("dobj", "pobj", "dative")


def _antecedent(pages: Sequence[Page], n: int, token: Token, person: bool, draft: Draft) -> Found | None:
    page = pages[n]
    start = page.passage.start
    sentences = list(page.passage.doc.sents)
    mine = next(k for k, s in enumerate(sentences) if s.start <= token.i < s.end)
    here = [f for f in draft.in_order() if start + sentences[mine].start_char <= f.span.start < start + token.idx]
    got = _best(page, here, person)
    k = mine - 1
    while got is None and k >= 0 and k >= mine - 2:
        s = sentences[k]
        got = _best(page, [f for f in draft.in_order() if start + s.start_char <= f.span.start < start + s.end_char], person)
        k -= 1
    back = n - 1
    while got is None and back >= 0 and back >= n - 2 and mine == 0:
        s = list(pages[back].passage.doc.sents)
        for sent in reversed(s):
            lo = pages[back].passage.start
            got = _best(
                pages[back],
                [f for f in draft.in_order() if lo + sent.start_char <= f.span.start < lo + sent.end_char],
                person,
            )
            if got is not None:
                break
        back -= 1
    return got


def _best(page: Page, found: Sequence[Found], person: bool) -> Found | None:
    fit = [f for f in found if len(f.who) == 1 and (f.who[0].person is not None) == person and f.how != "demonym"]
    subjects = [f for f in fit if _is_subject(page, f)]
    if subjects:
        return subjects[0] if not person else subjects[-1] if len({f.who[0].key for f in subjects}) == 1 else subjects[0]
    return fit[0] if fit and person else None


def _is_subject(page: Page, found: Found) -> bool:
    token = page.passage.token_at(found.span.end - 1)
    return token is not None and token.dep_ in _SUBJECT
