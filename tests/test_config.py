"""Settings that the reader refuses, and in what words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from algokader_lint.config import compile_address, find_settings
from tests.command import run
from tests.sites_in_tests import minimal_site, write_files


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("exlude = ['x']", "onbekende sleutel 'links.exlude'; bedoelde je 'exclude'?"),
        ("exclude = 'x'", "links.exclude: hier hoort een lijst"),
        ("exclude = [3]", "links.exclude.0: hier hoort tekst tussen aanhalingstekens"),
        ("exclude = ['https://(']", "links.exclude: hier hoort een reguliere expressie van hoogstens 200 tekens (miss"),
        ("exclude = ['a{99999999999}']", "links.exclude: hier hoort een reguliere expressie van hoogstens 200 tekens"),
        (f"exclude = ['{'x' * 201}']", "(> 200 characters: xxx"),
        (f"exclude = {['x'] * 101}", "links.exclude: hier horen hoogstens 100 reguliere expressies"),
    ],
)
def test_a_wrong_list_of_addresses_is_one_line_and_2(tmp_path: Path, toml: str, words: str) -> None:
    site = write_files(minimal_site(tmp_path), {"algokader-lint.toml": f"[links]\n{toml}\n"})
    result = run("check", cwd=site)
    assert (result.returncode, result.stdout) == (2, "")
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_addresses_are_read_as_they_are_written() -> None:
    patterns = ["[[a]", r"^https://dl\.acm\.org/", "x" * 200, *["y"] * 97]
    text = f"links.exclude = {json.dumps(patterns)}"
    found = find_settings({"algokader-lint.toml": text.encode()}.get, ".").settings.links.exclude
    assert list(found) == patterns
    assert compile_address(found[1]).search("https://dl.acm.org/doi/1")
