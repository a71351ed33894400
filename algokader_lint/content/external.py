"""The addresses on the web that a page names: what its links lead to, and what stands in its text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from algokader_lint.content.markdown import COMMENT, Link, LinkKind
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span

LINKS: tuple[LinkKind, ...] = ("link", "html-link")
LINKS_AND_IMAGES: tuple[LinkKind, ...] = (*LINKS, "image", "html-image")

_EXTERNAL = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)
_BARE_URL = re.compile(r"https?://[^\s<>\"'`\[\]|“”„«»]+", re.IGNORECASE)
_BEHIND_URL = ".,;:!?*_…‘’"
_SHORTEST = len("https://x")
_OF_MARKDOWN: tuple[LinkKind, ...] = ("link", "image")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


@dataclass(frozen=True, slots=True, order=True)
class ExternalAddress:
    """An address on the web as a browser reads it, entities of HTML resolved, and where it stands."""

    span: Span
    url: str


def external_addresses(page: Page, within: Span, kinds: Sequence[LinkKind] = LINKS_AND_IMAGES) -> list[ExternalAddress]:
    """The addresses in a part of a page, in the order of their places; comments and code do not count."""
    links = [link for link in page.body.links if within.covers(link.span)]
    found = {address for link in links if link.kind in kinds for address in _of_link(link)}
    taken = [span for link in page.body.links for span in _taken_by(link)]
    found.update(_bare(page, within, [*taken, *page.body.code]))
    return sorted(found)


def _taken_by(link: Link) -> tuple[Span, ...]:
    """Where an address is that of a link, or is not shown; the text of a reference may hold another."""
    if not link.by_reference:
        return (link.span,)
    return Span(link.text_span.end, link.span.end), link.target_span


def addresses_of(site: Site, page: Page) -> Sequence[ExternalAddress]:
    """All addresses of a page of a site, read once for all who ask."""
    return site.once(("external-addresses", page.path), lambda: external_addresses(page, page.body.span))


def resolve_entities(address: str) -> str:
    """An address without entities of HTML (CommonMark, 6.2).

    They end in a semicolon: ``&paragraaf=1`` is a part of a query, and the ``&para`` in it stays what it is, as it does
    in an attribute in a browser (HTML, 13.2.5.73).
    """
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), address) if "&" in address else address


def resolve_escapes(address: str) -> str:
    """An address without the backslashes of Markdown (CommonMark, 2.4): ``x\\_y`` leads to ``x_y``."""
    return _ESCAPED.sub(r"\1", address) if "\\" in address else address


def target_as_read(link: Link) -> str:
    """The target of a link as a browser gets it: escapes of Markdown and entities of HTML resolved."""
    target = link.target.strip()
    return resolve_entities(resolve_escapes(target) if link.kind in _OF_MARKDOWN else target)


def is_external(link: Link) -> bool:
    """Whether a link leads to the web, and not to a page of the site."""
    return _EXTERNAL.match(target_as_read(link)) is not None


def _of_link(link: Link) -> Iterator[ExternalAddress]:
    if is_external(link):
        yield ExternalAddress(link.target_span, target_as_read(link))


def _bare(page: Page, within: Span, taken: Sequence[Span]) -> Iterator[ExternalAddress]:
    """The addresses that stand in the text: no link leads there, but a reader can copy them."""
    text = COMMENT.sub(lambda match: " " * len(match[0]), page.source.slice(within))
    left = sorted(taken, reverse=True)
    taken_to = 0
    for match in _BARE_URL.finditer(text):
        start = within.start + match.start()
        while left and left[-1].start <= start:
            taken_to = max(taken_to, left.pop().end)
        url = _without_what_is_behind(match[0])
        if start >= taken_to and len(url) >= _SHORTEST:
            yield ExternalAddress(Span(start, start + len(url)), resolve_entities(url))


def _without_what_is_behind(url: str) -> str:
    """An address without the marks of the sentence it stands in; a parenthesis that it opened itself belongs to it
    (``/wiki/Mercurius_(planeet)``, GFM 6.9).
    """
    unopened = url.count(")") - url.count("(")
    while True:
        url = url.rstrip(_BEHIND_URL)
        if unopened <= 0 or not url.endswith(")"):
            return url
        url, unopened = url[:-1], unopened - 1
