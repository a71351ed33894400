"""What people waived: files in the settings, and comments on pages; and which of those waivers are of no use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from algokader_lint.checks import WaiverCheck
from algokader_lint.content.page import Document, Page, TextFile
from algokader_lint.content.retired import NONE_RETIRED, RetiredIds
from algokader_lint.content.site import Site
from algokader_lint.content.source import NOWHERE, Span
from algokader_lint.content.suppressions import Suppression, read_suppressions
from algokader_lint.engine.having_run import HavingRun
from algokader_lint.engine.judging import CRASH_CODE, Judged, judged
from algokader_lint.engine.wording import Words
from algokader_lint.finding import WaiverFault
from algokader_lint.globs import compile_glob
from algokader_lint.knowledge import Knowledge
from algokader_lint.selection import UnknownName, find_prefix


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
    """One waiver at work: where it stands, the pages it reaches, what it covers there, and whether it was of use."""

    file: Document
    place: Span
    codes: tuple[str, ...]
    pages: Callable[[], Iterable[Page]]
    covers: Callable[[Judged], bool]
    faults: list[WaiverFault]
    comment: bool
    used: bool = False

    def waives(self, item: Judged) -> bool:
        return item.problem.code.startswith(self.codes) and self.covers(item)


def apply(waivers: Waivers, found: Iterable[Judged], site: Site, ran: HavingRun, words: Words) -> Outcome:
    """Divide problems into those that are waived and those that are left. A failure of the linter is never waived."""
    at_work = _Desk(waivers, site, words.knowledge)
    kept: list[Judged] = []
    waived: list[Judged] = []
    for item in found:
        taken = [] if item.problem.code == CRASH_CODE else [w for w in at_work.on(item.file) if w.waives(item)]
        for waiver in taken:
            waiver.used = True
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
            named = {rule.code for rule in self.knowledge.rules if rule.code.startswith(waiver.codes)}
            idle = waiver.codes and not waiver.used and not waiver.faults
            if idle and named <= ran.about(waiver.pages()):
                kind = "unused" if waiver.comment else "unused-exemption"
                yield WaiverFault(waiver.file, waiver.place, kind, ", ".join(waiver.codes))

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
            comment=False,
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
            if void or not self.waivers.counts(page, suppression):
                codes = ()
            yield _Waiver(page, suppression.span, codes, lambda: (page,), _covering(suppression), faults, True)

    def _codes(self, page: Page, suppression: Suppression) -> tuple[tuple[str, ...], list[WaiverFault]]:
        codes: list[str] = []
        faults: list[WaiverFault] = []
        for name in suppression.rules:
            try:
                codes.append(find_prefix(self.knowledge, name))
            except UnknownName as error:
                near = error.near[0] if error.near else ""
                faults.append(WaiverFault(page, suppression.span, "unknown-rule", name, near))
        if not suppression.rules:
            faults.append(WaiverFault(page, suppression.span, "no-rule"))
        return tuple(codes), faults


def _covering(suppression: Suppression) -> Callable[[Judged], bool]:
    covers = suppression.covers

    def covered(item: Judged) -> bool:
        return covers is not None and covers.start <= item.span.start <= covers.end and item.span.end > 0

    return covered
