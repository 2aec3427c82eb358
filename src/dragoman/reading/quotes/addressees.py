"""To whom, and by which channel."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.knowledge.actor_rows import Noun
from dragoman.knowledge.speech import Speech, SpeechNoun, SpeechVerb
from dragoman.model import Span
from dragoman.reading.parse import Token
from dragoman.reading.quotes.cues import Cue
from dragoman.reading.quotes.people import SUBJECTS, words_of
from dragoman.reading.quotes.stretch import Content
from dragoman.reading.quotes.units import Unit


def addressee_heads(
    cue: Cue, unit: Unit, speech: Speech, nouns: Mapping[str, Noun], said: tuple[Span, ...] = ()
) -> list[Token]:
    """Head nouns of those spoken to: the verb's own object or phrase, else whom the speaker turned to in the sentence,
    else of a message named in it.

    nouns: those of the tables of actors, which tell somebody from something. said: what the cue reports; nobody named
    in there is spoken to by this.
    """
    if isinstance(cue.entry, SpeechVerb):
        own = _own(cue.token, cue.entry, unit)
        if "to" in cue.entry.takes:  # admitted to murder, admitted to the judge
            own = [t for t in own if t.head.lower_ != "to" or _somebody(t, nouns, speech)]
        found = [t for t in own if not any(s.overlaps(unit.passage.span(t)) for s in said)]
        if found:
            return [t for f in found for t in joined(f) if not medium(t, unit, speech)]
        turned = turned_to(cue.token, unit, speech, nouns)
        if turned is not None:
            return turned[1]
    heads = message_to(unit, speech)
    return [t for t in heads if not any(s.overlaps(unit.passage.span(t)) for s in said)]


def _own(verb: Token, entry: SpeechVerb, unit: Unit) -> list[Token]:
    out = []
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and "obj" in entry.to:
        # "Asked by a reporter whether ..., the premier said": the one asked is the subject of the sentence
        return [c for c in verb.head.children if c.dep_ == "nsubj" and unit.outside(c)][:1]
    adjective = next((c for c in verb.rights if c.lower_ == entry.particle and c.pos_ == "ADJ"), None)
    for child in [*verb.children, *(adjective.rights if adjective is not None else ())]:  # made it clear to them
        if not unit.outside(child):
            continue
        if (passive and "obj" in entry.to and child.dep_ == "nsubjpass") or (
            not passive
            and "obj" in entry.to
            and child.i > verb.i
            and child.dep_ in ("dobj", "dative")
            and child.pos_ in ("NOUN", "PROPN", "PRON")
        ):
            out.append(child)
        elif child.dep_ in ("prep", "dative") and child.lower_ in entry.to:
            out.extend([c for c in child.children if c.dep_ == "pobj"][:1])
        elif "obj" in entry.to and child.dep_ in ("ccomp", "xcomp") and child.i > verb.i and _to_do(child):
            # "urged Kyiv to sign": the parser makes Kyiv the subject of "sign".
            out.extend(c for c in child.lefts if c.dep_ == "nsubj" and c.i > verb.i)
    return out[:1] if out and "obj" in entry.to else out


def turned_to(verb: Token, unit: Unit, speech: Speech, nouns: Mapping[str, Noun]) -> tuple[Token, list[Token]] | None:
    """A participle beside the cue, and whom it turns to: ``Addressing the senate, X said``, ``X said, facing Y``."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    for owner in (verb, subject):
        for child in owner.children if owner is not None else ():
            if child.tag_ == "VBG" and child.dep_ in ("advcl", "acl") and unit.outside(child):
                heads = approached(child, unit, speech, nouns)
                if heads is not None:
                    return child, heads
    # X, addressing Y, said: set off, wherever the parser has hung it
    for token in verb.doc[subject.i + 1 : max(verb.i, subject.i + 1)] if subject is not None else ():
        if token.tag_ == "VBG" and token.nbor(-1).text == "," and unit.outside(token):
            heads = approached(token, unit, speech, nouns)
            if heads is not None:
                return token, heads
    return None


def approached(verb: Token, unit: Unit, speech: Speech, nouns: Mapping[str, Noun]) -> list[Token] | None:
    """Those whom a verb of data/speech/approaches.yaml turns to; [] for a medium or its people; None for a thing."""
    entry = speech.approaches.get(verb.lemma_.lower())
    if entry is None or verb.pos_ != "VERB":
        return None
    found = []
    for child in verb.rights:
        if "obj" in entry.to and child.dep_ in ("dobj", "dative"):
            found.append(child)
        elif child.dep_ in ("prep", "dative") and child.lower_ in entry.to:
            found.extend(c for c in child.children if c.dep_ == "pobj")
    heads = [t for f in found[:1] for t in joined(f) if unit.outside(t)]
    if not heads or not any(_somebody(t, nouns, speech) or medium(t, unit, speech) for t in heads):
        return None
    return [t for t in heads if not medium(t, unit, speech)]


# Nouns of number that stand in front of those who are many: thousands of workers.
QUANTITIES = frozenset(
    ("thousand", "hundred", "dozen", "score", "million", "group", "crowd", "handful", "number", "member", "host")
)
SOMEBODY = frozenset(("person", "people", "body"))  # kinds of data/actors/nouns.csv that can listen


