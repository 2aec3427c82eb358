"""Any bytes as a page. See target.py."""

from __future__ import annotations

import target

if __name__ == "__main__":
    target.run("pages", 4096)
