"""What is said behind the cue: a quotation, a clause, an infinitive, a phrase."""

from __future__ import annotations

from dragoman.knowledge.speech import SpeechVerb
from dragoman.model import Span
from dragoman.reading.parse import Token
from dragoman.reading.quotes.cues import Cue
from dragoman.reading.quotes.marks import Run
from dragoman.reading.quotes.people import SUBJECTS, that_clause
from dragoman.reading.quotes.stretch import Content, stretch_of, whole_runs
from dragoman.reading.quotes.units import FINITE, Unit


def quoted_on(run: Run, unit: Unit) -> tuple[Span, ...]:
    """The run and those that follow it with nothing but marks and "and" between."""
    out = [run.outer]
    for other in unit.runs:
        if other.outer.start >= out[-1].end:
            gap = unit.text[out[-1].end : other.outer.start]
            if gap.strip(" ,;") in ("", "and"):
                out.append(other.outer)
            else:
                break
    return tuple(out)


def run_behind(cue: Cue, unit: Unit) -> Run | None:
    """A quotation right behind the cue: ``Smith told reporters on Monday: "..."``.

    Between them may stand the addressee, a time, a place; no other finite verb, and right in front of the mark only
    the cue itself, a comma, a colon, or the end of such a phrase.
    """
    start = cue.span.end
    run = next((r for r in unit.runs if r.outer.start >= start), None)
    if run is None:
        return None
    doc, here = unit.passage.doc, unit.passage.start
    between = [t for t in unit.tokens if start <= here + t.idx < run.outer.start and not t.is_space]
    if not between:
        return run
    if len(between) > 25:
        return None
    last = between[-1]
    if any(t.tag_ in FINITE or (t.tag_ in ("IN", "WDT", "WP", "WRB") and t.dep_ == "mark") for t in between):
        return None
    if any(t.tag_ == "VBG" and t.dep_ in ("advcl", "conj") for t in between):
        return None
    if last.text in (",", ":", "—", "–", "-", "--"):
        return run if last.text != "-" or doc[last.i - 1].whitespace_ else None
    first = next((t for t in unit.tokens if here + t.idx + len(t) > run.inner.start), None)
    if last.pos_ in ("DET", "ADP", "ADJ", "CCONJ", "SCONJ", "AUX", "PART") or last.dep_ in (
        "amod",
        "poss",
        "case",
        "compound",
    ):
        return None
    if first is not None and first.head == last:
        return None
    return run if all(_hangs_on(t, cue.token) for t in between) else None


def _hangs_on(token: Token, verb: Token) -> bool:
    at = token
    for _ in range(8):
        if at.head == verb and at.dep_ in (
            "dobj",
            "dative",
            "prep",
            "npadvmod",
            "advmod",
            "prt",
            "punct",
            "nsubj",
            "tmod",
            "appos",
        ):
            return True
        if at.head == at:
            return False
        at = at.head
    return False


def complement(cue: Cue, entry: SpeechVerb, unit: Unit, cues: frozenset[int]) -> Content | None:
    """The clause or phrase behind the cue that the verb's entry says it can report; a clause before a phrase."""
    verb = cue.token
    best: tuple[int, Token, Token, str] | None = None
    for owner, child in _behind(verb, entry.particle, unit):
        shape = _shape(child, owner, verb, entry, unit)
        if shape is None:
            continue
        rank = {"clause": 0, "inf": 1, "ing": 2, "np": 4}.get(shape, 3)
        if best is None or rank < best[0]:
            best = (rank, owner, child, shape)
    if best is None:
        return None
    _, _, child, shape = best
    if child.dep_ == "prep":
        inner = next((c for c in child.rights if c.dep_ in ("pobj", "pcomp", "amod", "advcl", "nsubj")), None)
        if inner is None or inner.i in cues:
            return None  # "quoted as saying that": the inner verb reports
        first = inner.left_edge.i
        judged = next((c for c in verb.rights if c.dep_ == "dobj"), None)
        if shape == "as" and judged is not None:  # described the talks as frank: the talks are part of what is said
            first = max(judged.left_edge.i, verb.i + 1)
        return Content((stretch_of(inner, unit, first, cues),), shape, "code:quotes.behind.complement")
    first = child.left_edge.i
    if shape == "inf":
        to = next((c for c in child.lefts if c.dep_ == "aux" and c.lower_ == "to"), None)
        first = to.i if to is not None else child.i
        whom = next((c for c in child.lefts if c.dep_ == "nsubj" and c.i > verb.i), None)
        if whom is not None and "obj" not in entry.to:
            first = whom.left_edge.i  # wants the mine to close: the mine is nobody spoken to
    first = max(first, verb.i + 1)
    stretch = stretch_of(child, unit, first, cues)
    if shape == "clause":
        stretch = _to_the_end(stretch, verb, child, unit, cues)
    return Content((stretch,), shape, "code:quotes.behind.complement")


