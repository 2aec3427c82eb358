"""What is said in front of the cue, and what goes on after a cue in the middle of a sentence."""

from __future__ import annotations

from dragoman.knowledge.speech import SpeechNoun, SpeechVerb
from dragoman.model import Span
from dragoman.reading.quotes.cues import Cue
from dragoman.reading.quotes.marks import Run
from dragoman.reading.quotes.people import RELATIVES, SUBJECTS, beside
from dragoman.reading.quotes.stretch import whole_runs
from dragoman.reading.quotes.units import FINITE, OUTSIDE, Unit


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
        and (doc[edge - 1].dep_ in ("advmod", "aux", "cc", "neg") or doc[edge - 1].lower_ == "as")
        and unit.outside(doc[edge - 1])
    ):
        edge -= 1
    return edge


def before_cue(cue: Cue, entry: SpeechVerb, unit: Unit, filled: bool) -> tuple[Span, ...] | None:
    """Words in front of the cue, set off by a comma or a closing mark: ``"..." Smith said``.

    filled: something reported stands behind the cue; then only a quotation right in front counts.
    """
    if not entry.takes & {"quote", "clause"}:
        return None
    verb = cue.token
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is not None and subject.lower_ in RELATIVES and verb.dep_ in ("relcl", "acl"):
        return None
    if subject is None and verb.dep_ == "conj" and verb.head.i < verb.i and unit.outside(verb.head):
        return None  # X called it "a gift" and asked ...: what stands in front is the first verb's
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
        return (unit.between(unit.first, last),) if _subject_of_words(last, cue, unit) else None
    if run_ends and "quote" in entry.takes:
        run = unit.run_of(doc[last])
        if run is not None:
            return (_front_stretch(unit, last, run),)
    if (subject is None and verb.dep_ != "ROOT") or "clause" not in entry.takes:
        return None
    clause = [doc[i] for i in range(unit.first, last + 1)]
    if _set_off(cue, unit) and verb.tag_ in ("VBD", "VBZ", "VBP", "VBN"):
        return (whole_runs(unit.between(unit.first, last), unit),)
    if not any(t.tag_ in FINITE for t in clause):
        return None
    # "When he arrived, Smith said so": what is in front hangs on the cue as an adverbial; no report.
    tops = [c for c in verb.lefts if c.i <= last and c.dep_ in ("ccomp", "parataxis", "conj", "dep")]
    if not tops and verb.dep_ in ("ROOT",) and not any(verb in (c.head,) and c.dep_ == "ccomp" for c in clause):
        return None
    return (whole_runs(unit.between(unit.first, last), unit),)


def _subject_of_words(last: int, cue: Cue, unit: Unit) -> bool:
    """``The queen, he said, "was kind to us."``: the words in marks begin with a verb in a small letter, whose subject
    the report gives in front of the cue."""
    doc, start = unit.passage.doc, cue.span.end
    run = next((r for r in unit.runs if r.outer.start >= start), None)
    if run is None or not _set_off(cue, unit) or doc[last].pos_ not in ("NOUN", "PROPN", "PRON"):
        return False
    first = next(t for t in unit.tokens if unit.passage.span(t).end > run.inner.start)
    return first.tag_ in FINITE and first.text.islower() and doc[unit.first].pos_ not in ("ADP", "SCONJ", "ADV")


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
    subject = next((c for c in verb.rights if c.dep_ in SUBJECTS), None)
    if subject is not None and all(unit.outside(t) for t in doc[at : min(subject.right_edge.i, unit.last) + 1]):
        at = min(subject.right_edge.i, unit.last) + 1  # said Smith, 34, who lost her shop
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
    (
        "according", "in", "at", "on", "by", "as", "which", "who", "whose", "where", "when", "after", "before",
        "while", "although", "though", "during",
    )
)  # fmt: skip


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
    return (whole_runs(unit.between(first, last), unit),)
