"""What people waived: files in the settings, and comments on pages; and which of those waivers are of no use."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from algokader_lint.checks import WaiverCheck
from algokader_lint.content.page import Document, Page, TextFile
from algokader_lint.content.retired import NONE_RETIRED, RetiredIds
from algokader_lint.content.site import Site
from algokader_lint.content.source import NOWHERE, Span
from algokader_lint.content.suppressions import Suppression, read_suppressions
from algokader_lint.engine.having_run import HavingRun
from algokader_lint.engine.judging import CRASH_CODE, Judged, judged
from algokader_lint.engine.wording import Words
from algokader_lint.finding import Fix, WaiverFault
from algokader_lint.fix import Edit
from algokader_lint.globs import compile_glob
from algokader_lint.knowledge import Knowledge
from algokader_lint.selection import UnknownName, find_prefix

_OPEN = ("list", "quote", "code", "footnote", "box")
"""Blocks that go on when more of their kind, or an indented text, follows."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """Files (a glob, from the root) that rules (codes or their beginnings) do not apply to.

    ``until`` is the last day on which it holds; ``place`` is where it stands in the settings.
    """

    files: str
    codes: tuple[str, ...]
    until: date | None = None
    place: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Waivers:
    """What may waive a problem.

    The exemptions, in the file of ``settings``; and comments on pages, those that ``counts`` lets count. ``retired`` is
    the list of retired ids. What has ended by ``today`` does not count.
    """

    exemptions: Sequence[Exemption] = ()
    settings: TextFile | None = None
    retired: RetiredIds = NONE_RETIRED
    today: date = field(default_factory=date.today)
    counts: Callable[[Page, Suppression], bool] = lambda page, suppression: True


@dataclass(frozen=True, slots=True)
class Outcome:
    """The problems that are left, with those about waivers themselves, and those that were waived."""

    kept: list[Judged]
    waived: list[Judged]


@dataclass(slots=True)
class _Waiver:
    """One waiver at work: where it stands, the pages it reaches, what it covers there, and which of its ``codes`` were
    of use. ``comment`` is the comment on a page that it is, None for one in the settings.
    """

    file: Document
    place: Span
    codes: tuple[str, ...]
    pages: Callable[[], Iterable[Page]]
    covers: Callable[[Judged], bool]
    faults: list[WaiverFault]
    comment: _Comment | None = None
    used: set[str] = field(default_factory=set)

    def waives(self, item: Judged) -> bool:
        return item.problem.code.startswith(self.codes) and self.covers(item)

    def idle(self, ran: Callable[[str], bool]) -> tuple[str, ...]:
        """The codes that were of no use, of those of which all rules ``ran``; of the settings all or nothing."""
        if self.comment is None:
            return self.codes if not self.used and all(map(ran, self.codes)) else ()
        return tuple(code for code in self.codes if code not in self.used and ran(code))


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment that waives, and where it names each code."""

    page: Page
    suppression: Suppression
    places: Mapping[str, Span]


def apply(waivers: Waivers, found: Iterable[Judged], site: Site, ran: HavingRun, words: Words) -> Outcome:
    """Divide problems into those that are waived and those that are left. A failure of the linter is never waived."""
    at_work = _Desk(waivers, site, words.knowledge)
    kept: list[Judged] = []
    waived: list[Judged] = []
    for item in found:
        taken = [] if item.problem.code == CRASH_CODE else [w for w in at_work.on(item.file) if w.waives(item)]
        for waiver in taken:
            waiver.used.update(code for code in waiver.codes if item.problem.code.startswith(code))
        (waived if taken else kept).append(item)
    for active in ran.rules:
        if isinstance(active.kind, WaiverCheck):
            faults = list(at_work.faults(ran))
            kept.extend(judged(active, site, placed, words) for placed in active.kind.run(faults, active.options))
    return Outcome(kept, waived)


