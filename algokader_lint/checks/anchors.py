"""The check on links to a place on a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from algokader_lint.checks.link_candidates import is_bare
from algokader_lint.content.page import Page
from algokader_lint.content.page_ids import ids_of
from algokader_lint.content.site import Site
from algokader_lint.content.targets import Target, distinct_targets, fragment_span, to_page
from algokader_lint.finding import Finding, Fix, Suggestion
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model
from algokader_lint.nearest import nearest

_SEARCHES = 300
_SEPARATORS = re.compile(r"[\s_-]+")
_PUNCTUATION = re.compile(r"[^\w-]")


class AnchorOptions(Model):
    """``ids``: those that the theme puts on every page; ``beginnings``: how those begin that extensions give."""

    ids: tuple[str, ...]
    beginnings: tuple[str, ...]


def anchor_exists(site: Site, page: Page, options: AnchorOptions) -> Iterator[Finding]:
    """A link to a place on a page of the site leads to an id that is there."""
    for target in distinct_targets(site, page):
        if not target.fragment:
            continue
        other = to_page(site, target)
        if other is not None and not _known(site, other, target, options):
            yield _finding(site, page, other, target)


def _known(site: Site, other: Page, target: Target, options: AnchorOptions) -> bool:
    """Whether an id may be on a page: as it is written, or decoded (HTML, 7.4.6.3)."""
    ids = ids_of(site, other)
    if not ids.complete:
        return True
    ways = (target.fragment, unquote(target.fragment))
    return any(
        way in ids.known or way.lower() in options.ids or way.startswith(options.beginnings) or not way for way in ways
    )


def _finding(site: Site, page: Page, other: Page, target: Target) -> Finding:
    anchor = unquote(target.fragment)
    same = _by_form(site, other).get(_form(anchor), [])
    headings = ids_of(site, other).headings
    near = [choice for choice in same if choice in headings] or _near(site, other, anchor)
    return Finding(
        span=fragment_span(target, page.source.text),
        variant="own-page" if other is page else "",
        values={"value": anchor, "page": other.title},
        suggestions=tuple(Suggestion(f"#{choice}", _text_of(site, other).get(choice, "")) for choice in near[:2]),
        fix=_fix(page, target, near[0]) if len(same) == len(near) == 1 and same == near else None,
    )


def _fix(page: Page, target: Target, anchor: str) -> Fix | None:
    """Another fragment in the place of the one that is written, where it stands on the page as it is read."""
    span = fragment_span(target, page.source.text)
    if page.source.slice(span) != target.fragment or is_bare(page, target.link):
        return None
    return Fix((Edit(span, anchor),), safe=True)


def _form(anchor: str) -> str:
    """What is left of an id when form does not count: case, accents, kind of separator, punctuation."""
    plain = unicodedata.normalize("NFKD", anchor).encode("ascii", "ignore").decode("ascii")
    return _SEPARATORS.sub("-", _PUNCTUATION.sub("", _SEPARATORS.sub("-", plain))).strip("-").lower()


def _by_form(site: Site, page: Page) -> Mapping[str, list[str]]:
    return site.once(("ids-by-form", page.path), lambda: _forms(site, page))


def _forms(site: Site, page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for anchor in sorted(ids_of(site, page).known):
        found.setdefault(_form(anchor), []).append(anchor)
    return found


def _near(site: Site, page: Page, anchor: str) -> list[str]:
    searched: dict[tuple[str, str], list[str]] = site.once("anchors-searched", dict)
    if (page.path, anchor) not in searched and len(searched) < _SEARCHES:
        searched[page.path, anchor] = nearest(anchor, dict.fromkeys(ids_of(site, page).headings))
    return searched.get((page.path, anchor), [])


def _text_of(site: Site, page: Page) -> Mapping[str, str]:
    """What the headings of a page say, by their ids."""
    return site.once(
        ("heading-texts", page.path), lambda: {heading.anchor: heading.text for heading in page.body.headings}
    )
