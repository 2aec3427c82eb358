"""All quotations of one report: marks, cues, what they report, who speaks to whom, and those without a cue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.speech import Speech, SpeechVerb
from dragoman.model import Cast, Dated, Party, Quote, Reason, Report
from dragoman.reading.dates import Phrases, all_phrases
from dragoman.reading.parse import Parsed, Token
from dragoman.reading.quotes.addressees import addressee_heads, channel_of, medium, turned_to, without_channel
from dragoman.reading.quotes.carry import carry_addressees
from dragoman.reading.quotes.content import according_head, content_of
from dragoman.reading.quotes.cues import Cue, cues_in
from dragoman.reading.quotes.draft import Draft, kind_of, tidy, without_marks
from dragoman.reading.quotes.floating import floating
from dragoman.reading.quotes.headline import headline
from dragoman.reading.quotes.marks import pair
from dragoman.reading.quotes.people import beside, first_name, noun_owner, party, subject_of, turned_round
from dragoman.reading.quotes.repeated import without_repeats
from dragoman.reading.quotes.running import running_speakers
from dragoman.reading.quotes.stretch import Content
from dragoman.reading.quotes.times import times_of
from dragoman.reading.quotes.transcript import drafts_of, turns_of
from dragoman.reading.quotes.units import Unit, units_of

QuoteStage = Callable[[Parsed, Cast, Dated, Knowledge, Phrases], tuple[Quote, ...]]


def find_quotes(
    parsed: Parsed, cast: Cast, dated: Dated, knowledge: Knowledge, phrases_of: Phrases | None = None
) -> tuple[Quote, ...]:
    """Every quotation of the read passages, in order of text.

    phrases_of: the report's phrases of time, when they have been found before.
    """
    runs = pair(parsed.text, [p.segment.span for p in parsed])
    turns = turns_of(parsed.text, parsed.passages, cast)
    # From the first turn to the last: words of somebody from end to end, and asides.
    told = range(turns[0].words[0][0], turns[-1].words[-1][0] + 1) if turns else range(0)
    spoken = drafts_of(turns, parsed.text, parsed.passages, cast)
    paragraphs = [units_of(p, [] if n in told else runs[n], parsed.text) for n, p in enumerate(parsed)]
    drafts: list[list[Draft]] = []
    nested: list[Draft] = []
    for n, units in enumerate(paragraphs):
        if n in told:
            drafts.append(list(spoken.get(n, ())))
            continue
        here: list[Draft] = []
        for unit in units:
            every = _drafts(unit, n, cast, knowledge)
            every = _carried_by_media(every, unit, knowledge.speech)
            found = _outermost(every)
            nested.extend(_nested(every, found))
            title = headline(unit, n, cast, knowledge.speech) if not found else None
            here.extend(found if title is None else [title])
        drafts.append(here)
    everything = floating(paragraphs, drafts, cast, knowledge.speech)
    everything = running_speakers(everything, paragraphs, cast, parsed.text)
    everything = carry_addressees(everything, paragraphs, cast, knowledge)
    everything = without_repeats([*everything, *nested], list(parsed), parsed.text)
    phrases_of = all_phrases(parsed, dated, knowledge) if phrases_of is None else phrases_of
    return _finish(parsed, everything, cast, dated, phrases_of)


def _drafts(unit: Unit, paragraph: int, cast: Cast, knowledge: Knowledge) -> list[Draft]:
    out = []
    speech, nouns = knowledge.speech, knowledge.actors.nouns
    cues = cues_in(unit, speech)
    verbs = frozenset(c.token.i for c in cues if isinstance(c.entry, SpeechVerb))
    for cue in cues:
        content = content_of(cue, unit, verbs)
        if content is None:
            continue
        head, how = _speaker(cue)
        if (head is None or not unit.outside(head)) and isinstance(cue.entry, SpeechVerb):
            turned = turned_round(cue.token, unit) if content.rule.endswith("before_cue") else None
            head, how = turned or first_name(beside(cue.token, unit)), "beside the quotation"
            if head is None:
                behind = unit.passage.doc[cue.token.i + 1 : min(cue.token.i + 8, unit.last + 1)]
                head = (
                    first_name([t for t in behind if t.pos_ == "PROPN"])
                    if content.rule.endswith("before_cue")
                    else None
                )
        elif head is not None and not unit.outside(head):
            continue
        if not _vouched(cue, content, head, unit):
            continue
        speaker = party(head, unit.passage, cast, cue=cue.token) if head is not None else None
        content = without_channel(content, unit, speech)
        if speaker is None and kind_of(content.stretches, unit.runs, content.shape, unit.text) == "indirect":
            continue  # "Britain is not expected to follow": nobody's words, by nobody
        heads = [t for t in addressee_heads(cue, unit, speech, nouns, content.stretches) if t != head]
        to = tuple(party(t, unit.passage, cast, coordinated=False) for t in heads)
        approach = turned_to(cue.token, unit, speech, nouns) if to else None
        channel = channel_of(cue, unit, speech)
        rule = cue.entry.rule if cue.entry is not None else "code:quotes.content.according"
        sure = confidence(content, kind_of(content.stretches, unit.runs, content.shape, unit.text))
        trail = [
            Reason(rule, cue.span.of(unit.text), cue.span),
            Reason(content.rule, content.shape, content.stretches[0], sure),
        ]
        if speaker is not None:
            trail.append(Reason("code:quotes.people.subject_of", how, speaker.span))
        if approach is not None and approach[1] == heads:
            by = unit.passage.span(approach[0])
            trail.append(Reason(speech.approaches[approach[0].lemma_.lower()].rule, by.of(unit.text), by))
        if channel is not None:
            trail.append(Reason(channel[1], "channel", channel[0]))
        out.append(
            Draft(
                content.stretches, unit.runs, content.shape, cue, cue.span, speaker, head, to,
                channel[0] if channel else None, unit, paragraph, sure, tuple(trail),
            )
        )  # fmt: skip
    return _source_as_channel(out)


# How often a quotation found in this way came out wholly right on tests/cases/quotes/fresh.yaml, sentences put down
# with their gold before they were first run; smoothed, and rounded down to 0.05 (tests/quote_shares.py prints and
# explains the figures, a test holds them to it). A way met fewer than three times there takes the share of its kind.
CONFIDENCE = {
    ("before_cue", "direct"): 0.75, ("before_cue", "mixed"): 0.9, ("before_cue", "indirect"): 0.9,
    ("run_behind", "direct"): 0.95, ("run_behind", "mixed"): 0.55, ("complement clause", "indirect"): 0.85,
    ("complement clause", "mixed"): 0.9, ("complement inf", "indirect"): 0.8, ("complement np", "indirect"): 0.8,
    ("according", "indirect"): 0.9,
}  # fmt: skip
OF_KIND = {"direct": 0.8, "mixed": 0.85, "indirect": 0.9}


def confidence(content: Content, kind: str) -> float:
    """How often what was found in this way was right; see CONFIDENCE."""
    way = content.rule.rpartition(".")[2]
    return CONFIDENCE.get((f"{way} {content.shape}", kind)) or CONFIDENCE.get((way, kind)) or OF_KIND[kind]


def _vouched(cue: Cue, content: Content, head: Token | None, unit: Unit) -> bool:
    """Whether somebody is reported at all: an order to the reader ("Support us") and "you said" report nobody, and a
    noun of speech needs an owner."""
    if head is None:
        quoted = any(r.outer.overlaps(s) for r in unit.runs for s in content.stretches)
        if not isinstance(cue.entry, SpeechVerb):
            return False
        passive = any(c.dep_ == "auxpass" for c in cue.token.children)
        told = passive and content.shape in ("clause", "inf", "ing")  # not: was asked about the delay
        return content.shape == "quote" or (quoted and content.shape != "np") or told
    return head.lower_ != "you"


def _carried_by_media(drafts: list[Draft], unit: Unit, speech: Speech) -> list[Draft]:
    """``Ruiz called it "a gift," the state agency said``: the medium behind a comma is the way of Ruiz's words in
    marks, not their speaker."""
    out = drafts
    for outer in drafts:
        token = outer.speaker_token
        if outer.speaker is None or token is None or outer.cue is None or not medium(token, unit, speech):
            continue
        if (
            not outer.trail[1].rule.endswith("before_cue")
            or kind_of(outer.stretches, outer.runs, "", unit.text) != "mixed"
        ):
            continue
        words = [d for d in drafts if d is not outer and d.speaker is not None and _covers(outer, d)]
        quoted = [d for d in words if any(r.outer.overlaps(s) for r in d.runs for s in d.stretches)]
        if quoted:
            way = outer.speaker.span
            out = [replace(d, channel=d.channel or way) if d in quoted else d for d in out if d is not outer]
    return out


def _covers(outer: Draft, inner: Draft) -> bool:
    """The inner one's cue and words stand among the words of the outer one."""
    mine = (*([inner.cue_span] if inner.cue_span else []), *inner.stretches)
    return all(any(s.contains(m) for s in outer.stretches) for m in mine)