def _somebody(token: Token, nouns: Mapping[str, Noun], speech: Speech) -> bool:
    """A person or a body, told by its name, its pronoun, or its noun in the tables."""
    if token.pos_ == "PRON":
        return token.lower_ in ("him", "her", "them")
    if token.pos_ == "PROPN":
        return token.ent_type_ not in ("DATE", "TIME", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "FAC")
    if token.lower_ in speech.audiences:
        return True
    part = next((c for c in token.rights if c.lower_ == "of" and token.lemma_.lower() in QUANTITIES), None)
    if part is not None:
        return any(_somebody(c, nouns, speech) for c in part.rights if c.dep_ == "pobj")
    noun = nouns.get(token.lemma_.lower()) or nouns.get(token.lower_)
    return noun is not None and noun.kind in SOMEBODY


def _to_do(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.lefts)


def joined(head: Token) -> list[Token]:
    """The head and the nouns joined to it. "The envoy, the general and the bishop" are three, though the parser takes
    the second for the first one's apposition: each has its article, and "and" joins the last."""
    out = [head]
    at = head
    second = next((c for c in head.rights if c.dep_ == "appos" and _article(c)), None)
    if second is not None and _article(head) and any(c.dep_ == "conj" and _article(c) for c in second.rights):
        out.append(second)
        at = second
    for _ in range(30):
        following = next((c for c in at.rights if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN", "PRON")), None)
        if following is None:
            break
        out.append(following)
        at = following
    return out


def _article(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("the", "a", "an") for c in noun.lefts)


def message_to(unit: Unit, speech: Speech) -> list[Token]:
    """Those to whom a message named in the unit goes: ``In a letter to X``, ``sent greetings to X``."""
    for token in unit.tokens:
        if not unit.outside(token) or token.pos_ not in ("NOUN", "PROPN"):
            continue
        noun = speech.nouns.get(token.lemma_.lower()) or speech.nouns.get(token.lower_)
        if noun is None or not noun.to:
            continue
        found = [t for f in _after_noun(token, noun) for t in _sender(f, speech)]
        if found:
            return [t for f in found for t in joined(f) if not medium(t, unit, speech)]
    return []


def _sender(token: Token, speech: Speech) -> list[Token]:
    """In a reply to a letter from Y: Y; a message itself is not spoken to."""
    word = speech.nouns.get(token.lemma_.lower())
    if word is None or word.cls != "message":
        return [token]
    return [p for c in token.rights if c.lower_ in ("from", "by") for p in c.children if p.dep_ == "pobj"]


def _after_noun(token: Token, noun: SpeechNoun) -> list[Token]:
    for child in token.children:
        if child.dep_ in ("prep", "dative") and child.lower_ in noun.to and child.i > token.i:
            return [c for c in child.children if c.dep_ == "pobj"]
    verb = token.head
    if token.dep_ == "dobj":
        for child in verb.children:
            if child.dep_ in ("prep", "dative") and child.lower_ in noun.to and child.i > token.i:
                return [c for c in child.children if c.dep_ == "pobj"]
    return []


def medium(token: Token, unit: Unit, speech: Speech) -> str | None:
    """The table entry that makes the noun a medium, its people, or an occasion for them: they carry the words, they are
    not spoken to."""
    words = words_of(token, unit.passage, coordinated=False).of(unit.text).casefold()
    for name in (token.lower_, token.lemma_.lower(), words, words.removeprefix("the ")):
        if name in speech.media:
            return speech.media[name].rule
    occasion = speech.channels.get(token.lemma_.lower())
    return occasion.rule if occasion is not None and "at" in occasion.by else None  # told a briefing


def without_channel(content: Content, unit: Unit, speech: Speech) -> Content:
    """``... will be strengthened in his message to Y``: a phrase at the end that names the speaker's own message or
    channel is the report's, not the speaker's. Taken for such only with his, her, its or their in front."""
    last = content.stretches[-1]
    for token in unit.tokens:
        spot = unit.passage.span(token)
        if not (last.start < spot.start < last.end) or not unit.outside(token) or token.dep_ != "prep":
            continue
        if (
            token.lower_ not in ("in", "during", "at", "on")
            or unit.passage.span(token.doc[min(token.right_edge.i, unit.last)]).end < last.end
        ):
            continue
        noun = next((c for c in token.children if c.dep_ == "pobj"), None)
        if noun is None or not any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.children):
            continue
        word = speech.nouns.get(noun.lemma_.lower()) or speech.nouns.get(noun.lower_)
        if noun.lemma_.lower() in speech.channels or (word is not None and word.cls == "message"):
            end = unit.passage.span(token.nbor(-1)).end
            return Content((*content.stretches[:-1], Span(last.start, end)), content.shape, content.rule)
    return content


def channel_of(cue: Cue, unit: Unit, speech: Speech) -> tuple[Span, str] | None:
    """The words that name the way: in a tweet, told Reuters, according to its website; and the table's entry."""
    verb = cue.token
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and child.i > verb.i:
            rule = medium(child, unit, speech)
            if rule is not None:
                return words_of(child, unit.passage), rule
        if child.dep_ in ("prep", "agent") and unit.outside(child):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if child.lower_ == "according":
                to = next((c for c in child.children if c.lower_ == "to"), child)
                inner = next((c for c in to.children if c.dep_ == "pobj"), None)
                if inner is not None:
                    return words_of(inner, unit.passage), "code:quotes.addressees.channel_of"
            if inner is None:
                continue
            word = speech.channels.get(inner.lemma_.lower()) or speech.channels.get(inner.lower_)
            if word is not None and child.lower_ in word.by:
                phrase = words_of(inner, unit.passage)
                return Span(unit.passage.span(child).start, phrase.end), word.rule
            rule = medium(inner, unit, speech) if child.lower_ == "to" else None
            if rule is not None:
                return words_of(inner, unit.passage), rule
    return None
