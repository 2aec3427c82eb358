"""A piece of HTML that is no page (a mail, a feed's summary) -> plain paragraphs, with nothing judged.

Taking an article out of a whole page is :func:`dragoman.reading.take_in.from_html`'s work.
"""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]

from dragoman.reading.take_in.attributes import thinned

# What is not shown.
UNSEEN = frozenset(
    (
        "script",
        "style",
        "head",
        "title",
        "noscript",
        "template",
        "svg",
        "select",
        "textarea",
        "button",
        "iframe",
        "object",
    )
)
HIDDEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all", re.IGNORECASE
)
INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "center", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
        "time", "tt", "u", "var", "wbr",
    )
)  # fmt: skip
# HTML's own white space; a no-break space is a character of the text.
BLANKS = re.compile(r"[ \t\r\n\f]+")
# What newsletters pad their preview line with: characters without a width.
PADDING = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\u034f\u00ad\u2007\u00a0 ]{4,}")
REPLIED = re.compile(r"gmail_quote|yahoo_quoted|moz-cite", re.IGNORECASE)
CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1f\ud800-\udfff]")


def text_of(markup: str) -> str:
    """The words of ``markup`` in paragraphs with a blank line between; a line break is a line break.

    What a mail quotes of the mail that it answers gets "> " before each line. Hidden pieces are left out.
    """
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    markup = thinned(CONTROLS.sub("\ufffd", markup))
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        root = etree.fromstring(markup.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        return ""
    words = _Words()
    _walk(root, words)
    return words.text()


def _walk(root: etree._Element, words: _Words) -> None:
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        unseen = (
            not tag or tag in UNSEEN or element.get("hidden") is not None or HIDDEN.search(element.get("style", ""))
        )
        reply = tag == "blockquote" and (element.get("type") == "cite" or REPLIED.search(element.get("class", "")))
        if event == "start":
            hidden += bool(unseen)
            if not hidden:
                if tag == "br":
                    words.line()
                elif tag not in INLINE:
                    words.paragraph()
                words.quoted += bool(reply)
                words.add(element.text)
        else:
            if not hidden:
                if tag not in INLINE and tag != "br":
                    words.paragraph()
                words.quoted -= bool(reply)
            hidden -= bool(unseen)
            if not hidden:
                words.add(element.tail)


class _Words:
    """Paragraphs as they grow: lists of lines, each a list of pieces."""

    def __init__(self) -> None:
        self.quoted = 0
        self._paragraphs: list[str] = []
        self._lines: list[str] = []
        self._pieces: list[str] = []

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)

    def line(self) -> None:
        line = PADDING.sub(" ", BLANKS.sub(" ", "".join(self._pieces))).strip()
        self._pieces = []
        if line:
            self._lines.append("> " * self.quoted + line)
        elif self._lines:
            self._close()

    def paragraph(self) -> None:
        self.line()
        self._close()

    def _close(self) -> None:
        if self._lines:
            self._paragraphs.append("\n".join(self._lines))
            self._lines = []

    def text(self) -> str:
        self.paragraph()
        return "\n\n".join(self._paragraphs)
