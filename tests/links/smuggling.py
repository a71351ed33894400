"""Ways to smuggle in an address that nobody may connect to: written by hand, or led to by a server or a name.

Each address is written with a port of the canary and without one: a port that is not of the web is a reason to refuse
by itself, which must not hide what an address lets through. What leads elsewhere than to loopback, but for the names of
it, is only used in a network of the test's own, where that address is the canary's too.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass, replace

from algokader_lint.links.answer import VerdictName
from tests.links.canary import ADDRESS
from tests.links.exchange import DOMAIN, Ports
from tests.links.odd_redirects import FORBIDDEN_NAME, REBINDING_NAME

_REFUSED: frozenset[VerdictName] = frozenset({"unsafe"})
_REFUSED_OR_WRONG: frozenset[VerdictName] = frozenset({"unsafe", "invalid", "dead"})

_NUMBER = int(ipaddress.ip_address(ADDRESS))
_BYTES = ipaddress.ip_address(ADDRESS).packed
_HIGH, _LOW = f"{_NUMBER >> 16:x}", f"{_NUMBER & 0xFFFF:x}"
_EMBEDDED = {
    "compatible": ipaddress.IPv6Address(_NUMBER),
    "translated": ipaddress.IPv6Address((0xFFFF << 48) + _NUMBER),
    "NAT64": ipaddress.IPv6Address((0x64FF9B << 96) + _NUMBER),
    "local NAT64": ipaddress.IPv6Address((0x64FF9B0001 << 80) + _NUMBER),
    "6to4": ipaddress.IPv6Address((0x2002 << 112) + (_NUMBER << 80) + 1),
    "Teredo": ipaddress.IPv6Address((0x20010000 << 96) + (_NUMBER ^ 0xFFFFFFFF)),
}
CANARY_ADDRESSES: tuple[str, ...] = tuple(map(str, _EMBEDDED.values()))
"""IPv6 addresses that hold the forbidden one, which the canary sits at too in a network of its own."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to smuggle.

    ``target`` leads to the canary, with ``{port}`` and ``{tls}`` in the places of ports; ``through`` is the status of
    the redirect to it, None when it stands on the page itself. ``unseen``: a browser reads an address there, but who
    gathers them need not. ``apart``: only for a network and names of the test's own.
    """

    name: str
    target: str
    verdicts: frozenset[VerdictName] = _REFUSED
    through: int | None = None
    unseen: bool = False
    apart: bool = False

    def url(self, ports: Ports) -> str:
        """What to write on a page."""
        target = ports.fill(self.target)
        if self.through is None:
            return target
        return ports.fill(f"http://sly.{DOMAIN}:{{port}}/{self.through}/{target.encode().hex()}")


def smuggled_names(allowed: str) -> dict[str, tuple[str, ...]]:
    """Names that lead to the canary, and all addresses of each; ``allowed`` is one that may be connected to."""
    return {
        f"double.{DOMAIN}": (allowed, ADDRESS),
        f"reversed.{DOMAIN}": (ADDRESS, allowed),
        f"doubled-by-six.{DOMAIN}": (allowed, "::1"),
        f"mapped.{DOMAIN}": (f"::ffff:{ADDRESS}",),
        f"zero.{DOMAIN}": ("0.0.0.0",),
    }


def _hosts() -> Iterator[Way]:
    """Every way to write a host that comes down to the canary; ``target`` is the host alone."""
    yield from (
        Way("literal", ADDRESS),
        Way("decimal", str(_NUMBER)),
        Way("octal", f"0{_NUMBER:o}"),
        Way("hexadecimal", f"{_NUMBER:#x}"),
        Way("dotted octal", ".".join(f"0{byte:o}" for byte in _BYTES)),
        Way("dotted hexadecimal", ".".join(f"{byte:#x}" for byte in _BYTES)),
        Way("octal with more zeros", ".".join(f"{byte:#o}".replace("o", "000") for byte in _BYTES)),
        Way("mixed", f"127.0x42.{_NUMBER & 0xFFFF}"),
        Way("two parts", f"127.{_NUMBER & 0xFFFFFF}"),
        Way("three parts", f"127.66.{_NUMBER & 0xFFFF}"),
        Way("final dot", f"{ADDRESS}."),
        Way("two final dots", f"{ADDRESS}..", _REFUSED_OR_WRONG),
        Way("over 32 bits", str(_NUMBER + 2**32), _REFUSED_OR_WRONG),
        Way("full-width digits", ADDRESS.translate({48 + digit: 0xFF10 + digit for digit in range(10)})),
        Way("full-width dots", ADDRESS.replace(".", "．")),
        Way("ideographic dots", ADDRESS.replace(".", "。")),
        Way("half-width dots", ADDRESS.replace(".", "｡")),
        Way("circled digits", ADDRESS.replace("66", "⑥⑥"), _REFUSED_OR_WRONG),
        Way("mathematical digits", ADDRESS.replace("6", "𝟔"), _REFUSED_OR_WRONG),
        Way("soft hyphen", ADDRESS.replace("127", "1\u00ad27"), _REFUSED_OR_WRONG),
        Way("space without width", ADDRESS.replace("127", "1\u200b27"), _REFUSED_OR_WRONG),
        Way("percent-encoded", "".join(f"%{ord(character):x}" for character in ADDRESS), _REFUSED_OR_WRONG),
        Way("percent-encoded dots", ADDRESS.replace(".", "%2E"), _REFUSED_OR_WRONG),
        Way("encoded twice", ADDRESS.replace(".", "%252E"), _REFUSED_OR_WRONG),
        Way("tab", ADDRESS.replace("127", "1\t27"), _REFUSED_OR_WRONG),
        Way("new line", ADDRESS.replace("127", "1\n27"), _REFUSED_OR_WRONG),
        Way("mapped", f"[::ffff:{ADDRESS}]"),
        Way("mapped in hexadecimal", f"[::ffff:{_HIGH}:{_LOW}]"),
        Way("mapped at length", f"[0:0:0:0:0:ffff:{_HIGH}:{_LOW}]"),
        Way("mapped in capitals", f"[::FFFF:{_HIGH}:{_LOW}]".upper()),
        Way("compatible, dotted", f"[::{ADDRESS}]", apart=True),
        Way("NAT64, dotted", f"[64:ff9b::{ADDRESS}]", apart=True),
        *(Way(name, f"[{address}]", apart=True) for name, address in _EMBEDDED.items()),
        Way("mapped with a zone", f"[::ffff:{ADDRESS}%25lo]", _REFUSED_OR_WRONG),
        Way("zone", "[::1%25lo]", _REFUSED_OR_WRONG),
        Way("bare zone", "[::1%lo]", _REFUSED_OR_WRONG),
        Way("address with a zone", f"{ADDRESS}%25lo", _REFUSED_OR_WRONG),
        Way("loopback", "127.0.0.1"),
        Way("short loopback", "127.1"),
        Way("loopback IPv6", "[::1]"),
        Way("loopback IPv6 at length", "[0:0:0:0:0:0:0:1]"),
        Way("unspecified", "0.0.0.0"),
        Way("zero", "0"),
        Way("unspecified IPv6", "[::]"),
        Way("unspecified in both", "[::0.0.0.0]"),
        Way("mapped unspecified", "[::ffff:0.0.0.0]"),
    )
    yield from (
        Way("name", FORBIDDEN_NAME),
        Way("name in capitals", FORBIDDEN_NAME.upper()),
        Way("name with a final dot", f"{FORBIDDEN_NAME}.", _REFUSED_OR_WRONG),
        Way("name in full-width letters", FORBIDDEN_NAME.replace("f", "ｆ"), _REFUSED_OR_WRONG),
        *(Way(f"name, {name.partition('.')[0]}", name) for name in smuggled_names("")),
        *(
            Way(f"name of this machine, {name}", name, _REFUSED_OR_WRONG)
            for name in ("localhost", "LOCALHOST", "localhost.", "odd.localhost", "localhost.localdomain")
        ),
    )


def _shapes() -> Iterator[Way]:
    """Ways to hide which part of an address is its host; ``{at}`` stands for the port of the canary, or for none."""
    yield from (
        Way("user", f"http://ok.{DOMAIN}@{ADDRESS}{{at}}/"),
        Way("user and password", f"http://ok.{DOMAIN}:80@{ADDRESS}{{at}}/"),
        Way("user twice", f"http://a@ok.{DOMAIN}@{ADDRESS}{{at}}/", _REFUSED_OR_WRONG),
        Way("encoded at", f"http://ok.{DOMAIN}%40{ADDRESS}{{at}}/", _REFUSED_OR_WRONG),
        Way("backslash and at", f"http://ok.{DOMAIN}:{{port}}\\@{ADDRESS}{{at}}/", _REFUSED_OR_WRONG),
        Way("backslash behind", f"http://{ADDRESS}{{at}}\\@ok.{DOMAIN}:{{port}}/", _REFUSED_OR_WRONG),
        Way("fragment and at", f"http://{ADDRESS}{{at}}#@ok.{DOMAIN}/"),
        Way("query and at", f"http://{ADDRESS}{{at}}?@ok.{DOMAIN}/"),
        Way("without a path", f"http://{ADDRESS}{{at}}"),
        Way("scheme in capitals", f"HTTP://{ADDRESS}{{at}}/"),
        Way("no scheme", f"//{ADDRESS}{{at}}/"),
        Way("no slashes", f"http:{ADDRESS}{{at}}/", _REFUSED_OR_WRONG, unseen=True),
        Way("one slash", f"http:/{ADDRESS}{{at}}/", _REFUSED_OR_WRONG, unseen=True),
        Way("four slashes", f"http:////{ADDRESS}{{at}}/", _REFUSED_OR_WRONG),
        Way("backslashes", f"http:\\\\{ADDRESS}{{at}}/", _REFUSED_OR_WRONG, unseen=True),
        Way("backslashes alone", f"\\\\{ADDRESS}{{at}}/", _REFUSED_OR_WRONG, unseen=True),
        Way("slash and backslash", f"/\\{ADDRESS}{{at}}/", _REFUSED_OR_WRONG, unseen=True),
        Way("tab in the scheme", f"ht\ttp://{ADDRESS}{{at}}/", _REFUSED_OR_WRONG, unseen=True),
        Way("space before", f" http://{ADDRESS}{{at}}/", _REFUSED_OR_WRONG),
        Way("zeros before the port", f"http://{ADDRESS}:0080/", _REFUSED_OR_WRONG),
        Way("empty port", f"http://{ADDRESS}:/", _REFUSED_OR_WRONG),
        Way("other scheme", f"gopher://{ADDRESS}{{at}}/", _REFUSED_OR_WRONG, unseen=True),
        Way("FTP", f"ftp://{ADDRESS}{{at}}/", _REFUSED_OR_WRONG, unseen=True),
    )


def _ways() -> Iterator[Way]:
    forms = [*_shapes(), *(replace(host, target=f"http://{host.target}{{at}}/") for host in _hosts())]
    direct = [
        replace(form, name=f"{form.name}{name}", target=form.target.replace("{at}", port))
        for form in forms
        for name, port in (("", ""), (", with a port", ":{port}"))
        if port == "" or "{at}" in form.target
    ]
    direct.append(Way("literal over TLS", f"https://{ADDRESS}/"))
    direct.append(Way("literal over TLS, with a port", f"https://{ADDRESS}:{{tls}}/"))
    yield from direct
    yield from (_behind(way, 302) for way in direct if "\n" not in way.target)
    plain = {way.name: way for way in direct}
    some = ("literal", "decimal", "mapped", "name", "name, double", "no scheme", "user", "full-width digits")
    yield from (_behind(plain[name], status) for name in some for status in (301, 303, 307, 308))
    yield Way("rebinding", f"http://{REBINDING_NAME}:{{port}}/", through=302, apart=True)


def _behind(way: Way, status: int) -> Way:
    """The same behind a redirect, where an address that cannot be read makes the first one dead."""
    verdicts = way.verdicts if way.verdicts == _REFUSED else _REFUSED_OR_WRONG
    return replace(way, name=f"{status} to {way.name}", through=status, verdicts=verdicts, unseen=False)


WAYS: tuple[Way, ...] = tuple(_ways())

LURES: tuple[str, ...] = tuple(
    f"http://lure.{DOMAIN}:{{port}}/{lure}"
    for lure in ("refresh", "link", "alternative", "location", "page", "hints", "proxy")
)
"""Pages that work, and name the canary where a browser would go there by itself, or for more of the page."""
