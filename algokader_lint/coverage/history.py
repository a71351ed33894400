"""How coverage fared from release to release."""

from __future__ import annotations

from collections.abc import Sequence

from algokader_lint.content.site import Site
from algokader_lint.coverage.document import Coverage
from algokader_lint.coverage.outcome import Point


def point_of(names: Sequence[str], day: str, site: Site, coverage: Coverage) -> Point:
    """The numbers of one release."""
    graded = coverage.graded
    return Point(
        names=tuple(names),
        day=day,
        pages=len(coverage.pages),
        traceable=coverage.sources.traceable,
        total=graded.total,
        specific=graded.specific,
        bulk_only=graded.bulk_only,
        none=graded.none,
        waived=graded.waived,
        unreadable=sum(page.front_matter.fields is None for page in site.of_type(coverage.scope.type).values()),
    )