def _source_as_channel(drafts: list[Draft]) -> list[Draft]:
    """Smith said so, according to his office: the phrase is the channel of Smith's words, no speaker of its own.

    Smith plans to go, according to an aide: what Smith means to do is what the aide says.
    """
    out = []
    for draft in drafts:
        if draft.cue is not None and draft.cue.entry is None:
            rivals = [
                d
                for d in drafts
                if d.cue is not None
                and isinstance(d.cue.entry, SpeechVerb)
                and d.cue.entry.cls not in ("intend", "think")
                and d.speaker is not None
            ]
            if any(d.cue is not None and d.cue.token == draft.cue.token.head and d.channel is not None for d in rivals):
                continue
        out.append(draft)
    return out


def _speaker(cue: Cue) -> tuple[Token | None, str]:
    if cue.entry is None:
        return according_head(cue), "according to"
    if isinstance(cue.entry, SpeechVerb):
        return subject_of(cue.token) or (None, "")
    return noun_owner(cue.token) or (None, "")


def _outermost(drafts: list[Draft]) -> list[Draft]:
    """Of drafts inside each other only the outermost; of drafts over the same words the longest.

    "Smith said that Jones had told her ..." is Smith's: what she reports of Jones is her report.
    """
    out: list[Draft] = []
    for draft in drafts:
        assert draft.cue is not None
        inside_other = any(
            other is not draft
            and any(s.start <= draft.cue.span.start and draft.cue.span.end <= s.end for s in other.stretches)
            and not (
                other.cue is not None
                and any(s.start <= other.cue.span.start and other.cue.span.end <= s.end for s in draft.stretches)
                and (draft.cue.entry is None or (other.cue.entry is not None and draft.cue.token.i < other.cue.token.i))
            )
            for other in drafts
        )
        if not inside_other:
            out.append(draft)
    kept: list[Draft] = []
    for draft in sorted(out, key=lambda d: (-sum(len(s) for s in d.stretches), d.start)):
        if not any(a.overlaps(b) for k in kept for a in k.stretches for b in draft.stretches):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.cue_span.start if d.cue_span else d.start)


