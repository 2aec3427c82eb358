"""Whose verb it is, when a verb has no subject of its own: objects that act, participles, documents."""

from __future__ import annotations

from dragoman.reading.parse import Token

# Verbs that make their object do something: forced the banker to admit, let them know.
OBJECT_ACTS = frozenset(
    (
        "force", "compel", "press", "push", "lead", "prompt", "cause", "get", "let", "make", "allow", "permit", "order",
        "invite", "encourage", "help", "persuade", "convince", "pressure", "oblige", "require", "induce", "enable",
        "ask", "tell", "urge", "want", "beg", "advise", "instruct", "authorize", "authorise", "dare", "challenge",
    )
)  # fmt: skip
# Verbs by which words come out: who issued a statement warning of war has warned.
ISSUING = frozenset(
    (
        "issue", "release", "publish", "post", "write", "send", "sign", "deliver", "give", "make", "unleash",
        "establish", "adopt", "file", "submit", "circulate", "launch", "tweet", "put", "draft", "address", "read",
        "air", "record", "distribute", "present", "dispatch",
    )
)  # fmt: skip


def _object(verb: Token, before: Token) -> Token | None:
    """The verb's object that stands between it and ``before``, when it can be somebody."""
    for child in verb.rights:
        if child.i < before.i and child.dep_ in ("dobj", "dative") and child.pos_ in ("PROPN", "NOUN", "PRON"):
            return child
    return None


def controlled(verb: Token) -> Token | None:
    """Who does it: the object of the verb above, or the person right in front of a participle.

    Forced the banker to admit; criticized the minister for saying; misled them into believing; footage of Ana Ruiz
    saying. None where the subject above is meant, as in "met the minister to discuss".
    """
    head = verb.head
    if verb.dep_ in ("xcomp", "ccomp", "advcl") and verb.tag_ == "VB" and head.lemma_ in OBJECT_ACTS:
        return _object(head, verb)
    if verb.dep_ == "pcomp" and verb.tag_ == "VBG" and head.dep_ == "prep" and head.lower_ in ("for", "from", "into"):
        whom = _object(head.head, head)
        if whom is not None and (whom.pos_ in ("PROPN", "PRON") or whom.ent_type_ or head.lower_ == "into"):
            return whom
    before = verb.nbor(-1) if verb.i > 0 else None
    if verb.tag_ == "VBG" and before is not None and before.dep_ == "pobj" and before.ent_type_ == "PERSON":
        return before if before.head.lower_ == "of" and before.tag_ == "NNP" else None
    return None


def issuing_verb(noun: Token) -> Token | None:
    """The verb that puts ``noun`` out, whose subject speaks in it: issued a statement, sent a series of messages."""
    at = noun
    if at.dep_ == "pobj" and at.head.lower_ == "of" and at.head.head.pos_ == "NOUN":
        at = at.head.head
    if at.dep_ != "dobj" or noun.ent_type_ == "PERSON" or noun.pos_ == "PROPN":
        return None
    return at.head if at.head.lemma_ in ISSUING else None


def outer_clause(verb: Token) -> Token | None:
    """The verb of the clause that a participle behind a comma goes on with.

    ``Ruiz said she had not seen them, adding ...``, ``Ruiz attacked a man who owned the mill, calling him ...``: the
    parser hangs the participle on the nearest verb, but it goes on with the outer clause when the nearest one is what
    is reported, or a relative clause without a comma in front. None when the nearest verb is the one.
    """
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.i == 0:
        return None
    before = verb.nbor(-1)
    if before.dep_ == "advmod" and before.head == verb and before.i > 0:
        before = before.nbor(-1)
    if before.text != ",":
        return None
    at = verb.head
    moved = False
    for _ in range(6):  # as deep as clauses were found to stand in each other; the bound keeps a broken tree harmless
        if at.dep_ == "ccomp" and at.head.i < at.i and at.head.pos_ in ("VERB", "AUX"):
            at, moved = at.head, True
        elif at.dep_ == "relcl" and at.left_edge.i > 0 and at.left_edge.nbor(-1).text != ",":
            at, moved = at.head, True
            while at.dep_ in ("dobj", "pobj", "prep", "conj", "attr", "appos") and at.pos_ not in ("VERB", "AUX"):
                at = at.head
        elif moved and at.dep_ in ("xcomp", "pcomp", "prep"):
            at = at.head
        else:
            break
    return at if moved and at.pos_ in ("VERB", "AUX") else None
