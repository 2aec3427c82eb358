"""Which program, knowledge and model made a reading."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from dragoman.reading import parse


def program_version() -> str:
    """The installed package's version, or "0" when it runs from a bare checkout."""
    try:
        return version("dragoman")
    except PackageNotFoundError:
        return "0"


def version_line(digest: str) -> str:
    """The contract's ``version`` field."""
    return f"dragoman {program_version()}; knowledge {digest}; {parse.version()}"
