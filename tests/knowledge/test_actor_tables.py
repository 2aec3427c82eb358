"""The shipped actor tables: complete, one name one actor, and right on a sample of well-known facts."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.knowledge import DATA
from dragoman.knowledge.tables import split
from dragoman.model import Interval

CASES = Path(__file__).parent.parent / "cases" / "actor_tables"
FACTS: list[dict[str, str]] = yaml.safe_load((CASES / "facts.yaml").read_text("utf-8"))
WORDS: dict[str, Any] = yaml.safe_load((CASES / "words.yaml").read_text("utf-8"))
# PLOVER's sectors, as the event tables use them, and UNK for words of honour.
SECTORS = {
    "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "EUR", "GOV", "IGO", "JRN", "JUD", "LAB", "LEG", "MED", "MIL",
    "MNC", "NGO", "OPP", "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF", "UNK", "UNO",
}  # fmt: skip


def table(name: str) -> list[dict[str, str]]:
    with (DATA / "actors" / f"{name}.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


COUNTRIES, ORGANIZATIONS, GROUPS = table("countries"), table("organizations"), table("groups")
TITLES, MODIFIERS, NOUNS = table("titles"), table("title_modifiers"), table("nouns")
CODES = {r["code"] for r in COUNTRIES}
IDS = CODES | {r["id"] for r in ORGANIZATIONS} | {r["code"] for r in GROUPS}


def plain(entry: str) -> str:
    return entry.partition("=")[0]


def test_all_members_of_the_united_nations_are_whole() -> None:
    members = [r for r in COUNTRIES if r["status"] == "un-member"]
    assert len(members) == 193
    wanting = [r["code"] for r in members for c in ("adjectives", "demonyms", "iso2", "cow", "wikidata") if not r[c]]
    assert wanting == []
    assert [r["code"] for r in members if not r["capitals"] and r["code"] != "VAT"] == []


def test_observers_and_contested_territories_are_there() -> None:
    assert {"VAT", "PSE"} == {r["code"] for r in COUNTRIES if r["status"] == "observer"}
    contested = {r["code"] for r in COUNTRIES if r["status"] == "contested"}
    assert {"TWN", "KOS", "ESH", "ABK", "OST", "NCY", "TRN", "SML", "ART"} <= contested
    assert {"SUN", "YUG", "CSK", "DDR", "YMD", "SCG"} <= {r["code"] for r in COUNTRIES if r["status"] == "historical"}


def test_sizes() -> None:
    assert sum(r["sector"] in ("IGO", "UNO", "EUR") for r in ORGANIZATIONS) >= 200
    assert sum(r["sector"] == "MNC" for r in ORGANIZATIONS) >= 60
    assert len(GROUPS) >= 300
    assert len(NOUNS) >= 250


def test_ids_are_unique_and_no_body_has_the_code_of_a_state() -> None:
    ids = [r["code"] for r in COUNTRIES] + [r["id"] for r in ORGANIZATIONS] + [r["code"] for r in GROUPS]
    assert sorted(i for i in set(ids) if ids.count(i) > 1) == []
    named = CODES - {"VAT"}
    assert [r["id"] for r in ORGANIZATIONS if r["code"] in named] == []
    assert [i for i in ids if not re.fullmatch(r"[A-Z0-9_]+", i)] == []


def test_codes_of_organs_lead_to_a_row() -> None:
    codes = {r["id"] for r in ORGANIZATIONS} | CODES
    assert [r["id"] for r in ORGANIZATIONS if r["code"] not in codes] == []


def test_countries_named_anywhere_exist() -> None:
    wrong = [
        (r["id"], c) for r in ORGANIZATIONS for c in (*split(r["members"]), *split(r["country"])) if c not in CODES
    ]
    wrong += [(r["code"], c) for r in GROUPS for c in split(r["countries"]) if c not in CODES]
    wrong += [(r["code"], g) for r in GROUPS for g in split(r["governs"]) if g.partition(":")[0] not in CODES]
    wrong += [(r["title"], c) for r in TITLES for c in split(r["countries"]) if c not in CODES | {"EUR"}]
    assert wrong == []


def test_days_are_days() -> None:
    for r in (*COUNTRIES, *ORGANIZATIONS, *GROUPS):
        for day in (r["start"], r["end"]):
            assert not day or Interval.parse(day)
        if r["start"] and r["end"]:
            assert r["start"] <= r["end"], r["name"]
    for r in GROUPS:
        for rule in split(r["governs"]):
            assert Interval.parse(rule.partition(":")[2])


def test_sectors_are_sectors_and_sources_named() -> None:
    rows = (*ORGANIZATIONS, *GROUPS, *TITLES, *NOUNS)
    assert {r["sector"] for r in rows} <= SECTORS
    assert {e.partition("=")[2] for r in COUNTRIES for e in split(r["metonyms"])} <= SECTORS | {""}
    assert [r for r in (*COUNTRIES, *rows, *MODIFIERS) if not r["source"]] == []


def test_a_name_of_two_actors_is_marked() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    marked = {plain(e) for r in (*COUNTRIES, *ORGANIZATIONS, *GROUPS) for e in split(r["ambiguous"])}
    for r in COUNTRIES:
        for c in ("names", "adjectives", "demonyms", "metonyms", "regions"):
            for name in (r["name"], *split(r[c])):
                owners[plain(name)].add(r["code"])
    for r in ORGANIZATIONS:
        for name in (r["name"], *split(r["aliases"])):
            owners[name].add(r["id"])
    for r in GROUPS:
        for name in (r["name"], *split(r["aliases"])):
            owners[name].add(r["code"])
    assert {n: sorted(o) for n, o in owners.items() if len(o) > 1 and n not in marked} == {}


def test_what_else_a_name_can_mean_is_known() -> None:
    known = IDS | {"person", "word", "people", "org"}
    wrong = []
    for r in (*COUNTRIES, *ORGANIZATIONS, *GROUPS):
        for entry in split(r["ambiguous"]):
            for other in entry.partition("=")[2].split("/"):
                place = other.startswith("place:") and other[6:] in CODES
                if other not in known and not place:
                    wrong.append((r["name"], entry))
    assert wrong == []


@pytest.mark.parametrize("name", ["Georgia", "Jordan", "Guinea", "Congo", "Korea", "China", "Chad", "Turkey", "Niger",
                                  "Dominica", "Washington", "Macedonia", "Ireland", "Micronesia", "Samoa", "Sudan",
                                  "Virgin Islands", "Mali", "Israel", "Brussels", "The Hague"])  # fmt: skip
def test_names_that_mislead_are_marked(name: str) -> None:
    assert any(plain(e) == name for r in COUNTRIES for e in split(r["ambiguous"]))


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f['kind']}-{f['name']}")
def test_known_facts(fact: dict[str, str]) -> None:
    kind, name = fact["kind"], fact["name"]
    if kind == "organization":
        rows = [r for r in ORGANIZATIONS if name in (r["name"], *split(r["aliases"]))]
    elif kind == "group":
        rows = [r for r in GROUPS if name in (r["name"], *split(r["aliases"]))]
    elif kind == "country":
        rows = [r for r in COUNTRIES if name in (r["name"], *split(r["names"]))]
    else:
        rows = [r for r in COUNTRIES if name in map(plain, split(r[f"{kind}s"]))]
    assert fact["code"] in {r["code"] for r in rows}
    if "sector" in fact:
        row = next(r for r in rows if r["code"] == fact["code"])
        if kind == "metonym":
            assert next(e for e in split(row["metonyms"]) if plain(e) == name).partition("=")[2] in (
                fact["sector"], "" if fact["sector"] == "GOV" else fact["sector"],
            )  # fmt: skip
        else:
            assert row["sector"] == fact["sector"]


@pytest.mark.parametrize("case", WORDS["titles"], ids=lambda c: f"{c['title']}-{c.get('country', '')}")
def test_titles(case: dict[str, str]) -> None:
    rows = [r for r in TITLES if r["title"] == case["title"]]
    own = [r for r in rows if case.get("country", "-") in split(r["countries"])]
    assert case["office"] in {r["office"] for r in own or [r for r in rows if not r["countries"]]}


def test_modifiers() -> None:
    assert len({r["modifier"] for r in MODIFIERS}) == len(MODIFIERS), "one row a word"
    effects = {(r["modifier"], r["effect"]) for r in MODIFIERS}
    assert [(w, e) for e, words in WORDS["modifiers"].items() for w in words if (w, e) not in effects] == []


def test_nouns() -> None:
    sector = {r["noun"]: r["sector"] for r in NOUNS}
    assert len(sector) == len(NOUNS), "one row a noun"
    assert [(w, s) for s, words in WORDS["nouns"].items() for w in words if sector.get(w) != s] == []
    assert {r["kind"] for r in NOUNS} == {"person", "people", "body", "thing"}


def test_titles_are_lower_case_and_single() -> None:
    keys = [(r["title"], r["countries"], r["office"], r["kind"]) for r in TITLES]
    assert len(keys) == len(set(keys))
    assert [r["title"] for r in TITLES if r["title"] != r["title"].lower()] == []
    assert {r["kind"] for r in TITLES} == {"title", "role", "style"}


def test_taliban_and_hts_governed_when_they_did() -> None:
    governs = {r["code"]: split(r["governs"]) for r in GROUPS}
    assert "AFG:2021-08-15/.." in governs["TALIBAN"]
    assert governs["HTS"] == ("SYR:2024-12-08/2025-01-29",)


@pytest.mark.parametrize(
    ("body", "count", "member", "stranger"),
    [
        ("EUR", 27, "HRV", "GBR"),
        ("NATO", 32, "SWE", "UKR"),
        ("AU", 55, "ESH", "ISR"),
        ("ASEAN", 11, "TLS", "PNG"),
        ("ARL", 22, "PSE", "IRN"),
        ("GCC", 6, "OMN", "YEM"),
        ("OPEC", 12, "GAB", "QAT"),
        ("BRICS", 10, "IDN", "ARG"),
        ("G7", 7, "JPN", "RUS"),
        ("SCO", 10, "BLR", "TUR"),
        ("CSTO", 6, "ARM", "AZE"),
        ("ECOWAS", 12, "GHA", "MLI"),
        ("ICC", 125, "UKR", "USA"),
        ("OIC", 57, "PSE", "IND"),
        ("COE", 46, "UKR", "RUS"),
        ("OSCE", 57, "VAT", "CHN"),
        ("UNO", 193, "SSD", "TWN"),
    ],
)
def test_members(body: str, count: int, member: str, stranger: str) -> None:
    members = split(next(r for r in ORGANIZATIONS if r["id"] == body)["members"])
    assert len(members) == count
    assert member in members
    assert stranger not in members


def test_no_title_begins_with_the_name_of_a_body() -> None:
    """ "NATO chief" is NATO and "chief": a title that held the body's name would hide the body."""
    names = {
        n.casefold() for r in ORGANIZATIONS for n in (r["name"], *split(r["aliases"])) if r["sector"] in ("IGO", "UNO")
    }
    names |= {n.casefold() for r in GROUPS for n in (r["name"], *split(r["aliases"]))}
    titles = {r["title"] for r in TITLES if r["office"] != "un_permanent_representative"}  # "the US UN ambassador"
    allowed = ("general assembly ", "security council ", "economic and social council ")
    heads = [(t, " ".join(t.split()[:n])) for t in titles for n in range(1, len(t.split()))]
    assert sorted(t for t, head in heads if head in names and not t.startswith(allowed)) == []
