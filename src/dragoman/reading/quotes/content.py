"""What is said: the words that a cue reports, in front of it, behind it, or both."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.speech import SpeechNoun, SpeechVerb
from dragoman.model import Span
from dragoman.reading.parse import Token
from dragoman.reading.quotes.cues import Cue
from dragoman.reading.quotes.marks import Run
from dragoman.reading.quotes.people import RELATIVES, SUBJECTS, beside, that_clause
from dragoman.reading.quotes.units import FINITE, OUTSIDE, Unit

PREPOSITIONS = frozenset("of for about against on to with from over into at in".split())


@dataclass(frozen=True, slots=True)
class Content:
    """Stretches of the unit, marks and all, and the function that found them."""

    stretches: tuple[Span, ...]
    shape: str  # quote | clause | inf | ing | np | a preposition
    rule: str


# What these verbs introduce is the speaker's word for something, not an utterance: quoted or not, it is never "direct".
PARTIAL = frozenset(("judge", "name", "express", "accuse", "find"))


def content_of(cue: Cue, unit: Unit, cues: frozenset[int] = frozenset()) -> Content | None:
    """The words that ``cue`` reports, or None when it reports none. cues: the tokens of the unit that are cues."""
    if cue.entry is None:
        return according(cue, unit)
    if isinstance(cue.entry, SpeechNoun):
        return noun_clause(cue, cue.entry, unit, cues)
    entry = cue.entry
    run = run_behind(cue, unit) if "quote" in entry.takes else None
    behind = None
    if run is None:
        behind = complement(cue, entry, unit, cues)
    front = before_cue(cue, entry, unit, behind is not None or run is not None)
    shape = "np" if entry.cls in PARTIAL else "quote"
    if run is not None:
        return Content((*(front or ()), *_quoted_on(run, unit)), shape, "code:quotes.content.run_behind")
    if front is not None:
        rest = after_cue(cue, unit) if behind is None or behind.shape not in ("clause",) else behind.stretches
        return Content((*front, *rest), shape, "code:quotes.content.before_cue")
    return behind


def _quoted_on(run: Run, unit: Unit) -> tuple[Span, ...]:
    """The run and those that follow it with nothing but marks and "and" between."""
    out = [run.outer]
    for other in unit.runs:
        if other.outer.start >= out[-1].end:
            gap = unit.text[out[-1].end : other.outer.start]
            if gap.strip(" ,;") in ("", "and"):
                out.append(other.outer)
            else:
                break
    return tuple(out)


def run_behind(cue: Cue, unit: Unit) -> Run | None:
    """A quotation right behind the cue: ``Smith told reporters on Monday: "..."``.

    Between them may stand the addressee, a time, a place; no other finite verb, and right in front of the mark only
    the cue itself, a comma, a colon, or the end of such a phrase.
    """
    start = cue.span.end
    run = next((r for r in unit.runs if r.outer.start >= start), None)
    if run is None:
        return None
    doc, here = unit.passage.doc, unit.passage.start
    between = [t for t in unit.tokens if start <= here + t.idx < run.outer.start and not t.is_space]
    if not between:
        return run
    if len(between) > 25:
        return None
    last = between[-1]
    if any(t.tag_ in FINITE or t.tag_ in ("IN", "WDT", "WP", "WRB") and t.dep_ == "mark" for t in between):
        return None
    if any(t.tag_ == "VBG" and t.dep_ in ("advcl", "conj") for t in between):
        return None
    if last.text in (",", ":", "—", "–", "-", "--"):
        return run if last.text != "-" or not doc[last.i - 1].whitespace_ == "" else None
    first = next((t for t in unit.tokens if here + t.idx + len(t) > run.inner.start), None)
    if last.pos_ in ("DET", "ADP", "ADJ", "CCONJ", "SCONJ", "AUX", "PART") or last.dep_ in (
        "amod",
        "poss",
        "case",
        "compound",
    ):
        return None
    if first is not None and first.head == last:
        return None
    return run if all(_hangs_on(t, cue.token) for t in between) else None


def _hangs_on(token: Token, verb: Token) -> bool:
    at = token
    for _ in range(8):
        if at.head == verb and at.dep_ in (
            "dobj",
            "dative",
            "prep",
            "npadvmod",
            "advmod",
            "prt",
            "punct",
            "nsubj",
            "tmod",
            "appos",
        ):
            return True
        if at.head == at:
            return False
        at = at.head
    return False


def complement(cue: Cue, entry: SpeechVerb, unit: Unit, cues: frozenset[int]) -> Content | None:
    """The clause or phrase behind the cue that the verb's entry says it can report; a clause before a phrase."""
    verb = cue.token
    best: tuple[int, Token, Token, str] | None = None
    for owner, child in _behind(verb, unit):
        shape = _shape(child, owner, verb, entry, unit)
        if shape is None:
            continue
        rank = {"clause": 0, "inf": 1, "ing": 2, "np": 4}.get(shape, 3)
        if best is None or rank < best[0]:
            best = (rank, owner, child, shape)
    if best is None:
        return None
    _, _, child, shape = best
    if child.dep_ == "prep":
        inner = next((c for c in child.rights if c.dep_ in ("pobj", "pcomp", "amod", "advcl", "nsubj")), None)
        if inner is None or inner.i in cues:
            return None  # "quoted as saying that": the inner verb reports
        return Content((_stretch(inner, unit, inner.left_edge.i, cues),), shape, "code:quotes.content.complement")
    first = child.left_edge.i
    if shape == "inf":
        to = next((c for c in child.lefts if c.dep_ == "aux" and c.lower_ == "to"), None)
        first = to.i if to is not None else child.i
    first = max(first, verb.i + 1)
    stretch = _stretch(child, unit, first, cues)
    if shape == "clause":
        stretch = _to_the_end(stretch, verb, child, unit, cues)
    return Content((stretch,), shape, "code:quotes.content.complement")


