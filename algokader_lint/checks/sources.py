"""Checks on the sources of a page and the addresses it links to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from pydantic import field_validator

from algokader_lint.checks.addresses import danger
from algokader_lint.content.markdown import COMMENT, Link, Section
from algokader_lint.content.nodes import Mapping, scalars
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding
from algokader_lint.knowledge import Model

_BARE_URL = re.compile(r"https?://\S")
_ADDITION = re.compile(r"\s*(?:\([^()]*\))?:?\s*$")
_LETTER = re.compile(r"\w")
_SENTENCE_LIMIT = 10_000


class Declarations(Model):
    """``rules/data/no-source.yaml``: regular expressions of sentences that declare that there is no source."""

    sentences: tuple[str, ...]

    @field_validator("sentences")
    @classmethod
    def _compile(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            re.compile(pattern)
        return value


class SourceOptions(Model):
    """``types``: whose pages need a source; ``headings``: what the section of sources is called;
    ``internal``: types of pages of the site that count as a source; ``declared``: sentences that say there is none.
    """

    types: tuple[str, ...]
    headings: tuple[str, ...]
    internal: tuple[str, ...] = ()
    declared: Declarations


def has_source(site: Site, page: Page, options: SourceOptions) -> Iterator[Finding]:
    """A page says where its statements come from, in its section of sources or by codes of a framework."""
    if page.type not in options.types or page.front_matter.fields is None or _has_codes(site, page):
        return
    in_scope = site.in_scope(page)
    name = options.headings[0]
    states = [_state(site, page, section, options) for section in sources_sections(page, options.headings)]
    if not states:
        place = page.front_matter.opening
        variant = "absent-in-scope" if in_scope else "absent"
        yield Finding(span=place, field=name, variant=variant, values={"section": name}, identity="")
        return
    state, place = max(states, key=lambda state: _STATES.index(state[0]))
    if state != "traceable":
        variant = "empty-in-scope" if state == "" and in_scope else state
        yield Finding(span=place, field=name, variant=variant, values={"section": name}, identity="")


_STATES = ("", "untraceable", "declared", "traceable")
"""What a section of sources comes to, from worst to best; the empty word is an empty section."""


def _state(site: Site, page: Page, section: Section, options: SourceOptions) -> tuple[str, Span]:
    text = COMMENT.sub(" ", page.source.slice(section.body))
    links = [link for link in page.body.links if section.body.covers(link.span)]
    if _BARE_URL.search(text) or any(_traceable(site, page, link, options) for link in links):
        return "traceable", section.heading.span
    if any(re.search(pattern, text[:_SENTENCE_LIMIT], re.IGNORECASE) for pattern in options.declared.sentences):
        return "declared", _visible(page, section)
    if links or _LETTER.search(text):
        return "untraceable", _visible(page, section)
    return "", section.heading.span


def sources_sections(page: Page, headings: tuple[str, ...]) -> list[Section]:
    """The sections of a page that bear one of these headings, an addition in parentheses apart."""
    wanted = {heading.casefold() for heading in headings}
    return [s for s in page.body.sections if _ADDITION.sub("", s.heading.text).casefold() in wanted]


class PrivateHosts(Model):
    """``rules/data/private-hosts.yaml``: names of machines inside a network; a leading dot makes it an ending."""

    hosts: tuple[str, ...]


class AddressOptions(Model):
    """``private-hosts``: names that do not belong in a public page."""

    private_hosts: PrivateHosts


def safe_address(site: Site, page: Page, options: AddressOptions) -> Iterator[Finding]:
    """No link leads into somebody's own network, or carries a password."""
    for link in page.body.links:
        why = danger(link.target, options.private_hosts.hosts)
        if why is not None:
            shown = re.sub(r"[^/:@]+:[^/@]*@", "…@", link.target)
            yield Finding(span=link.target_span, variant=why, values={"value": shown})


def _has_codes(site: Site, page: Page) -> bool:
    for name, spec in site.types[page.type or ""].fields.items():
        if spec.kind == "codes":
            node = page.front_matter.get(name)
            return isinstance(node, Mapping) and any(scalars(entry.value) for entry in node.entries)
    return False


def _traceable(site: Site, page: Page, link: Link, options: SourceOptions) -> bool:
    target = link.target.strip()
    if re.match(r"(?:https?:)?//|www\.", target, re.IGNORECASE):
        return True
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme or not parts.path:
        return False
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.docs_path), unquote(parts.path)))
    return any(other.docs_path == path for name in options.internal for other in site.of_type(name).values())


def _visible(page: Page, section: Section) -> Span:
    """The first line of text in a section."""
    start, end = section.body
    text = COMMENT.sub(lambda match: " " * len(match[0]), page.source.slice(section.body))
    match = re.search(r"[^\s][^\r\n]*", text)
    if match is None:
        return section.heading.span
    return Span(start + match.start(), min(start + len(match[0].rstrip()) + match.start(), end))
