"""Argument parsing and printing only; every command is a few lines over the library."""

from __future__ import annotations


def main() -> None:
    """Placeholder."""
