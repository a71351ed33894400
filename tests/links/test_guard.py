"""The guard of connections, by itself: which addresses are public, and that names cannot lead around it."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import socket
from collections.abc import Iterator, Sequence
from unittest.mock import patch

import pytest

from algokader_lint.links.addresses import parse_host
from algokader_lint.links.guard import Forbidden, Guard, NoSuchName, SafeResolver

GUARD = Guard()

INSIDE_FOUR = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.1",
    "127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1",
    "192.0.0.170", "192.0.0.192", "192.0.2.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
]  # fmt: skip
OUTSIDE_FOUR = [
    "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
    "168.63.129.15", "169.253.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.167.0.1", "192.169.0.1",
    "198.17.0.1", "198.20.0.1", "223.255.255.255",
]  # fmt: skip
INSIDE_SIX = [
    "::", "::1", "100::1", "2001:2::1", "2001:10::1", "2001:db8::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fe80::a9fe:a9fe", "febf::1", "fec0::1", "feff::1", "ff02::1", "ff0e::1", "64:ff9b:1::1",
    "64:ff9b:1:ffff::101:101", "::ffff:0:127.0.0.1", "4000::1", "8000::1", "e000::1",
]  # fmt: skip
OUTSIDE_SIX = ["2606:4700::1111", "2a02:1234::1", "2400::1", "2003::1"]


def mapped(four: str) -> str:
    return f"::ffff:{four}"


def compatible(four: str) -> str:
    return f"::{four}"


def six_to_four(four: str) -> str:
    return str(ipaddress.IPv6Address((0x2002 << 112) | (int(ipaddress.IPv4Address(four)) << 80) | 1))


def teredo(four: str) -> str:
    """With a server that is public, and this address as that of the client, in ones for noughts (RFC 4380, 4)."""
    server = int(ipaddress.IPv4Address("1.1.1.1"))
    return str(
        ipaddress.IPv6Address((0x20010000 << 96) | (server << 64) | (int(ipaddress.IPv4Address(four)) ^ 0xFFFFFFFF))
    )


def translated(four: str) -> str:
    return f"64:ff9b::{four}"


FORMS = [mapped, compatible, six_to_four, teredo, translated]


def refused(address: str, port: int = 443) -> str | None:
    try:
        GUARD.require(ipaddress.ip_address(address), port)
    except Forbidden as error:
        return error.reason
    return None


@pytest.mark.parametrize("address", [*INSIDE_FOUR, *INSIDE_SIX])
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert refused(address) == "private"


@pytest.mark.parametrize("address", [*OUTSIDE_FOUR, *OUTSIDE_SIX])
def test_a_public_address_is_not_refused(address: str) -> None:
    assert refused(address) is None
    assert refused(address, 80) is None
    assert [refused(address, port) for port in (0, 22, 8080, 65535)] == ["port"] * 4


@pytest.mark.parametrize("form", FORMS)
def test_an_address_inside_another_is_judged_itself(form: object) -> None:
    assert callable(form)
    inside = {four: refused(form(four)) for four in INSIDE_FOUR}
    assert set(inside.values()) == {"private"}, [four for four, reason in inside.items() if reason is None]


def test_both_ends_of_a_tunnel_count() -> None:
    """The server of Teredo stands in the address too: a packet may go there first."""
    client = int(ipaddress.IPv4Address("1.1.1.1")) ^ 0xFFFFFFFF
    for server in ("10.0.0.1", "169.254.169.254", "127.0.0.1"):
        address = ipaddress.IPv6Address((0x20010000 << 96) | (int(ipaddress.IPv4Address(server)) << 64) | client)
        assert refused(str(address)) == "private"


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "017700000001", "127.1", "127.0.1", "0177.0.0.1", "0x7f.1", "１２７.０.０.１",
     "[::ffff:7f00:1]", "127.0.0.1.", "0", "[::1%25lo]", "①②⑦.0.0.1"],
)  # fmt: skip
def test_other_ways_to_write_an_address(host: str) -> None:
    address = parse_host(host)
    assert address is not None
    assert refused(str(address)) == "private"


def test_only_what_is_allowed_is_let_through_at_any_port() -> None:
    guard = Guard([ipaddress.ip_network("127.1.0.0/16"), ipaddress.ip_network("::1/128")])
    for address in ("127.1.0.1", "127.1.255.254", "::1"):
        guard.require(ipaddress.ip_address(address), 12345)
    for address in ("127.0.0.1", "127.2.0.1", "10.0.0.1", "::ffff:10.0.0.1", "::ffff:127.1.0.1"):
        with pytest.raises(Forbidden):
            guard.require(ipaddress.ip_address(address), 80)


@pytest.mark.parametrize("place", [("127.0.0.1", 80), ("::1", 80, 0, 0), ("fe80::1%lo", 443, 0, 2), ("1.1.1.1", 22)])
def test_the_gate_makes_no_socket_for_a_forbidden_place(place: tuple[object, ...]) -> None:
    family = socket.AF_INET6 if ":" in str(place[0]) else socket.AF_INET
    with patch("socket.socket") as made, pytest.raises(Forbidden):
        GUARD.make_socket((family, socket.SOCK_STREAM, 0, "", place))
    assert not made.called


def looked_up(*answers: Sequence[str]) -> object:
    """Stands in for the system: another answer each time."""
    row: Iterator[Sequence[str]] = iter(answers)

    async def look_up(host: str, family: object) -> list[str]:
        found = list(next(row))
        if not found:
            raise NoSuchName(host)
        return found

    return patch("algokader_lint.links.guard._look_up", look_up)


def resolve(resolver: SafeResolver, host: str = "www.voorbeeld.example", port: int = 443) -> list[str]:
    return [found["host"] for found in asyncio.run(resolver.resolve(host, port))]


def test_a_name_whose_addresses_change_is_looked_at_each_time() -> None:
    resolver = SafeResolver(GUARD)
    with looked_up(["1.1.1.1"], ["169.254.1.1"], ["1.1.1.1"]):  # type: ignore[attr-defined]
        assert resolve(resolver) == ["1.1.1.1"]
        with pytest.raises(Forbidden):
            resolve(resolver)
        assert resolve(resolver) == ["1.1.1.1"]


def test_between_looking_and_connecting_nothing_changes() -> None:
    """What the resolver looked at is a number, and the gate sees it again: no name is looked up twice."""
    with looked_up(["1.1.1.1"], ["127.0.0.1"]):  # type: ignore[attr-defined]
        found = asyncio.run(SafeResolver(GUARD).resolve("www.voorbeeld.example", 443))
    assert found[0]["host"] == "1.1.1.1"
    assert found[0]["flags"] == socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


@pytest.mark.parametrize("row", [["1.1.1.1", "127.0.0.1"], ["::1", "1.1.1.1"], ["2606:4700::1111", "fe80::1%lo"]])
def test_a_name_with_one_bad_address_is_refused(row: list[str]) -> None:
    with looked_up(row), pytest.raises(Forbidden):  # type: ignore[attr-defined]
        resolve(SafeResolver(GUARD))
    with pytest.raises(Forbidden):
        resolve(SafeResolver(GUARD, {"www.voorbeeld.example": row}))


def test_a_name_that_stands_in_for_dns_is_guarded_too() -> None:
    resolver = SafeResolver(GUARD, {"www.voorbeeld.example": ["1.1.1.1"], "binnen.example": ["127.0.0.1"]})
    assert resolve(resolver) == ["1.1.1.1"]
    assert resolve(resolver, "www.voorbeeld.example.") == ["1.1.1.1"]
    with pytest.raises(Forbidden):
        resolve(resolver, "binnen.example")
    with pytest.raises(Forbidden):
        resolve(resolver, port=8080)


def test_a_name_without_addresses_is_not_there() -> None:
    resolver = SafeResolver(GUARD)
    with looked_up([], ["1.1.1.1"]):  # type: ignore[attr-defined]
        with pytest.raises(NoSuchName):
            resolve(resolver)
        assert resolver.resolved == set()
        assert asyncio.run(resolver.knows("www.voorbeeld.example"))


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (socket.gaierror(socket.EAI_NONAME, "not known"), False),
        (socket.gaierror(socket.EAI_AGAIN, "a moment"), True),
        (socket.gaierror(socket.EAI_FAIL, "a name server that is out of order"), True),
        (socket.gaierror(socket.EAI_MEMORY, "no memory"), True),
        (OSError(errno.EMFILE, "no file handle left"), True),
    ],
)
def test_trouble_with_looking_up_is_not_that_a_name_does_not_exist(error: OSError, passing: bool) -> None:
    with patch("socket.getaddrinfo", side_effect=error), pytest.raises(NoSuchName) as raised:
        resolve(SafeResolver(GUARD))
    assert raised.value.passing is passing
