"""The day of a deed that names none: that of the report's own news, or that on which its doer was last told of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.model import Dated, Interval, Quote, Reason, When
from dragoman.reading.dates import DatePhrase, lead_of, when_of
from dragoman.reading.events.parties import named
from dragoman.reading.events.status import GOING_ON, WILL
from dragoman.reading.events.syntax import surface_subject
from dragoman.reading.events.types import Deed, Scene
from dragoman.reading.parse import Parsed, Token

# (side's code, where its clause stands, the day of that clause), in order of text
Told = tuple[tuple[str, int, When], ...]


@dataclass(frozen=True, slots=True)
class News:
    """The time of the report's own news, and the passage of body text that tells it first."""

    when: When | None
    first: int | None  # where the first body passage starts


def news_of(parsed: Parsed, phrases_of: Mapping[int, Sequence[DatePhrase]], dated: Dated) -> News:
    """The time that the lead names; failing that the report's own day, when its first sentence tells what has happened.

    phrases_of: the phrases of time of each passage, by where it starts.
    """
    body = [p for p in parsed if p.segment.kind == "body"]
    first = body[0].start if body else None
    lead = lead_of(parsed, lambda p: phrases_of[p.start], dated)
    at = lead.because.at if lead is not None else None
    later = at is not None and body and not body[0].segment.span.contains(at)
    if lead is not None and not lead.interval.is_day and later:
        lead = None  # "last week" of a later passage is not when the first one's news was
    if lead is None and dated.day is not None:
        for passage in body[:2]:
            root = next((s.root for s in passage.doc.sents if s.root.pos_ in ("VERB", "AUX")), None)
            if root is not None and tells_news(root):
                saw = f"the lead tells news and names no day: the report's own, {dated.day}"
                because = Reason("code:events.days.news_of", saw, passage.span(root))
                return News(When(Interval.day(dated.day), because), first)
    return News(lead, first)


def tells_news(root: Token) -> bool:
    """Whether a main verb is a simple past, a present perfect or a present: no plan, wish or pluperfect."""
    aux = [c for c in root.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "MD" or (c.lemma_ == "have" and c.tag_ == "VBD") for c in aux):
        return False
    return root.tag_ in ("VBD", "VBZ", "VBP") or any(c.tag_ in ("VBD", "VBZ", "VBP") for c in aux)


def time_of(
    deed: Deed, scene: Scene, phrases: Sequence[DatePhrase], dated: Dated, news: News, quotes: Sequence[Quote]
) -> When | None:
    """When a deed was: as its own words say, else as the report's own news where it is told as such.

    What a speaker tells in quotation marks in the past tense is not the report's news.
    """
    passage, carrier = scene.passage, deed.predicate.carrier
    lead: When | None = news.when
    if any(q.kind != "indirect" and s.contains(deed.trigger) for q in quotes for s in q.content):
        lead = lead if carrier.tag_ in ("VBP", "VBZ") else None
    when = when_of(carrier, passage, phrases, dated, deed.status, lead=lead, lede=passage.start == news.first)
    if lead is None or (when is not None and (when.interval.start is not None or when.interval.is_day)):
        return when
    if deed.status == "asserted" and any(goes_on(t) for t in (carrier, *carrier.ancestors)):
        saw = f"'{carrier.text}' goes on: as of the report's own news: {lead.because.saw}"
        return When(lead.interval, Reason("code:events.days.time_of", saw, lead.because.at))
    if carrier.tag_ == "VBD" and deed.status == "asserted" and told_after(carrier):
        saw = f"'{carrier.text}', with its source after it, tells the report's own news: {lead.because.saw}"
        return When(lead.interval, Reason("code:events.days.time_of", saw, lead.because.at))
    if passage.segment.kind == "headline" and deed.status == "asserted" and carrier.pos_ in ("NOUN", "PROPN"):
        saw = f"a heading's '{carrier.text}' is the report's own news: {lead.because.saw}"
        return When(lead.interval, Reason("code:events.days.time_of", saw, lead.because.at))
    return when


def goes_on(verb: Token) -> bool:
    """Whether a verb says that something goes on: "will continue to support"."""
    return verb.lemma_ in GOING_ON and any(c.dep_ == "aux" and c.lower_ in WILL for c in verb.children)


def told_after(verb: Token) -> bool:
    """Whether a simple past is a main clause whose source only follows: "A telephoned B, the ministry said"."""
    node = verb
    while node.dep_ == "conj" and node.head.pos_ in ("VERB", "AUX"):
        node = node.head
    if node.dep_ not in ("ccomp", "parataxis") or node.head.i < node.i or node.head.dep_ != "ROOT":
        return False
    return not any(c.dep_ in ("mark", "aux") for t in (verb, node) for c in t.children)


def told_days(scene: Scene, phrases: Sequence[DatePhrase]) -> Told:
    """Every day of the passage that stands by a verb of the past, with the code of that verb's subject."""
    out = []
    for phrase in phrases:
        token = scene.passage.token_at(phrase.span.start)
        if token is None or not phrase.interval.is_day:
            continue
        verb = next((a for a in (token, *token.ancestors) if a.pos_ in ("VERB", "AUX")), None)
        subject = surface_subject(verb) if verb is not None else None
        if verb is None or subject is None or verb.tag_ not in ("VBD", "VBN"):
            continue
        for _, actor in named(subject[0], scene.passage, scene.cast):
            if actor.code is not None:
                out.append((actor.code, phrase.span.start, When(phrase.interval, phrase.because)))
    return tuple(out)


def carried(when: When | None, deed: Deed, scene: Scene, told: Told) -> When | None:
    """A statement in the simple past with no time of its own was made on the last day told of its source.

    News names the day once ("X on Sunday congratulated Y") and goes on in the past ("He also praised Z").
    """
    if when is not None and (when.interval.is_day or when.interval.start is not None):
        return when
    verb = deed.predicate.carrier
    verbal = scene.ontology.types[deed.type].quad.startswith("verbal")
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    if not verbal or verb.tag_ != "VBD" or perfect or deed.status != "asserted":
        return when
    codes = {a.code for _, a in deed.source}
    before = [(at, w) for code, at, w in told if code in codes and at < deed.trigger.start]
    if not before:
        return when
    day = max(before, key=lambda b: b[0])[1]
    saw = f"no time of its own; its source was last told of on {day.interval}"
    return When(day.interval, Reason("code:events.days.carried", saw, day.because.at))
