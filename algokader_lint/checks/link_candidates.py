"""What somebody may have meant who linked to a file or place that is not there, and how to write that."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from algokader_lint.content.locations import PAGE_SUFFIX, locations
from algokader_lint.content.markdown import Link
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.targets import Target, relative_address, relative_path
from algokader_lint.finding import Fix, Suggestion
from algokader_lint.fix import Edit
from algokader_lint.nearest import nearest

Likeness = Literal["form", "name", "near", ""]
"""How a file is like the one that was sought: the same but for its form, the same name elsewhere, or alike."""

_MOST = 2
_SEARCHES = 300
"""How many names are compared with all others in a run: a page may hold any number of wrong links."""
_SUFFIXES = re.compile(r"(?:\.(?:md|markdown|html?))+$")
_PAGE_SUFFIXES = ("", ".md", ".markdown", ".html", ".htm")
_INDEX = re.compile(r"(?:^|/)(?:index|readme)$")
_BEHIND_PATH = re.compile(r"[?#].*", re.DOTALL)
_PLAIN = re.compile(r"[\w./~+,;=!$@#?%:&-]*")


def form(path: str) -> str:
    """What is left of a path when form does not count: case, encoding, suffix, slashes, spaces around its parts."""
    decoded = unicodedata.normalize("NFC", unquote(path)).replace("\\", "/").casefold()
    parts = (part.strip() for part in decoded.split("/"))
    return _INDEX.sub("", _SUFFIXES.sub("", "/".join(part for part in parts if part not in ("", "."))))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Files that may have been meant, best first, and how they are like what was sought."""

    paths: tuple[str, ...] = ()
    likeness: Likeness = ""

    @property
    def only(self) -> str | None:
        """The one file, when no other is as like."""
        return self.paths[0] if len(self.paths) == 1 and self.likeness in ("form", "name") else None


@dataclass(frozen=True, slots=True)
class _Names:
    """The files of the site by their form, by the form of their name, and by folder and name as it is written."""

    forms: Mapping[str, list[str]]
    names: Mapping[str, list[str]]
    folders: Mapping[str, Mapping[str, str]]
    pages: Mapping[str, str]
    others: Mapping[str, str]
    searched: dict[tuple[str, str], Candidates]


def _names(site: Site) -> _Names:
    forms: dict[str, list[str]] = {}
    names: dict[str, list[str]] = {}
    folders: dict[str, dict[str, str]] = {}
    pages: dict[str, str] = {}
    others: dict[str, str] = {}
    for path in sorted(locations(site).files):
        forms.setdefault(form(path), []).append(path)
        names.setdefault(posixpath.basename(form(path)), []).append(path)
        folder, name = posixpath.split(path)
        is_page = name.endswith(PAGE_SUFFIX)
        stem = name.removesuffix(PAGE_SUFFIX)
        folders.setdefault(folder, {}).setdefault(stem, path)
        (pages if is_page else others).setdefault(stem, path)
    return _Names(forms, names, folders, pages, others, searched={})


def candidates(site: Site, sought: str, also: str = "") -> Candidates:
    """The files that may have been meant by ``sought``, a path below the documentation folder or an address there;
    ``also`` is the same target read in another way.
    """
    names = site.once("link-candidates", lambda: _names(site))
    if "../" not in sought:
        same = names.forms.get(form(sought))
        if same:
            return Candidates(tuple(same[:_MOST]), "form")
    read_otherwise = names.forms.get(form(also)) if also else None
    elsewhere = read_otherwise or names.names.get(posixpath.basename(form(sought)))
    if elsewhere and posixpath.basename(form(sought)):
        return Candidates(tuple(elsewhere[:_MOST]), "name")
    folder, name = posixpath.split(sought.rstrip("/"))
    if (folder, name) not in names.searched and len(names.searched) < _SEARCHES:
        names.searched[folder, name] = _nearest(names, folder, name)
    return names.searched.get((folder, name), Candidates())


def _nearest(names: _Names, folder: str, name: str) -> Candidates:
    stem = _SUFFIXES.sub("", name)
    suffix = posixpath.splitext(name)[1].lower()
    pool = names.pages if suffix in _PAGE_SUFFIXES else names.others
    beside = {key: path for key, path in names.folders.get(folder, {}).items() if pool.get(key) is not None}
    for choices in (beside, pool):
        found = nearest(stem, choices)
        if found:
            return Candidates(tuple(choices[key] for key in found), "near")
    return Candidates()


def suggestions(site: Site, page: Page, target: Target, paths: Iterable[str]) -> tuple[Suggestion, ...]:
    """Files as values to write on a page in the place of a target, with the titles of those that are pages."""
    pages = locations(site).pages
    return tuple(
        Suggestion(rewritten(site, page, target, path), pages[path].title if path in pages else "") for path in paths
    )


def rewritten(site: Site, page: Page, target: Target, docs_path: str) -> str:
    """What leads to a file in the way that a target does: from Markdown or raw HTML, with what is behind its path."""
    behind = _BEHIND_PATH.search(target.text)
    if docs_path == page.docs_path and behind and behind[0].startswith("#"):
        return behind[0]
    path = relative_path(page, docs_path) if target.of_markdown else relative_address(site, page, docs_path)
    return path + (behind[0] if behind else "")


def fix_of(page: Page, target: Target, text: str, *, safe: bool) -> Fix | None:
    """A fix that writes ``text`` as the target; None when the target cannot be told, or written so."""
    link = target.link
    written = page.source.slice(link.target_span)
    if written != link.target or written == text or is_bare(page, link):
        return None
    if written != target.text and not _PLAIN.fullmatch(text):
        return None
    return Fix((Edit(link.target_span, text),), safe)


def is_bare(page: Page, link: Link) -> bool:
    """Whether a link is an address between ``<`` and ``>``, which is its text too."""
    return link.kind == "link" and page.source.text[link.span.start] == "<"
