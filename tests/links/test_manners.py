"""Politeness, with short times: turns, pauses, and hosts that are left alone."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from algokader_lint.links.checking import by_host
from algokader_lint.links.following import wanted_wait
from algokader_lint.links.inquiry import Inquiry
from algokader_lint.links.manners import PATIENCE, LeftAlone, Limits, Manners
from algokader_lint.links.urls import ParsedAddress, parse_address

SHORT = 0.03
SLACK = 0.004
"""Clocks and timers differ by as much."""


class Visits:
    """Requests that take a while, and what could be seen of them at the hosts."""

    def __init__(self, manners: Manners, seconds: float = 0.01) -> None:
        self.manners = manners
        self.seconds = seconds
        self.starts: dict[str, list[float]] = {}
        self.now: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.most_in_all = 0

    async def visit(self, host: str) -> None:
        async with self.manners.turn(host):
            self.starts.setdefault(host, []).append(time.monotonic())
            self.now[host] = self.now.get(host, 0) + 1
            self.most[host] = max(self.most.get(host, 0), self.now[host])
            self.most_in_all = max(self.most_in_all, sum(self.now.values()))
            await asyncio.sleep(self.seconds)
            self.now[host] -= 1

    def gaps(self, host: str) -> list[float]:
        starts = self.starts[host]
        return [after - before for before, after in itertools.pairwise(starts)]


async def together(*work: Coroutine[Any, Any, None]) -> None:
    await asyncio.gather(*work)


def visited(limits: Limits, addresses: dict[str, int], seconds: float = 0.01) -> Visits:
    manners = Manners(limits)
    for host, number in addresses.items():
        manners.expect(host, number)
    visits = Visits(manners, seconds)
    asyncio.run(together(*(visits.visit(host) for host, number in addresses.items() for _ in range(number))))
    return visits


def test_between_two_starts_at_a_host_there_is_a_pause() -> None:
    began = time.monotonic()
    visits = visited(Limits(interval=SHORT), {"een": 4, "twee": 3, "drie": 1})
    for host in ("een", "twee"):
        assert min(visits.gaps(host)) >= SHORT - SLACK
    assert {host: starts[0] - began < SHORT * 2 for host, starts in visits.starts.items()} == dict.fromkeys(
        ("een", "twee", "drie"), True
    ), "hosts do not wait for each other"


def test_a_host_is_asked_one_thing_at_a_time_and_a_large_one_two() -> None:
    visits = visited(Limits(interval=0, many=5), {"klein": 5, "groot": 6}, seconds=0.003)
    assert visits.most == {"klein": 1, "groot": 2}
    assert visited(Limits(interval=0, per_host=3), {"klein": 6}, seconds=0.003).most == {"klein": 3}
    limits = Limits()
    assert [limits.at_a_time(number) for number in (1, 20, 21, 500)] == [1, 1, 2, 2]
    assert (limits.interval, limits.concurrency) == (0.5, 32)


def test_in_all_no_more_than_so_many_at_a_time() -> None:
    hosts = {f"host{number}": 2 for number in range(9)}
    visits = visited(Limits(interval=0, concurrency=4), hosts, seconds=0.005)
    assert visits.most_in_all == 4
    assert sum(map(len, visits.starts.values())) == 18


def test_a_pause_of_one_host_takes_no_place_of_another() -> None:
    """With two places in all, three hosts that pause do not hold up a fourth."""
    limits = Limits(interval=0.1, concurrency=2)
    visits = Visits(Manners(limits), seconds=0)

    async def run() -> float:
        await together(*(visits.visit(host) for host in "abc"))
        waiting = [asyncio.ensure_future(visits.visit(host)) for host in "abc"]
        began = time.monotonic()
        await visits.visit("d")
        took = time.monotonic() - began
        for task in waiting:
            task.cancel()
        return took

    assert asyncio.run(run()) < 0.05


def test_a_host_that_asks_for_it_is_left_in_peace_for_a_while() -> None:
    visits = Visits(Manners(Limits(interval=0)), seconds=0)

    async def run() -> None:
        await visits.visit("een")
        visits.manners.hold("een", 0.08)
        visits.manners.hold("een", 0.01)
        await together(*(visits.visit(host) for host in ("een", "een", "twee")))

    asyncio.run(run())
    assert visits.gaps("een")[0] >= 0.08 - SLACK
    assert visits.starts["twee"][0] < visits.starts["een"][1]


def test_holding_reaches_those_that_wait_already() -> None:
    visits = Visits(Manners(Limits(interval=SHORT)), seconds=0)

    async def run() -> None:
        await visits.visit("een")
        waiting = asyncio.ensure_future(visits.visit("een"))
        await asyncio.sleep(0)
        visits.manners.hold("een", 0.09)
        await waiting

    asyncio.run(run())
    assert visits.gaps("een")[0] >= 0.09 - SLACK


def test_a_host_that_goes_on_refusing_is_left_alone() -> None:
    visits = Visits(Manners(Limits(interval=0)), seconds=0)
    manners = visits.manners

    async def run() -> None:
        for _ in range(PATIENCE - 1):
            manners.refused("een")
        manners.answered("een")
        for _ in range(PATIENCE - 1):
            manners.refused("een")
        await visits.visit("een")
        manners.refused("een")
        manners.answered("een")
        with pytest.raises(LeftAlone):
            await visits.visit("een")
        await visits.visit("twee")

    asyncio.run(run())
    assert PATIENCE == 3
    assert {host: len(starts) for host, starts in visits.starts.items()} == {"een": 1, "twee": 1}


def test_those_that_wait_are_told_that_a_host_is_left_alone() -> None:
    visits = Visits(Manners(Limits(interval=SHORT)), seconds=0)

    async def run() -> list[BaseException | None]:
        await visits.visit("een")
        waiting = [asyncio.ensure_future(visits.visit("een")) for _ in range(3)]
        await asyncio.sleep(0)
        visits.manners.leave_alone("een")
        return await asyncio.gather(*waiting, return_exceptions=True)

    assert [type(ended) for ended in asyncio.run(run())] == [LeftAlone] * 3


def test_what_fails_gives_its_place_back() -> None:
    visits = Visits(Manners(Limits(interval=0, concurrency=1)), seconds=0)

    async def run() -> None:
        for _ in range(3):
            with pytest.raises(ValueError, match="stuk"):
                async with visits.manners.turn("een"):
                    raise ValueError("stuk")
        cancelled = asyncio.ensure_future(visits.visit("een"))
        await asyncio.sleep(0)
        cancelled.cancel()
        await asyncio.wait_for(visits.visit("twee"), 0.5)

    asyncio.run(run())


NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5", 5.0),
        ("0", 0.0),
        (" 30 ", 30.0),
        ("3600", 3600.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0.0),
        ("-5", None),
        ("1e9", None),
        ("9" * 400, None),
        ("Mon, 02 Mar 99999 12:00:00 GMT", None),
        ("Mon, 02 Mar 2026 12:00:30", None),
        ("morgen", None),
        ("", None),
    ],
)
def test_how_long_a_host_wants_to_be_left_in_peace(text: str, seconds: float | None) -> None:
    assert wanted_wait({"retry-after": text}, NOW) == seconds


def test_the_host_with_most_addresses_comes_first() -> None:
    urls = ["https://een.example/1", "https://twee.example/1", "https://twee.example/2", "https://drie.example/1"]
    parsed = [address for url in urls if isinstance(address := parse_address(url), ParsedAddress)]
    found = by_host(map(Inquiry, parsed))
    assert list(found) == ["twee.example", "een.example", "drie.example"]
    assert [len(row) for row in found.values()] == [2, 1, 1]
