"""Did it happen: asserted, planned, denied or hypothetical, by the clause's own words."""

from __future__ import annotations

from dragoman.reading.parse import Token

ORDER = ("asserted", "planned", "hypothetical", "denied")  # of two statuses the later wins
WILL = frozenset({"will", "'ll", "’ll", "shall", "wo", "gonna"})
MAYBE = frozenset({"can", "could", "may", "might", "should", "must", "ought", "ca"})
CONDITION = frozenset({"if", "unless", "whether", "lest"})
GOING_ON = frozenset({"continue", "keep", "remain"})  # "will continue to support": it does, and goes on
NEVER = frozenset({"never", "neither", "nor"})


def clause_status(carrier: Token) -> tuple[str, str]:
    """The status that the clause of ``carrier`` gives, and the word that shows it ("" when nothing does)."""
    if carrier.pos_ in ("NOUN", "PROPN"):
        return noun_status(carrier)
    own = _own(carrier)
    if own is not None:
        return own
    if carrier.dep_ == "conj" and carrier.head.pos_ in ("VERB", "AUX") and not _has_tense(carrier):
        return clause_status(carrier.head)
    return "asserted", ""


def _has_tense(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ == "aux" and c.tag_ != "TO" for c in verb.children)


def _own(verb: Token) -> tuple[str, str] | None:
    question = verb.sent[-1].text == "?" or (len(verb.sent) > 1 and verb.sent[-2].text == "?")
    for child in verb.children:
        if child.dep_ == "neg" or (child.lower_ in NEVER and child.dep_ in ("advmod", "neg", "preconj")):
            return "denied", child.text
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and any(
            d.lower_ == "no" and d.dep_ == "det" for d in child.children
        ):
            return "denied", "no"
    for child in verb.children:
        if child.dep_ == "mark" and child.lower_ in CONDITION:
            return "hypothetical", child.text
        if child.lower_ == "until" and verb.tag_ in ("VBZ", "VBP"):
            return "hypothetical", child.text  # "until he apologises"; but "until it withdrew" tells what was done
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass"):
            low = child.lower_
            if low in MAYBE:
                return "hypothetical", child.text
            if low in WILL:
                return ("asserted", "") if verb.lemma_ in GOING_ON else ("planned", child.text)
            if low in ("would", "'d", "’d") and child.tag_ == "MD":
                return ("planned" if _reported(verb) else "hypothetical"), child.text
            if low == "to" and (_be_to(verb) or _heading_to(verb)):
                return "planned", "is to"
            if low == "to" and _yet_to(verb):
                return "denied", "has yet to"
    if question:
        return "hypothetical", "?"
    return None


def _reported(verb: Token) -> bool:
    """Whether a "would" only shifts a reported "will": said that it would send ..."""
    if verb.dep_ == "conj":
        return _reported(verb.head)
    if any(c.dep_ == "advcl" and any(m.lower_ in CONDITION for m in c.children) for c in verb.children):
        return False
    return verb.dep_ in ("ccomp", "acl", "parataxis", "xcomp") or any(
        c.dep_ == "parataxis" or (c.dep_ == "ccomp" and c.i > verb.i) for c in verb.children
    )


def _yet_to(verb: Token) -> bool:
    """ "has yet to reply": it has not."""
    have = verb.head
    return verb.dep_ == "xcomp" and have.lemma_ == "have" and any(c.lower_ == "yet" for c in have.children)


def _heading_to(verb: Token) -> bool:
    """ "Norway to send doctors to Malawi": a heading's future."""
    return verb.dep_ == "ROOT" and verb.tag_ == "VB" and any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children)


def _be_to(verb: Token) -> bool:
    head = verb.head
    return verb.dep_ == "xcomp" and head.lemma_ == "be" and head != verb


def noun_status(noun: Token) -> tuple[str, str]:
    """ "no talks", "planned talks", "possible attack", "an alleged plot"."""
    for child in noun.children:
        low = child.lower_
        if child.dep_ == "det" and low == "no":
            return "denied", "no"
        if low in ("planned", "upcoming", "expected", "scheduled", "future", "proposed", "forthcoming", "impending"):
            return "planned", child.text
        if low in ("possible", "potential", "further", "any", "threatened", "hypothetical", "feared", "fresh", "new"):
            if low in ("fresh", "new", "further"):
                continue
            return "hypothetical", child.text
    if noun.dep_ == "pobj" and noun.head.lower_ in ("before", "ahead", "of") and noun.head.head.lower_ in ("ahead",):
        return "planned", "ahead of"
    return "asserted", ""


def worse(one: str, other: str) -> str:
    """The less real of two statuses."""
    return max(one, other, key=ORDER.index)
