"""The check on addresses that lead to the text of a law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pydantic import Field

from algokader_lint.checks.written import rewritten, written_addresses
from algokader_lint.content.external import ExternalAddress
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.finding import Finding, Suggestion
from algokader_lint.knowledge import LawAddresses, Model
from algokader_lint.links.dated import PinnedLaw, pinned_law
from algokader_lint.links.urls import URL_LIMIT


class LawOptions(Model):
    """``addresses``: what is known of them. ``years``: how old the text may be that an address is pinned to."""

    addresses: LawAddresses
    years: int = Field(ge=0)


def law_address(site: Site, page: Page, options: LawOptions) -> Iterator[Finding]:
    """An address of a law is one that exists, in the form of today, and does not lead to a text of long ago."""
    for address in written_addresses(site, page):
        if len(address.url) <= URL_LIMIT:
            yield from _judged(page, address, options)


def _judged(page: Page, address: ExternalAddress, options: LawOptions) -> Iterator[Finding]:
    laws, url = options.addresses, address.url
    current = _current(url, laws)
    if current is not None:
        new, safe = current
        yield Finding(
            span=address.span,
            variant="old",
            values={"value": url, "new": new},
            suggestions=(Suggestion(new, sure=True),),
            fix=rewritten(page, address, new, safe=safe),
        )
        return
    fault = _fault(url, laws)
    if fault is not None:
        yield Finding(span=address.span, variant=fault.variant, values={"value": url, "part": fault.part})
        return
    pinned = pinned_law(url, laws)
    if pinned is not None:
        yield from _aged(page, address, pinned, options.years)


def _current(url: str, laws: LawAddresses) -> tuple[str, bool] | None:
    """The address that has come in the place of an old one, and whether that is sure to be the same."""
    for form in laws.old:
        match = re.fullmatch(form.pattern, url)
        if match is not None:
            return match.expand(form.to), form.safe
    return None


class _Fault(NamedTuple):
    """What is wrong with an address, and the part of it that is."""

    variant: str
    part: str


def _fault(url: str, laws: LawAddresses) -> _Fault | None:
    for shape in laws.shapes:
        match = re.match(shape.where, url, re.IGNORECASE)
        if match is not None and not re.fullmatch(shape.right, match["value"], re.IGNORECASE):
            return _Fault(shape.variant, match["value"])
    return None


def _aged(page: Page, address: ExternalAddress, pinned: PinnedLaw, years: int) -> Iterator[Finding]:
    if pinned.day is None:
        yield Finding(span=address.span, variant="day", values={"value": address.url, "part": pinned.written})
    elif _years_before(years) > pinned.day:
        yield Finding(
            span=address.span,
            variant="dated",
            values={"value": address.url, "date": str(pinned.day), "new": pinned.undated, "years": str(years)},
            suggestions=(Suggestion(pinned.undated, sure=True),),
            fix=rewritten(page, address, pinned.undated, safe=False),
        )


def _years_before(years: int) -> date:
    """The day that was ``years`` ago."""
    today = date.today()
    return today.replace(year=max(today.year - years, 1), day=min(today.day, 28))
