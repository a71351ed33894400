"""Pages put together at random from what is tricky: read as Python-Markdown renders them, and each span is right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import hypothesis.strategies as st
from hypothesis import given
from markdown_it import MarkdownIt

from algokader_lint.content.markdown import Body, make_parser, read_body
from tests.content.rendering import Renderer, differences

Lines = list[str]

_WORDS = st.sampled_from(
    [
        "een", "twee woorden", "[link](doel.md)", "[tekst *met* `code`](a/b.md#c)", "![beeld](beeld.png)", "`code`",
        "**vet**", "<https://voorbeeld.example/x>", '<a href="ruw.md">ruw</a>', "[label][ref]", "noot[^1]",
        "[ref][weg]", "[q][weg]",
        "één – ander",
        '[titel](doel.md "Titel")', "[a [b] c](d.md)", "a * b", "2024.", "e.g.", "x | y", "<!-- opmerking -->",
        "\\[geen](x)",
        "[![in](een.png)](link.md)", "# geen kop", "- geen punt", "\u00a0",
    ]
)  # fmt: skip
_TEXT = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)
_MARKS = st.sampled_from(["- ", "* ", "+ ", "1. ", "2. ", "10. ", "-  ", "-   ", "-\t", "- [ ] "])
_SPACE = st.sampled_from(["", "", "", " ", "  ", "   ", "    ", "     ", "      ", "        ", "\t"])


@st.composite
def _line(draw: st.DrawFn) -> Lines:
    return [draw(_SPACE) + draw(_TEXT)]


@st.composite
def _item(draw: st.DrawFn) -> Lines:
    return [draw(_SPACE) + draw(_MARKS) + draw(_TEXT)]


_ODD = st.sampled_from(
    [
        ["## Kop"], ["#Kop"], ["## Kop { #eigen }"], ["### `Kop` met [link](kop.md)"], ["Kop", "---"], ["Kop", "==="],
        ["***"], ["- - -"], ["<!-- een opmerking -->"], ["<!-- over", "regels -->"], ["<!-- met", "", "wit -->"],
        ["<div>", "[geen](link.md)", "</div>"], ['<div markdown="1">', "[een](link.md)", "", "- punt", "</div>"],
        ["<div markdown>", "", "## Kop in blok", "", "</div>"], ["```", "[code](x.md)", "```"],
        ["~~~ python", "- a", "~~~"],
        ["| a | b |", "|---|---|", "| [c](d.md) | `e|f` |"], ["a | b", "--- | ---", "c | d | e"], ["[ref]: doel.md"],
        ["[^1]: Noot met [link](noot.md)"], ["*[afk]: afkorting"], ["<hr>"], ["<br>"], ["1."], ["-"], ["- "], [">"],
        ["> - a", "> - b"], ["> a", "b"], ["> ## Kop"], ["    code", "", "    nog meer"], ["\u00a0"], ["   "], ["\t"],
        ["• geplakt"], ["– geplakt"], ["- a", "  - b", "    - c"], ["1. a", "   - b"], ["- a", "", "    b", "- c"],
        ["- a", "    - b", "        - c", "    - d", "- e"], ["* a", "", "* b", "text"], ["- a", "text", "- b"],
    ]
)  # fmt: skip
_TITLE = st.sampled_from(['"Titel"', '"Een [link](titel.md)"', '""', "", '"a" b'])
_OPENING = st.sampled_from(["!!! note", "!!! tip inline", "??? note", "???+ expander", "==="])


@st.composite
def _box(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    lines = [f"{draw(_OPENING)} {draw(_TITLE)}".rstrip()]
    if draw(st.booleans()):
        lines.append("")
    indent = draw(st.sampled_from(["    ", "    ", "    ", "\t", "  "]))
    return lines + [indent + line if line else line for line in draw(inner)]


@st.composite
def _under(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    """Something under an item, or in a quotation."""
    first, rest = draw(
        st.sampled_from(
            [("- a", "    "), ("1. a", "    "), ("- a", "  "), ("1. a", "   "), ("> a", "> "), ("- ", "    ")]
        )
    )
    between = [""] if draw(st.booleans()) else []
    return [first, *between, *(rest + line if line else line for line in draw(inner))]


@st.composite
def _sequence(draw: st.DrawFn, part: st.SearchStrategy[Lines]) -> Lines:
    lines: Lines = []
    for piece, blank in draw(st.lists(st.tuples(part, st.sampled_from([True, True, False])), min_size=1, max_size=4)):
        if lines and blank:
            lines.append("")
        lines += piece
    return lines


_PART = st.recursive(
    st.one_of(_line(), _item(), _ODD),
    lambda inner: _sequence(st.one_of(inner, _box(inner), _under(inner))),
    max_leaves=8,
)
_PAGES = _sequence(_PART).map("\n".join)


@cache
def _renderer() -> Renderer:
    return Renderer()


@cache
def _parser() -> MarkdownIt:
    return make_parser()


@given(_PAGES)
def test_random_pages_are_read_as_they_are_rendered(text: str) -> None:
    assert differences(_parser(), _renderer(), text) == []


@given(_PAGES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_spans_point_at_what_they_name(text: str, line_end: str) -> None:
    text = text.replace("\n", line_end)
    body = read_body(_parser(), text, 0)
    assert list(_misplaced(text, body)) == []


def _misplaced(text: str, body: Body) -> Iterator[object]:
    for link in body.links:
        if text[slice(*link.target_span)] != link.target:
            yield link
    for block in body.blocks:
        shown = text[slice(*block.span)]
        if block.kind == "item" and shown[:1] not in {"-", "*", "+", "1", "2"}:
            yield block, shown
        before = text[: block.span.start]
        if block.kind != "item" and before and before[-1] not in "\r\n":
            yield block, shown
    for inline in body.inlines:
        for piece in inline.pieces:
            shown = text[slice(*piece)]
            if not shown or shown != shown.strip():
                yield inline, shown
