"""Addressees carried on: after "In a message to Y, X said ..." X goes on speaking to Y."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.actor_rows import Noun
from dragoman.knowledge.speech import Speech, SpeechVerb
from dragoman.model import Cast, Party, Reason
from dragoman.reading.parse import Token
from dragoman.reading.quotes.addressees import addressee_heads, approached, message_to
from dragoman.reading.quotes.cues import Cue, cues_in, verb_entry
from dragoman.reading.quotes.draft import Draft
from dragoman.reading.quotes.inside import addressed_inside
from dragoman.reading.quotes.people import party, subject_of
from dragoman.reading.quotes.units import FINITE, Unit

YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
PLAIN = frozenset(("report", "tell", "express", "warn", "promise", "urge"))


def carry_addressees(
    drafts: list[Draft], paragraphs: list[list[Unit]], cast: Cast, knowledge: Knowledge
) -> list[Draft]:
    """Give every draft without an addressee the one in force for its speaker.

    In force from the sentence that names it (told Y, wrote to Y, a message to Y, congratulated Y) until another one is
    named, another speaker speaks, or a paragraph passes in which nobody speaks; a message or a speech outlasts one
    such paragraph. Who replies speaks to whoever has just spoken to him.
    """
    speech, nouns = knowledge.speech, knowledge.actors.nouns
    by_unit: dict[tuple[int, int], list[Draft]] = {}
    for draft in drafts:
        by_unit.setdefault((draft.paragraph, draft.unit.first), []).append(draft)
    now = Force()
    out: list[Draft] = []
    for n, units in enumerate(paragraphs):
        spoke = False
        if now.only_in is not None and now.only_in != n:
            now = Force()
        for unit in units:
            mine = sorted(by_unit.get((n, unit.first), ()), key=lambda d: d.cue_span.start if d.cue_span else d.start)
            named = _named(unit, cast, knowledge) if not mine else _before(mine[0], unit, cast, knowledge)
            if named is not None:
                now, spoke = named, True
            for draft in mine:
                spoke = True
                given = _given(draft, now, mine, out, unit.text)
                now = _after(draft, given, now, n, speech, nouns, unit.text)
                out.append(given if given.addressees else _from_inside(given, cast, speech))
        now = replace(now, silent=0 if spoke else now.silent + 1)
    return out


@dataclass(frozen=True, slots=True)
class Force:
    """Whom one speaker is speaking to, and how long that holds."""

    who: Party | None = None  # the speaker
    to: tuple[Party, ...] = ()
    lasts: bool = False  # a message, a speech, a call: it outlasts a paragraph in which nobody speaks
    only_in: int | None = None  # the paragraph outside which the addressee of an urging or a warning no longer holds
    silent: int = 0  # paragraphs since anybody spoke
    because: tuple[Reason, ...] = ()  # the verb by which he was approached


def _given(draft: Draft, now: Force, mine: list[Draft], done: list[Draft], text: str) -> Draft:
    """The draft with the addressee in force, or with the one it replies to, when it has none of its own."""
    if draft.addressees:
        return draft
    asker = _answered(draft, done, text)
    if asker is not None:
        reason = Reason("code:quotes.carry.carry_addressees", "in reply to", asker.span)
        return replace(draft, addressees=(asker,), trail=(*draft.trail, reason))
    goes_on = _inherits(draft, now) or _about_listener(draft, now.to) or _goes_on(draft, mine, now)
    himself = draft.speaker is not None and any(_same(p, draft.speaker, text) for p in now.to)
    if now.to and goes_on and not himself and same_speaker(draft.speaker, now.who, text):
        reason = Reason("code:quotes.carry.carry_addressees", "still speaking to", now.to[0].span)
        return replace(draft, addressees=now.to, trail=(*draft.trail, *now.because, reason))
    return draft


def _after(
    draft: Draft, given: Draft, now: Force, n: int, speech: Speech, nouns: Mapping[str, Noun], text: str
) -> Force:
    """What is in force behind the draft. What somebody else has said before is told by the way, and changes nothing."""
    same = same_speaker(draft.speaker, now.who, text)
    if now.to and not same and draft.cue is not None and any(c.lemma_ == "have" for c in draft.cue.token.lefts):
        return now
    if draft.addressees:
        weak = _weak(draft, speech)
        if now.lasts and same and (weak or _thanks(draft)):
            return now  # in a call, X thanks or urges Z: X goes on speaking to Y
        return Force(draft.speaker, draft.addressees, _lasting(draft, speech, nouns), n if weak else None)
    if given.addressees or draft.speaker is None or same:
        return now
    return Force(draft.speaker)


def _answered(draft: Draft, done: list[Draft], text: str) -> Party | None:
    """Who has just spoken to the one who now replies."""
    entry = draft.cue.entry if draft.cue is not None else None
    if not done or draft.speaker is None or not isinstance(entry, SpeechVerb) or entry.lemma not in REPLIES:
        return None
    last = done[-1]
    if last.speaker is None or draft.paragraph - last.paragraph > 1:
        return None
    if last.speaker_token is not None and last.speaker_token.pos_ == "PRON" and last.speaker.actor is None:
        named = [d.speaker for d in done if d.speaker is not None and d.addressees == last.addressees]
        return named[0] if any(_same(p, draft.speaker, text) for p in last.addressees) else None
    return last.speaker if any(_same(p, draft.speaker, text) for p in last.addressees) else None


REPLIES = frozenset(("reply", "respond", "answer", "retort", "counter"))


def _same(one: Party, other: Party, text: str) -> bool:
    """The two are one and the same, by actor or by the very words."""
    if one.actor is not None and other.actor is not None:
        return one.actor == other.actor
    return one.span.of(text).casefold() == other.span.of(text).casefold()


def _from_inside(draft: Draft, cast: Cast, speech: Speech) -> Draft:
    """Where neither the cue nor what went before names a listener, the quoted words themselves may."""
    found = addressed_inside(draft, cast, speech)
    if found is None:
        return draft
    reason = Reason("code:quotes.inside.addressed_inside", found[1], found[0][0].span)
    return replace(draft, addressees=found[0], trail=(*draft.trail, reason))


def _weak(draft: Draft, speech: Speech) -> bool:
    """Urged, warned, asked: whoever is told to act need not be in the room; only tell, write and messages last."""
    entry = draft.cue.entry if draft.cue is not None else None
    if not isinstance(entry, SpeechVerb) or entry.cls not in ("urge", "warn", "ask", "promise"):
        return False
    return not _in_message(draft, speech)


def _thanks(draft: Draft) -> bool:
    entry = draft.cue.entry if draft.cue is not None else None
    return isinstance(entry, SpeechVerb) and entry.cls == "thank"


def _in_message(draft: Draft, speech: Speech) -> bool:
    """The addressee is whom a message goes to."""
    sent_to = [draft.unit.passage.span(t) for t in message_to(draft.unit, speech)]
    return any(p.span.contains(s) for p in draft.addressees for s in sent_to)


def _lasting(draft: Draft, speech: Speech, nouns: Mapping[str, Noun]) -> bool:
    """The addressee is whom a message goes to, or whom the speaker addresses beside the cue."""
    if _in_message(draft, speech):
        return True
    return any(
        speech.approaches[t.lemma_.lower()].lasts
        and any(
            p.span.contains(draft.unit.passage.span(h))
            for h in approached(t, draft.unit, speech, nouns) or ()
            for p in draft.addressees
        )
        for t in draft.unit.tokens
        if t.pos_ == "VERB" and t.lemma_.lower() in speech.approaches
    )


def _named(unit: Unit, cast: Cast, knowledge: Knowledge) -> Force | None:
    """A message, a greeting or a call told in the unit, even when no words of it are quoted."""
    speech = knowledge.speech
    for cue in cues_in(unit, speech):
        if isinstance(cue.entry, SpeechVerb) and cue.entry.cls in ("tell", "thank"):
            heads = addressee_heads(cue, unit, speech, knowledge.actors.nouns)
            if heads:
                subject = subject_of(cue.token)
                return _force(subject[0] if subject else None, heads, unit, cast, lasts=False)
    heads = message_to(unit, speech)
    if heads:
        subject_token = next((t for t in unit.tokens if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
        return _force(subject_token, heads, unit, cast, lasts=True)
    return _before(None, unit, cast, knowledge)


def _before(draft: Draft | None, unit: Unit, cast: Cast, knowledge: Knowledge) -> Force | None:
    """Whom the speaker of the unit approaches in a way that lasts, or tells or thanks without a word of it, in front of
    the first of its quotations: ``Berg telephoned Ruiz and offered to come``, ``Berg thanked Ruiz, calling it ...``."""
    speech, nouns = knowledge.speech, knowledge.actors.nouns
    for token in unit.tokens:
        if token.tag_ not in FINITE or not unit.outside(token) or not _main(token):
            continue
        if draft is not None and draft.cue is not None and draft.cue.token.i <= token.i and not _holds(draft, token):
            return None
        entry = speech.approaches.get(token.lemma_.lower())
        cue = Cue(token, verb_entry(token, speech), unit.passage.span(token))
        heads: list[Token] | None = None
        if entry is not None and entry.lasts:
            heads, rule = approached(token, unit, speech, nouns), entry.rule
        elif draft is not None and isinstance(cue.entry, SpeechVerb) and cue.entry.cls == "thank":
            heads, rule = addressee_heads(cue, unit, speech, nouns), cue.entry.rule
        subject = subject_of(token)
        if heads and subject:
            force = _force(subject[0], heads, unit, cast, lasts=entry is not None)
            return replace(force, because=(Reason(rule, cue.span.of(unit.text), cue.span),))
    return None


def _main(verb: Token) -> bool:
    """A verb of the report's own main line: not "said he had spoken to Ruiz", but "he spoke to Ruiz, he said"."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ == "ROOT" or (verb.dep_ == "ccomp" and verb.head.i > verb.i)