def _to_the_end(stretch: Span, verb: Token, clause: Token, unit: Unit, cues: frozenset[int]) -> Span:
    """A reported clause goes on to the sentence's end, though the parser hung its tail on the cue, unless the tail tells
    what the speaker did next (``and left``), names a source, or is set off as the report's own remark (``, adding ...``)."""
    doc = unit.passage.doc
    end = stretch.end
    for child in verb.rights:
        spot = unit.passage.subtree(child)
        if child.i <= clause.i or child.i > unit.last or spot.start < end or child.dep_ in ("punct", "cc"):
            continue
        before = doc[child.left_edge.i - 1]
        modal = any(c.tag_ == "MD" for c in child.lefts)
        own = any(c.dep_ in SUBJECTS for c in child.lefts)
        if child.dep_ == "conj":
            if child.i in cues or not (modal or own):
                break
        elif child.lower_ == "according" or (before.text in (",", "—", "–") and unit.outside(before)):
            break
        elif child.dep_ not in ("prep", "advcl", "npadvmod", "advmod", "ccomp", "dep"):
            break
        elif child.dep_ == "advcl" and child.i in cues:
            break
        last = min(child.right_edge.i, unit.last)
        while last > child.i and doc[last].is_punct and unit.outside(doc[last]):
            last -= 1
        end = max(end, unit.passage.span(doc[last]).end)
    return _whole_runs(Span(stretch.start, end), unit)


def _behind(verb: Token, unit: Unit) -> list[tuple[Token, Token]]:
    """What hangs on the verb behind it, and that-clauses that the parser hung on the listener or the channel instead:
    ``told deputies that ...``, ``said in a letter to the king that ...``."""
    out = []
    for child in verb.rights:
        if unit.first <= child.i <= unit.last:
            out.append((verb, child))
            if child.dep_ == "dobj":
                out.extend((verb, c) for c in child.rights if c.dep_ == "prep" and c.lower_ in ("as", "of", "for"))
            nouns = [child] if child.dep_ in ("dobj", "dative", "npadvmod") else []
            if child.dep_ == "prep":
                nouns = [c for c in child.children if c.dep_ == "pobj"]
            for noun in nouns:
                for inner in (
                    *noun.rights,
                    *(g for c in noun.rights if c.dep_ == "prep" for p in c.rights for g in p.rights),
                ):
                    if inner.dep_ in ("acl", "relcl", "ccomp") and that_clause(inner):
                        out.append((noun, inner))
    return out


