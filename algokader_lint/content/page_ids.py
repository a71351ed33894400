"""The ids on a page that a link can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from algokader_lint.content.anchors import slugify
from algokader_lint.content.markdown import COMMENT
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site

# Wherever it stands: what may be an id must not be called missing.
_LIST = re.compile(r"\{:?(?P<inside>[^{}\n]{1,500})\}")
_BLOCK = re.compile(r"^[ \t]*///[ \t]*\w+[^\n]*", re.MULTILINE)
_SHORT = re.compile(r"#(?P<id>[^\s#.,\[\]{}\"'|]+)")
_ATTRIBUTE = re.compile(
    r"\b(?:id|name)['\"]?\s{0,9}[=:]\s{0,9}(?:\"(?P<double>[^\"<>\n]+)|'(?P<single>[^'<>\n]+)|(?P<bare>[^\s\"'<>={}]+))",
    re.IGNORECASE,
)
_MADE_ELSEWHERE = re.compile(r"-{1,9}8<-{1,9}|\{\{|\{%")
_HEADING = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_WITH_MARKDOWN = re.compile(r"<\w[^<>]*\smarkdown\b", re.IGNORECASE)
"""Headings written in HTML get an id of their text where Markdown is read in an element."""


@dataclass(frozen=True, slots=True)
class PageIds:
    """``headings`` are the ids of headings, in their order; ``known`` those and all that other elements may have;
    ``complete`` tells that there are no more.
    """

    headings: tuple[str, ...]
    known: frozenset[str]
    complete: bool


def ids_of(site: Site, page: Page) -> PageIds:
    """The ids on a page, found once."""
    return site.once(("ids", page.path), lambda: _find(site, page))


def _find(site: Site, page: Page) -> PageIds:
    text = COMMENT.sub("", page.source.slice(page.body.span))
    headings = tuple(heading.anchor for heading in page.body.headings)
    inside = [*(found["inside"] for found in _LIST.finditer(text)), *(found[0] for found in _BLOCK.finditer(text))]
    others = {found["id"] for piece in inside for found in _SHORT.finditer(piece)}
    for found in _ATTRIBUTE.finditer(text):
        others.add((found["double"] or found["single"] or found["bare"]).strip())
    others.update(_of_tabs(page))
    others.update([f"{anchor}_1" for anchor in others.intersection(headings)])  # a heading gives way to it
    made = _MADE_ELSEWHERE.search(text) or (_HEADING.search(text) and _WITH_MARKDOWN.search(text))
    complete = not (page.unreadable or site.mkdocs.own_slugs or made)
    return PageIds(headings, frozenset(others.union(headings)), complete)


def _of_tabs(page: Page) -> Iterator[str]:
    """The ids that tabs get when the site makes them of their titles (``pymdownx.tabbed``, ``slugify``)."""
    for block in page.body.blocks:
        if block.mark == "===":
            yield slugify(page.source.line(page.source.position(block.span.start).line).strip(" =!+"))
