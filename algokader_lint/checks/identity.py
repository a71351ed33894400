"""Checks on what makes a page itself: its id, its file name, its title."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import partial

from algokader_lint.checks.options import NoOptions
from algokader_lint.content.nodes import Scalar
from algokader_lint.content.numbering import free_value
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.finding import Finding, Related
from algokader_lint.knowledge import FieldSpec, Model

_SHOWN = 3


def unique_value(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """A value that only one page may have. A free one is offered: never used on the site, nor in a release,
    nor retired.

    A page whose file name says that the value is not its own is no rival: it is the one to mend.
    """
    for name, spec, node in _text_fields(site, page):
        if not spec.unique:
            continue
        holders = site.once(("holders", name, node.text), partial(_holders, site, name, node.text))
        others = [other for other in holders[:_SHOWN] if other is not page]
        if not others:
            continue
        free = free_value(site, name, spec, node.text)
        yield Finding(
            span=node.span,
            field=name,
            values={"value": node.text, "other": others[0].path, "free": free or ""},
            variant="" if free else "no-number",
            related=tuple(_elsewhere(other, name, "other") for other in others),
        )


def _holders(site: Site, name: str, text: str) -> list[Page]:
    return [page for page in site.with_text(name, text) if page.type is not None and _fits(site, page)]


def file_name_matches(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """The number in a field and the number in the file name are the same."""
    for name, node, match in _misfits(site, page):
        number = next(iter(match.groupdict().values()), None) or node.text
        values = {"value": node.text, "number": number, "file": posixpath.basename(page.path)}
        yield Finding(span=node.span, field=name, values=values)


def _fits(site: Site, page: Page) -> bool:
    return not _misfits(site, page)


def _misfits(site: Site, page: Page) -> list[tuple[str, Scalar, re.Match[str]]]:
    """The fields whose number is not that of the file name, looked for once: each page makes a pattern of its own."""
    return site.once(("misfits", page.path), lambda: list(_find_misfits(site, page)))


def _find_misfits(site: Site, page: Page) -> Iterator[tuple[str, Scalar, re.Match[str]]]:
    stem = posixpath.basename(page.path).removesuffix(".md")
    for name, spec, node in _text_fields(site, page):
        match = re.fullmatch(spec.pattern, node.text[:1000]) if spec.pattern is not None else None
        if match is None or spec.file_name is None or re.match(_filled(spec.file_name, match), stem):
            continue
        yield name, node, match


def _filled(pattern: str, match: re.Match[str]) -> str:
    """A pattern with the named groups of ``match`` put in, taken literally."""
    for group, text in match.groupdict().items():
        pattern = pattern.replace("{" + group + "}", re.escape(text or ""))
    return pattern


class FieldOptions(Model):
    """``field``: the field to look at."""

    field: str


def same_value(site: Site, page: Page, options: FieldOptions) -> Iterator[Finding]:
    """Two pages of one type say the same; told on the later of the two."""
    node = page.front_matter.get(options.field)
    if page.type is None or not isinstance(node, Scalar) or not node.text.strip():
        return
    same = [other for other in site.with_text(options.field, node.text) if other.type == page.type]
    if same and same[0] is not page:
        yield Finding(
            span=node.span,
            field=options.field,
            values={"value": node.text, "other": same[0].path},
            related=(_elsewhere(same[0], options.field, "other"),),
        )


def _text_fields(site: Site, page: Page) -> Iterator[tuple[str, FieldSpec, Scalar]]:
    if page.type is None:
        return
    for name, spec in site.types[page.type].fields.items():
        node = page.front_matter.get(name)
        if spec.kind == "text" and isinstance(node, Scalar) and node.text:
            yield name, spec, node


def _elsewhere(page: Page, field: str, note: str) -> Related:
    node = page.front_matter.get(field)
    return Related(page, page.front_matter.opening if node is None else node.span, note)
