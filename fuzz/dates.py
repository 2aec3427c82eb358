"""The phrases of time of any text. See target.py."""

from __future__ import annotations

import target

if __name__ == "__main__":
    target.run("dates", 1024)
