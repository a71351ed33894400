"""The tree that a text is read into, and how to get from a place in it to one in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from algokader_lint.content.markdown_blocks import BlockReader
from algokader_lint.content.markdown_boxes import admonition, details, tab
from algokader_lint.content.markdown_definitions import abbreviation, footnote, reference
from algokader_lint.content.markdown_fences import fences
from algokader_lint.content.markdown_html import HtmlReader
from algokader_lint.content.markdown_leaves import code, element, heading, html_block, quote, rule, underlined
from algokader_lint.content.markdown_lists import indented, ordered, unordered
from algokader_lint.content.markdown_stash import Element, Raw
from algokader_lint.content.markdown_tables import table
from algokader_lint.content.markdown_text import Placed, normalized
from algokader_lint.content.markdown_tree import Node
from algokader_lint.content.source import Span

# In the order of Python-Markdown's priorities.
_RULES = (
    tab,
    details,
    admonition,
    element,
    indented,
    html_block,
    code,
    table,
    heading,
    underlined,
    rule,
    ordered,
    unordered,
    quote,
    footnote,
    abbreviation,
    reference,
)


class Tree:
    """What the Markdown of a file from ``start`` is read into, in Python-Markdown's order: white space, fences, HTML,
    blocks.

    ``footnotes`` are the last ones of each id, ``references`` the target of each label and its place,
    ``abbreviations`` the names of those that are explained; ``stash`` is what was taken out of the text, its spans in
    places of the file.
    """

    def __init__(self, text: str, start: int) -> None:
        self.stash: list[Raw | Element] = []
        plain = normalized(text, start)
        unfenced, end = _without_fences(plain, self.stash)
        unfenced_text = unfenced.text
        html = HtmlReader(unfenced_text[:end], unfenced_text[end:], self.stash)
        html.read()
        self._layers = [layer for layer in (html.made, unfenced, plain) if not layer.is_copy]
        self._place_stash([layer for layer in (unfenced, plain) if not layer.is_copy], plain)
        blocks = BlockReader(html.made.text, self.stash, _RULES)
        self._root = blocks.read(html.top_length)
        self.footnotes = blocks.footnotes
        self.references = blocks.references
        self.abbreviations = blocks.abbreviations

    def place(self, at: int) -> int:
        """Where a character of the tree stands in the file."""
        for layer in self._layers:
            at = layer.place(at)
        return at

    def parts(self) -> list[Node]:
        """The outermost nodes, and the footnotes, in the order of the file."""
        if not self.footnotes:
            return self._root.children
        return sorted([*self._root.children, *self.footnotes.values()], key=lambda node: node.start)

    def fences(self) -> Iterator[Span]:
        """Where fenced code stands."""
        for found in self.stash:
            if isinstance(found, Raw) and found.kind == "fence" and not found.put_back:
                yield found.span

    def _place_stash(self, layers: list[Placed], plain: Placed) -> None:
        for found in self.stash:
            if isinstance(found, Element):
                found.tags = [_placed(span, layers) for span in found.tags]
            else:
                found.span = _placed(found.span, [plain] if found.kind == "fence" else layers)


def _without_fences(plain: Placed, stash: list[Raw | Element]) -> tuple[Placed, int]:
    """The text with marks in place of fences, and where it ends; behind it stand the fences themselves."""
    text = plain.text
    made = Placed()
    found: list[Raw] = []
    at = 0
    for fence in fences(text):
        made.add(text[at : fence.start] + fence.indent, at)
        found.append(Raw("fence", Span(fence.start, fence.end), indent=len(fence.indent)))
        made.put(f"\x02{len(found) - 1}\x03", fence.start, fence.end - fence.start)
        at = fence.end
    made.add(text[at:], at)
    end = made.length
    for raw in found:
        start = made.length
        made.add(text[slice(*raw.span)], raw.span.start)
        raw.content = Span(start, made.length)
    stash.extend(found)
    return made, end


def _placed(span: Span, layers: Iterable[Placed]) -> Span:
    start, end = span
    for layer in layers:
        start, end = layer.place(start), layer.place(end - 1) + 1 if end > start else layer.place(end)
    return Span(start, max(start, end))
