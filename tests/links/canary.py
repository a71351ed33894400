"""Addresses that nobody may connect to, and a count of who did."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

ADDRESS = "127.66.66.66"
"""Stands in for every address that a checker must stay away from; outside of the network that the odd servers have."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A connection that should not have been made."""

    address: str
    port: int


class Canary:
    """Listens where nothing may connect to.

    The system completes a connection, and keeps it in the queue of the listening socket, without any help; so there is
    no thread, and one that was closed or broken off at once is counted too.
    """

    def __init__(self, listeners: Iterable[socket.socket]) -> None:
        self._listeners = tuple(listeners)
        self._hits: list[Hit] = []

    @property
    def places(self) -> frozenset[tuple[str, int]]:
        """The addresses and ports that are listened on."""
        return frozenset(_place(listener) for listener in self._listeners)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Every connection up to now."""
        for listener in self._listeners:
            with contextlib.suppress(BlockingIOError):
                while True:
                    listener.accept()[0].close()
                    self._hits.append(Hit(*_place(listener)))
        return tuple(self._hits)


@contextmanager
def canary_at(places: Iterable[tuple[str, int]], *, where_possible: Iterable[tuple[str, int]] = ()) -> Iterator[Canary]:
    """A canary at all addresses and ports of ``places``, and at those of ``where_possible`` that can be had.

    Raises OSError when one of ``places`` is taken.
    """
    with contextlib.ExitStack() as stack:
        listeners = [stack.enter_context(listen(*place)) for place in places]
        for place in where_possible:
            with contextlib.suppress(OSError):
                listeners.append(stack.enter_context(listen(*place)))
        yield Canary(listeners)


def listen(address: str, port: int, *, backlog: int = 512) -> socket.socket:
    """A socket, not blocking, that listens on a loopback address; port 0 is any free one."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.setblocking(False)
        listener.listen(backlog)
    except OSError:
        listener.close()
        raise
    return listener


def _place(listener: socket.socket) -> tuple[str, int]:
    address, port = listener.getsockname()[:2]
    return str(ipaddress.ip_address(address)), port
