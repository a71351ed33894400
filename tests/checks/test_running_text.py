from __future__ import annotations

import time
from pathlib import Path

import pytest

from algokader_lint.checks.options import NoOptions
from algokader_lint.checks.running_text import TemplateOptions, known_note, mail_link, template_variable
from tests.checks.pages import Bench, html, options_of
from tests.sites_in_tests import minimal_site

BENCH = Bench()
TEMPLATES = options_of("AK611", TemplateOptions)
MAIL = "redactie@voorbeeld.example"


def variables(text: str, bench: Bench = BENCH) -> list[str]:
    return bench.told(template_variable, TEMPLATES, text)


def mail(text: str) -> list[str]:
    return BENCH.told(mail_link, NoOptions(), text)


def notes(text: str) -> list[str]:
    return BENCH.told(known_note, NoOptions(), text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {{ b }} c", ["{{ b }}"]),
        ("{{b}}\r\n{% if x %} a\r\n", ["{{b}}", "{% if x %}"]),
        ("[a]({{ b }}/c.md) ![{{ d }}](e.png)", ["{{ b }}", "{{ d }}"]),
        ("<div class='{{ b }}'>\n{{ c }}\n</div>", ["{{ b }}", "{{ c }}"]),
        ("!!! tip\n    {{ b }}\n", ["{{ b }}"]),
        ("| a |\n|---|\n| {{ b }} |\n", ["{{ b }}"]),
        ("a[^1]\n\n[^1]: {{ b }}", ["{{ b }}"]),
        ("`{{ a }}` {{ é }}", ["{{ é }}"]),
        ("{%- set x = 1 -%}", ["{%- set x = 1 -%}"]),
    ],
)
def test_variables(text: str, expected: list[str]) -> None:
    assert variables(text) == expected
    assert all(item in html(text).replace("&#39;", "'") for item in expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{{ a",
        "{ a } {} {{}} {{\na\n}} {{{ a }}} 100{% a",
        "\\{{ a }} \\{% a %}",
        "`{{ a }}`",
        "```jinja\n{{ a }}\n```\n",
        "    {{ a }}\n",
        "<!-- {{ a }} -->",
        "<!--\n{% a %}\n-->",
        "<pre>{{ a }}</pre> <code>{{ a }}</code>",
        "## Kop { #x }",
    ],
)
def test_no_variables(text: str) -> None:
    assert variables(text) == []


@pytest.mark.parametrize("plugins", ["[search, macros]", "\n- search\n- macros:\n    x: 1\n", "\n  macros: {}\n"])
def test_where_a_plugin_fills_in_variables_nothing_is_told(tmp_path: Path, plugins: str) -> None:
    bench = Bench(minimal_site(tmp_path, {"mkdocs.yml": f"site_name: x\nplugins: {plugins}"}))
    assert variables("{{ a }}", bench) == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (f"Mail {MAIL}.", f"Mail [{MAIL}](mailto:{MAIL})."),
        (f"({MAIL}), **{MAIL}**", f"([{MAIL}](mailto:{MAIL})), **[{MAIL}](mailto:{MAIL})**"),
        (f"- {MAIL}\r\n- x\r\n", f"- [{MAIL}](mailto:{MAIL})\r\n- x\r\n"),
        (f"> {MAIL}", f"> [{MAIL}](mailto:{MAIL})"),
        (f"!!! tip\n\t{MAIL}\n", f"!!! tip\n\t[{MAIL}](mailto:{MAIL})\n"),
        (f"| a |\n|---|\n| {MAIL} |\n", f"| a |\n|---|\n| [{MAIL}](mailto:{MAIL}) |\n"),
        (f"a[^1]\n\n[^1]: {MAIL}", f"a[^1]\n\n[^1]: [{MAIL}](mailto:{MAIL})"),
        (f"[contact: {MAIL}]", f"[contact: [{MAIL}](mailto:{MAIL})]"),
        ("a_b.c_d@e-f.example", "[a_b.c_d@e-f.example](mailto:a_b.c_d@e-f.example)"),
        ("één: a@b.example", "één: [a@b.example](mailto:a@b.example)"),
    ],
)
def test_a_mail_address_becomes_a_link_and_nothing_else_changes(text: str, fixed: str) -> None:
    assert BENCH.repaired(mail_link, NoOptions(), text) == fixed
    assert mail(fixed) == []
    assert html(fixed).count("mailto:") == html(text).count("mailto:") + len(mail(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"[{MAIL}](mailto:{MAIL}) <{MAIL}> [mail {MAIL} nu](x.md)",
        f"`{MAIL}`\n\n    {MAIL}\n",
        f"<!-- {MAIL} -->",
        f"<div>\n{MAIL}\n</div>",
        f"<a href='mailto:{MAIL}'>mail</a>",
        f"Mail <a href='mailto:{MAIL}'>{MAIL}</a>.",
        f"Mail <a href='mailto:{MAIL}'><b>de redactie</b> {MAIL}</a>.",
        f"Typ <code>{MAIL}</code>.",
        "git@a.example:groep/map en naam@a.example:8080",
        f"https://a.example/?mail={MAIL} https://{MAIL}/x www.a.example/{MAIL}",
        f"[a](https://a.example/?b={MAIL})",
        "@gebruiker @gebruiker@server.example a@b a@b. x@",
        "~/a@b.example/c",
    ],
)
def test_what_is_no_loose_mail_address(text: str) -> None:
    assert mail(text) == []