def _shape(child: Token, owner: Token, verb: Token, entry: SpeechVerb, unit: Unit) -> str | None:
    takes = entry.takes
    if owner is not verb:
        return "clause" if "clause" in takes else None
    if child.dep_ in ("ccomp", "xcomp", "parataxis", "advcl", "dep"):
        to = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.lefts)
        if to and child.tag_ == "VB":
            return (
                "inf"
                if "inf" in takes and (child.dep_ != "advcl" or entry.cls in ("urge", "promise", "intend"))
                else None
            )
        if child.dep_ == "advcl":
            return None
        finite = child.tag_ in FINITE or any(
            c.tag_ in FINITE for c in child.lefts if c.dep_ in ("aux", "auxpass", "cop")
        )
        if finite:
            return "clause" if "clause" in takes else None
        if child.tag_ == "VBG":
            return "ing" if "ing" in takes else None
        if child.dep_ == "ccomp" and any(c.dep_ in SUBJECTS for c in child.lefts):
            if "clause" in takes:
                return "clause"
            return "as" if "as" in takes else None
        return None
    if child.dep_ == "dobj" and child.pos_ != "PRON":
        quoted = any(r.outer.overlaps(unit.passage.subtree(child)) for r in unit.runs)
        if "obj" in entry.to and (child.pos_ == "PROPN" or child.ent_type_ in ("PERSON", "GPE", "NORP", "ORG")):
            return None
        return "np" if "np" in takes or ("words" in takes and quoted) else None
    if child.dep_ == "oprd" and "as" in takes:
        return "as"
    if child.dep_ == "prep" and child.lower_ in takes:
        return child.lower_
    return None


def _stretch(head: Token, unit: Unit, first: int, cues: frozenset[int]) -> Span:
    """From token ``first`` to the end of the words below ``head``, without the commas and stops at the edges.

    A clause joined by "and" that has a subject and a cue of its own is another report: A said that X, and B said that Y.
    """
    last = min(max(head.right_edge.i, head.i), unit.last)
    doc = unit.passage.doc
    at = head
    for _ in range(10):
        joined = next((c for c in at.rights if c.dep_ == "conj"), None)
        if joined is None:
            break
        own = any(c.dep_ in SUBJECTS for c in joined.lefts)
        # "said he would order a review and warned of hackers": the tense is the cue's again, not the clause's
        modal = any(c.tag_ == "MD" for c in head.lefts)
        back = not own and joined.tag_ in ("VBD", "VBZ") and not any(c.dep_ == "aux" for c in joined.lefts)
        other = own and joined.i in cues
        if (other or (back and (modal or (joined.i in cues and head.lemma_ == "be")))) and unit.outside(joined):
            last = min(last, joined.left_edge.i - 1)
            while last > first and (doc[last].dep_ == "cc" or doc[last].is_punct):
                last -= 1
            break
        at = joined
    while last > first and unit.inside[last] == OUTSIDE and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    while first < last and unit.inside[first] == OUTSIDE and (doc[first].is_punct or doc[first].is_space):
        first += 1
    return _whole_runs(unit.between(first, last), unit)


def _whole_runs(span: Span, unit: Unit) -> Span:
    for run in unit.runs:
        if run.outer.overlaps(span):
            span = span.cover(run.outer)
    return span


def _front_edge(cue: Cue, unit: Unit) -> int:
    """The first token of the cue's own group: its subject in front of it, its helping verbs and adverbs."""
    verb = cue.token
    edge = verb.i
    for child in verb.lefts:
        if child.dep_ in SUBJECTS or child.dep_ in ("aux", "auxpass", "neg"):
            edge = min(edge, max(child.left_edge.i, unit.first))
    doc = unit.passage.doc
    while edge - 1 >= unit.first and (
        doc[edge - 1].head == verb
        and doc[edge - 1].dep_ in ("advmod", "aux", "cc", "neg")
        and unit.outside(doc[edge - 1])
    ):
        edge -= 1
    return edge


