"""The ids that releases of a site gave out and that are no longer with their page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from algokader_lint.content.history import Past
from algokader_lint.content.lifetime import fates, ids
from algokader_lint.content.pairing import similar_titles
from algokader_lint.content.retired import RetiredId
from algokader_lint.content.site import Site
from algokader_lint.messages import Messages


@dataclass(frozen=True, slots=True)
class Release:
    """A state of the site and its name; the last one has none yet."""

    name: str
    site: Site


def retired_by_history(releases: Sequence[Release], messages: Messages) -> list[RetiredId]:
    """The entries for the list of retired ids, one for each page that lost its id between two releases.

    ``releases`` are in order of time, the present last. An id that came back to its page is not retired; one that
    another page has today says so (``holder``), for that reuse cannot be undone.
    """
    titles: dict[str, list[str]] = {}
    for id_ in ids(releases[-1].site):
        titles.setdefault(id_.node.text, []).append(id_.page.title)
    found: dict[tuple[str, str], RetiredId] = {}
    for earlier, later in pairwise(releases):
        for entry in _lost(earlier, later, messages):
            found[entry.id, entry.title.casefold()] = entry
    return [
        replace(entry, holder=next(iter(titles.get(entry.id, ())), ""))
        for entry in found.values()
        if not any(similar_titles(entry.title, title) for title in titles.get(entry.id, ()))
    ]


def _lost(earlier: Release, later: Release, messages: Messages) -> Iterator[RetiredId]:
    when = later.name or messages("ids.now")
    for fate in fates(Past(earlier.name, earlier.site, later.site)):
        field = fate.before.field
        successor = (fate.after.front_matter.text(field) or "") if fate.after is not None else ""
        reason = "ids.page_gone" if fate.after is None else "ids.renumbered"
        yield RetiredId(
            id=fate.before.node.text,
            title=fate.before.page.title,
            release=earlier.name,
            successor=successor,
            reason=messages(reason, release=when),
        )
