"""Addressees carried on: after "In a message to Y, X said ..." X goes on speaking to Y."""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.knowledge.speech import Speech, SpeechVerb
from dragoman.model import Cast, Party, Reason
from dragoman.reading.quotes.addressees import addressee_heads, message_to
from dragoman.reading.quotes.cues import cues_in
from dragoman.reading.quotes.draft import Draft
from dragoman.reading.quotes.inside import addressed_inside
from dragoman.reading.quotes.people import party, subject_of
from dragoman.reading.quotes.units import Unit

YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
PLAIN = frozenset(("report", "tell", "express", "warn", "promise", "urge"))


def carry_addressees(
    drafts: list[Draft], paragraphs: list[list[Unit]], cast: Cast, speech: Speech, parsed_text: str
) -> list[Draft]:
    """Give every draft without an addressee the one in force for its speaker.

    In force from the sentence that names it (told Y, wrote to Y, a message to Y, congratulated Y) until another one is
    named, another speaker speaks, or a paragraph passes in which nobody speaks.
    """
    by_unit: dict[tuple[int, int], list[Draft]] = {}
    for draft in drafts:
        by_unit.setdefault((draft.paragraph, draft.unit.first), []).append(draft)
    force: tuple[Party, ...] = ()
    who: Party | None = None
    silent = 0
    weak_in: int | None = None  # the paragraph outside which the addressee of an urging or a warning no longer holds
    out: list[Draft] = []
    for n, units in enumerate(paragraphs):
        spoke = False
        if weak_in is not None and weak_in != n:
            force, weak_in = (), None
        for unit in units:
            named = _named(unit, cast, speech)
            mine = sorted(by_unit.get((n, unit.first), ()), key=lambda d: d.cue_span.start if d.cue_span else d.start)
            if named is not None and not mine:
                who, force, silent, spoke, weak_in = named[0], named[1], 0, True, None
            for draft in mine:
                spoke = True
                same = same_speaker(draft.speaker, who, parsed_text)
                if draft.addressees:
                    who, force, silent = draft.speaker, draft.addressees, 0
                    weak_in = n if _weak(draft, speech) else None
                elif force and same and (_inherits(draft, silent) or _about_listener(draft, force)):
                    reason = Reason("code:quotes.carry.carry_addressees", "still speaking to", force[0].span)
                    draft = replace(draft, addressees=force, trail=(*draft.trail, reason))
                elif draft.speaker is not None and not same:
                    who, force, silent, weak_in = draft.speaker, (), 0, None
                out.append(draft if draft.addressees else _from_inside(draft, cast, speech))
        silent = 0 if spoke else silent + 1
    return out


def _from_inside(draft: Draft, cast: Cast, speech: Speech) -> Draft:
    """Where neither the cue nor what went before names a listener, the quoted words themselves may."""
    found = addressed_inside(draft, cast, speech)
    if found is None:
        return draft
    reason = Reason("code:quotes.inside.addressed_inside", found[1], found[0].span)
    return replace(draft, addressees=(found[0],), trail=(*draft.trail, reason))


def _weak(draft: Draft, speech: Speech) -> bool:
    """Urged, warned, asked: whoever is told to act need not be in the room; only tell, write and messages last."""
    entry = draft.cue.entry if draft.cue is not None else None
    if not isinstance(entry, SpeechVerb) or entry.cls not in ("urge", "warn", "ask", "promise"):
        return False
    sent_to = [draft.unit.passage.span(t) for t in message_to(draft.unit, speech)]
    return not any(p.span.contains(s) for p in draft.addressees for s in sent_to)


def _named(unit: Unit, cast: Cast, speech: Speech) -> tuple[Party | None, tuple[Party, ...]] | None:
    """A message or a greeting told in the unit, even when no words of it are quoted."""
    for cue in cues_in(unit, speech):
        if isinstance(cue.entry, SpeechVerb) and cue.entry.cls in ("tell", "thank"):
            heads = addressee_heads(cue, unit, speech)
            if heads:
                subject = subject_of(cue.token)
                who = party(subject[0], unit.passage, cast) if subject else None
                return who, tuple(party(h, unit.passage, cast, coordinated=False) for h in heads)
    heads = message_to(unit, speech)
    if not heads:
        return None
    subject_token = next((t for t in unit.tokens if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
    who = party(subject_token, unit.passage, cast) if subject_token is not None else None
    return who, tuple(party(h, unit.passage, cast, coordinated=False) for h in heads)


def _inherits(draft: Draft, silent: int) -> bool:
    you = any(YOU.search(draft.unit.text, s.start, s.end) for s in draft.stretches)
    if you:
        return silent <= 2
    if draft.cue is None:
        return silent == 0
    if draft.channel is not None:
        return False
    if draft.cue.entry is None or not isinstance(draft.cue.entry, SpeechVerb):
        return False
    return draft.cue.entry.cls in PLAIN and silent == 0


def _about_listener(draft: Draft, force: tuple[Party, ...]) -> bool:
    """Smith told Jones, whom he called "dear friend": the clause hangs on the listener."""
    if draft.cue is None or draft.cue.token.dep_ != "relcl":
        return False
    spot = draft.unit.passage.span(draft.cue.token.head)
    return any(p.span.overlaps(spot) for p in force)


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
