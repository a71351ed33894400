"""What fields and references are repaired to, what needs an eye, and what is left to a person."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from algokader_lint.engine import run
from algokader_lint.engine.fixing import try_fixes
from tests.sites_in_tests import SITES, minimal_tree, read_files, task

FOLDER = "docs/voldoen-aan-wetten-en-regels"
MEASURE = f"{FOLDER}/maatregelen/2-owp-01-eisen-stellen.md"
REQUIREMENT = f"{FOLDER}/vereisten/aia-01-menselijk-toezicht.md"
CLEAN = {name: text.decode() for name, text in read_files(SITES / "minimaal").items() if name.endswith(".md")}


def field(path: str, name: str, lines: str) -> str:
    """A clean page on which a field is written otherwise; added at the end when it is not there."""
    head, _, rest = CLEAN[path].removeprefix("---\n").partition("---\n")
    blocks: list[str] = []
    for line in head.splitlines(keepends=True):
        if line[0].isalpha():
            blocks.append(line)
        else:
            blocks[-1] += line
    kept = [lines if block.startswith(f"{name}:") else block for block in blocks]
    kept += [] if lines in kept else [lines]
    return f"---\n{''.join(kept)}---\n{rest}"


def made_of(path: str, text: str, *, unsafe: bool = False, more: Mapping[str, str] = {}) -> str | None:
    """What becomes of a page, None when it stays as it is; the other pages do."""
    files = {name: content.encode() for name, content in {path: text, **more}.items()}
    done = try_fixes(task(minimal_tree(files), select=["AK1", "AK2", "AK3"]), unsafe=unsafe).files
    assert [item for item in done if item.file.path != path] == []
    return next((item.text for item in done), None)


@pytest.mark.parametrize(
    ("path", "name", "wrong", "right"),
    [
        (MEASURE, "rollen", "rollen: jurist\n", "rollen:\n- jurist\n"),
        (MEASURE, "rollen", "rollen: jurist, projectleider # wie\n", "rollen: # wie\n- jurist\n- projectleider\n"),
        (MEASURE, "rollen", "rollen: Jurist\n", "rollen:\n- jurist\n"),
        (MEASURE, "rollen", "rollen:\n  - jurist,projectleider\n", "rollen:\n  - jurist\n  - projectleider\n"),
        (MEASURE, "rollen", "Rollen:\n- jurist\n", "rollen:\n- jurist\n"),
        (MEASURE, "rollen", "- rollen:\n- jurist\n", "rollen:\n- jurist\n"),
        (MEASURE, "rollen", "-  rollen: # wie\n   - jurist\n", "rollen: # wie\n   - jurist\n"),
        (MEASURE, "rollen", "rol:\n- jurist\n", "rollen:\n- jurist\n"),
        (MEASURE, "rollen", "'rol': # wie\n- jurist\n", "'rollen': # wie\n- jurist\n"),
        (MEASURE, "rollen", "rollen:\n- jurist\n-\n", "rollen:\n- jurist\n"),
        (MEASURE, "rollen", "rollen: [jurist, ~]\n", "rollen: [jurist]\n"),
        (MEASURE, "rollen", "rollen:\n- jurist\n- 'jurist'\n", "rollen:\n- jurist\n"),
        (MEASURE, "rollen", "rollen:\n- rollen/Jurist.md\n", "rollen:\n- jurist\n"),
        (MEASURE, "vereiste", "vereiste:\n- AIA-1-menselijk-toezicht\n", "vereiste:\n- aia-01-menselijk-toezicht\n"),
        (
            MEASURE,
            "vereiste",
            "vereiste:\n- 'aia-01-menselijk-toezich'\n",
            "vereiste:\n- 'aia-01-menselijk-toezicht'\n",
        ),
        (MEASURE, "title", "title: Stel eisen.\n", "title: Stel eisen\n"),
        (MEASURE, "title", 'title: "Stel: eisen." # c\n', 'title: "Stel: eisen" # c\n'),
        (MEASURE, "title", "title: no.\n", 'title: "no"\n'),
        (MEASURE, "title", "title: >\n  Stel\n  eisen.\n", "title: >\n  Stel\n  eisen\n"),
        (MEASURE, "title", "title: 2025\n", 'title: "2025"\n'),
        (MEASURE, "title", "title: yes # ja\n", 'title: "yes" # ja\n'),
        (MEASURE, "sources", "sources:\n  ARK: 2.10\n", 'sources:\n  ARK: "2.10"\n'),
        (MEASURE, "sources", "sources:\n  ADR:\n  - sv 1\n", "sources:\n  ADR:\n  - SV.1\n"),
        (MEASURE, "sources", "sources:\n  ARK: '2,10'\n", "sources:\n  ARK: '2.10'\n"),
        (MEASURE, "sources", "sources:\n  Ark: '2.10'\n", "sources:\n  ARK: '2.10'\n"),
        (REQUIREMENT, "rol-ai-act", "rol-ai-act:\n- Aanbieder\n", "rol-ai-act:\n- aanbieder\n"),
        (REQUIREMENT, "rol-ai-act", "rol-ai-act: aanbieder\n", "rol-ai-act:\n- aanbieder\n"),
        (REQUIREMENT, "hide", "hide: Toc\n", "hide: toc\n"),
    ],
)
def test_what_differs_in_form_is_repaired(path: str, name: str, wrong: str, right: str) -> None:
    assert made_of(path, field(path, name, wrong)) == field(path, name, right)


def test_line_endings_stay() -> None:
    wrong = "rollen: Jurist, projectleider # wie\nhide:\n- toc\n- toc\n-\n"
    right = "rollen: # wie\n- jurist\n- projectleider\nhide:\n- toc\n"
    bare = field(MEASURE, "hide", "")
    texts = [bare.replace("rollen:\n- projectleider\n", text).replace("\n", "\r\n") for text in (wrong, right)]
    assert made_of(MEASURE, texts[0]) == texts[1]


@pytest.mark.parametrize(
    ("path", "name", "wrong", "right"),
    [
        (MEASURE, "rollen", "rolen:\n- jurist\n", "rollen:\n- jurist\n"),
        (MEASURE, "rollen", "rollen:\n- juristen\n", "rollen:\n- jurist\n"),
        # another number: another law, however near
        (MEASURE, "vereiste", "vereiste:\n- aia-02-menselijk-toezicht\n", "vereiste:\n- aia-01-menselijk-toezicht\n"),
        (REQUIREMENT, "hide", "hide:\n- tocs\n", "hide:\n- toc\n"),
        (
            REQUIREMENT,
            "uitzondering",
            'uitzondering:\n- \'("risicogroep-verboden" || "open-source-open-source")\'\n',
            'uitzondering:\n- \'("risicogroep-verboden-ai" || "open-source-open-source")\'\n',
        ),
    ],
)
def test_what_is_near_needs_an_eye(path: str, name: str, wrong: str, right: str) -> None:
    assert made_of(path, field(path, name, wrong)) is None
    assert made_of(path, field(path, name, wrong), unsafe=True) == field(path, name, right)


@pytest.mark.parametrize(
    ("path", "name", "wrong"),
    [
        (MEASURE, "rollen", "rollen: jurist en projectleider\n"),
        (MEASURE, "rollen", "rollen: jurist, bakker\n"),
        (MEASURE, "rollen", "rollen:\n- {jurist: x}\n"),
        (MEASURE, "rollen", "rollen:\n-\n"),  # a required field would be empty
        (MEASURE, "rollen", "rollen:\n- jurist\n- jurist # hij ook\n"),
        (MEASURE, "rollen", "rollen:\n- jurist\n# later invullen\n-\n- projectleider\n"),
        (MEASURE, "rollen", "rol: jurist\n"),  # the value would not fit
        (MEASURE, "onderwerp", "onderwerp:\n- publieke-inkoop\nonderwerpen:\n- data\n"),  # which of the two?
        (MEASURE, "rollen", "rolen:\n- jurist\nrolln:\n- projectleider\n"),
        (MEASURE, "sources", "bronnen:\n- https://voorbeeld.example\n"),
        (MEASURE, "sources", "sources:\n  ARK: 2.1\n"),  # 2.10 or 2.01?
        (MEASURE, "sources", "sources:\n  ADR: SV.1\n  ADRR: SV.2\n"),
        (MEASURE, "sources", "sources:\n  ADRR: 2.11\n"),
        (MEASURE, "sources", "sources:\n  Iets heel anders: SV.1\n"),
        (REQUIREMENT, "onderwerp", "onderwerpen:\n- publieke-inkoop\nbouwblok:\n- data\n"),  # which of the two?
        (MEASURE, "vereiste", "vereiste:\n- iets-heel-anders\n"),
        (REQUIREMENT, "rol-ai-act", "rol-ai-act:\n-\n"),
        (REQUIREMENT, "id", "id: 7\n"),
        (REQUIREMENT, "title", "title: [Mensen]\n"),
        (REQUIREMENT, "toelichting", "toelichting:\n"),
    ],
)
def test_what_may_mean_two_things_is_left_to_a_person(path: str, name: str, wrong: str) -> None:
    assert made_of(path, field(path, name, wrong), unsafe=True) is None


def test_a_field_that_may_be_absent_goes_with_its_only_item() -> None:
    text = CLEAN[MEASURE].replace("rollen:", "vereiste:\n-\nrollen:") if "vereiste:" not in CLEAN[MEASURE] else None
    text = text or field(MEASURE, "vereiste", "vereiste:\n-\n")
    made = try_fixes(task(minimal_tree({MEASURE: text.encode()}), select=["AK105"]), unsafe=False).files
    assert [item.text for item in made] == [text.replace("vereiste:\n-\n", "")]


def test_two_pages_that_may_be_meant_are_no_page() -> None:
    other = f"{FOLDER}/vereisten/aia-02-menselijk-toezicht.md"
    twin = CLEAN[REQUIREMENT].replace("aia-01", "aia-02").replace("title: ", "title: Ook ")
    wrong = field(MEASURE, "vereiste", "vereiste:\n- aia-07-menselijk-toezicht\n")
    assert made_of(MEASURE, wrong, unsafe=True, more={other: twin}) is None


def test_an_id_that_another_page_has_is_not_made() -> None:
    other = f"{FOLDER}/maatregelen/2-owp-02-anders.md"
    text = CLEAN[MEASURE].replace("\nid: ", "\nurn: ").replace("title: ", "title: Ook ")
    assert made_of(other, text, unsafe=True) is None


def test_a_field_that_is_misspelt_is_not_also_missing() -> None:
    text = field(MEASURE, "rollen", "rolen:\n- jurist\n")
    problems = run(task(minimal_tree({MEASURE: text.encode()}), select=["AK101", "AK102"])).problems
    assert [(p.code, p.replacements) for p in problems] == [("AK102", ("rollen",))]
