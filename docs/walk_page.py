"""Writes docs/walk.md: one report through every stage, from a real run."""

from __future__ import annotations

import gzip
from pathlib import Path

from dragoman import Reader, Reading, Report
from dragoman.model import Party, Reason, Span

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "07-attack.txt.gz"


def _words(reading: Reading, span: Span, most: int = 90) -> str:
    text = " ".join(span.of(reading.report.text).split()).replace("|", "\\|")
    return text if len(text) <= most else text[: most - 4] + " ..."


def _who(reading: Reading, parties: tuple[Party, ...]) -> str:
    return ", ".join(
        reading.cast[p.actor].name if p.actor else f"“{_words(reading, p.span)}”" for p in parties
    ) or "-"  # fmt: skip


def _why(reasons: tuple[Reason, ...]) -> list[str]:
    figure = lambda r: "" if r.figure is None else f" ({r.figure:g})"  # noqa: E731
    return [f"  - `{r.rule}`{figure(r)}: {r.saw}" for r in reasons]


def walk_page(reader: Reader) -> str:
    """The page, as Markdown."""
    text = gzip.decompress(EXAMPLE.read_bytes()).decode("utf-8")
    reading = reader.read(Report(text, f"examples/{EXAMPLE.name}"))
    out = [
        "# One report through every stage",
        "",
        "<!-- written by docs/generate.py from a run; `make docs` writes it anew -->",
        "",
        f"The report is `examples/{EXAMPLE.name}`, which we made up. `Reader.read` in `src/dragoman/reader.py` is the",
        "method that names these stages in this order.",
        "",
        "```text",
        text.rstrip(),
        "```",
        "",
        "## 1. Segments: what is the report, and what only stands around it",
        "",
        "| kind | words | because |",
        "|---|---|---|",
        *(
            f"| {s.kind} | {_words(reading, s.span, 60)} | `{s.because.rule}`: {s.because.saw} |"
            for s in reading.segments
        ),
        "",
        "## 2. When it was written",
        "",
        f"Window: `{reading.dated.window}`",
        "",
        *_why(reading.dated.basis),
        "",
        "## 3. Who is named",
        "",
        "| actor | code | sector | office | mentions |",
        "|---|---|---|---|---|",
        *(
            f"| {a.name} | {a.code or '-'} | {a.sector or '-'} | {a.role or '-'} |"
            f" {' · '.join(dict.fromkeys(_words(reading, m.span, 40) for m in a.mentions))} |"
            for a in reading.cast
        ),
        "",
        "## 4. Whose words",
        "",
    ]
    for q in reading.quotes:
        speaker = _who(reading, (q.speaker,)) if q.speaker else "-"
        out += [
            f"- **{speaker}**{' to ' + _who(reading, q.addressees) if q.addressees else ''}, {q.kind},"
            f" {q.when.interval if q.when else 'no day'}: {' ... '.join(_words(reading, c) for c in q.content)}",
            *_why(q.trail),
        ]
    out += ["", "## 5. Who did what to whom", ""]
    for e in reading.events:
        out += [
            f"- **{_who(reading, e.source)} {e.type} {_who(reading, e.target)}** ({e.status}, CAMEO {e.cameo},"
            f" Goldstein {e.goldstein}, {e.quad}), {e.when.interval if e.when else 'no day'}:"
            f" “{_words(reading, e.evidence, 200)}”",
            *_why(e.trail),
            *(_why((e.when.because,)) if e.when else []),
        ]
    out += ["", "## 6. What the tables contradict", ""]
    out += [f"- {f.message}" for f in reading.flags] or ["Nothing in this report."]
    return "\n".join(out) + "\n"
