"""Which time belongs to which deed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.model import Dated, Interval, Reason, When
from dragoman.reading.dates.tense import NOMINAL, root_of
from dragoman.reading.dates.types import DatePhrase
from dragoman.reading.parse import Passage, Token

LEAD_PASSAGES = 4  # the first passages, in which the report's own news stands
NONFINITE = ("VB", "VBG", "VBN")
PREDICATE = ("VERB", "AUX")
REPORTED = ("ccomp", "parataxis")
AT = frozenset(("at", "during", "in", "on", "via", "through", "by", "over", "after", "following"))
TOPIC = frozenset(("on", "about", "for", "over", "of", "against", "after", "before", "since"))
SAYING = ("say", "tell", "add", "write", "state", "note")
# Verbs whose object is fulfilled later: a delivery period is not the day of the signing.
PROMISING = ("sign", "agree", "promise", "pledge", "commit", "undertake", "reach", "conclude")
PERIODS = ("calendar/phrases/quarter", "calendar/phrases/coming-span")
EVENT_DEPS = ("dobj", "nsubjpass", "nsubj", "attr", "oprd", "pobj")


@dataclass(frozen=True, slots=True)
class Tied:
    """A phrase, the noun that it modifies if it does, the verb above it, and whether it can only be the noun's time."""

    phrase: DatePhrase
    root: Token
    noun: Token | None
    verb: Token | None
    only_noun: bool  # Friday's call, the June summit


def when_of(
    trigger: Token,
    passage: Passage,
    phrases: Sequence[DatePhrase],
    dated: Dated,
    status: str = "asserted",
    *,
    lead: When | None = None,
    lede: bool = False,
) -> When | None:
    """The time of the predicate ``trigger`` (a verb, or a noun that names a deed), or None when it cannot be told.

    phrases: those of the same passage (date_phrases). status: one of dragoman.model.STATUSES. lead: the time of the
    report's news (lead_of); hand it over only for a deed that may be of the same occasion, as one by the same
    actor: it is taken for a simple past of the main line that names no time of its own, never for background.
    lede: the passage is the report's first of body text, in whose main clause a present perfect ("a court has
    rejected") is the news too.

    By the phrase that hangs on the predicate; else by that of the clause it stands in; else planned is open to the
    future, the main line takes the lead's time, and all else is open to the past up to the report.
    """
    tied = [t for p in phrases if (t := _tie(p, passage)) is not None and t.root.sent.start == trigger.sent.start]
    found = own_phrase(trigger, tied) or governing_phrase(trigger, tied, status)
    if found is not None:
        return _from_phrase(found, dated, status)
    if status == "hypothetical":
        return None
    if status == "planned":
        return to_come(trigger, tied, dated, passage)
    if lead is not None and main_line(trigger, perfect=lede):
        saw = f"'{trigger.text}' tells of the report's own occasion: {lead.because.saw}"
        return When(lead.interval, Reason("code:dates.when.main_line", saw, lead.because.at))
    return before_report(trigger, dated, passage)


def own_phrase(trigger: Token, tied: Sequence[Tied]) -> DatePhrase | None:
    """The phrase in the predicate's own clause: below it, with no other predicate between; of several the nearest
    to it, a known day before a wider time. To a noun belongs what modifies it: "Friday's call", "talks on
    Friday".
    """
    if trigger.pos_ not in PREDICATE:
        return _best(trigger, [t for t in tied if t.noun is not None and t.noun.i == trigger.i])
    mine = [t for t in tied if t.verb is not None and t.verb.i == trigger.i and not t.only_noun]
    if trigger.lemma_ in PROMISING:
        mine = [t for t in mine if t.root.i < trigger.i or t.phrase.because.rule not in PERIODS]
    return _best(trigger, mine) or _best(trigger, [t for t in tied if t.only_noun and _lends(t, trigger)])


