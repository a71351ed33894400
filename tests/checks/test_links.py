"""Links inside the site: what is told of them, and how they are put right."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from algokader_lint.checks import PageCheck
from algokader_lint.fix import edited
from algokader_lint.selection import Choice, choose
from tests.sites_in_tests import check, knowledge, minimal_site, open_folder, write_files

RULES = ["AK601", "AK602", "AK603", "AK604", "AK608", "AK610", "AK703"]
PAGE = "docs/rollen/jurist.md"
SETTINGS = "site_name: s\nsite_url: https://minimaal.example/kader/\nrepo_url: https://github.com/Voor/Beeld\n"
FILES: Mapping[str, str] = {
    "mkdocs.yml": SETTINGS,
    "docs/rollen/twee woorden.md": "# Twee\n",
    "docs/rollen/a_b.md": "# A\n",
    "docs/rollen/méér.md": "# M\n",
    "docs/rollen/rollen.PNG": "",
    "docs/assets/stuk (1).pdf": "",
    "docs/onderwerpen/lang.md": "# Lang\n\n## Eén kop & meer\n\n## Dubbel\n\n## Dubbel\n\n"
    "!!! note\n    ### In een vak\n\n"
    '=== "Een tab"\n    tekst\n\n'
    'tekst\n{ #los }\n\n<div id="html"></div>\n\n<a name="oud"></a>\n\n'
    "<b id='enkel'></b> <i id=bloot></i>\n\n"
    "## Eigen { #gegeven }\n\n[^1]: noot\n\n"
    "/// html | div#blok\n\n///\n",
    "AFSPRAKEN.md": "# Afspraken\n",
}

NOTHING: Mapping[str, str] = {}


def found(folder: Path, text: str, files: Mapping[str, str] = NOTHING) -> list[tuple[str, str, str]]:
    """Code, severity and marked text of each finding on the page."""
    site = minimal_site(folder, {**FILES, **files, PAGE: text})
    problems = [p for p in check(site, select=[*RULES, "AK702"]).problems if p.place.file == PAGE]
    return [(p.code, p.severity, p.place.excerpt[p.place.column - 1 : p.place.end_column - 1]) for p in problems]


def fixed(folder: Path, text: str, *, unsafe: bool = False, files: Mapping[str, str] = NOTHING) -> str:
    minimal_site(folder, {**FILES, **files})
    return repaired(folder, text, unsafe=unsafe)


def repaired(folder: Path, text: str, *, unsafe: bool) -> str:
    site = open_folder(write_files(folder, {PAGE: text}))
    page = next(page for page in site.pages if page.path == PAGE)
    edits = []
    for rule in choose(knowledge(), Choice(pack="basis", select=RULES)):
        if isinstance(rule.kind, PageCheck):
            fixes = [finding.fix for finding in rule.kind.run(site, page, rule.options) if finding.fix is not None]
            edits += [edit for fix in fixes if fix.safe or unsafe for edit in fix.edits]
    return edited(page.source, edits)


RIGHT = [
    "projectleider.md",
    "./projectleider.md",
    "../rollen//projectleider.md",
    "../rollen/projectleider.md?x=1#projectleider",
    "projectleider.md/#projectleider",
    "projectleider%2Emd",
    "twee woorden.md",
    "twee%20woorden.md",
    "<twee woorden.md>",
    "a\\_b.md",
    "méér.md",
    "m%C3%A9%C3%A9r.md",
    "../onderwerpen/index.md",
    "../assets/stuk%20(1).pdf#page=2",
    "jurist.md#:~:text=iets",
    "#:~:text=iets",
    "#top",
    "#__comments",
    "?x",
    "projectleider.md 'Titel'",
    "mailto:a@b.example",
    "tel:112",
    "javascript:void(0)",
    "{{ pad }}/x.md",
    "//elders.example/x.md",
    "https://minimaal.example/ander/",
    "https://minimaal.example.evil.example/kader/",
    "https://minimaal.example/kaders/",
    "/ander/",
    "../onderwerpen/lang.md#een-kop-meer",
    "../onderwerpen/lang.md#dubbel_1",
    "../onderwerpen/lang.md#in-een-vak",
    "../onderwerpen/lang.md#los",
    "../onderwerpen/lang.md#html",
    "../onderwerpen/lang.md#oud",
    "../onderwerpen/lang.md#enkel",
    "../onderwerpen/lang.md#een-tab",
    "../onderwerpen/lang.md#bloot",
    "../onderwerpen/lang.md#gegeven",
    "../onderwerpen/lang.md#fn:1",
    "../onderwerpen/lang.md#__tabbed_1_2",
    "../onderwerpen/lang.md#blok",
    "../onderwerpen/lang.md#",
]


def test_what_is_right(tmp_path: Path) -> None:
    assert found(tmp_path, "# Jurist\n\n" + "\n\n".join(f"Zie [dit]({target})." for target in RIGHT)) == []


WRONG = [
    ("Projectleider.md", "AK601", "projectleider.md"),
    ("projectleider", "AK601", "projectleider.md"),
    ("projectleider.md.md#x?", "AK601", "projectleider.md#x?"),
    ("projectleider.html", "AK601", "projectleider.md"),
    ("projectleider.md%20", "AK601", "projectleider.md"),
    ("../onderwerpen/", "AK601", "../onderwerpen/index.md"),
    ("..\\onderwerpen/data.md", "AK601", None),
    ("Twee Woorden.md", "AK601", "twee%20woorden.md"),
    ("rollen.png", "AK601", "rollen.PNG"),
    ("../projectleider/", "AK601", "projectleider.md"),
    ("../data.md", "AK601", None),
    ("projectleiders.md", "AK601", None),
    ("niets-van-dien-aard.md", "AK601", None),
    ("../../AFSPRAKEN.md", "AK601", None),
    ("../../../../../etc/passwd", "AK601", None),
    ("#Jurist", "AK602", "#jurist"),
    ("jurist.md#jurist.", "AK602", "jurist.md#jurist"),
    ("../onderwerpen/lang.md#e%C3%A9n-kop", "AK602", None),
    ("../onderwerpen/lang.md#eén_kop--meer", "AK602", "../onderwerpen/lang.md#een-kop-meer"),
    ("../onderwerpen/lang.md#in-een-vakje", "AK602", None),
    ("https://minimaal.example/kader", "AK603", "../index.md"),
    ("HTTP://Minimaal.example:80/kader/rollen/a_b/index.html?q#a", "AK603", "a_b.md?q#a"),
    ("https://minimaal.example/kader/rollen/jurist/#jurist", "AK603", "#jurist"),
    ("https://minimaal.example/kader/assets/stuk (1).pdf", "AK603", "../assets/stuk%20%281%29.pdf"),
    ("https://minimaal.example/kader/weg/", "AK603", None),
    ("/kader/onderwerpen/data/", "AK603", "../onderwerpen/data.md"),
    ("/onderwerpen/data/", "AK603", "../onderwerpen/data.md"),
    ("/weg.md", "AK603", None),
    ("/kader/weg/", "AK603", None),
    ("/kader/onderwerpen/Data/", "AK603", "../onderwerpen/data.md"),
    ("https://github.com/voor/beeld/blob/main/gewoontes.md#a", "AK610", None),
    (
        "https://github.com/Voor/Beeld/blob/main/Afspraken.md#a",
        "AK610",
        "https://github.com/Voor/Beeld/blob/main/AFSPRAKEN.md#a",
    ),
]
"""Targets, the rule that tells of each, and what a safe repair writes in its place."""


def test_what_is_wrong_and_its_safe_repair(tmp_path: Path) -> None:
    begin = "# Jurist\r\n\r\n| a |\r\n|---|"
    text = begin + "".join(f"\r\n| zie [dit]({target}) |" for target, _, _ in WRONG)
    told = found(tmp_path, text)
    assert [code for code, _, _ in told] == [code for _, code, _ in WRONG]
    assert all(target.endswith(marked) for (target, _, _), (_, _, marked) in zip(WRONG, told, strict=True))
    new = repaired(tmp_path, text, unsafe=False)
    assert new == begin + "".join(f"\r\n| zie [dit]({better or target}) |" for target, _, better in WRONG)
    assert repaired(tmp_path, new, unsafe=False) == new


def test_a_file_of_the_same_name_elsewhere_is_another_target(tmp_path: Path) -> None:
    text = "Zie [data](../data.md#data).\n"
    assert fixed(tmp_path, text) == text
    assert repaired(tmp_path, text, unsafe=True) == "Zie [data](../onderwerpen/data.md#data).\n"


def test_between_two_nothing_is_guessed(tmp_path: Path) -> None:
    more = {
        "docs/a/x.md": "# X\n",
        "docs/b/x.md": "# X\n",
        "docs/rollen/y.md": "# Y\n",
        "docs/rollen/y/index.md": "# Y\n",
    }
    text = "[x](x.md) [y](Y/)\n"
    assert fixed(tmp_path, text, unsafe=True, files=more) == text


@pytest.mark.parametrize(
    ("lead", "text"),
    [
        ("> ", "[x](weg.md)"),
        ("- ", "[x](weg.md)"),
        ('!!! note "t"\n    ', "[x](weg.md)"),
        ('=== "t"\n    ', "![x](weg.png)"),
        ("[^1]: ", "noot [x](weg.md)"),
        ("## ", "[x](weg.md)"),
        ("- a\n\n    - ", "[x](weg.md)"),
    ],
)
def test_wherever_it_stands(tmp_path: Path, lead: str, text: str) -> None:
    (finding,) = found(tmp_path, f"noot[^1]\n\n{lead}{text}")
    assert finding[0] == "AK601"
    assert finding[2].startswith("weg.")


@pytest.mark.parametrize("text", ["`[x](weg.md)`", "```\n[x](weg.md)\n```", "    [x](weg.md)", "<!-- [x](weg.md) -->"])
def test_code_and_comments_hold_no_links(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, f"Begin.\n\n{text}\n") == []


@pytest.mark.parametrize(
    ("definition", "told", "after"),
    [
        ("[a]: Projectleider.md", "AK601", "[a]: projectleider.md"),
        ('  [a]: <Projectleider.md> "Titel"', "AK601", '  [a]: <projectleider.md> "Titel"'),
        ("[a]:\n    Projectleider.md\n", "AK601", "[a]:\n    projectleider.md\n"),
        ("> [a]: Projectleider.md", "AK601", "> [a]: projectleider.md"),
        ("- x\n\n    [A]: ../rollen/Projectleider.md", "AK601", "- x\n\n    [A]: projectleider.md"),
        ("[é]: projectleider.md\n[a]: /kader/rollen/projectleider/#x", "AK603", None),
        (
            "[a]: https://minimaal.example/kader/rollen/projectleider/",
            "AK603",
            "[a]: projectleider.md",
        ),
        ("[a]: projectleider.md#Projectleider", "AK602", "[a]: projectleider.md#projectleider"),
        ("[a]: https://github.com/Voor/Beeld/blob/main/Afspraken.md", "AK610", None),
        ("[a]: http://www.voorbeeld.example/", "AK703", None),
        ("[a]: htps://www.voorbeeld.example/", "AK702", None),
    ],
)
def test_a_reference_is_told_once_where_its_target_is_written(
    tmp_path: Path, definition: str, told: str, after: str | None
) -> None:
    for end in ("\n", "\r\n"):
        text = f"Zie [dit][a], ![dat][A] en\n[a].\n\n{definition}\n\nTot slot.".replace("\n", end)
        assert [finding[0] for finding in found(tmp_path, text)].count(told) == 1
        if after is not None:
            changed = text.replace(definition.replace("\n", end), after.replace("\n", end))
            assert repaired(tmp_path, text, unsafe=False) == changed


def test_a_reference_to_nothing_is_marked_in_its_definition(tmp_path: Path) -> None:
    text = "Zie [dit][a] en [dat][b].\n\n[a]: weg.md\n[b]: projectleider.md\n"
    assert found(tmp_path, text) == [("AK601", "error", "weg.md")]


def test_a_bare_address_of_the_site_is_told_and_left(tmp_path: Path) -> None:
    text = "Zie <https://minimaal.example/kader/onderwerpen/data/>.\n"
    assert [finding[:2] for finding in found(tmp_path, text)] == [("AK603", "warning")]
    assert repaired(tmp_path, text, unsafe=True) == text


HTML = [
    ('<a href="../projectleider/">x</a>', ""),
    ('<a href="../projectleider">x</a>', ""),
    ("<a href='../projectleider/index.html'>x</a>", ""),
    ('<a href="../../onderwerpen/">x</a>', ""),
    ('<a href="../../">x</a>', ""),
    ('<a href="#jurist">x</a>', ""),
    ('<a href="../../../ander/">x</a>', ""),
    ('<img src="../rollen.PNG">', ""),
    ('<a href="projectleider.md">x</a>', "AK608"),
    ('<a href="projectleider/">x</a>', "AK608"),
    ('<a href="../projectleider.html">x</a>', "AK608"),
    ('<img src="rollen.PNG">', "AK608"),
    ('<a href="../../../onderwerpen/data/">x</a>', "AK608"),
    ('<a href="../projectleider/#weg">x</a>', "AK602"),
    ('<a href="/kader/rollen/projectleider/">x</a>', "AK603"),
    ('<a href="">x</a>', "AK604"),
    ('<a href="#">x</a>', "AK604"),
    ('<a href="#" onclick="doe()">x</a>', ""),
    ('<a class="menu" href="#">x</a>', ""),
    ('<a href="javascript:void(0)">x</a>', ""),
]
"""Raw HTML, and the rule that tells of it."""


def test_raw_html_is_read_from_the_address_of_the_page(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {**FILES, PAGE: "# Jurist\n" + "".join(f"\nZie {tag}.\n" for tag, _ in HTML)})
    told = {p.place.line: p.code for p in check(site, select=RULES).problems if p.place.file == PAGE}
    assert told == {3 + 2 * number: code for number, (_, code) in enumerate(HTML) if code}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("[x]()", ["AK604"]),
        ("![x]()", ["AK604"]),
        ("[x](#)", ["AK604"]),
        ("[x](#){ .knop onclick=doe() }", []),
        ("[](){ #begrip }", []),
        ("[](){: #begrip .merk}", []),
        ("[](){ .merk }", ["AK604"]),
        ("[x](){ #begrip }", ["AK604"]),
        ("[x](http://minimaal.example/kader/rollen/jurist/)", ["AK603"]),
        ("[x](URL)", ["AK604"]),
        ("[x](www.elders.example)", ["AK702"]),
    ],
)
def test_one_defect_is_one_finding(tmp_path: Path, text: str, codes: list[str]) -> None:
    assert [code for code, _, _ in found(tmp_path, text)] == codes


def test_a_page_that_stands_outside_the_site_too_may_name_it_in_full(tmp_path: Path) -> None:
    text = "[site](https://minimaal.example/kader/) [weg](https://minimaal.example/kader/weg/) [x](jurist.md)\n"
    site = minimal_site(tmp_path, {**FILES, "CONTRIBUTING.md": text})
    (site / "docs/rollen/CONTRIBUTING.md").symlink_to("../../CONTRIBUTING.md")
    told = [(p.code, p.severity) for p in check(site, select=RULES).problems if "CONTRIBUTING" in p.place.file]
    assert told == [("AK603", "error")]


def test_what_lies_behind_a_link_to_a_folder_is_not_known(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {**FILES, "elders/x.md": "# X\n", PAGE: "[x](../map/x.md) [y](../map/y.png)\n"})
    (site / "docs/map").symlink_to("../elders")
    assert [p.message for p in check(site, select=RULES).problems] == []


@pytest.mark.parametrize(
    ("settings", "text", "codes"),
    [
        ("use_directory_urls: false\n", '<a href="projectleider.html">x</a>', []),
        ("use_directory_urls: false\n", '<a href="../projectleider/">x</a>', ["AK608"]),
        ("validation:\n  absolute_links: relative_to_docs\n", "[x](/onderwerpen/data.md)", []),
        ("validation:\n  links:\n    absolute_links: relative_to_docs\n", "[x](/weg.md)", ["AK601"]),
        ("markdown_extensions:\n  - toc:\n      separator: _\n", "[x](#wat_dan_ook)", []),
        ("markdown_extensions:\n  toc:\n    toc_depth: 3\n", "[x](#wat_dan_ook)", ["AK602"]),
        ("edit_uri: edit/hoofd/lijn/docs/\n", "[x](https://github.com/voor/beeld/blob/hoofd/lijn/weg.md)", ["AK610"]),
        ("edit_uri: edit/hoofd/lijn/docs/\n", "[x](https://github.com/voor/beeld/blob/main/weg.md)", []),
        ("", "[x](https://github.com/voor/beeld/tree/main/docs/rollen)", []),
        ("", "[x](https://github.com/voor/beeld/tree/main)", []),
        ("", "[x](https://github.com/voor/beeld/blob/main/.github/x.yml)", []),
        ("", "[x](https://github.com/voor/beeld/issues/new/main)", []),
        ("", "[x](https://raw.githubusercontent.com/Voor/Beeld/refs/heads/main/docs/weg.md)", ["AK610"]),
        ("", "[x](https://github.com/voor/beelden/blob/main/weg.md)", []),
    ],
)
def test_the_settings_of_the_site_are_heard(tmp_path: Path, settings: str, text: str, codes: list[str]) -> None:
    assert [code for code, _, _ in found(tmp_path, text, {"mkdocs.yml": SETTINGS + settings})] == codes


def test_a_site_without_an_address(tmp_path: Path) -> None:
    text = "[a](/onderwerpen/data/) [b](/weg/) [c](https://minimaal.example/kader/)\n"
    assert [f[2] for f in found(tmp_path, text, {"mkdocs.yml": "site_name: s\n"})] == ["/onderwerpen/data/"]


def test_the_menu(tmp_path: Path) -> None:
    nav = """site_name: s
