"""Words for two or more at once: "the two leaders", "both sides", "the ministers"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge.actor_rows import RANK
from dragoman.knowledge.actors import ActorTables
from dragoman.model import Reason, Span
from dragoman.reading.actors.draft import Draft, Found, Who
from dragoman.reading.actors.identity import state
from dragoman.reading.actors.page import Page

_COUNTED = frozenset({"two", "both"})
_AGAIN = frozenset({"the", "these", "those", "all"})


def find_groups(pages: Sequence[Page], tables: ActorTables, draft: Draft) -> None:
    """Mentions shared by the two persons or states that the report named last."""
    for n, page in enumerate(pages):
        nouns, persons = page.cues["states"], page.cues["persons"]
        for i in [i for i, word in enumerate(page.words) if word.fold in nouns or word.fold in persons]:
            word = page.words[i]
            states = word.fold in nouns
            first = _start(page, i)
            if first is None or not draft.free(page.span(first, i + 1)):
                continue
            span = page.span(first, i + 1)
            pair = _pair(pages, n, span, states, _HELD.get(word.fold, ""), tables, draft)
            if pair:
                names = " and ".join(w.name for w in pair)
                draft.add(span, pair, "group", Reason("code:actors.groups.find_groups", f"named last: {names}", span))
            elif page.words[first].fold in _COUNTED:
                draft.leave_open(
                    span, Reason("code:actors.groups.find_groups", "no two were named before, or more than two", span)
                )


def _start(page: Page, i: int) -> int | None:
    """Where the phrase begins: at "two" or "both"; for persons "the ministers" will do."""
    j = i - 1
    while j >= 0 and i - j <= 4 and page.words[j + 1].glued:
        word = page.words[j].fold
        if word in _COUNTED:
            # "police held two ministers": two whom nobody named before, unless a headline leaves out "the"
            fresh = word == "two" and page.words[i].fold in page.cues["persons"] and not page.title_case
            return None if fresh and not (j > 0 and page.words[j].glued and page.words[j - 1].fold in _AGAIN) else j
        if word == "the":
            return i if i - j == 1 and page.words[i].fold in page.cues["persons"] else None
        if page.tokens[j].tag_ not in ("JJ", "NN", "CD", "NNP") or _of_others(page, j, i):
            return None
        j -= 1
    return None


def _of_others(page: Page, j: int, i: int) -> bool:
    """ "two student leaders" are not the two named, but "two defence ministers" may be."""
    if page.tokens[j].tag_ != "NN" or page.words[i].fold in page.cues["states"]:
        return False
    hit = page.hit_at[j]
    return hit is None or hit is not page.hit_at[i] or not any(n.key in RANK for n in hit.names)


# Words that say which office the two hold; "leaders" and "men" say none.
_HELD = {"presidents": "president", "chancellors": "chancellor", "kings": "king"}


def _pair(
    pages: Sequence[Page], n: int, span: Span, states: bool, held: str, tables: ActorTables, draft: Draft
) -> tuple[Who, ...] | None:
    """The two that are meant: in the same sentence, before or after; else going back by sentences."""
    found = draft.in_order()
    kept: dict[str, Who] = {}
    for low, high in _stretches(pages, n, span):
        some = [f for f in found if low <= f.span.start < high and not f.span.overlaps(span)]
        for who in _distinct(some, states, held, tables):
            kept.setdefault(who.key, who)
        if len(kept) == 2:
            return tuple(kept.values())
        if len(kept) > 2:
            subject = _distinct(some[:2], states, held, tables)
            return tuple(subject) if len(subject) == 2 and len(_distinct(some, states, held, tables)) == 2 else None
    return None


def _stretches(pages: Sequence[Page], n: int, span: Span) -> list[tuple[int, int]]:
    page = pages[n]
    sentences = [(s.start, s.end) for s in page.sentences]
    mine = next(k for k, (low, high) in enumerate(sentences) if low <= span.start < high or k == len(sentences) - 1)
    out = [(sentences[mine][0], sentences[mine][1])]
    out.extend(reversed(sentences[max(0, mine - 3) : mine]))
    for back in range(n - 1, max(-1, n - 4), -1):
        out.extend((s.start, s.end) for s in reversed(pages[back].sentences))
    if n == 0 or mine == 0:
        out.extend((p.passage.segment.span.start, p.passage.segment.span.end) for p in pages[n + 1 : n + 2])
    return out


def _distinct(found: Sequence[Found], states: bool, held: str, tables: ActorTables) -> list[Who]:
    out: dict[str, Who] = {}
    for f in found:
        for who in f.who:
            if states:
                if who.is_state:
                    out.setdefault(who.key, who)
                elif (
                    who.code in tables.countries and not who.former and (who.person is not None or who.sector == "GOV")
                ):
                    out.setdefault(f"state/{who.code}", state(who.code or "", tables))
            elif (who.person is not None or who.key.startswith("role/")) and held in (who.role or ""):
                out.setdefault(who.key, who)
    return list(out.values())
