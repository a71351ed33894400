"""``check --since`` and ``check --staged`` in real repositories."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from tests.command import run
from tests.corpus import clone_release, needs_corpus, takes_long
from tests.git_in_tests import commit_all, git, git_site
from tests.sites_in_tests import SITES, read_files, write_files

FOLDER = "docs/voldoen-aan-wetten-en-regels"
MEASURE = f"{FOLDER}/maatregelen/2-owp-01-eisen-stellen.md"
VEREISTE = f"{FOLDER}/vereisten/aia-01-menselijk-toezicht.md"
CLEAN = read_files(SITES / "minimaal")[MEASURE].decode()
BROKEN = CLEAN.replace("- aia-01-menselijk-toezicht", "- aia-01-toezigt")
OLD_ERROR = {"docs/rollen/oud.md": "geen voorblad\n"}


def found(site: Path, *arguments: str) -> dict[str, Any]:
    result = run("check", "--format", "json", *arguments, cwd=site)
    assert result.stderr == ""
    document: dict[str, Any] = json.loads(result.stdout)
    assert result.returncode == int(document["summary"]["errors"] > 0)
    return document


def codes(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(finding["code"], finding["file"]) for finding in document["findings"]]


def test_only_what_is_new_is_told_and_old_findings_are_counted(tmp_path: Path) -> None:
    site = git_site(tmp_path, OLD_ERROR)
    git(site, "checkout", "-q", "-b", "tak")
    assert codes(found(site, "--since", "main")) == []
    write_files(site, {MEASURE: BROKEN})
    document = found(site, "--since", "main")
    assert codes(document) == [("AK301", MEASURE)]
    assert (document["change"]["base"], document["change"]["known"]) == ("main", 1)
    commit_all(site)
    result = run("check", "--since", "main", cwd=site)
    assert result.returncode == 1
    last = result.stdout.splitlines()[-1]
    assert last.startswith("Nieuw sinds main: 1 fout op 1 pagina, 0 waarschuwingen, 1 oude melding niet getoond (")
    (site / "docs/rollen/oud.md").unlink()
    write_files(site, {MEASURE: CLEAN})
    result = run("check", "--since", "main", cwd=site)
    assert result.returncode == 0
    assert "Niets nieuws sinds main" in result.stdout


def test_work_that_others_merged_in_the_meantime_is_not_mine(tmp_path: Path) -> None:
    site = git_site(tmp_path, OLD_ERROR)
    git(site, "checkout", "-q", "-b", "tak")
    git(site, "checkout", "-q", "main")
    (site / "docs/rollen/oud.md").unlink()
    commit_all(site, "hersteld op main")
    git(site, "checkout", "-q", "tak")
    assert codes(found(site, "--since", "main")) == []


def test_what_is_repaired_is_named(tmp_path: Path) -> None:
    site = git_site(tmp_path, {MEASURE: BROKEN})
    write_files(site, {MEASURE: CLEAN})
    result = run("check", "--since", "HEAD", cwd=site)
    assert result.returncode == 0
    assert f"Hersteld: 1 melding\n  AK301 {MEASURE}: vereiste 'aia-01-toezigt' bestaat niet" in result.stdout
    repaired = found(site, "--since", "HEAD")["change"]["repaired"]
    assert [(item["code"], item["file"], item["line"]) for item in repaired] == [("AK301", MEASURE, 6)]


def test_a_site_that_did_not_exist_yet_has_no_old_findings(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    commit_all(tmp_path, "leeg")
    write_files(tmp_path, read_files(SITES / "minimaal"))
    write_files(tmp_path, OLD_ERROR)
    assert codes(found(tmp_path, "--since", "HEAD")) == [("AK002", "docs/rollen/oud.md")]


@pytest.mark.parametrize("extra", [(), ("--base-settings",)])
def test_what_cannot_be_compared_is_one_line_and_2(tmp_path: Path, extra: tuple[str, ...]) -> None:
    site = git_site(tmp_path / "site")
    git(site, "tag", "v1.0")
    commit_all(site)
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-tags", f"file://{site}", "ondiep")
    git(site, "checkout", "-q", "--orphan", "los")
    commit_all(site)
    write_files(tmp_path / "geen-git", read_files(SITES / "minimaal"))
    cases = [
        (site, "v1.1", "revisie 'v1.1' bestaat niet; bedoelde je 'v1.0'?"),
        (site, "--all", "bij optie --since hoort een waarde"),
        (site, "main", "'main' en deze versie hebben geen gezamenlijk verleden"),
        (tmp_path / "ondiep", "v1.0", "ondiep (shallow)"),
        (tmp_path / "geen-git", "main", "vergelijken met eerder kan alleen in een git-repository"),
    ]
    for folder, revision, words in cases:
        result = run("check", "--since", revision, *extra, cwd=folder)
        assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
        assert words in result.stderr


def test_settings_and_waivers_of_a_stranger_do_not_count(tmp_path: Path) -> None:
    site = git_site(tmp_path, {"algokader-lint.toml": "fail-on = 'warning'\n"})
    (site / VEREISTE).unlink()
    settings = (
        "ignore = ['AK3', 'AK2']\ndocs-dir = 'leeg'\nbaseline = 'b.json'\nfail-on = 'error'\n"
        "[severity]\nAK301 = 'info'\n[[exceptions]]\nfiles = '**'\ncodes = ['AK']\nreason = 'omdat het kan'\n"
    )
    waived = BROKEN.replace("- aia-01-toezigt", "# lint-uit AK3: weg ermee\n- aia-01-toezigt")
    retired = "- id: urn:nl:ak:ver:aia-01\n  title: Mensen houden toezicht op het systeem\n  reason: opgeheven\n"
    write_files(
        site,
        {
            "algokader-lint.toml": settings,
            MEASURE: waived,
            "opgeheven-ids.yaml": retired,
            "leeg/x.md": "x",
            "b.json": '{"version": 1, "findings": {}}',
            "mkdocs.yml": "site_name: x\ndocs_dir: leeg\n",
        },
    )
    commit_all(site)
    trusting = run("check", "--since", "HEAD~1", "--format", "json", cwd=site)
    assert trusting.returncode == 0
    document = found(site, "--since", "HEAD~1", "--base-settings")
    told = codes(document)
    assert ("AK301", MEASURE) in told
    assert ("AK204", "mkdocs.yml") in told
    (gone,) = [finding for finding in document["findings"] if finding["code"] == "AK204"]
    assert gone["severity"] == "warning"  # it is on the list, by this change: a maintainer looks at it
    notices = "\n".join(document["notices"])
    for words in (
        "verandert algokader-lint.toml",
        "verandert opgeheven-ids.yaml",
        f"op {MEASURE}",
        "'docs' naar 'leeg'",
    ):
        assert words in notices


def test_broken_settings_of_a_stranger_are_told_though_they_do_not_count(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    write_files(site, {"algokader-lint.toml": "pak = 'basis'\n"})
    result = run("check", "--since", "HEAD", "--base-settings", cwd=site)
    assert result.returncode == 2
    assert "onbekende sleutel 'pak'; bedoelde je 'pack'?" in result.stderr


def test_staged_looks_at_what_is_staged_and_nothing_else(tmp_path: Path) -> None:
    site = git_site(tmp_path, OLD_ERROR)
    assert codes(found(site, "--staged")) == [("AK002", "docs/rollen/oud.md")]
    write_files(site, {MEASURE: BROKEN})
    git(site, "add", ".")
    write_files(site, {MEASURE: CLEAN})
    document = found(site, "--staged")
    assert codes(document) == [("AK301", MEASURE)]
    assert document["change"]["base"] == "de laatste commit"


def test_staged_before_the_first_commit_checks_everything(tmp_path: Path) -> None:
    write_files(tmp_path, {**read_files(SITES / "minimaal"), **OLD_ERROR})
    assert codes(found(tmp_path, "--staged")) == [("AK002", "docs/rollen/oud.md")]
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    assert codes(found(tmp_path, "--staged")) == [("AK002", "docs/rollen/oud.md")]


def test_a_merge_in_progress_is_blamed_for_nothing_that_either_side_had(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    git(site, "checkout", "-q", "-b", "tak")
    write_files(site, {MEASURE: BROKEN.replace("Zet de eisen", "Schrijf de eisen")})
    commit_all(site)
    git(site, "checkout", "-q", "main")
    write_files(site, {**OLD_ERROR, MEASURE: CLEAN.replace("Zet de eisen", "Vraag de eisen")})
    commit_all(site)
    git(site, "checkout", "-q", "tak")
    with pytest.raises(Exception, match="merge"):
        git(site, "merge", "-q", "main")
    write_files(site, {MEASURE: BROKEN})
    git(site, "add", ".")
    assert codes(found(site, "--staged")) == []


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One checkout, which each test changes and puts back."""
    return clone_release("v2.4.0", tmp_path_factory.mktemp("corpus") / "site")


