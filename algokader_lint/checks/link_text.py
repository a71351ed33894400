"""Checks on what a link is called: whether its text tells where it leads, and leads where it tells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from algokader_lint.content.html_tags import html_tags
from algokader_lint.content.markdown import Link
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.content.targets import targets
from algokader_lint.finding import Finding, Fix, Related
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model
from algokader_lint.nearest import folded

_AROUND = " \t\n.,:;!?*_~'\"‘’“”«»()[]<>…→›»-–"
_LONGEST = 500
_URL = re.compile(r"https?://\S+|www\.[^\s/]+/\S+", re.IGNORECASE)
_READY_TO_WRITE = re.compile(r"[\w./-]+")
_FIRST_WORD = re.compile(r"[\w-]+")


class LinkWords(Model):
    """``rules/data/link-words.yaml``: texts that do not tell where a link leads; case and marks do not count."""

    texts: tuple[str, ...]


class TextOptions(Model):
    """``link-words``: texts that do not tell where a link leads."""

    link_words: LinkWords


def telling_text(site: Site, page: Page, options: TextOptions) -> Iterator[Finding]:
    """The text of a link tells where it leads. An address between ``<`` and ``>`` is meant to be shown."""
    empty: frozenset[str] = site.once(
        ("link-words", options.link_words), lambda: frozenset(folded(text) for text in options.link_words.texts)
    )
    for span, text in _texts(page):
        said = text[:_LONGEST].strip(_AROUND)
        if folded(said) in empty:
            yield Finding(span=span, values={"value": said})
        elif _URL.fullmatch(said):
            yield Finding(span=span, variant="address", values={"value": said})


def _texts(page: Page) -> Iterator[tuple[Span, str]]:
    """The texts of links, in Markdown and in HTML, and where they stand."""
    for link in page.body.links:
        if link.kind == "link" and not page.source.text.startswith("<", link.span.start):
            yield link.text_span, link.text
    for opening, closing in pairwise(html_tags(page)):
        if opening.name == closing.name == "a" and closing.closes and "href" in opening.attributes:
            span = Span(opening.span.end, closing.span.start)
            yield span, page.source.slice(span)


class NamingOptions(Model):
    """``least-words``: a title of fewer words is one that any sentence may use, of whatever it speaks."""

    least_words: int


def names_its_target(site: Site, page: Page, options: NamingOptions) -> Iterator[Finding]:
    """A link whose text is the title, id or number of a page of this site leads to that page."""
    names = site.once(("names", options.least_words), lambda: _names(site, options.least_words))
    pages = site.once("pages-by-docs-path", lambda: {page.docs_path: page for page in site.pages})
    for target in targets(site, page):
        to = (
            pages.get(target.docs_path)
            if target.link.kind == "link" and target.kind == "file" and target.path
            else None
        )
        if to is not None:
            yield from names.judge(page, target.link, to)


@dataclass(frozen=True, slots=True)
class _Names:
    """What pages are called: ``full`` by title, id, key or number, ``numbers`` by number alone."""

    full: Mapping[str, list[Page]]
    numbers: Mapping[str, list[Page]]
    number_of: Mapping[str, str]

    def judge(self, page: Page, link: Link, target: Page) -> Iterator[Finding]:
        text = folded(link.text[:_LONGEST]).strip(_AROUND)
        named = self.full.get(text) or self.full.get(folded(page.source.slice(link.text_span)[:_LONGEST]))
        if named is None:
            yield from self._by_number(page, link, target, text)
        elif target not in named and len(named) == 1 and not _is_heading(target, link, text):
            yield _finding(page, link, target, named[0], sure=True)

    def _by_number(self, page: Page, link: Link, target: Page, text: str) -> Iterator[Finding]:
        """For a text that begins with the number of a page, and goes on with what it is called, or with whatever."""
        found = _FIRST_WORD.match(text)
        named = self.numbers.get(found[0], []) if found else []
        if found is None or target in named or len(named) != 1 or target.path not in self.number_of:
            return
        rest = text[found.end() :].strip(_AROUND)
        sure = rest == folded(named[0].title).strip(_AROUND)
        yield _finding(page, link, target, named[0], sure=sure)


def _finding(page: Page, link: Link, target: Page, named: Page, *, sure: bool) -> Finding:
    path = posixpath.relpath(named.docs_path, posixpath.dirname(page.docs_path) or ".")
    written = page.source.slice(link.target_span) == link.target and not link.by_reference and "#" not in link.target
    ready = sure and written and _READY_TO_WRITE.fullmatch(path) is not None
    return Finding(
        span=link.text_span,
        variant="" if sure else "number",
        values={
            "value": link.text[:_LONGEST],
            "target": link.target,
            "title": target.title,
            "named": path,
            "named_title": named.title,
        },
        related=(
            Related(named, named.front_matter.opening, "named"),
            Related(target, target.front_matter.opening, "target"),
        ),
        fix=Fix((Edit(link.target_span, path),), safe=False) if ready else None,
    )


def _is_heading(target: Page, link: Link, text: str) -> bool:
    """Whether a text is that of a heading on the page that a link leads to."""
    return "#" in link.target and any(folded(heading.text).strip(_AROUND) == text for heading in target.body.headings)


def _names(site: Site, least_words: int) -> _Names:
    full: dict[str, list[Page]] = {}
    numbers: dict[str, list[Page]] = {}
    number_of: dict[str, str] = {}
    identifying = site.unique_fields()
    for page in site.pages:
        names = {folded(page.front_matter.text(name) or "") for name in identifying}
        title = folded(page.title).strip(_AROUND)
        if len(title.split()) >= least_words:
            names.add(title)
        short = folded(site.short_name(page)) if page.type is not None else ""
        if short and short != folded(page.key):
            number_of[page.path] = short
            numbers.setdefault(short, []).append(page)
            names |= {short, folded(page.key)}
        for name in names - {""}:
            full.setdefault(name, []).append(page)
    return _Names(full, numbers, number_of)
