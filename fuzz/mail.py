"""Any bytes as a message and as a mailbox. See target.py."""

from __future__ import annotations

import target

if __name__ == "__main__":
    target.run("mail", 2048)
