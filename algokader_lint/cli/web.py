"""How addresses on the web are asked for, from options and settings; nothing is imported for it until that is done."""

from __future__ import annotations

import ipaddress
import math
import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from algokader_lint import __version__
from algokader_lint.checks.addresses import AddressOptions
from algokader_lint.cli.output import ticker
from algokader_lint.cli.usage import UsageError, Values
from algokader_lint.config import Links, compile_address
from algokader_lint.knowledge import Hurry, Knowledge, Model
from algokader_lint.links.cache import Cache, CannotUse, default_place, open_for_reading, open_for_writing
from algokader_lint.links.guard import Guard, Network, SafeResolver
from algokader_lint.links.inquiry import Inquiry, Outcome, Progress
from algokader_lint.links.survey import Ask, Keep, Refusals, Survey, survey
from algokader_lint.links.urls import ParsedAddress, parse_address
from algokader_lint.messages import Messages
from algokader_lint.report.links.words import progress_line
from algokader_lint.selection import Choice, options_of

_M = TypeVar("_M", bound=Model)

_MAX_SECONDS = 900.0
_TIMEOUT = 15.0
_INTERVAL = 0.5
_CONCURRENCY = 32
_ENOUGH_TO_TELL = 10
"""Addresses after which it can be told how long the others will take."""


@dataclass(frozen=True, slots=True)
class Web:
    """What the options say of the web: what may be asked for, and how. ``probe`` is a host that is known to exist."""

    refusals: Refusals
    resolver: SafeResolver
    timeout: float
    interval: float
    concurrency: int
    per_host: int | None
    max_time: float
    ca_file: Path | None
    probe: str

    def ask(self, knowledge: Knowledge, tell: Callable[[Progress], None], messages: Messages) -> Ask:
        """What asks for addresses. Raises UsageError, when it is called, if what that takes is not installed."""
        return partial(self._ask, knowledge, tell, messages)

    def _ask(
        self,
        knowledge: Knowledge,
        tell: Callable[[Progress], None],
        messages: Messages,
        inquiries: Sequence[Inquiry],
        keep: Keep,
    ) -> Outcome:
        try:
            from algokader_lint.links.checking import CheckSettings, check_addresses
            from algokader_lint.links.client import CannotTrust, ClientSettings
            from algokader_lint.links.manners import Limits
            from algokader_lint.links.signs import Signs
        except ModuleNotFoundError as error:
            raise UsageError(messages("error.no_links_extra", name=error.name or "")) from None
        data = knowledge.link_check
        settings = CheckSettings(
            client=ClientSettings(
                headers={
                    "User-Agent": data.user_agent.replace("{version}", __version__),
                    "Accept": data.accept,
                    "Accept-Language": data.accept_language,
                    "Accept-Encoding": "gzip",
                },
                timeout=self.timeout,
                ca_file=self.ca_file,
            ),
            limits=Limits(per_host=self.per_host, interval=self.interval, concurrency=self.concurrency),
            max_time=self.max_time,
            probe=self.probe,
        )
        try:
            return check_addresses(inquiries, self.resolver, settings, Signs(data), keep=keep, tell=tell)
        except CannotTrust as error:
            raise UsageError(messages("error.ca_file", file=self.ca_file, reason=error)) from None


def web_of(
    values: Values,
    links: Links,
    private_hosts: tuple[str, ...],
    site_url: str | None,
    hurry: Hurry | None,
    messages: Messages,
) -> Web:
    """The web as the options have it; ``hurry`` bounds the time when nobody says. Raises UsageError."""
    guard = Guard([_network(text, messages) for text in values.allow_network or ()])
    named = _named(values.resolve or (), messages)
    refusals = Refusals(guard, frozenset(named), private_hosts, [compile_address(pattern) for pattern in links.exclude])
    ca_file = Path(values.ca_file) if values.ca_file else None
    site = parse_address(site_url) if site_url else None
    return Web(
        refusals=refusals,
        resolver=SafeResolver(guard, named),
        timeout=_number(values.timeout, "--timeout", _TIMEOUT, messages, least=0.1),
        interval=_number(values.interval, "--interval", _INTERVAL, messages),
        concurrency=int(_number(values.concurrency, "--concurrency", _CONCURRENCY, messages, least=1)),
        per_host=int(_number(values.per_host, "--per-host", 0, messages, least=1)) or None,
        max_time=_number(values.max_time, "--max-time", hurry.seconds if hurry is not None else _MAX_SECONDS, messages),
        ca_file=ca_file,
        probe=site.host if isinstance(site, ParsedAddress) else "",
    )


