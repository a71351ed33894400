"""What is read of a site's settings, and how it is told that they cannot be read."""

from __future__ import annotations

import pytest

from algokader_lint.content.mkdocs import BadMkdocsFile, MkdocsFile, read_mkdocs_file


def read(text: str, path: str = "mkdocs.yml") -> MkdocsFile:
    return read_mkdocs_file(path, text.encode())


def test_what_an_environment_may_say_otherwise_is_read_as_it_is_without_one() -> None:
    site = read("site_url: !ENV [ADRES, OOK, 'https://a.example/']\nrepo_url: !ENV [PLEK]\nedit_uri: edit/main/docs\n")
    assert (site.site_url, site.repo_url, site.edit_uri) == ("https://a.example/", None, "edit/main/docs")


@pytest.mark.parametrize(("folder", "expected"), [("tekst", "site/tekst"), ("../docs", "docs"), ("./", "site")])
def test_pages_stand_where_the_settings_say(folder: str, expected: str) -> None:
    assert read(f"docs_dir: {folder}\n", "site/mkdocs.yml").docs_dir == expected


@pytest.mark.parametrize(
    ("said", "rooted"),
    [
        ("validation: {absolute_links: relative_to_docs}", True),
        ("validation:\n  links:\n    absolute_links: relative_to_docs", True),
        ("validation:\n  links:\n    absolute_links: warn", False),
        ("validation: {nav: {absolute_links: relative_to_docs}}", False),
        ("validation: relative_to_docs", False),
    ],
)
def test_where_a_link_with_a_slash_starts(said: str, rooted: bool) -> None:
    assert read(said).rooted_in_docs is rooted


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("markdown_extensions: [toc, abbr]", False),
        ("markdown_extensions:\n- toc:\n    separator: _", True),
        ("markdown_extensions:\n- markdown.extensions.toc: {slugify: !!python/name:a.b ''}", True),
        ("markdown_extensions:\n  toc:\n    slugify: x", True),
        ("markdown_extensions:\n- toc:\n    permalink: true\n- abbr:\n    separator: _", False),
        ("markdown_extensions: toc", False),
    ],
)
def test_whether_headings_get_ids_of_their_own(said: str, own: bool) -> None:
    assert read(said).own_slugs is own


@pytest.mark.parametrize(
    ("said", "folders"), [("false", False), ("No", False), ("true", True), ("!ENV [X, off]", False)]
)
def test_whether_pages_have_folders_of_their_own(said: str, folders: bool) -> None:
    assert read(f"use_directory_urls: {said}\n").directory_urls is folders


def test_plugins_and_the_menu_in_order() -> None:
    site = read(
        "plugins:\n- search\n- tags: {a: b}\nnav:\n- a.md\n- B: b.md\n- C:\n  - c.md\n  - D: {E: e.md}\n- f.md\n"
    )
    assert site.plugins == ("search", "tags")
    assert [entry.target for entry in site.nav] == ["a.md", "b.md", "c.md", "e.md", "f.md"]
    assert read("plugins: {search: {}, macros: {}}").plugins == ("search", "macros")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"site_name: x\nsite_url: \xff\n", ("not-utf-8", 2, "")),
        (b"site_name: x\n\nnav:\n\t- a.md\n", ("tab", 4, "\t")),
        (b"- a\n", ("no-mapping", 1, "")),
        (b"site_name: x\ndocs_dir: ../elders\n", ("outside", 1, "../elders")),
    ],
)
def test_settings_that_cannot_be_used_are_told_with_their_line(data: bytes, expected: tuple[str, int, str]) -> None:
    with pytest.raises(BadMkdocsFile) as caught:
        read_mkdocs_file("mkdocs.yml", data)
    assert (caught.value.kind, caught.value.line, caught.value.detail) == expected
