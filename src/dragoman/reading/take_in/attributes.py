"""Tags with so many attributes that a parser never comes to their end are cut short before one sees them."""

from __future__ import annotations

import re

# Attributes of one tag that are kept. libxml2 holds each against all before it: 20,000 take 0.3 seconds and 100,000
# eight, in each of the four times that a page is parsed; no tag that a program for pages writes has a hundred.
MOST = 1_000
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s>]*+))?+"""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
# A comment, or a tag without its end. Nothing in it is tried in two ways, so that it costs what the page is long.
_TAG = re.compile(rf"<!--(?s:.*?)(?:-->|\Z)|<([a-zA-Z][^\s/>]*+)((?:{_ATTRIBUTE})*+)")
# What stands between these tags is no markup: "for (i=0;i<n;" begins no tag.
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}


def thinned(page: str) -> str:
    """``page`` without the attributes that follow a tag's first MOST; most pages come back as they are."""
    at, done = 0, 0
    out: list[str] = []
    while (tag := _TAG.search(page, at)) is not None:
        at = tag.end()
        name = tag[1]
        if name is None:
            continue
        # An attribute has at least its first letter and what parts it from the one before.
        if len(tag[2]) >= 2 * MOST:
            some = list(_ATTRIBUTES.finditer(page, tag.start(2), tag.end(2)))
            if len(some) > MOST:
                out.append(page[done : some[MOST - 1].end()])
                done = tag.end(2)
        raw = _RAW.get(name.casefold())
        if raw is not None:
            end = raw.search(page, at)
            at = end.start() if end is not None else len(page)
    return "".join([*out, page[done:]]) if out else page