def before_cue(cue: Cue, entry: SpeechVerb, unit: Unit, filled: bool) -> tuple[Span, ...] | None:
    """Words in front of the cue, set off by a comma or a closing mark: ``"..." Smith said``, ``Talks failed, he added``.

    filled: something reported stands behind the cue; then only a quotation right in front counts.
    """
    if not entry.takes & {"quote", "clause"}:
        return None
    verb = cue.token
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is not None and subject.lower_ in RELATIVES and verb.dep_ in ("relcl", "acl"):
        return None
    edge = _front_edge(cue, unit)
    if subject is None or not unit.outside(subject):
        stray = beside(verb, unit)
        if stray:
            edge = min(edge, stray[0].i)
    if edge <= unit.first:
        return None
    doc = unit.passage.doc
    last = edge - 1
    run_ends = unit.inside[last] != OUTSIDE
    if not run_ends and doc[last].text not in (",", "—", "–", "--", "?", "!", "-", "―", "…", "..."):
        return None
    while last >= unit.first and unit.inside[last] == OUTSIDE and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    if last < unit.first:
        return None
    run_ends = unit.inside[last] != OUTSIDE
    if filled and not run_ends:
        return None
    if run_ends and "quote" in entry.takes:
        run = unit.run_of(doc[last])
        if run is not None:
            return (_front_stretch(unit, last, run),)
    if (subject is None and verb.dep_ != "ROOT") or "clause" not in entry.takes:
        return None
    clause = [doc[i] for i in range(unit.first, last + 1)]
    if _set_off(cue, unit) and verb.tag_ in ("VBD", "VBZ", "VBP", "VBN"):
        return (_whole_runs(unit.between(unit.first, last), unit),)
    if not any(t.tag_ in FINITE for t in clause):
        return None
    # "When he arrived, Smith said so": what is in front hangs on the cue as an adverbial; no report.
    tops = [c for c in verb.lefts if c.i <= last and c.dep_ in ("ccomp", "parataxis", "conj", "dep")]
    if not tops and verb.dep_ in ("ROOT",) and not any(verb in (c.head,) and c.dep_ == "ccomp" for c in clause):
        return None
    return (_whole_runs(unit.between(unit.first, last), unit),)


def _set_off(cue: Cue, unit: Unit) -> bool:
    """The cue and its subject stand between two commas, or between a comma and the sentence's end: ``The plan, he said,
    had failed``, ``People like that, she added.``"""
    verb = cue.token
    if cue.entry is None or isinstance(cue.entry, SpeechNoun) or cue.entry.cls not in ("report", "think", "warn"):
        return False
    if not any(c.dep_ in SUBJECTS for c in verb.children) or verb.dep_ in ("relcl", "acl", "advcl"):
        return False
    doc = unit.passage.doc
    at = verb.i + 1
    subject = next((c for c in verb.rights if c.dep_ in SUBJECTS), None)
    if subject is not None:
        at = subject.right_edge.i + 1
    while at <= unit.last and doc[at].dep_ in ("npadvmod", "advmod") and doc[at].head == verb:
        at += 1
    return at > unit.last or (unit.outside(doc[at]) and doc[at].text in (",", ".", "—", "–", ";"))


def _front_stretch(unit: Unit, last: int, run: Run) -> Span:
    """From the unit's start when its own words run into the quotation; the quotation alone when it stands by itself."""
    doc = unit.passage.doc
    own = [
        doc[i]
        for i in range(unit.first, last + 1)
        if unit.inside[i] == OUTSIDE and any(c.isalnum() for c in doc[i].text)
    ]
    end = run.outer
    if any(t.tag_ in FINITE for t in own):
        return Span(unit.passage.span(doc[unit.first]).start, end.end)
    first_run = unit.runs[0]
    return Span(first_run.outer.start, end.end)


def after_cue(cue: Cue, unit: Unit) -> tuple[Span, ...]:
    """The rest of a sentence whose cue stands in its middle: ``"A," Smith said, "B."`` and ``A, Smith said, but B.``"""
    doc = unit.passage.doc
    verb = cue.token
    at = verb.i + 1
    while at <= unit.last and not (unit.outside(doc[at]) and doc[at].text in (",", "—", "–", ";", "--")):
        if not unit.outside(doc[at]):
            break
        at += 1
    if at > unit.last:
        return ()
    here = unit.passage.start
    run = next((r for r in unit.runs if r.outer.start >= here + doc[at].idx), None)
    if run is None:
        return _rest(at, cue, unit)
    between = [t for t in unit.tokens if here + doc[at].idx <= here + t.idx < run.outer.start]
    if any(t.tag_ in FINITE or t.tag_ == "VBG" for t in between):
        return ()
    words = [t for t in between if any(c.isalnum() for c in t.text)]
    if any(t.lower_ in ("according", "by", "in", "at", "on") for t in words[:1]):
        return ()
    start = unit.passage.span(words[0]).start if words else run.outer.start
    return (Span(start, run.outer.end),)


