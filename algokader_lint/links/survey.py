"""Answers for a set of addresses: what can be said without asking, what earlier runs found, and what is asked now."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from algokader_lint.links.addresses import is_private_name, parse_host
from algokader_lint.links.answer import Answer, PageAnswer, Reason
from algokader_lint.links.cache import Cache, Known
from algokader_lint.links.guard import PORTS, Forbidden, Guard
from algokader_lint.links.inquiry import Inquiry, Outcome
from algokader_lint.links.urls import InvalidAddress, ParsedAddress, parse_address

Keep = Callable[[Inquiry, PageAnswer], None]
Ask = Callable[[Sequence[Inquiry], Keep], Outcome]
"""Asks the web for addresses, and tells each answer as soon as it is certain."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """What is not asked for: addresses in which an ``exclude`` pattern is found, and those that are not public.

    ``named`` are hosts whose addresses are given; ``private_hosts`` names of machines inside a network.
    """

    guard: Guard
    named: Collection[str] = ()
    private_hosts: tuple[str, ...] = ()
    exclude: Sequence[re.Pattern[str]] = ()

    def of(self, url: str, parsed: ParsedAddress | InvalidAddress) -> Answer | None:
        """The answer for an address that is not asked for, None for one that is."""
        if any(pattern.search(url) for pattern in self.exclude):
            return Answer(verdict="unknown", reason="excluded")
        if isinstance(parsed, InvalidAddress):
            return Answer(verdict="invalid", reason=parsed.reason, detail=parsed.detail)
        if parsed.credentials:
            return Answer(verdict="unsafe", reason="credentials")
        try:
            self._require(parsed)
        except Forbidden as error:
            return Answer(verdict="unsafe", reason=error.reason, detail=error.where)
        return None

    def _require(self, parsed: ParsedAddress) -> None:
        """Raises Forbidden for an address that the guard of connections would refuse, as far as that can be told."""
        port = parsed.url.port or 0
        address = parse_host(parsed.host)
        if address is not None:
            self.guard.require(address, port)
        elif parsed.host in self.named:
            return  # the guard sees where it leads
        elif is_private_name(parsed.host, self.private_hosts):
            raise Forbidden("private", parsed.host)
        elif port not in PORTS:
            raise Forbidden("port", str(port))


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The answers, by address as written. ``asked`` is how many addresses were asked for in this run."""

    answers: Mapping[str, Answer]
    asked: int = 0
    hosts: int = 0
    offline: bool = False
    out_of_time: bool = False
    interrupted: bool = False


@dataclass
class _Wish:
    """An address to know about: the addresses as written that come down to it, with their fragments."""

    parsed: ParsedAddress
    fragments: dict[str, str] = field(default_factory=dict)

    @property
    def inquiry(self) -> Inquiry:
        """What is asked of the web."""
        return Inquiry(self.parsed, frozenset(filter(None, self.fragments.values())))


def survey(
    urls: Collection[str],
    refusals: Refusals,
    now: datetime,
    *,
    cache: Cache | None = None,
    ask: Ask | None = None,
    at_most: int | None = None,
) -> Survey:
    """Answers for all addresses. ``ask`` is None to open no connection; then what is known is all there is.

    ``at_most`` bounds how many addresses are asked for; those that were looked at longest ago come first.
    """
    answers: dict[str, Answer] = {}
    wishes: dict[str, _Wish] = {}
    for url in urls:
        parsed = parse_address(url)
        refused = refusals.of(url, parsed)
        if refused is not None or isinstance(parsed, InvalidAddress):
            answers[url] = refused or Answer(verdict="invalid")
        else:
            wishes.setdefault(parsed.key, _Wish(parsed)).fragments[url] = parsed.fragment
    known = {key: found for key in wishes if cache is not None and (found := cache.known(key, now)) is not None}
    wanting = [key for key, wish in wishes.items() if not _suffices(known.get(key), wish)]
    wanting.sort(key=lambda key: known[key].last_check if key in known else 0.0)
    outcome = Outcome(offline=ask is None)
    days: dict[str, int] = {}
    if ask is not None and wanting:

        def keep(inquiry: Inquiry, found: PageAnswer) -> None:
            days[inquiry.address.key] = cache.keep(inquiry.address.key, found) if cache is not None else 0

        outcome = ask([wishes[key].inquiry for key in wanting[:at_most]], keep)
    for key, wish in wishes.items():
        told = outcome.answers.get(key) or _of_before(known.get(key), outcome)
        for url, fragment in wish.fragments.items():
            answer = told.for_url(url, fragment)
            answers[url] = replace(answer, failing_days=days[key]) if key in days else answer
    return Survey(
        answers=answers,
        asked=len(outcome.answers),
        hosts=len({wish.parsed.host for wish in wishes.values()}),
        offline=outcome.offline,
        out_of_time=outcome.out_of_time or (at_most is not None and len(wanting) > at_most),
        interrupted=outcome.interrupted,
    )


def _suffices(known: Known | None, wish: _Wish) -> bool:
    """Whether what is known still holds, and tells of every place that is asked about."""
    if known is None or known.answer is None or known.answer.answer.stale:
        return False
    return known.answer.answer.verdict != "ok" or wish.inquiry.fragments <= set(known.answer.fragments)


def _of_before(known: Known | None, outcome: Outcome) -> PageAnswer:
    """What is known of an address that was not asked for, or not reached."""
    if known is not None and known.answer is not None:
        return known.answer
    reason: Reason = "offline" if outcome.offline else "not-reached"
    return PageAnswer(Answer(verdict="unknown", reason=reason, failing_days=known.failing_days if known else 0))
