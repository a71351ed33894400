"""Addresses that lead to the text of a law as it was on a day, and not as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from algokader_lint.knowledge import LinkCheckData
from algokader_lint.links.document import DatedReference, LinkPlace
from algokader_lint.links.urls import URL_LIMIT


def dated_references(found: Mapping[str, Sequence[LinkPlace]], data: LinkCheckData) -> list[DatedReference]:
    """The addresses that are pinned to a day, by law and then by day, the oldest first."""
    return sorted(_references(found, data), key=lambda reference: (reference.law, reference.day, reference.url))


def _references(found: Mapping[str, Sequence[LinkPlace]], data: LinkCheckData) -> Iterator[DatedReference]:
    for url, places in found.items():
        for form in data.dated_laws:
            match = re.fullmatch(form.pattern, url[:URL_LIMIT])
            day = _day(match) if match is not None else None
            if match is not None and day is not None:
                yield DatedReference(url, match["law"], day, match.expand(form.undated), tuple(places))
                break


def _day(match: re.Match[str]) -> date | None:
    try:
        return date.fromisoformat(match["date"].replace("/", "-"))
    except ValueError:
        return None
