"""``check --online``: what a change adds is asked for, and the report tells whether that was done; on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.command import Ran, run
from tests.git_in_tests import git_site
from tests.links.exchange import FINE, paths
from tests.links.small_web import SmallWeb, small_web
from tests.sites_in_tests import SITES, write_files

HOST = "www.goed.example"
MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"


@pytest.fixture(scope="module")
def web() -> Iterator[SmallWeb]:
    with patch("algokader_lint.links.checking._PAUSE", (0.0, 0.0)), small_web({HOST: paths({"/a": FINE})}) as web:
        yield web


def check(folder: Path, web: SmallWeb, *more: str) -> Ran:
    """A check of what is new, but for AK703: the web of this test speaks http."""
    return run("check", "--since", "HEAD", "--no-cache", "--ignore", "AK703", *web.options, *more, cwd=folder)


@pytest.mark.parametrize(("target", "codes", "answer"), [("/a", [], "✅"), ("/weg", ["AK711"], "❌")])
def test_the_box_on_links_is_answered_for_what_was_asked(
    tmp_path: Path, web: SmallWeb, target: str, codes: list[str], answer: str
) -> None:
    """And the comment, which is made from the JSON, says the same."""
    folder = git_site(tmp_path / "site")
    text = (SITES / "minimaal" / MEASURE).read_text(encoding="utf-8")
    write_files(folder, {MEASURE: f"{text}\n- [nieuw](<{web.url(HOST, target)}>)\n"})
    web.asked()
    silent = check(folder, web, "--format", "json=stil.json")
    assert (silent.returncode, web.asked()) == (0, {})
    told = check(folder, web, "--online", "--format", "json=verslag.json")
    assert told.returncode == bool(codes)
    assert set(web.asked()) == {target}
    for file, online, found in (("stil.json", False, []), ("verslag.json", True, codes)):
        document = json.loads((folder / file).read_text(encoding="utf-8"))
        assert (document["online"], [one["code"] for one in document["findings"]]) == (online, found)
        shown = run("render", file, "--format", "markdown", cwd=folder).stdout
        (box,) = (line for line in shown.split("\n- ") if "gebruik heb gemaakt van links" in line)
        assert (answer if online else "✅") in box
        assert ("alleen gekeken hoe ze geschreven zijn" in box) == (not online)
        assert ("webadressen zijn opgevraagd" in box) == online
