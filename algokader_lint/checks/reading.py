"""Checks on whether a file can be read as meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from algokader_lint.checks.options import NoOptions
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import NOWHERE, Span
from algokader_lint.finding import Finding, Related
from algokader_lint.knowledge import Model

_CONFLICT = re.compile(r"^(<{7}|>{7})(?=[ \r\n]|\Z)[^\r\n]*", re.MULTILINE)


class DefectOptions(Model):
    """``kinds``: the defects to report; ``typed-only``: on pages of a content type alone."""

    kinds: tuple[str, ...]
    typed_only: bool = False


def reading_defect(site: Site, page: Page, options: DefectOptions) -> Iterator[Finding]:
    """What kept the file, or its front matter, from being read. A merge conflict explains itself elsewhere."""
    if options.typed_only and page.type is None:
        return
    defects = (*page.unreadable, *page.front_matter.defects)
    for defect in defects:
        if defect.kind not in options.kinds or (page.front_matter.fields is None and _conflicts(page)):
            continue
        related = () if defect.related is None else (Related(page, defect.related, "first"),)
        yield Finding(
            span=defect.span,
            field=defect.detail if defect.related is not None else "",
            variant=defect.kind,
            values={"detail": defect.detail},
            related=related,
        )


def page_like_folder(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """A folder whose name ends in ``.md``, told once, on the first page in it."""
    for folder, first in site.once("page-like-folders", partial(_page_like_folders, site)).items():
        if first is page:
            yield Finding(span=NOWHERE, values={"folder": folder.rpartition("/")[2]})


def _page_like_folders(site: Site) -> dict[str, Page]:
    """Each folder that is called like a page, and the first page in it."""
    found: dict[str, Page] = {}
    for page in site.pages:
        folders = page.docs_path.split("/")[:-1]
        for depth, name in enumerate(folders, start=1):
            if name.endswith(".md"):
                found.setdefault("/".join(folders[:depth]), page)
    return found


def merge_conflict(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """Merge-conflict markers, one finding for each conflict. A lone ``=======`` is a heading underline."""
    opened = False
    for marker in _conflicts(page):
        opening = page.source.text[marker.start] == "<"
        if opening or not opened:
            yield Finding(span=marker)
        opened = opening


def _conflicts(page: Page) -> list[Span]:
    found = (Span(*match.span()) for match in _CONFLICT.finditer(page.source.text))
    return [span for span in found if not page.body.in_code(span)]
