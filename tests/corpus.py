"""Releases of the real content, when the shared folder is there; tests over them say so when it is not."""

from __future__ import annotations

import atexit
import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

BUNDLE = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "algoritmekader.bundle"
SOURCE_PAGE = BUNDLE.parent / "publieke-inkoop-bron.md"
needs_corpus = pytest.mark.corpus
"""A test over the real content: ``make slow`` runs it, ``make test`` does not. Skipped where that is not there."""
takes_long = pytest.mark.takes_long
"""A test that takes minutes, alone or with others like it: ``make fuzz`` runs it."""
_TAGS = ("v1.5.1", "v1.6.1", "v2.0", "v2.4.0")
RELEASES = [pytest.param(tag, marks=needs_corpus) for tag in _TAGS]


def _mainly(*tags: str) -> list[ParameterSet]:
    """All releases, which share most of their pages: the others take long."""
    return [pytest.param(tag, marks=[needs_corpus, *([] if tag in tags else [takes_long])]) for tag in _TAGS]


SOME_RELEASES = _mainly("v1.6.1", "v2.4.0")
NEWEST_RELEASE = _mainly("v2.4.0")


@cache
def _repository() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", "--bare", str(BUNDLE), str(folder / "bare")], check=True)
    return folder / "bare"


@cache
def corpus_archive(release: str) -> bytes:
    """A release as a tar archive."""
    command = ["git", "-C", str(_repository()), "archive", "--format=tar", release]
    return subprocess.run(command, check=True, capture_output=True).stdout


@cache
def release_files(release: str) -> Mapping[str, bytes]:
    """The files of a release, by their paths; symbolic links left out."""
    with tarfile.open(fileobj=io.BytesIO(corpus_archive(release))) as archive:
        opened = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        return {name: file.read() for name, file in opened.items() if file is not None}


def clone_release(release: str, folder: Path) -> Path:
    """A release checked out in ``folder``, with its history."""
    subprocess.run(["git", "clone", "--quiet", "--branch", release, str(_repository()), str(folder)], check=True)
    return folder