def replace_word(text: str, choose: random.Random) -> str:
    """One word of the running text exchanged for another."""
    start = text.index("\n---", 4) + 4
    prose = [m for m in re.finditer(r"(?<=[a-z] )[a-z]{4,}(?= [a-z])", text[start:]) if m.start()]
    word = choose.choice(prose)
    return text[: start + word.start()] + "woordje" + text[start + word.end() :]


@needs_corpus
@takes_long
def test_a_change_of_a_word_reports_nothing(release: Path) -> None:
    """In the text of forty pages, and in every long explanation above them."""
    choose = random.Random(7)
    pages = sorted((release / FOLDER).glob("*/[0-9a-z]*.md"))
    for page in choose.sample([p for p in pages if p.name != "index.md"], 40):
        text = page.read_bytes().decode()
        page.write_bytes(replace_word(text, choose).encode())
    for page in pages:
        text = page.read_bytes().decode()
        page.write_bytes(re.sub(r"(?m)^(toelichting: \S+ )\S+", r"\1woordje", text, count=1).encode())
    changed = git(release, "diff", "--stat").splitlines()
    document = found(release, "--since", "HEAD")
    git(release, "checkout", "-q", ".")
    assert len(changed) > 150
    assert (codes(document), document["change"]["repaired"]) == ([], [])


