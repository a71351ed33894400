"""Front matter with a place for every key, value and list item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from algokader_lint.content.nodes import Mapping, Node, Scalar, compose
from algokader_lint.content.source import Span
from algokader_lint.content.yaml_problem import YamlProblem

FRONT_MATTER_LIMIT = 65_536
"""Longest front matter that is read, in characters."""

_EOL = r"(?:\r\n|\r|\n)"
_BLOCK = re.compile(rf"---[ \t]*{_EOL}(?P<yaml>.*?{_EOL})(?:---|\.\.\.)[ \t]*{_EOL}", re.DOTALL)
_OPENING = re.compile(rf"---[ \t]*(?:{_EOL}|\Z)")
_CLOSING = re.compile(rf"(?:---|\.\.\.)[ \t]*(?:{_EOL}|\Z)")
_UNFINISHED_CLOSING = re.compile(rf"{_EOL}(?:---|\.\.\.)[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that kept a file from being read as meant; ``detail`` is a word of the text or of a parser."""

    kind: str
    span: Span
    detail: str = ""
    related: Span | None = None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the two ``---`` lines of a page.

    ``opening`` is the first line's dashes (or the start of the page), ``body_start`` where the page's text
    begins. ``fields`` is None when the front matter is absent or could not be read; ``defects`` says why.
    """

    fields: Mapping | None
    opening: Span
    body_start: int
    defects: tuple[Defect, ...] = ()

    def get(self, name: str) -> Node | None:
        """The value of field ``name``, None when absent."""
        return self.fields.get(name) if self.fields is not None else None

    def text(self, name: str) -> str | None:
        """The value of field ``name`` when it is a non-empty scalar."""
        node = self.get(name)
        return node.text if isinstance(node, Scalar) and node.text else None


def read_front_matter(text: str) -> FrontMatter:
    """Find and read the front matter of a page, where MkDocs finds it (``mkdocs.utils.meta``).

    MkDocs takes ``---`` on the first line, at least one line, and ``---`` or ``...`` on a line that ends with a
    line break. Never raises: what is wrong becomes a defect.
    """
    block = _BLOCK.match(text)
    if block is None:
        return _absent(text)
    opening = Span(0, 3)
    start, end = block.span("yaml")
    if end - start > FRONT_MATTER_LIMIT:
        return FrontMatter(None, opening, block.end(), (Defect("too-long", opening),))
    try:
        node = compose(block["yaml"], offset=start)
    except YamlProblem as problem:
        place = _visible(text, problem.offset, end)
        return FrontMatter(None, opening, block.end(), (Defect(problem.kind, place, problem.detail),))
    if node is None or (isinstance(node, Scalar) and node.kind == "null"):
        return FrontMatter(None, opening, block.end(), (Defect("empty", opening),))
    if not isinstance(node, Mapping):  # to MkDocs this is text between two rules
        return FrontMatter(None, opening, 0, (Defect("no-mapping", node.span),))
    return FrontMatter(node, opening, block.end(), tuple(_duplicates(node)))


def _absent(text: str) -> FrontMatter:
    opening = _OPENING.match(text)
    if opening is None:
        return FrontMatter(None, Span(0, 0), 0, (Defect("missing", Span(0, 0)),))
    if _CLOSING.match(text, opening.end()):
        return FrontMatter(None, Span(0, 3), 0, (Defect("empty", Span(0, 3)),))
    closing = _UNFINISHED_CLOSING.search(text)
    if closing is not None:
        span = Span(len(text[: closing.end()].rstrip()) - 3, len(text))
        return FrontMatter(None, Span(0, 3), len(text), (Defect("no-line-break", span),))
    return FrontMatter(None, Span(0, 3), 0, (Defect("unclosed", Span(0, 3)),))


def _visible(text: str, at: int, end: int) -> Span:
    """A span of one character at ``at``, moved back onto the text when ``at`` is behind the last line."""
    at = min(at, end)
    following = re.compile(r"\s*").match(text, at, end)
    if text[at : at + 1] in "\r\n" and at and text[at - 1] not in "\r\n" and following and following.end() < end:
        at = following.end()  # the parser gave up at the end of the line before the one that is wrong
    while at > 0 and (at >= end or text[at] in "\r\n") and text[at - 1] in "\r\n":
        at -= 1
    return Span(at, at if at >= len(text) or text[at] in "\r\n" else at + 1)


def _duplicates(mapping: Mapping) -> list[Defect]:
    first: dict[str, Span] = {}
    found: list[Defect] = []
    for key, value in mapping.entries:
        if key.text in first:
            found.append(Defect("duplicate-key", key.span, key.text, first[key.text]))
        else:
            first[key.text] = key.span
        if isinstance(value, Mapping):
            found.extend(_duplicates(value))
    return found
