"""What this machine lets a process have."""

from __future__ import annotations

import os
import sys
from pathlib import Path

QUOTA = Path("/sys/fs/cgroup/cpu.max")


def can_fork() -> bool:
    """Whether workers can be forked and handed a socket; not on Windows."""
    return sys.platform != "win32"


def cores(quota: Path = QUOTA) -> int:
    """How many cores this process may use: those it is bound to, and no more than its container's share."""
    some = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    try:
        share, period = quota.read_text(encoding="ascii").split()
        return max(1, min(some, round(int(share) / int(period))))
    except (OSError, ValueError):  # no such file, or "max": no share is set
        return some
