"""``links``: what is asked for, what is told, and what the command ends with; the web is on loopback."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import patch

import pytest

from algokader_lint.links.guard import NoSuchName
from tests.command import Ran, run
from tests.git_in_tests import commit_all, git, git_site
from tests.links.exchange import FINE, page, paths, redirect
from tests.links.small_web import SmallWeb, small_web
from tests.sites_in_tests import minimal_site, write_files

GOOD, OTHER = "www.goed.example", "anders.example"
MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
ANSWERS = {
    "/": FINE,
    "/a": FINE,
    "/b": FINE,
    "/c": FINE,
    "/oud": redirect(301, "/nieuw"),
    "/nieuw": FINE,
    "/kop": page("Een pagina", '<h2 id="er">Er</h2>'),
    "/nee": page("Nee", status=403),
    "/stuk": page("Stuk", status=501),
    **{f"/p{number}": FINE for number in range(8)},
}


@pytest.fixture(scope="module")
def running() -> Iterator[SmallWeb]:
    with small_web({GOOD: paths(ANSWERS), OTHER: paths(ANSWERS)}) as web:
        yield web
    assert web.diary.faults == []


@pytest.fixture
def web(running: SmallWeb) -> SmallWeb:
    running.asked()
    return running


@pytest.fixture(autouse=True)
def _no_pause_between_tries() -> Iterator[None]:
    with patch("algokader_lint.links.checking._PAUSE", (0.0, 0.0)):
        yield


def pages(folder: Path, *targets: str) -> Path:
    """A folder with one page that has a link on each line."""
    text = "\n".join(["# Titel", "", "## Kop", "", *(f"- [nummer](<{target}>)" for target in targets), ""])
    return write_files(folder, {"docs/index.md": text})


def links(folder: Path, web: SmallWeb, *more: str, **env: str) -> Ran:
    cache = () if "--cache" in more else ("--no-cache",)
    return run("links", "--docs-dir", "docs", *cache, *web.options, *more, cwd=folder, env=env)


def found(folder: Path, web: SmallWeb, *more: str) -> dict[str, Any]:
    result = links(folder, web, "--format", "json", *more)
    assert result.stderr == ""
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def verdicts(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {re.sub(r":\d+", "", one["url"]): (one["verdict"], one["reason"]) for one in document["urls"]}


def no_connection(*arguments: object, **more: object) -> NoReturn:
    raise AssertionError("a connection is opened")


def everything_of(web: SmallWeb) -> list[str]:
    return [
        *(web.url(GOOD, target) for target in ("/a", "/weg", "/oud", "/nee", "/stuk", "/kop#niet", "/kop#er")),
        "http://10.1.2.3/", "https://jan:geheim@www.voorbeeld.example/", "https://www.voorbeeld.example:99999/",
    ]  # fmt: skip


def test_the_json_is_a_contract(tmp_path: Path, web: SmallWeb) -> None:
    document = found(pages(tmp_path, *everything_of(web)), web)
    assert document["version"] == 1
    keys = {"url", "verdict", "status", "reason", "final_url", "hops", "checked_at", "cached", "stale", "places"}
    for entry in document["urls"]:
        assert keys <= entry.keys()
        assert all(one.keys() == {"file", "line", "column", "section", "page"} for one in entry["places"])
        assert all(hop.keys() == {"url", "status"} for hop in entry["hops"])
    assert document["summary"] == {
        "dead": 1, "invalid": 1, "unsafe": 2, "suspect": 0, "moved": 1, "tls": 0, "unknown": 1, "blocked": 1,
        "fragment": 1, "ok": 2,
    }  # fmt: skip
    moved = next(entry for entry in document["urls"] if entry["verdict"] == "moved")
    assert (moved["final_url"], moved["moved_to"]) == (web.url(GOOD, "/nieuw"),) * 2
    assert moved["places"] == [{"file": "docs/index.md", "line": 7, "column": 13, "section": "Kop", "page": "Titel"}]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moved["checked_at"])
    assert web.asked()["/kop"] == 1, "an address is asked for once, with all its fragments"


@pytest.mark.parametrize(
    ("targets", "code"), [(["/a"], 0), (["/a", "/weg"], 1), (["/oud", "/nee", "/stuk", "/kop#niet"], 0), ([], 0)]
)
def test_it_fails_for_what_harms_a_reader(tmp_path: Path, web: SmallWeb, targets: list[str], code: int) -> None:
    result = links(pages(tmp_path, *(web.url(GOOD, target) for target in targets)), web)
    assert (result.returncode, result.stderr) == (code, "")
    assert result.stdout


def test_what_is_kept_is_not_asked_for_again(tmp_path: Path, web: SmallWeb) -> None:
    folder = pages(tmp_path, *everything_of(web))
    cache = ("--cache", "kast/links.sqlite3")
    first = found(folder, web, *cache)
    assert set(web.asked()) == {"/a", "/weg", "/oud", "/nieuw", "/nee", "/stuk", "/kop"}
    second = found(folder, web, *cache)
    assert set(web.asked()) == {"/stuk"}, "passing trouble is no verdict"
    assert verdicts(second) == verdicts(first)
    assert {entry["cached"] for entry in second["urls"] if entry["verdict"] in ("ok", "dead", "moved")} == {True}


def test_offline_opens_no_connection_and_marks_what_is_old(tmp_path: Path, web: SmallWeb) -> None:
    folder = pages(tmp_path, *everything_of(web))
    cache = ("--cache", str(tmp_path / "links.sqlite3"))
    found(folder, web, *cache)
    with closing(sqlite3.connect(cache[1])) as connection, connection:
        connection.execute("UPDATE answers SET expires = 5 WHERE url LIKE '%/weg'")
    web.asked()
    pages(tmp_path, *everything_of(web), web.url(GOOD, "/b"))
    with patch("socket.socket", no_connection), patch("socket.getaddrinfo", no_connection):
        document = found(folder, web, "--offline", *cache)
        result = links(folder, web, "--offline", *cache)
    assert web.asked() == {}
    assert document["offline"]
    stale = {entry["url"]: entry["stale"] for entry in document["urls"]}
    assert [url for url, one in stale.items() if one] == [web.url(GOOD, "/weg")]
    assert verdicts(document)[f"http://{GOOD}/b"] == ("unknown", "offline")
    assert verdicts(document)["http://10.1.2.3/"] == ("unsafe", "private")
    assert (result.returncode, result.stderr) == (0, "")
    assert "kan dit niet meer kloppen" in result.stdout or "laatst gecontroleerd op" in result.stdout


def test_without_a_network_it_says_so_and_loses_nothing(tmp_path: Path, web: SmallWeb) -> None:
    cache = ("--cache", str(tmp_path / "links.sqlite3"))
    names = [f"https://naam{number}.voorbeeld.example/" for number in range(12)]
    found(pages(tmp_path, web.url(GOOD, "/a")), web, *cache)

    async def nothing_found(host: str, family: object) -> list[str]:
        raise NoSuchName(host, passing=True)

    with patch("algokader_lint.links.guard._look_up", nothing_found), patch("algokader_lint.links.checking._GRACE", 0):
        for addresses in (names, names[:3]):
            folder = pages(tmp_path, web.url(GOOD, "/a"), *addresses)
            result = run("links", "--docs-dir", "docs", "--format", "json", *cache, *web.options, cwd=folder)
            document = json.loads(result.stdout)
            assert (result.returncode, document["offline"]) == (0, True)
            assert {entry["verdict"] for entry in document["urls"]} == {"ok", "unknown"}
        result = run("links", "--docs-dir", "docs", *cache, *web.options, cwd=folder)
    assert "geen netwerk" in result.stdout
    with closing(sqlite3.connect(cache[1])) as connection:
        assert connection.execute("SELECT verdict, failing_days FROM answers").fetchall() == [("ok", 0)]


def test_a_topic_and_sections_of_sources(tmp_path: Path, web: SmallWeb) -> None:
    urls = {name: web.url(GOOD, f"/{name}") for name in "abc"}
    site = minimal_site(tmp_path)
    text = (site / MEASURE).read_text()
    text = text.replace("Zet de eisen", f"Zet de eisen ({urls['a']})").replace(
        "https://www.voorbeeld.example/handreiking", urls["b"]
    )
    write_files(site, {MEASURE: text, "docs/index.md": f"# Begin\n\n{urls['c']}\n"})

    def told(*more: str) -> set[str]:
        result = run("links", "--format", "json", "--offline", "--no-cache", *more, cwd=site)
        document = json.loads(result.stdout)
        return {entry["url"][-1] for entry in document["urls"] if GOOD in entry["url"]}

    assert told() == {"a", "b", "c"}
    assert told("--topic", "publieke-inkoop") == {"a", "b"}
    assert told("--only-sources") == {"b"}
    assert told("docs/index.md") == {"c"}
    assert told(str(Path(MEASURE).parent), "docs/rollen") == {"a", "b"}
    result = run("links", "--topic", "ruimtevaart", "--no-cache", "--offline", cwd=site)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("algokader-lint: fout: ")


def test_since_takes_added_lines_only(tmp_path: Path, web: SmallWeb) -> None:
    old, moved, new, other = (web.url(GOOD, target) for target in ("/weg", "/weg?verplaatst", "/a", "/b"))
    site = git_site(tmp_path, {"docs/index.md": f"# Begin\n\n- {old}\n\n## Kop\n\n- {moved}\n"})
    git(site, "checkout", "-q", "-b", "tak")
    write_files(
        site,
        {
            "docs/index.md": f"# Begin\n\n- {moved}\n- {new}\n\n## Kop\n\n   - {old}\n",
            "docs/onderwerpen/nieuw.md": f"# Nieuw\n\n{other}\n",
        },
    )
    cache = site / ".git" / "links.sqlite3"
    for _ in range(2):
        result = run("links", "--since", "main", "--format", "json", "--cache", str(cache), *web.options, cwd=site)
        assert (result.returncode, result.stderr) == (0, "")
        assert [entry["url"] for entry in json.loads(result.stdout)["urls"]] == [new, other]
        assert web.asked() == {"/a": 1, "/b": 1}
        commit_all(site)
    assert not cache.exists(), "a change that is proposed writes no cache"
    result = run("links", "--since", "er-niet", "--no-cache", cwd=site)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_pages_in_a_folder_elsewhere(tmp_path: Path, web: SmallWeb) -> None:
    pages(tmp_path / "elders", web.url(GOOD, "/a"))
    site = minimal_site(tmp_path / "site")
    for docs in ("../elders/docs", str(tmp_path / "elders")):
        result = run("links", "--docs-dir", docs, "--format", "json", "--no-cache", *web.options, cwd=site)
        assert (result.returncode, result.stderr) == (0, "")
        assert [entry["url"] for entry in json.loads(result.stdout)["urls"]] == [web.url(GOOD, "/a")]


def test_when_time_is_up_the_rest_is_unknown(tmp_path: Path, web: SmallWeb) -> None:
    folder = pages(tmp_path, *(web.url(GOOD, f"/p{number}") for number in range(4)))
    result = links(folder, web, "--interval", "30", "--max-time", "0.4", "--format", "json")
    document = json.loads(result.stdout)
    assert (result.returncode, document["out_of_time"]) == (0, True)
    reasons = [entry["reason"] for entry in document["urls"]]
    assert "not-reached" in reasons
    assert {entry["verdict"] for entry in document["urls"]} <= {"ok", "unknown"}


WRONG = [
    ("--max-time", "-1"), ("--max-time", "vijf"), ("--max-time", "nan"), ("--max-time", "1e9"), ("--timeout", "0"),
    ("--timeout", "1,5"), ("--interval", "-0.1"), ("--per-host", "0"), ("--concurrency", "0"), ("--concurrency", "inf"),
    ("--allow-network", "alles"), ("--allow-network", "10.0.0.1/8"), ("--resolve", "www.voorbeeld.example"),
    ("--resolve", "www.voorbeeld.example=naam"), ("--resolve", "=127.0.0.1"), ("--ca-file", "er-niet.pem"),
    ("--cache", "docs"), ("--cache", "docs/index.md/links.sqlite3"), ("--format", "yaml"), ("--format", "html"),
    ("--config", "er-niet.toml"), ("--docs-dir", "er-niet"), ("--lang", "fr"), ("--output", "er-niet/uit.txt"),
    ("--pack", "ruimtevaart"),
]  # fmt: skip


@pytest.mark.parametrize(("option", "value"), WRONG)
def test_a_wrong_value_is_told_in_one_line(tmp_path: Path, web: SmallWeb, option: str, value: str) -> None:
    folder = pages(tmp_path, web.url(GOOD, "/a"))
    cache = () if option == "--cache" else ("--no-cache",)
    docs = () if option == "--docs-dir" else ("--docs-dir", "docs")
    result = run("links", *docs, *web.options, *cache, option, value, cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(r"algokader-lint: fout: .+\n", result.stderr)


@pytest.mark.parametrize("option", sorted({option for option, _ in WRONG}))
def test_a_value_that_is_left_out_is_told_in_one_line(tmp_path: Path, option: str) -> None:
    result = run("links", option, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(rf"algokader-lint: fout: .*{option}.*\n", result.stderr)


def test_it_says_what_must_be_installed(tmp_path: Path, web: SmallWeb) -> None:
    folder = pages(tmp_path, web.url(GOOD, "/a"))
    ours = [name for name in sys.modules if name.startswith("algokader_lint.links.") and "client" in name]
    gone = dict.fromkeys(["aiohttp", *ours, "algokader_lint.links.checking", "algokader_lint.links.following"])
    kept = {name: module for name, module in sys.modules.items() if name not in gone}
    with patch.dict(sys.modules, kept | {"aiohttp": None}, clear=True):
        result = links(folder, web)
        offline = links(folder, web, "--offline")
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(r"algokader-lint: fout: .*aiohttp.*algokader-lint\[links\].*\n", result.stderr)
    assert (offline.returncode, offline.stderr) == (0, "")


def test_excluded_addresses_are_not_asked_for(tmp_path: Path, web: SmallWeb) -> None:
    folder = pages(tmp_path, web.url(GOOD, "/weg"), web.url(OTHER, "/a"))
    write_files(folder, {"algokader-lint.toml": "[links]\nexclude = ['^http://www\\.goed']\n"})
    document = found(folder, web)
    assert verdicts(document) == {
        f"http://{GOOD}/weg": ("unknown", "excluded"), f"http://{OTHER}/a": ("ok", "")
    }  # fmt: skip
    assert web.asked() == {"/a": 1}


@pytest.mark.parametrize("key", ["allow_network", "allow-network", "resolve", "ca_file", "cache"])
def test_the_settings_of_the_content_cannot_open_the_guard(tmp_path: Path, web: SmallWeb, key: str) -> None:
    folder = pages(tmp_path, web.url(GOOD, "/a"))
    write_files(folder, {"algokader-lint.toml": f"[links]\n{key} = ['127.0.0.0/8']\n"})
    result = run("links", "--docs-dir", "docs", "--no-cache", cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(rf"algokader-lint: fout: .*{key}.*\n", result.stderr)
    assert web.asked() == {}


def test_without_the_options_nothing_on_this_machine_is_asked(tmp_path: Path, web: SmallWeb) -> None:
    targets = [f"http://{web.addresses[GOOD]}:{web.port}/a", f"http://localhost:{web.port}/a", web.url(GOOD, "/a")]
    with patch("socket.socket", no_connection):
        result = run("links", "--docs-dir", "docs", "--no-cache", "--format", "json", cwd=pages(tmp_path, *targets))
    assert result.returncode == 1
    assert {entry["verdict"] for entry in json.loads(result.stdout)["urls"]} == {"unsafe"}
    assert web.asked() == {}


def test_progress_is_a_plain_line_now_and_then_and_quiet_is_quiet(tmp_path: Path, web: SmallWeb) -> None:
    folder = pages(tmp_path, *(web.url(name, f"/p{number}") for name in (GOOD, OTHER) for number in range(8)))
    with patch("algokader_lint.cli.output._LOG_SECONDS", 0.0):
        loud, quiet = links(folder, web), links(folder, web, "--quiet")
    lines = loud.stderr.splitlines()
    assert 3 < len(lines) <= 20
    assert "16" in lines[-1]
    assert all(line.isprintable() for line in lines)
    assert quiet.stderr == ""
    assert quiet.stdout


def test_what_must_be_said_of_the_cache_is_said(tmp_path: Path, web: SmallWeb) -> None:
    folder = pages(tmp_path, web.url(GOOD, "/a"))
    (tmp_path / "links.sqlite3").write_text("notities van mij\n")
    result = links(folder, web, "--cache", "links.sqlite3")
    assert result.returncode == 0
    assert "links.sqlite3.unusable" in result.stdout + result.stderr
    assert (tmp_path / "links.sqlite3.unusable").read_text() == "notities van mij\n"
    (folder / "docs/index.md").write_text("Zonder adressen.\n")
    usual = run("links", "--docs-dir", "docs", cwd=folder, env={"XDG_CACHE_HOME": str(folder / "docs/index.md")})
    assert usual.returncode == 0, "the usual place is only a help"
    assert "cache" in usual.stdout + usual.stderr


def test_the_patches_of_sockets_work() -> None:
    with patch("socket.socket", no_connection), pytest.raises(AssertionError):
        socket.create_connection(("127.0.0.1", 9))


def test_what_is_true_in_a_test_does_not_reach_the_usual_cache(tmp_path: Path, web: SmallWeb) -> None:
    """With ``--resolve`` a name leads where somebody says; that must not be believed another day."""
    folder, home = pages(tmp_path, web.url(GOOD, "/a")), tmp_path / "home"
    ran = run("links", "--docs-dir", "docs", *web.options, cwd=folder, env={"XDG_CACHE_HOME": str(home)})
    assert ran.returncode == 0
    assert not home.exists()
