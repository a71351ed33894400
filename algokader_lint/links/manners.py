"""Politeness: how often, and how many at a time, hosts are asked; and which are left alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

PATIENCE = 3
"""Times in a row that a host may refuse, or not answer in time, before it is left alone."""


class LeftAlone(Exception):
    """A host that is asked nothing more in this run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How hosts are treated.

    ``per_host``: requests at a time to one host, None for 1, or 2 where there are more than ``many`` addresses;
    ``interval``: seconds between the starts of two; ``concurrency``: requests at a time in all.
    """

    per_host: int | None = None
    many: int = 20
    interval: float = 0.5
    concurrency: int = 32

    def at_a_time(self, addresses: int) -> int:
        """Requests at a time to a host that has so many addresses."""
        return self.per_host or (2 if addresses > self.many else 1)


@dataclass
class _Host:
    slots: asyncio.Semaphore
    starting: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_start: float = 0.0
    refusals: int = 0
    left_alone: bool = False


class Manners:
    """Gives turns to ask a host. The redirects of one host may lead to another: its turns are counted too."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = asyncio.Semaphore(limits.concurrency)
        self._hosts: dict[str, _Host] = {}

    def expect(self, host: str, addresses: int) -> None:
        """Say how many addresses there are of a host."""
        self._hosts[host] = _Host(asyncio.Semaphore(self._limits.at_a_time(addresses)))

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn to ask a host, and hold it. Raises LeftAlone."""
        lane = self._lane(host)
        async with lane.slots:
            async with lane.starting:
                await self._pause(lane)
                await self._all.acquire()
                lane.next_start = max(lane.next_start, time.monotonic() + self._limits.interval)
            try:
                yield
            finally:
                self._all.release()

    def hold(self, host: str, seconds: float) -> None:
        """Ask a host nothing for some time, as it wanted (RFC 9110, 10.2.3)."""
        lane = self._lane(host)
        lane.next_start = max(lane.next_start, time.monotonic() + seconds)

    def leave_alone(self, host: str) -> None:
        """Ask a host nothing more."""
        self._lane(host).left_alone = True

    def refused(self, host: str) -> None:
        """A host refused, or did not answer in time; when it goes on doing that it is left alone."""
        lane = self._lane(host)
        lane.refusals += 1
        lane.left_alone = lane.left_alone or lane.refusals >= PATIENCE

    def answered(self, host: str) -> None:
        """A host answered as it should."""
        self._lane(host).refusals = 0

    async def _pause(self, lane: _Host) -> None:
        while not lane.left_alone:
            seconds = lane.next_start - time.monotonic()
            if seconds <= 0:
                return
            await asyncio.sleep(seconds)
        raise LeftAlone

    def _lane(self, host: str) -> _Host:
        if host not in self._hosts:
            self.expect(host, 1)
        return self._hosts[host]
