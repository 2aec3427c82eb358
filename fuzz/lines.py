"""Any bytes as a line of a JSON Lines file. See target.py."""

from __future__ import annotations

import target

if __name__ == "__main__":
    target.run("lines", 2048)
