"""Pages that could be written: one for every gap, with an id that was never given out."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from algokader_lint.content.numbering import free_value
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.tree import display_path
from algokader_lint.coverage.document import DraftPage, GradedItem
from algokader_lint.coverage.plan import Plan
from algokader_lint.messages import fill
from algokader_lint.nearest import slug

_PLAIN = re.compile(r"\w[\w.-]*")


def drafts_of(site: Site, plan: Plan, pages: Sequence[Page], gaps: Iterable[GradedItem]) -> Iterator[DraftPage]:
    """A page for each gap; none when it is not known which ids were given out, where the page should be, or what about.

    All have the same id: each is written by itself, and which ones will be written nobody knows.
    """
    draft = plan.definition.draft
    neighbours = pages or list(site.of_type(plan.scope.type).values())  # a topic that nobody has written about yet
    if draft is None or plan.scope.value is None or not neighbours:
        return
    spec = site.types[plan.scope.type].fields[draft.id_field]
    free = free_value(site, draft.id_field, spec, draft.series)
    match = re.search(draft.number, free) if free is not None else None
    if free is None or match is None:
        return
    folders = Counter(posixpath.dirname(page.path) for page in neighbours)
    folder = max(folders, key=lambda name: (folders[name], name))
    for gap in gaps:
        if not _PLAIN.fullmatch(gap.key):
            continue  # a name that could not stand in front matter as it is
        values = {
            "id": free,
            "number": match["number"],
            "topic": plan.scope.value or "",
            "key": gap.key,
            "slug": slug(gap.key),
            "title": " ".join(gap.title.split()),
        }
        file = posixpath.join(folder, fill(draft.file, values))
        yield DraftPage(gap.key, free, display_path(file), fill(draft.template, values))
