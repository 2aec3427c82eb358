"""The arguments of a predicate, read off the parse: through passives, control, relatives and conjunction.

Dependency labels are those of spaCy's English models (ClearNLP style: nsubj, nsubjpass, dobj, dative, agent, prep,
pobj, pcomp, xcomp, ccomp, advcl, acl, relcl, conj, poss, amod, compound, appos, prt).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.reading.events.lists import conjuncts
from dragoman.reading.parse import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
# Verbs whose object, not their subject, does what the infinitive says.
OBJECT_CONTROL = frozenset(
    [
        "urge",
        "ask",
        "tell",
        "force",
        "order",
        "persuade",
        "allow",
        "press",
        "pressure",
        "push",
        "help",
        "enable",
        "require",
        "invite",
        "instruct",
        "command",
        "compel",
        "encourage",
        "implore",
        "advise",
        "beg",
        "request",
        "want",
        "lead",
        "direct",
        "permit",
        "authorize",
        "authorise",
        "convince",
        "get",
        "lobby",
        "warn",
        "summon",
        "expect",
        "oblige",
        "prompt",
        "cause",
    ]
)
# The same, with the one who shall do it behind a preposition: "called on X to stop".
CALLED_ON = {"call": ("on", "upon"), "appeal": ("to",), "plead": ("with",), "rely": ("on",), "count": ("on",)}
# Prepositions of a gerund whose doer is the object of the verb before: accuse X of doing, stop X from doing.
OBJECT_GERUND = {
    "of": "accuse suspect convict acquit",
    "for": "blame criticise criticize condemn thank praise denounce rebuke fault arrest jail punish sanction slam "
    "sentence charge fine blast",
    "from": "prevent stop ban bar block deter discourage keep prohibit dissuade hinder exclude",
    "with": "charge",
    "against": "warn caution advise",
    "into": "pressure force push coerce talk bully",
}
OBJECT_GERUND_VERBS = {prep: frozenset(verbs.split()) for prep, verbs in OBJECT_GERUND.items()}


@dataclass(frozen=True, slots=True)
class Argument:
    """The head of a noun phrase in a role: agent, patient, recipient, or a preposition's lower-case form."""

    role: str
    token: Token
    how: str  # in words, for the trail


def is_passive(verb: Token) -> bool:
    """A passive participle: with its own passive auxiliary or subject, in a reduced relative, or conjoined to one."""
    deps = {c.dep_ for c in verb.children}
    if "nsubjpass" in deps or "auxpass" in deps:
        return True
    if verb.tag_ == "VBD" and verb.dep_ == "acl":
        return "nsubj" not in deps and "dobj" not in deps  # "a truce agreed in May", tagged as a past tense
    if verb.tag_ != "VBN" or "aux" in deps:
        return False
    if caused(verb):
        return True
    if "agent" in deps:
        return True
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and "nsubj" not in deps and "dobj" not in deps:
        return is_passive(verb.head)
    return verb.dep_ in ("acl", "advcl", "amod") and "dobj" not in deps and "nsubj" not in deps


