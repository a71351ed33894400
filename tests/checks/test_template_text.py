from __future__ import annotations

import time
from pathlib import Path

import pytest

from algokader_lint.checks.template_text import CommentOptions, TemplateOptions, template_comment, template_text
from tests.checks.pages import Bench, html, options_of
from tests.checks.typed import LAW, typed_page
from tests.sites_in_tests import check, minimal_site

TEXTS = options_of("AK405", TemplateOptions)
COMMENTS = options_of("AK409", CommentOptions)
TEMPLATE = """---
title: Hier komt een titel van één zin
toelichting: Leg uit wat het is.
---

<!-- Laat deze regel
staan -->
<!-- tags -->

[Naar de bron](url){ .button }

## Maatregel
Schrijf op wat iemand doet.
Doe dat in één *korte* zin.

- Noem hier een rol
- [Gebruikte bron hierbij](url)

!!! example "Naam van het voorbeeld"
\tBeschrijf het voorbeeld.

Heb je een ander voorbeeld, mail het.
"""
PLAIN = Bench()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(minimal_site(tmp_path_factory.mktemp("met-sjabloon"), {"templates/template-maatregel.md": TEMPLATE}))


def told(folder: Path, text: str, fields: str = "title: Een titel", extra: dict[str, str] | None = None) -> list[str]:
    page = f"docs/{LAW}/maatregelen/x.md"
    files = {page: f"---\n{fields}\n---\n{text}", "templates/template-maatregel.md": TEMPLATE, **(extra or {})}
    report = check(minimal_site(folder, files), select=["AK405"])
    return [
        p.place.excerpt[p.place.column - 1 : p.place.end_column - 1 if p.place.line == p.place.end_line else None]
        for p in report.problems
        if p.place.file == page
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Schrijf op wat iemand doet.\nDoe dat in één *korte* zin.\n", ["Schrijf op wat iemand doet."]),
        ("schrijf op  wat\niemand doet. Doe dat in één korte zin\n", []),
        ("Koop slim in.\nDoe dat in één *korte* zin.\n", ["Doe dat in één *korte* zin."]),
        ("Koop slim in.\r\nDoe dat in één *korte* zin.\r\n", ["Doe dat in één *korte* zin."]),
        ("- Noem hier een rol\n", ["Noem hier een rol"]),
        ("> Noem hier een rol.", ["Noem hier een rol."]),
        ("[Gebruikte bron hierbij](https://a.example)", ["[Gebruikte bron hierbij](https://a.example)"]),
        ("[Naar de bron](url){ .button }", ["[Naar de bron](url){ .button }"]),
        ("[Naar de bron](https://a.example){ .button }", ["[Naar de bron](https://a.example){ .button }"]),
        ('!!! example "Naam van het voorbeeld"\n    Waterveen.\n', ["Naam van het voorbeeld"]),
        ('??? note "a"\n    Beschrijf het voorbeeld.\n', ["Beschrijf het voorbeeld."]),
        ("Noem hier een rol die past.", []),
        ("`Noem hier een rol`\n\n    Noem hier een rol\n", []),
        ("<!-- Noem hier een rol -->", []),
        ("Heb je een ander voorbeeld, mail het.", []),
    ],
)
def test_what_is_left_of_a_template(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert told(tmp_path, text) == expected


def test_fields_that_a_reader_sees_count_too(tmp_path: Path) -> None:
    fields = "title: Hier komt een titel van één zin\ntoelichting: Leg uit wat het is."
    assert told(tmp_path, "Tekst.\n", fields) == ["Hier komt een titel van één zin", "Leg uit wat het is."]


def test_what_stands_on_many_pages_is_the_sites_own(tmp_path: Path) -> None:
    line = "Noem hier een rol.\n"
    pages = {f"docs/{LAW}/maatregelen/p{n}.md": f"---\ntitle: x\n---\n{line}" for n in range(5)}
    assert told(tmp_path / "few", line, extra=dict(list(pages.items())[:3])) == ["Noem hier een rol."]
    assert told(tmp_path / "many", line, extra=pages) == []


def test_no_templates_and_templates_that_cannot_be_read(tmp_path: Path) -> None:
    page = {f"docs/{LAW}/maatregelen/x.md": "---\ntitle: x\n---\nNoem hier een rol.\n"}
    assert check(minimal_site(tmp_path / "none", page), select=["AK405"]).problems == ()
    broken: dict[str, bytes | str] = {**page, "templates/a.md": b"\xff\xfe", "templates/b.txt": b"Noem hier een rol."}
    report = check(minimal_site(tmp_path / "broken", broken), select=["AK405"])
    assert (report.problems, report.crashed) == ((), False)


def test_the_templates_of_the_same_state_count(tmp_path: Path) -> None:
    page = {f"docs/{LAW}/maatregelen/x.md": "---\ntitle: x\n---\nNoem hier een rol.\n"}
    before = minimal_site(tmp_path / "before", page)
    now = minimal_site(tmp_path / "now", {**page, "templates/t.md": TEMPLATE})
    assert len(check(now, select=["AK405"], before=before).problems) == 1
    assert check(now, select=["AK405"], before=now).problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lorem ipsum dolor.", ["Lorem ipsum"]),
        ("Dit is TODO en *TBD*.", ["TODO", "TBD"]),
        ("todo en methodologie; TODOS", []),
        ("`TODO` <!-- TODO -->\n\n```\nTODO\n```\n", []),
        ("[TODO](todo.md) ![TODO](TODO.png)", ["TODO"]),
        ("[vul hier de naam in] en [Organisatie] en [...]", ["[vul hier de naam in]"]),
        ("[invullen]", ["[invullen]"]),
        ("- De uitleg volgt nog.\n", ["De uitleg volgt nog."]),
        ("De uitleg volgt nog.\r\nEn er is meer.\r\n", ["De uitleg volgt nog."]),
        ("Wie dat wil, volgt nog een cursus.", []),
        ("Nog aan te vullen", ["Nog aan te vullen"]),
        ("TODO: volgt nog", ["TODO: volgt nog"]),
        ("Vul hier in wat je doet.", ["Vul hier in wat je doet."]),
        ("Vul hiervoor het register aan.", []),
        ("Hier komt de jurist aan bod", []),
        ("Hier komt nog tekst over inkoop.", ["Hier komt nog tekst over inkoop."]),
        ("XXX", ["XXX"]),
    ],
)
def test_words_that_keep_a_place_free(text: str, expected: list[str]) -> None:
    page = typed_page(PLAIN, text)
    found = [page.source.slice(f.span) for f in template_text(PLAIN.site, page, TEXTS)]
    assert found == expected


