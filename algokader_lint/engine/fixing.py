"""Repairs what rules know how to repair: fixes are applied, the pages are judged again, until nothing is left to do.

As in ruff: fixes that overlap are applied one after another, and what a fix makes worse is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

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


def repair(task: Run, *, unsafe: bool) -> list[Repaired]:
    """What becomes of the files when all that is reported and can be repaired is; ``unsafe`` fixes only when asked.

    Nothing is written. A fix after which a page cannot be read, has more errors, or loses a link or the id of a heading
    is left out.
    """
    work = _Work(replace(task, coverage=None), unsafe)
    for _ in range(_ROUNDS):
        if not work.go_on():
            break
    return work.repaired()


@dataclass(slots=True)
class _State:
    """A state of the site, and what is reported on it."""

    site: Site
    reported: Sequence[Judged]

    @property
    def files(self) -> dict[str, Page]:
        return {page.path: page for page in self.site.pages}

    def errors(self, path: str) -> int:
        return sum(item.file.path == path and item.problem.severity == "error" for item in self.reported)


@dataclass(slots=True)
class _Work:
    """The site on its way to being repaired.

    ``refused`` are fixes that made a page worse; a page that got worse by several at once is done with ``care``, one
    fix at a time.
    """

    task: Run
    unsafe: bool
    reader: PageReader = field(init=False)
    state: _State = field(init=False)
    texts: dict[str, str] = field(default_factory=dict)
    done: dict[str, list[Problem]] = field(default_factory=dict)
    refused: set[tuple[Identity, tuple[Edit, ...]]] = field(default_factory=set)
    care: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.reader = PageReader(self.task.site.types)
        self.state = _State(self.task.site, examine(self.task).reported)

    def go_on(self) -> bool:
        """Apply what can be applied at once; False when there is nothing left."""
        planned = self._planned()
        if not planned:
            return False
        while planned:
            after = self._with(planned)
            worse = [path for path in planned if self._is_worse(path, after)]
            if not worse:
                self._keep(planned, after)
                break
            for path in worse:
                self._take_back(path, planned.pop(path))
        return True

    def repaired(self) -> list[Repaired]:
        before = _State(self.task.site, ()).files
        return [Repaired(before[path], text, tuple(self.done[path])) for path, text in sorted(self.texts.items())]

    def _planned(self) -> dict[str, list[Judged]]:
        """Per page the problems whose fixes go together."""
        wanted: dict[str, list[Judged]] = {}
        for item in self.state.reported:
            fix = item.fix
            if fix is None or not (fix.safe or self.unsafe) or (item.identity, fix.edits) in self.refused:
                continue
            if isinstance(item.file, Page) and edited(item.file.source, fix.edits) != item.file.source.text:
                wanted.setdefault(item.file.path, []).append(item)
        return {path: self._together(path, items) for path, items in wanted.items()}

    def _together(self, path: str, items: Iterable[Judged]) -> list[Judged]:
        chosen: list[Judged] = []
        taken: list[Span] = []
        for item in items:
            spans = [edit.span for edit in item.fix.edits] if item.fix is not None else []
            if not any(_touch(span, other) for span in spans for other in taken):
                chosen.append(item)
                taken += spans
        return chosen[:1] if path in self.care else chosen

    def _with(self, planned: Mapping[str, Sequence[Judged]]) -> _State:
        """The site with these problems repaired."""
        files = self.state.files
        contents = {}
        for path, items in planned.items():
            edits = [edit for item in items if item.fix is not None for edit in item.fix.edits]
            source = files[path].source
            contents[path] = encoded(source, edited(source, edits))
        site = reread(self.state.site, contents, self.reader)
        return _State(site, examine(on_site(self.task, site)).reported)

    def _is_worse(self, path: str, after: _State) -> bool:
        return after.errors(path) > self.state.errors(path) or _reads_worse(self.state.files[path], after.files[path])

    def _keep(self, planned: Mapping[str, Sequence[Judged]], after: _State) -> None:
        files = after.files
        for path, items in planned.items():
            self.texts[path] = files[path].source.text
            self.done.setdefault(path, []).extend(item.problem for item in items)
        self.state = after

    def _take_back(self, path: str, items: Sequence[Judged]) -> None:
        if len(items) > 1:
            self.care.add(path)
            return
        self.refused.update((item.identity, item.fix.edits) for item in items if item.fix is not None)


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _reads_worse(before: Page, after: Page) -> bool:
    """Whether a page is no longer understood, or lost something that others may lead to or that a reader follows."""
    if len(after.unreadable) > len(before.unreadable) or len(after.front_matter.defects) > len(
        before.front_matter.defects
    ):
        return True
    anchors = [heading.anchor for heading in before.body.headings]
    return (
        [heading.anchor for heading in after.body.headings] != anchors
        or len(after.body.links) < len(before.body.links)
        or len(after.body.code) != len(before.body.code)
    )