nav:
  - index.md
  - ...
  - ... | rollen/*.md
  - Rollen:
      - rollen/
      - "Weg": 'rollen/weg.md'
      - Map: weg/
      - Elders: https://elders.example/x.md
      - rollen/Jurist.md
      - ./rollen/jurist.md
"""
    problems = check(minimal_site(tmp_path, {"mkdocs.yml": nav.replace("\n", "\r\n")}), select=["AK612"]).problems
    assert [(p.place.line, p.place.excerpt[p.place.column - 1 : p.place.end_column - 1]) for p in problems] == [
        (8, "'rollen/weg.md'"),
        (9, "weg/"),
        (11, "rollen/Jurist.md"),
    ]
    assert "'rollen/jurist.md'" in problems[2].message


@pytest.mark.parametrize(
    "piece",
    [
        "[x](w{n}.md)\n",
        "[x](#a{n})\n",
        "[](",
        "<a href='w{n}/'>",
        "{: #",
        "id='",
        "{#a}",
        "[x](https://github.com/Voor/Beeld/blob/main/w{n})\n",
        "../",
    ],
)
def test_a_hostile_page_takes_no_longer_than_its_length(tmp_path: Path, piece: str) -> None:
    text = "".join(piece.replace("{n}", str(n)) for n in range(30_000 // len(piece)))
    site = open_folder(minimal_site(tmp_path, {**FILES, PAGE: text + "\n\n[y](#weg)\n"}))
    page = next(page for page in site.pages if page.path == PAGE)
    start = time.process_time()
    for rule in choose(knowledge(), Choice(pack="basis", select=RULES)):
        if isinstance(rule.kind, PageCheck):
            list(rule.kind.run(site, page, rule.options))
    assert time.process_time() - start < 1


def test_headings_that_are_near_are_named_however_many_links_are_wrong(tmp_path: Path) -> None:
    wrong = "".join(f"[x](#iets-heel-anders-{number})\n" for number in range(400))
    site = minimal_site(tmp_path, {**FILES, PAGE: f"[x](../onderwerpen/lang.md#in-een-vakje)\n{wrong}"})
    first, *others = check(site, select=["AK602"]).problems
    assert "bedoelde je '#in-een-vak'?" in first.message
    assert first.help[-1].endswith("In een vak")
    assert len(others) == 400


def test_a_file_beside_the_pages_is_no_step_too_many(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {**FILES, PAGE: "[x](../../AFSPRAKEN.md) [y](../../weg.md) [z](../../../weg.md)"})
    beside, *too_far = [problem.message for problem in check(site, select=["AK601"]).problems]
    assert "buiten de map 'docs'" in beside
    assert all("te veel mappen omhoog" in message for message in too_far)
    assert len(too_far) == 2


@pytest.mark.parametrize("text", ["[x]({})", '<a href="{}">x</a>'])
def test_an_address_of_mail_is_offered_as_one(tmp_path: Path, text: str) -> None:
    site = minimal_site(tmp_path, {**FILES, PAGE: text.format("jan@voorbeeld.example")})
    (problem,) = check(site, select=["AK601", "AK608"]).problems
    assert problem.replacements == ("mailto:jan@voorbeeld.example",)


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<div markdown="1">\n<h3>Kop</h3>\n</div>', []),
        ("<h3 markdown>Kop</h3>", []),
        ("<div>\n<h3>Kop</h3>\n</div>", ["AK602"]),
        ('<div markdown="1">\nKop\n</div>', ["AK602"]),
    ],
)
def test_a_heading_in_html_has_an_id_where_markdown_is_read(tmp_path: Path, html: str, told: list[str]) -> None:
    assert [code for code, _, _ in found(tmp_path, f"[x](#kop)\n\n{html}\n")] == told
