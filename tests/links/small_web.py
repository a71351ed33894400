"""A small web of a few virtual hosts on loopback, over HTTP only, for tests of the command."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tests.links.canary import listen
from tests.links.exchange import Behaviour, Host
from tests.links.server import NETWORK, resolve_options
from tests.links.serving import Diary, Listener, serving

_TRIES = 20
NETWORK_OPTIONS = ("--allow-network", NETWORK)
FAST = ("--interval", "0", "--timeout", "3")


@dataclass(frozen=True, slots=True)
class SmallWeb:
    """Running hosts: their port, and the addresses of their names."""

    port: int
    addresses: Mapping[str, str]
    diary: Diary

    @property
    def options(self) -> list[str]:
        """What the command needs to ask this web, and to be quick about it."""
        rows = {name: (address,) for name, address in self.addresses.items()}
        return [*FAST, *NETWORK_OPTIONS, *resolve_options(rows)]

    def url(self, name: str, target: str = "/") -> str:
        """The address of something at a host."""
        return f"http://{name}:{self.port}{target}"

    def asked(self) -> Counter[str]:
        """How often each target was asked for since the last time."""
        counts = Counter(seen.request.target for seen in self.diary.seen)
        self.diary.seen.clear()
        return counts


@contextmanager
def small_web(behaviours: Mapping[str, Behaviour]) -> Iterator[SmallWeb]:
    """Run hosts with these names until the block ends."""
    addresses = {name: f"127.1.200.{number}" for number, name in enumerate(behaviours, 1)}
    with contextlib.ExitStack() as stack:
        port, listeners = _listeners(stack, addresses)
        hosts = {name: Host(behave) for name, behave in behaviours.items()}
        diary = stack.enter_context(serving(hosts, listeners))
        yield SmallWeb(port, addresses, diary)


def _listeners(outer: contextlib.ExitStack, addresses: Mapping[str, str]) -> tuple[int, list[Listener]]:
    """All hosts at one port that is free at each of their addresses."""
    for _ in range(_TRIES):
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            listeners: list[Listener] = []
            port = 0
            for name, address in addresses.items():
                found = stack.enter_context(listen(address, port))
                port = int(found.getsockname()[1])
                listeners.append(Listener(name, found))
            outer.push(stack.pop_all())
            return port, listeners
    raise OSError("no free port for the small web")
