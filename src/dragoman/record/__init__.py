"""All readings at once: a folder of tables, and questions to it."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.record.keep import Outcome, read_all
    from dragoman.record.record import Kept, Record, Writer

__all__ = ["Kept", "Outcome", "Record", "Writer", "read_all"]

# What only builds rows waits for no tables and no database, whose libraries have threads of their own.
_LATER = {
    "Outcome": "dragoman.record.keep",
    "read_all": "dragoman.record.keep",
    "Kept": "dragoman.record.record",
    "Record": "dragoman.record.record",
    "Writer": "dragoman.record.record",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(importlib.import_module(_LATER[name]), name)
    raise AttributeError(f"module 'dragoman.record' has no attribute {name!r}")
