"""References to pages of another type, folders that are called like a page, and what the menu names."""

from __future__ import annotations

from tests.sites_in_tests import check, minimal_tree

FOLDER = "docs/voldoen-aan-wetten-en-regels"
MEASURE = f"{FOLDER}/maatregelen/2-owp-01-eisen-stellen.md"


def test_a_page_of_the_right_type_that_is_near_is_offered() -> None:
    files = {
        "docs/rollen/publieke-inkoper.md": "---\ntitle: Inkoper\n---\n",
        MEASURE: "---\ntitle: Stel eisen\nonderwerp:\n- publieke-inkoper\n- jurist\n---\n",
    }
    near, far = check(minimal_tree({name: text.encode() for name, text in files.items()}), select=["AK302"]).problems
    assert near.message.endswith("; bedoelde je 'publieke-inkoop'?")
    assert (near.replacements, near.help[-1]) == (("publieke-inkoop",), "'publieke-inkoop' heet: Publieke-inkoop")
    assert far.replacements == ()


def test_a_folder_that_is_called_like_a_page_is_told_by_its_own_name_and_once() -> None:
    files = {f"docs/uitleg/meer/begrippen.md/{name}": b"# Kop\n" for name in ("a.md", "b.md", "diep/c.md/d.md")}
    told = [(p.place.file.rpartition("/")[2], p.message) for p in check(minimal_tree(files), select=["AK006"]).problems]
    assert [file for file, _ in told] == ["a.md", "d.md"]
    assert ["'begrippen.md'" in told[0][1], "'c.md'" in told[1][1]] == [True, True]


def test_a_folder_in_the_menu_that_is_not_there_is_called_a_folder() -> None:
    settings = b"site_name: x\nnav:\n- Rollen: rollen/\n- Weg: weg/\n- weg.md\n"
    told = [p.message for p in check(minimal_tree({"mkdocs.yml": settings}), select=["AK612"]).problems]
    assert ["map is er niet" in message for message in told] == [True, False]
