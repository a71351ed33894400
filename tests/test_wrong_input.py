"""Wrong and hostile input: one clear finding or one-line error each, and the run goes on."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from algokader_lint.content.source import SIZE_LIMIT
from algokader_lint.content.tree import open_tree
from algokader_lint.problem import Problem
from tests.command import run, run_process
from tests.git_in_tests import git
from tests.sites_in_tests import SITES, check, minimal_site, read_files

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
CLEAN = read_files(SITES / "minimaal")[MEASURE].decode()


def only_problem(folder: Path, data: bytes | str) -> Problem:
    """The one finding on the measure; another page with an error of its own must still be seen."""
    other = "docs/rollen/jurist.md"
    report = check(minimal_site(folder, {MEASURE: data, other: b"---\ntitle: Jurist.\n---\n\nx\n"}), pack="basis")
    assert not report.crashed
    assert [p.code for p in report.problems if p.place.file == other] == ["AK108"]
    (problem,) = [p for p in report.problems if p.place.file != other]
    assert problem.place.file == MEASURE
    return problem


def front_matter_with(line: str) -> str:
    return CLEAN.replace("title: Stel eisen aan de leverancier", line)


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (CLEAN.encode().replace(b"Zet de eisen in de aanbesteding.\n\n##", b"caf\xe9\n\n##"), "AK001", (21, 4)),
        (CLEAN.encode("utf-16"), "AK001", (1, 1)),
        (CLEAN.replace("## Bronnen", "## Bron\0nen").encode(), "AK001", (40, 8)),
        (CLEAN.encode() + b"x" * SIZE_LIMIT, "AK001", (1, 1)),
        (b"", "AK002", (1, 1)),
        (b"\n\n", "AK002", (1, 1)),
        (CLEAN.replace("\n---\n\n<!--", "\n\n<!--"), "AK002", (1, 1)),
        ("\n" + CLEAN, "AK002", (1, 1)),
        (front_matter_with("\ttitle: x"), "AK003", (2, 1)),
        (front_matter_with("title: Eisen: stel ze"), "AK003", (2, 13)),
        (front_matter_with('title: "Stel eisen'), "AK003", (2, 8)),
        (front_matter_with("title: !!python/object/apply:os.system ['false']"), "AK003", (2, 8)),
        (front_matter_with("title: &a x"), "AK003", (2, 8)),
        (front_matter_with("title: *a"), "AK003", (2, 8)),
        (front_matter_with("title: " + "[" * 100_000), "AK003", (1, 1)),
        (front_matter_with("title: " + "[" * 30_000), "AK003", (2, 58)),
        (front_matter_with("x: " + "y" * 70_000), "AK003", (1, 1)),
        (front_matter_with("title: a\ntitle: Stel eisen aan de leverancier"), "AK004", (3, 1)),
        (CLEAN.replace("rollen:", "<<<<<<< HEAD\nrollen:\n=======\n>>>>>>> tak\nrollen:"), "AK005", (11, 1)),
    ],
)
def test_one_finding_at_its_place(tmp_path: Path, data: bytes | str, code: str, place: tuple[int, int]) -> None:
    problem = only_problem(tmp_path, data)
    assert (problem.code, (problem.place.line, problem.place.column)) == (code, place), problem.message


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + CLEAN.encode(),
        CLEAN.replace("\n", "\r\n"),
        CLEAN.replace("\n---\n\n<!--", "\n...\n\n<!--"),
        CLEAN.replace("---\ntitle", "---  \ntitle"),
        CLEAN.replace("vereiste:\n- aia", "vereiste:\n# uitleg\n\n  - aia"),
        CLEAN.replace("- projectleider", "- 'projectleider'   # rol"),
        CLEAN.replace("hide:", "sources:\nhide:"),
        CLEAN.replace("hide:\n- navigation", "hide: toc"),
    ],
)
def test_legitimate_shapes_give_nothing(tmp_path: Path, data: bytes | str) -> None:
    assert [p.message for p in check(minimal_site(tmp_path, {MEASURE: data})).problems] == []


def test_places_are_right_in_crlf_files(tmp_path: Path) -> None:
    data = CLEAN.replace("- aia-01-menselijk-toezicht", "- aia-01-toezigt").replace("\n", "\r\n")
    (problem,) = check(minimal_site(tmp_path, {MEASURE: data}), select=["AK301"]).problems
    assert problem.place.excerpt[problem.place.column - 1 : problem.place.end_column - 1] == "aia-01-toezigt"
    assert problem.place.line == 6


def test_a_folder_called_like_a_page(tmp_path: Path) -> None:
    files = {"docs/rollen/x.md/y.md": "---\ntitle: Y\n---\n\nY\n", "docs/rollen/x.md/z.md": "---\ntitle: Z\n---\n\nZ\n"}
    (problem,) = check(minimal_site(tmp_path, files)).problems
    assert (problem.code, problem.place.file) == ("AK006", "docs/rollen/x.md/y.md")


def test_a_symbolic_link_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.md"
    secret.write_text("---\ntitle: geheim\n---\n")
    site = minimal_site(tmp_path / "site")
    (site / "docs/rollen/link.md").symlink_to(secret)
    (site / "docs/rollen/binnen.md").symlink_to("jurist.md")
    (problem,) = [p for p in check(site, pack="basis").problems if p.code != "AK206"]
    assert (problem.code, problem.place.file) == ("AK001", "docs/rollen/link.md")
    assert "geheim" not in problem.message


def test_a_symbolic_link_to_a_folder_is_no_page(tmp_path: Path) -> None:
    site = minimal_site(tmp_path)
    (site / "docs/rollen/map.md").symlink_to("../onderwerpen")
    git(site, "init", "-q")
    git(site, "add", ".")
    assert run("check", cwd=site).returncode == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes on this system")
def test_a_named_pipe_does_not_hold_up_the_run(tmp_path: Path) -> None:
    site = minimal_site(tmp_path)
    os.mkfifo(site / "docs/rollen/pijp.md")
    (problem,) = check(site).problems
    assert (problem.code, problem.place.file) == ("AK001", "docs/rollen/pijp.md")


def test_a_name_that_is_no_text_can_be_reported(tmp_path: Path) -> None:
    site = minimal_site(tmp_path)
    (site / os.fsdecode(b"docs/rollen/caf\xe9.md")).write_text("x")
    for report, how in (("console", run_process), ("concise", run), ("json", run)):
        result = how("check", "--format", report, cwd=site)
        assert result.returncode == 1
        assert result.stderr == ""


@pytest.mark.parametrize(
    ("mkdocs", "words"),
    [
        ("site_name: [", "mkdocs.yml"),
        ("- a\n", "mkdocs.yml"),
        ("docs_dir: ../elders\n", "mkdocs.yml"),
        ("docs_dir: er-niet\n", "'er-niet'"),
        ("a: " + "[" * 100_000, "mkdocs.yml"),
        ("\0", "mkdocs.yml"),
    ],
)
def test_a_bad_mkdocs_file_is_one_line(tmp_path: Path, mkdocs: str, words: str) -> None:
    site = minimal_site(tmp_path, {"mkdocs.yml": mkdocs})
    result = run("check", cwd=site)
    assert result.returncode == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_mkdocs_file_is_read_without_running_it(tmp_path: Path) -> None:
    mkdocs = "site_name: x\na: !!python/name:os.system\nb: !!python/object/apply:os.system ['touch bewijs']\n"
    site = minimal_site(tmp_path, {"mkdocs.yml": mkdocs + "docs_dir: !ENV [DOCS_DIR, docs]\n"})
    assert run("check", cwd=site).returncode == 0
    assert not (site / "bewijs").exists()


HOSTILE = "x\x1b[31m::error file=y::z\r\u202e|<script>`%0A\u2028"


@pytest.mark.parametrize("report", ["console", "concise", "json"])
def test_nothing_hostile_reaches_the_terminal(tmp_path: Path, report: str) -> None:
    quoted = '"' + HOSTILE.replace("\x1b", "\\e").replace("\r", "\\r") + '"'
    page = CLEAN.replace("- aia-01-menselijk-toezicht", f"- {quoted}")
    site = minimal_site(tmp_path, {MEASURE: page, "docs/rollen/a\x1b[2J\n::error::b.md": "x"})
    result = run("check", "--format", report, "--all", cwd=site)
    assert result.returncode == 1
    assert not {"\x1b", "\r", "\u202e", "\u2028"} & set(result.stdout)
    assert not any(
        line.lstrip().startswith("::") and "error" in line.split("::")[1] for line in result.stdout.splitlines()
    )


def test_many_wrong_references_cost_little(tmp_path: Path) -> None:
    items = "\n".join(f"- verzonnen-vereiste-nummer-{n}" for n in range(1500))
    vereiste = read_files(SITES / "minimaal")[
        "docs/voldoen-aan-wetten-en-regels/vereisten/aia-01-menselijk-toezicht.md"
    ]
    others = {
        f"docs/voldoen-aan-wetten-en-regels/vereisten/awb-{n:02}-een-andere-eis.md": vereiste.replace(
            b"aia-01", f"awb-{n:02}".encode()
        )
        for n in range(60)
    }
    site = minimal_site(tmp_path, {MEASURE: CLEAN.replace("- aia-01-menselijk-toezicht", items), **others})
    started = time.process_time()
    report = check(site, select=["AK301"])
    assert len(report.problems) == 1000
    assert time.process_time() - started < 10


def test_of_a_rule_that_fires_without_end_the_first_findings_are_told(tmp_path: Path) -> None:
    def told(count: int) -> tuple[int, tuple[str, ...]]:
        items = "\n".join(f"- verzonnen-{n}" for n in range(count))
        site = minimal_site(tmp_path / str(count), {MEASURE: CLEAN.replace("- aia-01-menselijk-toezicht", items)})
        report = check(site, select=["AK301"])
        return len(report.problems), report.notices

    assert told(1000) == (1000, ())
    notice = f"op {MEASURE} heeft AK301 meer dan 1000 meldingen: alleen de eerste 1000 zijn getoond"
    assert told(1001) == (1000, (notice,))


def test_git_hooks_and_monitors_of_a_repository_are_not_run(tmp_path: Path) -> None:
    site = minimal_site(tmp_path)
    git(site, "init", "-q")
    git(site, "config", "core.fsmonitor", "touch bewijs; false")
    assert MEASURE in open_tree(site, {}).paths()
    assert not (site / "bewijs").exists()


def test_a_page_that_breaks_the_reader_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from algokader_lint.content import page_reader

    def fail(*_: object) -> None:
        raise RecursionError("diep")

    site = minimal_site(tmp_path)
    monkeypatch.setattr(page_reader, "read_body", fail)
    report = check(site)
    assert report.crashed
    assert {p.code for p in report.problems} == {"AK000"}
    assert report.problems[0].message == "deze pagina is niet te begrijpen voor de linter: RecursionError: diep"


def test_a_crash_is_never_exempted_nor_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from algokader_lint.content import page_reader
    from algokader_lint.engine import Exemption

    monkeypatch.setattr(page_reader, "read_body", lambda *_: 1 / 0)
    report = check(minimal_site(tmp_path), exemptions=[Exemption("**", ("AK",))], paths=["docs/rollen"])
    assert report.crashed
    assert len(report.problems) > 5


def test_hostile_names_do_not_reach_standard_error(tmp_path: Path) -> None:
    hostile = "a\\u001b[31m\\n::error::x\\u202e"
    for name, text in (
        ("mkdocs.yml", f'docs_dir: "{hostile}"\n'),
        ("algokader-lint.toml", f'"{hostile}" = 1\n'),
        ("algokader-lint.toml", f'pack = "{hostile}"\n'),
    ):
        site = minimal_site(tmp_path / name / str(len(text)), {name: text})
        result = run("check", cwd=site)
        assert result.returncode == 2
        assert len(result.stderr.splitlines()) == 1
        assert result.stderr.rstrip("\n").isprintable()


@pytest.mark.parametrize("toml", ["a = " + "[" * 100_000, "# " + "x" * 300_000])
def test_a_configuration_that_costs_too_much_is_one_line(tmp_path: Path, toml: str) -> None:
    result = run("check", cwd=minimal_site(tmp_path, {"algokader-lint.toml": toml}))
    assert result.returncode == 2
    assert result.stderr.startswith("algokader-lint: fout: algokader-lint.toml: ")


def test_a_configuration_outside_of_the_repository_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "geheim.toml").write_text("geheim = 1\n")
    site = minimal_site(tmp_path / "site")
    (site / "algokader-lint.toml").symlink_to(tmp_path / "geheim.toml")
    result = run("check", cwd=site)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("docs_dir", ["leeg", ".git", "../elders", "docs/rollen/jurist.md"])
def test_a_site_without_pages_is_no_clean_site(tmp_path: Path, docs_dir: str) -> None:
    site = minimal_site(tmp_path, {"mkdocs.yml": f"docs_dir: {docs_dir}\n", "leeg/x.txt": ""})
    result = run("check", cwd=site)
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1


def test_nothing_to_check_is_no_clean_site(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {"algokader-lint.toml": "ignore = ['AK']\n"})
    result = run("check", cwd=site)
    assert result.returncode == 2
    assert "geen enkele regel" in result.stderr
    assert run("check", "--select", "AK301", cwd=site).returncode == 0


def test_a_severity_in_the_settings_does_not_satisfy_a_pack(tmp_path: Path) -> None:
    broken = CLEAN.replace("- aia-01-menselijk-toezicht", "- aia-01-menselijk")
    settings = "[severity]\nAK301 = 'info'\nAK303 = 'info'\n"
    site = minimal_site(tmp_path, {MEASURE: broken, "algokader-lint.toml": settings})
    result = run("check", cwd=site)
    assert result.returncode == 0
    assert "Voldoet aan" not in result.stdout
