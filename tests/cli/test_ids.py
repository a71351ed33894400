"""``algokader-lint ids``: held against ids read from git by a few lines of this test."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from algokader_lint.content.retired import BadRetiredIds, read_retired_ids
from tests.command import run
from tests.corpus import clone_release, needs_corpus, takes_long
from tests.git_in_tests import commit_all, git, git_site
from tests.sites_in_tests import SITES, read_files, write_files

FOLDER = "docs/voldoen-aan-wetten-en-regels/maatregelen"
MEASURE = f"{FOLDER}/2-owp-01-eisen-stellen.md"
CLEAN = read_files(SITES / "minimaal")[MEASURE].decode()
LIST = "opgeheven-ids.yaml"


def measure(number: str, title: str) -> str:
    return CLEAN.replace("owp-01", number).replace("Stel eisen aan de leverancier", title)


def retired(site: Path) -> list[dict[str, str | None]]:
    found: list[dict[str, str | None]] = yaml.load((site / LIST).read_text(), Loader=yaml.CSafeLoader)
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Three releases: owp-02 is renumbered to owp-03, and its old number goes to another page; owp-05 disappears."""
    contract, milieu = "Leg afspraken vast in het contract", "Meet de impact op het milieu"
    pages = {
        f"{FOLDER}/2-owp-02-contract.md": measure("owp-02", contract),
        f"{FOLDER}/2-owp-05-oud.md": measure("owp-05", "Bewaar de oude gegevens"),
    }
    site = git_site(tmp_path, pages)
    git(site, "tag", "v1")
    git(site, "mv", f"{FOLDER}/2-owp-02-contract.md", f"{FOLDER}/2-owp-03-contract.md")
    write_files(site, {f"{FOLDER}/2-owp-03-contract.md": measure("owp-03", contract)})
    (site / FOLDER / "2-owp-05-oud.md").unlink()
    commit_all(site, "twee")
    git(site, "tag", "v2")
    git(site, "tag", "v2-nog-eens")
    write_files(site, {f"{FOLDER}/2-owp-02-milieu.md": measure("owp-02", milieu)})
    commit_all(site, "drie")
    return site


def test_the_history_is_written_once_and_kept(site: Path) -> None:
    result = run("ids", "--history", cwd=site / "docs")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"2 opgeheven id's toegevoegd aan {LIST}; 0 stonden er al\n"
    assert retired(site) == [
        {
            "id": "urn:nl:ak:mtr:owp-02",
            "title": "Leg afspraken vast in het contract",
            "release": "v1",
            "successor": "urn:nl:ak:mtr:owp-03",
            "reason": "de pagina heeft een ander nummer sinds v2",
            "holder": "Meet de impact op het milieu",
        },
        {
            "id": "urn:nl:ak:mtr:owp-05",
            "title": "Bewaar de oude gegevens",
            "release": "v1",
            "successor": None,
            "reason": "de pagina bestaat niet meer sinds v2",
        },
    ]
    text = (site / LIST).read_text().replace("de pagina bestaat niet meer sinds v2", "samengevoegd # met owp-01")
    (site / LIST).write_text(text + "# onderaan\n")
    assert run("ids", "--history", cwd=site).stdout == f"0 opgeheven id's toegevoegd aan {LIST}; 2 stonden er al\n"
    assert (site / LIST).read_text() == text + "# onderaan\n"
    assert run("check", "--select", "AK2", cwd=site).returncode == 0


def test_a_retired_id_is_kept_from_being_given_again(site: Path) -> None:
    run("ids", "--history", cwd=site)
    write_files(site, {f"{FOLDER}/2-owp-05-nieuw.md": measure("owp-05", "Iets heel anders")})
    result = run("check", "--select", "AK205", cwd=site)
    assert result.returncode == 1
    assert (
        "id 'urn:nl:ak:mtr:owp-05' is opgeheven en was van een andere pagina: Bewaar de oude gegevens" in result.stdout
    )
    assert f"{LIST}:13:3" in result.stdout
    write_files(site, {f"{FOLDER}/2-owp-05-nieuw.md": measure("owp-05", "Bewaar de oude gegevens goed")})
    assert run("check", "--select", "AK205", cwd=site).returncode == 0


def test_a_retired_number_is_not_offered(site: Path) -> None:
    write_files(site, {LIST: "- id: urn:nl:ak:mtr:owp-41\n  title: Oud\n  reason: weg\n"})
    series = json.loads(run("ids", "--format", "json", cwd=site).stdout)["series"]
    assert next(one for one in series if one["series"] == "urn:nl:ak:mtr:owp-") == {
        "series": "urn:nl:ak:mtr:owp-",
        "used": [f"urn:nl:ak:mtr:owp-{n:02}" for n in (1, 2, 3)],
        "free": "urn:nl:ak:mtr:owp-42",
    }
    assert "urn:nl:ak:mtr:owp-…  3 in gebruik, nog nooit gebruikt: urn:nl:ak:mtr:owp-42" in run("ids", cwd=site).stdout


