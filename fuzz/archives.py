"""Any bytes as an archive of the web (WARC). See target.py."""

from __future__ import annotations

import target

if __name__ == "__main__":
    target.run("archives", 2048)
