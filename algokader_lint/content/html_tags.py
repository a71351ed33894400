"""The tags of raw HTML in a page's text, with their attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from algokader_lint.content.markdown import COMMENT
from algokader_lint.content.page import Page
from algokader_lint.content.prose import merged
from algokader_lint.content.source import Span

_TAG_LIMIT = 4096
"""Longest tag that is read, in characters: keeps unclosed quotes from costing O(n²)."""

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


@dataclass(frozen=True, slots=True)
class Attribute:
    """What an attribute says (empty when it only stands there), and where."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; names are in lower case, ``closes`` tells an end tag."""

    name: str
    closes: bool
    span: Span
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    def value(self, name: str) -> str | None:
        """What an attribute says, None when it is absent."""
        found = self.attributes.get(name)
        return None if found is None else found.value


def html_tags(page: Page) -> list[Tag]:
    """The tags on a page, in order; those in comments and in code are none."""
    return [tag for span in merged(page.body.html) for tag in _tags(page.source.text, span)]


def _tags(text: str, within: Span) -> Iterator[Tag]:
    piece = COMMENT.sub(lambda match: " " * len(match[0]), text[within.start : within.end])
    at = piece.find("<")
    while at >= 0:
        tag = _TAG.match(piece, at, at + _TAG_LIMIT)
        if tag is not None:
            attributes = dict(_attributes(piece, tag, within.start))
            span = Span(within.start + tag.start(), within.start + tag.end())
            yield Tag(tag["name"].lower(), bool(tag["close"]), span, attributes)
        at = piece.find("<", at + 1 if tag is None else tag.end())


def _attributes(piece: str, tag: re.Match[str], start: int) -> Iterator[tuple[str, Attribute]]:
    known: set[str] = set()
    for match in _ATTRIBUTE.finditer(piece, tag.start("rest"), tag.end("rest")):
        group = next((number for number in (2, 3, 4) if match[number] is not None), None)
        name = match["name"].lower()
        if name in known:  # a browser keeps the first (HTML, 13.2.5.33)
            continue
        known.add(name)
        place = Span(match.end(), match.end()) if group is None else Span(*match.span(group))
        value = "" if group is None else match[group]
        yield name, Attribute(value, Span(start + place.start, start + place.end))
