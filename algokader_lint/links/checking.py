"""Checks addresses: each once, host by host, within a budget of time, and with what is known so far kept."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from algokader_lint.links.answer import Answer, PageAnswer, Reason
from algokader_lint.links.client import ClientSettings, open_client
from algokader_lint.links.following import LONGEST_WAIT, Chain, Follower, wanted_wait
from algokader_lint.links.guard import SafeResolver
from algokader_lint.links.inquiry import Inquiry, Outcome, Progress
from algokader_lint.links.judging import judge
from algokader_lint.links.manners import Limits, Manners
from algokader_lint.links.signs import Signs

_TRIES = 2
_PAUSE = (1.0, 2.0)
"""Seconds between two tries, at random: what many ask for at once must not be asked for again at once."""
_NAMES_TO_LOSE = 8
"""Names that are not found, without any that is, before it is taken that there is no network."""
_GRACE = 1.0
"""Seconds that names which are still being looked up are given then."""
_AGAIN: frozenset[Reason] = frozenset({"no-location", "no-such-name", "redirect-loop"})
_AGAIN_STATUSES = frozenset({404, 410, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """How addresses are checked; ``max_time`` in seconds, ``probe`` a host that is known to exist."""

    client: ClientSettings
    limits: Limits = field(default_factory=Limits)
    max_time: float = 900.0
    probe: str = ""


def check_addresses(
    inquiries: Sequence[Inquiry],
    resolver: SafeResolver,
    settings: CheckSettings,
    signs: Signs,
    *,
    keep: Callable[[Inquiry, PageAnswer], None],
    tell: Callable[[Progress], None],
) -> Outcome:
    """Check addresses, the first of each host first. ``keep`` is told every answer as soon as it is certain.

    An interrupt (SIGINT, SIGTERM) ends it at once, with what is known by then. Raises CannotTrust for a file of
    certificates that cannot be used.
    """
    run = _Run(inquiries, resolver, settings, signs, keep, tell)
    asyncio.run(run.all())
    return run.outcome


class _Offline(Exception):
    """There is no network."""


@dataclass(slots=True)
class _Waiting:
    """An inquiry that is to be made, for the how manieth time, and not before a moment (of the monotonic clock)."""

    inquiry: Inquiry
    attempt: int = 1
    not_before: float = 0.0


@dataclass
class _Run:
    inquiries: Sequence[Inquiry]
    resolver: SafeResolver
    settings: CheckSettings
    signs: Signs
    keep: Callable[[Inquiry, PageAnswer], None]
    tell: Callable[[Progress], None]
    outcome: Outcome = field(default_factory=Outcome)
    nameless: list[tuple[Inquiry, PageAnswer]] = field(default_factory=list)
    done: int = 0
    hosts_done: int = 0
    _lost: set[str] = field(default_factory=set)

    async def all(self) -> None:
        """Everything, or as much as time and the network allow."""
        with _ended_by_sigterm():
            try:
                async with asyncio.timeout(self.settings.max_time):
                    await self._hosts()
                    await self._settle_names()
            except TimeoutError:
                self.outcome.out_of_time = True
            except asyncio.CancelledError:
                self.outcome.interrupted = True

    async def _hosts(self) -> None:
        hosts = by_host(self.inquiries)
        limits = self.settings.limits
        manners = Manners(limits)
        for host, inquiries in hosts.items():
            manners.expect(host, len(inquiries))
        async with open_client(self.resolver, self.settings.client, limits.concurrency) as client:
            follower = Follower(client, manners, self.signs)
            try:
                async with asyncio.TaskGroup() as group:
                    for inquiries in hosts.values():
                        group.create_task(self._host(inquiries, len(hosts), follower))
            except* _Offline:
                self.outcome.offline = True

    async def _host(self, inquiries: Sequence[Inquiry], hosts: int, follower: Follower) -> None:
        """The addresses of one host, as many at a time as it is given."""
        waiting = deque(map(_Waiting, inquiries))
        async with asyncio.TaskGroup() as group:
            for _ in range(min(self.settings.limits.at_a_time(len(waiting)), len(waiting))):
                group.create_task(self._lane(waiting, hosts, follower))
        self.hosts_done += 1
        self._tell(hosts)

    async def _lane(self, waiting: deque[_Waiting], hosts: int, follower: Follower) -> None:
        """One address after the other; what fails goes to the end of the queue once, for failing may pass."""
        while waiting:
            item = waiting.popleft()
            await asyncio.sleep(max(item.not_before - time.monotonic(), 0.0))
            found, passing = await self._one(item.inquiry, follower)
            if passing and item.attempt < _TRIES:
                await self._require_network(item.inquiry, found)
                pause = time.monotonic() + random.uniform(*_PAUSE)  # noqa: S311 - no secret
                waiting.append(_Waiting(item.inquiry, item.attempt + 1, pause))
            else:
                self._found(item.inquiry, found)
                self._tell(hosts)

    async def _one(self, inquiry: Inquiry, follower: Follower) -> tuple[PageAnswer, bool]:
        """What an address comes to, and whether that may be otherwise a moment later."""
        now = datetime.now(UTC)
        try:
            chain = await follower.follow(inquiry.address.url)
            found = judge(chain, inquiry.fragments, self.signs, now)
        except Exception as error:  # an answer that is not understood must not take the others with it
            return PageAnswer(Answer(verdict="unknown", reason="protocol", detail=str(error), checked_at=now)), False
        return found, worth_another_try(chain, found.answer)

    def _found(self, inquiry: Inquiry, found: PageAnswer) -> None:
        self.done += 1
        if found.answer.reason == "no-such-name" and not self.resolver.resolved:
            self.nameless.append((inquiry, found))
        else:
            self._keep(inquiry, found)

    def _keep(self, inquiry: Inquiry, found: PageAnswer) -> None:
        self.outcome.answers[inquiry.address.key] = found
        self.keep(inquiry, found)

    async def _require_network(self, inquiry: Inquiry, found: PageAnswer) -> None:
        """Stop when name after name is not found: then it is not the names. Raises _Offline."""
        if found.answer.reason != "no-such-name":
            return
        self._lost.add(inquiry.address.host)
        if len(self._lost) >= _NAMES_TO_LOSE and not await self._online():
            await asyncio.sleep(_GRACE)  # others may be on their way
            if not await self._online():
                raise _Offline

    async def _settle_names(self) -> None:
        """A name is missing only when others are found, or when one that exists is."""
        if not self.nameless:
            return
        if not await self._online():
            self.outcome.offline = True
            return
        for inquiry, found in self.nameless:
            self._keep(inquiry, found)

    async def _online(self) -> bool:
        probe = self.settings.probe
        return bool(self.resolver.resolved) or (bool(probe) and await self.resolver.knows(probe))

    def _tell(self, hosts: int) -> None:
        self.tell(Progress(self.done, len(self.inquiries), self.hosts_done, hosts))


def by_host(inquiries: Iterable[Inquiry]) -> dict[str, list[Inquiry]]:
    """The addresses by host, that with most of them first."""
    found: dict[str, list[Inquiry]] = {}
    for inquiry in inquiries:
        found.setdefault(inquiry.address.host, []).append(inquiry)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def worth_another_try(chain: Chain, answer: Answer) -> bool:
    """Whether an answer may be another one a moment later."""
    if chain.trouble is not None:
        return chain.trouble.passing or chain.trouble.reason in _AGAIN
    if chain.reply is None or answer.reason == "robot-page":
        return False
    wait = wanted_wait(chain.reply.headers, datetime.now(UTC))
    return chain.reply.status in _AGAIN_STATUSES and (wait is None or wait <= LONGEST_WAIT)


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends the run as SIGINT does, where there are such signals."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    handled = False
    with suppress(NotImplementedError, RuntimeError, ValueError):  # no such signals here, or not the main thread
        if task is not None:
            loop.add_signal_handler(signal.SIGTERM, task.cancel)
            handled = True
    try:
        yield
    finally:
        if handled:
            loop.remove_signal_handler(signal.SIGTERM)
