"""Pages that are made from another file: whether they still follow from it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from algokader_lint.checks.derived import Derivation, DerivedOptions, derived_page
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import find_mkdocs, read_site
from algokader_lint.content.tree import FolderTree
from tests.checks.pages import Bench, options_of
from tests.sites_in_tests import SITES, knowledge, minimal_site, read_files, write_files

OPTIONS = options_of("AK907", DerivedOptions)
SOURCE = (
    "*[aanbieder]: Wie een systeem op de markt brengt.\n*[norm]:\tEen afspraak.\n*[norm]: Een ander soort afspraak.\n"
)
DECLARED = "<!-- Dit bestand wordt automatisch gegenereerd vanuit includes/begrippenlijst.md -->\n"
HEAD = "| Begrip | Definitie |\n| ---- | ---- |\n"
ROWS = (
    "| aanbieder | Wie een systeem op de markt brengt. |\n"
    "| norm | Een ander soort afspraak. |\n"
    "| norm | Een afspraak. |\n"
)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(minimal_site(tmp_path, {"includes/begrippenlijst.md": SOURCE}))


def told(bench: Bench, text: str) -> list[str]:
    return bench.told(derived_page, OPTIONS, text)


def test_a_page_that_follows(bench: Bench) -> None:
    page = DECLARED + "\n" + HEAD + ROWS
    assert told(bench, page) == []
    assert told(bench, page.replace("\n", "\r\n")) == []
    assert told(bench, page.replace("systeem op de", "systeem  op de")) == []


def test_a_page_that_people_write_is_left_alone(bench: Bench) -> None:
    assert told(bench, HEAD + "| aanbieder | Iets anders. |\n") == []
    assert told(bench, "<!-- staat dubbel: ook in includes/begrippenlijst.md -->\n\n" + HEAD) == []
    assert told(bench, f"`{DECLARED.strip()}`\n\n{HEAD}") == []


def test_what_is_other_gone_and_missing(bench: Bench) -> None:
    rows = "| norm | Een afspraak. |\n| norm | Iets anders. |\n| Aanbieder | Wie. |\n"
    assert told(bench, DECLARED + "\n" + HEAD + rows) == [
        "Iets anders.",
        "gone: Aanbieder",
        f"missing: {DECLARED.strip()}",
    ]
    assert told(bench, DECLARED + "\n" + HEAD) == [f"missing-more: {DECLARED.strip()}"]
    assert told(bench, DECLARED) == [f"missing-more: {DECLARED.strip()}"]


def test_a_text_is_taken_over_when_one_can_be_meant(bench: Bench) -> None:
    page = DECLARED + "\n" + HEAD + ROWS.replace("Wie een systeem", "Wie iets").replace("Een afspraak", "Iets")
    page = page.replace("\n", "\r\n")
    assert told(bench, page) == ["Wie iets op de markt brengt.", "Iets."]
    mended = bench.repaired(derived_page, OPTIONS, page, unsafe=True)
    assert mended == page.replace("Wie iets", "Wie een systeem")
    assert bench.repaired(derived_page, OPTIONS, page) == page


def test_a_bar_in_a_text(tmp_path: Path) -> None:
    bench = Bench(minimal_site(tmp_path, {"includes/begrippenlijst.md": "*[of]: Het teken | of een woord.\n"}))
    page = DECLARED + "\n" + HEAD + "| of | Een teken. |\n"
    mended = bench.repaired(derived_page, OPTIONS, page, unsafe=True)
    assert mended.endswith("| of | Het teken \\| of een woord. |\n")
    assert told(bench, mended) == []


def test_what_is_told_of_a_page_stays_the_same_finding_when_its_text_changes(bench: Bench) -> None:
    def finding(text: str) -> tuple[str | None, str | None]:
        (found,) = bench.findings(derived_page, OPTIONS, DECLARED + "\n" + HEAD + ROWS.replace("Wie een", text))
        return found.identity, found.values.get("value")

    assert finding("Iets anders") == finding("Weer iets anders") == ("aanbieder", "aanbieder")


def test_how_many_more_are_missing_is_told(bench: Bench) -> None:
    (found,) = bench.findings(derived_page, OPTIONS, DECLARED + "\n" + HEAD)
    assert (found.values["value"], found.values["count"], found.identity) == ("aanbieder", "1", "aanbieder\nnorm")


def test_the_source_stands_where_the_settings_of_the_site_stand(tmp_path: Path) -> None:
    files = {f"site/{name}": data for name, data in read_files(SITES / "minimaal").items()}
    page = {"site/docs/woordenlijst.md": DECLARED + "\n" + HEAD + ROWS.replace("Wie een", "Iets anders")}
    folder = write_files(tmp_path, {**files, **page, "site/includes/begrippenlijst.md": SOURCE})
    tree = FolderTree(folder)
    site = read_site(tree, find_mkdocs(tree, "site", None), PageReader(knowledge().types), None)
    told = [(page.path, found.variant) for page in site.pages for found in derived_page(site, page, OPTIONS)]
    assert told == [("site/docs/woordenlijst.md", "")]


@pytest.mark.parametrize("path", ["includes/weg.md", "../../../etc/passwd", "docs", "/etc/passwd"])
def test_a_source_that_is_not_there(bench: Bench, path: str) -> None:
    assert told(bench, DECLARED.replace("includes/begrippenlijst.md", path) + "\n" + HEAD)[0].startswith("no-source: ")


def test_the_place_in_the_source_is_shown(bench: Bench) -> None:
    (found,) = bench.findings(derived_page, OPTIONS, DECLARED + "\n" + HEAD + ROWS.replace("Wie een", "Wie geen"))
    (related,) = found.related
    assert related.page.path == "includes/begrippenlijst.md"
    assert related.page.source.slice(related.span) == SOURCE.splitlines()[0]


def test_wrong_data_is_refused() -> None:
    good = {"declared": "(?P<source>a)", "entry": "(?P<name>a)(?P<text>b)", "name_column": 1, "text_column": 2}
    Derivation.model_validate(good)
    for wrong in ({"declared": "a"}, {"entry": "(?P<name>a)"}, {"entry": "("}, {"name_column": 0}):
        with pytest.raises(ValidationError):
            Derivation.model_validate({**good, **wrong})


def test_a_long_page_costs_little(tmp_path: Path) -> None:
    entries = "".join(f"*[woord {number}]: Tekst.\n" for number in range(2000))
    bench = Bench(minimal_site(tmp_path, {"includes/begrippenlijst.md": entries + "*[" * 50_000}))
    page = bench.page(DECLARED + "\n" + HEAD + "".join(f"| woord {n} | Andere tekst. |\n" for n in range(2000)))
    begun = time.process_time()
    assert len(list(derived_page(bench.site, page, OPTIONS))) == 2000
    assert time.process_time() - begun < 1
