"""The check on what the settings of the site say of its navigation."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from algokader_lint.checks.link_candidates import candidates
from algokader_lint.checks.options import NoOptions
from algokader_lint.content.history import History
from algokader_lint.content.locations import locations
from algokader_lint.content.site import Site
from algokader_lint.finding import Finding, Placed, Suggestion

_NO_FILE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/|\.\.\.|.*[*{]", re.IGNORECASE | re.DOTALL)
"""Addresses, and patterns that plug-ins know: ``...``, ``... | folder/*.md``, ``folder/*``."""


def navigation_exists(site: Site, history: History, options: NoOptions) -> Iterator[Placed]:
    """An entry of the navigation names a page or file that is there; a folder is one that plug-ins know."""
    places = locations(site)
    for entry in site.mkdocs.nav:
        if _NO_FILE.match(entry.target):
            continue
        path = posixpath.normpath(entry.target.strip())
        if path in places.files or path in places.folders or path == "." or places.may_hold(path):
            continue
        found = candidates(site, path)
        pages = (places.pages.get(other) for other in found.paths)
        yield Placed(
            site.settings_file,
            Finding(
                span=entry.span,
                variant="folder" if entry.target.endswith("/") else "",
                values={"value": entry.target, "folder": site.mkdocs.docs_dir},
                suggestions=tuple(Suggestion(page.docs_path, page.title) for page in pages if page is not None),
            ),
        )
