"""New addresses in the places of those that moved."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence

from algokader_lint.content.external import external_addresses
from algokader_lint.content.page import Page
from algokader_lint.fix import Edit, edited
from algokader_lint.links.answer import Answer
from algokader_lint.links.gathering import Mention

_ENCODED = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "|": "%7C", '"': "%22", "'": "%27"})
"""What would end a link, a cell of a table or an attribute where the address stands."""


def new_address(url: str, answer: Answer) -> str:
    """The address to write in the place of one that moved: its fragment is kept, unless the new one has its own."""
    if "#" in answer.moved_to or "#" not in url:
        return answer.moved_to
    return f"{answer.moved_to}#{url.partition('#')[2]}"


def moved_pages(
    found: Mapping[str, Sequence[Mention]], answers: Mapping[str, Answer], reread: Callable[[Page, str], Page]
) -> list[tuple[Page, str]]:
    """The pages that name an address that moved, each with the text that names the new one.

    ``reread`` makes the page of another text: one that would not read as it should is left as it is.
    """
    edits: dict[str, list[tuple[Mention, str]]] = {}
    for url, mentions in found.items():
        answer = answers[url]
        if answer.verdict == "moved" and answer.moved_to:
            for mention in mentions:
                edits.setdefault(mention.page.path, []).append((mention, new_address(url, answer).translate(_ENCODED)))
    changed: list[tuple[Page, str]] = []
    for wanted in edits.values():
        page = wanted[0][0].page
        text = edited(page.source, [Edit(mention.span, _written(page, mention, new)) for mention, new in wanted])
        if _addresses(reread(page, text)) == _expected(page, wanted):
            changed.append((page, text))
    return changed


def _written(page: Page, mention: Mention, new: str) -> str:
    """An address as it is written where it stands: in HTML the ``&`` is, as it was there."""
    return html.escape(new, quote=False) if "&amp;" in page.source.slice(mention.span) else new


def _addresses(page: Page) -> list[str]:
    return [address.url for address in external_addresses(page, page.body.span)]


def _expected(page: Page, wanted: Iterable[tuple[Mention, str]]) -> list[str]:
    """The addresses of the page once the new ones are written."""
    new = {mention.span: url for mention, url in wanted}
    return [new.get(address.span, address.url) for address in external_addresses(page, page.body.span)]
