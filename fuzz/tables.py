"""Any bytes as a table, CSV. See target.py."""

from __future__ import annotations

import target

if __name__ == "__main__":
    target.run("tables", 2048)
