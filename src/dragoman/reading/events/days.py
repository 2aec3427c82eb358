"""The day of a statement that names none: the day on which the same side was last said to speak or act."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Reason, When
from dragoman.reading.dates import DatePhrase
from dragoman.reading.events.deeds import Deed, Scene
from dragoman.reading.events.parties import named
from dragoman.reading.events.syntax import surface_subject

# (side's code, where its clause stands, the day of that clause), in order of text
Told = tuple[tuple[str, int, When], ...]


def told_days(scene: Scene, phrases: Sequence[DatePhrase]) -> Told:
    """Every day of the passage that stands by a verb of the past, with the code of that verb's subject."""
    out = []
    for phrase in phrases:
        token = scene.passage.token_at(phrase.span.start)
        if token is None or not phrase.interval.is_day:
            continue
        verb = next((a for a in (token, *token.ancestors) if a.pos_ in ("VERB", "AUX")), None)
        subject = surface_subject(verb) if verb is not None else None
        if verb is None or subject is None or verb.tag_ not in ("VBD", "VBN"):
            continue
        for _, actor in named(subject[0], scene.passage, scene.cast):
            if actor.code is not None:
                out.append((actor.code, phrase.span.start, When(phrase.interval, phrase.because)))
    return tuple(out)


def carried(when: When | None, deed: Deed, scene: Scene, told: Told) -> When | None:
    """A statement in the simple past with no time of its own was made on the last day told of its source.

    News names the day once ("X on Sunday congratulated Y") and goes on in the past ("He also praised Z").
    """
    if when is not None and (when.interval.is_day or when.interval.start is not None):
        return when
    verb = deed.predicate.carrier
    verbal = scene.ontology.types[deed.type].quad.startswith("verbal")
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    if not verbal or verb.tag_ != "VBD" or perfect or deed.status != "asserted":
        return when
    codes = {a.code for _, a in deed.source}
    before = [(at, w) for code, at, w in told if code in codes and at < deed.trigger.start]
    if not before:
        return when
    day = max(before, key=lambda b: b[0])[1]
    saw = f"no time of its own; its source was last told of on {day.interval}"
    return When(day.interval, Reason("code:events.days.carried", saw, day.because.at))
