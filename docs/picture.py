"""Draws docs/picture.svg, the README's picture: what `dragoman read` prints of one example, 100 columns wide."""

from __future__ import annotations

import gzip
import io
import re
from pathlib import Path

from rich.console import Console

from dragoman import Reader, Report, contract, show

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "07-attack.txt.gz"


def picture(reader: Reader) -> str:
    """The picture as SVG, without any address of a font or a style outside of it."""
    report = Report(gzip.decompress(EXAMPLE.read_bytes()).decode("utf-8"), f"examples/{EXAMPLE.name}")
    reading = reader.read(report)
    out = Console(
        record=True, width=100, file=io.StringIO(), force_terminal=True, color_system="truecolor",
        highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    show.report(out, contract.reading_object(reading), report.text)
    svg = out.export_svg(title="dragoman read examples", unique_id="dragoman")
    # rich names a font to fetch; a reader's own monospace does.
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.replace("Fira Code", "ui-monospace").splitlines()) + "\n"
