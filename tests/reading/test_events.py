"""Events over whole sentences: made-up cases, minimal pairs, sentences without any event, known failures."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from dragoman import Reader, Report
from dragoman.model import Reading, Reason, Segment, Span
from dragoman.reading.events.predicates import noun_lemma
from dragoman.reading.events.referents import points

CASES = Path(__file__).parent.parent / "cases" / "events"
Row = tuple[str, frozenset[str], frozenset[str], str]


def pile(name: str) -> list[tuple[str, str]]:
    return [tuple(c) for c in yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))]


def wanted(line: str) -> list[Row]:
    """ "AID TUR>UKR+MDA planned; ..." as rows."""
    out = []
    for piece in filter(None, (p.strip() for p in line.split(";"))):
        event_type, sides, *status = piece.split()
        source, target = (frozenset(s.split("+")) for s in sides.split(">"))
        out.append((event_type, source, target, status[0] if status else "asserted"))
    return out


def found(reading: Reading) -> list[tuple[Row, bool]]:
    """The reading's events as rows, each with whether it is mutual."""
    out = []
    for e in reading.events:
        source, target = (
            frozenset(str(reading.cast[p.actor].code) for p in s if p.actor) for s in (e.source, e.target)
        )
        out.append(((e.type, source, target, e.status), any("mutual" in r.saw for r in e.trail)))
    return out


def same(row: Row, other: Row, mutual: bool) -> bool:
    return row == other or (mutual and row == (other[0], other[2], other[1], other[3]))


def check(reader: Reader, text: str, line: str) -> None:
    rows, got = wanted(line), found(reader.read(Report(text=text, source="case")))
    assert not [r for r in rows if not any(same(r, g, m) for g, m in got)], f"missing; got {got}"
    assert not [g for g, m in got if not any(same(r, g, m) for r in rows)], "too many"


@pytest.mark.parametrize(("text", "line"), pile("made-up"))
def test_made_up(pattern_reader: Reader, text: str, line: str) -> None:
    check(pattern_reader, text, line)


@pytest.mark.parametrize(("text", "line"), pile("pairs"))
def test_minimal_pairs(pattern_reader: Reader, text: str, line: str) -> None:
    check(pattern_reader, text, line)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "line"), pile("known-failures"))
def test_known_failures(pattern_reader: Reader, text: str, line: str) -> None:
    check(pattern_reader, text, line)


@pytest.mark.parametrize("text", yaml.safe_load((CASES / "negative.yaml").read_text(encoding="utf-8")))
def test_no_event(pattern_reader: Reader, text: str) -> None:
    assert not pattern_reader.read(Report(text=text, source="case")).events


@pytest.mark.parametrize(("text", "place"), yaml.safe_load((CASES / "places.yaml").read_text(encoding="utf-8")))
def test_places(pattern_reader: Reader, text: str, place: str | None) -> None:
    event = pattern_reader.read(Report(text=text, source="case")).events[0]
    assert event.place == place
    why = ("places/", "code:places.") if place else ("code:events.where.where",)
    assert any(r.rule.startswith(why) for r in event.trail)


def test_places_of_a_name_in_two_states_stay_open(pattern_reader: Reader) -> None:
    """Tripoli is told apart by the state that the report names more often; named alike, neither is taken."""
    text = "Libya and Lebanon signed a treaty in Victoria."
    assert pattern_reader.read(Report(text=text, source="case")).events[0].place is None


