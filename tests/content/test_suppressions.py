from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.content.page import Page
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.suppressions import Suppression, read_suppressions
from algokader_lint.engine import Exemption, Waivers
from tests.sites_in_tests import SITES, check, described, knowledge, minimal_site, read_files

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
CLEAN = read_files(SITES / "minimaal")[MEASURE].decode()
FORM = knowledge().catalogue.suppressions


def page_of(text: str) -> Page:
    return PageReader(knowledge().types).read("docs/rollen/x.md", "rollen/x.md", text.encode())


def read(text: str) -> list[Suppression]:
    return list(read_suppressions(page_of(text), FORM))


def covered(text: str) -> str | None:
    (found,) = read(text)
    return None if found.covers is None else text[found.covers.start : found.covers.end]


def test_above_a_definition_it_covers_its_target() -> None:
    for between in ("\n", "\n\n"):
        text = f"Zie [a][b].\n\n<!-- lint-uit AK601: x -->{between}[b]: weg.md\n\nTekst.\n"
        assert covered(text) == "[b]: weg.md"


@pytest.mark.parametrize(
    ("comment", "rules", "reason", "until"),
    [
        ("lint-uit AK301: reden", ("AK301",), "reden", None),
        ("lint-off AK301,dubbele-titel : a: b", ("AK301", "dubbele-titel"), "a: b", None),
        ("lint-uit AK3 tot 2027-01-31: reden", ("AK3",), "reden", date(2027, 1, 31)),
        ("lint-uit AK3 until 2027-02-31: reden", ("AK3",), "reden", date.min),
        ("lint-uit AK301", ("AK301",), "", None),
        ("lint-uit: reden", (), "reden", None),
        ("lint-uit", (), "", None),
    ],
)
@pytest.mark.parametrize("form", ["---\ntitle: x\n---\n\n<!-- {} -->\n\ntekst\n", "---\n  #{}\ntitle: x\n---\n"])
def test_what_a_suppression_says(
    form: str, comment: str, rules: tuple[str, ...], reason: str, until: date | None
) -> None:
    (found,) = read(form.format(comment))
    assert (found.rules, found.reason, found.until) == (rules, reason, until)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n---\n\n<!-- lint-uitgezet AK301: x -->\n",
        "---\ntitle: x\n---\n\ntekst <!-- lint-uit AK301: x -->\n",
        "---\ntitle: x\n---\n\n```\n<!-- lint-uit AK301: x -->\n```\n",
        "---\ntitle: x # lint-uit AK301: x\n---\n",
        "---\ntitle: |\n  tekst\n  # lint-uit AK301: x\n---\n",
        "---\ntitle: x\n---\n\n<!-- lint-uit AK301: nooit gesloten\n",
    ],
)
def test_what_is_no_suppression(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "covers"),
    [
        ("---\n# lint-uit AK1: x\ntitle: a\nhide:\n- b\n---\n", "title: a"),
        ("---\ntitle: a\n# lint-uit AK1: x\nhide:\n- b\n- c\n---\n", "hide:\n- b\n- c"),
        ("---\ntitle: a\nhide:\n- b\n# lint-uit AK1: x\n- c\n---\n", "c"),
        ("---\ntitle: a\n# lint-uit AK1: x\n---\n\ntekst\n", None),
        ("---\ntitle: a\n---\n\n<!-- lint-uit AK1: x -->\n\neen\ntwee\n\ndrie\n", "een\ntwee"),
        ("---\ntitle: a\n---\n\n<!-- lint-uit AK1: x -->\n- een\n- twee\n\nna\n", "- een\n- twee"),
        ("---\n---\n\n<!-- lint-uit AK1: x -->\n## Kop\n\neen\n\n### Sub\n\n## Na\n", "## Kop\n\neen\n\n### Sub\n\n"),
        ("---\ntitle: a\n---\n\neen\n\n<!-- lint-uit AK1: x -->\n", None),
        ('---\ntitle: a\n---\n\n!!! note "x"\n\n    <!-- lint-uit AK1: x -->\n    een\n\n    twee\n', "    een"),
    ],
)  # fmt: skip
def test_what_a_suppression_covers(text: str, covers: str | None, eol: str) -> None:
    found = covered(text.replace("\n", eol))
    if found is not None and covers is not None:
        assert found.strip().replace(eol, "\n") == covers.strip()
    else:
        assert found == covers