def test_on_other_pages_an_example_to_fill_in_is_no_placeholder() -> None:
    assert PLAIN.told(template_text, TEXTS, "Het doel is [invullen].\n\nNog aan te vullen\n") == []
    assert PLAIN.told(template_text, TEXTS, "TODO") == ["placeholder: TODO"]


def comments(bench: Bench, text: str) -> list[str]:
    return bench.told(template_comment, COMMENTS, text)


def test_comments_of_a_template(bench: Bench) -> None:
    assert comments(bench, "<!-- laat deze regel  staan -->\n<!-- tags -->\n") == ["<!-- laat deze regel  staan -->"]
    assert comments(PLAIN, "<!-- laat deze regel staan -->\n<!-- tags -->\n") == []
    assert comments(PLAIN, "<!-- Vul hier\r\niets in -->") == ["<!-- Vul hier\r\niets in -->"]
    assert comments(PLAIN, "<!-- Dit voorbeeld is van de jurist -->") == []
    assert comments(PLAIN, "`<!-- vul hier iets in -->`\n\n```\n<!-- vul hier iets in -->\n```\n") == []
    assert comments(PLAIN, "<!-- vul hier iets in") == []


FILL_IN = "<!-- Vul hier iets in -->"


@pytest.mark.parametrize(
    "text",
    [
        f"## A\n{FILL_IN}\n- a\n- b\n",
        f"## A\n\n{FILL_IN}\n\nTekst.\n",
        f"{FILL_IN}\n<!-- tags -->\n\nTekst.\n",
        f"Tekst.\n{FILL_IN}\n- a\n",
        f"Tekst.\n{FILL_IN}\nTekst.\n",
        f"## A\r\n{FILL_IN}\r\n{FILL_IN}\r\nTekst.\r\n",
        "## A\n<!-- Vul hier\n\niets in -->\nTekst.\n",
        f"- a\n- b\n\n{FILL_IN}\n\nTekst.\n",
        f"- a\n{FILL_IN}\nTekst.\n",
        f"## A\n\nTekst.\n\n{FILL_IN}",
        f"| a |\n|---|\n| b |\n\n{FILL_IN}\n| c |\n|---|\n| d |\n",
        f'!!! note "A"\n    a\n\n{FILL_IN}\n!!! note "B"\n    b\n',
    ],
)
def test_a_removal_changes_nothing_that_a_reader_sees(text: str) -> None:
    after = PLAIN.repaired(template_comment, COMMENTS, text)
    assert FILL_IN not in after
    assert "Vul hier" not in after
    plain = html(text).replace(FILL_IN, "").replace("<!-- Vul hier\n\niets in -->", "")
    assert html(after).split() == plain.split()
    assert PLAIN.repaired(template_comment, COMMENTS, after) == after
    assert ("\r\n" in after) == ("\r\n" in text)


@pytest.mark.parametrize(
    "text",
    [
        f"- a\n\n{FILL_IN}\n\n- b\n",
        f"- a\n\n{FILL_IN}\n{FILL_IN}\n\n- b\n",
        f"- a\n\n{FILL_IN}\n\n    code\n",
        f"> a\n\n{FILL_IN}\n\n> b\n",
        f"Tekst {FILL_IN} met meer.\n",
        f"{FILL_IN} Tekst.\n",
        f"- a\n    {FILL_IN}\n",
        f'??? note "A"\n    {FILL_IN}\n',
    ],
)
def test_no_removal_where_what_stands_around_would_run_together(text: str) -> None:
    assert comments(PLAIN, text)
    assert PLAIN.repaired(template_comment, COMMENTS, text) == text


@pytest.mark.parametrize(
    "piece", ["TODO\n", "TODO ", "[vul hier ", f"{FILL_IN}\n", "volgt nog\n", "a b c d ", "- a\n", "[vul hier a]"]
)
def test_hostile_text_costs_little(bench: Bench, piece: str) -> None:
    page = typed_page(bench, piece * (15_000 // len(piece)))
    started = time.process_time()
    list(template_text(bench.site, page, TEXTS))
    list(template_comment(bench.site, page, COMMENTS))
    assert time.process_time() - started < 0.8