CONTEXTS = yaml.safe_load((CASES / "contexts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "must", "never"), CONTEXTS)
def test_contexts(pattern_reader: Reader, text: str, must: list[str], never: list[str]) -> None:
    shown = set(pattern_reader.read(Report(text=text, source="case")).events[0].contexts)
    assert set(must) <= shown
    assert not shown & set(never)


ROUND = """Peru's President Sends New Year's Greetings

Peruvian President Dina Boluarte sent New Year's greetings to leaders, including French President Emmanuel Macron.

In a message to Indian Prime Minister Narendra Modi, Boluarte praised trade between the two countries.
"""


def test_a_round_of_messages_keeps_its_occasion(pattern_reader: Reader) -> None:
    reading = pattern_reader.read(
        Report(text=ROUND, source="case", published=dt.date(2023, 12, 29), published_from="case")
    )
    messages = [e for e in reading.events if e.occasion == "new-year"]
    targets = {reading.cast[p.actor].code for e in messages for p in e.target if p.actor}
    assert {"FRA", "IND"} <= targets
    assert all(len(e.target) == 1 and e.type == "SUPPORT" for e in messages)


TWICE = """Turkey Delivers Drones to Ukraine

Turkey has delivered drones to Ukraine. Turkey delivered the drones to Ukraine by sea.
"""


def test_one_deed_told_again_is_one_event(pattern_reader: Reader) -> None:
    events = pattern_reader.read(Report(text=TWICE, source="case")).events
    assert [e.type for e in events] == ["AID"]
    assert events[0].also
    assert events[0].evidence.of(TWICE) == "Turkey has delivered drones to Ukraine"


def test_what_a_speaker_vouches_for_names_the_quotation(pattern_reader: Reader) -> None:
    text = '"Russia attacked Moldova on Monday," Ukrainian President Volodymyr Zelensky said.'
    reading = pattern_reader.read(Report(text=text, source="case"))
    assert [e.said_in for e in reading.events if e.type == "ASSAULT"] == [reading.quotes[0].id]


def test_ids_follow_the_text(pattern_reader: Reader) -> None:
    text = "Israel bombed a depot in Syria. Canada imposed sanctions on Cuba."
    reading = pattern_reader.read(Report(text=text, source="case"))
    assert [e.id for e in reading.events] == [f"{reading.report.id}-e1", f"{reading.report.id}-e2"]
    assert [e.trigger.start for e in reading.events] == sorted(e.trigger.start for e in reading.events)


def test_evidence_covers_source_trigger_and_target(pattern_reader: Reader) -> None:
    for text, _ in pile("made-up")[:60]:
        for e in pattern_reader.read(Report(text=text, source="case")).events:
            assert e.evidence.contains(e.trigger)
            assert all(e.evidence.contains(p.span) for p in (*e.source, *e.target))
            assert e.quad == pattern_reader.knowledge.ontology.types[e.type].quad


THANKS = """Kenyan President William Ruto on Wednesday sent messages of thanks to leaders who had congratulated Kenya \
on its Jamhuri Day, including Cyril Ramaphosa of South Africa.

In a letter to Chinese President Xi Jinping, Ruto wrote that the railway pays.

Messages also went to Pope Francis and several former leaders, among them Jakaya Kikwete of Tanzania, Olusegun \
Obasanjo of Nigeria and Angela Merkel of Germany.
"""


def test_every_recipient_of_a_round_up_is_there_once(pattern_reader: Reader) -> None:
    reading = pattern_reader.read(
        Report(text=THANKS, source="case", published=dt.date(2023, 12, 13), published_from="case")
    )
    messages = [e for e in reading.events if reading.cast[e.source[0].actor or ""].code == "KEN"]
    names = [reading.cast[p.actor or ""].name for e in messages for p in e.target]
    assert names == ["Cyril Ramaphosa", "Xi Jinping", "Francis", "Jakaya Kikwete", "Olusegun Obasanjo", "Angela Merkel"]
    assert {e.occasion for e in messages} == {"national-day"}
    assert {str(e.when.interval) for e in messages if e.when} == {"2023-12-13"}


SORROW = """On Monday, Tunisian President Kais Saied received a message of condolence from Japanese Prime \
Minister Fumio Kishida.

French President Emmanuel Macron wrote to Saied that he was shocked.
"""


def test_many_write_to_one_who_mourns(pattern_reader: Reader) -> None:
    reading = pattern_reader.read(Report(text=SORROW, source="case"))
    rows = [(reading.cast[e.source[0].actor or ""].code, e.occasion) for e in reading.events]
    assert rows == [("JPN", "condolence"), ("FRA", "condolence")]


NEWS = """Kenya summoned the ambassador of Uganda on Tuesday.

Tanzania praised Kenya. Kenya had accused Uganda of spying. Rwanda has delivered tents to Uganda.
"""


def test_news_is_of_the_day_of_the_lead_and_background_stays_open(pattern_reader: Reader) -> None:
    reading = pattern_reader.read(
        Report(text=NEWS, source="case", published=dt.date(2024, 5, 15), published_from="case")
    )
    days = {e.type: str(e.when.interval) for e in reading.events if e.when}
    assert days["SUPPORT"] == "2024-05-14"
    assert days["ACCUSE"] == days["AID"] == "../2024-05-15"


def test_what_a_reader_is_told_of_a_pointing_word(pattern_reader: Reader) -> None:
    text = "Peruvian troops attacked a village in Bolivia on Monday. Brazil condemned the attack."
    reading = pattern_reader.read(Report(text=text, source="case"))
    accuse = next(e for e in reading.events if e.type == "ACCUSE")
    assert any(r.rule == "code:events.referents.referent" for r in accuse.trail)
    assert accuse.evidence.of(text) == "Brazil condemned the attack"


DATA = Path(__file__).parents[2] / "src" / "dragoman" / "data" / "events"


@pytest.mark.parametrize(
    "entry", yaml.safe_load((DATA / "references.yaml").read_text(encoding="utf-8")), ids=lambda e: e["id"]
)
def test_pointing_nouns(pattern_reader: Reader, entry: dict[str, list[str]]) -> None:
    def pointing(text: str) -> bool:
        parsed = pattern_reader.parse(
            Report(text=text, source="case"), (Segment(Span(0, len(text)), "body", Reason("", "")),)
        )
        nouns = [t for t in parsed.passages[0].doc if t.pos_ in ("NOUN", "PROPN")]
        return any(noun_lemma(t) in entry["nouns"] and points(t) for t in nouns)

    assert all(map(pointing, entry["examples"]))
    assert not any(map(pointing, entry["counter"]))


@pytest.mark.parametrize(
    "entry", yaml.safe_load((DATA / "occasions.yaml").read_text(encoding="utf-8")), ids=lambda e: e["id"]
)
def test_cues_of_occasions(entry: dict[str, list[str]]) -> None:
    def shown(text: str) -> bool:
        return any(cue in text.lower() for cue in entry["cues"])

    assert all(map(shown, entry["examples"]))
    assert not any(map(shown, entry["counter"]))


def test_the_model_adds_few_events_where_there_are_none(nlp_reader: Reader) -> None:
    """Of sentences without an event, fewer than three of a hundred get one when the relation model is asked too."""
    pile = yaml.safe_load((CASES / "negative.yaml").read_text(encoding="utf-8"))
    told = [text for text in pile if nlp_reader.read(Report(text=text, source="case")).events]
    assert len(told) < 0.03 * len(pile), told


def test_the_model_tells_what_no_pattern_knows(nlp_reader: Reader, pattern_reader: Reader) -> None:
    """A deed in words that stand in no pattern is told, with the model's figure in its trail."""
    report = Report(text="Norway showered Malawi with tents, blankets and medicine after the floods.", source="case")
    assert not pattern_reader.read(report).events
    (event,) = nlp_reader.read(report).events
    assert event.type == "AID"
    assert event.trigger.of(report.text) == "showered"
    assert event.trail[0].rule == "code:events.judged.judged_deeds"
    assert event.trail[0].figure == event.confidence
