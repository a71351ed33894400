"""The document that reports on addresses are written from; nothing else is read for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from algokader_lint.links.answer import VERDICTS, Answer, VerdictName
from algokader_lint.severity import Severity


@dataclass(frozen=True, slots=True, order=True)
class LinkPlace:
    """Where an address stands: lines and columns from 1, columns in code points.

    ``section`` is the heading above it (empty: none), ``page`` the title of the page.
    """

    file: str
    line: int
    column: int
    section: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReportEntry:
    """An address, what is known of it, and all its places.

    ``severity`` is the worst that a rule says of it, None when no rule does; ``code`` and ``name`` are that rule's,
    ``message`` and ``help`` its words, and ``address`` is where its page can be read.
    """

    url: str
    answer: Answer
    places: tuple[LinkPlace, ...]
    severity: Severity | None = None
    code: str = ""
    name: str = ""
    message: str = ""
    help: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class DatedReference:
    """An address that leads to the text of a law as it was on a ``day``.

    ``law`` is what the address calls it, ``undated`` the address of the text that is in force.
    """

    url: str
    law: str
    day: date
    undated: str
    places: tuple[LinkPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReport:
    """The outcome of a check of addresses, ``entries`` worst first, then those with most places.

    ``day`` is today. ``hosts`` is how many there are among the addresses. ``asked`` is how many addresses were asked
    for in this run. ``offline`` tells that no name could be found at all, or that no connection was wanted;
    ``out_of_time`` and ``interrupted`` that not all was reached. ``notices`` are sentences that a reader must know.
    """

    entries: tuple[LinkReportEntry, ...]
    day: date
    hosts: int
    asked: int = 0
    seconds: float = 0.0
    offline: bool = False
    out_of_time: bool = False
    interrupted: bool = False
    dated: tuple[DatedReference, ...] = ()
    notices: tuple[str, ...] = field(default=())

    @property
    def summary(self) -> Mapping[VerdictName, int]:
        """How many addresses have each verdict, all verdicts named."""
        counts = Counter(entry.answer.verdict for entry in self.entries)
        return {verdict: counts[verdict] for verdict in VERDICTS}
