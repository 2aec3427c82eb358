"""Words for a kind of state ("the kingdom", "the island") and delegations known by who leads them."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge.actors import ActorTables
from dragoman.model import Reason
from dragoman.reading.actors.clause import mention_at
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.identity import state
from dragoman.reading.actors.page import Page

# Each is a list of cues.yaml with the codes of the states that are called so.
KINDS = frozenset({"kingdom", "emirate", "sultanate", "island", "archipelago", "enclave"})
_JOINED = frozenset({"nation", "state", "country", "republic"})  # "the island nation"
_PARTIES = frozenset({"delegation", "team", "mission", "group", "convoy", "panel"})
_LED = frozenset({"lead", "head", "chair"})
_BETWEEN = 2  # words between the article and the noun: "the oil-rich Gulf kingdom"


def find_kinds(pages: Sequence[Page], tables: ActorTables, draft: Draft) -> None:
    """ "The kingdom": the only state so called that the report has named before; nobody where it named two or none."""
    for page in pages:
        for i in [i for i, word in enumerate(page.words) if word.fold in KINDS]:
            if page.names(i, "country", "org") or not _pointed(page, i) or _named_after(page, i):
                continue
            last = i + 1
            if last < len(page.words) and page.words[last].glued and page.words[last].fold in _JOINED:
                last += 1
            span = page.span(i, last)
            if not draft.free(span):
                continue
            called = page.cues[page.words[i].fold]
            codes = {
                w.code for f in draft.found if f.span.start < span.start for w in f.who if w.code in called and w.code
            }
            if len(codes) == 1:
                who = state(codes.pop(), tables)
                saw = f"the only {page.words[i].fold} named before: {who.name}"
                draft.add(span, (who,), "role", Reason("code:actors.kinds.find_kinds", saw, span))


def _pointed(page: Page, i: int) -> bool:
    """ "the" stands before the word, with no more than two others in between."""
    j = i - 1
    while j >= 0 and i - j <= _BETWEEN + 1 and page.words[j + 1].glued:
        if page.words[j].fold == "the":
            return True
        if page.gap(j + 1)[:1] in ("'", "’") or page.tokens[j].tag_ not in ("JJ", "NN", "NNP", "VBN", "HYPH"):
            return False
        j -= 1
    return False


def _named_after(page: Page, i: int) -> bool:
    """ "the island of Leros", "the Hashemite Kingdom of Jordan": the name follows."""
    return i + 1 < len(page.words) and page.words[i + 1].glued and page.words[i + 1].fold == "of"


def find_led(pages: Sequence[Page], draft: Draft) -> None:
    """ "A delegation led by the minister", without a state of its own, acts for whom its leader acts."""
    for page in pages:
        for i in [i for i, word in enumerate(page.words) if word.fold in _PARTIES]:
            token = page.tokens[i]
            span = page.span(i, i + 1)
            if token.dep_ not in ("nsubj", "nsubjpass") or not draft.free(span):
                continue
            for verb in token.children:
                if verb.dep_ != "acl" or verb.lemma_ not in _LED:
                    continue
                by = [p for c in verb.children if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"]
                found = mention_at(page, by[0], draft.found) if by else None
                if found is not None and len(found.who) == 1 and found.who[0].code is not None:
                    saw = f"led by {found.who[0].name}"
                    draft.add(span, found.who, "role", Reason("code:actors.kinds.find_led", saw, span))
