"""The hook, by the real pre-commit, in a real repository, from a git URL."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.sites_in_tests import minimal_site

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[1]
MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
_NOT_SHARED = ("algokader_lint", "_distutils_hack", "pip", "pkg_resources", "setuptools")
VEREISTE = "docs/voldoen-aan-wetten-en-regels/vereisten/aia-01-menselijk-toezicht.md"


def environment(home: Path) -> dict[str, str]:
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    identity = {"NAME": "Test", "EMAIL": "test@voorbeeld.example"}
    names = {f"GIT_{who}_{part}": value for who in ("AUTHOR", "COMMITTER") for part, value in identity.items()}
    path = f"{Path(sys.executable).parent}{os.pathsep}{keep.get('PATH', '')}"
    return {**keep, **names, "PRE_COMMIT_HOME": str(home), "PATH": path}


def git(folder: Path, env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def hook_repository(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This project as it stands in the work tree, committed, and the name of that commit."""
    folder = tmp_path_factory.mktemp("hook")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, os.fsdecode(listing).split("\0")):
        if (PROJECT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, folder / name)
    env = environment(folder)
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "hook")):
        assert git(folder, env, *arguments).returncode == 0
    return folder, git(folder, env, "rev-parse", "HEAD").stdout.strip()


needs_checkout = pytest.mark.skipif(
    not (PROJECT / ".git").exists(), reason="the hook comes from a git checkout, which this is not"
)


@pytest.fixture(scope="module")
def dependencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages that the tests run with, without this one: pip finds them there, and need not install them again.

    That those which this one asks for are enough is seen by ``make wheel``.
    """
    folder = tmp_path_factory.mktemp("packages")
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if entry.suffix != ".pth" and not entry.name.startswith(_NOT_SHARED):
            (folder / entry.name).symlink_to(entry)
    return folder


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, hook_repository: tuple[Path, str], dependencies: Path
) -> tuple[Path, dict[str, str]]:
    """A site with an old error and the hook installed, by pre-commit itself; and the environment to run git in."""
    folder, revision = hook_repository
    site = minimal_site(tmp_path_factory.mktemp("site"), {"docs/rollen/oud.md": "geen voorblad\n"})
    env = environment(tmp_path_factory.mktemp("home"))
    env["PYTHONPATH"] = str(dependencies)
    config = (
        f"repos:\n- repo: {folder}\n  rev: {revision}\n  hooks:\n  - id: algokader-lint\n  - id: algokader-lint-fix\n"
    )
    (site / ".pre-commit-config.yaml").write_text(config)
    git(site, env, "init", "-q")
    git(site, env, "add", ".")
    assert git(site, env, "commit", "-qm", "begin").returncode == 0
    command = ["pre-commit", "install", "--install-hooks"]
    # What builds a package is at hand too: "0" is how pip is told not to fetch it for each build (pip issue 5735).
    alone = {**env, "PIP_NO_BUILD_ISOLATION": "0"}
    install = subprocess.run(command, cwd=site, env=alone, capture_output=True, text=True, check=False)
    assert install.returncode == 0, install.stdout + install.stderr
    return site, env


@needs_checkout
def test_the_hook_stops_what_the_commit_makes_worse(site: tuple[Path, dict[str, str]]) -> None:
    folder, env = site
    page = (folder / MEASURE).read_text()
    (folder / MEASURE).write_text(page.replace("Zet de eisen in", "Zet alle eisen in"))
    good = git(folder, env, "commit", "-qam", "een goede wijziging")
    assert good.returncode == 0, good.stdout + good.stderr

    (folder / MEASURE).write_text(page.replace("aia-01-menselijk", "aia-01-menslijk"))
    broken = git(folder, env, "commit", "-qam", "een gebroken verwijzing")
    assert broken.returncode == 1
    told = broken.stdout + broken.stderr
    assert "bedoelde je 'aia-01-menselijk-toezicht'?" in told
    assert "oud.md" not in told
    assert "Nieuw sinds de laatste commit: 1 fout op 1 pagina, 0 waarschuwingen, 1 oude melding niet getoond" in told
    git(folder, env, "checkout", "-q", "HEAD", ".")

    git(folder, env, "rm", "-q", VEREISTE)
    deleted = git(folder, env, "commit", "-qm", "alleen een vereiste weg")
    assert deleted.returncode == 1
    assert "vereiste 'aia-01-menselijk-toezicht' bestaat niet" in deleted.stdout + deleted.stderr
    git(folder, env, "checkout", "-q", "HEAD", ".")


@needs_checkout
def test_all_files_means_all_findings(site: tuple[Path, dict[str, str]]) -> None:
    folder, env = site
    command = ["pre-commit", "run", "--all-files"]
    result = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "docs/rollen/oud.md:1:1" in result.stdout


@needs_checkout
def test_the_second_hook_repairs_when_it_is_asked_for(site: tuple[Path, dict[str, str]]) -> None:
    folder, env = site
    command = ["pre-commit", "run", "--hook-stage", "manual", "algokader-lint-fix", "--all-files"]
    old, page = folder / "docs/rollen/oud.md", (folder / MEASURE).read_text()
    old.write_text("---\ntitle: Oud\nhide: toc\n---\n")
    (folder / MEASURE).write_text(page.replace("title: Stel eisen aan de leverancier", "title: Stel eisen."))
    git(folder, env, "add", ".")
    first = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    mended = (folder / MEASURE).read_text()
    git(folder, env, "add", ".")
    second = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    git(folder, env, "reset", "-q", "--hard")
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    assert "1 × AK108 punt-achter-titel" in first.stdout
    assert mended == page.replace("title: Stel eisen aan de leverancier", "title: Stel eisen")
    assert second.returncode == 0, second.stdout + second.stderr


@needs_checkout
def test_the_hook_needs_no_network(site: tuple[Path, dict[str, str]]) -> None:
    alone = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED: this machine makes no network namespace, so nobody saw the hook without a network")
    folder, env = site
    (folder / "docs/rollen/nieuw.md").write_text("geen voorblad\n")
    git(folder, env, "add", ".")
    command = [*alone, "git", "-c", "safe.directory=*", "commit", "-qm", "zonder netwerk"]
    result = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    git(folder, env, "rm", "-qf", "docs/rollen/nieuw.md")
    assert result.returncode == 1
    assert "docs/rollen/nieuw.md:1:1" in result.stdout + result.stderr
