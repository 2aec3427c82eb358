"""What the command takes for an address, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.cli import main, parse


@pytest.mark.parametrize(
    ("words", "ray", "paths"),
    [
        ("--ray a.jsonl --to r", "", ["a.jsonl"]),
        ("--ray 10.0.0.5:6379 a.jsonl", "10.0.0.5:6379", ["a.jsonl"]),
        ("--ray ray://head:10001 a.jsonl b/", "ray://head:10001", ["a.jsonl", "b/"]),
        ("a.jsonl --ray", "", ["a.jsonl"]),
        ("a.jsonl --ray auto", "auto", ["a.jsonl"]),
        ("a.jsonl", None, ["a.jsonl"]),
    ],
)
def test_an_input_is_no_address(words: str, ray: str | None, paths: list[str]) -> None:
    args = parse(["read", *words.split()])
    assert args.ray == ray
    assert args.paths == paths


def test_a_file_that_is_named_like_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("auto").write_text("Norway asked Sweden.")
    assert parse(["read", "--ray", "auto"]).paths == ["auto"]


def test_an_address_keeps_its_slashes() -> None:
    assert parse(["read", "a.txt", "--to", "s3://bucket/record"]).to == "s3://bucket/record"
    assert parse(["read", "a.txt", "--to", "press"]).to == Path("press")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("a.txt --to s3://bucket/record", "--ray"),
        ("a.txt --ray --json", "--json"),
        ("a.txt --ray --shared", "--shared"),
    ],
)
def test_what_is_refused(words: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", *words.split()]) == 2
    assert said in capsys.readouterr().err
