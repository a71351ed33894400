"""Addresses that a public page must not send a reader, or a machine, to."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# A cloud provider's host service: not private by registry, but reachable from its machines only.
_HOST_SERVICES = frozenset({ipaddress.ip_address("168.63.129.16")})
_TRANSLATION = ipaddress.ip_network("64:ff9b::/96")
# Not for the public internet, which Python 3.11 does not know of all: site-local (RFC 3879), documentation (RFC 9637),
# and what is for protocols (RFC 6890), where a cloud provider has a host service too.
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("fec0::/10", "3fff::/20", "192.0.0.0/24")))
_URL_LIMIT = 4096
_LOCAL_FILE = re.compile(r"file:|[a-z]:/(?!/)", re.IGNORECASE)
"""How the path of a file on somebody's own machine begins, with the letter of a disk or not."""
_WEB = re.compile(r"(?:https?|ftp|wss?):/*|//+", re.IGNORECASE)


def parse_host(host: str) -> IPAddress | None:
    """The address that ``host`` writes out, in any form browsers take (WHATWG URL, IPv4 parser); None for a name."""
    host = unicodedata.normalize("NFKC", host).strip("[]").rstrip(".")
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    parts = host.split(".")
    if not 1 <= len(parts) <= 4:
        return None
    numbers: list[int] = []
    for part in parts:
        number = _number(part)
        if number is None:
            return None
        numbers.append(number)
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        return None
    value = numbers[-1] + sum(number * 256 ** (3 - place) for place, number in enumerate(numbers[:-1]))
    return ipaddress.IPv4Address(value)


def _number(part: str) -> int | None:
    if not part or len(part) > 20 or not part.isascii():
        return None
    base = 16 if part[:2].lower() == "0x" else 8 if part[0] == "0" and len(part) > 1 else 10
    digits = part[2:] if base == 16 else part
    if not digits.isalnum():
        return 0 if not digits and base == 16 else None
    try:
        return int(digits, base)
    except ValueError:
        return None


def is_public(address: IPAddress) -> bool:
    """Whether an address is one of the public internet; embedded IPv4 addresses are judged themselves."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.teredo is not None:  # both the server and the client may be where a packet goes
            return all(map(is_public, address.teredo))
        embedded = address.ipv4_mapped or address.sixtofour
        if embedded is None and (address in _TRANSLATION or 1 < int(address) < 2**32):
            embedded = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if embedded is not None:
            return is_public(embedded)
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and address not in _HOST_SERVICES
        and not any(address in network for network in _NOT_PUBLIC)
    )


def danger(url: str, private_hosts: tuple[str, ...]) -> str | None:
    """Why a web address is unsafe: ``credentials``, ``private`` or None.

    ``private_hosts`` are names that stand for machines inside a network; one that begins with a dot is an ending.
    """
    lead = url.strip()[:_URL_LIMIT].replace("\\", "/")
    if _LOCAL_FILE.match(lead):
        return "private"
    web = _WEB.match(lead)
    if web is None:
        return None
    try:  # browsers take any number of slashes behind the scheme
        parts = urlsplit("http://" + lead[web.end() :])
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.password is not None:
        return "credentials"
    address = parse_host(host)
    if address is not None:
        return None if is_public(address) else "private"
    return "private" if is_private_name(host, private_hosts) else None


def is_private_name(host: str, private_hosts: tuple[str, ...]) -> bool:
    """Whether a name stands for a machine inside a network: it has no dot, or is one of ``private_hosts``."""
    name = unicodedata.normalize("NFKC", host).casefold().rstrip(".")
    if name and "." not in name:
        return True
    return any(
        name == private.lstrip(".") or (private.startswith(".") and name.endswith(private)) for private in private_hosts
    )
