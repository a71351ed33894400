from __future__ import annotations

import time

import pytest

from algokader_lint.globs import BadGlob, compile_glob


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("docs/*.md", "docs/a.md", True),
        ("docs/*.md", "docs/b/a.md", False),
        ("docs/**/*.md", "docs/a.md", True),
        ("docs/**/*.md", "docs/b/c/a.md", True),
        ("**/maatregelen/*.md", "maatregelen/x.md", True),
        ("**/maatregelen/*.md", "a/b/maatregelen/x.md", True),
        ("**/maatregelen/*.md", "a/xmaatregelen/x.md", False),
        ("docs/**", "docs/a/b.md", True),
        ("docs/?.md", "docs/a.md", True),
        ("docs/?.md", "docs/ab.md", False),
        ("a*b*c", "a1b2b3c", True),
        ("a*b*c", "a1b2bc3", False),
        ("*a*a", "aaa", True),
        ("*", "a\nb", True),
        ("a.md", "aXmd", False),
        ("[a]", "[a]", True),
    ],
)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    assert (compile_glob(pattern).match(path) is not None) == expected


def test_matching_is_bounded() -> None:
    started = time.process_time()
    compile_glob("docs/**/" + "*a" * 60 + "x").match("docs/rollen/" + "a" * 200 + "b.md")
    assert time.process_time() - started < 1
    for pattern in ("a" * 201, "**/a/**/b/**/c/**/d"):
        with pytest.raises(BadGlob):
            compile_glob(pattern)
