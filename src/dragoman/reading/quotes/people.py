"""Who speaks: the subject of a cue, wherever the sentence puts it."""

from __future__ import annotations

from dragoman.model import Cast, Party, Span
from dragoman.reading.parse import Passage, Token
from dragoman.reading.quotes.control import controlled, issuing_verb, outer_clause
from dragoman.reading.quotes.units import FINITE, Unit

SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))
RELATIVES = frozenset(("who", "that", "which", "whom"))


def subject_of(verb: Token) -> tuple[Token, str] | None:
    """The token that heads the speaker's words, and how it was found: own, shared, raised, relative, owner, agent.

    own: the verb's subject. shared: a verb joined by "and" takes the first one's. raised: saying, to say, as saying
    take the subject of the verb they hang on, or its object where that is who acts (control.py). relative: "who" of
    "Smith, who said"; the actor is Smith. owner: of "a statement saying", the statement's owner, whoever issued it, or
    the statement. inverted, in front, first noun: by place, where the parser lost the subject. agent: of a passive,
    who stands after "by".
    """
    at, how = outer_clause(verb) or verb, "own"
    if at is not verb:
        how = "raised"
    for _ in range(6):  # the longest chains seen in parses are four steps; the bound keeps a broken tree harmless
        passive = any(c.dep_ in ("auxpass", "agent") for c in at.children) or (
            at.tag_ == "VBN" and at.dep_ in ("advcl", "acl") and not any(c.dep_ == "aux" for c in at.children)
        )
        if passive and how in ("own", "shared"):
            return _agent(at)
        own = _own(at)
        if own is not None:
            if own.dep_ == "expl":
                return None
            if own.lower_ in RELATIVES and at.dep_ == "relcl":
                return own, "relative"
            return own, how
        if at.dep_ == "conj":
            at, how = _joined_to(at), "shared" if how == "own" else how
        elif at.dep_ in ("xcomp", "advcl", "ccomp", "dep", "prep", "pcomp", "parataxis"):
            if at.dep_ == "ccomp" and at.head.i > at.i:
                return None
            acts = controlled(at)
            if acts is not None:
                return acts, "raised"
            at, how = at.head, "raised"
            if at.pos_ in ("NOUN", "PROPN"):
                return at, "owner"
        elif at.dep_ in ("acl", "relcl"):
            if at.tag_ == "VBN" and at.dep_ == "acl":
                return _agent(at)
            owner = next((c for c in at.head.children if c.dep_ == "poss"), None)
            issues = issuing_verb(at.head) if owner is None and at.tag_ == "VBG" else None
            issuer = _own(issues) if issues is not None else None
            return owner or issuer or at.head, "owner"
        else:
            return _behind(verb) or _first_noun(verb)
    return _behind(verb)


def _own(verb: Token) -> Token | None:
    """The verb's own subject: the one nearest in front of it, else the first behind it.

    ``In a call with his colleague Ana Ruiz, Premier Tom Berg said``: the parser takes Ruiz for the subject and Berg
    for her apposition. A subject that goes on with the noun of a phrase in front, and has an apposition behind a
    comma, is part of that phrase, and the apposition is the subject.
    """
    subjects = [c for c in verb.lefts if c.dep_ in SUBJECTS] or [c for c in verb.rights if c.dep_ in SUBJECTS]
    if not subjects:
        return None
    own = subjects[-1] if subjects[-1].i < verb.i else subjects[0]
    before = own.left_edge.nbor(-1) if own.left_edge.i > 0 else None
    if own.pos_ == "PROPN" and before is not None and before.dep_ == "pobj" and before.pos_ in ("NOUN", "PROPN"):
        behind = next((c for c in own.rights if c.dep_ == "appos" and c.left_edge.nbor(-1).text == ","), None)
        return behind or own
    return own


def _joined_to(verb: Token) -> Token:
    """The verb that ``verb`` shares its subject with: said the road was open and expressed ... -> said, not was."""
    up = verb.head
    plain = verb.tag_ in ("VBD", "VBZ") and not any(c.dep_ == "aux" for c in verb.lefts)
    other = up.lemma_ == "be" or any(c.tag_ == "MD" for c in up.lefts)
    if other and up.dep_ == "ccomp" and up.i > up.head.i and plain and up.head.tag_ == verb.tag_:
        return up.head
    return up


def _first_noun(verb: Token) -> tuple[Token, str] | None:
    """A finite verb whose subject the parser lost behind a long apposition: the first noun of the sentence that
    hangs on no preposition."""
    if verb.dep_ != "ROOT" or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    near = _right_in_front(verb)
    if near is not None:
        return near, "in front"
    for i in range(verb.left_edge.i, verb.i):
        token = verb.doc[i]
        if token.pos_ in ("PROPN", "NOUN", "PRON") and token.dep_ not in (
            "pobj",
            "npadvmod",
            "compound",
            "poss",
            "dobj",
        ):
            return token, "first noun"
    return None


