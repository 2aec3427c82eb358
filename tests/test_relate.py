"""Sentences with two given actors: one answer a line, whatever the line holds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import relation
from dragoman.cli import main
from dragoman.errors import InputError
from dragoman.knowledge import Knowledge
from dragoman.model import Span
from dragoman.reading.parse import Parse, load_model, parse_with
from dragoman.relate import pair_of, relate
from dragoman.relation.model import FOLDER

TRAINING = Path(__file__).parent.parent / "training"
CASES = Path(__file__).parent / "cases" / "relations.jsonl"


@pytest.fixture(scope="module")
def model() -> relation.RelationModel:
    return relation.load()


@pytest.fixture(scope="module")
def parse() -> Parse:
    return parse_with(load_model())


def line(sentence: str, source: object, target: object) -> str:
    return json.dumps({"sentence": sentence, "source": source, "target": target})


def test_an_answer_does_not_hang_on_the_lines_beside_it(model: relation.RelationModel, knowledge: Knowledge) -> None:
    asked = [
        line("Oslo thanked Lima for the boats.", "Oslo", "Lima"),
        line("The miners, unpaid since March, struck against the ministry.", "The miners", "the ministry"),
        line("Peru bombed Chile.", "Peru", "Chile"),
    ]
    alone = [next(iter(relate([one], model, knowledge))) for one in asked]
    assert list(relate(asked, model, knowledge)) == alone
    assert list(relate(asked[::-1], model, knowledge)) == alone[::-1]


def test_sides_are_words_or_offsets() -> None:
    text = "Oslo thanked Lima."
    for target in ("Lima", "lima", [13, 17], {"start": 13, "end": 17}):
        assert pair_of(line(text, "Oslo", target)).target == Span(13, 17)


def test_a_side_inside_the_other_is_looked_for_elsewhere_first() -> None:
    pair = pair_of(line("Peru's envoy to Peru met Chile and Peru.", "Peru's envoy", "Peru"))
    assert pair.target == Span(16, 20)


def test_a_side_that_the_sentence_does_not_name_is_left_unmarked() -> None:
    assert pair_of(line("Teachers went on strike.", "Teachers", "the government")).target is None
    assert pair_of(line("Teachers went on strike.", "Teachers", None)).target is None


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("{", "no JSON"),
        ("[1]", "needs an object"),
        ('{"sentence": 3}', "needs an object"),
        ("[" * 100_000, "nested too deeply"),
        (line("Oslo", [0, 9], "Oslo"), "no part of a sentence of 4 characters"),
        (line("Oslo", [2, 2], "Oslo"), "no part"),
        (line("Oslo", 7, "Oslo"), "must be words"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(broken: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        pair_of(broken)


def test_one_answer_for_each_line_in_order(model: relation.RelationModel, knowledge: Knowledge) -> None:
    lines = [line("Oslo thanked Lima.", "Oslo", "Lima"), "broken", line("Chad bombed Togo.", "Chad", "Togo")] * 100
    answers = list(relate(lines, model, knowledge))
    assert len(answers) == 300
    assert [a.get("type") for a in answers[:3]] == ["SUPPORT", None, "ASSAULT"]
    assert "no JSON" in answers[1]["error"]
    assert answers[:3] == answers[-3:]


def test_an_answer_holds_what_the_contract_says(
    model: relation.RelationModel, knowledge: Knowledge, parse: Parse
) -> None:
    text = line("Rwanda accused Congo of shelling a village on Sunday.", "Rwanda", "Congo")
    answer = next(relate([text], model, knowledge, parse))
    assert answer["type"] == "ACCUSE"
    assert answer["quad"] == "verbal conflict"
    assert answer["status"] == "asserted"
    assert answer["cameo"].startswith("11")
    assert answer["pattern"].startswith("events/ACCUSE/")
    assert sum(answer["probabilities"].values()) == pytest.approx(1, abs=0.002)
    assert set(answer["probabilities"]) == {*knowledge.ontology.types, "NONE"}


def cases() -> list[dict[str, str]]:
    return [json.loads(row) for row in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["sentence"][:50])
def test_own_cases(case: dict[str, str], model: relation.RelationModel, knowledge: Knowledge, parse: Parse) -> None:
    answer = next(relate([json.dumps(case)], model, knowledge, parse))
    assert answer["type"] == case["type"], answer["probabilities"]


@settings(deadline=None)  # the first example loads the model
@given(st.text(max_size=300), st.text(max_size=30), st.text(max_size=30))
def test_no_text_breaks_it(sentence: str, source: str, target: str) -> None:
    model, knowledge = shared()
    (answer,) = relate([line(sentence, source, target)], model, knowledge)
    assert answer["type"] is None or answer["quad"]


def shared(made: list[tuple[relation.RelationModel, Knowledge]] = []) -> tuple[relation.RelationModel, Knowledge]:  # noqa: B006
    """One model for all the examples that Hypothesis draws."""
    if not made:
        from dragoman import knowledge

        made.append((relation.load(), knowledge.load()))
    return made[0]


def test_the_card_tells_the_truth(model: relation.RelationModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """The accuracy on the held-back training sentences is the one that the shipped card states."""
    monkeypatch.syspath_prepend(str(TRAINING))
    sys.modules.pop("sentences", None)
    from held import held_back
    from sentences import read_file

    lines = [m for path in sorted(TRAINING.glob("sentences/*.txt")) for m in read_file(path)[0] if held_back(m)]
    card = json.loads((FOLDER / "card.json").read_text(encoding="utf-8"))["held_back"]
    assert len(lines) == card["sentences"]
    judged = model.judge([(m.text, m.source, m.target) for m in lines])
    right = sum(j.type == m.type for j, m in zip(judged, lines, strict=True)) / len(lines)
    assert right == pytest.approx(card["type_accuracy_int8"], abs=0.01)  # processors round sums in their own ways
    assert card["type_accuracy_full"] - card["type_accuracy_int8"] <= 0.005


def test_the_command_prints_one_object_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(line("Oslo thanked Lima.", "Oslo", "Lima") + "\n{\n", encoding="utf-8")
    assert main(["relate", str(file), "--model-only"]) == 1
    printed = capsys.readouterr()
    one, two = map(json.loads, printed.out.splitlines())
    assert one["type"] == "SUPPORT"
    assert two["type"] is None
    assert "1 line could not be used" in printed.err


def test_the_command_names_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relate", str(tmp_path / "none.jsonl")]) == 2
    assert "No such file" in capsys.readouterr().err
    assert main(["relate", str(tmp_path)]) == 2
    assert "Is a directory" in capsys.readouterr().err
