"""``links`` that is stopped in the middle: killed, interrupted, or without any network; in processes of their own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.command import environment, run
from tests.links import apart
from tests.links.exchange import FINE, Behaviour, Request, paths, send
from tests.links.small_web import SmallWeb, small_web
from tests.sites_in_tests import write_files

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
QUICK = [f"/snel{number}" for number in range(4)]
SLOW = [f"/traag{number}" for number in range(3)]
SECONDS = 2.0


async def hang(request: Request, writer: asyncio.StreamWriter) -> None:
    """No answer the first time, a good one later."""
    if request.earlier:
        await send(request, writer, FINE)
    else:
        await asyncio.sleep(60)


@pytest.fixture
def web() -> Iterator[SmallWeb]:
    table: dict[str, bytes | Behaviour] = {**dict.fromkeys(QUICK, FINE), **dict.fromkeys(SLOW, hang)}
    with small_web({"www.goed.example": paths(table)}) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, web: SmallWeb) -> Path:
    lines = "".join(f"- {web.url('www.goed.example', target)}\n" for target in (*QUICK, *SLOW))
    return write_files(tmp_path, {"docs/index.md": f"# Titel\n\n{lines}"})


def options(web: SmallWeb) -> list[str]:
    return ["links", "--docs-dir", "docs", "--format", "json", "--cache", "links.sqlite3", *web.options]


def stopped(folder: Path, web: SmallWeb, how: Callable[[int], None]) -> tuple[int, bytes, bytes, float]:
    """Run the command, and stop it once the server hangs; what it ended with and how long that took."""
    command = [sys.executable, "-m", "algokader_lint", *options(web), "--timeout", "30"]
    env = environment({"PYTHONPATH": str(ROOT)})
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        end = time.monotonic() + 20
        while not any(seen.request.target in SLOW for seen in list(web.diary.seen)):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < end
            time.sleep(0.01)
        time.sleep(0.1)
        began = time.monotonic()
        how(process.pid)
        out, err = process.communicate(timeout=20)
        return process.returncode, out, err, time.monotonic() - began


def kept(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "links.sqlite3")) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        return {f"/{url.rpartition('/')[2]}" for (url,) in connection.execute("SELECT url FROM answers")}


def test_killed_it_keeps_what_was_known_and_asks_only_the_rest(folder: Path, web: SmallWeb) -> None:
    stopped(folder, web, lambda pid: os.kill(pid, signal.SIGKILL))
    assert kept(folder) == set(QUICK)
    before = web.asked()
    assert all(before[target] == 1 for target in QUICK)
    for target in SLOW:  # as if they were asked before: they answer now
        web.diary.times["www.goed.example", "GET", target] = 1
    result = run(*options(web), cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert set(web.asked()) == set(SLOW)
    assert {entry["verdict"] for entry in json.loads(result.stdout)["urls"]} == {"ok"}


def test_interrupted_it_prints_what_is_known_and_keeps_it(folder: Path, web: SmallWeb) -> None:
    code, out, err, seconds = stopped(folder, web, lambda pid: os.kill(pid, signal.SIGINT))
    assert (code, err) == (130, b"")
    assert seconds < SECONDS
    document = json.loads(out)
    assert document["interrupted"]
    told = {f"/{entry['url'].rpartition('/')[2]}": (entry["verdict"], entry["reason"]) for entry in document["urls"]}
    assert told == {**dict.fromkeys(QUICK, ("ok", "")), **dict.fromkeys(SLOW, ("unknown", "not-reached"))}
    assert kept(folder) == set(QUICK)


@pytest.mark.skipif(not apart._can_leave(), reason="no network of its own can be had here")
def test_in_a_network_without_anything_it_says_that_it_is_offline(tmp_path: Path) -> None:
    lines = "".join(f"- https://naam{number}.voorbeeld.example/\n" for number in range(10))
    write_files(tmp_path, {"docs/index.md": f"# Titel\n\n{lines}"})
    command = [*apart._UNSHARE, sys.executable, "-m", "algokader_lint", "links", "--docs-dir", "docs", "--no-cache"]
    env = environment({"PYTHONPATH": str(ROOT)})
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "geen netwerk" in done.stdout
    assert "werkt niet" not in done.stdout.lower()
