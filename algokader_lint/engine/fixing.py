"""Repairs what rules know how to repair: fixes are applied, the pages are judged again, until nothing is left to do.

As in ruff: fixes that overlap are applied one after another, and what a fix makes worse is taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from algokader_lint.content.page import Document, Page
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import Site, reread
from algokader_lint.content.source import Span
from algokader_lint.engine.examining import Run, examine, on_site
from algokader_lint.engine.judging import Identity, Judged
from algokader_lint.fix import Edit, edited, encoded
from algokader_lint.problem import Problem

_ROUNDS = 50
"""Most times that the site is judged again. Fixes that overlap need a round each; ten are already rare."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A file with its new text, and the problems that it no longer has, in the order in which they were mended."""

    file: Document
    text: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Repairs:
    """What becomes of the ``files`` that change, and the problems whose fix was ``refused``, as they are then."""

    files: list[Repaired]
    refused: list[Problem]


def try_fixes(task: Run, *, unsafe: bool) -> Repairs:
    """What can be repaired of all that is reported; ``unsafe`` fixes only when asked. Nothing is written.

    Refused is a fix after which its own problem is still there, the page cannot be read, has more errors, or loses a
    link, a piece of code or the id of a heading, or the page is what it was a few fixes ago. It is refused where it
    stands: the same one elsewhere is tried too, and so is this one again when others have changed the site.
    """
    work = _Work(replace(task, coverage=None), unsafe)
    for _ in range(_ROUNDS):
        if not work.go_on():
            break
    return Repairs(work.repaired(), work.left_out())


@dataclass(slots=True)
class _State:
    """A state of the site, and what is reported on it, of which some is ``cut`` off."""

    site: Site
    reported: Sequence[Judged]
    cut: frozenset[tuple[str, str]]
    files: dict[str, Page] = field(init=False)
    errors: Counter[str] = field(init=False)
    identities: Counter[Identity] = field(init=False)

    def __post_init__(self) -> None:
        self.files = {page.path: page for page in self.site.pages}
        self.errors = Counter(item.file.path for item in self.reported if item.problem.severity == "error")
        self.identities = Counter(item.identity for item in self.reported)


