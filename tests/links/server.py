"""The odd web: a server of many virtual hosts on loopback addresses, in a thread of its own.

    with odd_servers() as odd:
        odd.ports.fill("http://ok.odd.example:{port}/")   # an address of the odd web
        resolve_options(odd.addresses)                    # --resolve NAME=ADDRESS ..., which stands in for DNS
        odd.authority                                     # for --ca-file
        odd.canary.hits                                   # connections to where nobody may go

Each host has an address of its own in ``NETWORK``, so that a checker that asks one thing at a time of a host can still
ask all hosts at once. It is written on bare streams: what it says is often no HTTP at all.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.links.canary import ADDRESS as FORBIDDEN
from tests.links.canary import Canary, canary_at, listen
from tests.links.certificates import Certificates, make_certificates
from tests.links.exchange import DOMAIN, Host, Ports
from tests.links.odd_hosts import OTHER_NAMES, odd_hosts
from tests.links.serving import Diary, Listener, serving

NETWORK = "127.1.0.0/16"
_TRIES = 20
_LOCAL = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class OddServers:
    """A running odd web; ``addresses`` holds those of every name."""

    ports: Ports
    addresses: Mapping[str, tuple[str, ...]]
    authority: Path
    canary: Canary
    diary: Diary


def resolve_options(addresses: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The options of the command line that stand in for DNS."""
    pairs = [f"{name}={address}" for name, row in addresses.items() for address in row]
    return [word for pair in pairs for word in ("--resolve", pair)]


@contextmanager
def odd_servers(
    hosts_of: Callable[[Ports], Mapping[str, Host]] = odd_hosts,
    *,
    canary_ports: tuple[int, ...] = (),
    canary_addresses: tuple[str, ...] = (),
) -> Iterator[OddServers]:
    """Run virtual hosts, those of the odd web unless told otherwise, until the block ends.

    The canary sits at the forbidden address, at the ports of the servers; and as far as it can be had at ``127.0.0.1``
    and ``::1`` and ``canary_addresses``, and at ``canary_ports`` of all these.
    """
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        certificates = make_certificates(folder, DOMAIN)
        ports, canary = _free_ports(stack, canary_ports, canary_addresses)
        hosts = hosts_of(ports)
        addresses = _addresses(hosts)
        listeners = [
            listener
            for name, host in hosts.items()
            for listener in _listeners(stack, name, host, addresses[name][0], ports, certificates)
        ]
        diary = stack.enter_context(serving(hosts, listeners))
        yield OddServers(ports, addresses | OTHER_NAMES, certificates.authority, canary, diary)


def _addresses(hosts: Mapping[str, Host]) -> dict[str, tuple[str, ...]]:
    """An address for each host; none ends in 0 or 255."""
    places = ((name, divmod(number, 250)) for number, name in enumerate(hosts))
    return {name: ("::1",) if hosts[name].six else (f"127.1.{high}.{low + 1}",) for name, (high, low) in places}


def _free_ports(stack: contextlib.ExitStack, low: tuple[int, ...], more: tuple[str, ...]) -> tuple[Ports, Canary]:
    """Ports that are free: the canary takes them at its own address, which keeps other runs away from them."""
    six = _port_of_six()
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            plain, tls = (_any_port(FORBIDDEN) for _ in range(2))
            everywhere = (FORBIDDEN, _LOCAL, "::1", *more)
            possible = [(address, port) for address in everywhere for port in (plain, tls, *low)]
            needed = [(FORBIDDEN, plain), (FORBIDDEN, tls)]
            wished = [place for place in possible if place not in needed]
            return Ports(plain, tls, six), stack.enter_context(canary_at(needed, where_possible=wished))
    raise OSError("no free port at the addresses of the odd web")


def _any_port(address: str) -> int:
    with listen(address, 0) as listener:
        return int(listener.getsockname()[1])


def _port_of_six() -> int | None:
    try:
        return _any_port("::1")
    except OSError:
        return None


def _listeners(
    stack: contextlib.ExitStack, name: str, host: Host, address: str, ports: Ports, certificates: Certificates
) -> list[Listener]:
    if host.listening == "no":
        held = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        held.bind((address, ports.plain))  # taken, so that nobody else can come to listen there
        return []
    if host.listening == "full":
        _fill(stack, stack.enter_context(listen(address, ports.plain, backlog=0)))
        return []
    wanted: list[tuple[int, ssl.SSLContext | None]] = [(ports.six if host.six and ports.six else ports.plain, None)]
    if host.certificate is not None:
        wanted.append((ports.tls, certificates.contexts[host.certificate]))
    listeners = [Listener(name, stack.enter_context(listen(address, port)), context) for port, context in wanted]
    for listener in listeners:  # what the system keeps for a reader that takes no more would count as sent
        listener.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**16)
    return listeners


def _fill(stack: contextlib.ExitStack, listener: socket.socket) -> None:
    """Make the connections for which there is room; the system answers no others."""
    for _ in range(2):
        guest = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        guest.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            guest.connect(listener.getsockname())
