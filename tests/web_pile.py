"""The record that the tests of the pages know by heart; one report in it is by somebody who means ill."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dragoman.model import Flag, Reading, Reason, Segment, Span
from dragoman.record import Record
from hand_made import Deed, Said, told

ADA, BO, EVE = "Ada Norr/NOR", "Bo Dansk/DNK", "Eve Finn/FIN"
HARM = {"quad": "material conflict", "type": "ASSAULT", "goldstein": -9.0}
BLAME = {"quad": "verbal conflict", "type": "ACCUSE", "goldstein": -2.0}
AID = {"quad": "material cooperation", "type": "AID", "goldstein": 7.0}

# What a report may try: tags, handlers, a way out of an attribute, a template's braces, characters that turn words.
EVIL = (
    "<script>hacked=1</script>",
    "<img src=x onerror=hacked=2>",
    "<svg/onload=hacked=3>",
    "\"'><b onclick=hacked=4>click</b>",
    "{{ 7 * 7 }}{% raw %}",
    "</section></main><iframe src=javascript:hacked=5>",
    "\u202egnp.exe\u202c\u2066\u200fright",
    '=HYPERLINK("http://bad.example","sum")',
)


def evil() -> Reading:
    """A report all of whose words are meant to do harm."""
    name = f"{EVIL[1]} {EVIL[3]}/NOR"
    made = told(
        Deed(name, BO, "2022-04-01", **HARM),
        *(Said(ADA, words, to=BO, day="2022-04-01") for words in EVIL),
        written="2022-04-02",
        extra=" ".join(EVIL),
    )
    report = replace(
        made.report, title=" ".join(EVIL), source=EVIL[0] + EVIL[6], publisher=EVIL[3], author=EVIL[2],
        url="javascript:alert(document.domain)//http://good.example/",
    )  # fmt: skip
    start = report.text.index("<svg")
    span = Span(start, start + 8)
    flag = Flag("office", span, EVIL[0], EVIL[2], " ".join(EVIL), (Reason("code:no.such", EVIL[0], span),))
    return replace(made, report=report, flags=(flag,))


def furnished() -> Reading:
    """A report with a menu, read as a page would be."""
    made = told(Deed(BO, ADA, "2022-03-05", 3.4), written="2022-03-06", extra="Subscribe now.")
    cut = made.report.text.index("Subscribe")
    end = made.report.text.index("now.") + 4
    why = Reason("furniture/appeals/donate", "an appeal")
    pieces = (
        Segment(Span(0, cut), "body", why), Segment(Span(cut, end), "furniture", why),
        Segment(Span(end, len(made.report.text)), "body", why),
    )  # fmt: skip
    return replace(made, segments=pieces, report=replace(made.report, url="https://good.example/news?a=1&b=2"))


READINGS = (
    told(
        Deed(ADA, BO, "2022-01-03", 3.0, contexts=("economic",)), Deed(BO, ADA, "2022-01-11", **BLAME),
        Deed(ADA, BO, "2022-01-03", **AID), Said(ADA, "we trust Bo Dansk", day="2022-01-03"),
        Said(BO, "thanks", to=ADA, day="2022-01-11"), written="2022-01-12",
    ),
    told(Deed(ADA, BO, "2022-03", 1.0), Deed(BO, ADA, "2022-03-02", **HARM), written="2022-03-04"),
    told(
        Deed(ADA, EVE, "2022-01-01", occasion="new-year"), Deed(ADA, BO, "2021-12-30", occasion="new-year"),
        Deed(ADA, BO, "2022-04-01", 4.0, status="planned"), written="2022-01-02",
    ),
    furnished(),
    evil(),
    *(told(Deed(ADA, EVE, f"2022-05-{d:02d}"), written=f"2022-05-{d:02d}", extra=f"no {d}") for d in range(1, 29)),
)  # fmt: skip


def report_of(folder: Path, words: str) -> str:
    """The id of the report that has these words."""
    rows = Record(folder).sql("SELECT report FROM articles WHERE contains(text, $words)", words=words)
    assert len(rows) == 1
    return str(rows[0]["report"])
