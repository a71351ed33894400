"""Fixes of the real content: all that can be repaired is, and nothing else changes, on the page as a reader sees it."""

from __future__ import annotations

import difflib
import io
import re
import tarfile

import pytest

from algokader_lint.content.front_matter import read_front_matter
from algokader_lint.engine.fixing import try_fixes
from algokader_lint.fix import encoded
from tests.checks.pages import html
from tests.corpus import RELEASES, corpus_archive, takes_long
from tests.sites_in_tests import FilesTree, task

_INVISIBLE = re.compile(r"<!--.*?-->", re.DOTALL)
_LEADS = re.compile(r'(?:href|src|id)="[^"]*"')
_TAG = re.compile(r"<[^>]*>")
_BULLET = re.compile(r"[-*•–]|\d+[.)]")


def release_in_memory(release: str) -> FilesTree:
    """The files of a release; a symbolic link is the file that it leads to."""
    with tarfile.open(fileobj=io.BytesIO(corpus_archive(release))) as archive:
        opened = {member.name: archive.extractfile(member) for member in archive if not member.isdir()}
        return FilesTree({name: file.read() for name, file in opened.items() if file is not None})


def shown(text: str) -> tuple[list[str], list[str]]:
    """The words of a page that a reader sees, bullets apart, and where its links, images and ids lead."""
    page = _INVISIBLE.sub("", html(text[read_front_matter(text).body_start :]))
    return [word for word in _TAG.sub(" ", page).split() if not _BULLET.fullmatch(word)], _LEADS.findall(page)


def changes(before: list[str], after: list[str]) -> int:
    """How many places differ."""
    codes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(code != "equal" for code, *_ in codes)


@takes_long
@pytest.mark.parametrize("release", RELEASES)
def test_what_is_repaired_changes_nothing_else(release: str) -> None:
    tree = release_in_memory(release)
    found = try_fixes(task(tree, pack="streng"), unsafe=False)
    assert found.refused == []
    assert len(found.files) > 10
    for item in found.files:
        before = item.file.source.text
        # What is in the front matter, or in a comment for the site's build, changes nothing here.
        for old, new in zip(shown(before), shown(item.text), strict=True):
            assert changes(old, new) <= len(item.problems), item.file.path
        assert before.count("\r\n") * 2 >= before.count("\n") or "\r\n" not in item.text
    mended = FilesTree({**tree.files, **{i.file.path: encoded(i.file.source, i.text) for i in found.files}})
    assert try_fixes(task(mended, pack="streng"), unsafe=False).files == []
