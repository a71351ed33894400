"""One request over HTTP, and what came of it. Nothing is followed, believed or kept that was not asked for."""

from __future__ import annotations

import asyncio
import errno
import ssl
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from http.cookies import Morsel
from pathlib import Path
from typing import Literal, cast

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from algokader_lint.links.answer import Reason, VerdictName
from algokader_lint.links.guard import Forbidden, NoSuchName, SafeResolver
from algokader_lint.links.page_facts import BODY_LIMIT

Method = Literal["HEAD", "GET"]

_HEADER_LIMIT = 32_768
"""Bytes of one line of a header. Policies and cookies of real sites take over 8 kB."""
_HEADERS_LIMIT = 256
_CONNECT_SECONDS = 5.0
_LAST_MOMENT = 0.2
"""Seconds after the end in which what came of a body by then is still put together."""
_BODY_SECONDS = 5.0
"""How long a body is waited for: the status is known by then, and a title is only nice to have."""

_EXPIRED, _SELF_SIGNED, _SELF_SIGNED_IN_CHAIN, _WRONG_HOST, _WRONG_ADDRESS = 10, 18, 19, 62, 64
"""Why OpenSSL does not trust a certificate (x509_vfy.h)."""
_MISTRUST: Mapping[int, Reason] = {
    _EXPIRED: "expired",
    _SELF_SIGNED: "self-signed",
    _SELF_SIGNED_IN_CHAIN: "self-signed",
    _WRONG_HOST: "wrong-host",
    _WRONG_ADDRESS: "wrong-host",
}


class CannotTrust(Exception):
    """The file of certificates cannot be used; the message is why."""


class Trouble(Exception):
    """There was no answer to a request; ``passing`` tells that there may be one a moment later."""

    def __init__(self, verdict: VerdictName, reason: Reason, *, detail: str = "", passing: bool = False) -> None:
        super().__init__(f"{verdict}: {reason}")
        self.verdict = verdict
        self.reason = reason
        self.detail = detail
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer over HTTP: its status (RFC 9110, 15), headers by their names in small letters, and its cookies.

    ``body`` is the beginning of a page in HTML, as it was sent; ``whole`` tells whether that is all of it. ``charset``
    is what the header says of it.
    """

    url: URL
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    whole: bool = False
    charset: str = ""


class Cookies:
    """The cookies of one chain of redirects; most have none, and a jar takes a while to make."""

    def __init__(self) -> None:
        self._jar: aiohttp.CookieJar | None = None

    def of(self, url: URL) -> Mapping[str, Morsel[str]]:
        """Those that go with a request for an address (RFC 6265, 5.4)."""
        return self._jar.filter_cookies(url) if self._jar is not None else {}

    def keep(self, response: aiohttp.ClientResponse, url: URL) -> None:
        """Keep those that come with an answer."""
        if "Set-Cookie" in response.headers:
            if self._jar is None:
                self._jar = aiohttp.CookieJar()
            self._jar.update_cookies(response.cookies, url)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    """How requests are made: ``timeout`` in seconds for one of them, and certificates to trust beside the system's."""

    headers: Mapping[str, str]
    timeout: float = 15.0
    ca_file: Path | None = None


class Client:
    """Makes requests, by way of a resolver and a gate that guard every connection."""

    def __init__(self, session: aiohttp.ClientSession, timeout: float) -> None:
        self._session = session
        self._timeout = timeout

    async def ask(self, method: Method, url: URL, cookies: Cookies) -> Reply:
        """The answer to one request; its cookies go into the jar. Raises Trouble."""
        with _troubles():
            end = asyncio.get_running_loop().time() + self._timeout
            async with asyncio.timeout_at(end + _LAST_MOMENT):
                own = cookies.of(url)
                async with self._session.request(method, url, cookies=own, allow_redirects=False) as response:
                    cookies.keep(response, url)
                    body, whole = await _beginning(response, end) if method == "GET" else (b"", False)
                    return Reply(
                        url=url,
                        status=response.status,
                        headers=_one_of_each(response),
                        body=body,
                        whole=whole,
                        charset=response.charset or "",
                    )


