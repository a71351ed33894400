"""Checks on absolute addresses of the site itself, and of the repository that it is made of."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from algokader_lint.checks.link_candidates import candidates, fix_of, form, rewritten, suggestions
from algokader_lint.content.locations import PAGE_SUFFIX, locations, parents_of, stands_elsewhere
from algokader_lint.content.page import Page
from algokader_lint.content.repository import RepositoryPath, repository_path
from algokader_lint.content.site import Site
from algokader_lint.content.targets import Target, distinct_targets, escaped, shown_span, site_prefix
from algokader_lint.finding import Finding, Fix, Suggestion
from algokader_lint.knowledge import Model

_HIDDEN = re.compile(r"(?:^|/)\.")


class OwnSiteOptions(Model):
    """``made``: what is on the site without a file among its pages, as addresses from its root."""

    made: tuple[str, ...] = ()


def own_site_link(site: Site, page: Page, options: OwnSiteOptions) -> Iterator[Finding]:
    """A link to a page of the site itself says where it is from here, not where the site happens to be."""
    for target in distinct_targets(site, page):
        if target.kind not in ("own-site", "rooted"):
            continue
        if target.docs_path:
            if not stands_elsewhere(site, page):
                yield _absolute(site, page, target)
        elif target.kind == "own-site" and target.path.strip("/") not in options.made:
            yield _absolute_to_nothing(site, page, target, target.path)
        elif target.kind == "rooted":
            yield from _from_root_to_nothing(site, page, target, options)


def _absolute(site: Site, page: Page, target: Target) -> Finding:
    better = rewritten(site, page, target, target.docs_path)
    other = locations(site).pages.get(target.docs_path)
    return Finding(
        span=shown_span(target.link, page.source.text),
        variant="" if target.kind == "own-site" else "rooted",
        values={"value": target.link.target, "new": better},
        suggestions=(Suggestion(better, other.title if other else "", sure=True),),
        fix=fix_of(page, target, better, safe=True),
    )


def _absolute_to_nothing(site: Site, page: Page, target: Target, sought: str) -> Finding:
    found = candidates(site, posixpath.normpath(sought or "."))
    guesses = suggestions(site, page, target, found.paths)
    fix = None if found.only is None else fix_of(page, target, guesses[0].value, safe=found.likeness == "form")
    return Finding(
        span=shown_span(target.link, page.source.text),
        variant="missing",
        values={"value": target.link.target},
        suggestions=guesses,
        fix=fix,
    )


def _from_root_to_nothing(site: Site, page: Page, target: Target, options: OwnSiteOptions) -> Iterator[Finding]:
    """What stands at the root of the server is known below the address of the site alone: elsewhere there may be other
    sites. But what is a page of this one when it is read from the root of this one was meant so, and so was a source.
    """
    prefix = site_prefix(site)
    path = target.path.replace("\\", "/")
    below = path[len(prefix) :] if path.startswith(prefix) else None
    if below is not None:
        if site.mkdocs.site_url is not None and below.strip("/") not in options.made:
            yield _absolute_to_nothing(site, page, target, below)
        return
    meant = candidates(site, path.strip("/"))
    if path.endswith(PAGE_SUFFIX) or (meant.likeness == "form" and form(path)):
        yield _absolute_to_nothing(site, page, target, path.strip("/"))


class RepositoryOptions(Model):
    """``branches``: names of a main branch, for a site that does not say what its own is called."""

    branches: tuple[str, ...]


def repository_link(site: Site, page: Page, options: RepositoryOptions) -> Iterator[Finding]:
    """A link to a file in the repository of the site leads to one that is there."""
    if site.mkdocs.repo_url is None:
        return
    for target in distinct_targets(site, page):
        if target.kind != "elsewhere":
            continue
        named = repository_path(site.mkdocs, target.text, options.branches)
        if named is None or not named.path or _exists(site, named.path):
            continue
        below = named.path.startswith(site.mkdocs.docs_dir + "/")
        near, sure = _near(site, named.path)
        yield Finding(
            span=shown_span(target.link, page.source.text),
            variant="page" if below else "",
            values={"value": named.path},
            suggestions=tuple(Suggestion(path) for path in near),
            fix=_fix(page, target, named, near[0]) if sure else None,
        )


def _exists(site: Site, path: str) -> bool:
    """Whether something may be at a path: what is hidden, or behind a link to a folder, is not listed."""
    files = _files(site)
    if path in files or path in site.once("tree-folders", lambda: _folders(site)) or _HIDDEN.search(path):
        return True
    return any(folder in files for folder in parents_of(path))


def _files(site: Site) -> frozenset[str]:
    return site.once("tree-paths", lambda: frozenset(site.tree.paths()))


def _folders(site: Site) -> frozenset[str]:
    return frozenset(folder for path in site.tree.paths() for folder in parents_of(path))


def _near(site: Site, path: str) -> tuple[list[str], bool]:
    """The files that may have been meant, and whether it is the only one that is the same but for its form."""
    forms = site.once("tree-forms", lambda: _forms(site))
    same = forms.get(form(path), [])
    if same:
        return same[:2], len(same) == 1 and _stem(same[0]) == _stem(path)
    if path.startswith(site.mkdocs.docs_dir + "/"):
        found = candidates(site, posixpath.relpath(path, site.mkdocs.docs_dir))
        return [posixpath.join(site.mkdocs.docs_dir, other) for other in found.paths], False
    return [], False


def _stem(path: str) -> str:
    """A name but for its form: a page that became the first of a folder, or no longer is, is another file."""
    return posixpath.basename(path).casefold().partition(".")[0].strip()


def _forms(site: Site) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in site.tree.paths():
        found.setdefault(form(path), []).append(path)
    return found


def _fix(page: Page, target: Target, named: RepositoryPath, path: str) -> Fix | None:
    written = escaped(path)
    behind = target.text[len(named.before) :].find("#")
    fragment = target.text[len(named.before) + behind :] if behind >= 0 else ""
    return fix_of(page, target, named.before + written + fragment, safe=True)
