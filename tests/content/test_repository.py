"""Which addresses name a file of the site's own repository, on its main branch."""

from __future__ import annotations

import pytest

from algokader_lint.content.mkdocs import MkdocsFile
from algokader_lint.content.repository import repository_path

REPOSITORY = "https://github.com/Voor/Beeld"
USUAL = ("main", "master")


def path_of(url: str, edit_uri: str | None = None, repo_url: str = REPOSITORY, docs_dir: str = "docs") -> str | None:
    settings = MkdocsFile("mkdocs.yml", docs_dir, repo_url=repo_url, edit_uri=edit_uri)
    found = repository_path(settings, url, USUAL)
    assert found is None or url.startswith(found.before)
    return None if found is None else found.path


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{REPOSITORY}/blob/main/docs/a%20b.md", "docs/a b.md"),
        (f"{REPOSITORY}/tree/master/docs/", "docs"),
        (f"{REPOSITORY}/tree/main", ""),
        (f"{REPOSITORY}/edit/main/a.md", "a.md"),
        ("https://www.github.com/voor/beeld/blob/main/a.md", "a.md"),
        ("https://raw.githubusercontent.com/Voor/Beeld/main/a.md", "a.md"),
        ("https://raw.githubusercontent.com/Voor/Beeld/refs/heads/main/a.md", "a.md"),
        (f"{REPOSITORY}/blob/anders/a.md", None),
        (f"{REPOSITORY}/blob/mainly/a.md", None),
        (f"{REPOSITORY}/issues/1", None),
        (f"{REPOSITORY}2/blob/main/a.md", None),
        ("https://elders.example/Voor/Beeld/blob/main/a.md", None),
        ("ftp://github.com/Voor/Beeld/blob/main/a.md", None),
        ("https://[x/Voor/Beeld/blob/main/a.md", None),
    ],
)
def test_what_stands_in_the_repository(url: str, expected: str | None) -> None:
    assert path_of(url) == expected
    assert path_of(url, repo_url=f"{REPOSITORY}.git/") == expected
    if "raw." in url:
        assert path_of(url, repo_url=REPOSITORY.replace("//", "//www.")) == expected


@pytest.mark.parametrize(
    ("edit_uri", "docs_dir", "branch"),
    [("edit/een/tak/docs/", "docs", "een/tak"), ("/blob/tak/docs", "docs", "tak"), ("edit/tak/anders/", "docs", "tak")],
)
def test_the_branch_is_the_one_that_pages_are_edited_on(edit_uri: str, docs_dir: str, branch: str) -> None:
    for name, expected in ((branch, "a.md"), ("HEAD", "a.md"), ("main", None)):
        assert path_of(f"{REPOSITORY}/blob/{name}/a.md", edit_uri, docs_dir=docs_dir) == expected
