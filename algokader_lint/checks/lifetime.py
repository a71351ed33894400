"""Checks on ids over time: one that was given out stays with its page, and never goes to another."""

from __future__ import annotations

from collections.abc import Iterator

from algokader_lint.checks.identity import free_value, text_fields
from algokader_lint.checks.options import NoOptions
from algokader_lint.content.history import History, Past
from algokader_lint.content.nodes import Scalar
from algokader_lint.content.page import Page
from algokader_lint.content.pairing import similar_titles
from algokader_lint.content.retired import RetiredId, entry_text
from algokader_lint.content.site import Site
from algokader_lint.finding import Finding, Placed, Related


def id_vanished(site: Site, history: History, options: NoOptions) -> Iterator[Placed]:
    """An id of the earlier site is still there, or on the list of retired ids.

    Told on the page that lost it; when that is gone, on the settings file of the site.
    """
    if history.past is None:
        return
    for page, name, node in _ids(history.past.site):
        id_ = node.text
        if site.with_text(name, id_) or site.retired.of(id_):
            continue
        after = history.past.pairs.after(page)
        if after is not None and after.front_matter.fields is None:
            continue  # that it cannot be read is told, and explains all
        yield _vanished(site, history, page, after, name, node)


def _vanished(site: Site, history: History, page: Page, after: Page | None, name: str, node: Scalar) -> Placed:
    now = after.front_matter.get(name) if after is not None else None
    successor = now.text if isinstance(now, Scalar) and now.text else ""
    entry = RetiredId(id=node.text, title=page.title, successor=successor, reason="...")
    variant = "" if successor else "removed" if after is not None else "gone"
    if history.announced.of(node.text):
        variant = "announced"
    file = site.settings_file if after is None else after
    span = file.source.first_line if after is None else after.front_matter.opening if now is None else now.span
    return Placed(
        file,
        Finding(
            span=span,
            field=name,
            variant=variant,
            values={"value": node.text, "now": successor, "title": page.title, "file": page.path},
            identity=node.text,
            snippet=entry_text(entry),
        ),
    )


def id_reused(site: Site, history: History, options: NoOptions) -> Iterator[Placed]:
    """An id is that of the page that had it first: in the earlier site, and by the list of retired ids."""
    holders = {} if history.past is None else _holders(history.past.site)
    for page, name, node in _ids(site):
        before = holders.get((name, node.text))
        if history.past is not None and before is not None:
            if _went_elsewhere(site, history.past, page, before, name, node.text):
                yield _reused(site, page, name, node, before.title, before.path)
        elif (entry := _retired_otherwise(site, page, node.text)) is not None:
            yield _reused(site, page, name, node, entry.title, "", entry)


def _holders(site: Site) -> dict[tuple[str, str], Page]:
    found: dict[tuple[str, str], Page] = {}
    for page, name, node in _ids(site):
        found.setdefault((name, node.text), page)
    return found


def _went_elsewhere(site: Site, past: Past, page: Page, before: Page, name: str, id_: str) -> bool:
    """Whether an id went from the page ``before`` to another, ``page``."""
    after = past.pairs.after(before)
    if after is not None and (after.path == page.path or after.front_matter.text(name) == id_):
        return False  # the same page; or both have it, which is a duplicate and told as such
    # Before, two pages had this id: that the later one keeps it is nothing new.
    return not any(past.pairs.after(other) is page for other in past.site.with_text(name, id_))


def _retired_otherwise(site: Site, page: Page, id_: str) -> RetiredId | None:
    """The entry that forbids ``page`` this id, None when it is the page's own or was let be."""
    entries = site.retired.of(id_)
    own = any(similar_titles(title, page.title) for e in entries for title in (e.title, e.holder) if title)
    return None if own or not entries else entries[-1]


def _reused(
    site: Site, page: Page, name: str, node: Scalar, title: str, file: str, entry: RetiredId | None = None
) -> Placed:
    free = free_value(site, name, site.types[page.type or ""].fields[name], node.text) or ""
    file_of_list = site.retired.file
    related = () if entry is None or file_of_list is None else (Related(file_of_list, entry.span, "list"),)
    return Placed(
        page,
        Finding(
            span=node.span,
            field=name,
            variant=("" if free else "no-number") if entry is None else "retired" if free else "retired-no-number",
            values={"value": node.text, "title": title, "file": file, "free": free},
            related=related,
        ),
    )


def _ids(site: Site) -> Iterator[tuple[Page, str, Scalar]]:
    """All ids of a site, each with its page and field."""
    for page in site.pages:
        for name, spec, node in text_fields(site, page):
            if spec.unique and not node.blank:
                yield page, name, node
