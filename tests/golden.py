"""The golden readings of examples/: what must come out of each report, one readable file a report in tests/reports/.

    python tests/golden.py        (make golden) writes them anew; review the diff by hand before committing it

They hold what a person would check (who, what, whom, when, in which words), not trails or confidences, so that a diff
is a change of the reading and nothing else.
"""

from __future__ import annotations

from pathlib import Path

from dragoman import Reader, Reading, Report
from dragoman.intake import inputs
from dragoman.model import Failure, Party, Span

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
GOLDEN = Path(__file__).parent / "reports"


def words(reading: Reading, span: Span | None) -> str:
    """The exact words, on one line."""
    return "" if span is None else " ".join(span.of(reading.report.text).split())


def who(reading: Reading, party: Party) -> str:
    """A party as code, name and what marks it."""
    if party.actor is None:
        return f"? ({words(reading, party.span)})"
    actor = reading.cast[party.actor]
    return f"{actor.code or '-'} {actor.name}{' (former)' if actor.former else ''}"


def parties(reading: Reading, of: tuple[Party, ...]) -> str:
    return "; ".join(who(reading, p) for p in of) or "-"


def render(reading: Reading) -> str:
    """One reading as text, a line for each thing read."""
    out = [
        f"report {reading.report.id}",
        f"title {reading.report.title or '-'}",
        f"dated {reading.dated.window}",
        *(f"  because {b.saw}" for b in reading.dated.basis),
        "",
    ]
    for s in reading.segments:
        text = words(reading, s.span)
        out.append(f"{s.kind:10} {text if len(text) <= 90 else text[:60] + ' ... ' + text[-25:]}")
    out.append("")
    for a in reading.cast:
        out.append(
            f"actor {a.code or '-'} {a.sector or '-'} | {a.name} | {a.role or '-'}{' | former' if a.former else ''}"
            f" | {' / '.join(dict.fromkeys(words(reading, m.span) for m in a.mentions))}"
        )
    for u in reading.cast.unresolved:
        out.append(f"left open | {words(reading, u.span)} | {u.because.saw}")
    out.append("")
    for q in reading.quotes:
        out.append(
            f"quote {q.kind} | {who(reading, q.speaker) if q.speaker else '-'} -> {parties(reading, q.addressees)}"
            f" | {q.when.interval if q.when else '-'}{' | by ' + words(reading, q.channel) if q.channel else ''}"
        )
        out.append(f"    {' / '.join(words(reading, c) for c in q.content)}")
    out.append("")
    for e in reading.events:
        out.append(
            f"event {e.type}{'.' + e.mode if e.mode else ''} {e.status}"
            f" | {parties(reading, e.source)} -> {parties(reading, e.target)}"
            f" | {e.when.interval if e.when else '-'} | {e.cameo} {e.goldstein}"
            f"{' | ' + e.occasion if e.occasion else ''}{' | ' + e.place if e.place else ''}"
            f"{' | ' + ', '.join(e.contexts) if e.contexts else ''}{' | said' if e.said_in else ''}"
        )
        out.append(f"    {words(reading, e.evidence)}")
        out.extend(f"    also: {words(reading, s)}" for s in e.also)
    out.append("")
    out.extend(f"flag {f.kind} | {words(reading, f.span)} | {f.says} | {f.table}" for f in reading.flags)
    return "\n".join(out).rstrip() + "\n"


def golden_files(reader: Reader) -> dict[str, str]:
    """File name -> content, for every report and failure of examples/."""
    files: dict[str, str] = {}
    for taken in inputs([str(EXAMPLES)]):
        source = Path(taken.source).name.replace(":", "-line-")
        if isinstance(taken, Failure):
            files[f"{source}.golden"] = f"failure {taken.kind}\n"
        else:
            assert isinstance(taken, Report)
            files[f"{source}.golden"] = render(reader.read(taken))
    return files


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.golden"):
        old.unlink()
    for name, content in golden_files(Reader()).items():
        (GOLDEN / name).write_text(content, encoding="utf-8")
        print(f"wrote tests/reports/{name}")


if __name__ == "__main__":
    main()