def look_up(
    urls: Collection[str],
    web: Web,
    values: Values,
    knowledge: Knowledge,
    messages: Messages,
    *,
    at_most: int | None,
    writable: bool,
    offline: bool = False,
) -> tuple[Survey, list[str]]:
    """What the cache and the web say of addresses, told while it is asked, and what must be said of the cache.

    ``offline``: no connection is opened, and nothing is written. Raises UsageError.
    """
    cache, notices = open_cache(values, os.environ, messages, writable=writable and not offline)
    now = datetime.now(UTC)
    with ticker(quiet=values.quiet) as tick:
        ask = None if offline else web.ask(knowledge, _teller(tick, messages), messages)
        return survey(urls, web.refusals, now, cache=cache, ask=ask, at_most=at_most), notices


def _teller(tick: Callable[[str], None], messages: Messages) -> Callable[[Progress], None]:
    """Tells how far a check is, and how long it will take when it goes on like this."""
    started = time.monotonic()

    def tell(progress: Progress) -> None:
        passed, done, total = time.monotonic() - started, progress.done, progress.total
        left = passed / done * (total - done) if done >= _ENOUGH_TO_TELL else None
        tick(progress_line(done, total, progress.hosts_done, progress.hosts, left, messages))

    return tell


def private_hosts_of(knowledge: Knowledge, choice: Choice) -> tuple[str, ...]:
    """Names of machines inside a network, as the rules have them that refuse them."""
    return tuple(
        name for options in option_models(knowledge, choice, AddressOptions) for name in options.private_hosts.hosts
    )


def option_models(knowledge: Knowledge, choice: Choice, kind: type[_M]) -> list[_M]:
    """The options of this kind that rules have, whether or not they run."""
    found = (options_of(knowledge, choice, rule.code) for rule in knowledge.rules)
    return [options for options in found if isinstance(options, kind)]


def open_cache(
    values: Values, environment: Mapping[str, str], messages: Messages, *, writable: bool
) -> tuple[Cache | None, list[str]]:
    """The cache, None when there is none or none is wanted, and what must be said of it. Raises UsageError."""
    if values.no_cache:
        return None, []
    file = Path(values.cache) if values.cache else default_place(environment)
    if not writable or (values.resolve and not values.cache):  # what is true in a test is not outside
        return open_for_reading(file), []
    try:
        cache, aside = open_for_writing(file)
    except CannotUse as error:
        if values.cache:
            raise UsageError(messages("error.cache", file=file, reason=error)) from None
        return None, [messages("notice.no_cache", file=file, reason=error)]
    return cache, [messages("notice.cache_rebuilt", file=file, aside=aside.name)] if aside else []


def _number(text: str | None, option: str, default: float, messages: Messages, *, least: float = 0.0) -> float:
    if text is None:
        return default
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number < 1e6:
        raise UsageError(messages("error.no_number", value=text, option=option, least=f"{least:g}"))
    return number


def _network(text: str, messages: Messages) -> Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        raise UsageError(messages("error.no_network", value=text)) from None


def _named(pairs: Sequence[str], messages: Messages) -> dict[str, list[str]]:
    """The addresses of hosts, as ``--resolve`` gives them; a host that is named twice has both."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        host, _, address = pair.partition("=")
        parsed = parse_address(f"//{host}/")
        try:
            number = str(ipaddress.ip_address(address))
        except ValueError:
            raise UsageError(messages("error.no_resolve", value=pair)) from None
        if not isinstance(parsed, ParsedAddress):
            raise UsageError(messages("error.no_resolve", value=pair))
        found.setdefault(parsed.host, []).append(number)
    return found
