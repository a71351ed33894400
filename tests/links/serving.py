"""Serving virtual hosts on sockets that listen already, in a thread of its own, and a diary of what came in."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.links.exchange import Host, Request, page

Kind = tuple[str, str, str]
"""A host, a method and a target."""

_MISDIRECTED = page("Een andere host", status=421)
_EXPECTED = (OSError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


@dataclass(frozen=True, slots=True)
class Listener:
    """A socket of a virtual host, and the certificate to show at it, if it speaks TLS."""

    name: str
    socket: socket.socket
    certificate: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came in, and when, by ``time.monotonic``."""

    request: Request
    at: float


@dataclass(slots=True)
class Diary:
    """What the hosts went through: all requests, how many a host had at once at most, and the server's own mistakes.

    ``sent`` counts the bytes of long bodies that a host could get rid of.
    """

    seen: list[Seen] = field(default_factory=list)
    times: Counter[Kind] = field(default_factory=Counter)
    first_seen: dict[Kind, float] = field(default_factory=dict)
    at_once: Counter[str] = field(default_factory=Counter)
    most_at_once: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    faults: list[BaseException] = field(default_factory=list)

    def enter(self, host: str, method: str, target: str, headers: Mapping[str, str]) -> Request:
        """Write a request down; it counts as one that is being answered until ``leave`` is called."""
        now = time.monotonic()
        kind = (host, method, target)
        since = now - self.first_seen.setdefault(kind, now)
        request = Request(host, method, target, headers, self.times[kind], since, self.sent)
        self.times[kind] += 1
        self.seen.append(Seen(request, now))
        self.at_once[host] += 1
        self.most_at_once[host] = max(self.most_at_once[host], self.at_once[host])
        return request

    def leave(self, host: str) -> None:
        """Tell that a request was answered."""
        self.at_once[host] -= 1


@contextmanager
def serving(hosts: Mapping[str, Host], listeners: Sequence[Listener]) -> Iterator[Diary]:
    """Serve until the block ends, and break off what then still goes on."""
    server = _Server(hosts, listeners)
    thread = threading.Thread(target=server.run, name="odd web", daemon=True)
    thread.start()
    server.ready.wait()
    try:
        yield server.diary
    finally:
        server.stop()
        thread.join()


class _Server:
    def __init__(self, hosts: Mapping[str, Host], listeners: Sequence[Listener]) -> None:
        self.diary = Diary()
        self.ready = threading.Event()
        self._hosts = hosts
        self._listeners = listeners
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._end = asyncio.Event()

    def run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._serve())
        finally:
            self.ready.set()  # also when it could not start: who waits for it must not wait for ever

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)

    async def _serve(self) -> None:
        self._loop.set_exception_handler(self._note)
        servers = [await self._listen(listener) for listener in self._listeners]
        self.ready.set()
        await self._end.wait()
        for server in servers:
            server.close()
        for writer in self._writers:
            writer.transport.abort()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.01)  # transports tell of their end one turn later

    async def _listen(self, listener: Listener) -> asyncio.Server:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._connection(listener.name, reader, writer)

        return await asyncio.start_server(connected, sock=listener.socket, ssl=listener.certificate, backlog=512)

    def _note(self, loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        """Keep what went wrong, but for what the other side gave up, and what is cancelled when the server stops."""
        fault = context.get("exception")
        if isinstance(fault, BaseException) and not isinstance(fault, (*_EXPECTED, asyncio.CancelledError)):
            self.diary.faults.append(fault)

    async def _connection(self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = self._hosts[name]
        self._writers.add(writer)
        try:
            while await self._exchange(name, host, reader, writer) and host.keeps_open:
                pass
        except _EXPECTED:
            pass  # the other side has gone, as it may
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _exchange(
        self, name: str, host: Host, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Take one request and answer it; False when there came none."""
        method, target, headers = await _read(reader)
        if headers and not _is_for(name, host, headers.get("host", "")):
            writer.write(_MISDIRECTED)
            return False
        request = self.diary.enter(name, method, target, headers)
        try:
            await _while_wanted(host, request, reader, writer)
            await writer.drain()
        finally:
            self.diary.leave(name)
        return bool(method)


async def _while_wanted(
    host: Host, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Answer for as long as the other side is there; where connections stay open its next request may come already."""
    answering = asyncio.ensure_future(host.behave(request, writer))
    ends = {answering} if host.keeps_open else {answering, asyncio.ensure_future(_gone(reader))}
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if answering.done():
            answering.result()
    finally:
        for end in ends:
            end.cancel()
        await asyncio.gather(*ends, return_exceptions=True)


async def _gone(reader: asyncio.StreamReader) -> None:
    while await reader.read(1024):
        pass


async def _read(reader: asyncio.StreamReader) -> tuple[str, str, dict[str, str]]:
    """A request's method, target and headers; all empty for what is no HTTP.

    Raises asyncio.IncompleteReadError when the connection ends before the request does.
    """
    start = await reader.readexactly(1)
    if not start.isalpha():
        return "", "", {}
    text = (start + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *rest = text.rstrip("\r\n").split("\r\n")
    method, _, target = line.partition(" ")
    pairs = (header.partition(":") for header in rest)
    return method, target.rpartition(" ")[0], {name.strip().lower(): value.strip() for name, _, value in pairs}


def _is_for(name: str, host: Host, asked: str) -> bool:
    """Whether the header Host names this host, in the small letters that clients write it in."""
    if host.six and asked.startswith("[::1]:"):
        return True
    return asked.partition(":")[0].rstrip(".") == name
