"""Which feeds to ask: an OPML file, as feed readers write it, or a list of addresses, one a line."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

from dragoman.errors import UsageError
from dragoman.reading.take_in.decode import decode
from dragoman.watch.wire import checked

MAX_FILE = 20_000_000
ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def subscriptions(what: str) -> list[str]:
    """The addresses of feeds that ``what`` names, each once, in order: one address, or a file. Raises UsageError."""
    if ADDRESS.match(what):
        return [_checked(what, what)]
    path = Path(what)
    try:
        with path.open("rb") as f:
            raw = f.read(MAX_FILE + 1)
    except OSError as e:
        raise UsageError(f"{path} cannot be read: {e.strerror or e}. Give an OPML file, or a list of addresses") from e
    if len(raw) > MAX_FILE:
        raise UsageError(f"{path} has more than {MAX_FILE:,} bytes: it is no list of feeds")
    head = raw[:2000].lower()
    found = _opml(raw, path) if b"<opml" in head or b"<?xml" in head else _lines(raw, path)
    if not found:
        raise UsageError(f"{path} names no feeds. Write one address a line, or save your feed reader's list as OPML")
    return list(dict.fromkeys(found))


def _opml(raw: bytes, path: Path) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.LxmlError as e:
        raise UsageError(f"{path} is no OPML file: {e}") from e
    if root is None:
        raise UsageError(f"{path} is no OPML file")
    found = []
    for outline in root.iter():
        if isinstance(outline.tag, str) and etree.QName(outline).localname.casefold() == "outline":
            named = {k.casefold(): v for k, v in outline.attrib.items()}
            if url := (named.get("xmlurl") or "").strip():
                found.append(_checked(url, str(path)))
    return found


def _lines(raw: bytes, path: Path) -> list[str]:
    try:
        text = decode(raw, str(path))
    except Exception as e:
        raise UsageError(f"{path} is no list of addresses: {e}") from e
    lines = [line.split("#")[0] if line.startswith("#") else line.strip() for line in text.splitlines()]
    return [_checked(line, str(path)) for line in lines if line]


def _checked(url: str, where: str) -> str:
    try:
        return checked(re.sub(r"\Afeed:(?://)?(?=https?:)", "", url))
    except Exception as e:
        raise UsageError(f"{where}: {e}") from e
