"""What is told of the addresses on a page: as they are written, and after a check of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from algokader_lint.engine import Run, write_baseline
from algokader_lint.engine.baseline import read_baseline
from algokader_lint.links.answer import VERDICTS, Answer, Hop, Reason, VerdictName
from algokader_lint.links.gathering import gather
from algokader_lint.messages import LANGUAGES, load_messages
from algokader_lint.problem import Problem, Report
from algokader_lint.selection import Choice, choose
from tests.sites_in_tests import check, knowledge, minimal_site, open_folder

PAGE = "docs/rollen/jurist.md"
URL = "https://www.ergens.example/rapport"
NEW = "https://www.ergens.example/publicaties/rapport"
TOLD_ELSEWHERE: set[VerdictName] = {"ok", "invalid", "unsafe"}
"""Verdicts that no rule of the kind is about: what is right, and what is told without asking."""


def links(*targets: str) -> str:
    return "---\ntitle: Jurist\n---\n\n" + "".join(f"- [link {n}]({target})\n" for n, target in enumerate(targets))


def problems(folder: Path, text: str, answers: Mapping[str, Answer] = {}, **more: Any) -> tuple[Problem, ...]:
    site = minimal_site(folder, {PAGE: text})
    return check(site, select=["AK702", "AK706", "AK71"], answers=answers, **more).problems


def variants(folder: Path, targets: Mapping[str, str]) -> dict[str, str]:
    """The cases of AK702 that links are, by their messages."""
    rule = knowledge().rule("AK702")
    assert rule is not None
    said = {name: variant.message.nl.partition("{value}") for name, variant in rule.variants.items() if variant.message}
    found = {}
    for problem in problems(folder, links(*targets)):
        message = problem.message.partition("; bedoelde")[0]
        (found[marked(problem)],) = (
            name for name, (before, _, after) in said.items() if message.startswith(before) and message.endswith(after)
        )
    return found


def marked(problem: Problem) -> str:
    place = problem.place
    return place.excerpt[place.column - 1 : place.end_column - 1]


WRONG = {
    "htps://www.ergens.example/a": "scheme",
    "hhtps://www.ergens.example": "scheme",
    "htttp://www.ergens.example/a": "scheme",
    "ttps://www.ergens.example": "scheme",
    "Htps://www.ergens.example": "scheme",
    "https:/www.ergens.example/a": "scheme",
    "http:/ergens.example/a": "scheme",
    "https:www.ergens.example": "scheme",
    "https//www.ergens.example/a": "scheme",
    "http//www.ergens.example": "scheme",
    "https;//www.ergens.example": "scheme",
    "htps:/www.ergens.example/x": "scheme",
    "https: //www.ergens.example": "scheme",
    "https :// www.ergens.example": "scheme",
    "https:\\\\www.ergens.example": "scheme",
    "https:///www.ergens.example": "scheme",
    "https:": "scheme",
    "https://https://www.ergens.example/a": "scheme",
    "http://https//www.ergens.example/a": "scheme",
    "“https://www.ergens.example”": "scheme",
    "%20https://www.ergens.example": "scheme",
    "\u200bhttps://www.ergens.example": "scheme",
    "www.ergens.example": "no-scheme",
    "www.ergens.example/a?b=c": "no-scheme",
    "https://": "no-host",
    "https://?a=b": "no-host",
    "https://www,ergens.example/a": "bad-host",
    "https://www..ergens.example": "bad-host",
    "https://.ergens.example/": "bad-host",
    "https://www.ergens .example/a": "bad-host",
    f"https://{'a' * 64}.example": "bad-host",
    "https://www.ergens.example:a/": "bad-port",
    "https://www.ergens.example:99999/": "bad-port",
    "//www.ergens.example:a/": "bad-port",
    f"https://www.ergens.example/{'a' * 2000}": "too-long",
}
RIGHT = [
    "https://www.ergens.example",
    "HTTPS://WWW.ERGENS.EXAMPLE/A",
    "//www.ergens.example/a",
    "https://www.ergens.example:443/a",
    "https://www.ergens.example./a",
    "https://ergens_anders.example.org/a b.pdf",
    "https://ergens\\_anders.example.org/",
    "https&#58;//www.ergens.example/",
    "https://www.ergens.example?a=1&amp;b=2#:~:text=c,d%3B",
    "https://www.ergens.example/https://www.anders.example/a",
    "https://http.example/",
    "https://caf\u00e9.example/caf\u00e9",
    "https://xn--caf-dma.example/",
    "https://[2001:4860:4860::8888]/",
    "https://{{ server }}/a",
    "{{ url }}",
    "http-status.md",
    "https.md",
    "tips/http/intro.md",
    "http/www.ergens.example.md",
    "../hulpmiddelen/handreiking-inkoop.md",
    "www/a.md",
    "#http:",
    "mailto:iemand@ergens.example",
    "tel:+31701234567",
    "ftp://bestanden.ergens.example/a",
    "urn:nl:ak:mtr:owp-01",
    "data:image/png;base64,aGk=",
    "javascript:void(0)",
    "",
]


def test_addresses_that_are_misspelt(tmp_path: Path) -> None:
    assert variants(tmp_path, WRONG) == {target.strip(): variant for target, variant in WRONG.items()}


def test_addresses_that_are_not(tmp_path: Path) -> None:
    assert problems(tmp_path, links(*RIGHT)) == ()


def test_what_was_meant_is_named_where_it_is_clear(tmp_path: Path) -> None:
    meant = {
        "htps://www.ergens.example/a": ("https://www.ergens.example/a",),
        "htp:/www.ergens.example": ("http://www.ergens.example",),
        "www.ergens.example/a": ("https://www.ergens.example/a",),
        "https://https://www.ergens.example/a": ("https://www.ergens.example/a",),
        "http://https//www.ergens.example/a": (),
        "“https://www.ergens.example”": (),
        "https:/ik:geheim@www.ergens.example": (),
        "https://www,ergens.example": (),
    }
    text = "".join(f"![plaatje]({target})\n\n" for target in meant)
    found = problems(tmp_path, text)
    assert [problem.replacements for problem in found if problem.code == "AK702"] == [
        guess for target, guess in meant.items() if "geheim" not in target
    ]


def test_one_defect_is_told_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path, links("http:/localhost/a", "https:/ik:geheim@www.ergens.example/b", "https://https://c.example")
    )
    assert [problem.code for problem in found] == ["AK706", "AK706", "AK702"]
    assert not [problem for problem in found if "geheim" in problem.message]


@pytest.mark.parametrize("scheme", ["https://", "https:/", "//", "http:", "https:\\\\"])
def test_a_password_in_an_address_is_not_repeated(tmp_path: Path, scheme: str) -> None:
    (problem,) = problems(tmp_path, links(f"{scheme}ik:geheim@www.ergens.example/x"))
    assert problem.code == "AK706"
    assert "geheim" not in problem.message


def test_every_verdict_has_its_rule() -> None:
    told = [verdict for rule in knowledge().rules for verdict in rule.options.get("verdicts", ())]
    assert sorted(told) == sorted(set(VERDICTS) - TOLD_ELSEWHERE)


def answer(verdict: VerdictName, reason: Reason = "", **more: Any) -> Answer:
    return Answer(verdict=verdict, reason=reason, **more)


def test_every_answer_can_be_put_into_words(tmp_path: Path) -> None:
    """With every reason, for a rule must not fail on one that it has no words of its own for."""
    reasons = get_args(Reason)
    urls = [f"https://www.ergens.example/{number}" for number in range(len(reasons))]
    site = minimal_site(tmp_path, {PAGE: links(*urls)})
    told: list[VerdictName] = [verdict for verdict in VERDICTS if verdict not in TOLD_ELSEWHERE]
    for verdict in (*told, "unsafe"):
        answers = {url: answer(verdict, reason, failing_days=3) for url, reason in zip(urls, reasons, strict=True)}
        for language in LANGUAGES:
            report = check(site, select=["AK706", "AK71"], answers=answers, language=language)
            assert not report.crashed
            assert len(report.problems) == len(urls), verdict
            assert not [problem for problem in report.problems if "{" in problem.message]


def test_an_address_that_nobody_asked_for_says_nothing(tmp_path: Path) -> None:
    text = links(URL)
    assert problems(tmp_path, text, {NEW: answer("dead", "not-found", status=404)}) == ()
    assert problems(tmp_path, text, {URL: answer("ok", status=200)}) == ()
    assert problems(tmp_path, text, {URL: answer("invalid", "unparsable")}) == ()


def test_all_places_of_an_address_are_told(tmp_path: Path) -> None:
    text = f"{links(URL, URL)}\n![x]({URL}) <a href='{URL}'>x</a> en {URL}.\n\n`{URL}` <!-- {URL} -->\n"
    found = problems(tmp_path, text, {URL: answer("dead", "not-found", status=404)})
    assert [problem.code for problem in found] == ["AK711"] * 5
    assert {problem.place.excerpt[problem.place.column - 1 : problem.place.end_column - 1] for problem in found} == {
        URL
    }
    assert found[0].message == f"op adres '{URL}' is geen pagina (de site meldt 404)"


def test_trouble_is_told_after_three_days(tmp_path: Path) -> None:
    for days, told in ((0, 0), (2, 0), (3, 1), (9, 1)):
        trouble = answer("unknown", "timeout", failing_days=days, checked_at=datetime(2026, 11, 20, tzinfo=UTC))
        assert len(problems(tmp_path, links(URL), {URL: trouble})) == told


def test_a_new_address_is_told_once_and_can_be_copied(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, links(URL), {URL: answer("moved", "permanent", status=200, moved_to=NEW)})
    assert problem.message == f"de pagina op adres '{URL}' is verhuisd naar '{NEW}'"
    assert problem.replacements == (NEW,)


@pytest.mark.parametrize(
    "hostile",
    [
        "javascript:alert(1)",
        f"{NEW})<script>",
        f"{NEW} x",
        f"{NEW}\n::error::x",
        f"{NEW}\"onclick='x",
        f"{NEW}](x)",
        "",
    ],
)
def test_what_a_server_names_is_not_offered_when_it_cannot_stand_there(tmp_path: Path, hostile: str) -> None:
    (problem,) = problems(tmp_path, links(URL), {URL: answer("moved", "permanent", moved_to=hostile)})
    assert problem.replacements == ()


def test_titles_come_on_one_line_and_passwords_not_at_all(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, links(URL), {URL: answer("suspect", "title", detail="Fout\n\n::error::404 ")})
    assert "'Fout ::error::404'" in problem.message
    landed = answer("suspect", "home-page", final_url="https://ik:geheim@www.ergens.example/")
    (problem,) = problems(tmp_path, links(URL), {URL: landed})
    assert "geheim" not in problem.message


def test_redirects_to_where_nobody_may_go(tmp_path: Path) -> None:
    hops = (Hop(URL, 302),)
    cases: dict[Answer, tuple[str, str]] = {
        answer("unsafe", "private", hops=hops): ("error", "stuurt door naar een plek die niet op internet is"),
        answer("unsafe", "scheme", hops=hops): ("error", "stuurt door naar een adres dat niet op een openbare"),
        answer("unsafe", "credentials", hops=hops): ("error", "stuurt door naar een adres dat niet op een openbare"),
        answer("unsafe", "private"): ("error", "is niet te openen op internet"),
        answer("unsafe", "port"): ("warning", "ongewoon nummer"),
        answer("unsafe", "credentials"): ("warning", "gebruikersnaam"),
    }
    for said, (severity, words) in cases.items():
        (problem,) = problems(tmp_path, links(URL), {URL: said})
        assert (problem.code, problem.severity) == ("AK706", severity)
        assert words in problem.message


def test_an_address_to_look_at_is_not_one_to_go_to(tmp_path: Path) -> None:
    """In the text, ``http://localhost`` may be there for a reader to see; a link to it is told as it is written."""
    local = "http://localhost:8000/"
    said = {local: answer("unsafe", "private")}
    assert problems(tmp_path, f"Open {local} in je browser.\n", said) == ()
    assert [problem.code for problem in problems(tmp_path, links(local), said)] == ["AK706"]


