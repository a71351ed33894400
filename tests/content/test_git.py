"""git as it is asked: revisions, what is stored, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from algokader_lint.content.git import (
    BadRevision,
    commit_of,
    index_differs,
    is_modified,
    merge_base,
    search_tags,
)
from algokader_lint.content.source import SIZE_LIMIT
from algokader_lint.content.tree import CannotList, CannotRead, Tree, open_commit, open_index, open_tree
from tests.corpus import clone_release, needs_corpus
from tests.git_in_tests import commit_all, git, git_site
from tests.sites_in_tests import write_files

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"


def kind_of(tree: Tree, path: str) -> str:
    with pytest.raises(CannotRead) as caught:
        tree.read(path)
    return caught.value.kind


@needs_corpus
def test_a_commit_and_the_index_hold_what_the_work_tree_holds(tmp_path: Path) -> None:
    site = clone_release("v2.4.0", tmp_path / "site")
    work = open_tree(site, {"PRE_COMMIT": "1"})
    with open_commit(site, "HEAD") as commit, open_index(site) as index:
        assert list(commit.paths()) == list(index.paths()) == list(work.paths())
        link = "docs/over-het-algoritmekader/CONTRIBUTING.md"
        assert (site / link).is_symlink()
        assert len({commit.entries[link].object, commit.entries["CONTRIBUTING.md"].object}) == 2
        for path in work.paths():
            if path.endswith((".md", ".yml")):
                assert commit.read(path) == index.read(path) == work.read(path)


def test_what_is_stored_is_read_with_the_same_care_as_what_is_on_disk(tmp_path: Path) -> None:
    site = git_site(tmp_path / "site")
    (tmp_path / "geheim.md").write_text("geheim")
    for name, target in (("uit", "../../../geheim.md"), ("abs", str(tmp_path / "geheim.md")), ("kring", "kring.md")):
        (site / f"docs/rollen/{name}.md").symlink_to(target)
    (site / "docs/rollen/weg.md").symlink_to("er-niet.md")
    (site / "docs/rollen/map.md").symlink_to("../onderwerpen")
    (site / "docs/rollen/goed.md").symlink_to("jurist.md")
    write_files(site, {"docs/rollen/groot.md": b"x" * (SIZE_LIMIT + 1), os.fsdecode(b"docs/rollen/caf\xe9.md"): "x"})
    commit_all(site)
    with open_commit(site, "HEAD") as tree:
        assert [kind_of(tree, f"docs/rollen/{n}.md") for n in ("uit", "abs", "kring", "weg", "map", "groot")] == [
            "outside", "outside", "denied", "absent", "folder", "too-large"
        ]  # fmt: skip
        assert tree.read("docs/rollen/goed.md") == (site / "docs/rollen/jurist.md").read_bytes()
        assert tree.read(os.fsdecode(b"docs/rollen/caf\xe9.md")) == b"x"
        assert kind_of(tree, "docs/rollen") == "folder"
        assert kind_of(tree, "docs/rollen/er-niet.md") == "absent"


def test_a_submodule_is_no_file(tmp_path: Path) -> None:
    site = git_site(tmp_path / "site")
    inner = git_site(tmp_path / "inner")
    git(site, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "docs/deel.md")
    commit_all(site)
    with open_commit(site, "HEAD") as tree:
        assert "docs/deel.md" not in tree.paths()
        assert ".gitmodules" in tree.paths()


def test_an_unknown_commit_cannot_be_listed(tmp_path: Path) -> None:
    with pytest.raises(CannotList), open_commit(git_site(tmp_path), "0" * 40):
        pass


@pytest.mark.parametrize(
    "revision", ["", "er-niet", "--help", "-x", "HEAD:mkdocs.yml", "HEAD~99", "a\nb", "a\0b", "$(touch x)", "main.."]
)  # fmt: skip
def test_what_is_no_revision_is_unknown(tmp_path: Path, revision: str) -> None:
    site = git_site(tmp_path)
    with pytest.raises(BadRevision) as caught:
        commit_of(site, revision)
    assert (caught.value.kind, caught.value.shallow) == ("unknown", False)
    assert not (site / "x").exists()


def test_the_nearest_branch_or_tag_is_offered(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    git(site, "tag", "v1.6.1")
    with pytest.raises(BadRevision) as caught:
        commit_of(site, "v1.6.2")
    assert caught.value.near == ("v1.6.1",)


def test_the_merge_base_is_where_a_branch_was_parted(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    fork = git(site, "rev-parse", "HEAD")
    git(site, "checkout", "-q", "-b", "tak")
    commit_all(site, "op de tak")
    git(site, "checkout", "-q", "main")
    commit_all(site)
    git(site, "checkout", "-q", "tak")
    assert merge_base(site, "main") == fork


def test_histories_without_a_common_past_are_unrelated(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    git(site, "checkout", "-q", "--orphan", "los")
    commit_all(site)
    with pytest.raises(BadRevision) as caught:
        merge_base(site, "main")
    assert (caught.value.kind, caught.value.shallow) == ("unrelated", False)


def test_a_shallow_clone_of_a_merge_needs_only_the_commit_it_was_merged_into(tmp_path: Path) -> None:
    site = git_site(tmp_path / "site")
    git(site, "checkout", "-q", "-b", "tak")
    commit_all(site, "op de tak")
    git(site, "checkout", "-q", "main")
    base = commit_all(site)
    git(site, "merge", "-q", "--no-ff", "-m", "samen", "tak")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{site}", "ondiep")
    shallow = tmp_path / "ondiep"
    with pytest.raises(BadRevision) as caught:
        merge_base(shallow, base)
    assert (caught.value.kind, caught.value.shallow) == ("unknown", True)
    git(shallow, "fetch", "-q", "--no-tags", "--depth=1", "origin", base)
    assert merge_base(shallow, base) == base
    with open_commit(shallow, base) as tree:
        assert MEASURE in tree.paths()


def test_something_is_staged_or_not(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    write_files(site, {"docs/rollen/jurist.md": "---\ntitle: Anders\n---\n"})
    assert not index_differs(site)
    git(site, "add", ".")
    assert index_differs(site)


def test_a_repository_cloned_in_part_is_not_completed_behind_the_back(tmp_path: Path) -> None:
    site = git_site(tmp_path / "site")
    git(site, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{site}", "deels")
    with open_commit(tmp_path / "deels", "HEAD") as tree:
        assert kind_of(tree, MEASURE) == "denied"


def test_a_new_file_is_a_change_where_it_is_looked_for(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    write_files(site, {".gitignore": "*.tmp\n"})
    commit_all(site)
    write_files(site, {"elders/nieuw.md": "a", "docs/weg.tmp": "a"})
    assert not is_modified(site, "docs")
    write_files(site, {"docs/nieuw.md": "a"})
    assert is_modified(site, "docs")


def test_what_is_found_in_tags_is_plain_text_whatever_the_settings(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    git(site, "config", "color.ui", "always")
    git(site, "config", "grep.lineNumber", "true")
    git(site, "config", "grep.column", "true")
    git(site, "tag", "-a", "-m", "eerste", "v1")
    found = search_tags(site, ["v1"], "urn:nl:ak:mtr:[a-z]+-[0-9]+", "docs")
    assert {word.rpartition(":")[2] for word in found} >= {"owp-01"}
    assert all(word.startswith("urn:nl:ak:mtr:") for word in found)
