"""Where files are written that settings name: inside the repository, and not among what git keeps for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from algokader_lint.cli.project import Project, place_inside
from algokader_lint.cli.usage import UsageError
from algokader_lint.content.tree import FolderTree
from algokader_lint.messages import load_messages
from tests.command import run
from tests.git_in_tests import git, git_site
from tests.sites_in_tests import read_files, write_files

OUTSIDE = "ligt buiten de repository"
REFUSED = {
    "../buiten.txt": OUTSIDE,
    "/buiten.txt": OUTSIDE,
    ".git/hooks/pre-commit": OUTSIDE,
    "onder/.GIT/hooks/pre-commit": OUTSIDE,
    "map-eruit/nieuw.txt": OUTSIDE,
    "map-naar-git/nieuw.txt": OUTSIDE,
    "bestand-eruit.txt": OUTSIDE,
    "bestand/nieuw.txt": "'bestand' is geen map",
    "nergens/nieuw.txt": "'nergens' is geen map",
    "zichzelf/nieuw.txt": "'zichzelf' is geen map",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = write_files(tmp_path / "site", {"bestand": "", "echt/x": "", ".git/hooks/x": "", "onder/x": ""})
    write_files(tmp_path / "buiten", {"van-een-ander.txt": "van een ander"})
    links = {
        "map-eruit": "../buiten",
        "map-naar-git": ".git/hooks",
        "bestand-eruit.txt": "../buiten/nieuw.txt",
        "nergens": "bestaat-niet",
        "zichzelf": "zichzelf",
        "map-erin": "echt",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    return Project(root, ".", FolderTree(root))


@pytest.mark.parametrize("place", REFUSED)
def test_no_place_outside(project: Project, place: str) -> None:
    with pytest.raises(UsageError, match=REFUSED[place]):
        place_inside(project, place, load_messages("nl"))


@pytest.mark.parametrize("place", ["nieuw.txt", "bestand", "a/b/nieuw.txt", "map-erin/nieuw.txt", "onder/../x.txt"])
def test_any_place_inside(project: Project, place: str) -> None:
    assert place_inside(project, place, load_messages("nl")) == project.root / place


@pytest.mark.parametrize(("key", "command"), [("baseline", "check --write-baseline"), ("retired-ids", "ids --history")])
def test_settings_do_not_make_a_command_write_elsewhere(tmp_path: Path, key: str, command: str) -> None:
    site = git_site(tmp_path / "site", {"algokader-lint.toml": f"{key} = '../buiten.txt'\n"})
    git(site, "tag", "v1")
    before = read_files(tmp_path)
    result = run(*command.split(), cwd=site)
    assert (result.returncode, result.stdout) == (2, "")
    assert OUTSIDE in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert read_files(tmp_path) == before
