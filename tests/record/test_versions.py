"""Which reports a record has: asked of every one that is to be read."""

from __future__ import annotations

from pathlib import Path

import pytest

import made_up
from dragoman.record import Record


def test_versions_know_what_is_there_and_what_is_added(tmp_path: Path) -> None:
    record = Record(tmp_path / "record", create=True)
    assert dict(record.versions()) == {}
    ids = [made_up.report(n).id for n in range(6)]
    for version, numbers in (("made-up 1", range(4)), ("made-up 2", range(3, 5))):
        with record.writer() as writer:
            for n in numbers:
                writer.add(made_up.Reader(version).read(made_up.report(n)))
    known = record.versions()
    assert dict(known) == dict(zip(ids, ["made-up 1"] * 3 + ["made-up 2"] * 2, strict=False))
    assert [ident in known for ident in (*ids, "0" * 16, "f" * 16)] == [True] * 5 + [False] * 3
    with pytest.raises(KeyError):
        known[ids[5]]
    known[ids[5]] = known[ids[0]] = "made-up 3"
    assert (len(known), len(set(known))) == (6, 6)
    assert {known[ident] for ident in (ids[0], ids[5])} == {"made-up 3"}
    assert ids[5] not in record.versions()
