"""A real site whose texts are written to do harm in a spreadsheet, and a report over it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.command import run
from tests.sites_in_tests import minimal_site

FOLDER = "docs/voldoen-aan-wetten-en-regels/maatregelen"
LIST = "script/maatregelen-adr-ark.csv"
TITLES: Mapping[str, str] = {
    "owp-10": "=cmd|' /C calc'!A0",
    "owp-11": "+31612345678",
    "owp-12": "-2+3",
    "owp-13": "@SUM(1+1)",
    "owp-14": "＝1+1",
    "owp-15": "\\t=1+1",
    "owp-16": "\\r\\n@SUM(1+1)",
    "owp-17": 'a\\";=1+1;\\"b',
    "owp-18": "a, =HYPERLINK(1)",
    "owp-19": 'zeg \\"ja\\"; of\\nzeg \\"nee\\"',
    "owp-20": "https://kwaad.example/",
    "owp-21": "\\x01\\x0b_x0041_\\ufffe\\u202e",
    "owp-22": "0012",
    "owp-23": "##[error]weg",
    "owp-24": "\\n::error::weg",
}
"""Titles by the numbers of their pages, as they stand between the double quotes of YAML."""


def hostile_site(folder: Path) -> Path:
    """The minimal site with a page for each of the titles, each with a code of its own."""
    return minimal_site(
        folder,
        {
            **{f"{FOLDER}/2-{number}-pagina.md": page(number, title) for number, title in TITLES.items()},
            LIST: 'nummer;maatregel;source\r\nSV.1;"Twee\r\nregels; ""zo""";Onderzoekskader Auditdienst Rijk\r\n'
            "SV.2;=1+1;Onderzoekskader Auditdienst Rijk\r\n2.10;Nog een;Toetsingskader Algemene Rekenkamer\r\n",
        },
    )


def page(
    number: str,
    title: str,
    codes: str = "{ADR: [SV.1, '=1+1', '::error::weg'], ARK: 2.10}",
    topic: str = "publieke-inkoop",
) -> str:
    """A measure in a topic, whose ``title`` stands in double quotes, that names codes."""
    return f"""---
title: "{title}"
id: urn:nl:ak:mtr:{number}
toelichting: Uitleg.
levenscyclus: [ontwerp]
onderwerp: [{topic}]
rollen: [projectleider]
vereiste: [aia-01-menselijk-toezicht]
sources: {codes}
---
"""


def document(folder: Path, *options: str) -> Any:
    """The JSON form of the report over the site in ``folder``."""
    ran = run("coverage", "--format", "json", *options, cwd=folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)
