"""Checks on links to other files of the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from algokader_lint.checks.link_candidates import candidates, fix_of, rewritten, suggestions
from algokader_lint.content.locations import locations
from algokader_lint.content.mkdocs import inside
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.targets import Target, as_browser, distinct_targets, shown_span
from algokader_lint.finding import Finding, Suggestion
from algokader_lint.knowledge import Model

_ADDRESS_OF_MAIL = re.compile(r"[^\s/@:]+@[^\s/@:]+\.[^\s/@:.]+")
_ATTRIBUTES = re.compile(r"[ \t]{0,9}\{:?[^{}\n]{1,500}\}")
_HANDLED = re.compile(r"\s(?:on\w+|id|class|role|data-[\w-]+)\s{0,9}=|\s[.#][\w-]|\{:? ?[.#][\w-]", re.IGNORECASE)
_TAG_LIMIT = 2000


class LinkOptions(Model):
    """``made``: what is on the site without a file among its pages, as addresses from its root."""

    made: tuple[str, ...] = ()


def link_exists(site: Site, page: Page, options: LinkOptions) -> Iterator[Finding]:
    """A Markdown link to a page or file of the site leads to one that is there."""
    for target in distinct_targets(site, page):
        if not target.of_markdown:
            continue
        if target.kind == "by-address":
            yield _by_address(site, page, target)
        elif target.kind == "missing" and not _made(site, page, target, options):
            yield _missing(site, page, target)


def html_link_exists(site: Site, page: Page, options: LinkOptions) -> Iterator[Finding]:
    """A link in raw HTML, which stays as it is written, leads from the address of its page to something."""
    for target in distinct_targets(site, page):
        if target.of_markdown or target.kind != "missing" or target.docs_path in options.made:
            continue
        if _ADDRESS_OF_MAIL.fullmatch(target.text):
            guesses: tuple[Suggestion, ...] = (Suggestion(f"mailto:{target.text}"),)
        else:
            meant = _as_source(site, page, target)
            paths = (meant,) if meant is not None else candidates(site, target.docs_path, _beside(page, target)).paths
            guesses = suggestions(site, page, target, paths)
        variant = "of-source" if target.path.endswith(".md") else "image" if target.of_image else ""
        yield Finding(
            span=shown_span(target.link, page.source.text),
            variant=variant,
            values={"value": target.link.target},
            suggestions=guesses,
        )


def _beside(page: Page, target: Target) -> str:
    """The path that a target would name if it were read from its file."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.docs_path), target.path))


def _as_source(site: Site, page: Page, target: Target) -> str | None:
    path = _beside(page, target)
    return path if path in locations(site).files else None


def _made(site: Site, page: Page, target: Target, options: LinkOptions) -> bool:
    """Whether a target is something that the build of the site makes."""
    return as_browser(site, page, target.path) in options.made


def _by_address(site: Site, page: Page, target: Target) -> Finding:
    """MkDocs does not know the target, but leaves it as it is, and a browser happens to find the page."""
    better = rewritten(site, page, target, target.docs_path)
    return Finding(
        span=shown_span(target.link, page.source.text),
        variant="by-address",
        values={"value": target.link.target},
        suggestions=(Suggestion(better),),
        fix=fix_of(page, target, better, safe=True),
    )


def _missing(site: Site, page: Page, target: Target) -> Finding:
    found = candidates(site, target.docs_path, as_browser(site, page, target.path))
    guesses = suggestions(site, page, target, found.paths)
    if not guesses and _ADDRESS_OF_MAIL.fullmatch(target.text):
        guesses = (Suggestion(f"mailto:{target.text}"),)
    fix = None if found.only is None else fix_of(page, target, guesses[0].value, safe=found.likeness == "form")
    return Finding(
        span=shown_span(target.link, page.source.text),
        variant=_why_missing(site, target),
        values={"value": target.link.target, "folder": site.mkdocs.docs_dir},
        suggestions=guesses,
        fix=fix,
    )


def _why_missing(site: Site, target: Target) -> str:
    if target.docs_path.startswith("..") and target.docs_path[2:3] in ("", "/"):
        path = inside(site.mkdocs.docs_dir, target.docs_path)
        return "outside" if path is not None and path in _tree_paths(site) else "far-outside"
    if target.docs_path in locations(site).folders or target.docs_path == ".":
        return "folder"
    return "image" if target.of_image else ""


def _tree_paths(site: Site) -> frozenset[str]:
    return site.once("tree-paths", lambda: frozenset(site.tree.paths()))


class EmptyLinkOptions(Model):
    """``placeholders``: what stands in a link that was begun and not filled in."""

    placeholders: tuple[str, ...]


def link_filled_in(site: Site, page: Page, options: EmptyLinkOptions) -> Iterator[Finding]:
    """A link leads somewhere; ``#`` is meant when something on the page reacts to it."""
    for target in distinct_targets(site, page):
        span = shown_span(target.link, page.source.text)
        span = span if span.start < span.end else target.link.span
        if (
            target.kind == "empty"
            and not (target.text == "#" and _handled(page, target))
            and not _is_mark(page, target)
        ):
            variant = "top" if target.text else "image" if target.of_image else ""
            yield Finding(span=span, variant=variant, values={"value": target.text})
        elif target.kind == "missing" and target.text.casefold() in options.placeholders:
            yield Finding(span=span, variant="placeholder", values={"value": target.text})


def _is_mark(page: Page, target: Target) -> bool:
    """Whether a link without text and address only gives a place on the page an id: ``[](){ #id }``."""
    if target.text or target.link.text or not target.of_markdown or target.of_image:
        return False
    attributes = _ATTRIBUTES.match(page.source.text, target.link.span.end)
    return attributes is not None and "#" in attributes[0]


def _handled(page: Page, target: Target) -> bool:
    """Whether a script may do something with a link: by an attribute that says so, or that it can be found by."""
    text, span = page.source.text, target.link.span
    if target.of_markdown:
        attributes = _ATTRIBUTES.match(text, span.end)
        return attributes is not None and _HANDLED.search(attributes[0]) is not None
    closing = text.find(">", span.end, span.end + _TAG_LIMIT)
    return _HANDLED.search(text, span.start, closing if closing >= 0 else span.end) is not None
