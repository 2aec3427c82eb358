"""A newsroom's feed, made up: reports of many kinds out of templates, as many as wanted, no two alike.

One in three is of states and what they do to each other, as on a general wire; the others are of courts, markets,
sport, weather, culture and towns. Names of persons and places are put together from syllables: a feed never stops
bringing new ones.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from dragoman import Report

STATES = ("Peru", "Chile", "Kenya", "Ghana", "Poland", "Norway", "Thailand", "Vietnam", "Morocco", "Algeria", "Georgia",
          "Armenia", "Mexico", "Canada", "Nepal", "Bangladesh", "Qatar", "Oman", "Fiji", "Samoa")  # fmt: skip
ONSETS, VOWELS, ENDS = (
    ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "dr", "kr", "st", "tr"],
    ["a", "e", "i", "o", "u", "ai", "ou"],
    ["n", "r", "s", "l", "k"],
)

# {a}, {b}: states; {p}, {q}, {r}: persons; {t}, {u}: towns; {n}, {m}: numbers; {w}: a day of the week.
STATE = (
    "{t} - The foreign minister of {a}, {p}, arrived in {b} on {w} for talks on fishing rights. He stays two days.",
    "{a} accused {b} on {w} of sending boats into its waters. “We will not accept this,” Foreign Minister {p} said.",
    "{b} rejected the charge. Its ambassador was told to return home, the ministry in {t} said in a statement.",
    "{a} and {b} signed an agreement on trade in {t}. It lowers duties on {n} kinds of goods from next year.",
    "Police in {a} arrested {n} people after a march against fuel prices in {u}, a spokesman told reporters on {w}.",
    "The president of {a}, {p}, thanked {b} for {n} tonnes of wheat after the floods, his office said.",
    "“Our two countries have long been friends,” {q} told his counterpart by telephone, according to a readout.",
    "The United Nations called on {a} and {b} to return to talks. Some {n} families have left the border district.",
)
COURT = (
    "A jury in {t} found {p}, {m}, guilty of stealing {n} bicycles. Judge {q} will pass sentence on {w}.",
    "“My client maintains her innocence,” lawyer {r} told the court. An appeal is planned.",
    "The council of {u} voted {m} to 4 to keep the old market hall. Renovation is to cost {n},000.",
)
MARKET = (
    "Shares of {p} & Sons rose {m} per cent after the firm said profit had reached {n} million in the quarter.",
    "Analysts had expected less. “Demand for ovens is holding up,” said {q}, who follows the company at {r} Capital.",
    "The firm will close its works in {t} by June, and open another near {u}. About {n} jobs move with it.",
)
SPORT = (
    "{p} scored twice as {t} United beat {u} Rovers 3-1 on {w} to go {m} points clear at the top of the table.",
    "Coach {q} praised his defence. “We gave them nothing after the break,” he said.",
    "{r} pulled a muscle after {m} minutes and is out for three weeks. The crowd of {n} had hoped for more.",
)
WEATHER = (
    "Rain will reach {t} by {w} evening, the weather office said. Up to {m} millimetres are expected in the hills.",
    "Drivers should allow more time on the road to {u}, where fog has been thick since the morning.",
    "It was the warmest start to the month for {n} years, said forecaster {p}. A cooler week is to follow.",
)
CULTURE = (
    "The museum in {t} shows {n} photographs by {p}, most of them for the first time, until the end of March.",
    "{q} spent {m} years on the novel, which tells of two sisters who run a bakery. Readers will want a second volume.",
    "The orchestra opens its season with {r}'s third symphony. Tickets are sold at the town hall of {u}.",
)
KINDS = (STATE, STATE, STATE, COURT, MARKET, SPORT, SPORT, WEATHER, CULTURE)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def feed(count: int, seed: int = 1) -> Iterator[Report]:
    """So many reports, the same for the same seed; about 130 words each."""
    chance = random.Random(seed)
    for number in range(count):
        kind = chance.choice(KINDS)
        lines = [chance.choice(kind) for _ in range(chance.randint(4, 9))]
        a, b = chance.sample(STATES, 2)
        names = {k: f"{name(chance)} {name(chance)}" for k in "pqr"} | {k: name(chance) for k in "tu"}
        text = "\n\n".join(
            line.format(a=a, b=b, n=chance.randint(12, 990), m=chance.randint(2, 80), w=chance.choice(DAYS), **names)
            for line in lines
        )
        day = dt.date(2023, 1, 1) + dt.timedelta(number % 700)
        yield Report(f"{text}\n\nReport {number}.", f"feed-{number}", published=day, published_from="the feed")


def name(chance: random.Random) -> str:
    """A word that could be a name."""
    parts = [chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.randint(2, 3))]
    return ("".join(parts) + chance.choice(["", *ENDS])).capitalize()
