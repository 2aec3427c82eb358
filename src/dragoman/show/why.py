"""Why: the trail of a row, the pieces of a page, the rows of the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from dragoman.explain import Rulebook, steps
from dragoman.knowledge.actors import Country, Group, Office, Organization
from dragoman.model import READ_KINDS, Report, Segment
from dragoman.show.report import actor_name, event_row, header, quote_row
from dragoman.show.words import Console, Object, clip, count, days, hanging, plain, quoted, rows, short, words


def explain(out: Console, obj: Object, text: str, ident: str, rules: Rulebook) -> bool:
    """The trail of one row of a report in sentences, and its words where they stand. False: no such row."""
    names = {a["id"]: a for a in obj["actors"]}
    spans: list[Object] = []
    row, kind = _find(obj, ident)
    if row is None:
        return False
    header(out, obj, text)
    out.print()
    trail: Sequence[Object] = row.get("trail", [])
    if kind == "events":
        rows(out, ("source", "type", "target", "day"), [event_row(row, text, names)])
        spans = [row["evidence"]]
    elif kind == "quotes":
        rows(out, ("speaker", "kind", "addressee", "day"), [quote_row(row, text, names)])
        spans = row["content"]
    elif kind == "flags":
        out.print(Text.assemble((f"  {ident}  ", "dim"), plain(row["message"])))
        spans = [row]
    elif kind == "actors":
        role = ", ".join(plain(row[k]) for k in ("role", "sector", "wikidata") if row[k])
        out.print(Text.assemble((f"  {ident}  ", "dim"), actor_name(row), f"  {role}"))
        mentions = [f"{quoted(words(text, m))} ({m['how']})" for m in row["mentions"]]
        hanging(out, "", Text("named by: " + ", ".join(mentions), style="dim"))
        told = {(r["rule"], r["saw"]): r for r in (*trail, *(m["because"] for m in row["mentions"]))}
        trail = list(told.values())  # each once, however often the actor is named
    else:
        out.print(Text(f"  when it was written: {days(row['window'])}"))
        trail = row["basis"]
    if spans:
        out.print()
        _in_place(out, obj, text, spans)
    _trail(out, trail, rules)
    return True


def _find(obj: Object, ident: str) -> tuple[Any, str]:
    if ident == "dated":
        return obj["dated"], "dated"
    if ident[:1] == "f" and ident[1:].isdigit() and 0 < int(ident[1:]) <= len(obj["flags"]):
        return obj["flags"][int(ident[1:]) - 1], "flags"
    for kind in ("events", "quotes", "actors"):
        for row in obj[kind]:
            if short(row["id"]) == ident:
                return row, kind
    return None, ""


def _trail(out: Console, trail: Sequence[Object], rules: Rulebook) -> None:
    out.print()
    out.print(Text("  Why", style="bold"))
    if not trail:
        out.print(Text("  no reason was noted", style="dim"))
    for step in steps(trail, rules):
        saw, rule = step.sentences()
        number, _, words_ = plain(saw).partition(" ")
        hanging(out, f"{number:<3}", Text(words_))
        hanging(out, "   ", Text(clip(plain(rule), 240), style="dim"))


def _in_place(out: Console, obj: Object, text: str, spans: Sequence[Mapping[str, Any]]) -> None:
    """The pieces of the report that hold the spans, with the words of the spans marked by ⟦ ⟧."""
    for segment in obj["segments"]:
        inside = [s for s in spans if s["start"] < segment["end"] and segment["start"] < s["end"]]
        if not inside:
            continue
        shown, at = Text(), segment["start"]
        for span in sorted(inside, key=lambda s: s["start"]):
            start, end = max(at, span["start"]), min(span["end"], segment["end"])
            shown.append(_inline(text[at:start]))
            shown.append("⟦" + _inline(text[start:end]) + "⟧", style="bold")
            at = end
        shown.append(_inline(text[at : segment["end"]]))
        hanging(out, "", shown)


def _inline(text: str) -> str:
    """As plain(), but blanks at the ends stay: the words go on."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return before + plain(text) + after


def segments(out: Console, report: Report, pieces: Sequence[Segment], rules: Rulebook) -> None:
    """A page piece by piece: + is read, - is left out; under each that is not plain body, why."""
    out.print(Text(f"{plain(report.source)} · {report.id}", style="bold underline"))
    for piece in pieces:
        read = piece.kind in READ_KINDS
        mark = Text.assemble(("+ " if read else "- "), (f"{piece.kind:<10}", "green" if read else "red"))
        said = clip(plain(piece.span.of(report.text)), 3 * out.width)
        hanging(out, mark, Text(said, style="default" if read else "dim"), 0)
        if piece.kind != "body":
            rule = rules.find(piece.because.rule)
            where = "" if rule is None else f" at {rule.place}"
            why = f"because: {piece.because.saw} [{piece.because.rule}{where}]"
            hanging(out, "", Text(plain(why), style="dim italic"), 12)
    gone = [p for p in pieces if p.kind not in READ_KINDS]
    out.print(
        f"{count(len(pieces) - len(gone), 'piece')} read, {count(len(gone), 'piece')} left out "
        f"({count(sum(len(p.span) for p in gone), 'character')})"
    )
    out.print()


def actor_rows(out: Console, found: Sequence[Country | Organization | Group | Office], rules: Rulebook) -> None:
    """Rows of the actor tables, each with where it stands and where it is from."""
    for row in found:
        if isinstance(row, Office):
            end = "" if row.end_known else " (end not known)"
            line = f"{row.person}: {row.title}, {row.code}, {row.held}{end}"
        else:
            line = f"{row.name} ({row.code})"
        out.print(Text(plain(line), style="bold"))
        rule = rules.find(row.row)
        if rule is not None:
            hanging(out, "", Text(f"{rule.place}  {plain(rule.words)}", style="dim"))