def _nested(drafts: list[Draft], kept: list[Draft]) -> list[Draft]:
    """Reports inside a kept one: "Smith said that Jones had told her of the plan" keeps both, the outer holding the
    inner."""
    out: list[Draft] = []
    for draft in drafts:
        if any(draft is k for k in kept) or not any(_within(draft, k) for k in kept):
            continue
        if not any(a.overlaps(b) for k in out for a in k.stretches for b in draft.stretches):
            out.append(draft)
    return out


def _within(inner: Draft, outer: Draft) -> bool:
    """A report with a verb and a speaker of its own, all of it among the report's words of another's content."""
    if inner.cue is None or outer.cue is None or not isinstance(inner.cue.entry, SpeechVerb) or inner.speaker is None:
        return False
    if inner.cue.entry.cls not in NESTED or inner.shape not in ("clause", "quote"):
        return False
    mine = (inner.cue.span, inner.speaker.span, *inner.stretches)
    if any(r.outer.overlaps(s) for r in inner.runs for s in inner.stretches):
        return False  # words in marks stay the outer speaker's: whose voice they quote is open
    return all(any(s.contains(m) for s in outer.stretches) for m in mine)


NESTED = frozenset(("report", "tell", "ask", "warn", "promise", "deny"))


def _finish(parsed: Parsed, drafts: list[Draft], cast: Cast, dated: Dated, phrases: Phrases) -> tuple[Quote, ...]:
    text = parsed.text
    report_id = Report(text=text, source="").id
    ordered = sorted(drafts, key=lambda d: (d.start, d.cue_span.start if d.cue_span else d.start))
    quotes: list[Quote] = []
    for draft, when in zip(ordered, times_of(ordered, list(parsed), cast, dated, phrases, text), strict=True):
        content = tidy(without_marks(draft.stretches, draft.runs), text)
        if not content:
            continue
        quotes.append(
            Quote(
                f"{report_id}-q{len(quotes) + 1}", kind_of(draft.stretches, draft.runs, draft.shape, text), content,
                draft.cue_span, draft.speaker, draft.addressees, draft.channel, when, draft.confidence, draft.trail,
            )
        )  # fmt: skip
    return tuple(quotes)


__all__ = ["Party", "QuoteStage", "find_quotes"]
