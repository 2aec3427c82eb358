"""The quotations of any text. See target.py."""

from __future__ import annotations

import target

if __name__ == "__main__":
    target.run("quotes", 1024)