def caused(verb: Token) -> bool:
    """ "had him arrested": the participle under "have", whose subject has it done."""
    return verb.tag_ == "VBN" and verb.dep_ == "ccomp" and verb.head.lemma_ == "have" and verb.head.i < verb.i


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token is itself."""
    if token.tag_ in ("WDT", "WP", "WP$") or (
        token.lower_ in ("which", "who", "whom", "that") and token.pos_ == "PRON"
    ):
        for up in token.ancestors:
            if up.dep_ == "relcl":
                return up.head
    return token


def surface_subject(verb: Token) -> tuple[Token, str] | None:
    """The grammatical subject of a verb, its own or shared, and how it was reached; None when nobody is named."""
    for child in verb.children:
        if child.dep_ in SUBJECTS and child.tag_ not in ("EX",):
            return antecedent(child), "subject"
    head, dep = verb.head, verb.dep_
    if head == verb:
        return None
    if dep == "conj" and head.pos_ in ("VERB", "AUX"):
        shared = surface_subject(head)
        return None if shared is None else (shared[0], f"subject shared with '{head.text}'")
    if dep in ("xcomp", "ccomp", "oprd") and head.pos_ in ("VERB", "AUX"):
        return _controller(verb, head)
    if dep == "acl" and (mistaken := _mistaken_participle(verb)) is not None:
        return mistaken
    if dep == "acl" and verb.tag_ in ("VBG",):
        return head, "the noun that the participle stands by"
    if dep in ("acl", "xcomp", "ccomp") and head.pos_ in ("NOUN", "ADJ"):
        return holder_of(head)
    if dep == "relcl":
        taken = any(c.dep_ in ("dobj", "pobj") and c.tag_ in ("WDT", "WP") for c in verb.subtree)
        return None if taken else (head, "the noun before the relative clause")
    if dep == "advcl" and not any(c.dep_ == "mark" and c.lower_ != "to" for c in verb.children):
        return None if _told_of_another(verb, head) else _doer(head)
    if dep == "pcomp" and head.dep_ in ("prep", "agent"):
        return _gerund_doer(head)
    return None


def _mistaken_participle(verb: Token) -> tuple[Token, str] | None:
    """The subject of "Two raids on the camp killed nine, officials said", whose verb the parser hangs on the camp.

    It has an object of its own, and the verb of saying is left with two subjects.
    """
    if verb.tag_ not in ("VBN", "VBD") or not any(c.dep_ == "dobj" for c in verb.children):
        return None
    for up in verb.ancestors:
        if up.dep_ == "nsubj" and up.i < verb.i:
            second = any(c.dep_ == "nsubj" and c.i > verb.i for c in up.head.children)
            return (up, "the first of two subjects") if second else None
    return None


def _controller(verb: Token, head: Token) -> tuple[Token, str] | None:
    if head.lemma_ in OBJECT_CONTROL:
        for child in head.children:
            if child.dep_ in ("dobj", "dative") and child.i < verb.i:
                return child, f"object of '{head.text}'"
            if child.dep_ == "nsubjpass":
                return antecedent(child), f"subject of '{head.text}'"
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in CALLED_ON.get(head.lemma_, ()) and child.i < verb.i:
            for obj in child.children:
                if obj.dep_ == "pobj":
                    return antecedent(obj), f"whom one '{head.text} {child.text}'"
    shared = surface_subject(head)
    return None if shared is None else (shared[0], f"subject of '{head.text}'")


def holder_of(noun: Token) -> tuple[Token, str] | None:
    """Who has the threat, plan or readiness that an infinitive spells out."""
    if noun.pos_ == "ADJ":
        shared = surface_subject(noun.head) if noun.dep_ in ("acomp", "oprd") else None
        return None if shared is None else (shared[0], f"subject of '{noun.head.text} {noun.text}'")
    for child in noun.children:
        if child.dep_ == "poss":
            return child, f"owner of the {noun.text}"
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod") and (child.pos_ == "PROPN" or child.text[0].isupper()):
            return child, f"in the name of the {noun.text}"
    for child in noun.children:
        if child.dep_ in ("agent", "prep") and child.lower_ in ("by", "from", "of"):
            for obj in child.children:
                if obj.dep_ == "pobj":
                    return obj, f"'{child.text}' after the {noun.text}"
    if noun.dep_ in ("dobj", "attr"):
        shared = surface_subject(noun.head)
        return None if shared is None else (shared[0], f"subject of '{noun.head.text} {noun.text}'")
    return None


# What follows from force: "accused A of firing at a boat, injuring three" tells it of A.
RESULTS = frozenset({"kill", "injure", "wound", "hurt", "damage", "destroy", "sink", "cause", "leave", "displace"})


def _told_of_another(verb: Token, head: Token) -> bool:
    """Whether a participle says what came of the deed that somebody is accused of, not of the accusing."""
    if verb.tag_ != "VBG" or verb.i < head.i or verb.lemma_ not in RESULTS:
        return False
    blamed = [c for c in head.children if c.dep_ in ("prep", "dobj", "nsubjpass")]
    preps = [c for c in blamed if c.dep_ == "prep"] + [p for c in blamed for p in c.children if p.dep_ == "prep"]
    return any(
        head.lemma_ in OBJECT_GERUND_VERBS.get(p.lower_, frozenset()) and any(g.dep_ == "pcomp" for g in p.children)
        for p in preps
    )


def _doer(verb: Token) -> tuple[Token, str] | None:
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    if is_passive(verb):
        for child in verb.children:
            if child.dep_ == "agent":
                for obj in child.children:
                    if obj.dep_ == "pobj":
                        return obj, f"doer of '{verb.text}'"
    shared = surface_subject(verb)
    return None if shared is None else (shared[0], f"subject of the main verb '{verb.text}'")


def _gerund_doer(prep: Token) -> tuple[Token, str] | None:
    governor = prep.head
    if governor.pos_ in ("NOUN", "PROPN"):
        if governor.dep_ == "dobj" and governor.head.lemma_ in OBJECT_GERUND_VERBS.get(prep.lower_, frozenset()):
            return governor, f"object of '{governor.head.text}'"
        return holder_of(governor)
    if governor.pos_ not in ("VERB", "AUX") or prep.lower_ == "over":
        return None  # "expelled two diplomats over spying": the reason, not the deed of whoever expelled them
    if governor.lemma_ in OBJECT_GERUND_VERBS.get(prep.lower_, frozenset()):
        for child in governor.children:
            if child.dep_ in ("dobj", "nsubjpass"):
                return antecedent(child), f"object of '{governor.text}'"
        return None
    return _doer(governor)


def verb_arguments(verb: Token) -> list[Argument]:
    """Every argument of a verb with its role, in order of importance."""
    out: list[Argument] = []
    passive = is_passive(verb)
    subject = surface_subject(verb)
    if passive and verb.dep_ in ("acl", "amod") and not any(c.dep_ in SUBJECTS for c in verb.children):
        subject = (verb.head, "the noun that the participle stands by")
    if subject is not None:
        token, how = subject
        if passive:
            out.append(Argument("patient", token, f"{how} of the passive '{verb.text}'"))
        else:
            out.append(Argument("agent", token, how))
    for child in verb.children:
        if child.dep_ == "dobj":
            out.append(Argument("patient", antecedent(child), "object"))
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            out.append(Argument("recipient", antecedent(child), "indirect object"))
        elif child.dep_ in ("oprd", "attr") and child.pos_ in ("NOUN", "PROPN"):
            out.append(Argument("complement", child, "complement"))
        elif child.dep_ == "ccomp" and (thing := _so_called(child)) is not None:
            out.append(Argument("patient", thing, "what it is called"))
    out += list(prepositions(verb))
    if not passive and not any(a.role == "patient" for a in out) and verb.dep_ == "relcl":
        agent = next((a.token for a in out if a.role == "agent"), None)
        if agent is not None and agent != verb.head:
            bare = [c for c in verb.children if c.dep_ == "prep" and not any(True for _ in c.children)]
            role = bare[-1].lower_ if bare else "patient"
            out.append(Argument(role, verb.head, "the noun before the relative clause"))
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not any(a.role == "patient" for a in out):
        out += _shared_object(verb)
    for patient in [a for a in out if a.role == "patient"]:
        for one in conjuncts(patient.token):  # "trucks and generators to Ukraine"
            out += [Argument(a.role, a.token, f"{a.how} of the object") for a in prepositions(one)]
    if passive and not any(a.role == "agent" for a in out):
        out += _far_agent(verb)
        if caused(verb) and (who := surface_subject(verb.head)) is not None:
            out.append(Argument("agent", who[0], f"who had it {verb.text}"))
    if verb.lemma_ in HANDING and not any(a.role == "to" for a in out):
        out += _far_goal(out)
    for clause in verb.children:
        aside = clause.i < verb.i and any(t.text == ";" for t in verb.doc[clause.i : verb.i])
        if clause.dep_ == "ccomp" and not aside and (inner := surface_subject(clause)) is not None:
            out.append(Argument("clause", inner[0], f"subject of what is {verb.text}"))
    for a in [a for a in out if a.role not in ("agent", "patient", "recipient", "complement", "clause")]:
        out += [
            Argument(b.role, b.token, f"{b.how} after '{a.token.text}'")
            for b in prepositions(a.token)
            if b.role in NESTED
        ]
    return out


# Prepositions that the parser often hangs on the noun before them though they belong to the verb.
NESTED = frozenset({"to", "against", "with", "on", "at", "from", "over", "between", "near", "for"})


CALLING = frozenset({"call", "say", "describe", "term", "consider", "believe", "claim"})


def _so_called(verb: Token) -> Token | None:
    """The noun of "struck what it called targets of X", "struck what it said were targets of X"."""
    what = verb.doc[verb.left_edge.i]
    if verb.lemma_ not in CALLING or what.lower_ != "what":
        return None
    for inner in (verb, *(c for c in verb.children if c.dep_ == "ccomp")):
        for child in inner.children:
            if child.dep_ in ("oprd", "attr") and child.pos_ in ("NOUN", "PROPN"):
                return child
            if child.dep_ == "prep" and child.lower_ == "as":
                return next((o for o in child.children if o.dep_ == "pobj"), None)
    return None


def _far_agent(verb: Token) -> Iterator[Argument]:
    """The by-phrase of a passive that the parser hung on a word between: "was threatened with tariffs by Peru"."""
    for child in verb.children:
        if child.dep_ not in ("prep", "xcomp") or child.i < verb.i:
            continue
        for by in child.subtree:
            if by.lower_ == "by" and by.dep_ in ("prep", "agent") and by.head != verb:
                yield from (Argument("agent", o, "'by'") for o in by.children if o.dep_ == "pobj")


# Verbs whose goal the parser hangs on a word of a long object: "extradited a man described as X to Peru".
HANDING = frozenset({"extradite", "hand", "deport", "deliver", "send", "transfer", "return", "turn", "supply", "give"})


def _far_goal(out: list[Argument]) -> Iterator[Argument]:
    """The last to-phrase of an object's words, for verbs of handing over that have none of their own."""
    for a in out:
        if a.role == "patient":
            last = [t for t in a.token.subtree if t.lower_ == "to" and t.dep_ in ("prep", "dative")][-1:]
            for to in last:
                yield from (Argument("to", antecedent(o), "'to'") for o in to.children if o.dep_ == "pobj")
            if last:
                return


