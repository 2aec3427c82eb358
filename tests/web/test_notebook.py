"""What a notebook shows of a reading and of an event."""

from __future__ import annotations

import lxml.html

import made_up
from web_pile import EVIL, evil


def test_a_reading() -> None:
    reading = made_up.Reader().read(made_up.report())
    page = lxml.html.fromstring(reading._repr_html_())
    words = page.text_content()
    for said in ("We shall not forget it", "Thanks, part 0", *(e.type for e in reading.events)):
        assert said in words
    assert len(page.xpath("//tbody/tr")) == len(reading.events) + len(reading.quotes)


def test_a_hostile_one() -> None:
    page = lxml.html.fromstring(evil()._repr_html_())
    assert EVIL[0] in page.text_content()
    assert "⟨U+202E⟩gnp.exe" in page.text_content()
    assert not set("\u202e\u202c\u2066\u200f") & set(page.text_content())
    assert {e.tag for e in page.iter()} <= {"div", "p", "b", "table", "thead", "tbody", "tr", "th", "td"}


def test_an_event() -> None:
    (event,) = evil().events
    told = lxml.html.fromstring(event._repr_html_()).text_content()
    assert "ASSAULT" in told
    assert "material conflict" in told
