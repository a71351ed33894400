"""What is asked for on the way to a verdict, on a small web."""

from __future__ import annotations

import json
from pathlib import Path

from tests.command import run
from tests.links.exchange import PDF, answer, page, paths
from tests.links.small_web import small_web
from tests.sites_in_tests import write_files

HOST = "www.klein.example"
ANSWERS = {
    "/weg.pdf": page("Pagina niet gevonden"),
    "/er.pdf": PDF,
    "/keuze": answer(300, body=b"<title>Kies een taal</title>"),
    "/zoals-het-was": answer(304),
    "/nergens": answer(302),
}


def test_verdicts(tmp_path: Path) -> None:
    with small_web({HOST: paths(dict(ANSWERS))}) as web:
        links = "".join(f"- [x]({web.url(HOST, target)})\n" for target in ANSWERS)
        write_files(tmp_path, {"docs/index.md": f"# Titel\n\n{links}"})
        done = run(
            "links", "--docs-dir", "docs", "--no-cache", "--quiet", "--format", "json", *web.options, cwd=tmp_path
        )
    found = {
        entry["url"].rpartition("/")[2]: (entry["verdict"], entry["reason"])
        for entry in json.loads(done.stdout)["urls"]
    }
    assert found == {
        "weg.pdf": ("suspect", "title"),  # a page in the place of a file
        "er.pdf": ("ok", ""),
        "keuze": ("unknown", "status"),  # browsers show it
        "zoals-het-was": ("unknown", "status"),
        "nergens": ("dead", "no-location"),
    }
