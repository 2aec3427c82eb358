"""Which training sentences are held back."""

from hashlib import sha256

from sentences import Marked


def held_back(line: Marked) -> bool:
    """One group of ten, told by its own first place: stays the same when files are added."""
    return sha256(f"{line.file}:{line.group}".encode()).digest()[0] < 26