def governing_phrase(trigger: Token, tied: Sequence[Tied], status: str) -> DatePhrase | None:
    """The phrase of the clause that the predicate completes.

    A noun takes that of its verb ("held talks on Sunday"), unless it is what the verb speaks about; a participle or
    an infinitive that of the verb it hangs on ("met on Sunday, signing a deal"), except that what is planned only
    begins there; a conjunct that of the first verb when it stands before both ("On Sunday he met A and called B").
    A finite clause below a verb takes nothing: "said on Monday that X had left" dates the saying; only a present is
    as of the saying ("said on Monday that it welcomes the deal").
    """
    node = trigger
    for _ in range(6):
        head = node.head
        if head.i == node.i:
            return None
        if node.pos_ not in PREDICATE:
            if node.dep_ not in (*EVENT_DEPS, "prep", "agent", "conj", "compound", "appos", "dative"):
                return None
            if head.pos_ in PREDICATE and not _about(node, trigger, head):
                found = own_phrase(head, tied)
                if found is not None:
                    return found
            elif head.pos_ in PREDICATE:
                return None
        elif node.dep_ == "conj" and head.pos_ in PREDICATE:
            shared = [
                t
                for t in tied
                if t.verb is not None and t.verb.i == head.i and not t.only_noun and t.root.i < min(head.i, node.i)
            ]
            found = _best(head, shared) or (own_phrase(head, tied) if _same_doer(node, head) else None)
            if found is not None:
                return found
        elif node.dep_ in REPORTED and _as_said(node) and head.pos_ in PREDICATE:
            return own_phrase(head, tied)
        elif node.tag_ in NONFINITE and node.dep_ in ("advcl", "xcomp", "pcomp", "acl", "prep") and not _finite(node):
            if status == "planned" and node.i == trigger.i:
                return None
            if node.dep_ == "acl" and head.pos_ not in PREDICATE:
                return None
            if head.pos_ in PREDICATE:
                found = own_phrase(head, tied)
                if found is not None:
                    return found
        else:
            return None
        node = head
    return None


def to_come(trigger: Token, tied: Sequence[Tied], dated: Dated, passage: Passage) -> When | None:
    """What is planned and names no time lies ahead: from the report's day on, or from the day on which it was
    promised.
    """
    head = trigger.head
    promised = own_phrase(head, tied) if head.pos_ in PREDICATE and head.i != trigger.i else None
    start = dated.window.start
    if (
        promised is not None
        and promised.interval.start is not None
        and (start is None or promised.interval.start < start)
    ):
        start = promised.interval.start
    if start is None:
        return None
    saw = f"'{trigger.text}' is planned and names no time: from {start} on"
    return When(Interval(start, None), Reason("code:dates.when.to_come", saw, passage.span(trigger)))


def main_line(trigger: Token, *, perfect: bool = False) -> bool:
    """Whether the predicate is a simple past (or a headline's present) of a main clause, or a noun in such a clause.

    A perfect ("has delivered"), a pluperfect, a relative or adverbial clause and what somebody reports are background.
    """
    node = trigger
    if node.pos_ not in PREDICATE:
        while node.head.i != node.i and node.pos_ not in PREDICATE:
            if node.dep_ not in (*EVENT_DEPS, "prep", "conj", "compound"):
                return False
            node = node.head
        if node.pos_ in PREDICATE and not (trigger.dep_ in ("dobj", "nsubjpass", "nsubj") and trigger.head.i == node.i):
            return trigger.dep_ == "pobj" and trigger.head.lower_ in AT and _main_clause(node, perfect)
    return node.pos_ in PREDICATE and _main_clause(node, perfect)


def before_report(trigger: Token, dated: Dated, passage: Passage) -> When | None:
    """No time is named, and nothing says that it is the report's own occasion: some day up to the report's."""
    end = dated.window.end
    if end is None:
        return None
    return When(
        Interval(None, end),
        Reason("code:dates.when.before_report", f"'{trigger.text}' names no time: up to {end}", passage.span(trigger)),
    )


def lead_of(
    passages: Iterable[Passage], phrases_of: Callable[[Passage], Sequence[DatePhrase]], dated: Dated
) -> When | None:
    """The time of the report's own news: that of the first main verb, in the first body passages, which names its day.

    None when no passage does. phrases_of gives the phrases of a passage.
    """
    for n, passage in enumerate(p for p in passages if p.segment.kind == "body"):
        if n >= LEAD_PASSAGES:
            break
        phrases = phrases_of(passage)
        if not phrases:
            continue
        for sentence in passage.doc.sents:
            root = sentence.root
            if root.pos_ not in PREDICATE or not _main_clause(root):
                continue
            tied = [t for p in phrases if (t := _tie(p, passage)) is not None and t.root.sent.start == root.sent.start]
            found = own_phrase(root, tied)
            start, end = (found.interval.start, found.interval.end) if found is not None else (None, None)
            if found is None or start is None or end is None:
                continue
            # A week is the lead's only in the first paragraph: further down it is background's.
            if (end - start).days > (0 if n else 7) + _width(dated.window):
                continue
            if dated.window.end is not None and start > dated.window.end:
                continue
            return When(found.interval, found.because)
    return None


def _width(window: Interval) -> int:
    return (window.end - window.start).days if window.start is not None and window.end is not None else 0


def _from_phrase(phrase: DatePhrase, dated: Dated, status: str) -> When | None:
    """A hypothetical deed has no time that is already over."""
    if not phrase.known:
        return None
    start, end = dated.window.start, phrase.interval.end
    if status == "hypothetical" and start is not None and end is not None and end < start:
        return None
    return When(phrase.interval, phrase.because)


