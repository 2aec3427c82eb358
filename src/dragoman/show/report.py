"""One report: its tables, or its one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from dragoman.show.words import Console, Object, clip, count, days, hanging, plain, quoted, rows, short, words

UNDATED = ("", "..", "../..")


def report(out: Console, obj: Object, text: str, *, note: str = "") -> None:
    """One report in full: header, events, quotations, flags, what was left out."""
    header(out, obj, text, note)
    names = {a["id"]: a for a in obj["actors"]}
    if obj["events"]:
        out.print(Text("  Events", style="bold"))
        rows(out, ("source", "type", "target", "day"), [event_row(e, text, names) for e in obj["events"]])
    if obj["quotes"]:
        out.print(Text("  Quotations", style="bold"))
        rows(out, ("speaker", "kind", "addressee", "day"), [quote_row(q, text, names) for q in obj["quotes"]])
    if not obj["events"] and not obj["quotes"]:
        out.print(Text("  no event and no quotation found", style="dim"))
    for n, flag in enumerate(obj["flags"], 1):
        hanging(out, Text(f"f{n} ! ", style="bold yellow"), Text(plain(flag["message"]), style="yellow"))
    left = left_out(obj)
    if left:
        hanging(out, "", Text(left, style="dim"))
    out.print()


def header(out: Console, obj: Object, text: str, note: str = "") -> None:
    """Title, day and where the day is from, source, id."""
    out.print(Text(title_of(obj, text, out.width), style="bold underline"))
    parts = [day_of(obj), plain(obj["source"]), obj["id"], *([note] if note else [])]
    hanging(out, "", Text(" · ".join(parts), style="dim"))


def title_of(obj: Object, text: str, width: int) -> str:
    """The title, else the headline, else the first words."""
    if obj["title"]:
        return clip(plain(obj["title"]), width)
    for kind in ("headline", "body"):
        for segment in obj["segments"]:
            if segment["kind"] == kind:
                return clip(words(text, segment), width)
    return clip(plain(text[:400]), width) or "(no text)"


def day_of(obj: Object) -> str:
    """The day or window of the report, and what it stands on, in a few words."""
    window = obj["dated"]["window"]
    if window in UNDATED:
        return "undated"
    basis = "; ".join(plain(b["saw"]) for b in obj["dated"]["basis"])
    return f"{days(window)} ({clip(basis, 90)})" if basis else days(window)


def party(side: Sequence[Object], names: Mapping[str, Object], text: str) -> Text:
    """One side: "Vladimir Putin (RUS)", several joined by commas; the words alone where nobody is known."""
    shown: list[Text] = []
    for one in side:
        actor = names.get(one["actor"]) if one["actor"] else None
        shown.append(name_of(words(text, one), None) if actor is None else actor_name(actor))
    return Text(", ").join(shown) if shown else Text("—", style="dim")


def actor_name(actor: Object) -> Text:
    """An actor by name and code."""
    return name_of(("former " if actor.get("former") else "") + plain(actor["name"]), actor["code"])


def name_of(name: str, code: str | None) -> Text:
    """ "Vladimir Putin (RUS)"."""
    out = Text(name)
    if code and code != name:
        out.append(f" ({plain(code)})", style="cyan")
    return out


def kind_of(event: Object) -> Text:
    """The type and mode, and the status when it is not simply asserted."""
    out = Text(event["type"], style="red" if "conflict" in event["quad"] else "green")
    if event["mode"]:
        out.append(f" {plain(event['mode'])}", style="default")
    if event["occasion"]:
        out.append(f" {plain(event['occasion'])}", style="default")
    if event["status"] != "asserted":
        out.append(f" [{event['status']}]", style="magenta")
    return out


def event_row(event: Object, text: str, names: Mapping[str, Object]) -> tuple[str, Text, Text, Text, str, str]:
    """An event of the contract as a row to print."""
    sides = (party(event["source"], names, text), kind_of(event), party(event["target"], names, text))
    return (short(event["id"]), *sides, days(event["date"]), quoted(words(text, event["evidence"])))


def quote_row(quote: Object, text: str, names: Mapping[str, Object]) -> tuple[str, Text, Text, Text, str, str]:
    """A quotation of the contract as a row to print."""
    speaker = party([quote["speaker"]] if quote["speaker"] else [], names, text)
    said = " … ".join(words(text, s) for s in quote["content"])
    kind = Text(quote["kind"], style="dim")
    return (
        short(quote["id"]),
        speaker,
        kind,
        party(quote["addressees"], names, text),
        days(quote["date"]),
        quoted(said),
    )


def brief(out: Console, obj: Object, text: str) -> None:
    """One report on one line: id, about when, events, quotations, flags, title."""
    counts = [count(len(obj[k]), noun) for k, noun in (("events", "event"), ("quotes", "quotation"))]
    flags = f"{len(obj['flags'])} !" if obj["flags"] else ""
    head = f"{obj['id'][:8]}  {about(obj['dated']['window']):<10}  {counts[0]:>10} {counts[1]:>13} {flags:>4}  "
    title = title_of(obj, text, max(20, out.width - len(head)))
    out.print(Text(head + title), no_wrap=True, overflow="ellipsis")


def about(window: str) -> str:
    """A report's window in ten characters: its day, else the years it lies between."""
    first, slash, last = window.partition("/")
    if not slash:
        return window or "undated"
    years = [part[:4] for part in (first, last) if part not in ("", "..")]
    if not years:
        return "undated"
    if len(years) == 1:
        return f"{'by' if first in ('', '..') else 'from'} {years[0]}"
    return years[0] if years[0] == years[1] else f"{years[0]}-{years[1]}"


def left_out(obj: Object) -> str:
    """What of the page was not read: "left out: 4 pieces, 1,234 characters: appeals, caption"."""
    pieces = [s for s in obj["segments"] if s["kind"] in ("caption", "credit", "furniture")]
    if not pieces:
        return ""
    kinds = sorted({sort_of(s["kind"], s["because"]["rule"]) for s in pieces})
    characters = sum(s["end"] - s["start"] for s in pieces)
    return f"left out: {count(len(pieces), 'piece')}, {count(characters, 'character')}: {', '.join(kinds)}"


def sort_of(kind: str, rule: str) -> str:
    """What sort of furniture: the file of the rule that knew it, else the segment's kind."""
    area, _, rest = rule.partition("/")
    return rest.split("/")[0].replace("_", " ") if area == "furniture" and rest else kind