class _Desk:
    """The waivers of one site."""

    def __init__(self, waivers: Waivers, site: Site, knowledge: Knowledge) -> None:
        self.waivers = waivers
        self.site = site
        self.knowledge = knowledge
        self.settings = [self._of_settings(e, waivers.settings or site.settings_file) for e in waivers.exemptions]
        self.comments = {page.path: list(self._of_page(page)) for page in site.pages}

    def on(self, file: Document) -> list[_Waiver]:
        return [*self.settings, *self.comments.get(file.path, ())]

    def faults(self, ran: HavingRun) -> Iterator[WaiverFault]:
        """What is wrong with waivers; one is of no use only when all rules it names had their say."""
        yield from self._ended_ids()
        every = [*self.settings, *(waiver for some in self.comments.values() for waiver in some)]
        for waiver in every:
            yield from waiver.faults
            idle = () if waiver.faults else waiver.idle(partial(self._all_ran, ran.about(waiver.pages())))
            if idle:
                kind = "unused" if waiver.comment else "unused-exemption"
                fix = _without(waiver.comment, idle) if waiver.comment else None
                yield WaiverFault(waiver.file, waiver.place, kind, ", ".join(idle), fix=fix)

    def _all_ran(self, ran: Container[str], code: str) -> bool:
        return all(rule.code in ran for rule in self.knowledge.rules if rule.code.startswith(code))

    def _ended_ids(self) -> Iterator[WaiverFault]:
        """The retired ids whose last day has passed: they are no longer kept from being given out."""
        file = self.waivers.retired.file
        for entry in self.waivers.retired.entries:
            if file is not None and entry.ended(self.waivers.today):
                yield WaiverFault(file, entry.span, "ended-retired", entry.id, str(entry.until))

    def _of_settings(self, exemption: Exemption, file: Document) -> _Waiver:
        glob = compile_glob(exemption.files)

        def reaches(document: Document) -> bool:
            return glob.match(document.path) is not None

        waiver = _Waiver(
            file=file,
            place=exemption.place,
            codes=exemption.codes,
            pages=lambda: filter(reaches, self.site.pages),
            covers=lambda item: reaches(item.file),
            faults=[],
        )
        if exemption.until is not None and exemption.until < self.waivers.today:
            waiver.faults.append(
                WaiverFault(file, exemption.place, "ended-exemption", exemption.files, str(exemption.until))
            )
            waiver.codes = ()
        return waiver

    def _of_page(self, page: Page) -> Iterator[_Waiver]:
        for suppression in read_suppressions(page, self.knowledge.catalogue.suppressions):
            codes, faults = self._codes(page, suppression)
            until = suppression.until
            if not suppression.reason:
                faults.append(WaiverFault(page, suppression.span, "no-reason"))
            elif until is not None and until < self.waivers.today:
                faults.append(WaiverFault(page, suppression.span, "ended", ", ".join(codes), str(until)))
            void = any(fault.kind != "unknown-rule" for fault in faults)
            comment = _Comment(page, suppression, codes)
            named = () if void or not self.waivers.counts(page, suppression) else tuple(codes)
            yield _Waiver(page, suppression.span, named, lambda: (page,), _covering(suppression), faults, comment)

    def _codes(self, page: Page, suppression: Suppression) -> tuple[dict[str, Span], list[WaiverFault]]:
        """The codes that a comment names, with their places, and what is wrong with the names."""
        codes: dict[str, Span] = {}
        faults: list[WaiverFault] = []
        for name, place in zip(suppression.rules, suppression.places, strict=True):
            try:
                codes.setdefault(find_prefix(self.knowledge, name), place)
            except UnknownName as error:
                near = error.near[0] if error.near else ""
                faults.append(WaiverFault(page, suppression.span, "unknown-rule", name, near))
        if not suppression.rules:
            faults.append(WaiverFault(page, suppression.span, "no-rule"))
        return codes, faults


def _without(comment: _Comment, idle: Sequence[str]) -> Fix | None:
    """A comment without the codes that are of no use; without any, no comment."""
    page, suppression = comment.page, comment.suppression
    if len(idle) == len(suppression.rules):
        return _without_line(page, suppression.span)
    if len(comment.places) < len(suppression.rules):
        return None  # one rule is named twice
    gone = {comment.places[code] for code in idle}
    kept = [page.source.slice(place) for place in suppression.places if place not in gone]
    place = Span(suppression.places[0].start, suppression.places[-1].end)
    return Fix((Edit(place, ", ".join(kept)),), safe=True)


def _without_line(page: Page, span: Span) -> Fix | None:
    """The lines of a comment taken out; an empty line stays where the comment is all that parts two pieces of text.

    None where the text would not render the same without it.
    """
    text = page.source.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end) + 1 or len(text)
    if span.start < page.front_matter.body_start:
        return Fix((Edit(Span(start, end), ""),), safe=True)
    if _parts(page, span):
        return None
    above = text[max(text.rfind("\n", 0, max(start - 1, 0)) + 1, page.front_matter.body_start) : start]
    below = text[end : text.find("\n", end) + 1 or len(text)]
    if above.strip() and below.strip():
        return Fix((Edit(span, ""),), safe=True)
    one_is_enough = above and not above.strip() and not below.strip()
    return Fix((Edit(Span(start, end + len(below) if one_is_enough else end), ""),), safe=True)


def _parts(page: Page, span: Span) -> bool:
    """Whether a comment stands within another block, or keeps two blocks apart that would be one without it."""
    blocks = page.body.blocks
    if any(block.inside and block.span.covers(span) for block in blocks):
        return True
    outer = [block for block in blocks if not block.inside]
    before = max((block for block in outer if block.span.end <= span.start), key=lambda b: b.span.end, default=None)
    after = min((block for block in outer if block.span.start >= span.end), key=lambda b: b.span.start, default=None)
    return before is not None and before.kind in _OPEN and after is not None and after.kind in _OPEN


def _covering(suppression: Suppression) -> Callable[[Judged], bool]:
    covers = suppression.covers

    def covered(item: Judged) -> bool:
        return covers is not None and covers.start <= item.span.start <= covers.end and item.span.end > 0

    return covered
