"""What a page stands on: the links in its section of sources, and codes of frameworks in its front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import field_validator

from algokader_lint.content.external import LINKS, ExternalAddress, external_addresses
from algokader_lint.content.markdown import COMMENT, Link, Section
from algokader_lint.content.nodes import Mapping, scalars
from algokader_lint.content.outline import sections_called
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.content.targets import resolve
from algokader_lint.knowledge import Model

SourceState = Literal["absent", "empty", "untraceable", "declared", "traceable"]
"""What a section of sources comes to, from worst to best."""

_STATES: tuple[SourceState, ...] = ("absent", "empty", "untraceable", "declared", "traceable")
_LETTER = re.compile(r"\w")
_SENTENCE_LIMIT = 10_000


class Declarations(Model):
    """Regular expressions of sentences that declare that there is no source."""

    sentences: tuple[str, ...]

    @field_validator("sentences")
    @classmethod
    def _compile(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            re.compile(pattern)
        return value


class SourceSections(Model):
    """``section``: which one is that of sources, by the schemas; ``internal``: types of pages of the site that count as
    a source; ``declared``: sentences that say there is none.
    """

    section: str
    internal: tuple[str, ...] = ()
    declared: Declarations


@dataclass(frozen=True, slots=True)
class SourceCode:
    """A code of a framework, as written, and where it stands."""

    framework: str
    code: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a page.

    ``state`` is what its section comes to, codes apart; ``place`` the text that shows it. ``external`` has each
    address once, ``internal`` each page of the site once, by its path below the documentation folder.
    """

    state: SourceState
    place: Span
    external: tuple[ExternalAddress, ...] = ()
    internal: tuple[str, ...] = ()
    codes: tuple[SourceCode, ...] = ()

    @property
    def traceable(self) -> bool:
        """Whether a reader can look up at least one source."""
        return self.state == "traceable" or bool(self.codes)

    @property
    def declared_none(self) -> bool:
        """Whether the page says that there is no source, and names none."""
        return self.state == "declared" and not self.codes


def read_sources(site: Site, page: Page, how: SourceSections) -> Sources:
    """The sources of a page of a content type. Of several sections of sources the best one counts."""
    codes = tuple(read_codes(site, page))
    found = [_section(site, page, section, how) for section in sections_called(site, page, how.section)]
    if not found:
        return Sources("absent", page.front_matter.opening, codes=codes)
    best = max(found, key=lambda sources: _STATES.index(sources.state))
    external: dict[str, ExternalAddress] = {}
    for source in (source for sources in found for source in sources.external):
        external.setdefault(source.url, source)
    internal = dict.fromkeys(path for sources in found for path in sources.internal)
    return Sources(best.state, best.place, tuple(external.values()), tuple(internal), codes)


def _section(site: Site, page: Page, section: Section, how: SourceSections) -> Sources:
    text = COMMENT.sub(lambda match: " " * len(match[0]), page.source.slice(section.body))
    links = [link for link in page.body.links if link.kind in LINKS and section.body.covers(link.span)]
    external = tuple(external_addresses(page, section.body, LINKS))
    internal = tuple(path for link in links for path in _internal(site, page, link, how.internal))
    if external or internal:
        return Sources("traceable", section.heading.span, external, internal)
    if any(re.search(pattern, text[:_SENTENCE_LIMIT], re.IGNORECASE) for pattern in how.declared.sentences):
        return Sources("declared", _visible(text, section))
    if links or _LETTER.search(text):
        return Sources("untraceable", _visible(text, section))
    return Sources("empty", section.heading.span)


def _internal(site: Site, page: Page, link: Link, types: Sequence[str]) -> Iterator[str]:
    """The page of one of these types that a link leads to."""
    target = resolve(site, page, link)
    pages = site.once(("paths", *types), lambda: {other.docs_path for t in types for other in site.of_type(t).values()})
    if target.kind in ("file", "by-address") and target.path and target.docs_path in pages:
        yield target.docs_path


def read_codes(site: Site, page: Page) -> Iterator[SourceCode]:
    """The codes of frameworks that a page of a content type names."""
    for name, spec in site.types[page.type or ""].fields.items():
        node = page.front_matter.get(name) if spec.kind == "codes" else None
        if isinstance(node, Mapping):
            for entry in node.entries:
                yield from (SourceCode(entry.key.text, item.text, item.span) for item in scalars(entry.value))


def _visible(text: str, section: Section) -> Span:
    """The first line of ``text``, that of a section without its comments, that says something."""
    match = re.search(r"[^\s][^\r\n]*", text)
    if match is None:
        return section.heading.span
    start = section.body.start + match.start()
    return Span(start, start + len(match[0].rstrip()))
