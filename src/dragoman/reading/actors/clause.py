"""Whose clause it is: the state or body in the subject's seat, to which "its envoy" and "sent troops" belong."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reading.actors.draft import Found, Who
from dragoman.reading.actors.page import Page
from dragoman.reading.parse import Token

_SUBJECT = frozenset({"nsubj", "nsubjpass"})


def mention_at(page: Page, token: Token, found: Sequence[Found]) -> Found | None:
    """The mention that covers a token; of several the first."""
    at = page.passage.start + token.idx
    return next((f for f in found if f.span.start <= at < f.span.end), None)


def subject_above(page: Page, token: Token, found: Sequence[Found]) -> Who | None:
    """The one actor in the subject's seat of the nearest verb above a token that has one, the token's own phrase left
    out; None where the nearest subject is nobody known, or several."""
    here = token
    for _ in range(12):
        up = here.head
        if up.i == here.i:
            return None
        if up.pos_ in ("VERB", "AUX"):
            for child in up.children:
                if child.dep_ in _SUBJECT and child.i != here.i and child.i < token.i:
                    if child.tag_ in ("WDT", "WP"):
                        continue
                    mention = mention_at(page, child, found)
                    return mention.who[0] if mention is not None and len(mention.who) == 1 else None
        here = up
    return None
