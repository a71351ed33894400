"""What ``check`` and ``coverage`` know of addresses: from the web with ``--online``, else what the cache says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import patch

import pytest

from tests.command import run
from tests.git_in_tests import git, git_site
from tests.links.exchange import FINE, page, paths, redirect
from tests.links.small_web import SmallWeb, small_web
from tests.sites_in_tests import SITES, minimal_site, read_files, write_files

HOST = "www.goed.example"
FOLDER = "docs/voldoen-aan-wetten-en-regels"
MEASURE = f"{FOLDER}/maatregelen/2-owp-01-eisen-stellen.md"
OTHER = f"{FOLDER}/maatregelen/7-mon-01-toezicht-houden.md"
DEMAND = f"{FOLDER}/vereisten/aia-01-menselijk-toezicht.md"
ANSWERS = {"/goed": FINE, "/oud": redirect(301, "/goed"), "/leeg": page("Pagina niet gevonden")}
SOURCE, LAW = "https://www.voorbeeld.example/handreiking", "https://wetten.voorbeeld.example/artikel-14"


@pytest.fixture(scope="module")
def running() -> Iterator[SmallWeb]:
    with small_web({HOST: paths(ANSWERS)}) as web:
        yield web


@pytest.fixture
def web(running: SmallWeb) -> Iterator[SmallWeb]:
    running.asked()
    with patch("algokader_lint.links.checking._PAUSE", (0.0, 0.0)):
        yield running


def files(web: SmallWeb, first: str, second: str, law: str) -> dict[str, bytes | str]:
    """The three pages of the minimal site that have a source, with sources of the small web."""
    site = read_files(SITES / "minimaal")
    rows = ((MEASURE, SOURCE, first), (OTHER, SOURCE, second), (DEMAND, LAW, law))
    return {name: site[name].decode().replace(old, web.url(HOST, new)) for name, old, new in rows}


def checked(site: Path, *more: str) -> tuple[int, list[tuple[str, str]], dict[str, Any]]:
    result = run("check", "--format", "json", "--select", "AK7", *more, cwd=site)
    assert result.stderr == ""
    document = json.loads(result.stdout)
    found = [(finding["code"], finding["file"]) for finding in document["findings"]]
    return result.returncode, sorted(pair for pair in found if pair[0] >= "AK710"), document


def no_connection(*arguments: object, **more: object) -> NoReturn:
    raise AssertionError("a connection is opened")


def test_online_adds_what_is_wrong_with_addresses(tmp_path: Path, web: SmallWeb) -> None:
    site = minimal_site(tmp_path, files(web, "/weg", "/oud", "/leeg"))
    code, found, _ = checked(site, "--online", "--no-cache", *web.options)
    assert (code, found) == (1, [("AK711", MEASURE), ("AK712", OTHER), ("AK716", DEMAND)])
    code, found, _ = checked(site, "--online", "--no-cache", *web.options, OTHER)
    assert (code, found) == (0, [("AK712", OTHER)])


def test_without_it_no_connection_is_opened_and_what_the_cache_calls_dead_is_shown(
    tmp_path: Path, web: SmallWeb
) -> None:
    site = minimal_site(tmp_path, files(web, "/weg", "/oud", "/leeg"))
    cache = ("--cache", str(tmp_path / "links.sqlite3"))
    checked(site, "--online", *cache, *web.options)
    web.asked()
    with patch("socket.socket", no_connection), patch("socket.getaddrinfo", no_connection):
        code, found, _ = checked(site, *cache, *web.options)
        assert (code, found) == (1, [("AK711", MEASURE)])
        assert checked(site, "--no-cache")[:2] == (0, [])
        with closing(sqlite3.connect(cache[1])) as connection, connection:
            connection.execute("UPDATE answers SET expires = 5")
        assert checked(site, *cache, *web.options)[:2] == (0, [])
    assert web.asked() == {}


def test_a_damaged_cache_does_not_stop_a_check(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {"links.sqlite3": "geen cache"})
    assert checked(site, "--cache", "links.sqlite3")[:2] == (0, [])
    assert (site / "links.sqlite3").read_text() == "geen cache"


def test_of_a_change_only_what_is_new_is_asked_for(tmp_path: Path, web: SmallWeb) -> None:
    site = git_site(tmp_path, files(web, "/weg", "/goed", "/goed"))
    git(site, "checkout", "-q", "-b", "tak")
    write_files(site, {"docs/rollen/nieuw.md": f"---\ntitle: Nieuw\n---\n\n# Nieuw\n\n{web.url(HOST, '/weg?nieuw')}\n"})
    cache = tmp_path / ".git" / "links.sqlite3"
    code, found, _ = checked(site, "--online", "--since", "main", "--cache", str(cache), *web.options)
    assert found == [("AK711", "docs/rollen/nieuw.md")]
    assert code == 1
    assert set(web.asked()) == {"/weg?nieuw"}
    assert not cache.exists()


def test_without_a_network_a_check_says_so(tmp_path: Path, web: SmallWeb) -> None:
    from algokader_lint.links.guard import NoSuchName

    async def nothing_found(host: str, family: object) -> list[str]:
        raise NoSuchName(host, passing=True)

    site = minimal_site(tmp_path)
    with patch("algokader_lint.links.guard._look_up", nothing_found):
        result = run("check", "--online", "--no-cache", "--interval", "0", cwd=site)
    assert result.returncode == 0
    assert "geen netwerk" in result.stdout + result.stderr


def test_coverage_tells_what_the_cache_says_of_sources(tmp_path: Path, web: SmallWeb) -> None:
    texts = files(web, "/weg", "/goed", "/goed")
    measure = f"{texts[MEASURE]!s}- [Leeg]({web.url(HOST, '/leeg')})\n- [Goed]({web.url(HOST, '/goed')})\n"
    site = minimal_site(tmp_path, {**texts, MEASURE: measure})
    cache = ("--cache", str(tmp_path / "links.sqlite3"))
    checked(site, "--online", *cache, *web.options)

    def sources(*options: str) -> list[int]:
        result = run("coverage", "--format", "json", *options, cwd=site)
        found = next(page for page in json.loads(result.stdout)["pages"] if page["file"] == MEASURE)["sources"]
        return [found[name] for name in ("external", "dead", "suspect", "unknown", "unchecked")]

    with patch("socket.socket", no_connection), patch("socket.getaddrinfo", no_connection):
        assert sources(*cache) == [3, 1, 1, 0, 0]
        assert sources("--no-cache") == [3, 0, 0, 0, 3]
        assert sources("--cache", "mkdocs.yml") == [3, 0, 0, 0, 3], "what cannot be read is as nothing"
