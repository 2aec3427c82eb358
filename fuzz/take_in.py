"""Any bytes on standard input: text, page, lines, packed. See target.py."""

from __future__ import annotations

import target

if __name__ == "__main__":
    target.run("take_in", 4096)
