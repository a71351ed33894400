"""What to measure and how: the definition of a pack, what the site's settings add, and what is known of addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from algokader_lint.config import CoverageSettings
from algokader_lint.content.sources import SourceSections
from algokader_lint.knowledge import CoverageDefinition, Scope


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of an address said, in the words of the link check, and when."""

    verdict: str
    day: date


class Verdicts(Protocol):
    """What is known of addresses."""

    def get(self, url: str, /) -> Verdict | None:
        """What is known of an address, None for nothing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``scope`` names the pages to look at, ``sources`` what counts as a source, ``verdicts`` addresses by URL.

    ``today`` decides which waivers are in force.
    """

    definition: CoverageDefinition
    scope: Scope
    sources: SourceSections
    settings: CoverageSettings
    today: date
    verdicts: Verdicts = field(default_factory=dict[str, Verdict])
