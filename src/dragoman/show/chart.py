"""Two sides as a picture: cooperation above the line, conflict below, month by month; SVG or PNG, made offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.record.dyad import Dyad, Month
from dragoman.show.words import plain

SUFFIXES = (".svg", ".png")
# Blue and vermilion of Okabe and Ito (2008): told apart by colour-blind readers, and in grey by their lightness.
COLOURS = {"cooperation": "#0072B2", "conflict": "#D55E00"}
WIDTH, HEIGHT = 720, 150  # points, of each of the two panels
MOST_LABELS = 24  # months that fit under the line


def plot(found: Dyad, to: Path) -> None:
    """Write the picture; the end of the file's name says which kind. Raises UsageError."""
    if to.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{to}: a picture is {' or '.join(SUFFIXES)}")
    # Imported here: a second that only a picture is worth.
    import vl_convert

    spec = chart(found)
    drawn = (
        vl_convert.vegalite_to_svg(spec).encode("utf-8")
        if to.suffix.lower() == ".svg"
        else vl_convert.vegalite_to_png(spec, scale=2)
    )
    try:
        to.write_bytes(drawn)
    except OSError as e:
        raise UsageError(f"{to} cannot be written: {e.strerror or e}") from e


def chart(found: Dyad) -> dict[str, Any]:
    """The chart in Vega-Lite: a panel each way; a month that no report was written in is a grey gap, not a nought."""
    import altair as alt

    a, b = plain(found.a.label), plain(found.b.label)
    months = [m.month for m in found.months]
    step = max(1, -(-len(months) // MOST_LABELS))
    axis = alt.Axis(title=None, values=months[::step], labelAngle=-90, domain=False, ticks=False)
    across = alt.X("month:O", scale=alt.Scale(domain=months, paddingInner=0.15), axis=axis)
    flows = [f for m in found.months for f in (m.a_to_b, m.b_to_a) if f is not None]
    most = max((n for f in flows for n in (f.cooperation, f.conflict)), default=0) or 1  # one scale for both panels
    whole_numbers = alt.Axis(format="d", tickMinStep=1)
    panels = []
    for way, title in (("a_to_b", f"{a} → {b}"), ("b_to_a", f"{b} → {a}")):
        rows = [row for m in found.months for row in _rows(m, way)]
        gaps = [{"month": m.month} for m in found.months if getattr(m, way) is None]
        bars = alt.Chart(alt.InlineData(values=rows)).mark_bar().encode(
            x=across,
            y=alt.Y("events:Q", title="events", scale=alt.Scale(domain=[-most, most]), axis=whole_numbers),
            color=alt.Color(
                "kind:N", title=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
                legend=alt.Legend(orient="top"),
            ),
        )  # fmt: skip
        empty = alt.Chart(alt.InlineData(values=gaps)).mark_rect(color="#e5e5e5").encode(x=across)
        zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color="#333").encode(y="zero:Q")
        panels.append(alt.layer(empty, bars, zero).properties(title=title, width=WIDTH, height=HEIGHT))
    whole = alt.vconcat(*panels).properties(title=f"{a} and {b}: asserted events by month; grey: no reports")
    spec: dict[str, Any] = whole.to_dict()
    return spec


def _rows(month: Month, way: str) -> list[dict[str, Any]]:
    flow = getattr(month, way)
    if flow is None:
        return []
    return [
        {"month": month.month, "kind": "cooperation", "events": flow.cooperation},
        {"month": month.month, "kind": "conflict", "events": -flow.conflict},
    ]
