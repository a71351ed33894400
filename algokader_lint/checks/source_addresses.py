"""Checks on addresses that work today: whether they are safe to open, and whether they will last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from pydantic import field_validator

from algokader_lint.checks.addresses import PrivateHosts
from algokader_lint.checks.written import begins_with, can_be_written, rewritten, written_addresses
from algokader_lint.content.external import ExternalAddress
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding, Fix, Suggestion
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model, check_pattern
from algokader_lint.links.addresses import danger
from algokader_lint.links.urls import URL_LIMIT

_OPEN = "http://"
_SECURE = "https"
_HOST = re.compile(r"(?i:https?)://(?P<host>[^/?#:@\\{}<>\s]{1,253})(?P<port>:\d{0,5})?(?=[/?#]|$)")


class WebHosts(Model):
    """``rules/data/web-hosts.yaml``: hosts that are known to answer over https, and addresses that are mere names.

    A host that begins with a dot is an ending, and that host itself.
    """

    secure: tuple[str, ...]
    names: tuple[str, ...]


class SecureOptions(Model):
    """``hosts``: what is known of them. ``private-hosts``: names inside a network, of which another rule tells."""

    hosts: WebHosts
    private_hosts: PrivateHosts


def secure_address(site: Site, page: Page, options: SecureOptions) -> Iterator[Finding]:
    """An address begins with ``https``; one in the text that is only a name is left as it is."""
    links = {link.target_span.start for link in page.body.links}
    for address in written_addresses(site, page):
        match = _HOST.match(address.url)
        if match is None or not begins_with(page, address.span, _OPEN):
            continue
        if address.span.start not in links and address.url.startswith(options.hosts.names):
            continue
        if danger(address.url, options.private_hosts.hosts) is not None:
            continue
        safe = _is_one_of(match["host"].casefold(), options.hosts.secure)
        yield Finding(
            span=address.span,
            variant="" if safe else "unknown",
            values={"value": address.url},
            fix=None if match["port"] else _with_https(address.span, safe=safe),
        )


def _with_https(span: Span, *, safe: bool) -> Fix:
    return Fix((Edit(Span(span.start, span.start + _OPEN.index(":")), _SECURE),), safe=safe)


def _is_one_of(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == known.lstrip(".") or (known.startswith(".") and host.endswith(known)) for known in hosts)


class Volatile(Model):
    """Addresses that do not last: those in which one of ``patterns`` is found, and none of ``unless``.

    ``variant`` is how the rule speaks of them.
    """

    variant: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()

    @field_validator("patterns", "unless")
    @classmethod
    def _bounded(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_pattern(pattern) for pattern in patterns)


class VolatileAddresses(Model):
    """``rules/data/volatile-addresses.yaml``: kinds of addresses that do not last.

    ``detours``: patterns of addresses that hold another one, percent-encoded, in their group ``target``.
    ``parameters``: names of what follows readers around in a query; one that ends in ``*`` is a beginning.
    ``highlight``: what in a fragment only marks text.
    """

    kinds: tuple[Volatile, ...]
    detours: tuple[str, ...]
    parameters: tuple[str, ...]
    highlight: str

    @field_validator("detours")
    @classmethod
    def _with_target(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            if "target" not in re.compile(check_pattern(pattern)).groupindex:
                raise ValueError("a group called 'target' is expected")
        return patterns

    @field_validator("parameters")
    @classmethod
    def _lower_case(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """They are held against lower case: one with a capital would never be met."""
        for name in names:
            if name != name.lower():
                raise ValueError(f"'{name}' is to be in lower case")
        return names


class VolatileOptions(Model):
    """``addresses``: what is known of those that do not last."""

    addresses: VolatileAddresses


def lasting_address(site: Site, page: Page, options: VolatileOptions) -> Iterator[Finding]:
    """An address leads to a page that will be there for years, and holds nothing of the day it was copied."""
    known = options.addresses
    for address in written_addresses(site, page):
        if len(address.url) > URL_LIMIT or not _HOST.match(address.url):
            continue
        detour = _detour(address.url, known.detours)
        if detour:
            yield _replacing(page, address, "detour", detour, safe=False)
            continue  # the rest is of the address in between
        yield from (_told(address, kind.variant) for kind in known.kinds if _is_of(kind, address.url))
        plain = _without_parameters(address.url, known.parameters)
        if plain != address.url:
            yield _replacing(page, address, "tracking", plain, safe=True)
        bare = _without_highlight(address.url, known.highlight)
        if bare != address.url:
            yield _replacing(page, address, "highlight", bare, safe=False)


def _told(address: ExternalAddress, variant: str) -> Finding:
    return Finding(span=address.span, variant=variant, values={"value": address.url})


def _replacing(page: Page, address: ExternalAddress, variant: str, new: str, *, safe: bool) -> Finding:
    return Finding(
        span=address.span,
        variant=variant,
        values={"value": address.url, "new": new},
        suggestions=(Suggestion(new, sure=True),) if can_be_written(new) else (),
        fix=rewritten(page, address, new, safe=safe),
    )


def _is_of(kind: Volatile, url: str) -> bool:
    return any(_found(pattern, url) for pattern in kind.patterns) and not any(_found(p, url) for p in kind.unless)


def _found(pattern: str, url: str) -> re.Match[str] | None:
    return re.search(pattern, url, re.IGNORECASE)


def _detour(url: str, patterns: tuple[str, ...]) -> str:
    """The address that another one leads to, when that stands in it as a whole; empty when none does."""
    found = (_found(pattern, url) for pattern in patterns)
    targets = (unquote(match["target"]) for match in found if match is not None)
    return next((t for t in targets if _HOST.match(t) and can_be_written(t) and danger(t, ()) is None), "")


def _without_parameters(url: str, names: tuple[str, ...]) -> str:
    """An address without the parameters in its query that have one of these names."""
    lead, hash_mark, fragment = url.partition("#")
    path, question_mark, query = lead.partition("?")
    kept = [part for part in query.split("&") if not _is_named(part.partition("=")[0].casefold(), names)]
    if not question_mark or len(kept) == query.count("&") + 1:
        return url
    return path + ("?" if kept else "") + "&".join(kept) + hash_mark + fragment


def _is_named(name: str, names: tuple[str, ...]) -> bool:
    return any(name == known or (known.endswith("*") and name.startswith(known[:-1])) for known in names)


def _without_highlight(url: str, mark: str) -> str:
    """An address whose fragment names no words to highlight; an id in front of them stays."""
    lead, hash_mark, fragment = url.partition("#")
    if mark not in fragment:
        return url
    place = fragment.partition(mark)[0]
    return lead + (hash_mark + place if place else "")
