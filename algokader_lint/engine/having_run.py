"""Which rules had their say about pages: where they found nothing, there is nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from algokader_lint.checks import LinkCheck
from algokader_lint.content.external import addresses_of
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.links.answer import Answer
from algokader_lint.selection import ActiveRule


@dataclass(frozen=True, slots=True)
class HavingRun:
    """The site that a run was about, its rules, and what it knew of addresses.

    A rule that judges by answers had its say where a verdict is known of every address. Otherwise what it told another
    day may still be so: not every command asks, and not every server answers every day.
    """

    site: Site
    rules: Sequence[ActiveRule]
    answers: Mapping[str, Answer]

    def about(self, pages: Iterable[Page]) -> frozenset[str]:
        """The codes of the rules that had their say about all of these pages of the site."""
        known = bool(self.answers) and all(self._knows(page) for page in pages)
        return frozenset(active.rule.code for active in self.rules if known or _sees(active))

    def _knows(self, page: Page) -> bool:
        found = (self.answers.get(address.url) for address in addresses_of(self.site, page))
        return all(answer is not None and answer.verdict != "unknown" for answer in found)


def _sees(active: ActiveRule) -> bool:
    """Whether a rule has something to say without any answers."""
    return not isinstance(active.kind, LinkCheck) or active.kind.sees
