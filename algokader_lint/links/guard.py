"""The guard of connections: none is opened to an address that is not public, whatever led there.

An address from a page may name any host, in any spelling; a server may redirect anywhere; a name may have several
addresses, and others the next time it is asked. So it is not enough to look at the URL: the resolver refuses a name
when any of its addresses is refused, and the gate looks at every address at the moment that a socket for it is made.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from algokader_lint.links.addresses import IPAddress, is_public

if TYPE_CHECKING:
    from aiohttp.abc import ResolveResult

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
PORTS = frozenset({80, 443})
"""The ports that web pages are at."""


_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
"""What says that a name does not exist, or has no address. All else is trouble of this machine or a name server."""


class Forbidden(OSError):
    """A connection that must not be opened, and where it would have led."""

    def __init__(self, reason: Literal["private", "port"], where: str) -> None:
        super().__init__(f"{reason}: {where}")
        self.reason = reason
        self.where = where


class NoSuchName(OSError):
    """The name of a host is not known; ``passing``: not here and now, but it may exist."""

    def __init__(self, host: str, *, passing: bool = False) -> None:
        super().__init__(host)
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Guard:
    """Which addresses may be connected to: the public ones at the ports of the web, and all of the ``allowed``."""

    allowed: Sequence[Network] = ()

    def require(self, address: IPAddress, port: int) -> None:
        """Raises Forbidden for an address and port that must not be connected to."""
        if any(address in network for network in self.allowed):
            return
        if not is_public(address):
            raise Forbidden("private", str(address))
        if port not in PORTS:
            raise Forbidden("port", str(port))

    def make_socket(self, info: tuple[Any, ...]) -> socket.socket:
        """A socket for one attempt to connect (aiohttp's ``socket_factory``). Raises Forbidden."""
        family, kind, protocol, _, place = info
        self.require(_address(place[0]), place[1])
        return socket.socket(family, kind, protocol)


@dataclass(frozen=True)
class SafeResolver:
    """Finds the addresses of names, and refuses names that lead astray.

    ``fixed`` stands in for DNS where it has a name. ``resolved`` fills with the names that were found: as long as there
    is none, nobody knows whether names are missing or the network is.
    """

    guard: Guard
    fixed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    resolved: set[str] = field(default_factory=set)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """All addresses of a name (aiohttp's ``AbstractResolver``). Raises Forbidden, or NoSuchName."""
        found = self.fixed.get(host.rstrip("."))
        addresses = list(found) if found is not None else await _look_up(host, family)
        if not addresses:
            raise NoSuchName(host)
        self.resolved.add(host)
        for address in addresses:
            self.guard.require(_address(address), port)
        return [
            {
                "hostname": host,
                "host": address,
                "port": port,
                "family": socket.AF_INET6 if ":" in address else socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            }
            for address in addresses
        ]

    async def close(self) -> None:
        """There is nothing to close."""

    async def knows(self, host: str) -> bool:
        """Whether a name can be found, wherever it leads."""
        try:
            return bool(self.fixed.get(host) or await _look_up(host, socket.AF_UNSPEC))
        except NoSuchName:
            return False


def _address(text: str) -> IPAddress:
    return ipaddress.ip_address(text.partition("%")[0])


async def _look_up(host: str, family: socket.AddressFamily) -> list[str]:
    """Ask the system for a name. Raises NoSuchName.

    In a thread of its own that the program does not wait for: a name server that does not answer holds nobody, and when
    the run ends the thread ends with it. (The threads of an executor are waited for.)
    """
    import asyncio  # takes longer to import than a page to check, and most runs open no connection

    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def tell(found: list[str] | NoSuchName) -> None:
        if not answer.done():
            if isinstance(found, NoSuchName):
                answer.set_exception(found)
            else:
                answer.set_result(found)

    def ask() -> None:
        found: list[str] | NoSuchName
        try:
            infos = socket.getaddrinfo(host, None, family=family, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(info[4][0]) for info in infos))
        except socket.gaierror as error:
            found = NoSuchName(host, passing=error.errno not in _NO_SUCH_NAME)
        except OSError:  # such as no file handle left
            found = NoSuchName(host, passing=True)
        except UnicodeError:
            found = NoSuchName(host)
        try:
            loop.call_soon_threadsafe(tell, found)
        except RuntimeError:  # the run has ended
            return

    threading.Thread(target=ask, name=f"name of {host}"[:40], daemon=True).start()
    return await answer
