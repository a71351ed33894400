"""The check on pages that are made from another file: whether they still follow from it."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from pydantic import Field, model_validator

from algokader_lint.content.markdown import Body, Comment
from algokader_lint.content.page import Page, TextFile
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span, UnreadableText, decode
from algokader_lint.content.tree import CannotRead, display_path
from algokader_lint.finding import Finding, Fix, Related
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model, check_pattern


class Derivation(Model):
    """How a page with a table follows from a file with entries.

    ``declared`` is what a comment of such a page says; its group ``source`` is the file, as seen from the settings of
    the site. ``entry`` matches a line of that file that is one, with groups ``name`` and ``text``.
    """

    declared: str
    entry: str
    name_column: int = Field(ge=1)
    text_column: int = Field(ge=1)

    @model_validator(mode="after")
    def _groups_exist(self) -> Derivation:
        for pattern, names in ((self.declared, {"source"}), (self.entry, {"name", "text"})):
            if not names <= re.compile(check_pattern(pattern)).groupindex.keys():
                raise ValueError(f"groups {', '.join(sorted(names))} are expected")
        return self


class Derivations(Model):
    """``rules/data/derived-files.yaml``: the ways in which pages are made."""

    derived: tuple[Derivation, ...]


class DerivedOptions(Model):
    """``files``: the ways in which pages are made."""

    files: Derivations


class Declaration(NamedTuple):
    """That a page is made from another file, and where it says so."""

    comment: Comment
    derivation: Derivation
    path: str


def declaration(site: Site, page: Page, files: Derivations) -> Declaration | None:
    """What a page says of the file that it is made from, None for one that people write."""
    for comment in page.body.comments:
        for derivation in files.derived:
            match = re.search(derivation.declared, comment.text)
            if match is not None:
                folder = posixpath.dirname(site.mkdocs.path)
                return Declaration(comment, derivation, posixpath.normpath(posixpath.join(folder, match["source"])))
    return None


def derived_page(site: Site, page: Page, options: DerivedOptions) -> Iterator[Finding]:
    """A page that is made from another file says what that file says."""
    found = declaration(site, page, options.files)
    if found is None:
        return
    entries = site.once(("entries", found.path, found.derivation.entry), partial(_read, site, found))
    if entries is None:
        yield Finding(span=found.comment.span, variant="no-source", values={"source": display_path(found.path)})
        return
    rows = list(_rows(page.body, found.derivation))
    times = Counter(_plain(page, row.name) for row in rows)
    for row in rows:
        yield from _of_row(page, row, entries, alone=times[_plain(page, row.name)] == 1)
    yield from _of_missing(found, times, entries)


@dataclass(frozen=True, slots=True)
class _Entries:
    """What a file has to say of each name, and where its first entry stands."""

    file: TextFile
    texts: Mapping[str, list[str]] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)


def _read(site: Site, found: Declaration) -> _Entries | None:
    try:
        source = decode(site.tree.read(found.path))
    except (CannotRead, UnreadableText):
        return None
    texts: dict[str, list[str]] = {}
    places: dict[str, Span] = {}
    entry = re.compile(found.derivation.entry)
    for start in source.line_starts:
        match = entry.match(source.text, start)
        if match is not None:
            name = _spaced(match["name"])
            texts.setdefault(name, []).append(_spaced(match["text"]))
            places.setdefault(name, Span(*match.span()))
    return _Entries(TextFile(found.path, source), texts, places)


class _Row(NamedTuple):
    """A row of a table: where its name and its text stand."""

    name: Span
    text: Span


def _rows(body: Body, derivation: Derivation) -> Iterator[_Row]:
    """The rows of the tables on a page, without those of their heads."""
    cells = [cell.pieces[0] for cell in body.inlines if cell.kind == "cell" and cell.pieces]
    heads = {block.span.start for block in body.blocks if block.kind == "table"}
    at = 0
    for row in (block.span for block in body.blocks if block.kind == "row"):
        own: list[Span] = []
        while at < len(cells) and cells[at].start < row.end:
            own.append(cells[at])
            at += 1
        if row.start not in heads and len(own) >= max(derivation.name_column, derivation.text_column):
            yield _Row(own[derivation.name_column - 1], own[derivation.text_column - 1])


def _of_row(page: Page, row: _Row, entries: _Entries, *, alone: bool) -> Iterator[Finding]:
    name = _plain(page, row.name)
    values = {"value": name, "source": display_path(entries.file.path)}
    if name not in entries.texts:
        yield Finding(span=row.name, variant="gone", values=values, identity=name)
        return
    texts = entries.texts[name]
    if _plain(page, row.text) in texts:
        return
    sure = alone and len(texts) == 1 and row.text.start < row.text.end
    yield Finding(
        span=row.text,
        values=values,
        identity=name,
        related=(Related(entries.file, entries.places[name], "source"),),
        fix=Fix((Edit(row.text, texts[0].replace("|", "\\|")),), safe=False) if sure and texts[0] else None,
    )


def _of_missing(found: Declaration, shown: Collection[str], entries: _Entries) -> Iterator[Finding]:
    missing = [name for name in entries.texts if name not in shown]
    if missing:
        values = {"value": missing[0], "count": str(len(missing) - 1), "source": display_path(found.path)}
        yield Finding(
            span=found.comment.span,
            variant="missing" if len(missing) == 1 else "missing-more",
            values=values,
            related=(Related(entries.file, entries.places[missing[0]], "source"),),
            identity="\n".join(missing),
        )


def _plain(page: Page, span: Span) -> str:
    """The text of a cell; a bar in one is written with a backslash."""
    return _spaced(page.source.slice(span).replace("\\|", "|"))


def _spaced(text: str) -> str:
    return " ".join(text.split())
