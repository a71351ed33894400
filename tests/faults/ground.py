"""Sites to put faults into, and what a change of some of their pages brings about."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from algokader_lint.content.history import History, Past
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import Site, find_mkdocs, read_site, reread
from algokader_lint.engine import Run
from algokader_lint.engine.comparing import compare
from algokader_lint.engine.examining import examine, on_site
from algokader_lint.engine.having_run import HavingRun
from algokader_lint.engine.judging import Judged, judge
from algokader_lint.engine.waivers import apply
from algokader_lint.engine.wording import Words
from algokader_lint.messages import load_messages
from algokader_lint.selection import Choice, choose
from tests.corpus import release_files
from tests.faults.model import Changed, Subject
from tests.sites_in_tests import SITES, FilesTree, knowledge, read_files

PACK = "streng" if "streng" in knowledge().packs else "publieke-inkoop"
CODES = frozenset(rule.code for rule in knowledge().rules)


@dataclass(frozen=True)
class Ground:
    """A site, and all that is found on it as it is."""

    files: Mapping[str, bytes]

    @cached_property
    def reader(self) -> PageReader:
        return PageReader(knowledge().types)

    @cached_property
    def task(self) -> Run:
        """A run of all rules; nothing is measured."""
        return Run(
            site=self._site(self.files),
            rules=choose(knowledge(), Choice(pack=PACK, select=("AK",))),
            pack=PACK,
            knowledge=knowledge(),
            messages=load_messages("nl"),
        )

    @cached_property
    def known(self) -> Sequence[Judged]:
        """What is found on the site as it is."""
        return examine(self.task).reported

    def _site(self, files: Mapping[str, bytes]) -> Site:
        tree = FilesTree(files)
        return read_site(tree, find_mkdocs(tree, ".", None), self.reader, knowledge().scope(PACK))

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Its pages, those on which nothing is found first."""
        site = self.task.site
        keys = {name: tuple(site.of_type(name)) for name in site.types}
        marred = [item.file.path for item in self.known]
        pages = sorted(site.pages, key=lambda page: (marred.count(page.path), page.path))
        return tuple(
            Subject(page.path, page.type, page.key, page.source.text.replace("\r\n", "\n"), keys, site.mkdocs)
            for page in pages
        )

    @cached_property
    def clean(self) -> tuple[Subject, ...]:
        """The pages on which nothing is found."""
        marred = {item.file.path for item in self.known}
        return tuple(subject for subject in self.subjects if subject.path not in marred)

    def changed(self, texts: Mapping[str, str | None]) -> Site:
        """The site with other texts for some files; None: the file is gone."""
        contents = {path: None if text is None else self._bytes(path, text) for path, text in texts.items()}
        pages = {page.path for page in self.task.site.pages}
        same = {path: data for path, data in contents.items() if data is not None}
        if len(same) == len(contents) and same.keys() <= pages:
            return reread(self.task.site, same, self.reader)
        files = {path: data for path, data in {**self.files, **contents}.items() if data is not None}
        return self._site(files)

    def _bytes(self, path: str, text: str) -> bytes:
        """A file as it is written: with its line endings, unless the text has others, and its byte order mark."""
        was = self.files.get(path, b"")
        if b"\r\n" in was and "\r" not in text:
            text = text.replace("\n", "\r\n")
        mark = codecs.BOM_UTF8 if was.startswith(codecs.BOM_UTF8) else b""
        return mark + text.encode("utf-8", "surrogateescape")

    def run_on(self, site: Site, *, compared: bool = False) -> Run:
        """The run on another state of the site; ``compared``: it is told of this one."""
        task = on_site(self.task, site)
        return replace(task, pasts=[Past("eerder", self.task.site, site)]) if compared else task

    def new(self, texts: Mapping[str, str | None], *, compared: bool = False) -> list[Judged]:
        """What is found on a changed site and was not on this one, as the engine compares them."""
        site = self.changed(texts)
        found = examine(self.run_on(site, compared=compared)).reported
        return list(found) if compared else compare(found, self.known, Past("", self.task.site, site).pairs).new

    def new_there(self, texts: Mapping[str, str]) -> list[Judged]:
        """The same of the changed pages alone, which is much faster."""
        site = self.changed(texts)
        pages = [page for page in site.pages if page.path in texts]
        words = Words(self.task.knowledge, self.task.messages)
        judged = judge(site, self.task.rules, History(), words, {}, pages=pages).found
        outcome = apply(self.task.waivers, judged, site, HavingRun(site, self.task.rules, {}), words)
        found = [item for item in outcome.kept if item.file.path in texts]
        known = [item for item in self.known if item.file.path in texts]
        return compare(found, known, Past("", self.task.site, site).pairs).new