def test_an_id_that_goes_may_be_listed_with_it(site: Path) -> None:
    (site / FOLDER / "2-owp-03-contract.md").unlink()
    assert "AK204" in run("check", "--since", "HEAD", "--select", "AK204", cwd=site).stdout
    run("ids", "--history", cwd=site)
    result = run("check", "--since", "HEAD", "--select", "AK204", cwd=site)
    assert (result.returncode, "AK204" in result.stdout) == (0, False)


def test_an_entry_that_has_ended_is_told_and_counts_no_more(site: Path) -> None:
    entry = "- id: urn:nl:ak:mtr:owp-01\n  title: Iets anders\n  reason: weg\n  until: 2020-01-01\n"
    write_files(site, {LIST: entry})
    out = run("check", "--format", "concise", cwd=site).stdout
    assert "AK205" not in out
    assert f"{LIST}:1:3: AK911 [waarschuwing] de opgeheven id 'urn:nl:ak:mtr:owp-01' gold tot en met 2020-01-01" in out


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("id: x\n", 1, "hier hoort een lijst van id's"),
        ("- x\n", 1, "hier hoort een id met title en reason"),
        ("- id: x\n  titel: y\n", 2, "onbekende sleutel 'titel'; bedoelde je 'title'?"),
        ("- id: x\n  title: y\n", 1, "'reason' ontbreekt"),
        ("- id: x\n  title: [y]\n  reason: z\n", 2, "bij 'title' hoort één tekst"),
        ("- id: x\n  title: y\n  reason: z\n  until: morgen\n", 4, "hoort een datum"),
        ("- id: x\n  title: *a\n", 2, "niet te lezen"),
        ("- id: 'x\n", 1, "niet te lezen"),
        ("[" * 50_000, 1, "niet te lezen"),
        ("\0", 1, "niet te lezen"),
    ],
)
def test_a_list_that_cannot_be_used_is_one_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(BadRetiredIds):
        read_retired_ids(LIST, text.encode())
    site = write_files(tmp_path, {**read_files(SITES / "minimaal"), LIST: text})
    result = run("check", cwd=site)
    assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert f"{LIST}, regel {line}: " in result.stderr
    assert words in result.stderr


def test_without_releases_there_is_no_history(tmp_path_factory: pytest.TempPathFactory, site: Path) -> None:
    other = tmp_path_factory.mktemp("elders")
    plain = write_files(other / "los", read_files(SITES / "minimaal"))
    bare = git_site(other / "geen-tags")
    git(other, "clone", "-q", "--depth", "1", f"file://{site}", "ondiep")
    for folder, words in ((bare, "heeft geen tags"), (other / "ondiep", "ondiep (shallow)"), (plain, "git-repository")):
        result = run("ids", "--history", cwd=folder)
        assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
        assert words in result.stderr
        assert not (folder / LIST).exists()


def test_a_list_of_another_make_is_not_damaged(site: Path) -> None:
    text = "[{id: urn:nl:ak:mtr:owp-09, title: Oud, reason: weg}]\n"
    write_files(site, {LIST: text})
    result = run("ids", "--history", cwd=site)
    assert result.returncode == 2
    assert "is niet aan te vullen" in result.stderr
    assert (site / LIST).read_text() == text
    assert run("ids", "--history", "--output", "nieuw.yaml", cwd=site).returncode == 2


def ids_of(repository: Path, release: str) -> set[str]:
    command = ["git", "-C", str(repository), "grep", "-hE", r"^id: +urn:", release, "--", "docs/*.md"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return {re.sub(r"^id: *", "", line).strip() for line in lines}


@needs_corpus
@takes_long
def test_every_id_that_a_release_lost_is_on_the_list(tmp_path: Path) -> None:
    site = clone_release("v2.4.0", tmp_path / "site")
    assert run("ids", "--history", cwd=site).returncode == 0
    listed = retired(site)
    gone = set.union(*(ids_of(site, tag) for tag in ("v1.5.1", "v1.6.1", "v2.0"))) - ids_of(site, "v2.4.0")
    assert gone == {entry["id"] for entry in listed if not entry.get("holder")}
    assert len(listed) > 60
    assert run("check", "--select", "AK205", cwd=site).returncode == 0
