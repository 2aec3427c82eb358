"""Answers about the whole record: two sides, messages, the network, the check."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.record.check import Checked
from dragoman.record.dyad import Dyad, Flow, Month
from dragoman.record.messages import Compared, Messages
from dragoman.record.network import Network
from dragoman.show.answers import address, event_rows, quote_rows
from dragoman.show.report import name_of
from dragoman.show.words import Console, count, hanging, plain

STRONGEST = 10  # pairs named below the matrix
CHANGES = {"new": "green", "gone": "red", "stays": "dim"}


def dyad(out: Console, found: Dyad) -> None:
    """Two sides: months as bars, then what it is about, who said what, the last events."""
    a, b = plain(found.a.label), plain(found.b.label)
    out.print(Text(f"{a} and {b}", style="bold underline"))
    for side in (found.a, found.b):
        if side.names:
            hanging(out, "", Text(f"{plain(side.asked)}: {', '.join(map(plain, side.names))}", style="dim"))
    if not any(way for ways in found.statuses.values() for way in ways.values()):
        hanging(out, "", Text("no event between them", style="dim"))
    if found.months:
        hanging(out, "", Text("asserted events each way: + cooperation, - conflict, mean Goldstein", style="dim"))
        _bars(out, found.months, (f"{a} → {b}", f"{b} → {a}"))
    for way, label, flow in (("a_to_b", f"{a} → {b}", found.a_to_b), ("b_to_a", f"{b} → {a}", found.b_to_a)):
        if flow.events:
            hanging(out, f"{label}  ", Text(_told(flow, found.unplaced[way])))
    if found.balance.events is not None:
        tone = found.balance.goldstein
        says = f"balance  {found.balance.events:+.2f} in number" + (
            "" if tone is None else f", {tone:+.2f} in Goldstein"
        )
        hanging(out, "", Text(f"{says} (above 0: {a} does more, or is kinder)", style="dim"))
    if found.topics:
        topics = ", ".join(f"{plain(t['context'])} {t['a_to_b']}/{t['b_to_a']}" for t in found.topics)
        hanging(out, "about  ", Text(topics))
    for who, whom, said in ((a, b, found.said_a_to_b), (b, a, found.said_b_to_a)):
        if said:
            out.print(Text(f"{who} to {whom}, or of {whom}: the last words", style="bold"))
            quote_rows(out, said)
    if found.events:
        out.print(Text("The last events", style="bold"))
        event_rows(out, found.events)
    if found.others:
        apart = ((s, ways) for s, ways in found.statuses.items() if s != "asserted")
        counts = ", ".join(f"{s} {ways['a_to_b']}/{ways['b_to_a']}" for s, ways in apart)
        out.print(Text(f"Not counted above: {counts}", style="bold"))
        event_rows(out, found.others)


def _told(flow: Flow, unplaced: int) -> str:
    parts = [count(flow.events, "event"), f"{flow.cooperation} cooperation", f"{flow.conflict} conflict"]
    if flow.goldstein_mean is not None:
        parts.append(f"Goldstein {flow.goldstein_mean:+.2f} on average")
    if unplaced:
        parts.append(f"{unplaced} not known to a month")
    return ", ".join(parts)


def _bars(out: Console, months: Sequence[Month], heads: tuple[str, str]) -> None:
    """A line a month: a bar each way. Months in a row without reports, or without events, share a line."""
    width = max(2, (out.width - 9) // 2 - 12)
    most = max((f.events for m in months for f in (m.a_to_b, m.b_to_a) if f is not None), default=1)
    out.print(Text(f"{'':9}{heads[0][: width + 11]:<{width + 12}}{heads[1][: width + 11]}".rstrip(), style="dim"))
    for kind, group in itertools.groupby(months, _kind):
        run = list(group)
        if kind == "events":
            for m in run:
                line = Text(f"{m.month:<9}")
                for flow in (m.a_to_b, m.b_to_a):
                    line.append_text(_bar(flow, width, most) if flow is not None else Text())
                line.rstrip()
                out.print(line, no_wrap=True, overflow="ignore", crop=False)
        else:
            span = run[0].month if len(run) == 1 else f"{run[0].month} to {run[-1].month}"
            reports = count(sum(m.reports for m in run), "report")
            says = "no reports" if kind == "gap" else f"nothing between them in {reports}"
            hanging(out, "", Text(f"{span}  {says}", style="dim"), 0)


def _kind(month: Month) -> str:
    if month.a_to_b is None or month.b_to_a is None:
        return "gap"
    return "events" if month.a_to_b.events or month.b_to_a.events else "nothing"


def _bar(flow: Flow, width: int, most: int) -> Text:
    """12 columns of figures, ``width`` of bar."""
    if not flow.events:
        return Text(" " * (width + 12))
    mean = "" if flow.goldstein_mean is None else f"{flow.goldstein_mean:+.1f}"
    length = max(1, round(flow.events * (width - 1) / most))
    good = round(length * flow.cooperation / flow.events)
    out = Text(f"{flow.events:>4} {mean:>5}  ")
    out.append("+" * good, style="green")
    out.append("-" * (length - good), style="red")
    out.pad_right(width + 12 - len(out))
    return out


def messages(out: Console, found: Messages) -> None:
    """Messages by occasion and year, or years side by side."""
    by = f"{'sent by' if found.role == 'sender' else 'received by'} {plain(found.who.label)}"
    if not found.sent:
        hanging(out, "", Text(f"no message {by}", style="dim"), 0)
    elif found.years:
        for occasion, compared in itertools.groupby(found.people, lambda p: p.occasion):
            out.print(Text(f"{occasion}, {by}", style="bold"))
            _side_by_side(out, found.years, list(compared), [c for c in found.codes if c.occasion == occasion])
    else:
        for (occasion, year), rows in itertools.groupby(found.sent, lambda r: (r["occasion"], r["year"])):
            people = list(rows)
            out.print(Text(f"{occasion} {year or '(year not known)'}, {by}: {len(people)}", style="bold"))
            for row in people:
                told = "" if row["reports"] == 1 else f", told by {row['reports']:,} reports"
                hanging(out, "", Text.assemble(_name(row), (f"  {address(row)}{told}", "dim")))
    if found.apart:
        out.print(Text("Not counted: planned, denied or hypothetical", style="bold"))
        for row in found.apart:
            head = f"{row['status']}, {row['occasion']} {row['year'] or '(year not known)'}: "
            hanging(out, Text(head, style="magenta"), Text.assemble(_name(row), (f"  {address(row)}", "dim")))


def _name(row: Mapping[str, Any]) -> Text:
    return name_of(("former " if row["former"] else "") + plain(row["name"] or "—"), row["code"])


def _side_by_side(out: Console, years: Sequence[int], people: Sequence[Compared], codes: Sequence[Compared]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("", overflow="fold")
    for year in years:
        table.add_column(str(year), justify="right")
    table.add_column("", overflow="fold")
    for p in people:
        name = name_of(("former " if p.former else "") + plain(p.name or "—"), p.code)
        change = Text(p.change or "", style=CHANGES.get(p.change or "", ""))
        if p.change in ("new", "gone") and p.code_change == "stays":
            change.append(f" ({plain(p.code or '')} stays)", style="dim")
        table.add_row(name, *(str(p.counts[y] or "—") for y in years), change)
    out.print(Padding(table, (0, 0, 0, 2)))
    empty = [str(y) for y in years if not any(p.counts[y] for p in people)]
    if empty:
        hanging(
            out, "", Text(f"the record has none of {', '.join(empty)}: who is new or gone cannot be told", "yellow")
        )
    for which, says in (("new", "new codes"), ("gone", "codes no longer among them")):
        named = [c.code for c in codes if c.change == which and c.code]
        if named:
            hanging(out, "", Text(f"{says}: {', '.join(map(plain, named))}", style=CHANGES[which]))


def network(out: Console, found: Network, top: int) -> None:
    """The matrix of the codes with the most events: rows act, columns are acted on; then the strongest pairs."""
    if not found.edges:
        out.print(Text("no event between two known codes", style="dim"))
        return
    codes: list[str] = []
    label = 0
    for node in found.nodes[: max(0, top)]:
        wider = max(label, len(node.code))
        if wider + sum(max(5, len(c) + 1) for c in (*codes, node.code)) > out.width:
            break
        codes.append(node.code)
        label = wider
    cells = {(e.source, e.target): e for e in found.edges}
    if codes:
        out.print(Text(" " * label + "".join(f"{plain(c):>{max(5, len(c) + 1)}}" for c in codes), style="dim"))
    for source in codes:
        line = Text(f"{plain(source):<{label}}", style="dim")
        for target in codes:
            edge, wide = cells.get((source, target)), max(5, len(target) + 1)
            tone = "" if edge is None else _tone(edge.goldstein_mean)
            line.append(f"{'·' if edge is None else edge.events:>{wide}}", style=tone or "dim")
        out.print(line, no_wrap=True, overflow="ignore", crop=False)
    events = sum(e.events for e in found.edges)
    pairs = count(len(found.edges), "directed pair")
    said = f"{len(codes)} of {count(len(found.nodes), 'code')}; {count(events, 'asserted event')} in {pairs}"
    hanging(out, "", Text(said, style="dim"), 0)
    for e in sorted(found.edges, key=lambda e: (-e.events, e.source, e.target))[:STRONGEST]:
        mean = "" if e.goldstein_mean is None else f", Goldstein {e.goldstein_mean:+.2f} on average"
        cooperation = e.verbal_cooperation + e.material_cooperation
        figures = f"{e.events}: {cooperation} cooperation, {e.events - cooperation} conflict{mean}"
        hanging(out, Text(f"{plain(e.source)} → {plain(e.target)}  "), Text(figures, style=_tone(e.goldstein_mean)))


def _tone(mean: float | None) -> str:
    return "" if mean is None or mean == 0 else "green" if mean > 0 else "red"


def checked(out: Console, found: Checked) -> None:
    """A line for each thing that is wrong, then what was checked."""
    for finding in found.findings:
        out.print(Text(plain(str(finding)), style="red"), soft_wrap=True)
    for note in found.notes:
        hanging(out, "note: ", Text(plain(note), style="dim"), 0)
    if found.rows:
        rows = ", ".join(f"{n:,} {table}" for table, n in found.rows.items())
        hanging(out, "", Text(f"checked: {rows}", style="dim"), 0)
    wrong = count(len(found.findings), "thing") + " wrong" if found.findings else "nothing is wrong"
    out.print(Text(wrong, style="bold red" if found.findings else "bold green"))