DEAD = answer("dead", "not-found", status=404)


def test_what_was_dead_before_is_not_new(tmp_path: Path) -> None:
    other = "https://www.anders.example/a"
    before = minimal_site(tmp_path / "before", {PAGE: links(URL)})
    now = minimal_site(tmp_path / "now", {PAGE: links(URL, other)})
    report = check(now, select=["AK71"], before=before, answers={URL: DEAD, other: DEAD})
    assert [problem.message for problem in report.problems] == [
        f"op adres '{other}' is geen pagina (de site meldt 404)"
    ]
    assert report.change is not None
    assert report.change.known == 1


def baseline_of(folder: Path, known: Mapping[str, int] | None, answers: Mapping[str, Answer]) -> dict[str, int]:
    choice = Choice(pack="basis", select=["AK71"])
    site, words = open_folder(folder), load_messages("nl")
    task = Run(
        site=site,
        rules=choose(knowledge(), choice),
        pack="basis",
        knowledge=knowledge(),
        messages=words,
        baseline=known,
        answers=answers,
    )
    return dict(read_baseline(write_baseline(task).encode()))


def test_a_baseline_holds_dead_links_until_they_are_known_to_live(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {PAGE: links(URL)})
    first = baseline_of(site, None, {URL: DEAD})
    assert [code.partition(":")[0] for code in first] == ["AK711"]
    assert baseline_of(site, first, {}) == first
    assert stale(check(site, select=["AK71"], baseline=first)) == 0
    everything = {url: answer("ok", status=200) for url in gather(open_folder(site).pages, lambda page, span: True)}
    assert stale(check(site, select=["AK71"], baseline=first, answers=everything)) == 1
    assert baseline_of(site, first, everything) == {}


