"""What became of ids between two states of a site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from algokader_lint.content.history import Past
from algokader_lint.content.nodes import Scalar
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site


@dataclass(frozen=True, slots=True)
class Id:
    """An id that a page has: in which field, and where."""

    page: Page
    field: str
    node: Scalar


@dataclass(frozen=True, slots=True)
class Fate:
    """An id that its page no longer has.

    ``before`` is where it was; ``after`` what that page has become, None when it is gone; ``holders`` the other pages
    that have the id now.
    """

    before: Id
    after: Page | None
    holders: tuple[Id, ...]


def ids(site: Site) -> Iterator[Id]:
    """All ids of a site: the filled text fields that must be unique."""
    for page in site.pages:
        if page.type is None:
            continue
        for name, spec in site.types[page.type].fields.items():
            node = page.front_matter.get(name)
            if spec.unique and isinstance(node, Scalar) and not node.blank:
                yield Id(page, name, node)


def fates(past: Past) -> Iterator[Fate]:
    """The ids of an earlier state that went from their page.

    A page that cannot be read now may still have its id. Of two pages that had the same id, one may give it up.
    """
    now = _by_text(past.now)
    earlier = _by_text(past.site)
    for id_ in ids(past.site):
        after = past.pairs.after(id_.page)
        if after is not None and after.front_matter.fields is None:
            continue
        holders = now.get((id_.field, id_.node.text), ())
        heirs = [past.pairs.after(other.page) for other in earlier[id_.field, id_.node.text]]
        if not holders or not any(holder.page is heir for holder in holders for heir in heirs):
            yield Fate(id_, after, tuple(holders))


def _by_text(site: Site) -> dict[tuple[str, str], list[Id]]:
    found: dict[tuple[str, str], list[Id]] = {}
    for id_ in ids(site):
        found.setdefault((id_.field, id_.node.text), []).append(id_)
    return found
