"""Checks on the addresses that a page links to: what can be read off them, and what a check of them came to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from algokader_lint.checks.options import NoOptions
from algokader_lint.checks.written import can_be_written
from algokader_lint.content.external import ExternalAddress, addresses_of, target_as_read
from algokader_lint.content.markdown import Link
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding, Fix, Suggestion
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model
from algokader_lint.links.addresses import danger
from algokader_lint.links.answer import Answer, VerdictName
from algokader_lint.links.urls import URL_LIMIT, InvalidAddress, parse_address
from algokader_lint.nearest import nearest

_WEB = re.compile(r"(?:https?:)?//(?![/\\])", re.IGNORECASE)
_LABEL = r"(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The usual form, told without a parser of addresses: to import one takes longer than to check a page.
_PLAIN = re.compile(rf"(?:https?:)?//(?:{_LABEL}\.){{1,9}}[a-z]{{2,63}}(?:[/?#]|$)", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\{%|\}\}")
_TEMPLATE_HOST = re.compile(r"[^/]*/{2}[^/?#]*(?:\{\{|\{%)")
_NO_SCHEME = re.compile(r"www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}(?:[/?#:]|$)", re.IGNORECASE)
_BEGINNING = re.compile(
    r"(?P<before>[^\w./#?&]{0,3}|(?:%[0-9a-f]{2}){1,3})(?P<word>[a-z]{2,8}\d?)"
    r"\s{0,3}(?P<mark>[:;.,]{0,2})\s{0,3}(?P<slashes>[/\\]{0,4})\s{0,3}(?P<rest>\S?.*)",
    re.IGNORECASE | re.DOTALL,
)
_SCHEMES = ("https", "http")
_AGAIN = re.compile(r"https?(?::|%3a|//)", re.IGNORECASE)
_AGAIN_BEHIND = re.compile(rf"\s*https?://{_AGAIN.pattern}", re.IGNORECASE)
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}(?:[/?#:]|$)")


class VerdictOptions(Model):
    """``verdicts``: what is told; ``after_days``: only when it was so on that many days in a row."""

    verdicts: tuple[VerdictName, ...]
    after_days: int = 0


def link_verdict(site: Site, page: Page, answers: Mapping[str, Answer], options: VerdictOptions) -> Iterator[Finding]:
    """What a check of the addresses of a page came to; the variant is the reason of the verdict."""
    for address, answer in _answered(site, page, answers):
        if answer.verdict in options.verdicts and answer.failing_days >= options.after_days:
            yield Finding(
                span=address.span,
                variant=answer.reason,
                values=_values(address.url, answer),
                suggestions=(Suggestion(answer.moved_to, sure=True),) if can_be_written(answer.moved_to) else (),
            )


def _answered(site: Site, page: Page, answers: Mapping[str, Answer]) -> Iterator[tuple[ExternalAddress, Answer]]:
    """The addresses of a page of which something is known."""
    if answers:
        for address in addresses_of(site, page):
            answer = answers.get(address.url)
            if answer is not None:
                yield address, answer


def _values(url: str, answer: Answer) -> Mapping[str, str]:
    return {
        "value": _shown(url),
        "status": "" if answer.status is None else str(answer.status),
        "detail": " ".join(answer.detail.split()) or _shown(answer.final_url),
        "new": _shown(answer.moved_to),
        "days": str(answer.failing_days),
    }


def _shown(address: str) -> str:
    """An address as it may be repeated: without a password."""
    return "/".join(_without_password(part) for part in address.split("/"))


def _without_password(part: str) -> str:
    before, at, after = part.rpartition("@")
    return f"…@{after}" if at and ":" in before else part


class PrivateHosts(Model):
    """``rules/data/private-hosts.yaml``: names of machines inside a network; a leading dot makes it an ending."""

    hosts: tuple[str, ...]


class AddressOptions(Model):
    """``private-hosts``: names that do not belong in a public page."""

    private_hosts: PrivateHosts


def safe_address(site: Site, page: Page, answers: Mapping[str, Answer], options: AddressOptions) -> Iterator[Finding]:
    """No link leads into somebody's own network, or carries a password; nor does a redirect behind it."""
    hosts = options.private_hosts.hosts
    for link in page.body.distinct_links:
        why = _danger_as_meant(target_as_read(link), hosts)
        if why is not None:
            yield Finding(span=link.target_span, variant=why, values={"value": _shown(link.target)})
    for address, answer in _answered(site, page, answers):
        # An address in the text that shows by itself what it is may be there for a reader to see.
        if answer.verdict == "unsafe" and danger(address.url, hosts) is None:
            yield Finding(span=address.span, variant=_danger_of(answer), values=_values(address.url, answer))