def _right_in_front(verb: Token) -> Token | None:
    """The noun that ends right in front of the verb, its adverbs aside; of joined nouns the first."""
    at = verb.i - 1
    while at > 0 and verb.doc[at].pos_ in ("ADV", "AUX") and verb.doc[at].head == verb:
        at -= 1
    noun = verb.doc[at] if at >= 0 else verb
    while noun.dep_ == "conj" and noun.head.i < noun.i and noun.head.pos_ in ("PROPN", "NOUN", "PRON"):
        noun = noun.head
    if noun.pos_ not in ("PROPN", "NOUN", "PRON") or noun.dep_ in ("pobj", "npadvmod", "dobj", "poss", "compound"):
        return None
    return noun


def _behind(verb: Token) -> tuple[Token, str] | None:
    """Said Ellis: the parser lost the subject behind its verb, but a name stands right there."""
    follower = verb.nbor() if verb.i + 1 < len(verb.doc) else None
    if verb.tag_ in ("VBD", "VBZ", "VBN", "VBP") and follower is not None and follower.pos_ == "PROPN":
        at = follower
        while at.dep_ == "compound" and at.head.i > at.i:
            at = at.head
        if at.dep_ not in ("dobj", "dative"):
            return at, "inverted"
    leader = verb.nbor(-1) if verb.i > 0 else None
    if verb.lower_ in ("says", "said", "tells") and leader is not None and leader.pos_ in ("PROPN", "NOUN", "PRON"):
        return leader, "in front"
    return None


def beside(verb: Token, unit: Unit) -> list[Token]:
    """The report's own words between a closing mark and the cue: ``"...," a rebel in the east told AFP``.

    Read by place, for when the parser has hung the speaker on a word inside the quotation. Empty when there are none,
    more than 15, or a finite verb among them.
    """
    out: list[Token] = []
    for i in range(verb.i - 1, max(unit.first, verb.i - 17) - 1, -1):
        token = verb.doc[i]
        if not unit.outside(token):
            return out[::-1] if len(out) <= 15 else []
        if token.tag_ in FINITE and token.head != verb:
            return []
        out.append(token)
    return []


def turned_round(verb: Token, unit: Unit) -> Token | None:
    """``"...," complained one of the farmers``: the noun right behind a verb that itself stands right behind a
    quotation is the speaker, though the parser takes it for the verb's object."""
    if verb.i == unit.first or unit.outside(verb.nbor(-1)):
        return None
    for child in verb.rights:
        if child.dep_ in ("dobj", "attr", "oprd", "dep", "nsubj") and child.left_edge.i == verb.i + 1:
            return child if child.pos_ in ("NOUN", "PROPN", "PRON", "NUM") and unit.outside(child) else None
    return None


def first_name(tokens: list[Token]) -> Token | None:
    """The head of the first noun phrase among ``tokens`` that does not hang on a preposition there."""
    inside = {t.i for t in tokens}
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN", "PRON", "NUM") and not (
            token.dep_ in ("compound", "poss", "nmod", "npadvmod", "nummod", "pobj", "pcomp") and token.head.i in inside
        ):
            return token
    return None


def that_clause(verb: Token) -> bool:
    """A clause led in by "that" which has a subject of its own: reported speech, though the parser may take it for a
    relative clause on the noun in front (said in a letter that wages were late)."""
    that = next((c for c in verb.lefts if c.lower_ == "that"), None)
    if that is None or any(c.i < that.i and c.dep_ not in ("punct", "cc") for c in verb.lefts):
        return False
    return that.dep_ == "mark" or any(c.dep_ in ("nsubj", "nsubjpass", "expl") and c.i > that.i for c in verb.lefts)


def noun_owner(noun: Token) -> tuple[Token, str] | None:
    """Whose statement, hope or promise: Smith's claim, a claim by Smith, Smith made the claim.

    Smith laid out his hopes: Smith, named better than by "his".
    """
    for child in noun.children:
        if child.dep_ == "poss":
            up = noun.head
            if child.pos_ == "PRON" and noun.dep_ == "dobj" and (up.lemma_ in NEUTRAL or up.lemma_ in LAID_OUT):
                named = subject_of(up)
                if named is not None and named[0].pos_ in ("NOUN", "PROPN"):
                    return named
            return child, "owner"
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "of", "from", "among"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return inner, "owner"
    at = noun
    for _ in range(4):
        if at.dep_ in ("dobj", "pobj", "prep", "attr", "conj"):
            at = at.head
            if at.pos_ in ("VERB", "AUX"):
                if at.lemma_ in NEUTRAL:
                    return subject_of(at)
                return None
        else:
            return None
    return None


# Verbs that hand a noun of speech to their subject: made a promise, has hope, persisted in claims.
NEUTRAL = frozenset(
    (
        "make", "have", "give", "issue", "hold", "repeat", "reject", "express", "voice", "offer", "persist", "take",
        "share", "put", "reach", "remain", "be", "deliver",
    )
)  # fmt: skip

