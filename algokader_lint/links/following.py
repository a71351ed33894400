"""Redirects, followed by hand: every step is looked at before it is taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urljoin, urlsplit

from yarl import URL

from algokader_lint.links.answer import Hop
from algokader_lint.links.client import Client, Cookies, Reply, Trouble
from algokader_lint.links.manners import LeftAlone, Manners
from algokader_lint.links.signs import Signs
from algokader_lint.links.urls import InvalidAddress, host_of, parse_address

HOPS_LIMIT = 10
"""Redirects that are followed."""
_REDIRECTS = (301, 302, 303, 307, 308)
"""Statuses that browsers follow (Fetch, redirect status)."""
_SHOWN = (300, 304)
"""Statuses that lead nowhere by themselves: a page with a choice, and what a cache on the way says by mistake."""
_PERMANENT = (301, 308)
_SECURE = {"https": 1, "http": 0}
LONGEST_WAIT = 30.0
"""Seconds that a host may ask to be left in peace and still be asked again."""


@dataclass
class Chain:
    """The requests that one address led to. It ends with a ``reply``, or with ``trouble``.

    ``moved_to`` is the end of the permanent redirects at its beginning (RFC 9110, 15.4.2 and 15.4.9), None without any.
    ``fragment_replaced`` tells that a redirect named a fragment of its own (RFC 9110, 10.2.2).
    """

    start: URL
    hops: list[Hop] = field(default_factory=list)
    reply: Reply | None = None
    trouble: Trouble | None = None
    moved_to: URL | None = None
    fragment_replaced: bool = False

    @property
    def end(self) -> URL:
        """The last address that was asked for."""
        return URL(self.hops[-1].url, encoded=True) if self.hops else self.start


@dataclass(frozen=True, slots=True)
class Follower:
    """Follows addresses to where they end, in turn with others."""

    client: Client
    manners: Manners
    signs: Signs

    async def follow(self, start: URL) -> Chain:
        """Ask for an address, and for where the answers redirect to."""
        chain = Chain(start)
        try:
            chain.reply = await self._to_the_end(chain, Cookies())
        except Trouble as trouble:
            chain.trouble = trouble
        return chain

    async def _to_the_end(self, chain: Chain, jar: Cookies) -> Reply:
        url, permanent = chain.start, True
        seen: set[tuple[URL, str]] = set()
        while True:
            state = url, str(jar.of(url))
            if state in seen:
                raise Trouble("dead", "redirect-loop")
            seen.add(state)
            reply = await self._ask(url, jar, chain)
            if not 300 <= reply.status < 400 or reply.status in _SHOWN:
                return reply
            if reply.status not in _REDIRECTS:
                raise Trouble("dead", "no-location")
            if len(chain.hops) > HOPS_LIMIT:
                raise Trouble("dead", "too-many-redirects")
            target = _target(url, reply)
            permanent = permanent and reply.status in _PERMANENT and _as_secure(url, target)
            if permanent:
                chain.moved_to = target
            chain.fragment_replaced = chain.fragment_replaced or bool(target.raw_fragment)
            url = target.with_fragment(None)

    async def _ask(self, url: URL, jar: Cookies, chain: Chain) -> Reply:
        """The answer to one address; of a file the headers are enough, where a host gives them and they are of one."""
        reply: Reply | None = None
        if self.signs.is_file(url):
            try:
                reply = await self._in_turn(url, jar, head=True)
            except Trouble as trouble:
                if trouble.verdict != "unknown":
                    raise
        if reply is None or reply.status >= 400 or _is_found_as_page(reply):
            reply = await self._in_turn(url, jar, head=False)
        chain.hops.append(Hop(str(url), reply.status))
        return reply

    async def _in_turn(self, url: URL, jar: Cookies, *, head: bool) -> Reply:
        host = host_of(url)
        try:
            async with self.manners.turn(host):
                try:
                    reply = await self.client.ask("HEAD" if head else "GET", url, jar)
                except Trouble as trouble:
                    if trouble.reason == "timeout":
                        self.manners.refused(host)
                    raise
                self._remember(host, reply, head=head)
        except LeftAlone:
            raise Trouble("blocked", "left-alone") from None
        return reply

    def _remember(self, host: str, reply: Reply, *, head: bool) -> None:
        """What an answer says of how its host wants to be treated. That it refuses HEAD says nothing."""
        seconds = wanted_wait(reply.headers, datetime.now(UTC)) if reply.status in (429, 503) else None
        if seconds is not None:
            if seconds > LONGEST_WAIT:
                self.manners.leave_alone(host)
            else:
                self.manners.hold(host, seconds)
        if head:
            return
        if reply.status in self.signs.blocked_statuses or seconds is not None:
            self.manners.refused(host)
        else:
            self.manners.answered(host)


def _is_found_as_page(reply: Reply) -> bool:
    """Whether a web page comes in the place of a file: it may say that the file is not there."""
    return 200 <= reply.status < 300 and reply.headers.get("content-type", "").lower().startswith("text/html")


def wanted_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that a host asks to wait (``Retry-After``, RFC 9110, 10.2.3); None when it does not."""
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        return max((moment - now).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None


def _target(url: URL, reply: Reply) -> URL:
    """Where an answer redirects to, with its fragment. Raises Trouble when nobody may, or can, go there."""
    location = _text(reply.headers.get("location", "")).strip()
    if not location:
        raise Trouble("dead", "no-location")
    try:
        joined = urljoin(str(url), location)
        parts = urlsplit(joined)
    except ValueError:
        raise Trouble("dead", "no-location", detail=location) from None
    if parts.scheme not in _SECURE:
        raise Trouble("unsafe", "scheme", detail=parts.scheme)
    parsed = parse_address(joined)
    if isinstance(parsed, InvalidAddress):
        raise Trouble("dead", "no-location", detail=location)
    if parsed.credentials:
        raise Trouble("unsafe", "credentials")
    return parsed.url.with_fragment(unquote(parts.fragment) or None)


def _text(value: str) -> str:
    """A header as it was meant: UTF-8, else Latin-1; such bytes should have been encoded, and often are not."""
    data = value.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _as_secure(url: URL, target: URL) -> bool:
    return _SECURE[target.scheme] >= _SECURE.get(url.scheme, 0)
