"""New addresses in the places of those that moved."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from algokader_lint.content.external import external_addresses, resolve_entities, resolve_escapes
from algokader_lint.content.page import Page
from algokader_lint.fix import Edit, edited
from algokader_lint.links.answer import Answer
from algokader_lint.links.gathering import Mention
from algokader_lint.links.urls import ParsedAddress, parse_address

_WEB = re.compile(r"https?://", re.IGNORECASE)
_ENCODED = {ord(character): f"%{ord(character):02X}" for character in "()<>|\"'`\\^{}"}
"""What would end a link, a cell of a table or an attribute where the address stands, or begin code or a template."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A place of an address that moved."""

    mention: Mention
    url: str
    new: str

    @property
    def written(self) -> str:
        """What stands there now."""
        return self.mention.page.source.slice(self.mention.span)

    @property
    def stands_there(self) -> bool:
        """Whether it is the address: one over several lines cannot be told."""
        written = self.written.strip()
        return self.url in (resolve_entities(written), resolve_entities(resolve_escapes(written)))

    @property
    def edit(self) -> Edit:
        """The new address in its place; in HTML the ``&`` is written as it was there."""
        return Edit(self.mention.span, html.escape(self.new, quote=False) if "&amp;" in self.written else self.new)


def moved_pages(
    found: Mapping[str, Sequence[Mention]], answers: Mapping[str, Answer], reread: Callable[[Page, str], Page]
) -> list[tuple[Page, str]]:
    """The pages that name an address that moved, each with the text that names the new one.

    ``reread`` makes the page of another text: one that would not read as it should is left as it is.
    """
    edits: dict[str, list[_Change]] = {}
    for url, mentions in found.items():
        answer = answers[url]
        if answer.verdict == "moved" and _is_plain(answer.moved_to):
            new = answer.moved_to.translate(_ENCODED)
            for mention in mentions:
                edits.setdefault(mention.page.path, []).append(_Change(mention, url, new))
    changed: list[tuple[Page, str]] = []
    for wanted in edits.values():
        page = wanted[0].mention.page
        text = edited(page.source, [change.edit for change in wanted if change.stands_there])
        if _addresses(reread(page, text)) == _expected(page, wanted):
            changed.append((page, text))
    return changed


def _is_plain(new: str) -> bool:
    """Whether a new address is one of the web, in one piece: what a cache says may be anything."""
    parsed = parse_address(new) if _WEB.match(new) and new.isprintable() and " " not in new else None
    return isinstance(parsed, ParsedAddress) and not parsed.credentials


def _addresses(page: Page) -> list[str]:
    return [address.url for address in external_addresses(page, page.body.span)]


def _expected(page: Page, wanted: Iterable[_Change]) -> list[str]:
    """The addresses of the page once the new ones are written."""
    new = {change.mention.span: change.new for change in wanted}
    return [new.get(address.span, address.url) for address in external_addresses(page, page.body.span)]
