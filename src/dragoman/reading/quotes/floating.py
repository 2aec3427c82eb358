"""Quotations without a cue of their own: a paragraph of speech, a sentence after "Smith said"."""

from __future__ import annotations

from dataclasses import replace

from dragoman.knowledge.speech import Speech
from dragoman.model import Cast, Party, Reason
from dragoman.reading.parse import Token
from dragoman.reading.quotes.cues import verb_entry
from dragoman.reading.quotes.draft import Draft
from dragoman.reading.quotes.marks import Run
from dragoman.reading.quotes.people import SUBJECTS, party, subject_of
from dragoman.reading.quotes.units import FINITE, Unit

# Shares right on tests/cases/quotes/fresh.yaml, as find.CONFIDENCE; a signature was met too seldom there, and takes the
# share of all that is direct.
FLOATING, SIGNED = 0.75, 0.8
SENTENCE_ENDS = (".", "!", "?", "…", "—", "–")


def floating(paragraphs: list[list[Unit]], drafts: list[list[Draft]], cast: Cast, speech: Speech) -> list[Draft]:
    """All drafts, with those added whose quotation has no cue of its own."""
    out: list[Draft] = []
    for n, units in enumerate(paragraphs):
        here = list(drafts[n])
        owner = {d.unit.first: i for i, d in enumerate(here)}
        taken = {r.outer for d in here for r in d.runs if any(s.overlaps(r.outer) for s in d.stretches)}
        for u, unit in enumerate(units):
            for run in unit.runs:
                if run.outer in taken:
                    continue
                signed = signature(unit, run, units, u)
                at = owner.get(units[u - 1].first) if u > 0 else None  # the last draft of the unit before
                before = here[at] if at is not None else None
                goes_on = unit.bare and before is not None and _quoted_last(before) and _sentence(unit, run)
                if signed is None and not goes_on and not _speech(unit, run):
                    continue
                if at is not None and signed is None and unit.bare and before is not None and _quoted_last(before):
                    here[at] = replace(before, stretches=(*before.stretches, run.outer), runs=(*before.runs, run))
                    owner[unit.first] = at
                    continue
                owner[unit.first] = len(here)
                if signed is not None:
                    who = party(signed, unit.passage, cast)
                    here.append(
                        Draft(
                            (run.outer,), (run,), "quote", None, None, who, signed, (), None, unit, n, SIGNED,
                            (Reason("code:quotes.floating.signature", "a name after a dash", who.span),),
                        )
                    )  # fmt: skip
                    continue
                told = _told_below(run, n, u, paragraphs, speech)
                speaker, token, why = _speaker_for(n, u, here, paragraphs, drafts, out, cast)
                if told is not None:
                    speaker, token = party(told, paragraphs[n + 1][0].passage, cast), told
                    why = "a cue opens the next line"
                here.append(
                    Draft(
                        (run.outer,), (run,), "quote", None, None, speaker, token, (), None, unit, n, FLOATING,
                        (Reason("code:quotes.floating.floating", why, run.inner),),
                    )
                )  # fmt: skip
        if out and here and _last_run(out[-1]) is not None and _leads(out[-1]):
            first = min(here, key=lambda d: d.start)
            opening = next((r for r in first.runs if r.outer.overlaps(first.stretches[0])), None)
            if opening is not None and opening.follows and first.cue is not None and out[-1].cue is None:
                lead = out.pop()
                here.remove(first)
                here.append(
                    replace(first, stretches=(*lead.stretches, *first.stretches), runs=(*lead.runs, *first.runs))
                )
            elif opening is not None and opening.follows and first.cue is None:
                here.remove(first)
                out[-1] = replace(
                    out[-1], stretches=(*out[-1].stretches, *first.stretches), runs=(*out[-1].runs, *first.runs)
                )
        out.extend(sorted(here, key=lambda d: d.start))
    return out


def _last_run(draft: Draft) -> Run | None:
    end = max(s.end for s in draft.stretches)
    return next((r for r in draft.runs if r.outer.end == end), None)


def _leads(draft: Draft) -> bool:
    run = _last_run(draft)
    return run is not None and run.leads


def _speech(unit: Unit, run: Run) -> bool:
    """Whole sentences inside marks are speech; a name, a title, a scare quote is not."""
    tokens = [t for t in unit.tokens_of(run) if any(c.isalnum() for c in t.text)]
    led = unit.text[unit.passage.segment.span.start : run.outer.start].rstrip().endswith(":")
    verbal = any(t.pos_ in ("VERB", "AUX") for t in tokens)
    if run.leads or run.follows or (led and verbal and len(tokens) > 2):
        return True
    if len(tokens) < 4:
        return False
    ends = unit.text[run.inner.start : run.inner.end].endswith(SENTENCE_ENDS)
    finite = any(t.tag_ in FINITE for t in tokens)
    return (finite and ends and tokens[0].text[:1].isupper()) or (unit.bare and finite)


def _sentence(unit: Unit, run: Run) -> bool:
    """“Talks failed,” he said. “Let them wait.”: a capital and a full stop are enough where a quotation goes on."""
    inner = run.inner.of(unit.text)
    return inner[:1].isupper() and inner.endswith(SENTENCE_ENDS) and " " in inner


def _quoted_last(draft: Draft) -> bool:
    """The draft before is itself in marks, so what follows in marks is the same speech going on."""
    return (
        draft.shape == "quote"
        and bool(draft.runs)
        and any(s.overlaps(r.outer) for s in draft.stretches for r in draft.runs)
    )