def _danger_as_meant(target: str, hosts: tuple[str, ...]) -> str | None:
    """Why a target is unsafe; one that is misspelt is no address inside a network for what its beginning looks like."""
    why = danger(target, hosts)
    if why is None or _TEMPLATE_HOST.match(target):
        return None
    doubled = _is_doubled(target)
    meant = "" if _WEB.match(target) and not doubled else _wrong_beginning(target)[1]
    if not meant and not doubled:
        return why
    return danger(meant, hosts)


def _danger_of(answer: Answer) -> str:
    """The case of the rule: a redirect is to blame when the address itself was asked for and did answer."""
    if answer.hops:
        return "redirect" if answer.reason == "private" else "redirect-unusual"
    return "user-name" if answer.reason == "credentials" else answer.reason


def valid_address(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """A link to another site is an address that a browser can open."""
    for link in page.body.distinct_links:
        yield from _fault_of(page, link)


def _fault_of(page: Page, link: Link) -> Iterator[Finding]:
    target = target_as_read(link)
    plain = len(target) <= URL_LIMIT and target.isprintable() and _PLAIN.match(target)
    if plain or _TEMPLATE.search(target):
        return
    if _WEB.match(target) and not _is_doubled(target):
        reason, meant = _why_invalid(target), ""
    else:
        reason, meant = _wrong_beginning(target)
    if reason:
        if meant != _shown(meant):
            meant = ""
        yield Finding(
            span=link.target_span,
            variant=reason,
            values={"value": _shown(link.target)},
            suggestions=(Suggestion(meant),) if meant else (),
            fix=_with_beginning(page, link, meant) if meant else None,
        )


def _with_beginning(page: Page, link: Link, meant: str) -> Fix | None:
    """The right beginning of an address in the place of the wrong one; the rest stays as it is written."""
    scheme, mark, rest = meant.partition("://")
    target = target_as_read(link)
    wrong = target[: len(target) - len(rest)]
    if not rest or not target.endswith(rest) or not page.source.slice(link.target_span).startswith(wrong):
        return None
    start = link.target_span.start
    return Fix((Edit(Span(start, start + len(wrong)), scheme + mark),), safe=True)


def _why_invalid(target: str) -> str:
    """Why an address that begins as it should is none, empty when it is one."""
    parsed = parse_address(target)
    return parsed.reason if isinstance(parsed, InvalidAddress) else ""


def _is_doubled(target: str) -> bool:
    """Whether an address stands behind a ``https://`` of its own."""
    return _AGAIN_BEHIND.match(target) is not None


def _wrong_beginning(target: str) -> tuple[str, str]:
    """``scheme`` or ``no-scheme`` for what was meant as an address on the web, and that address when it is clear.

    Both are empty for what was meant as something else: a page of the site, another kind of address. Clear is only one
    that can be meant in no other way, so that it can be put in the place of what is written.
    """
    if _NO_SCHEME.match(target):
        return "no-scheme", f"https://{target}"
    parts = _BEGINNING.match(target[:URL_LIMIT])
    if parts is None:
        return "", ""
    word, rest = parts["word"].lower(), parts["rest"]
    near = nearest(word, _SCHEMES) if _looks_like_web(parts, exact=word in _SCHEMES) else []
    if not near:
        return "", ""
    if _AGAIN.match(rest):
        return "scheme", rest if _PLAIN.match(rest) else ""
    clear = len(near) == 1 and _HOST.match(rest) is not None and not parts["before"] and not re.search(r"\s", rest)
    return "scheme", f"{near[0]}://{rest}" if clear else ""


def _looks_like_web(parts: re.Match[str], *, exact: bool) -> bool:
    """Whether a beginning, which may be the name of a folder too, was meant as that of an address."""
    mark, slashes = parts["mark"], len(parts["slashes"])
    if exact and ":" in mark:
        return True
    host = _HOST.match(parts["rest"]) is not None
    separated = slashes >= 2 or (slashes == 1 and any(sign in mark for sign in ":;"))
    return host and separated