def stale(report: Report) -> int:
    assert report.baseline is not None
    return report.baseline.stale


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({}, []),
        ({URL: DEAD}, []),
        ({URL: answer("unknown", "timeout")}, []),
        ({NEW: answer("ok")}, []),
        ({URL: answer("ok", status=200)}, ["AK911"]),
    ],
)
def test_a_suppression_is_of_no_use_only_when_the_link_is_known_to_work(
    tmp_path: Path, answers: Mapping[str, Answer], codes: list[str]
) -> None:
    text = f"---\ntitle: Jurist\n---\n\n<!-- lint-uit AK711: staat in het archief -->\n\n[a]({URL})\n"
    site = minimal_site(tmp_path, {PAGE: text})
    report = check(site, select=["AK711", "AK911"], answers=answers)
    assert [problem.code for problem in report.problems] == codes


@pytest.mark.parametrize(
    "targets", [["//" + "a" * 60 + "." for _ in range(9)], ["https://" + "a-" * 900], ["h" * 4000]]
)
def test_hostile_addresses_cost_little(tmp_path: Path, targets: list[str]) -> None:
    long = [
        "".join(targets) * (4000 // len("".join(targets)) or 1),
        "https:/" + "x@:" * 1300,
        "“" * 4000,
        "https:" + " " * 4000,
    ]
    begun = datetime.now(UTC)
    problems(tmp_path, links(*(long * 40)))
    assert (datetime.now(UTC) - begun).total_seconds() < 3