@asynccontextmanager
async def open_client(resolver: SafeResolver, settings: ClientSettings, connections: int) -> AsyncIterator[Client]:
    """A client, for as long as it is needed. Raises CannotTrust."""
    context = _trust()
    if settings.ca_file is not None:
        try:
            context.load_verify_locations(cafile=settings.ca_file)
        except OSError as error:
            raise CannotTrust(error.strerror or str(error)) from None
    connector = aiohttp.TCPConnector(
        resolver=cast(AbstractResolver, resolver),  # it need not be imported to be one
        socket_factory=resolver.guard.make_socket,
        ssl=context,
        limit=connections,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),  # each chain of redirects has a jar of its own
        headers=settings.headers,
        timeout=aiohttp.ClientTimeout(total=None, connect=min(_CONNECT_SECONDS, settings.timeout)),
        auto_decompress=False,
        trust_env=False,
        max_line_size=_HEADER_LIMIT,
        max_field_size=_HEADER_LIMIT,
        max_headers=_HEADERS_LIMIT,
    )
    async with session:
        yield Client(session, settings.timeout)


def _trust() -> ssl.SSLContext:
    """A context that trusts what the system does. OpenSSL knows where that stands, but for macOS and Windows."""
    if sys.platform not in ("darwin", "win32"):
        return ssl.create_default_context()
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@contextmanager
def _troubles() -> Iterator[None]:
    """All that can go wrong with a request, as Trouble."""
    try:
        yield
    except TimeoutError:
        raise Trouble("unknown", "timeout") from None
    except (aiohttp.ClientError, OSError) as error:
        raise _trouble(error) from None
    except (ValueError, LookupError) as error:  # what a server sent is no HTTP
        raise Trouble("unknown", "protocol", detail=str(error)) from None


def _trouble(error: Exception) -> Trouble:
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    match cause:
        case Forbidden():
            return Trouble("unsafe", cause.reason, detail=cause.where)
        case NoSuchName():
            return Trouble("unknown" if cause.passing else "dead", "no-such-name", passing=cause.passing)
        case aiohttp.InvalidURL():
            return Trouble("invalid", "unparsable")
        case aiohttp.ServerDisconnectedError():
            return Trouble("unknown", "reset", passing=True)
        case OSError(errno=errno.ECONNRESET | errno.EPIPE | errno.ECONNABORTED):
            return Trouble("unknown", "reset", passing=True)
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return _mistrust(error.certificate_error)
        case aiohttp.ClientSSLError():
            return Trouble("unknown", "protocol", detail="TLS")
        case aiohttp.ClientOSError():
            return Trouble("unknown", "refused", detail=error.strerror or "")
    return Trouble("unknown", "protocol", detail=str(error))


def _mistrust(error: Exception) -> Trouble:
    code = error.verify_code if isinstance(error, ssl.SSLCertVerificationError) else 0
    detail = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else ""
    return Trouble("tls", _MISTRUST.get(code, "untrusted"), detail=detail)


async def _beginning(response: aiohttp.ClientResponse, end: float) -> tuple[bytes, bool]:
    """The first bytes of a page in HTML, up to a moment, and whether those are all; of anything else nothing."""
    if not _is_page(response):
        return b"", False
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout_at(min(end, asyncio.get_running_loop().time() + _BODY_SECONDS)):
            while size < BODY_LIMIT:
                part = await response.content.read(BODY_LIMIT - size)
                if not part:
                    return b"".join(parts), True
                parts.append(part)
                size += len(part)
    except (TimeoutError, aiohttp.ClientError):
        pass  # what came so far is all there will be
    return b"".join(parts), False


def _is_page(response: aiohttp.ClientResponse) -> bool:
    if not 200 <= response.status < 300 and response.status not in (403, 503):
        return False
    return response.content_type in ("text/html", "application/xhtml+xml", "application/octet-stream")


def _one_of_each(response: aiohttp.ClientResponse) -> Mapping[str, str]:
    """The headers, the first of each name."""
    found: dict[str, str] = {}
    for name, value in response.headers.items():
        found.setdefault(name.lower(), value)
    return found
