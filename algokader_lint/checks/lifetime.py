"""Checks on ids over time: one that was given out stays with its page, and never goes to another."""

from __future__ import annotations

from collections.abc import Iterator

from algokader_lint.checks.options import NoOptions
from algokader_lint.content.history import History, Past
from algokader_lint.content.lifetime import Fate, Id, fates, ids
from algokader_lint.content.numbering import free_value
from algokader_lint.content.pairing import similar_titles
from algokader_lint.content.retired import RetiredId, entry_text
from algokader_lint.content.site import Site
from algokader_lint.finding import Finding, Placed, Related, Suggestion


def id_vanished(site: Site, history: History, options: NoOptions) -> Iterator[Placed]:
    """An id of the earlier site is still there, or on the list of retired ids.

    Told on the page that lost it; when that is gone, on the settings file of the site.
    """
    if history.past is None:
        return
    for fate in fates(history.past):
        if not fate.holders and not site.retired.of(fate.before.node.text):
            yield _vanished(site, history, fate)


def _vanished(site: Site, history: History, fate: Fate) -> Placed:
    name, id_, page, after = fate.before.field, fate.before.node.text, fate.before.page, fate.after
    now = after.front_matter.get(name) if after is not None else None
    successor = (after.front_matter.text(name) or "") if after is not None else ""
    variant = "" if successor else "removed" if after is not None else "gone"
    if history.announced.of(id_):
        variant = "announced"
    file = site.settings_file if after is None else after
    span = file.source.first_line if after is None else after.front_matter.opening if now is None else now.span
    entry = RetiredId(id=id_, title=page.title, successor=successor, reason="...")
    return Placed(
        file,
        Finding(
            span=span,
            field=name,
            variant=variant,
            values={"value": id_, "now": successor, "title": page.title, "file": page.path},
            identity=id_,
            snippet="" if variant == "announced" else entry_text(entry),
        ),
    )


def id_reused(site: Site, history: History, options: NoOptions) -> Iterator[Placed]:
    """An id is that of the page that had it first: in the earlier site, and by the list of retired ids."""
    known: set[tuple[str, str]] = set()
    for fate in fates(history.past) if history.past is not None else ():
        for holder in fate.holders:
            if (holder.page.path, holder.field) not in known:
                known.add((holder.page.path, holder.field))
                yield _reused(site, holder, fate.before.page.title, own=_own_id(history.past, holder))
    for id_ in ids(site):
        entry = _retired_otherwise(site, id_)
        if entry is not None and (id_.page.path, id_.field) not in known:
            yield _reused(site, id_, entry.title, entry=entry)


def _own_id(past: Past | None, holder: Id) -> str:
    """The id that a page had before, empty when it is new."""
    before = past.pairs.before(holder.page) if past is not None else None
    return (before.front_matter.text(holder.field) or "") if before is not None else ""


def _retired_otherwise(site: Site, id_: Id) -> RetiredId | None:
    """The entry that forbids a page its id, None when it is the page's own or was let be."""
    entries = site.retired.of(id_.node.text)
    titles = [title for entry in entries for title in (entry.title, entry.holder) if title]
    own = any(similar_titles(title, id_.page.title) for title in titles)
    return None if own or not entries else entries[-1]


def _reused(site: Site, id_: Id, title: str, *, own: str = "", entry: RetiredId | None = None) -> Placed:
    text = id_.node.text
    free = free_value(site, id_.field, site.types[id_.page.type or ""].fields[id_.field], text) or ""
    file_of_list = site.retired.file
    variant = "" if own else "retired" if entry is not None else "new"
    return Placed(
        id_.page,
        Finding(
            span=id_.node.span,
            field=id_.field,
            variant=variant if free or not variant else f"{variant}-no-number",
            values={"value": text, "title": title, "free": free},
            suggestions=(Suggestion(own),) if own else (),
            related=() if entry is None or file_of_list is None else (Related(file_of_list, entry.span, "list"),),
        ),
    )
