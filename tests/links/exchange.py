"""What a virtual host is asked, and what it answers with: the words of HTTP/1.1, right or wrong."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

from tests.links.certificates import CertificateName

DOMAIN = "odd.example"


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports that were free: for HTTP, for TLS, and for HTTP at ``[::1]`` (None where there is no IPv6)."""

    plain: int
    tls: int
    six: int | None

    def fill(self, template: str) -> str:
        """An address with the ports in the places of ``{port}``, ``{tls}`` and ``{six}``."""
        for name, port in (("port", self.plain), ("tls", self.tls), ("six", self.six)):
            template = template.replace("{" + name + "}", str(port))
        return template


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in, ``target`` as in its first line, the names in ``headers`` in small letters.

    ``method`` and ``target`` are empty when it is no HTTP, such as the first bytes of TLS.

    ``earlier`` counts the requests with this method and target that the host had before, ``since_first`` is how many
    seconds the first of them is ago. ``sent`` counts the bytes of bodies that each host could get rid of.
    """

    host: str
    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    earlier: int = 0
    since_first: float = 0.0
    sent: Counter[str] = field(default_factory=Counter)


Behaviour = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]
Listening = Literal["yes", "no", "full"]


@dataclass(frozen=True, slots=True)
class Host:
    """A virtual host.

    ``certificate`` is what it shows at the TLS port, where it listens only when it has one. ``keeps_open`` tells that a
    connection may be used again. ``listening`` is ``no`` when connections are refused, and ``full`` when they are not
    even refused: nobody takes them, and there is no room for more. ``six`` tells that it is at ``::1``.
    """

    behave: Behaviour
    certificate: CertificateName | None = None
    keeps_open: bool = False
    listening: Listening = "yes"
    six: bool = False


def answer(status: int, *headers: str, body: bytes = b"", kind: str = "text/html; charset=utf-8") -> bytes:
    """A whole and right answer; an empty ``kind`` leaves the type of the content out."""
    lines = [f"HTTP/1.1 {status} {_phrase(status)}", *headers]
    if kind:
        lines.append(f"Content-Type: {kind}")
    if status != HTTPStatus.NO_CONTENT:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def page(title: str, body: str = "<p>Hier staat wat je zocht.</p>", *headers: str, status: int = 200) -> bytes:
    """An answer that is a page in HTML."""
    text = f'<!doctype html>\n<html lang="nl"><head><title>{title}</title></head>\n<body>{body}</body></html>\n'
    return answer(status, *headers, body=text.encode())


def redirect(status: int, location: str | None, *headers: str) -> bytes:
    """An answer that leads to ``location``, written as it is in UTF-8; None leaves the header out."""
    where = [] if location is None else [f"Location: {location}"]
    return answer(status, *where, *headers, body=b"<p>Elders.</p>")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Odd"


PDF = answer(200, kind="application/pdf", body=b"%PDF-1.7\n%%EOF\n")
NOT_FOUND = page("Niet gevonden", status=404)
FINE = page("Een gewone pagina")


async def send(request: Request, writer: asyncio.StreamWriter, text: bytes) -> None:
    """Send an answer, without its body when only the head was asked for."""
    if request.method == "HEAD":
        head, end, _ = text.partition(b"\r\n\r\n")
        text = head + end
    writer.write(text)
    await writer.drain()


def always(text: bytes) -> Behaviour:
    """The same answer, whatever is asked for."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await send(request, writer, text)

    return behave


def first(times: int, before: Behaviour, after: Behaviour) -> Behaviour:
    """One behaviour for the first ``times`` requests with the same method and target, another from then on."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (before if request.earlier < times else after)(request, writer)

    return behave


def paths(table: Mapping[str, bytes | Behaviour], otherwise: bytes = NOT_FOUND) -> Behaviour:
    """An answer or a behaviour for each exact request target."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        found = table.get(request.target, otherwise)
        await (always(found) if isinstance(found, bytes) else found)(request, writer)

    return behave
