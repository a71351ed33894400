from __future__ import annotations

from pathlib import Path

from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import Site, find_mkdocs, find_root, read_site
from algokader_lint.content.tree import open_tree
from algokader_lint.engine import Run, run
from algokader_lint.messages import load_messages
from algokader_lint.problem import Problem
from algokader_lint.selection import Choice, choose
from tests.git_in_tests import git
from tests.sites_in_tests import SITES, check, knowledge, minimal_site, read_files, write_files

FOLDER = "docs/voldoen-aan-wetten-en-regels/maatregelen"
MEASURE = f"{FOLDER}/2-owp-01-eisen-stellen.md"
CLEAN = read_files(SITES / "minimaal")[MEASURE].decode()
TWIN = CLEAN.replace("Stel eisen", "Leg eisen vast")


def git_problems(folder: Path) -> list[Problem]:
    tree = open_tree(find_root(folder), {})
    site: Site = read_site(tree, find_mkdocs(tree, ".", None), PageReader(knowledge().types), None)
    rules = choose(knowledge(), Choice(pack="basis", select=["AK202"]))
    report = run(Run(site=site, rules=rules, pack="basis", knowledge=knowledge(), messages=load_messages("nl")))
    return list(report.problems)


def test_the_number_that_is_offered_was_never_used(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {f"{FOLDER}/2-owp-06-oud.md": CLEAN.replace("owp-01", "owp-06")})
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "v1")
    git(site, "tag", "v1")
    git(site, "rm", "-q", f"{FOLDER}/2-owp-06-oud.md")
    git(site, "commit", "-qm", "weg")
    write_files(site, {f"{FOLDER}/3-owp-01-tweeling.md": TWIN})
    problems = git_problems(site)
    assert [p.place.file for p in problems] == [MEASURE, f"{FOLDER}/3-owp-01-tweeling.md"]
    assert all("'urn:nl:ak:mtr:owp-07' is nog vrij" in p.help[0] for p in problems)
    assert [p.related[0].place.file for p in problems] == [f"{FOLDER}/3-owp-01-tweeling.md", MEASURE]


def test_no_number_is_offered_that_the_schema_refuses(tmp_path: Path) -> None:
    last = {f"{FOLDER}/2-owp-99-laatste.md": CLEAN.replace("owp-01", "owp-99").replace("Stel", "Zet")}
    site = minimal_site(tmp_path, {**last, f"{FOLDER}/3-owp-01-tweeling.md": TWIN})
    problems = check(site, select=["AK202"]).problems
    assert len(problems) == 2
    assert not any("owp-100" in " ".join((p.message, *p.help)) for p in problems)


def test_a_page_whose_file_name_disagrees_is_the_one_to_mend(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {f"{FOLDER}/3-owp-02-tweeling.md": TWIN})
    assert [(p.code, p.place.file) for p in check(site).problems] == [("AK203", f"{FOLDER}/3-owp-02-tweeling.md")]


def test_the_same_number_for_two_types_is_no_duplicate(tmp_path: Path) -> None:
    page = f"{FOLDER}/2-aia-01-zelfde-nummer.md"
    site = minimal_site(tmp_path, {page: TWIN.replace("owp-01", "aia-01")})
    assert check(site, select=["AK2"]).problems == ()


def test_fields_that_several_pages_may_share_are_passed_over(tmp_path: Path) -> None:
    pages = {
        name: TWIN.replace("\nid: ", "\ntoelichting: Kort.\nid: ") for name in (MEASURE, f"{FOLDER}/3-owp-01-b.md")
    }
    problems = check(minimal_site(tmp_path, pages), select=["AK202"]).problems
    assert [(p.place.file, p.field) for p in problems] == [(MEASURE, "id"), (f"{FOLDER}/3-owp-01-b.md", "id")]
