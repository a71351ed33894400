"""Which page of one state of the site is which page of another, also when it was moved, renamed or renumbered.

Neither a number nor an id is believed by itself: a renumbering gives both to other pages. What a page is called apart
from its number, and what it says, stay with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.nearest import folded, letters, likeness, shared, slug

_SAME_TITLE = 0.6
"""From what likeness on two titles are the same title reworded."""
_NEARLY_SAME_TITLE = 0.8
"""From what likeness on two titles are enough by themselves."""
_SAME_TEXT = 0.5
"""What part of its lines a page keeps when it is the same page; git's own bound for a rename."""
_SOME_TEXT = 0.25
"""What part of its lines a page keeps when its id is the same too."""
_COMMON_LINE = 4
"""A line that stands on more pages than this tells them not apart."""

_Key = tuple[str, ...]


class Pairs:
    """Pages of two states of a site that are the same page."""

    def __init__(self, pairs: Iterable[tuple[Page, Page]]) -> None:
        found = list(pairs)
        self._after = {before.path: after for before, after in found}
        self._before = {after.path: before for before, after in found}

    def after(self, page: Page) -> Page | None:
        """What an earlier page has become, None when it is gone."""
        return self._after.get(page.path)

    def before(self, page: Page) -> Page | None:
        """What a later page was, None when it is new."""
        return self._before.get(page.path)


def pair_pages(before: Site, after: Site) -> Pairs:
    """Pair the pages of two sites.

    In this order, each among the pages that are left: same path; same type and key; same type and name without number,
    or title, when only one page of either site has it; same id and alike; mostly the same lines; nearly the same title.
    """
    matcher = _Matcher(before.pages, after.pages)
    matcher.pair(lambda page: (page.path,))
    matcher.pair(lambda page: (page.type, page.key) if page.type else None)
    matcher.pair(lambda page: (page.type, slug(page.key)) if page.type else None)
    matcher.pair(_titled)
    for name in after.unique_fields():
        matcher.pair(partial(_identified, name), _alike)
    matcher.pair_by_lines()
    matcher.pair_by_titles()
    return Pairs(matcher.found)


def similar_titles(one: str, other: str) -> bool:
    """Whether two titles are the same one, reworded at most."""
    return likeness(one, other) >= _SAME_TITLE


def _titled(page: Page) -> _Key | None:
    title = page.front_matter.text("title")
    return (page.type, folded(title)) if page.type and title else None


def _identified(name: str, page: Page) -> _Key | None:
    value = page.front_matter.text(name)
    return (page.type, value) if page.type and value else None


def _lines(page: Page) -> Counter[str]:
    """The lines of a page's text that say something: headings and comments are those of a template."""
    text = page.source.text[page.body.span.start :]
    lines = (" ".join(line.split()) for line in text.splitlines())
    return Counter(line for line in lines if len(line) > 3 and not line.startswith(("#", "<!--")))


def _shared(one: Counter[str], other: Counter[str]) -> float:
    """What part of the lines of two texts is the same."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _alike(one: Page, other: Page) -> bool:
    """Whether two pages of two states of a site are one page, perhaps in other words: by their titles, or lines."""
    return similar_titles(one.title, other.title) or _shared(_lines(one), _lines(other)) >= _SOME_TEXT


class _Matcher:
    """The pages that are not paired yet, and the pairs found."""

    def __init__(self, before: Sequence[Page], after: Sequence[Page]) -> None:
        self.before = list(before)
        self.after = list(after)
        self.found: list[tuple[Page, Page]] = []

    def pair(
        self, key: Callable[[Page], _Key | None], agree: Callable[[Page, Page], bool] = lambda one, other: True
    ) -> None:
        """Pair pages with the same key, when on either side it is the key of one page only, and they ``agree``."""
        earlier, later = _singles(self.before, key), _singles(self.after, key)
        self._keep((earlier[k], later[k]) for k in earlier.keys() & later.keys() if agree(earlier[k], later[k]))

    def pair_by_lines(self) -> None:
        """Pair pages of one type that share most of their lines, the most alike first."""
        lines = {page.path: _lines(page) for page in self.after}
        holders: dict[tuple[str | None, str], list[Page]] = {}
        for page in self.after:
            for line in lines[page.path]:
                holders.setdefault((page.type, line), []).append(page)
        scored: list[tuple[float, Page, Page]] = []
        for page in self.before:
            own = _lines(page)
            near = [holders.get((page.type, line), []) for line in own]
            candidates = {other.path: other for some in near if len(some) <= _COMMON_LINE for other in some}
            scored.extend((_shared(own, lines[path]), page, other) for path, other in candidates.items())
        self._keep_best(item for item in scored if item[0] >= _SAME_TEXT)

    def pair_by_titles(self) -> None:
        """Pair pages of one type whose titles are nearly the same, the most alike first."""
        titles: dict[str | None, list[tuple[Page, frozenset[str]]]] = {}
        for page in self.after:
            titles.setdefault(page.type, []).append((page, letters(page.title)))
        scored = (
            (shared(own, others), page, other)
            for page in self.before
            if page.type is not None
            for own in (letters(page.title),)
            for other, others in titles.get(page.type, ())
        )
        self._keep_best(item for item in scored if item[0] >= _NEARLY_SAME_TITLE)

    def _keep_best(self, scored: Iterable[tuple[float, Page, Page]]) -> None:
        """Keep pairs, those with the highest score first, each page once."""
        gone: set[str] = set()
        come: set[str] = set()
        kept: list[tuple[Page, Page]] = []
        for _, page, other in sorted(scored, key=lambda item: (-item[0], item[1].path, item[2].path)):
            if page.path not in gone and other.path not in come:
                gone.add(page.path)
                come.add(other.path)
                kept.append((page, other))
        self._keep(kept)

    def _keep(self, pairs: Iterable[tuple[Page, Page]]) -> None:
        kept = list(pairs)
        gone, come = {before.path for before, _ in kept}, {after.path for _, after in kept}
        self.found.extend(kept)
        self.before = [page for page in self.before if page.path not in gone]
        self.after = [page for page in self.after if page.path not in come]


def _singles(pages: Iterable[Page], key: Callable[[Page], _Key | None]) -> dict[_Key, Page]:
    found: dict[_Key, Page | None] = {}
    for page in pages:
        name = key(page)
        if name is not None:
            found[name] = None if name in found else page
    return {name: page for name, page in found.items() if page is not None}