@dataclass(slots=True)
class _Work:
    """The site on its way to being repaired.

    ``refused`` are fixes that made something worse, each with the number of ``steps`` that the site had taken by then.
    Of a page that got worse by several at once only so many as ``most`` says are tried together. ``past`` are the
    texts that each page has had.
    """

    task: Run
    unsafe: bool
    reader: PageReader = field(init=False)
    state: _State = field(init=False)
    texts: dict[str, str] = field(default_factory=dict)
    done: dict[str, list[Problem]] = field(default_factory=dict)
    refused: dict[_Where, int] = field(default_factory=dict)
    steps: int = 0
    most: dict[str, int] = field(default_factory=dict)
    past: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader = PageReader(self.task.site.types)
        self.state = _state(self.task)

    def go_on(self) -> bool:
        """Apply what can be applied at once; False when there is nothing left."""
        planned = self._planned()
        if not planned:
            return self._reconsider()
        while planned:
            after = self._with(planned)
            worse = [path for path, items in planned.items() if self._is_worse(path, items, after)]
            if not worse and _elsewhere(planned, after) > _elsewhere(planned, self.state):
                # Which page is to blame is found by halving.
                paths = list(planned)
                worse = paths if len(paths) == 1 else []
                planned = planned if worse else {path: planned[path] for path in paths[: len(paths) // 2]}
            elif not worse:
                self._keep(planned, after)
                break
            for path in worse:
                self._take_back(path, planned.pop(path))
        return True

    def repaired(self) -> list[Repaired]:
        before = {page.path: page for page in self.task.site.pages}
        return [Repaired(before[path], text, tuple(self.done[path])) for path, text in sorted(self.texts.items())]

    def left_out(self) -> list[Problem]:
        """What is still there and would have been repaired."""
        return [item.problem for item in self.state.reported if _where(item) in self.refused]

    def _reconsider(self) -> bool:
        """Forget what was refused when the site was another; False when nothing was."""
        before = len(self.refused)
        self.refused = {where: step for where, step in self.refused.items() if step == self.steps}
        return len(self.refused) < before

    def _planned(self) -> dict[str, list[Judged]]:
        """Per page the problems whose fixes go together."""
        wanted: dict[str, list[Judged]] = {}
        for item in self.state.reported:
            fix = item.fix
            if fix is None or not (fix.safe or self.unsafe) or _where(item) in self.refused:
                continue
            if isinstance(item.file, Page) and edited(item.file.source, fix.edits) != item.file.source.text:
                wanted.setdefault(item.file.path, []).append(item)
        return {path: _together(items)[: self.most.get(path)] for path, items in wanted.items()}

    def _with(self, planned: Mapping[str, Sequence[Judged]]) -> _State:
        """The site with these problems repaired."""
        files = self.state.files
        contents = {}
        for path, items in planned.items():
            edits = [edit for item in items for edit in _edits(item)]
            source = files[path].source
            contents[path] = encoded(source, edited(source, edits))
        site = reread(self.state.site, contents, self.reader)
        return _state(on_site(self.task, site))

    def _is_worse(self, path: str, items: Sequence[Judged], after: _State) -> bool:
        old, new = self.state.files[path], after.files[path]
        revealed = _reveals(old, new)
        mended = Counter(item.identity for item in items)
        before = self.state.identities
        # In the place of those that are mended come some that were not told yet.
        left = {name: 0 if (path, name.code) in self.state.cut else number for name, number in mended.items()}
        unmended = any(after.identities[name] > before[name] - number for name, number in left.items())
        # Errors in a text that nobody saw are not made by what brought it to light.
        more_errors = after.errors[path] > self.state.errors[path] and not revealed
        return unmended or more_errors or new.source.text in self.past.get(path, ()) or _reads_worse(old, new, revealed)

    def _keep(self, planned: Mapping[str, Sequence[Judged]], after: _State) -> None:
        for path, items in planned.items():
            self.past.setdefault(path, set()).add(self.state.files[path].source.text)
            self.texts[path] = after.files[path].source.text
            self.done.setdefault(path, []).extend(item.problem for item in items)
            if path in self.most:
                self.most[path] *= 2
        self._move_refused(planned)
        self.steps += 1
        self.state = after

    def _move_refused(self, done: Mapping[str, Sequence[Judged]]) -> None:
        """What is refused stands elsewhere when something before it on its page gets longer or shorter."""
        edits = {path: [edit for item in items for edit in _edits(item)] for path, items in done.items()}
        self.refused = {
            where._replace(at=_moved(where.at, edits.get(where.path, ()))): step for where, step in self.refused.items()
        }

    def _take_back(self, path: str, items: Sequence[Judged]) -> None:
        if len(items) > 1:
            self.most[path] = len(items) // 2
            return
        self.refused.update((_where(item), self.steps) for item in items)


def _state(task: Run) -> _State:
    examined = examine(task)
    return _State(task.site, examined.reported, examined.cut)


class _Where(NamedTuple):
    """What tells the fix of a problem from others: what it does, on which page, and from which offset on."""

    identity: Identity
    edits: tuple[tuple[str, str], ...]
    path: str
    at: int


def _where(item: Judged) -> _Where:
    edits = tuple((item.file.source.slice(edit.span), edit.text) for edit in _edits(item))
    at = min((edit.span.start for edit in _edits(item)), default=item.span.start)
    return _Where(item.identity, edits, item.file.path, at)


def _edits(item: Judged) -> tuple[Edit, ...]:
    return item.fix.edits if item.fix is not None else ()


def _moved(at: int, edits: Iterable[Edit]) -> int:
    """Where an offset is after edits that it stands behind."""
    return at + sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in edits if edit.span.end <= at)


def _together(items: Iterable[Judged]) -> list[Judged]:
    """Those of the problems whose fixes do not touch one another."""
    chosen: list[Judged] = []
    taken: list[Span] = []
    for item in items:
        spans = [edit.span for edit in _edits(item)]
        if not any(_touch(span, other) for span in spans for other in taken):
            chosen.append(item)
            taken += spans
    return chosen


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _elsewhere(planned: Iterable[str], state: _State) -> int:
    """The errors in files that are not being repaired."""
    return state.errors.total() - sum(state.errors[path] for path in planned)


def _reveals(before: Page, after: Page) -> bool:
    """Whether text came to light that a comment swallowed: more than was written."""
    written = max(len(after.source.text) - len(before.source.text), 0)
    return _outside_comments(after) - _outside_comments(before) > written


def _outside_comments(page: Page) -> int:
    hidden = sum(comment.span.end - comment.span.start for comment in page.body.comments)
    return page.body.span.end - page.body.span.start - hidden


def _boxed(page: Page) -> int:
    """How many block elements of a page are in boxes."""
    return sum("box" in block.inside for block in page.body.blocks)


def _reads_worse(before: Page, after: Page, revealed: bool) -> bool:
    """Whether a page is no longer understood, or lost something that others may lead to or that a reader follows.

    Only where text is ``revealed`` it may get headings and code that it did not have. What is indented below a line
    that opens a box at last was code, and is its text now.
    """
    if len(after.unreadable) > len(before.unreadable) or len(after.front_matter.defects) > len(
        before.front_matter.defects
    ):
        return True
    if len(after.body.links) < len(before.body.links):
        return True
    anchors = [[heading.anchor for heading in page.body.headings] for page in (before, after)]
    if revealed:
        return bool(Counter(anchors[0]) - Counter(anchors[1])) or len(after.body.code) < len(before.body.code)
    if _boxed(after) > _boxed(before):  # what was indented for its box showed as code
        return bool(Counter(anchors[0]) - Counter(anchors[1])) or len(after.body.code) > len(before.body.code)
    return anchors[0] != anchors[1] or len(after.body.code) != len(before.body.code)