def _to_the_end(stretch: Span, verb: Token, clause: Token, unit: Unit, cues: frozenset[int]) -> Span:
    """A reported clause goes on to the sentence's end, though the parser hung its tail on the cue.

    Unless the tail tells what the speaker did next (``and left``), names a source, or is set off as the report's own
    remark (``, adding ...``).
    """
    doc = unit.passage.doc
    end = stretch.end
    for child in verb.rights:
        spot = unit.passage.subtree(child)
        if child.i <= clause.i or child.i > unit.last or spot.start < end or child.dep_ in ("punct", "cc"):
            continue
        before = doc[child.left_edge.i - 1]
        modal = any(c.tag_ == "MD" for c in child.lefts)
        own = any(c.dep_ in SUBJECTS for c in child.lefts)
        if child.dep_ == "conj":
            if child.i in cues or not (modal or own):
                break
        elif (
            child.lower_ == "according"
            or (before.text in (",", "—", "–") and unit.outside(before))
            or child.dep_ not in ("prep", "advcl", "npadvmod", "advmod", "ccomp", "dep")
            or (child.dep_ == "advcl" and child.i in cues)
        ):
            break
        last = min(child.right_edge.i, unit.last)
        while last > child.i and doc[last].is_punct and unit.outside(doc[last]):
            last -= 1
        end = max(end, unit.passage.span(doc[last]).end)
    return whole_runs(Span(stretch.start, end), unit)


def _behind(verb: Token, particle: str | None, unit: Unit) -> list[tuple[Token, Token]]:
    """What hangs on the verb behind it, and that-clauses that the parser hung on the listener or the channel instead:
    ``told deputies that ...``, ``said in a letter to the king that ...``. What hangs on an adjective that belongs to
    the verb hangs on the verb: ``made it clear to them that ...``."""
    out = []
    adjective = next((c for c in verb.rights if c.lower_ == particle and c.pos_ == "ADJ"), None)
    children = [c for c in verb.rights if c != adjective]
    for child in [*children, *(adjective.rights if adjective is not None else ())]:
        if unit.first <= child.i <= unit.last:
            out.append((verb, child))
            if child.dep_ == "dobj":
                out.extend((verb, c) for c in child.rights if c.dep_ == "prep" and c.lower_ in ("as", "of", "for"))
            nouns = [child] if child.dep_ in ("dobj", "dative", "npadvmod") else []
            if child.dep_ == "prep":
                nouns = [c for c in child.children if c.dep_ == "pobj" or c.lower_ == "writing"]
            for noun in nouns:
                for inner in (
                    *noun.rights,
                    *(g for c in noun.rights if c.dep_ == "prep" for p in c.rights for g in p.rights),
                ):
                    if inner.dep_ in ("acl", "relcl", "ccomp") and that_clause(inner):
                        out.append((noun, inner))
    return out


def _shape(child: Token, owner: Token, verb: Token, entry: SpeechVerb, unit: Unit) -> str | None:
    takes = entry.takes
    if owner is not verb:
        return "clause" if "clause" in takes else None
    if child.dep_ in ("ccomp", "xcomp", "parataxis", "advcl", "dep"):
        to = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.lefts)
        if to and child.tag_ == "VB":
            return (
                "inf"
                if "inf" in takes and (child.dep_ != "advcl" or entry.cls in ("urge", "promise", "intend"))
                else None
            )
        if child.dep_ == "advcl":
            return None
        if "np" in takes and any(c.lower_ == "what" for c in child.lefts):
            return "np"  # condemned what he called "a farce"
        finite = child.tag_ in FINITE or any(
            c.tag_ in FINITE for c in child.lefts if c.dep_ in ("aux", "auxpass", "cop")
        )
        if finite:
            return "clause" if "clause" in takes else None
        if child.tag_ == "VBG":
            return "ing" if "ing" in takes else None
        if child.dep_ == "ccomp" and any(c.dep_ in SUBJECTS for c in child.lefts):
            if "clause" in takes:
                return "clause"
            return "as" if "as" in takes and child.pos_ != "VERB" else None
        return None
    if child.dep_ == "dobj" and child.pos_ != "PRON":
        quoted = any(r.outer.overlaps(unit.passage.subtree(child)) for r in unit.runs)
        if "obj" in entry.to and (child.pos_ == "PROPN" or child.ent_type_ in ("PERSON", "GPE", "NORP", "ORG")):
            return None
        return "np" if "np" in takes or ("words" in takes and quoted) else None
    if child.dep_ == "oprd" and "as" in takes:
        return "as"
    if child.dep_ == "prep" and child.lower_ in takes:
        if child.lower_ in ("to", "with") and not any(r.outer.overlaps(unit.passage.subtree(child)) for r in unit.runs):
            return None  # compared it with, agreed with: what follows is reported speech only when it is quoted
        return child.lower_
    return None
