"""``init``: what it writes, what it never touches, and what it asks."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.cli.adoption import settings_text
from algokader_lint.cli.exclusions import BadExclusions, may_match, read_exclusions
from algokader_lint.config import Settings, compile_address, find_settings
from algokader_lint.data import workflow
from algokader_lint.engine import run as run_engine
from algokader_lint.messages import load_messages
from tests.command import Ran, run
from tests.corpus import clone_release, needs_corpus
from tests.git_in_tests import commit_all, git, git_site
from tests.sites_in_tests import SITES, minimal_site, read_files, write_files

PROJECT = Path(__file__).parents[2]
MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
BROKEN = {MEASURE: read_files(SITES / "minimaal")[MEASURE].decode().replace("- aia-01-menselijk", "- aia-77-oud")}
HOOK, WORKFLOW = ".pre-commit-config.yaml", ".github/workflows/algokader-lint.yml"
SETTINGS, BASELINE = "algokader-lint.toml", "algokader-lint-baseline.json"
DUTCH = load_messages("nl")
ALL = {HOOK, WORKFLOW, SETTINGS, BASELINE}
MLC = {
    "ignorePatterns": [
        {"pattern": r"^https://dl\.acm\.org/"},
        {"pattern": "^url$"},
        {"pattern": "^(?!https?://)"},
        {"pattern": 'https://it\'s\\.example/"x"'},
        {"pattern": "^https://(?<host>x)"},
    ],
    "httpHeaders": [{"urls": ["https://www.voorbeeld.example/"], "headers": {"User-Agent": "x"}}],
    "aliveStatusCodes": [200, 403],
}


# With a baseline there is nothing to check, which takes most of the time.
KNOWN = {BASELINE: '{"version": 1, "findings": {}}\n'}


def untracked(site: Path) -> set[str]:
    return set(git(site, "ls-files", "--others").splitlines())


def settings_of(site: Path, path: str = SETTINGS) -> Settings:
    return find_settings({SETTINGS: (site / path).read_bytes()}.get, ".").settings


def init(site: Path, *more: str) -> Ran:
    result = run("init", *more, cwd=site)
    assert (result.returncode, result.stderr) == (0, "")
    return result


def test_it_writes_what_a_site_with_old_errors_needs_today(tmp_path: Path) -> None:
    site = git_site(tmp_path, BROKEN | {"mlc_config.json": json.dumps(MLC)})
    result = init(site / "docs", "--yes")
    assert untracked(site) == ALL
    assert (site / WORKFLOW).read_bytes() == workflow().read_bytes()
    found = settings_of(site)
    assert found.baseline == BASELINE
    assert found.links.exclude == (r"^https://dl\.acm\.org/", 'https://it\'s\\.example/"x"')
    for told in ("^url$ (past op geen", "^(?!https?://) (past op geen", "^https://(?<host>x) (zo kan Python"):
        assert f"\n  niet overgenomen: {told}" in result.stdout
    assert "httpHeaders, aliveStatusCodes" in result.stdout
    assert "pre-commit install" in result.stdout.partition("geschreven: ")[2]
    commit_all(site)
    assert run("check", cwd=site).returncode == 0
    write_files(site, {MEASURE: (site / MEASURE).read_text().replace("- projectleider", "- projectlijder")})
    broken = run("check", "--format", "json", cwd=site)
    assert broken.returncode == 1
    assert [finding["code"] for finding in json.loads(broken.stdout)["findings"]] == ["AK301"]
    git(site, "checkout", "-q", ".")
    again = init(site).stdout
    assert untracked(site) == set()
    assert again.splitlines() == [
        f"Bestaat al en blijft zoals het is: {BASELINE}, {SETTINGS}, {HOOK}, {WORKFLOW}",
        "Er is niets te schrijven.",
    ]


def test_a_clean_site_needs_no_baseline(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    init(site, "--yes")
    assert untracked(site) == ALL - {BASELINE}
    assert settings_of(site) == Settings()
    assert run("check", cwd=site).returncode == 0


def test_the_hook_is_that_of_the_readme_and_pre_commit_takes_it(tmp_path: Path) -> None:
    site = git_site(tmp_path, KNOWN)
    init(site, "--yes")
    block = re.search(r"```yaml\n(# \.pre-commit-config\.yaml\n.*?)```", (PROJECT / "README.md").read_text(), re.DOTALL)
    assert block is not None
    assert yaml.safe_load((site / HOOK).read_text()) == yaml.safe_load(block[1])
    command = [str(Path(sys.executable).parent / "pre-commit"), "validate-config", str(site / HOOK)]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("more", [(), ("--lang", "en")])
def test_without_a_terminal_it_shows_and_writes_nothing(tmp_path: Path, more: tuple[str, ...]) -> None:
    site = git_site(tmp_path, BROKEN)
    result = init(site, *more)
    assert untracked(site) == set()
    assert "algokader-lint init --yes" in result.stdout.splitlines()[-1]
    for name in ALL:
        assert f"\n{name}\n  | " in result.stdout
    assert f'  | baseline = "{BASELINE}"' in result.stdout
    assert ("  | 1 melding van nu" in result.stdout) != bool(more)


def test_what_exists_is_left_alone_and_told_what_it_lacks(tmp_path: Path) -> None:
    old = {
        HOOK: "repos: []\n# id: algokader-lint\n",
        WORKFLOW: "van mij\n",
        SETTINGS: "ignore = ['AK206']\n[severity]\nAK108 = 'info'\n",
        "mlc_config.json": json.dumps(MLC),
    }
    site = git_site(tmp_path, BROKEN | old)
    result = init(site, "--yes")
    assert untracked(site) == {BASELINE}
    assert {name: (site / name).read_text() for name in old} == old
    shown = [line[4:] for line in result.stdout.splitlines() if line.startswith("  | ")]
    hook = "\n".join(shown[shown.index("repos:") :])
    assert yaml.safe_load(hook)["repos"][0]["hooks"] == [{"id": "algokader-lint"}]
    added = "\n".join(shown[shown.index("# bovenaan, boven de eerste [tabel]:") : shown.index("repos:")])
    write_files(site, {SETTINGS: f"{added}\n{old[SETTINGS]}", HOOK: hook})
    assert settings_of(site).links.exclude == (r"^https://dl\.acm\.org/", 'https://it\'s\\.example/"x"')
    assert run("check", cwd=site).returncode == 0
    assert "Zet deze regels er zelf bij" not in init(site).stdout


def test_settings_in_a_project_file_get_their_lines_under_their_own_table(tmp_path: Path) -> None:
    site = git_site(tmp_path, BROKEN | {"pyproject.toml": "[tool.algokader-lint]\nlang = 'en'\n"})
    result = init(site, "--yes")
    assert untracked(site) == ALL - {SETTINGS}
    assert f'  | [tool.algokader-lint]\n  | baseline = "{BASELINE}"\n' in result.stdout
    assert "Type once: pre-commit install" in result.stdout


def test_the_baseline_is_where_the_settings_say(tmp_path: Path) -> None:
    site = git_site(tmp_path, {SETTINGS: "baseline = 'controle/oud.json'\n"})
    assert run("check", cwd=site).returncode == 2
    init(site, "--yes")
    assert untracked(site) == {HOOK, WORKFLOW, "controle/oud.json"}
    assert run("check", cwd=site).returncode == 0


def test_a_site_deep_in_a_repository(tmp_path: Path) -> None:
    folder = 'sites/\'t "kader" #1'
    minimal_site(tmp_path / folder, BROKEN)
    git(tmp_path, "init", "-q")
    commit_all(tmp_path)
    told = init(tmp_path / folder / "docs", "--yes").stdout
    line = re.search(r"onder with, de regel: (.*)", told)
    assert line is not None
    assert yaml.safe_load(line[1]) == {"path": folder}
    assert (tmp_path / HOOK).exists()
    assert (tmp_path / folder / SETTINGS).exists()
    (hook,) = yaml.safe_load((tmp_path / HOOK).read_text())["repos"][0]["hooks"]
    commit_all(tmp_path)
    assert hook["args"] == [f"./{folder}"]
    checked = run("check", "--staged", *hook["args"], cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "1 melding staat in de baseline" in checked.stdout


@pytest.mark.parametrize(("place", "target"), [(HOOK, "x.yaml"), (".github", ""), (".github/workflows", "")])
def test_a_link_that_leads_out_of_the_repository_is_refused(tmp_path: Path, place: str, target: str) -> None:
    site, outside = git_site(tmp_path / "site", KNOWN), tmp_path / "buiten"
    outside.mkdir()
    (site / place).parent.mkdir(exist_ok=True)
    (site / place).symlink_to(outside / target)
    before = read_files(tmp_path)
    result = run("init", "--yes", cwd=site)
    assert (result.returncode, result.stdout) == (2, "")
    assert "ligt buiten de repository, of een symbolische link" in result.stderr
    assert read_files(tmp_path) == before


def test_it_needs_a_repository_with_a_site(tmp_path: Path) -> None:
    site = minimal_site(tmp_path / "los")
    loose = run("init", "--yes", cwd=site)
    assert (loose.returncode, loose.stdout) == (2, "")
    assert "fout: init werkt alleen in een git-repository;" in loose.stderr
    assert len(loose.stderr.splitlines()) == 1
    (tmp_path / "leeg").mkdir()
    git(tmp_path / "leeg", "init", "-q")
    empty = run("init", "--yes", cwd=tmp_path / "leeg")
    assert (empty.returncode, empty.stdout, len(empty.stderr.splitlines())) == (2, "", 1)
    assert "geen mkdocs.yml gevonden" in empty.stderr


def test_a_rule_that_fails_is_told_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = git_site(tmp_path)
    monkeypatch.setattr("algokader_lint.cli.adoption.run", lambda task: replace(run_engine(task), crashed=True))
    result = run("init", "--yes", cwd=site)
    assert (result.returncode, result.stdout) == (2, "")
    assert "een regel is mislukt op deze site" in result.stderr
    assert untracked(site) == set()


def sit_down(patch: pytest.MonkeyPatch, reply: Callable[[str], str]) -> None:
    """Let a person sit at a terminal, who gives this reply to a question."""
    patch.setattr("algokader_lint.cli.init.person_at_terminal", lambda: True)
    patch.setattr("builtins.input", reply)


def test_anything_but_yes_is_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = git_site(tmp_path, KNOWN)
    answers: list[str | BaseException] = ["", "n", "nee", "jaja", EOFError(), KeyboardInterrupt()]
    asked: list[str] = []

    def reply(prompt: str) -> str:
        asked.append(prompt)
        answer = answers[len(asked) - 1]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    sit_down(monkeypatch, reply)
    for _ in answers:
        assert init(site).stdout.endswith("\nEr is niets geschreven.\n")
    assert asked == ["Deze bestanden schrijven? [j/N] "] * len(answers)
    assert untracked(site) == set()


def test_a_file_that_appears_while_a_person_thinks_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = git_site(tmp_path, KNOWN)

    def reply(prompt: str) -> str:
        write_files(site, {HOOK: "van een ander\n"})
        return "j"

    sit_down(monkeypatch, reply)
    result = run("init", cwd=site)
    assert result.returncode == 2
    assert f"'{HOOK}' is er intussen al" in result.stderr
    assert (site / HOOK).read_text() == "van een ander\n"


@needs_corpus
def test_a_person_at_a_terminal_adopts_it_on_the_real_site(tmp_path: Path) -> None:
    site = clone_release("v1.6.1", tmp_path / "site")
    terminal, inner = pty.openpty()
    command = [sys.executable, "-m", "algokader_lint", "init"]
    env = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(command, cwd=site, env=env, stdin=inner, stdout=inner, stderr=inner) as process:
        os.close(inner)
        shown = b""
        while b"[j/N]" not in shown:
            shown += os.read(terminal, 4096)
        assert untracked(site) == set()
        os.write(terminal, b"Ja\n")
        try:
            while data := os.read(terminal, 4096):
                shown += data
        except OSError:  # the other side is closed: that is how a terminal ends on Linux
            pass
    os.close(terminal)
    assert process.returncode == 0, shown.decode()
    assert b"\x1b[1malgokader-lint.toml\x1b[0m" in shown
    assert untracked(site) == ALL
    checked = run("check", cwd=site)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe{",
        b"[" * 100_000,
        b'{"ignorePatterns": {"pattern": "x"}}',
        b'{"ignorePatterns": null}',
        b'{"x": "' + b"x" * 300_000 + b'"}',
        b'{"x": ' + b"1" * 5000 + b"}",
    ],
)
def test_what_is_no_settings_file_of_the_old_link_check(data: bytes) -> None:
    with pytest.raises(BadExclusions):
        read_exclusions(data)


@pytest.mark.parametrize("kind", ["text", "folder", "link"])
def test_a_broken_file_of_the_old_link_check_is_one_line_and_no_stop(tmp_path: Path, kind: str) -> None:
    site = git_site(tmp_path / "site", KNOWN)
    write_files(tmp_path, {"buiten.json": json.dumps(MLC)})
    file = site / "mlc_config.json"
    if kind == "text":
        file.write_text("{")
    elif kind == "folder":
        file.mkdir()
    else:
        file.symlink_to("../buiten.json")
    result = init(site, "--yes")
    (line,) = [line for line in result.stdout.splitlines() if "mlc_config" in line]
    assert line.startswith("mlc_config.json is niet te lezen")
    assert settings_of(site).links.exclude == ()


def test_hostile_patterns_stay_on_their_line(tmp_path: Path) -> None:
    hostile = [
        "::error::x",
        "##[error]x",
        "^https://x/\x1b[31m",
        "a\n::error::y",
        "\u202e",
        "\ud800",
        "x" * 300,
        "'''",
        '"',
    ]
    entries: list[Any] = [{"pattern": pattern} for pattern in hostile]
    entries += [{"pattern": 7}, "x", None, {"pattern": ["x"]}, *({"pattern": f"x{n}"} for n in range(150))]
    site = git_site(tmp_path, KNOWN | {"mlc_config.json": json.dumps({"ignorePatterns": entries})})
    result = init(site, "--yes")
    assert "\x1b" not in result.stdout
    assert "##[" not in result.stdout
    assert not [line for line in result.stdout.splitlines() if line.lstrip().startswith("::")]
    assert len(result.stdout.splitlines()) < 250
    exclude = settings_of(site).links.exclude
    assert exclude[:4] == ("::error::x", "##[error]x", "'''", '"')
    assert len(exclude) == 100
    assert "en nog 53 andere niet" in result.stdout


@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_pattern_is_carried_over_whole_or_named_as_left_out(patterns: list[str]) -> None:
    document = {"ignorePatterns": [{"pattern": pattern} for pattern in patterns]}
    found = read_exclusions(json.dumps(document).encode())
    assert {*found.patterns, *(item.pattern for item in found.left_out)} >= set(patterns)
    text = settings_text(baseline=True, patterns=found.patterns, messages=DUTCH)
    written = find_settings({SETTINGS: text.encode()}.get, ".").settings
    assert (written.links.exclude, written.baseline) == (found.patterns, BASELINE)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^url$", False),
        ("^$", False),
        ("^(?!https?://)", False),
        ("^(?!http)", False),
        ("^mailto:", False),
        (r"^\.\./", False),
        ("^/", False),
        ("^#", False),
        ("^ftp+://", False),
        ("^https://$x", True),
        ("^(?!https://)", True),
        ("^(?!https://x)", True),
        ("^(?!https?://)?", True),
        ("^url$|^https://x", True),
        ("^(http|https)://", True),
        ("^https?://", True),
        ("^HTTPS://X", True),
        ("^u?https://", True),
        ("^u{0}https://", True),
        (r"^\w+://", True),
        ("^.*x", True),
        ("^ht", True),
        ("", True),
        ("mailto:", True),
    ],
)
def test_which_patterns_match_no_web_address(pattern: str, expected: bool) -> None:
    assert may_match(pattern) is expected


PIECES = r"^ http s ? :// url x * + (?! ) $ | . \. [hx] ( {0,1} /".split()


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["http://x", "https://x.x/url", "https://hx?x"]))
def test_a_pattern_that_is_found_in_an_address_is_never_called_useless(pieces: list[str], address: str) -> None:
    pattern = "".join(pieces)
    try:
        found = compile_address(pattern).search(address)
    except ValueError:
        return
    assert may_match(pattern) or not found