def test_a_mail_address_in_a_heading_or_title_is_told_and_left() -> None:
    for text in (f"## Mail {MAIL}\n", f'!!! tip "{MAIL}"\n    x\n'):
        assert mail(text) == [MAIL]
        assert BENCH.repaired(mail_link, NoOptions(), text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a[^1]", ["none: [^1]"]),
        ("a[^1] b[^2]\n\n[^1]: x", ["[^2]"]),
        ("a[^A]\n\n[^a]: x", ["[^A]"]),
        ("- a[^1]\n\n!!! tip\n    b[^2]\n", ["none: [^1]", "none: [^2]"]),
        ("| a[^1] |\n|---|\n| b |\n", ["none: [^1]"]),
        ("## Kop[^1]\r\n", ["none: [^1]"]),
        ("a[^1]\n\n    [^1]: dit is code\n", ["none: [^1]"]),
        ("[^1]: zie [^2]\n\na[^1]", ["[^2]"]),
    ],
)
def test_a_note_that_is_not_there_is_seen_as_text(text: str, expected: list[str]) -> None:
    assert notes(text) == expected
    assert all(item.rpartition(" ")[2] in html(text) for item in expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a[^1]\n\n[^1]: x",
        "[^1]: x\n\na[^1]",
        "tekst\n[^1]: x\n\na[^1]",
        "- a[^1]\n\n    [^1]: x",
        "a[^1]\n\n!!! tip\n    [^1]: x",
        "> a[^1]\n>\n> [^1]: x",
        "a[^een-noot.2]\r\n\r\n[^een-noot.2]: x\r\n",
        "a[^één]\n\n[^één]: x",
        "`[^1]`\n\n    [^1]\n",
        "<!-- [^1] -->",
        "\\[^1] [^a b] [^/] [^]",
        "a[^1]\n\n--8<-- 'noten.md'\n",
    ],
)
def test_notes_that_are_there(text: str) -> None:
    assert notes(text) == []


def test_a_name_that_is_near_is_offered() -> None:
    (found,) = BENCH.findings(known_note, NoOptions(), "a[^rapprt] b[^rapport]\n\n[^rapport]: x")
    assert [guess.value for guess in found.suggestions] == ["rapport"]
    (found,) = BENCH.findings(known_note, NoOptions(), "a[^11]\n\n[^1]: x")
    assert found.suggestions == ()


@pytest.mark.parametrize(
    "piece",
    ["{{", "{{ a", "{% a", "{{a}}", "[^", "[^a]", "a@", "a@b.c ", "a@b.example", "a.", "@", "[a@b.example](x) ", " "],
)
def test_hostile_text_costs_little(piece: str) -> None:
    page = BENCH.page("x [^ @ " + piece * (15_000 // len(piece)))
    started = time.process_time()
    list(template_variable(BENCH.site, page, TEMPLATES))
    list(mail_link(BENCH.site, page, NoOptions()))
    list(known_note(BENCH.site, page, NoOptions()))
    assert time.process_time() - started < 0.4
