"""What directives are repaired to, what needs an eye, and what is left to a person."""

from __future__ import annotations

import pytest

from algokader_lint.engine.fixing import try_fixes
from tests.sites_in_tests import SITES, minimal_tree, read_files, task

FOLDER = "docs/voldoen-aan-wetten-en-regels"
MEASURE = f"{FOLDER}/maatregelen/2-owp-01-eisen-stellen.md"
REQUIREMENT = f"{FOLDER}/vereisten/aia-01-menselijk-toezicht.md"
OTHER = f"{FOLDER}/vereisten/aia-02-uitleg.md"
CLEAN = {name: text.decode() for name, text in read_files(SITES / "minimaal").items() if name.endswith(".md")}
INDEX = "docs/over.md"


def made_of(path: str, text: str, *, unsafe: bool = False) -> str | None:
    """What becomes of a page, None when it stays as it is."""
    twin = CLEAN[REQUIREMENT].replace("aia-01", "aia-02").replace("menselijk-toezicht", "uitleg")
    site = minimal_tree({OTHER: twin.replace("title: ", "title: Ook ").encode(), path: text.encode()})
    done = try_fixes(task(site, select=["AK5"]), unsafe=unsafe).files
    assert [item for item in done if item.file.path != path] == []
    return next((item.text for item in done), None)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("<!--list_maatregelen rollen/jurist-->\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<!---  list_maatregelen   rollen/jurist -->", "<!-- list_maatregelen rollen/jurist -->"),
        (
            "tekst\r\n\r\n<!-- list_maatregelen\r\nrollen/jurist\r\n-->\r\n",
            "tekst\r\n\r\n<!-- list_maatregelen rollen/jurist -->\r\n",
        ),
        ("??? tip\n    <!-- list_maatregelen\n    no-rol -->\n", "??? tip\n    <!-- list_maatregelen no-rol -->\n"),
        ("<!-- list_maatregelen rollen/jurist --", "<!-- list_maatregelen rollen/jurist -->"),
        ("a\n\n<!-- tags\n\n## Kop\n\nb\n\n    code\n", "a\n\n<!-- tags -->\n\n## Kop\n\nb\n\n    code\n"),
        ("<!—list_maatregelen rollen/jurist—>\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<-- list_maatregelen rollen/jurist -->\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<!-- list_maatregeln: rollen/jurist -->\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<!-- list maatregelen rollen/jurist -->\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<!-- list_maatregelen-rollen/jurist no-rol -->\n", "<!-- list_maatregelen rollen/jurist no-rol -->\n"),
        ("<!-- list_maat\u200bregelen rollen/jurist -->\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<!--LIST-maatregelen rollen/jurist -->\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<!-- list_maatregelen rollen/Jurist.md no-rol -->\n", "<!-- list_maatregelen rollen/jurist no-rol -->\n"),
        ("<!-- list_maatregelen /rollen//jurist/ -->\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<!-- list_maatregelen rollen/jurist  no-id\tfoo -->\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<!-- list_maatregelen no-id -->\n", "<!-- list_maatregelen -->\n"),
    ],
)
def test_what_differs_in_form_is_repaired(wrong: str, right: str) -> None:
    assert made_of(INDEX, wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("<!-- list_maatregelen rollen/juristen -->\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<!-- list_maatregelen no-serch -->\n", "<!-- list_maatregelen no-search -->\n"),
        ("<!-- list_maatregelen rolen/jurist -->\n", "<!-- list_maatregelen rollen/jurist -->\n"),
        ("<!-- list_maatregelen no-rol rollen/jurist -->\n", "<!-- list_maatregelen rollen/jurist no-rol -->\n"),
    ],
)
def test_what_is_near_needs_an_eye(wrong: str, right: str) -> None:
    assert made_of(INDEX, wrong) is None
    assert made_of(INDEX, wrong, unsafe=True) == right


