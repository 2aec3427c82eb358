"""The quick parse gives what spaCy's own pipeline gives, whatever is parsed beside a passage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from dragoman.intake import inputs
from dragoman.model import Reason, Report, Segment, Span
from dragoman.reading.parse import Doc, Parser, Passage, Quick, Token, load_model, parse_with, plainly
from dragoman.reading.tokens import edges_of

ROOT = Path(__file__).parent.parent.parent
LABELS = (
    "text", "lower_", "idx", "end", "tag_", "pos_", "dep_", "lemma_", "ent_type_", "is_punct", "is_space", "is_quote",
    "whitespace_",
)  # fmt: skip
# Words of which the model has rules for two side by side, marks, blanks, numbers, other scripts, half characters.
ODD = [
    "You're gonna go, c'mon, y'all; let's not. I ain't got ta.",
    "There's no way; there are two. He'd have done it.",
    "   two  blanks \t and\na line\u00a0break ",
    "“Will you?” she asked — 3,000 km on 1 May 2024 … $5m",
    "Кремль и 北京 met; Ελλάδα too. 😀",
    "TÜRKİYE'S İSTANBUL ﬁnal Straße",
    "x", ".", " ", "\n\n", "\x00 nul", "\udc80 half",
    "A man who he said had been thought by the minister to have left came back yesterday from the town he was from.",
]  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


@pytest.fixture(scope="module")
def quick(nlp: Language) -> Parser:
    return parse_with(nlp)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Paragraphs of the reports of our own, and what is odd."""
    reports = inputs([str(ROOT / "examples"), str(ROOT / "tests" / "cases" / "reports")])
    return [p for r in reports if isinstance(r, Report) for p in r.text.split("\n") if p] + ODD


def passages(parser: Parser, texts: list[str]) -> list[Passage]:
    """Each text as the only passage of a report of its own, all parsed in one go."""
    because = Reason("code:test", "")
    cuts = [(Report(t, ""), [Segment(Span(0, len(t)), "body", because)]) for t in texts]
    return [parsed.passages[0] for parsed in parser.many(cuts)]


def labels(doc: Doc) -> Iterator[tuple[object, ...]]:
    edges = doc.edges()
    for t in doc:
        kin = (t.head.i, [c.i for c in t.lefts], [c.i for c in t.rights], edges[0][t.i], edges[1][t.i])
        yield *(getattr(t, name) for name in LABELS), *kin, t.is_sent_start


def test_the_quick_way_is_taken(nlp: Language, quick: Parser) -> None:
    assert isinstance(quick._docs.__self__, Quick)  # type: ignore[attr-defined]
    with nlp.select_pipes(disable=["ner"]):
        assert not hasattr(parse_with(nlp)._docs, "__self__")


def test_all_labels_are_those_of_the_pipeline(nlp: Language, quick: Parser, texts: list[str]) -> None:
    plain = passages(plainly(nlp), texts)
    for one, other in zip(plain, passages(quick, texts), strict=True):
        assert list(labels(one.doc)) == list(labels(other.doc)), one.doc.text
        assert one.doc.ents == tuple(other.doc.ents) or [(e.start, e.end, e.label_) for e in one.doc.ents] == [
            (e.start, e.end, e.label_) for e in other.doc.ents
        ]
        assert [s.root.i for s in one.doc.sents] == [s.root.i for s in other.doc.sents]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_parse_does_not_depend_on_what_is_parsed_beside_it(
    quick: Parser, texts: list[str], data: st.DataObject
) -> None:
    some = data.draw(st.lists(st.sampled_from(texts), min_size=2, max_size=40))
    together = passages(quick, some)
    n = data.draw(st.integers(0, len(some) - 1))
    assert list(labels(passages(quick, [some[n]])[0].doc)) == list(labels(together[n].doc))


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_parsed_like_the_pipeline_does(nlp: Language, quick: Parser, text: str) -> None:
    assert list(labels(passages(plainly(nlp), [text])[0].doc)) == list(labels(passages(quick, [text])[0].doc))


def test_tokens_mean_what_spacys_mean(nlp: Language, texts: list[str]) -> None:
    for text in texts[:60]:
        theirs = nlp(text.replace("\udc80", "\ufffd"))
        ours = passages(plainly(nlp), [text])[0].doc
        for a, b in zip(theirs, ours, strict=True):
            assert [t.i for t in a.children] == [t.i for t in b.children]
            assert [t.i for t in a.subtree] == [t.i for t in b.subtree]
            assert [t.i for t in a.ancestors] == [t.i for t in b.ancestors]
            assert (a.left_edge.i, a.right_edge.i) == (b.left_edge.i, b.right_edge.i)
            assert (a.sent.start, a.sent.end, a.sent.text) == (b.sent.start, b.sent.end, b.sent.text)
            assert a.is_sent_start is b.is_sent_start
        assert [s.text for s in theirs.sents] == [s.text for s in ours.sents]
        for start in range(0, len(ours), 3):
            one, other = theirs[start : start + 4], ours[start : start + 4]
            assert (one.start_char, one.end_char, one.text) == (other.start_char, other.end_char, other.text)


def test_neighbours_end_with_the_passage(quick: Parser) -> None:
    doc = passages(quick, ["Two words"])[0].doc
    assert (doc[0].nbor().text, doc[1].nbor(-1).text, doc[-1].text) == ("words", "Two", "words")
    for token, step in ((doc[0], -1), (doc[1], 1)):
        with pytest.raises(IndexError):
            token.nbor(step)


def test_tokens_by_place(quick: Parser) -> None:
    parsed = quick(Report("Ab. The envoy left.", ""), [Segment(Span(4, 19), "body", Reason("code:test", ""))])
    passage = parsed.passages[0]
    assert [str(passage.token_at(i)) for i in (4, 6, 8, 12, 18)] == ["The", "The", "envoy", "envoy", "."]
    assert passage.token_at(7) is None
    assert passage.token_at(19) is None
    assert [t.text for t in passage.tokens_in(Span(6, 9))] == ["The", "envoy"]
    assert passage.span(passage.doc[1]).of(parsed.text) == "envoy"
    assert passage.span(passage.doc[1:3]).of(parsed.text) == "envoy left"
    assert isinstance(passage.doc[0], Token)


def test_edges_where_arcs_cross() -> None:
    assert edges_of([1, 1, 0]) == ([0, 0, 2], [2, 2, 2])
    assert edges_of([]) == ([], [])


def test_words_are_forgotten_and_met_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what spaCy and the caches keep thrown away all the time, the parse is the same."""
    for name in ("network.encoder.KINDS", "network.words.KINDS", "parse.STRINGS"):
        monkeypatch.setattr(f"dragoman.reading.{name}", 5)
    small = parse_with()
    texts = ["Peru accused Chile of spying on its fleet.", "A mayor spoke.", "Ana Ruiz flew to Quito on 3 May."]
    once = [list(labels(p.doc)) for p in passages(small, texts)]
    monkeypatch.undo()
    usual = parse_with()
    assert once == [list(labels(p.doc)) for p in passages(usual, texts)]
    for _ in range(3):
        assert [list(labels(passages(small, [t])[0].doc)) for t in texts] == once