def _tie(phrase: DatePhrase, passage: Passage) -> Tied | None:
    root = root_of(passage, phrase.span)
    if root is None:
        return None
    if root.pos_ == "ADP" and root.dep_ == "pobj":  # "until after Friday"
        root = root.head
    noun: Token | None = None
    node = root
    only = False
    if node.pos_ not in PREDICATE and node.head.i != node.i and node.head.pos_ in ("NOUN", "PROPN"):
        only = node.dep_ in NOMINAL
        if node.head.pos_ == "NOUN" or only:
            noun = node.head
    while node.head.i != node.i and node.pos_ not in PREDICATE:
        node = node.head
    return Tied(phrase, root, noun, node if node.pos_ in PREDICATE else None, only)


def _lends(tied: Tied, verb: Token) -> bool:
    """Whether a time that modifies a noun is the verb's too: "told him during Friday's call", "in his Monday
    speech, he said".
    """
    noun = tied.noun
    if noun is None or noun.dep_ != "pobj" or noun.head.head.i != verb.i:
        return False
    return noun.head.lower_ in ("at", "during", "in", "on")


def _about(node: Token, trigger: Token, verb: Token) -> bool:
    """Whether a verb speaks about the noun rather than tells it: "condemned the attack on Sunday" dates the
    condemning.
    """
    if node.i != trigger.i:
        return node.dep_ == "prep" and node.lower_ in TOPIC
    return node.dep_ == "dobj" and verb.lemma_ not in TELLING


# Verbs whose object is the deed itself, so that their time is its time.
# fmt: off
TELLING = frozenset((
    "hold", "have", "make", "launch", "carry", "conduct", "stage", "begin", "start", "sign", "send", "give", "pay",
    "take", "host", "attend", "open", "deliver", "issue", "impose", "offer", "mount", "undertake", "lead",
    "convene", "reach", "complete", "conclude", "end", "resume", "suspend", "cancel", "halt", "extend", "express",
    "convey", "receive", "lift", "announce", "order", "declare", "hurl", "fire", "provide", "grant", "do", "commit",
    "perpetrate", "initiate", "wage", "win", "lose", "cast", "join", "exchange", "witness",
))
# fmt: on


def _main_clause(verb: Token, perfect: bool = False) -> bool:
    node = verb
    for _ in range(6):
        have = [c for c in node.children if c.dep_ in ("aux", "auxpass") and c.lemma_ == "have"]
        if have and not (perfect and node.i == verb.i and all(c.tag_ in ("VBP", "VBZ") for c in have)):
            return False
        if node.dep_ == "ROOT":
            return node.tag_ in ("VBD", "VBZ", "VBP", "VBN", "VBG", "VB")
        if node.dep_ in ("conj", "xcomp") or (node.dep_ == "advcl" and node.tag_ == "VBG" and not _finite(node)):
            node = node.head
            continue
        if node.dep_ in REPORTED and (_quoting_root(node) or _as_said(node) or _told_at_end(node)):
            node = node.head
            continue
        return False
    return False


def _quoting_root(node: Token) -> bool:
    """A main clause that the parser hung below "said" because a cue follows it ("..., he said") is still told by
    somebody else: background; but "said" itself below its own words is the main line.
    """
    return node.i > node.head.i and node.tag_ == "VBD" and node.lemma_ in SAYING


def _as_said(verb: Token) -> bool:
    """A simple present in what somebody says is of the time of saying: "the union welcomes the deal, he said"."""
    return verb.tag_ in ("VBP", "VBZ") and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def _same_doer(verb: Token, first: Token) -> bool:
    """Two simple pasts of one subject: "telephoned him on Sunday and asked him to come"."""
    return verb.tag_ == "VBD" == first.tag_ and not any(
        c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for c in verb.children
    )


def _told_at_end(verb: Token) -> bool:
    """A simple past that is attributed only at its end, without quotation marks: "jets struck two boats, the ministry
    said". It is the report's own news.
    """
    said = verb.head
    return (
        verb.tag_ == "VBD"
        and verb.i < said.i
        and said.lemma_ in SAYING
        and not any(c.dep_ in ("mark", "aux") for c in verb.children)
        and not any(t.is_quote for t in said.sent if t.i < said.i)
    )


def _finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children)


def _best(trigger: Token, tied: Sequence[Tied]) -> DatePhrase | None:
    def rank(t: Tied) -> tuple[bool, int, int, int]:
        start, end = t.phrase.interval.start, t.phrase.interval.end
        days = (end - start).days if start is not None and end is not None else 10**6
        return (
            not t.phrase.known,
            0 if days <= 31 else 1,
            0 if t.root.head.i == trigger.i else 1,
            abs(t.root.i - trigger.i),
        )

    return min(tied, key=rank).phrase if tied else None
