"""Addresses that lead to the text of a law as it was on a day, and not as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from algokader_lint.knowledge import LawAddresses, LinkCheckData
from algokader_lint.links.document import DatedReference, LinkPlace
from algokader_lint.links.urls import URL_LIMIT


def dated_references(found: Mapping[str, Sequence[LinkPlace]], data: LinkCheckData) -> list[DatedReference]:
    """The addresses that are pinned to a day, by law and then by day, the oldest first."""
    return sorted(_references(found, data), key=lambda reference: (reference.law, reference.day, reference.url))


def _references(found: Mapping[str, Sequence[LinkPlace]], data: LinkCheckData) -> Iterator[DatedReference]:
    for url, places in found.items():
        pinned = pinned_law(url, data.laws)
        if pinned is not None and pinned.day is not None:
            yield DatedReference(url, pinned.law, pinned.day, pinned.undated, tuple(places))


@dataclass(frozen=True, slots=True)
class PinnedLaw:
    """A law as an address calls it, the ``day`` that it is pinned to (None: no day of the calendar), that day as it is
    ``written``, and the address without it.
    """

    law: str
    written: str
    day: date | None
    undated: str


def pinned_law(url: str, laws: LawAddresses) -> PinnedLaw | None:
    """What an address says of a law on a day; None when it is of no form that names a day."""
    for form in laws.dated:
        match = re.fullmatch(form.pattern, url[:URL_LIMIT])
        if match is not None:
            return PinnedLaw(match["law"], match["date"], _day(match), match.expand(form.undated))
    return None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date.fromisoformat(match["date"].replace("/", "-"))
    except ValueError:
        return None
