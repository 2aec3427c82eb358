"""What stands side by side: coordinated nouns, lists after a colon, those whom a noun announces."""

from __future__ import annotations

from dragoman.reading.parse import Token


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it, in order of text."""
    out, todo = [], [token]
    while todo:
        one = todo.pop(0)
        out.append(one)
        todo += [c for c in one.children if c.dep_ == "conj" and c.i > one.i]
        # "with Ada Norr and Bo van der Berg": the parser hangs the first name on a part of the last
        todo += [c for c in one.children if c.dep_ == "nmod" and c.pos_ == "PROPN" and _has_and(c)]
        if one.dep_ == "pobj":  # "gratitude to Georgia and to Italy"
            beside = [c for c in one.head.children if c.dep_ == "conj" and c.lower_ == one.head.lower_]
            todo += [o for c in beside for o in c.children if o.dep_ == "pobj"]
    return out + listed(token)


def _has_and(token: Token) -> bool:
    return any(c.dep_ == "cc" for c in token.children)


def listed(token: Token) -> list[Token]:
    """The further heads of a list set off by semicolons after a colon: "spoke with: A of X; B of Y; and C of Z"."""
    if ";" not in token.doc.words:  # most passages have none: asked before any walk
        return []
    sent = token.sent
    colon = next((t.i for t in sent if t.text == ":" and t.i < token.i), None)
    stops = [t.i for t in sent if t.text == ";" and t.i > token.i]
    if colon is None or not stops or any(t.text == ";" and colon < t.i < token.i for t in sent):
        return []
    out = []
    for start, end in zip(stops, [*stops[1:], sent.end], strict=True):
        piece = [t for t in sent.doc[start + 1 : end] if t.pos_ in ("NOUN", "PROPN")]
        heads = [t for t in piece if not (start < t.head.i < end) or t.head == t]
        out += heads[:1]
    return out


def members(noun: Token) -> list[Token]:
    """Heads of a list that the noun announces: "ten states, including A and B", "allies such as A", "with: A; B"."""
    out = []
    for child in noun.children:
        if child.dep_ in ("prep", "amod") and child.lower_ in ("including", "as", "like"):
            if child.lower_ == "as" and not any(g.lower_ == "such" for g in child.children):
                continue
            out += [g for g in child.children if g.dep_ in ("pobj", "dobj")]
    return out + among_them(noun) + announced(noun)


def announced(noun: Token) -> list[Token]:
    """The first name of "to three who hold no office: A, B and C", which the parser hangs elsewhere."""
    end = noun.right_edge.i + 1
    if noun.pos_ == "PROPN" or end >= len(noun.doc) or noun.doc[end].text != ":" or end >= noun.sent.end:
        return []
    return [t for t in noun.doc[end + 1 : noun.sent.end] if t.pos_ == "PROPN" and t.dep_ != "compound"][:1]


def among_them(noun: Token) -> list[Token]:
    """The first name of "several leaders, among them A, B and C", however the parser hangs it."""
    end = noun.right_edge.i + 1
    for token in noun.doc[noun.i + 1 : min(end + 3, noun.sent.end)]:
        if token.lower_ == "among" and token.i + 1 < noun.sent.end and token.nbor().lower_ == "them":
            after = [t for t in noun.doc[token.i + 2 : noun.sent.end] if t.pos_ == "PROPN" and t.dep_ != "compound"]
            return after[:1]
    return []
