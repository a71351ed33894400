"""What was before: an earlier state of the site, and the ids that were given out and are no longer in use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from algokader_lint.content.pairing import Pairs, pair_pages
from algokader_lint.content.retired import NONE_RETIRED, RetiredIds
from algokader_lint.content.site import Site


@dataclass(frozen=True)
class Past:
    """An earlier state of the site. ``label`` names it for people, ``site`` is it, ``now`` is what it has become."""

    label: str
    site: Site
    now: Site

    @cached_property
    def pairs(self) -> Pairs:
        """Which page of the earlier site is which of the later one."""
        return pair_pages(self.site, self.now)


@dataclass(frozen=True, slots=True)
class History:
    """What checks of the site may ask about the past.

    ``past`` is None when nothing is compared. ``announced`` are the retired ids that stand on the list only because
    of the change that is checked.
    """

    past: Past | None = None
    announced: RetiredIds = NONE_RETIRED