def _holds(draft: Draft, token: Token) -> bool:
    """The quotation tells of the approach itself: "Berg spoke with Ruiz, he said"."""
    spot = draft.unit.passage.span(token)
    return any(s.contains(spot) for s in draft.stretches)


def _force(subject: Token | None, heads: list[Token], unit: Unit, cast: Cast, *, lasts: bool) -> Force:
    who = party(subject, unit.passage, cast) if subject is not None else None
    return Force(who, tuple(party(h, unit.passage, cast, coordinated=False) for h in heads), lasts)


def _inherits(draft: Draft, now: Force) -> bool:
    you = any(YOU.search(draft.unit.text, s.start, s.end) for s in draft.stretches)
    if you:
        return now.silent <= 2
    if draft.cue is None:
        return now.silent == 0
    if draft.channel is not None:
        return False
    if draft.cue.entry is None or not isinstance(draft.cue.entry, SpeechVerb):
        return False
    return draft.cue.entry.cls in PLAIN and now.silent <= (1 if now.lasts else 0)


def _goes_on(draft: Draft, mine: list[Draft], now: Force) -> bool:
    """Berg congratulated Ruiz, calling her "a friend": a participle that hangs on words to a listener."""
    if draft.cue is None or draft.cue.token.tag_ != "VBG":
        return False
    if now.because and draft.unit.passage.span(draft.cue.token.head) == now.because[0].at:
        return True
    return any(d.cue is not None and d.addressees and d.cue.token == draft.cue.token.head for d in mine)


def _about_listener(draft: Draft, to: tuple[Party, ...]) -> bool:
    """Smith told Jones, whom he called "dear friend": the clause hangs on the listener."""
    if draft.cue is None or draft.cue.token.dep_ != "relcl":
        return False
    spot = draft.unit.passage.span(draft.cue.token.head)
    return any(p.span.overlaps(spot) for p in to)


PRONOUNS = frozenset(["he", "she", "they", "it", "who", "his", "her", "their"])


def same_speaker(a: Party | None, b: Party | None, text: str) -> bool:
    """The same actor; where one side is not known, a pronoun or the same last word."""
    if a is None or b is None:
        return a is None
    if a.actor is not None and b.actor is not None:
        return a.actor == b.actor
    one, other = a.span.of(text).split(), b.span.of(text).split()
    if not one or not other:
        return False
    return one[-1].casefold() in PRONOUNS or other[-1].casefold() in PRONOUNS or one[-1] == other[-1]