@pytest.mark.parametrize(
    "text",
    [
        "<!-- list_maatregelen rollen/jurist\n\nEen zin in een opmerking. -->\n",  # its own end would be left over
        "<!-- list_vereisten_on_maatregelen_pag -->\n",  # means nothing on such a page
        "<!-- tags rollen/jurist -->\n",
        "<!-- list_instrumenten rollen/jurist -->\n",
        "<!-- list_maatregelen jurist -->\n",
        "<!-- list_maatregelen no-rol rollen/bakker -->\n",
        "<!-- list_maatregelen no-rol rollen/jurist rollen/projectleider -->\n",  # which of the two?
        "<!-- list_maatregelen no-id iets/anders -->\n",  # the word behind it would become the filter
        "`<!--list_maatregelen rollen/jurist-->`\n",
        "    <!--list_maatregelen rollen/jurist-->\n",
    ],
)
def test_what_may_mean_two_things_is_left_to_a_person(text: str) -> None:
    assert made_of(INDEX, f"tekst\n\n{text}", unsafe=True) is None


LIST = "<!-- list_maatregelen vereiste/aia-01-menselijk-toezicht no-search no-onderwerp no-rol no-levenscyclus -->"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## Maatregelen\n", f"## Maatregelen\n\n{LIST}\n"),
        ("## Maatregelen", f"## Maatregelen\n\n{LIST}"),
        ("## Maatregelen { .x }\r\ntekst\r\n", f"## Maatregelen {{ .x }}\r\ntekst\r\n\r\n{LIST}\r\n"),
        ("## maatregelen\n\n- a\n\n\n## Eind\n", f"## maatregelen\n\n- a\n\n{LIST}\n\n\n## Eind\n"),
        ("## Maatregelen\ntekst\n## Eind\n", f"## Maatregelen\ntekst\n\n{LIST}\n\n## Eind\n"),
        ("## Maatregelen\n\n### Meer\n\ntekst\n", f"## Maatregelen\n\n{LIST}\n\n### Meer\n\ntekst\n"),
        ("## Maatregelen\n\n```\ncode\n```\n", f"## Maatregelen\n\n```\ncode\n```\n\n{LIST}\n"),
        ("## Maatregelen\n\n??? tip\n    hulp\n", f"## Maatregelen\n\n??? tip\n    hulp\n\n{LIST}\n"),
        ("## Maatregelen\n\n```\nno code\n", f"## Maatregelen\n\n```\nno code\n\n{LIST}\n"),
        # no such place, more than one, or one where it would not be seen
        ("## Iets anders\n", None),
        ("## Maatregelen\n\na\n\n## Maatregelen\n\nb\n", None),
        ("!!! tip\n    ## Maatregelen\n", None),
        ("## Maatregelen\n\n<!-- nog doen\n", None),
        ("## Maatregelen\n\n<!-- list_maatregelen no-search -->\n", None),
    ],
)
def test_a_missing_list_comes_at_the_end_of_its_section(body: str, expected: str | None) -> None:
    end = "\r\n" if "\r\n" in body else "\n"
    head = CLEAN[REQUIREMENT].partition("## Vereiste")[0].replace("\n", end) + f"<!-- tags-ai-act -->{end}{end}"
    made = made_of(REQUIREMENT, head + body)
    assert made == (None if expected is None else head + expected)


@pytest.mark.parametrize(("body", "apart"), [("\n## Vereiste\n", ""), ("## Vereiste\n", "\n")])
def test_missing_labels_come_first(body: str, apart: str) -> None:
    head = CLEAN[REQUIREMENT].partition("\n<!-- tags -->")[0]
    rest = f"{body}\n<!-- tags-ai-act -->\n\n## Maatregelen\n\n{LIST}\n"
    assert made_of(REQUIREMENT, head + rest) == f"{head}\n<!-- tags -->\n{apart}{rest}"


def test_a_page_shows_its_own_list() -> None:
    def page(*keys: str) -> str:
        return (
            CLEAN[REQUIREMENT].partition("## Maatregelen")[0]
            + "## Maatregelen\n\n"
            + "\n".join(f"<!-- list_maatregelen vereiste/{key} -->\n" for key in keys)
        )

    assert made_of(REQUIREMENT, page("aia-02-uitleg")) == page("aia-01-menselijk-toezicht")
    assert made_of(REQUIREMENT, page("aia-02-uitleg", "aia-02-uitleg"), unsafe=True) is None
    # near to another page's, on a page that must show its own: who knows?
    assert made_of(REQUIREMENT, page("aia-02-uitlg"), unsafe=True) is None
    assert made_of(REQUIREMENT, page("aia-1-menselijk-toezicht")) == page("aia-01-menselijk-toezicht")
