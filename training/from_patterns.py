"""The examples of the event patterns as training sentences: plain words of the trade, already labelled and tested.

    python training/from_patterns.py        writes training/sentences/patterns.txt; needs dragoman, not PyTorch

An example becomes a line when the reader finds both its actors in it.
"""

from pathlib import Path

from dragoman import Reader, Report
from dragoman.model import Event, Span
from dragoman.reading.events.stage import find_events

OUT = Path(__file__).parent / "sentences" / "patterns.txt"
STATUS = {"asserted": "a", "planned": "p", "denied": "d", "hypothetical": "h"}


def marked(text: str, source: Span, target: Span) -> str:
    """The sentence with its marks."""
    for place, mark in sorted([(source.start, "["), (source.end, "]"), (target.start, "<"), (target.end, ">")])[::-1]:
        text = text[:place] + mark + text[place:]
    return text


def main() -> None:
    reader = Reader(find_events=find_events)
    known = reader.knowledge
    out: dict[str, str] = {}
    for pattern in sorted({p for group in known.events.by_word.values() for p in group}, key=lambda p: p.row):
        for example in pattern.examples:
            text = example.text
            if any(mark in text for mark in "[]<>\n") or not example.source or not example.target:
                continue
            for event in reader.read(Report(text, pattern.row)).events:
                found = pair_of(event)
                if found and event.type == (example.type or pattern.type):
                    mutual = "=" if pattern.mutual else ""
                    mode = f".{event.mode}" if event.mode else ""
                    tags = f" {','.join(event.contexts[:4])}" if event.contexts else ""
                    out.setdefault(marked(text, *found), f"{event.type}{mode} {STATUS[event.status]}{mutual}{tags}")
    lines = [f"{label}: {words}\n\n" for words, label in out.items()]
    OUT.write_text(
        "# Made by training/from_patterns.py out of src/dragoman/data/events; edit there.\n" + "".join(lines)
    )
    print(f"{len(out)} sentences in {OUT}")


def pair_of(event: Event) -> tuple[Span, Span] | None:
    """The spans of an event's first source and target, apart from each other."""
    if not event.source or not event.target:
        return None
    source, target = event.source[0].span, event.target[0].span
    return None if source.overlaps(target) else (source, target)


if __name__ == "__main__":
    main()