# Words that open a remark of the report's own behind a cue in the middle of a sentence.
REMARK = frozenset(
    "according in at on by as which who whose where when after before while although though during".split()
)


def _rest(comma: int, cue: Cue, unit: Unit) -> tuple[Span, ...]:
    """What follows a cue between commas, when it goes on with the reported sentence: it has a finite verb, and does not
    open like a remark of the report's own (``, adding that``, ``, according to``, ``, who``)."""
    doc = unit.passage.doc
    first, last = comma + 1, unit.last
    while last > first and unit.outside(doc[last]) and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    if first > last or not _set_off(cue, unit):
        return ()
    opener = doc[first]
    if opener.tag_ in ("VBG", "VBN") or opener.lower_ in REMARK:
        return ()
    own = [doc[i] for i in range(first, last + 1)]
    if not any(t.tag_ in FINITE for t in own):
        return ()
    top = next((t for t in own if t.head == cue.token and t.dep_ not in ("punct", "cc")), None)
    if top is not None and top.dep_ in ("advcl", "prep", "conj", "npadvmod"):
        return ()
    return (_whole_runs(unit.between(first, last), unit),)


def noun_clause(cue: Cue, entry: SpeechNoun, unit: Unit, cues: frozenset[int]) -> Content | None:
    """The clause that hangs on a noun of speech: ``his claim that talks had failed``, ``hope to return``."""
    for child in cue.token.rights:
        if child.dep_ in ("acl", "ccomp", "relcl") and child.i <= unit.last:
            to = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.lefts)
            that = any(c.lower_ == "that" and c.dep_ == "mark" for c in child.lefts)
            if (that and "clause" in entry.takes) or (to and "inf" in entry.takes):
                return Content(
                    (_stretch(child, unit, child.left_edge.i, cues),),
                    "clause" if that else "inf",
                    "code:quotes.content.noun_clause",
                )
    return None


def according(cue: Cue, unit: Unit) -> Content | None:
    """``According to X, S``; ``S, according to X``: the sentence without the phrase."""
    first, last = source_phrase(cue, unit)
    doc = unit.passage.doc
    pieces = []
    for a, b in ((unit.first, first - 1), (last + 1, unit.last)):
        while a <= b and unit.inside[a] == OUTSIDE and (doc[a].is_punct or doc[a].is_space):
            a += 1
        while b >= a and unit.inside[b] == OUTSIDE and (doc[b].is_punct or doc[b].is_space):
            b -= 1
        if a <= b:
            pieces.append(unit.between(a, b))
    if not pieces:
        return None
    return Content(tuple(pieces), "clause", "code:quotes.content.according")


def source_phrase(cue: Cue, unit: Unit) -> tuple[int, int]:
    """First and last token of "according to" with its object, without what a comma sets off."""
    head = according_head(cue)
    if head is None:
        return cue.token.i, cue.token.i + 1
    doc = unit.passage.doc
    last = min(head.right_edge.i, unit.last)
    for i in range(head.i + 1, last + 1):
        if doc[i].text in (",", "—", "–", ";") and unit.outside(doc[i]):
            follower = doc[i + 1] if i + 1 <= unit.last else None
            if follower is not None and any(
                c.dep_ in ("appos", "relcl", "acl") and c.left_edge.i == i + 1 for c in head.subtree
            ):
                continue
            last = i - 1
            break
    return cue.token.i, max(last, cue.token.i + 1)


def according_head(cue: Cue) -> Token | None:
    """The noun after "according to"."""
    to = cue.token.nbor()
    for token in (to, cue.token):
        for child in token.rights:
            if child.dep_ == "pobj":
                return child
    return None
