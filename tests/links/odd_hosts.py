"""The virtual hosts of the odd web: what each does when it is asked for something."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.links import odd_streams
from tests.links.canary import ADDRESS as FORBIDDEN
from tests.links.certificates import CertificateName
from tests.links.exchange import (
    DOMAIN,
    FINE,
    NOT_FOUND,
    PDF,
    Behaviour,
    Host,
    Ports,
    Request,
    always,
    answer,
    first,
    page,
    paths,
    redirect,
    send,
)
from tests.links.odd_pages import page_hosts
from tests.links.odd_redirects import FORBIDDEN_NAME, redirect_hosts

OTHER_NAMES = {FORBIDDEN_NAME: (FORBIDDEN,)}
"""Names that are no virtual host, and the addresses they stand for."""

SIX_NAME = f"six.{DOMAIN}"
"""Stands for ``::1``, on a machine that has IPv6."""

_STATUSES = (400, 401, 403, 404, 405, 410, 418, 451, 500, 501, 502, 503, 504, 999)
_FIREWALLED = ("link", "bot", "crawler", "python", "curl", "aiohttp")


def odd_hosts(ports: Ports) -> dict[str, Host]:
    """Virtual hosts by name; a name begins with what its host is known for."""
    short = _statuses() | _passing() | _streams() | _heads() | _certificates()
    hosts = {f"{label}.{DOMAIN}": host for label, host in short.items()}
    hosts |= page_hosts() | redirect_hosts(ports)
    return hosts | {SIX_NAME: Host(paths({"/page": FINE}), six=True)} if ports.six else hosts


def _statuses() -> dict[str, Host]:
    challenge = "cf-mitigated: challenge"
    ordinary: dict[str, bytes | Behaviour] = {"/": FINE, "/page": FINE, "/file.pdf": PDF, "/204": answer(204, kind="")}
    return {
        "ok": Host(paths(ordinary | odd_streams.right_http())),
        **{f"status-{code}": Host(always(page(f"Antwoord {code}", status=code))) for code in _STATUSES},
        "challenge-403": Host(always(page("Attention", "", challenge, status=403))),
        "challenge-200": Host(always(page("Een gewone pagina", "", challenge))),
        "firewall": Host(_firewall),
        "sly": Host(_goes_where_told),
    }


def _passing() -> dict[str, Host]:
    """Trouble that passes, and trouble that says for how long."""
    fine = always(FINE)

    def busy(*headers: str, status: int = 429) -> Behaviour:
        return always(page("Druk", "", *headers, status=status))

    return {
        "busy-second": Host(first(1, busy("Retry-After: 1"), fine)),
        "busy-date": Host(first(1, _busy_until, fine)),
        "busy-once": Host(first(1, busy(), fine)),
        "busy-hour": Host(busy("Retry-After: 3600")),
        "busy-silent": Host(busy()),
        "busy-nonsense": Host(busy("Retry-After: straks")),
        "away-hour": Host(busy("Retry-After: 3600", status=503)),
        "away-second": Host(_away_for_a_second()),
        "away-second-says": Host(_away_for_a_second("Retry-After: 1")),
        "error-once": Host(first(1, always(page("Fout", status=500)), fine)),
        "reset-once": Host(first(1, odd_streams.reset, fine)),
        "reset": Host(odd_streams.reset),
        "goodbye": Host(odd_streams.goodbye),
        "refused": Host(fine, listening="no"),
        "full": Host(fine, listening="full"),
    }


def _streams() -> dict[str, Host]:
    return {
        "slow": Host(odd_streams.later(1.2)),
        "silent": Host(odd_streams.silence),
        "dripped-header": Host(odd_streams.dripped_header()),
        "dripped-body": Host(odd_streams.dripped_body()),
        "stalled-body": Host(odd_streams.stalled_body()),
        "endless-body": Host(odd_streams.endless_body()),
        "big-body": Host(odd_streams.big_body()),
        "gzip-bomb": Host(odd_streams.gzip_bomb()),
        "flood-of-lines": Host(odd_streams.flood_of_lines()),
        "flood-in-one-line": Host(odd_streams.flood_in_one_line()),
        **{name: Host(odd_streams.raw(text)) for name, text in odd_streams.wrong_http().items()},
        "kept": Host(odd_streams.raw(FINE.replace(b"Connection: close", b"Connection: keep-alive"))),
        "kept-open": Host(_head_with_a_body, keeps_open=True),
    }


def _heads() -> dict[str, Host]:
    """Hosts that refuse HEAD, each in a way of its own, for a page and for a file."""
    refusals = {str(code): always(page("Nee", status=code)) for code in (403, 404, 405, 501)}
    refusals |= {"reset": odd_streams.reset, "silent": odd_streams.silence}
    contents = paths({"/page": FINE, "/file.pdf": PDF})

    def refusing(refusal: Behaviour) -> Behaviour:
        async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
            await (refusal if request.method == "HEAD" else contents)(request, writer)

        return behave

    return {f"head-{name}": Host(refusing(refusal)) for name, refusal in refusals.items()}


def _certificates() -> dict[str, Host]:
    names: tuple[CertificateName, ...] = ("good", "expired", "not-yet", "self-signed", "wrong-host", "untrusted")
    return {name: Host(paths({"/page": FINE}), certificate=name) for name in names}


def _away_for_a_second(*headers: str) -> Behaviour:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        away = request.since_first < 1.0
        await send(request, writer, page("Even weg", "", *headers, status=503) if away else FINE)

    return behave


async def _busy_until(request: Request, writer: asyncio.StreamWriter) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    await send(request, writer, page("Druk", "", f"Retry-After: {until}", status=429))


async def _firewall(request: Request, writer: asyncio.StreamWriter) -> None:
    """Refuses what stock firewalls do: requests that do not look like those of a person's browser."""
    agent = request.headers.get("user-agent", "").lower()
    person = (
        agent and not any(word in agent for word in _FIREWALLED) and "text/html" in request.headers.get("accept", "")
    )
    await send(request, writer, FINE if person else page("Geweigerd", status=403))


async def _goes_where_told(request: Request, writer: asyncio.StreamWriter) -> None:
    """``/STATUS/HEX``: redirect to the address that is written in hexadecimal, so that every byte of it comes over."""
    found = re.fullmatch(r"/(?P<status>3\d\d)/(?P<where>(?:[0-9a-f]{2})+)", request.target)
    where = bytes.fromhex(found["where"]).decode() if found else ""
    await send(request, writer, redirect(int(found["status"]), where) if found else NOT_FOUND)


async def _head_with_a_body(request: Request, writer: asyncio.StreamWriter) -> None:
    """Wrongly sends a body after HEAD, on a connection that stays open: the next answer begins in the middle of it."""
    writer.write(FINE.replace(b"Connection: close", b"Connection: keep-alive"))
    await writer.drain()
