"""What must hold of any input holds of what was once found, of what fuzzing starts from, and of texts made up now."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model import Report, Span
from fuzz import checks

CASES = Path(__file__).parent.parent / "cases" / "fuzz"
KEPT = sorted(p for p in CASES.rglob("*") if p.is_file())
TARGETS = Path(checks.__file__).parent

# Any bytes; bytes of words; or behind a zero a piece of fragments.txt for each (fuzz/checks.py, text_of).
RAW = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.binary(min_size=1, max_size=120).map(lambda b: b"\0" + b),
)


@pytest.mark.parametrize("path", KEPT, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_kept_inputs(path: Path) -> None:
    checks.timed(checks.CHECKS[path.parent.name], path.read_bytes())


@pytest.mark.parametrize("name", checks.CHECKS)
def test_any_input(name: str) -> None:
    @settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(raw=RAW)
    def one(raw: bytes) -> None:
        checks.timed(checks.CHECKS[name], raw)

    one()


def test_every_check_has_its_target_and_its_seeds() -> None:
    targets = {p.stem for p in TARGETS.glob("*.py")} - {"all", "checks", "target"}
    assert targets == set(checks.CHECKS) == {p.parent.name for p in KEPT}


def test_every_piece_is_a_text() -> None:
    pieces = checks.fragments()
    assert 100 < len(pieces) <= 256
    assert checks.text_of(b"\0" + bytes(range(256))).startswith("".join(pieces))
    assert checks.text_of("Añ\0".encode()) == "Añ\ufffd"


@pytest.mark.parametrize(
    ("place", "holds"), [(Span(0, 1), True), (Span(0, 6), False), (Span(2, 2), False), (Span(-1, 2), False)]
)
def test_a_place_outside_is_a_find(place: Span, holds: bool) -> None:
    def looked() -> None:
        checks._inside(Report("Hello", "a text").text, place, "a place")

    if holds:
        looked()
    else:
        with pytest.raises(checks.BrokenError, match="a place at"):
            looked()


def test_too_much_time_is_a_find(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "SECONDS", 0.0)
    monkeypatch.setattr(checks, "SECONDS_A_KB", 0.0)
    with pytest.raises(checks.BrokenError, match="are allowed"):
        checks.timed(checks.lines, b'{"text": "Norway thanked Denmark."}' * 200)
