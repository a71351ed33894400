"""Addresses on the web as a client asks for them (yarl and idna do the work), or why one cannot be asked for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, unquote, urlsplit

from algokader_lint.links.addresses import parse_host

if TYPE_CHECKING:
    from yarl import URL

InvalidReason = Literal["unparsable", "no-host", "bad-host", "bad-port", "too-long"]

URL_LIMIT = 2_000
"""Longest address that is asked for, in characters: longer ones are refused by common servers (RFC 9110, 4.1)."""
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NAME_LIMIT = 253
_IN_PATH, _IN_QUERY = "/%:@!$&'()*+,;=~[]|^", "/%:@!$&()*+,;=~[]|^?`{}\\"
_DIRECTIVE = ":~:"
"""What stands behind it in a fragment is for the browser (URL Fragment Text Directives, 3.1)."""
_PORT = re.compile(r":(?P<port>[^\]:]*)$")
_FULL_STOPS = str.maketrans("。．｡", "...")


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """An address that can be asked for.

    ``url`` is normalised and without its fragment: what is sent, and the name of the answer in the cache. ``fragment``
    is decoded, empty for none. ``credentials`` tells that a name or password stood in it; they are not in ``url``.
    """

    url: URL
    fragment: str = ""
    credentials: bool = False

    @property
    def key(self) -> str:
        """The name of what is asked for."""
        return str(self.url)

    @property
    def host(self) -> str:
        """The host, as DNS knows it, or an IP address."""
        return host_of(self.url)


@dataclass(frozen=True, slots=True)
class InvalidAddress:
    """Why an address cannot be asked for; ``detail`` is the part that is wrong."""

    reason: InvalidReason
    detail: str = field(default="")


def host_of(url: URL) -> str:
    """The host of an address, without the dot that may end a name (RFC 3986, 3.2.2)."""
    return (url.raw_host or "").removesuffix(".")


def parse_address(address: str) -> ParsedAddress | InvalidAddress:
    """Read an address on the web as browsers do (WHATWG URL), but for what they mend in silence.

    Without a scheme (``//host``, ``www.host``) it is one of https.
    """
    from yarl import URL

    text = address.strip()
    if len(text) > URL_LIMIT:
        return InvalidAddress("too-long")
    if not text.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in text):
        return InvalidAddress("unparsable")
    if not _SCHEME.match(text):
        text = "https:" + text if text.startswith("//") else f"https://{text}"
    wrong_port = _wrong_port(text)
    if wrong_port is not None:
        return InvalidAddress("bad-port", wrong_port)
    try:
        url = URL(text)
    except ValueError:
        return InvalidAddress("unparsable")
    host = url.raw_host
    if not host:
        return InvalidAddress("no-host")
    written = _canonical_host(host)
    if written is None:
        return InvalidAddress("bad-host", host)
    fragment = unquote(url.raw_fragment.partition(_DIRECTIVE)[0], errors="replace")
    credentials = url.raw_user is not None or url.raw_password is not None
    return ParsedAddress(_sent(url, text, written), fragment, credentials)


def _sent(url: URL, text: str, host: str) -> URL:
    """The part of an address that is sent. What is encoded in it stays so: to a server ``%2F`` is not ``/``.

    Other characters are encoded as the WHATWG URL standard does (percent-encode sets of path and query).
    """
    parts = urlsplit(text)
    path = url.raw_path if "/." in parts.path else quote(parts.path.replace("\\", "/"), safe=_IN_PATH)
    port = None if url.is_default_port() else url.explicit_port
    return url.build(
        scheme=url.scheme,
        host=f"[{host}]" if ":" in host else host,
        port=port,
        path=path or "/",
        query_string=quote(parts.query, safe=_IN_QUERY),
        encoded=True,
    )


def _canonical_host(host: str) -> str | None:
    """A host as it is looked up; an IP address in any form in its usual one. None for what cannot be a host."""
    name = unicodedata.normalize("NFKC", host.translate(_FULL_STOPS))
    address = parse_host(name)
    if address is not None:
        return None if "%" in name else str(address)
    labels = name.removesuffix(".").split(".")
    if len(name) > _NAME_LIMIT or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return name.lower()


def _wrong_port(text: str) -> str | None:
    """What stands in the place of a port and is none."""
    authority = re.split(r"[/\\?#]", re.sub(r"^[^:]*:[/\\]*", "", text, count=1), maxsplit=1)[0]
    match = _PORT.search(authority.rpartition("@")[2])
    port = match["port"] if match is not None else ""
    good = not port or (port.isascii() and port.isdigit() and int(port[:6]) < 65_536)
    return None if good else port
