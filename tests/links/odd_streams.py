"""Answers that are no HTTP, that have no end, or that take their time."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count, repeat

from tests.links.exchange import FINE, Behaviour, Request, answer, send

_PATIENCE = 60.0  # seconds after which even an endless answer is broken off: no test takes longer
_MOST = 2**28  # bytes


async def silence(request: Request, writer: asyncio.StreamWriter) -> None:
    """Take the request, and say nothing."""
    await asyncio.sleep(_PATIENCE)


async def reset(request: Request, writer: asyncio.StreamWriter) -> None:
    """Break the connection off (RST), as a firewall does."""
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def goodbye(request: Request, writer: asyncio.StreamWriter) -> None:
    """Close the connection without a word (FIN)."""
    writer.close()


def raw(text: bytes) -> Behaviour:
    """Send bytes, whatever they are, and close."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(text)
        await writer.drain()

    return behave


def pour(head: bytes, parts: Iterable[bytes], *, pause: float = 0.0) -> Behaviour:
    """Send ``head`` at once and then part after part, with a pause of so many seconds before each."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        end = time.monotonic() + _PATIENCE
        writer.write(head)
        await writer.drain()
        for part in parts:
            if time.monotonic() > end or request.sent[request.host] > _MOST:
                return
            await asyncio.sleep(pause)
            writer.write(part)
            await writer.drain()
            request.sent[request.host] += len(part)

    return behave


def stalled(head: bytes) -> Behaviour:
    """Send ``head``, and then no more while the connection stays."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        await writer.drain()
        await asyncio.sleep(_PATIENCE)

    return behave


def later(seconds: float, text: bytes = FINE) -> Behaviour:
    """A right answer that begins after some time."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await send(request, writer, text)

    return behave


_LINE = b"HTTP/1.1 200 OK\r\n"
_HTML = _LINE + b"Content-Type: text/html; charset=utf-8\r\n"
_START = b"<!doctype html><title>Een lange pagina</title>"


class _Again:
    """Parts without end; made anew for each request, as a plain generator is used up by the first."""

    def __init__(self, part: bytes) -> None:
        self._part = part

    def __iter__(self) -> Iterator[bytes]:
        return repeat(self._part)


class _HeaderLines:
    def __iter__(self) -> Iterator[bytes]:
        return (b"".join(b"X-Flood-%d-%d: water\r\n" % (wave, drop) for drop in range(500)) for wave in count())


def dripped_header() -> Behaviour:
    """A header of which a byte comes each 0.2 s: no single wait is long."""
    return pour(_LINE + b"X-Drip: ", _Again(b"d"), pause=0.2)


def dripped_body() -> Behaviour:
    """A body of which a byte comes each 0.2 s."""
    return pour(_HTML + b"\r\n", _Again(b"d"), pause=0.2)


def stalled_body() -> Behaviour:
    """A header at once and a body of which most never comes."""
    return stalled(_HTML + b"Content-Length: 5000\r\n\r\n" + _START)


def endless_body() -> Behaviour:
    """A page without an end."""
    return pour(_HTML + b"\r\n" + _START, _Again(b"<p>en nog een alinea</p>\n" * 1000))


def big_body() -> Behaviour:
    """A file of 20 MB."""
    size, parts = 20 * 2**20, 320
    head = _LINE + b"Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n" % size
    return pour(head, [bytes(size // parts)] * parts)


def gzip_bomb() -> Behaviour:
    """A page of half a megabyte that is one of 500 MB when it is unpacked."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        bomb = packed_zeros(50, 10 * 2**20)
        head = _HTML + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
        await pour(head, [bomb])(request, writer)

    return behave


@cache
def packed_zeros(times: int, size: int) -> bytes:
    """One gzip stream (RFC 1952) of ``times`` blocks of ``size`` zeros, packed once; its checksum is not right."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(size)) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.flush(zlib.Z_FINISH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block * times + last + struct.pack("<II", 0, times * size % 2**32)


def flood_of_lines() -> Behaviour:
    """Header lines without an end."""
    return pour(_LINE, _HeaderLines())


def flood_in_one_line() -> Behaviour:
    """One header line without an end."""
    return pour(_LINE + b"X-Flood: ", _Again(b"w" * 2**14))


def wrong_http() -> dict[str, bytes]:
    """Answers that begin with no status line, or end too soon, by what is wrong with them."""
    return {
        "garbage": bytes(range(256)) * 8,
        "version-0.9": b"<html><title>Uit 1991</title><p>Zonder statusregel.</p></html>\n",
        "half-header": _LINE + b"Content-Type: text/h",
        "bad-status": b"HTTP/1.1 tweehonderd OK\r\nContent-Length: 0\r\n\r\n",
    }


def right_http() -> dict[str, bytes]:
    """Answers that look odd, and are right, by their targets."""
    body = b"<!doctype html><title>Een gewone pagina</title><p>Tekst.</p>"
    sized = b"Content-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    return {
        "/http-1.0": b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + body,
        "/no-phrase": b"HTTP/1.1 200 \r\n" + sized,
        "/early-hints": b"HTTP/1.1 103 Early Hints\r\nLink: </stijl.css>; rel=preload\r\n\r\n" + _LINE + sized,
        "/no-length": _HTML + b"Connection: close\r\n\r\n" + body,
        "/chunked": _HTML + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n",
        "/long-header": _LINE + b"X-Long: " + b"x" * 12_000 + b"\r\n" + sized,
        "/many-headers": _LINE + b"".join(b"X-%d: y\r\n" % number for number in range(90)) + sized,
        "/no-type": _LINE + b"Content-Length: %d\r\n\r\n" % len(body) + body,
        "/empty": answer(200),
        "/unknown-encoding": answer(200, "Content-Encoding: odd", body=body),
        "/broken-gzip": answer(200, "Content-Encoding: gzip", body=body),
    }