@needs_corpus
def test_a_wrong_reference_is_one_finding(release: Path) -> None:
    page = f"{FOLDER}/maatregelen/2-owp-09-archiveren-documenten.md"
    text = (release / page).read_text()
    (release / page).write_text(re.sub(r"(?m)^vereiste:\n", "vereiste:\n- aia-99-bestaat-niet\n", text, count=1))
    document = found(release, "--since", "HEAD")
    git(release, "checkout", "-q", ".")
    assert codes(document) == [("AK301", page)]


@needs_corpus
@takes_long
def test_a_vereiste_that_is_deleted_is_missed_by_every_page_that_refers_to_it(release: Path) -> None:
    stem = "aia-05-data-kwaliteitscriteria"
    referring = sorted(
        page.relative_to(release).as_posix()
        for page in (release / FOLDER).glob("*/*.md")
        if re.search(rf"(?m)^\s*-\s*{stem}\s*$", page.read_text(encoding="utf-8-sig").split("\n---")[0])
    )
    (release / FOLDER / f"vereisten/{stem}.md").unlink()
    document = found(release, "--since", "HEAD")
    git(release, "checkout", "-q", ".")
    assert len(referring) > 10
    assert sorted(codes(document)) == [("AK204", "mkdocs.yml"), *(("AK301", page) for page in referring)]


@needs_corpus
def test_a_page_that_is_renamed_with_all_its_references_reports_nothing(release: Path) -> None:
    stem, new = "aia-05-data-kwaliteitscriteria", "aia-05-goede-gegevens"
    git(release, "mv", f"{FOLDER}/vereisten/{stem}.md", f"{FOLDER}/vereisten/{new}.md")
    for page in release.rglob("docs/**/*.md"):
        if page.is_file() and stem.encode() in page.read_bytes():
            page.write_bytes(page.read_bytes().replace(stem.encode(), new.encode()))
    document = found(release, "--since", "HEAD")
    git(release, "checkout", "-q", "-f", "HEAD")
    git(release, "clean", "-qfd")
    assert (codes(document), document["change"]["repaired"]) == ([], [])


@needs_corpus
@pytest.mark.parametrize(("before", "after"), [("v1.6.1", "v2.0"), pytest.param("v1.5.1", "v1.6.1", marks=takes_long)])
def test_two_releases_are_told_apart_in_a_screen(tmp_path: Path, before: str, after: str) -> None:
    site = clone_release(after, tmp_path / "site")
    result = run("check", "--since", before, cwd=site)
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) <= 80
    assert "Hersteld: " in result.stdout
    assert f"Nieuw sinds {before}: " in result.stdout
