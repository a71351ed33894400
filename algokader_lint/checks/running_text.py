"""Checks on what stands in the text as if it were something else: variables, addresses of mail, notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from algokader_lint.checks.options import NoOptions
from algokader_lint.content.appended import SNIPPET
from algokader_lint.content.html_tags import html_tags
from algokader_lint.content.page import Page
from algokader_lint.content.prose import merged
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.content.visible import Visible, visible_texts
from algokader_lint.finding import Finding, Fix, Suggestion
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model
from algokader_lint.nearest import nearest

_VARIABLE = re.compile(r"(?<![\\{])(?:\{\{[^{}\n]{1,200}\}\}(?!\})|\{%-?[ ]{0,3}\w[^{}%\n]{0,200}%\})")
_SHOWING = ("code", "pre", "script", "style", "template")
"""Elements of raw HTML whose text is code, or is not shown."""
_MAIL = re.compile(
    r"(?<![\w.+@/=:?&%#~\\'-])[A-Za-z0-9][A-Za-z0-9._+'-]{0,63}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,24}(?![\w@/=-]|[.:]\w)"
)
_ADDRESS_MARKS = ("://", "www.", "?", "=")
_NOTE = re.compile(r"\[\^(?P<label>[\w.-]{1,60})\](?P<colon>:)?")
_DEFINITION = re.compile(r"^[ \t>]{0,40}(?:[-*+] |\d{1,3}\. )?[ \t]{0,40}\[\^(?P<label>[^\]\n]{1,60})\]:", re.MULTILINE)
_GUESSES = 20
"""For how many unknown notes of a page a near one is looked for: each is held against all others."""


class TemplateOptions(Model):
    """``plugins``: those of MkDocs that put something in the place of variables in pages."""

    plugins: tuple[str, ...]


def template_variable(site: Site, page: Page, options: TemplateOptions) -> Iterator[Finding]:
    """No ``{{ variable }}`` stands on a page, unless something renders it."""
    if set(site.mkdocs.plugins) & set(options.plugins):
        return
    text, body = page.source.text, page.body
    found = list(_VARIABLE.finditer(text, body.span.start, body.span.end))
    if not found:
        return
    hidden = merged([*body.code, *(comment.span for comment in body.comments), *_between_tags(page, _SHOWING)])
    waiting = list(reversed(hidden))
    for match in found:
        while waiting and waiting[-1].end <= match.start():
            waiting.pop()
        if not waiting or waiting[-1].start > match.start():
            yield Finding(span=Span(*match.span()), values={"value": match[0]})


def _between_tags(page: Page, names: Sequence[str]) -> Iterator[Span]:
    """What stands in elements of raw HTML with these names."""
    opened: dict[str, int] = {}
    for tag in html_tags(page):
        if tag.name not in names:
            continue
        if not tag.closes:
            opened.setdefault(tag.name, tag.span.end)
        elif tag.name in opened:
            yield Span(opened.pop(tag.name), tag.span.start)


def mail_link(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """An address of mail in the text is a link, so that a reader can use it."""
    if "@" not in page.source.text:
        return
    links = [link.span for link in page.body.links if link.kind == "link"]
    links = merged([*links, *_between_tags(page, ("a", *_SHOWING))])
    starts = [link.start for link in links]
    for visible in visible_texts(site, page):
        for match in _MAIL.finditer(visible.text) if "@" in visible.text else ():
            span = visible.span(*match.span())
            before = bisect_right(starts, span.start) - 1
            linked = before >= 0 and links[before].covers(span)
            if not linked and not _within_address(visible.text, match.start()):
                yield _unlinked(visible, span, match[0])


def _unlinked(visible: Visible, span: Span, address: str) -> Finding:
    edit = Edit(span, f"[{address}](mailto:{address})")
    plain = visible.inline.kind in ("paragraph", "cell") and "'" not in address
    return Finding(span=span, values={"value": address}, fix=Fix((edit,), safe=True) if plain else None)


def _within_address(text: str, at: int) -> bool:
    """Whether the word that runs up to ``at`` is the beginning of an address on the web."""
    before = f" {text[max(at - 200, 0) : at]}x".split()[-1]
    return any(mark in before for mark in _ADDRESS_MARKS)


def known_note(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """A mark of a footnote has its footnote on the same page."""
    if "[^" not in page.source.text or SNIPPET in page.source.text:
        return
    labels = _labels(page)
    for number, (span, label) in enumerate(_unknown_notes(site, page, labels)):
        near = _near(label, labels) if number < _GUESSES else []
        yield Finding(
            span=span,
            variant="" if labels else "none",
            values={"value": label},
            suggestions=tuple(Suggestion(guess) for guess in near),
        )


def _unknown_notes(site: Site, page: Page, labels: frozenset[str]) -> Iterator[tuple[Span, str]]:
    for visible in visible_texts(site, page):
        for match in _NOTE.finditer(visible.text):
            escaped = match.start() > 0 and visible.text[match.start() - 1] == "\\"
            if not (escaped or match["label"] in labels or match["colon"]):
                yield visible.span(*match.span()), match["label"]


def _labels(page: Page) -> frozenset[str]:
    found = _DEFINITION.finditer(page.source.text, page.body.span.start)
    return frozenset(match["label"] for match in found if not page.body.in_code(Span(*match.span("label"))))


def _near(label: str, labels: frozenset[str]) -> list[str]:
    """Labels that may have been meant; of numbers, none is nearer than another."""
    return [] if label.isdigit() else nearest(label, sorted(labels))