_LAW = "docs/voldoen-aan-wetten-en-regels"
_MENDED = (
    ("docs/onderwerpen/data.md", "list_maatregel ", "list_maatregelen "),
    ("docs/onderwerpen/transparantie.md", "onderwerp/transparant ", "onderwerp/transparantie "),
    (
        f"{_LAW}/hulpmiddelen/modelcontract-algoritmes.md",
        ", bijvoorbeeld over documentatie",
        ". Niet over documentatie",
    ),
    (
        f"{_LAW}/hulpmiddelen/modelcontract-algoritmes.md",
        " en de hulp die je krijgt als je na afloop van het contract",
        "",
    ),
    (f"{_LAW}/hulpmiddelen/vragenlijst-voor-leveranciers.md", "leveranciers.\n", "leveranciers\n"),
    (f"{_LAW}/maatregelen/1-pba-01-inkoopteam-samenstellen.md", "- publieke-inkoop\nsources", "- jurist\nsources"),
    (f"{_LAW}/maatregelen/2-owp-01-programma-van-eisen.md", "transparantie\n- publieke-inkoop", "transparantie"),
    (
        f"{_LAW}/maatregelen/2-owp-01-programma-van-eisen.md",
        "Geen beschikbare bron",
        "[Gids](https://gids.example/): bron",
    ),
    (f"{_LAW}/maatregelen/2-owp-02-bewijs-van-de-leverancier.md", "tecnische", "technische"),
    (
        f"{_LAW}/maatregelen/6-imp-01-proefperiode-met-leverancier.md",
        "## Bronnen\n",
        "## Bronnen\n\n- [Gids](https://gids.example/)\n",
    ),
    (f"{_LAW}/vereisten/aia-01-menselijk-toezicht.md", "ai-syteem", "ai-systeem"),
    (f"{_LAW}/vereisten/aia-02-technische-documentatie.md", "uitzonderng", "uitzondering"),
    (
        f"{_LAW}/vereisten/avg-01-grondslag-voor-persoonsgegevens.md",
        "vereiste/avg-02-gegevens-niet-te-lang-bewaren",
        "vereiste/avg-01-grondslag-voor-persoonsgegevens",
    ),
)


def _mended(files: dict[str, bytes]) -> dict[str, bytes]:
    """The example site without the defects that it is there to show."""
    for path, old, new in _MENDED:
        assert old.encode() in files[path], f"{path}: {old}"
        files[path] = files[path].replace(old.encode(), new.encode())
    weighed = f"{_LAW}/maatregelen/2-owp-03-weging-in-besluiten.md"
    files[weighed.replace("owp-03", "owp-04")] = files.pop(weighed).replace(b"owp-03", b"owp-04")
    return files


@cache
def ground(name: str) -> Ground:
    """The site of that name beside the tests, or a release of the corpus."""
    if not (SITES / name).is_dir():
        return Ground(release_files(name))
    files = read_files(SITES / name)
    return Ground(_mended(files) if name == "voorbeeld" else files)


def told(found: Iterable[Judged]) -> list[str]:
    """Findings in a few words each, for when a test fails."""
    return [
        f"{j.problem.code} {j.problem.place.file.rpartition('/')[2]}:{j.problem.place.line}:{j.problem.place.column} "
        f"{j.problem.message[:90]}"
        for j in found
    ]


def missed(path: str, codes: Sequence[str], changed: Changed, new: Sequence[Judged], more: int = 1) -> str:
    """What is not as it must be among new findings: empty when one is at its place, and at most ``more`` elsewhere.

    Without ``codes`` there must be none at all.
    """
    places = [item.problem.place for item in new if item.problem.code in codes]
    hit = any(place.file == path and place.line in changed.lines for place in places)
    if (hit and len(new) <= 1 + more) or not (codes or new):
        return ""
    lines = ", ".join(map(str, sorted(changed.lines)))
    return f"{path}:{lines} must have {' or '.join(codes) or 'nothing'}, and there is: {told(new)}"