@given(st.text(alphabet=st.sampled_from("ab:,# \n\r\t-—'\"[]{}|>&*!%\u2028é"), max_size=80))
def test_no_text_breaks_the_reader_and_places_lie_within(text: str) -> None:
    page = page_of(f"---\n# lint-uit {text}\ntitle: x\n---\n\n<!-- lint-uit {text} -->\n{text}\n")
    for found in read_suppressions(page, FORM):
        assert page.source.slice(found.span).startswith(("#", "<!--"))
        assert found.covers is None or found.span.end <= found.covers.start <= found.covers.end <= len(page.source.text)


BROKEN = CLEAN.replace("- aia-01-menselijk-toezicht", "# lint-uit {}\n- aia-01-toezigt")


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("AK301: wacht op de nieuwe wet", []),
        ("AK3: wacht op de nieuwe wet", []),
        ("onbekende-verwijzing tot 2999-01-01: wacht", []),
        ("AK301", ["AK911", "AK301"]),
        ("AK301 tot 2020-01-01: wacht", ["AK911", "AK301"]),
        ("AK302: verkeerde regel", ["AK911", "AK301"]),
        ("AK301, AK9999: wacht", ["AK911"]),
        (": reden zonder regel", ["AK911", "AK301"]),
    ],
)
def test_what_a_suppression_does(tmp_path: Path, comment: str, codes: list[str]) -> None:
    report = check(minimal_site(tmp_path, {MEASURE: BROKEN.format(comment)}))
    assert [p.code for p in report.problems] == codes
    assert report.summary.suppressed == (0 if "AK301" in codes else 1)


def test_one_of_a_rule_that_did_not_run_is_not_called_unused(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {MEASURE: CLEAN.replace("title:", "# lint-uit AK107: lang\ntitle:", 1)})
    assert [p.code for p in check(site).problems] == ["AK911"]
    assert check(site, ignore=["AK107"]).problems == ()


def test_a_comment_that_waives_hides_nothing_beyond_what_it_covers(tmp_path: Path) -> None:
    page = BROKEN.format("AK301: wacht").replace("rollen:\n- ", "rollen:\n- niemand\n- ")
    assert [p.code for p in check(minimal_site(tmp_path, {MEASURE: page})).problems] == ["AK301"]


def test_exemptions_end_and_are_told_when_they_do_or_are_of_no_use(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {MEASURE: BROKEN.replace("# lint-uit {}\n", "")})
    ended = Exemption("docs/**", ("AK301",), date(2020, 1, 1))
    report = check(site, exemptions=[ended])
    assert described(report.problems) == [f"{MEASURE}:6 AK301 error", "mkdocs.yml:1 AK911 warning"]
    assert "gold tot en met 2020-01-01" in report.problems[1].message
    report = check(site, exemptions=[Exemption("docs/**", ("AK301",)), Exemption("docs/rollen/*", ("AK108",))])
    assert described(report.problems) == ["mkdocs.yml:1 AK911 warning"]
    assert Waivers().today == date.today()


def test_a_rule_that_was_meant_is_named(tmp_path: Path) -> None:
    text = CLEAN.replace("---\n", "---\n# lint-uit AK0108: de reden\n", 1)
    (problem,) = check(minimal_site(tmp_path, {MEASURE: text}), select=["AK911"]).problems
    assert problem.message.endswith("; bedoelde je 'AK108'?")