def _shared_object(verb: Token) -> Iterator[Argument]:
    """The object of the verb after, in "shelled and burned the town" (attached to the first verb, after both)."""
    for child in verb.head.children:
        if child.dep_ == "dobj" and child.i > verb.i:
            yield Argument("patient", child, f"object shared with '{verb.head.text}'")


def prepositions(head: Token) -> Iterator[Argument]:
    """Objects of the prepositions that hang on ``head``, each under its preposition; by-phrases of passives too."""
    for child in head.children:
        if child.dep_ not in ("prep", "agent", "dative", "prt", "advmod") or child.pos_ not in (
            "ADP",
            "SCONJ",
            "ADV",
            "VERB",
        ):
            continue
        role = "agent" if child.dep_ == "agent" else child.lower_
        if child.i + 2 < len(child.doc) and child.nbor().text == ":" and not any(True for _ in child.children):
            after = [
                t for t in child.sent if t.i > child.i + 1 and t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"
            ]
            if after:
                yield Argument(role, after[0], f"the list after '{child.text}:'")
        for obj in child.children:
            if obj.dep_ == "pobj":
                yield Argument(role, antecedent(obj), f"'{child.text}'")
            elif obj.dep_ == "pcomp" and (thing := _so_called(obj)) is not None:
                yield Argument(role, thing, f"'{child.text}' what it is called")
            elif obj.dep_ == "prep":  # "out of X", "up to X"
                for inner in obj.children:
                    if inner.dep_ == "pobj":
                        yield Argument(obj.lower_, antecedent(inner), f"'{child.text} {obj.text}'")


def noun_arguments(noun: Token) -> list[Argument]:
    """Arguments inside the noun phrase of an event noun: owner, nationality, and its prepositions."""
    out: list[Argument] = []
    for child in noun.children:
        if child.dep_ == "poss":
            out.append(Argument("agent", child, f"owner of the {noun.text}"))
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod") and child.i < noun.i:
            if (child.dep_ == "amod" and child.tag_ in ("VBN", "VBD")) or child.text.endswith("-led"):
                out += [Argument("agent", c, f"'{c.text}-{child.text}'") for c in child.children if c.i < child.i]
            elif child.text[0].isupper():
                out.append(Argument("modifier", child, f"names the {noun.text}"))
    for a in prepositions(noun):
        out.append(Argument("agent" if a.role == "by" else a.role, a.token, f"{a.how} after the {noun.text}"))
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            out += [Argument(a.role, a.token, f"{a.how} after the {noun.text}") for a in prepositions(child)]
    return out
