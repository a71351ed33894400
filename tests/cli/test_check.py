"""The command as a person runs it: in a folder, with an environment; where it matters in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import run, run_process
from tests.git_in_tests import git
from tests.sites_in_tests import SITES, minimal_site, read_files, write_files

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
BROKEN = {
    MEASURE: (SITES / "minimaal" / MEASURE).read_text().replace("aia-01-menselijk-toezicht", "aia-1-menslijk-toezigt")
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return minimal_site(tmp_path)


def test_a_clean_site_ends_with_0(site: Path) -> None:
    result = run("check", cwd=site)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Publieke inkoop: 1 maatregel, 1 zonder fouten\nAlles in orde: ")
    assert "Voldoet aan pakket 'publieke-inkoop'." in result.stdout


def test_an_error_ends_with_1_and_is_shown_at_its_place(site: Path) -> None:
    write_files(site, BROKEN)
    result = run_process("check", cwd=site)
    assert result.returncode == 1
    assert f"--> {MEASURE}:6:3\n6 | - aia-1-menslijk-toezigt\n  |   ^^^^^^^^^^^^^^^^^^^^^^\n" in result.stdout
    assert "Publieke inkoop: 1 maatregel, 0 zonder fouten; fouten in owp-01 (vereiste)" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"), [((), 0), (("--fail-on", "warning"), 1), (("--fail-on", "info", "--ignore", "AK108"), 0)]
)
def test_fail_on_sets_the_bar(site: Path, arguments: tuple[str, ...], code: int) -> None:
    page = "docs/rollen/jurist.md"
    write_files(site, {page: (site / page).read_text().replace("title: Jurist", "title: Jurist.")})
    assert run("check", *arguments, cwd=site).returncode == code


def test_json_is_the_contract(site: Path) -> None:
    write_files(site, BROKEN)
    document = json.loads(run("check", "--format", "json", cwd=site).stdout)
    assert document["version"] == 1
    finding = next(finding for finding in document["findings"] if finding["code"] == "AK301")
    assert finding.pop("help").endswith("/rules/verwijzingen/AK301-onbekende-verwijzing.md")
    assert len(finding.pop("fingerprint")) == 16
    assert "bedoelde je 'aia-01-menselijk-toezicht'?" in finding.pop("message")
    assert finding == {
        "file": MEASURE,
        "line": 6,
        "column": 3,
        "end_line": 6,
        "end_column": 25,
        "code": "AK301",
        "name": "onbekende-verwijzing",
        "severity": "error",
        "page": {"type": "maatregel", "key": "2-owp-01-eisen-stellen"},
        "in_scope": True,
        "related": [],
        "excerpt": "- aia-1-menslijk-toezigt",
        "advice": [
            "Schrijf bij 'vereiste' de bestandsnaam van een bestaande pagina, zonder '.md'.",
            "'aia-01-menselijk-toezicht' heet: Mensen houden toezicht op het systeem",
        ],
        "replacements": ["aia-01-menselijk-toezicht"],
        "snippet": "",
        "fix": {
            "safe": False,
            "edits": [
                {
                    "file": MEASURE,
                    "line": 6,
                    "column": 3,
                    "end_line": 6,
                    "end_column": 25,
                    "text": "aia-01-menselijk-toezicht",
                }
            ],
        },
    }
    assert document["summary"] | {"pages": 0} == {
        "pages": 0,
        "errors": 1,
        "warnings": 0,
        "infos": 0,
        "suppressed": 0,
        "fixable": 0,
        "pack": None,
    }
    assert (document["change"], document["baseline"], document["notices"]) == (None, None, [])


def test_concise_is_one_line_each(site: Path) -> None:
    write_files(site, BROKEN)
    (line,) = run("check", "--format", "concise", cwd=site).stdout.splitlines()
    assert line.startswith(f"{MEASURE}:6:3: AK301 [fout] vereiste 'aia-1-menslijk-toezigt' bestaat niet")


def test_paths_limit_what_is_reported_not_what_is_analysed(site: Path) -> None:
    write_files(site, BROKEN)
    assert run("check", "docs/rollen", cwd=site).returncode == 0
    assert run("check", MEASURE, cwd=site).returncode == 1
    assert run("check", ".", cwd=site / "docs" / "rollen").returncode == 0
    assert run("check", str(site / "docs"), cwd=site.parent).returncode == 1


def test_colour_only_where_it_is_wanted(site: Path) -> None:
    write_files(site, BROKEN)
    assert "\x1b" not in run("check", cwd=site).stdout
    assert "\x1b[1;31mfout[AK301]" in run("check", cwd=site, env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b" not in run("check", cwd=site, env={"NO_COLOR": "1"}).stdout


def test_output_goes_whole_into_a_file(site: Path) -> None:
    write_files(site, BROKEN)
    result = run("check", "--format", "json", "--output", "verslag.json", cwd=site)
    assert (result.returncode, result.stdout) == (1, "")
    assert json.loads((site / "verslag.json").read_text())["summary"]["errors"] == 1
    assert [path.name for path in site.glob(".verslag*")] == []


def test_quiet_shows_findings_only(site: Path) -> None:
    write_files(site, BROKEN)
    assert "Hele site" not in run("check", "--quiet", cwd=site).stdout
    assert run("check", "--quiet", cwd=minimal_site(site / "schoon")).stdout == ""


def test_another_topic(site: Path) -> None:
    write_files(site, {MEASURE: (site / MEASURE).read_text().replace("- publieke-inkoop", "- data")})
    result = run("check", "--topic", "data", cwd=site)
    assert result.stdout.startswith("Data: 1 maatregel, 1 zonder fouten")


def test_english(site: Path) -> None:
    write_files(site, BROKEN)
    out = run("check", "--lang", "en", cwd=site).stdout
    assert (
        "error[AK301] vereiste 'aia-1-menslijk-toezigt' does not exist; did you mean 'aia-01-menselijk-toezicht'?"
        in out
    )
    assert "Whole site: " in out


def test_docs_dir_without_mkdocs_file(site: Path) -> None:
    (site / "mkdocs.yml").unlink()
    result = run("check", cwd=site)
    assert result.returncode == 2
    assert result.stderr.startswith("algokader-lint: fout: geen mkdocs.yml gevonden in ")
    assert len(result.stderr.splitlines()) == 1
    assert run("check", "--docs-dir", "docs", cwd=site).returncode == 0
    assert run("check", "--docs-dir", "doks", cwd=site).returncode == 2
    assert run("check", "--docs-dir", "../..", cwd=site).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chek",), "onbekend commando 'chek'; bedoelde je 'check'?"),
        (("check", "--formt", "json"), "onbekende optie '--formt'; bedoelde je '--format'?"),
        (("check", "--format", "jsn"), "'jsn' kan niet bij --format; kies uit: console, concise, json"),
        (("check", "--format"), "bij optie --format hoort een waarde"),
        (("check", "--all=ja"), "bij optie --all hoort geen waarde"),
        (("check", "--select", "AK0301"), "onbekende regel 'AK0301'; bedoelde je 'AK301'?"),
        (("check", "--select", "onbekende-verwijzingen"), "bedoelde je 'onbekende-verwijzing'?"),
        (("check", "--ignore", "AK3,AX"), "onbekende regel 'AX'"),
        (("check", "--pack", "basi"), "onbekend pakket 'basi'; bedoelde je 'basis'?"),
        (("check", "--topic", "publieke-inkop"), "onderwerp; bedoelde je 'publieke-inkoop'?"),
        (("check", "--pack", "basis", "--topic", "data"), "pakket 'basis' gaat niet over een onderwerp"),
        (("check", "er-niet.md"), "'er-niet.md' bestaat niet"),
        (("check", "docs", "/"), "ligt buiten de site"),
        (("check", "--config", "er-niet.toml"), "configuratiebestand 'er-niet.toml' bestaat niet"),
        (("check", "--output", "er/niet.txt"), "kan 'er/niet.txt' niet schrijven"),
        (("check", "--lang", "fr"), "'fr' kan niet bij --lang; kies uit: nl, en"),
        (("explain", "AK999"), "onbekende regel 'AK999'"),
        (("explain",), "welke regel? Bijvoorbeeld: algokader-lint explain AK301"),
        (("explain", "AK301", "AK302"), "'AK302' is te veel bij dit commando"),
        (("--halp",), "onbekende optie '--halp'; bedoelde je '--help'?"),
    ],
)
def test_wrong_usage_is_one_line_and_2(site: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments, cwd=site)
    assert result.returncode == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("pak = 'basis'", "algokader-lint.toml: onbekende sleutel 'pak'; bedoelde je 'pack'?"),
        ("pack = 3", "algokader-lint.toml: pack: hier hoort tekst tussen aanhalingstekens"),
        ("ignore = 'AK206'", 'algokader-lint.toml: ignore: hier hoort een lijst, zoals ["AK206"]'),
        ("lang = 'fr'", "algokader-lint.toml: lang: kies uit 'nl', 'en'"),
        ("pack = 'basis", "algokader-lint.toml: "),
        ("pack = 'bassis'", "onbekend pakket 'bassis'; bedoelde je 'basis'?"),
        ("[severity]\nAK30 = 'error'", "onbekende regel 'AK30'"),
        ("[severity]\nAK301 = 'erg'", "severity.AK301: "),
        ("[options.AK206]\nfeild = 'title'", "onbekende optie 'AK206: feild'; bedoelde je 'field'?"),
        ("[[exceptions]]\nfiles = 'docs/*'\ncodes = ['AK1']", "exceptions.0.reason: dit is verplicht, maar ontbreekt"),
        ("[[exceptions]]\nfiles = 'x'\ncodes = ['AKX']\nreason = 'y'", "onbekende regel 'AKX'"),
        ("[[exceptions]]\nfile = 'x'\ncodes = ['AK1']\nreason = 'y'", "bedoelde je 'files'?"),
    ],
)
def test_broken_configuration_is_one_line_and_2(site: Path, toml: str, words: str) -> None:
    (site / "algokader-lint.toml").write_text(toml)
    result = run("check", cwd=site)
    assert result.returncode == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_configuration_sets_severity_ignores_and_exempts(site: Path) -> None:
    write_files(site, BROKEN)
    write_files(site, {"algokader-lint.toml": "[severity]\nAK301 = 'warning'\nAK303 = 'warning'\n"})
    assert run("check", cwd=site).returncode == 0
    write_files(site, {"algokader-lint.toml": "ignore = ['onbekende-verwijzing', 'AK303']\n"})
    assert run("check", cwd=site).returncode == 0
    exception = "[[exceptions]]\nfiles = '**/maatregelen/*.md'\ncodes = ['AK3']\nreason = 'proef'\n"
    write_files(site, {"algokader-lint.toml": exception})
    result = run("check", cwd=site)
    assert result.returncode == 0
    assert "geen fouten of waarschuwingen, 1 overgeslagen" in result.stdout
    (site / "algokader-lint.toml").unlink()
    write_files(site, {"pyproject.toml": "[tool.algokader-lint]\nignore = ['AK3']\nlang = 'en'\n"})
    assert "All in order" in run("check", cwd=site).stdout


def test_the_longest_prefix_wins(site: Path) -> None:
    write_files(site, BROKEN)
    assert run("check", "--select", "AK3", "--ignore", "AK301,AK303", cwd=site).returncode == 0
    assert run("check", "--select", "AK301", "--ignore", "AK3", cwd=site).returncode == 1


def test_git_says_what_pages_there_are(site: Path) -> None:
    git(site, "init", "-q")
    write_files(site, {".gitignore": "docs/rollen/concept.md\n", "docs/rollen/concept.md": "geen voorblad"})
    git(site, "add", ".")
    git(site, "commit", "-qm", "begin")
    assert run("check", cwd=site).returncode == 0
    write_files(site, {"docs/rollen/nieuw.md": "geen voorblad"})
    assert run("check", cwd=site).returncode == 1
    assert run("check", cwd=site, env={"PRE_COMMIT": "1"}).returncode == 0
    (site / "docs/rollen/nieuw.md").unlink()
    (site / "docs/voldoen-aan-wetten-en-regels/vereisten/aia-01-menselijk-toezicht.md").unlink()
    assert "vereiste 'aia-01-menselijk-toezicht' bestaat niet" in run("check", cwd=site).stdout


def test_the_site_may_lie_deep_in_a_repository(tmp_path: Path) -> None:
    site = minimal_site(tmp_path / "sub" / "site", BROKEN)
    git(tmp_path, "init", "-q")
    result = run("check", "--format", "concise", cwd=site / "docs")
    assert result.stdout.startswith(f"sub/site/{MEASURE}:6:3")


def test_a_reader_that_goes_away_is_no_error(site: Path) -> None:
    write_files(site, {f"docs/rollen/r{n}.md": "x" for n in range(300)})
    command = f"{sys.executable} -m algokader_lint check --format concise | head -1"
    result = subprocess.run(["bash", "-c", command], cwd=site, capture_output=True, text=True, check=True)
    assert result.stderr == ""
    assert len(result.stdout.splitlines()) == 1


def test_a_long_report_is_cut_short_unless_all_is_asked(site: Path) -> None:
    write_files(site, {f"docs/rollen/r{n}.md": "zonder voorblad\n" for n in range(30)})
    short = run("check", cwd=site).stdout
    assert short.count("fout[AK002]") == 3
    assert "… nog 27 × AK002" in short
    assert len(short.splitlines()) <= 80
    assert run("check", "--all", cwd=site).stdout.count("fout[AK002]") == 30


def test_demo_runs_anywhere_and_says_what_next(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    result = run("demo", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.rstrip().endswith("algokader-lint check")
    assert len(read_files(SITES / "voorbeeld")) > 15


def test_help_has_an_example(tmp_path: Path) -> None:
    assert "commando's:" in run(cwd=tmp_path).stdout
    for command in ("check", "explain", "rules", "demo"):
        result = run(command, "--help", cwd=tmp_path)
        assert result.returncode == 0
        assert f"voorbeeld: algokader-lint {command}" in result.stdout
    assert "example: algokader-lint check" in run("check", "--help", "--lang", "en", cwd=tmp_path).stdout


def test_rules_and_explain(tmp_path: Path) -> None:
    listing = run("rules", cwd=tmp_path).stdout
    assert "AK301  onbekende-verwijzing" in listing
    rules = json.loads(run("rules", "--format", "json", cwd=tmp_path).stdout)["rules"]
    assert next(rule for rule in rules if rule["code"] == "AK303")["packs"] == ["publieke-inkoop", "streng"]
    for name in ("AK301", "ak301", "onbekende-verwijzing"):
        page = run("explain", name, cwd=tmp_path).stdout
        assert page.startswith("# AK301 · onbekende-verwijzing\n")
        assert "verwacht" not in page


def test_version(tmp_path: Path) -> None:
    from algokader_lint import __version__

    assert run("--version", cwd=tmp_path).stdout == f"algokader-lint {__version__}\n"