def _told_below(run: Run, n: int, u: int, paragraphs: list[list[Unit]], speech: Speech) -> Token | None:
    """Who says words that end with a comma, when a line was broken in front of their cue: ``"We will stay,"`` and on
    the next line ``Ruiz told reporters.``"""
    if not run.inner.of(paragraphs[n][u].text).endswith(",") or u + 1 < len(paragraphs[n]) or n + 1 == len(paragraphs):
        return None
    unit = paragraphs[n + 1][0]
    for token in unit.tokens:
        entry = verb_entry(token, speech) if token.dep_ == "ROOT" and unit.outside(token) else None
        if entry is not None and "quote" in entry.takes and not any(c.dep_ == "ccomp" for c in token.rights):
            subject = subject_of(token)
            return subject[0] if subject is not None and subject[0].i < token.i else None
    return None


def _speaker_for(
    n: int,
    u: int,
    here: list[Draft],
    paragraphs: list[list[Unit]],
    drafts: list[list[Draft]],
    done: list[Draft],
    cast: Cast,
) -> tuple[Party | None, Token | None, str]:
    own = introduced(paragraphs[n][u])
    if own is None and u == 0 and n > 0 and _colon(paragraphs[n - 1]):
        own = introduced(paragraphs[n - 1][-1])
        if own is not None:
            return party(own, paragraphs[n - 1][-1].passage, cast), own, "the subject in front of the colon"
    if own is not None:
        return party(own, paragraphs[n][u].passage, cast), own, "the subject in front of the colon"
    before = [d for d in here if d.unit.first < paragraphs[n][u].first and d.speaker is not None]
    if before:
        return before[-1].speaker, before[-1].speaker_token, "the speaker of the sentence before"
    if u > 0:
        subject = _subject(paragraphs[n][u - 1])
        if subject is not None:
            return party(subject, paragraphs[n][u - 1].passage, cast), subject, "the subject of the sentence before"
    previous = done[-1] if done and done[-1].paragraph >= n - 1 else None
    if previous is not None and previous.runs and previous.shape == "quote" and previous.speaker is not None:
        return previous.speaker, previous.speaker_token, "the speaker of the quotation before"
    if n + 1 < len(drafts) and drafts[n + 1]:
        following = min(drafts[n + 1], key=lambda d: d.start)
        if (
            following.cue is not None
            and following.shape == "quote"
            and following.speaker is not None
            and following.speaker.span.start < following.start
        ):
            return following.speaker, following.speaker_token, "the speaker named in the next paragraph"
    if previous is not None and previous.speaker is not None:
        return previous.speaker, previous.speaker_token, "the speaker of the paragraph before"
    if n + 1 < len(drafts) and drafts[n + 1]:
        following = min(drafts[n + 1], key=lambda d: d.start)
        return following.speaker, following.speaker_token, "the speaker of the next paragraph"
    return None, None, "nobody near"


DASHES = ("—", "–", "―", "--", "-")


def signature(unit: Unit, run: Run, units: list[Unit], u: int) -> Token | None:
    """“We will rebuild.” — Ana Perez: a short name behind a dash right after the quotation signs it."""
    doc = unit.passage.doc
    here, at, end = unit.passage.start, run.outer.end, unit.passage.segment.span.end
    while at < end and unit.text[at].isspace():  # pages put a blank that does not break in front of the dash
        at += 1
    if not unit.text[at : min(at + 2, end)].startswith(DASHES):
        return None
    edge = units[min(u + 1, len(units) - 1)].last
    names = [t for t in doc[unit.first : edge + 1] if here + t.idx > at and not t.is_space][:7]
    while names and names[0].text in DASHES:
        names.pop(0)
    taken = []
    for token in names:
        if token.is_punct and token.text != ".":
            break
        taken.append(token)
    if (
        not taken
        or not taken[0].text[:1].isupper()
        or any(t.pos_ in ("VERB", "AUX") and t.text.islower() for t in taken)
    ):
        return None
    last = [t for t in taken if t.text[:1].isupper()][-1]
    while last.dep_ in ("compound", "amod", "nmod") and last.head.i > last.i and last.head in taken:
        last = last.head
    return last


def introduced(unit: Unit) -> Token | None:
    """Who stands in front of a colon that leads to a quotation: the subject of the sentence, or the words themselves
    (``Premier: "We will stay"``)."""
    doc = unit.passage.doc
    colon = next((t for t in unit.tokens if t.text.endswith(":") and unit.outside(t)), None)
    if colon is None:
        return None
    front = [doc[i] for i in range(unit.first, colon.i)]
    if not front or any(not unit.outside(t) for t in front):
        return None
    subjects = [t for t in front if t.dep_ in SUBJECTS and t.pos_ in ("PROPN", "PRON", "NOUN")]
    if subjects:
        main = [t for t in subjects if t.head.dep_ == "ROOT"]
        return (main or [t for t in subjects if t.head.dep_ not in ("advcl", "relcl", "acl")] or subjects)[0]
    if len(front) <= 12:
        names = [t for t in front if t.pos_ == "PROPN"]
        if not names and len(front) <= 3:
            names = [t for t in front if t.pos_ == "NOUN"]
        return names[-1] if names else None
    return None


def _colon(units: list[Unit]) -> bool:
    last = units[-1] if units else None
    return last is not None and last.passage.doc[last.last].text.endswith(":")


def _subject(unit: Unit) -> Token | None:
    for token in unit.tokens:
        if (
            token.dep_ in SUBJECTS
            and token.head.dep_ == "ROOT"
            and unit.outside(token)
            and token.pos_ in ("PROPN", "PRON", "NOUN")
        ):
            return token
    return None