# Verbs with which one tells one's own: laid out her proposals. Not "rejected his claim", which is somebody else's.
LAID_OUT = frozenset(
    ("lay", "reiterate", "restate", "outline", "unveil", "announce", "detail", "explain", "stress", "reaffirm")
)


def _agent(verb: Token) -> tuple[Token, str] | None:
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return grandchild, "agent"
    return None


def words_of(head: Token, passage: Passage, *, coordinated: bool = True, cue: Token | None = None) -> Span:
    """The noun phrase of ``head`` without what commas set off: "Ana Ruiz, the mayor," is Ana Ruiz.

    A clause that is not set off stays: a senior official who asked not to be named. coordinated: the phrase keeps the
    nouns joined to its head by "and". cue: a word that is no part of it, as in "a letter warning that".
    """
    doc = passage.doc
    left = head.left_edge.i
    while left < head.i and (doc[left].is_punct or doc[left].dep_ in ("cc", "preconj") or doc[left].is_space):
        left += 1
    right = head.i
    edge = head.right_edge.i
    parts = {c.i: c for c in head.children}
    stop = edge
    for i in range(head.i + 1, edge + 1):
        token = doc[i]
        if token.text in ("-", "–") and not token.nbor(-1).whitespace_:
            continue  # al-Nour
        if (
            token.is_punct
            and token.text in (",", "(", "—", "–", "-", ";", ":", "--", '"', "“", "”")
            and not _list_comma(token, head, coordinated)
        ):
            stop = i - 1
            break
        if token.lower_ == "that" and token.head.i > i and that_clause(token.head):
            stop = i - 1
            break
        child = parts.get(i)
        if token == cue and child is not None:
            stop = i - 1
            break
        if child is not None and child.dep_ in ("cc", "conj") and not coordinated:
            stop = i - 1
            break
    right = max(right, stop)
    while right > head.i and (doc[right].is_punct or doc[right].dep_ in ("cc", "case") or doc[right].is_space):
        right -= 1
    while (
        right + 2 < len(doc) and doc[right + 1].text == "-" and not doc[right].whitespace_ + doc[right + 1].whitespace_
    ):
        right += 2  # the secretary-general
    return passage.span(doc[left : right + 1])


def _list_comma(token: Token, head: Token, coordinated: bool) -> bool:
    """The comma stands inside a list: A, B and C."""
    if not coordinated or token.text != ",":
        return False
    follower = next(
        (c for c in head.subtree if c.i > token.i and c.dep_ == "conj" and c.left_edge.i <= token.i + 2), None
    )
    return follower is not None and not any(
        c.dep_ in ("appos", "relcl") and c.left_edge.i == token.i + 1 for c in head.subtree
    )


def party(head: Token, passage: Passage, cast: Cast, *, coordinated: bool = True, cue: Token | None = None) -> Party:
    """The words headed by ``head``, as words_of takes them, and the actor they name."""
    span = words_of(head, passage, coordinated=coordinated, cue=cue)
    if head.lower_ in RELATIVES and head.head.dep_ == "relcl":
        meant = head.head.head
        return Party(span, actor_at(words_of(meant, passage, coordinated=False), passage.span(meant), cast))
    actor = actor_at(span, passage.span(head), cast)
    if actor is None:
        other = _named_beside(head)
        if other is not None:
            actor = actor_at(words_of(other, passage, coordinated=False), passage.span(other), cast)
            if other.dep_ == "pobj" and actor is not None and cast[actor].person is not None:
                actor = None  # a president's spokesman is not the president
    return Party(span, actor)


# Who speaks for a body, not for himself.
VOICES = frozenset(("spokesman", "spokeswoman", "spokesperson", "spokespeople"))


def _named_beside(head: Token) -> Token | None:
    """Whose name tells who a noun is: the pianist, Ana Ruiz; one of them, Ana Ruiz; a spokesman for the Commission."""
    if head.tag_ in ("NN", "CD"):
        named = next((c for c in head.rights if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
        if named is not None:
            return named
    if head.lemma_ in VOICES:
        links = (c for c in head.rights if c.dep_ == "prep" and c.lower_ in ("for", "of", "at", "from"))
        return next((p for c in links for p in c.children if p.dep_ == "pobj"), None)
    return None


def actor_at(span: Span, head: Span, cast: Cast) -> str | None:
    """The actor named at the phrase's head word; else the only one named inside the phrase in full.

    A body whose name is the office of the person right behind it gives way to that person.
    """
    for mention, actor in cast.at(head.start):
        if span.overlaps(mention.span):
            behind = {
                a.id for m, a in cast.within(span) if a.person is not None and m.span.start == mention.span.end + 1
            }
            return behind.pop() if actor.person is None and len(behind) == 1 else actor.id
    # The first name alone is known to the reading of names: Rebel commander [Mustafa] Harun.
    beside_head = {
        a.id
        for m, a in cast.within(span)
        if m.how == "name" and a.person and not a.code and m.span.end + 1 == head.start
    }
    return beside_head.pop() if len(beside_head) == 1 else None
