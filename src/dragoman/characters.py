"""Characters that a text may hold and no UTF-8 can: half characters, which broken escapes leave."""

from __future__ import annotations

import re

# Lone surrogates, as Unicode has them.
HALF = re.compile("[\ud800-\udfff]")


def whole(text: str, instead: str = "\N{REPLACEMENT CHARACTER}") -> str:
    """``text`` with half characters replaced, each by one character, so that offsets stay."""
    return HALF.sub(instead, text)
