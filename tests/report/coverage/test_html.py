"""The coverage page, read as HTML; ``tests/browser`` looks at it in a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from algokader_lint.config import CoverageWaiver
from algokader_lint.coverage.document import DraftPage
from algokader_lint.coverage.outcome import Host, Outcome, Point, Topic
from algokader_lint.coverage.plan import Verdict
from algokader_lint.messages import load_messages
from algokader_lint.report import coverage
from algokader_lint.report.coverage.html import render_html
from algokader_lint.report.coverage.html_chart import chart_of
from algokader_lint.report.coverage.html_links import Links
from tests.command import run
from tests.report.coverage.pages import (
    MEASURES,
    REVISION,
    Element,
    Reader,
    busy_site,
    hostile_site,
    measure_page,
    outcome_of,
)
from tests.sites_in_tests import SITES, minimal_site

DUTCH, ENGLISH = load_messages("nl", "coverage"), load_messages("en", "coverage")
URL = re.compile(r"(?:https?:)?//[\w.-]+", re.IGNORECASE)
FETCHES = ("src", "srcset", "data", "poster", "action", "formaction", "background", "ping", "manifest", "xlink:href")


@pytest.fixture(scope="module")
def example() -> Outcome:
    return outcome_of(SITES / "voorbeeld")


@pytest.fixture(scope="module")
def page(example: Outcome) -> Element:
    return Reader(render_html(example, DUTCH)).root


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return outcome_of(busy_site(tmp_path_factory.mktemp("druk")))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return outcome_of(hostile_site(tmp_path_factory.mktemp("kwaad")))


def find(page: Element, identifier: str) -> Element:
    (found,) = [element for element in walk(page) if element.get("id") == identifier]
    return found


def walk(element: Element) -> list[Element]:
    return [element, *(inner for child in element.children for inner in walk(child))]


def rows(table: Element) -> list[list[str]]:
    """What stands in the body of a table, row by row, without what is only there for screen readers."""
    (body,) = table.all("tbody")
    return [[shown(cell) for cell in row.all("th", "td")] for row in body.all("tr")]


def shown(element: Element) -> str:
    text = element.text
    for inner in walk(element):
        if "vh" in inner.get("class").split():
            text = text.replace(inner.text, "", 1)
    return " ".join(text.split())


def policy(page: Element) -> dict[str, str]:
    (meta,) = [meta for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    return dict(rule.strip().split(" ", 1) for rule in meta.get("content").split(";"))


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def safe(page: Element) -> None:
    """Nothing on a page runs, loads or leads elsewhere but what is meant to."""
    (style,), (script,) = page.all("style"), page.all("script")
    rules = policy(page)
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert (rules["style-src"], rules["script-src"]) == (digest(style.text), digest(script.text))
    for element in walk(page):
        assert not {name for name in element.attributes if name.startswith("on") or name in (*FETCHES, "style")}
        assert element.tag not in ("img", "iframe", "object", "embed", "link", "base", "audio", "video", "image", "use")
        if "href" in element.attributes:
            assert re.match(r"#[\w-]+$|https://github\.com/voorbeeld/kader/(blob|new)/", element.get("href"))
    for text in (style.text, script.text):
        assert not URL.search(text)
        assert "url(" not in text
        assert "@import" not in text


def test_it_is_one_whole_page_that_loads_nothing(page: Element) -> None:
    safe(page)
    assert [(html.get("lang"), len(html.all("main")), len(html.all("h1"))) for html in page.all("html")] == [
        ("nl", 1, 1)
    ]
    identifiers = [element.get("id") for element in walk(page) if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    named = {name for element in walk(page) for name in element.get("aria-labelledby").split()}
    targets = {element.get("href")[1:] for element in walk(page) if element.get("href").startswith("#")}
    assert named | targets <= set(identifiers)


def test_every_table_has_a_caption_and_scopes(page: Element) -> None:
    for table in page.all("table"):
        (caption,) = table.all("caption")
        assert caption.words()
        assert {head.get("scope") for body in table.all("thead") for head in body.all("th")} == {"col"}
        (body,) = table.all("tbody")
        width = len(table.all("thead")[0].all("th"))
        for row in body.all("tr"):
            assert [cell.get("scope") for cell in row.all("th")] == ["row"]
            assert len(row.all("th", "td")) == width


def test_the_first_table_answers_the_question_of_the_project(example: Outcome, page: Element) -> None:
    first = page.all("table")[0]
    assert [head.words() for head in first.all("thead")[0].all("th")] == [
        "maatregel",
        "vereiste",
        "fasen",
        "rollen",
        "bronnen",
        "stand",
    ]
    found = rows(first)
    assert len(found) == len(example.coverage.pages) == example.coverage.scope.pages
    for cells, row in zip(found, example.coverage.pages, strict=True):
        assert cells[0] == f"{row.title} {row.key}"
        for text, references in zip(cells[1:4], row.references.values(), strict=True):
            assert text.startswith(str(references.ok) if references.ok else ("ontbreekt", "bestaat niet"))
            assert all(value in text for value in references.dangling)
        assert cells[5] == ("in orde" if row.ok else "niet in orde")


def test_the_figures_are_those_of_the_document(example: Outcome, page: Element) -> None:
    coverage, graded = example.coverage, example.coverage.graded
    figures = [[part.words() for part in item.all("span")] for item in find_class(page, "figures").all("li")]
    applying = graded.total - graded.waived
    pages = coverage.scope.pages
    assert [(part, whole) for part, whole, *_ in figures] == [
        (str(part), f"van {whole}")
        for part, whole in (
            (sum(row.ok for row in coverage.pages), pages),
            (graded.specific + graded.bulk_only, applying),
            (graded.specific, applying),
            *(
                (target.covered, target.total)
                for name, target in coverage.targets.items()
                if hasattr(target, "covered")
            ),
            (coverage.sources.traceable, pages),
        )
    ]
    grid = coverage.grid
    assert grid is not None
    assert sorted(cells[1:] for cells in rows(find(page, "table-grid"))) == sorted(
        [str(number) for number in sorted_by_title(cells, grid.column_keys, coverage.targets["rol"])]
        for cells in grid.cells
    )
    gaps = rows(find(page, "table-gaps"))
    titles = {item.key: item for item in graded.items}
    assert [cells[1] for cells in gaps] == [f"{titles[key].title} {key}" for key in coverage.ranking]
    for number, found in enumerate(coverage.groups.values(), start=1):
        assert [[int(cell) for cell in cells[1:5]] for cells in rows(find(page, f"table-group-{number}"))] == [
            [row.total, row.specific, row.bulk_only, row.none] for row in found
        ]


def sorted_by_title(cells: tuple[int, ...], keys: tuple[str, ...], target: object) -> list[int]:
    titles = {item.key: item.title for item in getattr(target, "items", ())}
    return [cell for _, cell in sorted(zip([titles[key].casefold() for key in keys], cells, strict=True))]


def find_class(page: Element, name: str) -> Element:
    return next(element for element in walk(page) if name in element.get("class").split())


def test_the_matrix_says_in_words_what_its_signs_mean(busy: Outcome) -> None:
    table = find(Reader(render_html(busy, DUTCH)).root, "table-matrix-1")
    body = [row.all("th", "td") for row in table.all("tbody")[0].all("tr")]
    told = [[cell.words() for cell in cells[1:]] for cells in body]
    assert told == [
        [
            "uitgewerkt" if row.key in item.specific else "genoemd" if row.key in item.bulk else ""
            for row in busy.coverage.pages
        ]
        for item in busy.coverage.graded.items
    ]
    assert {text for texts in told for text in texts} == {"uitgewerkt", "genoemd", ""}


def test_gaps_say_where_they_are_mentioned_and_worked_out(busy: Outcome) -> None:
    page = Reader(render_html(busy, DUTCH)).root
    found = {cells[1].split()[-1]: cells[2:5] for cells in rows(find(page, "table-gaps"))}
    assert found["aia-11-nog-een"] == ["niet genoemd", "", ""]
    assert found["aia-04-nog-een"] == ["alleen genoemd in een verzamelmaatregel", "owp-20", "org-22"]
    assert found["aia-05-nog-een"] == ["alleen genoemd in een verzamelmaatregel", "owp-20", ""]
    assert len(found) == busy.coverage.graded.bulk_only + busy.coverage.graded.none
    cell = page.all("table")[0].all("tbody")[0].all("tr")[1].all("td")[0]
    assert (cell.all("span")[0].get("class"), shown(cell)) == ("sign note", "10 (verzamelmaatregel)")


def test_a_row_leads_to_its_page_as_it_was(example: Outcome, page: Element) -> None:
    links = [row.all("a")[0].get("href") for row in page.all("table")[0].all("tbody")[0].all("tr")]
    assert links == [f"https://github.com/voorbeeld/kader/blob/{REVISION}/{row.file}" for row in example.coverage.pages]
    place = example.coverage.dangling[-1]
    address = f"https://github.com/voorbeeld/kader/blob/{REVISION}/{place.file}?plain=1#L{place.line}"
    assert [a.get("href") for a in find(page, "table-dangling").all("a")][-1] == address


def test_a_gap_can_be_written_at_once(example: Outcome, page: Element) -> None:
    for cells, key in zip(find(page, "table-gaps").all("tr")[1:], example.coverage.ranking, strict=True):
        parts = urlsplit(cells.all("a")[-1].get("href"))
        query = parse_qs(parts.query, strict_parsing=True)
        (draft,) = [draft for draft in example.coverage.drafts if draft.key == key]
        assert parts.path == "/voorbeeld/kader/new/main"
        assert query == {"filename": [draft.file], "value": [draft.text]}


def test_a_page_that_is_too_long_for_an_address_is_left_out() -> None:
    links = Links(Host("https://github.com/voorbeeld/kader", "een/tak"), REVISION)
    draft = DraftPage("a", "urn", "docs/é b.md", "ü" * 1200)
    assert "&value=%C3%BC" in links.new_page(draft)
    address = links.new_page(replace(draft, text="ü" * 1400))
    assert address == "https://github.com/voorbeeld/kader/new/een%2Ftak?filename=docs%2F%C3%A9%20b.md"


@pytest.mark.parametrize("host", [None, Host("http://github.com/a/b", "main"), Host("javascript:alert(1)//", "main")])
def test_without_a_safe_host_there_are_no_links(example: Outcome, host: Host | None) -> None:
    page = Reader(render_html(replace(example, host=host), DUTCH)).root
    assert not [a for a in page.all("a") if not a.get("href").startswith("#")]
    assert len(page.all("table")[0].all("tbody")[0].all("tr")) == len(example.coverage.pages)


def test_without_a_revision_no_link_says_that_it_shows_this_state(example: Outcome) -> None:
    coverage = replace(example.coverage, revision=None)
    page = Reader(render_html(replace(example, coverage=coverage), DUTCH)).root
    assert {urlsplit(a.get("href")).path for a in page.all("a") if not a.get("href").startswith("#")} == {
        "/voorbeeld/kader/new/main"
    }
    assert "geen git" in find_class(page, "state").words()


def test_hostile_content_stays_text(hostile: Outcome) -> None:
    written = render_html(hostile, DUTCH)
    page = Reader(written).root
    safe(page)
    assert not set(written) & {chr(code) for code in (0x202E, 0x2066, 0x1B, 0x07, 0)}
    first = page.all("table")[0]
    assert [row.all("small")[0].words() for row in first.all("tbody")[0].all("tr")] == [
        row.key for row in hostile.coverage.pages
    ]
    for text in ("</title></script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7*7 }}{% raw %}"):
        assert text in first.text
    for link, row in zip(first.all("tbody")[0].all("tr"), hostile.coverage.pages, strict=True):
        parts = urlsplit(link.all("a")[0].get("href"))
        assert unquote(parts.path) == f"/voorbeeld/kader/blob/{REVISION}/{row.file}"
        assert (parts.query, parts.fragment) == ("", "")
    assert "https://kwaad.example/" in find(page, "table-sources").text


def test_only_an_address_that_was_seen_to_work_gets_a_tick(tmp_path: Path) -> None:
    addresses = {name: f"https://{name}.example/" for name in ("ok", "dead", "suspect", "new", "blocked")}
    files = {
        f"{MEASURES}/2-owp-{number}-{name}.md": measure_page(f"owp-{number}", name, sources=f"- <{address}>")
        for number, (name, address) in enumerate(addresses.items(), start=50)
    }
    verdicts = {address: Verdict(name, date(2026, 1, 2)) for name, address in addresses.items() if name != "new"}
    outcome = outcome_of(minimal_site(tmp_path, files), verdicts=verdicts)
    page = Reader(render_html(outcome, DUTCH)).root
    table = page.all("table")[0]
    signs = {
        row.all("small")[0].words().rpartition("-")[2]: row.all("td")[3].all("span")[0].get("class")
        for row in table.all("tbody")[0].all("tr")
    }
    assert {name: signs[name] for name in addresses} == {
        "ok": "sign ok",
        "dead": "sign bad",
        "suspect": "sign warn",
        "new": "sign unknown",
        "blocked": "sign warn",
    }
    told = find(page, "table-sources").words()
    for name, words in {
        "ok": "werkt",
        "dead": "werkt niet",
        "suspect": "verdacht",
        "new": "niet gecontroleerd",
    }.items():
        assert f"https://{name}.example/ ({words})" in told


def test_a_page_that_says_there_is_no_source_is_shown_as_that(hostile: Outcome) -> None:
    row = hostile.coverage.pages[0]
    declared = replace(row, sources=replace(row.sources, declared_none=True))
    page = Reader(render_html(replace(hostile, coverage=replace(hostile.coverage, pages=(declared,))), DUTCH)).root
    cell = page.all("table")[0].all("td")[3]
    assert (cell.all("span")[0].get("class"), shown(cell)) == ("sign note", "geen bron, zo vermeld")


def test_nothing_to_measure_is_said_in_so_many_words() -> None:
    page = Reader(render_html(outcome_of(SITES / "minimaal", topic="data"), DUTCH)).root
    safe_links = [a.get("href") for a in page.all("a")]
    assert all(link.startswith("#") for link in safe_links)
    assert "Er zijn geen maatregelen bij dit onderwerp." in page.text
    shares = [item.all("span")[3].text for item in find_class(page, "figures").all("li")]
    assert shares[0] == shares[-1] == "n.v.t."


def test_releases_are_drawn_and_told(example: Outcome) -> None:
    point = Point(("v1",), "2025-01-01", 10, 5, 63, 4, 30, 29, 0, 1)
    history = (point, replace(point, names=("v2", "v2.0"), day="2025-06-01", specific=24, bulk_only=36, none=3))
    page = Reader(render_html(replace(example, history=history), DUTCH)).root
    (chart,) = [svg for svg in page.all("svg") if svg.get("role") == "img"]
    lines = {g.get("class"): g for g in chart.all("g") if "line" in g.get("class").split()}
    values = {name: [text.words() for text in g.all("text") if not text.get("class")] for name, g in lines.items()}
    assert values == {
        "line total": ["63", "63"],
        "line mentioned": ["34", "60"],
        "line specific": ["4", "24"],
        "line pages": ["10", "10"],
    }
    assert rows(find(page, "table-trend")) == [
        ["v1", "2025-01-01", "10", "5", "63", "34", "4"],
        ["v2 = v2.0", "2025-06-01", "10", "5", "63", "60", "24"],
    ]
    assert "v1: 1 pagina is niet te lezen" in page.text


def test_higher_is_more_and_words_do_not_stand_on_each_other() -> None:
    chart = chart_of([("a", "a", [0, 10, 30]), ("b", "b", [5, 10, 29])], [("1", ""), ("2", ""), ("3", "")])
    for line in chart.lines:
        heights = [(dot.value, dot.y) for dot in line.dots]
        assert [value for value, _ in sorted(heights, key=lambda pair: -pair[1])] == sorted(v for v, _ in heights)
        assert all(chart.top <= dot.y <= chart.bottom and chart.left <= dot.x <= chart.right for dot in line.dots)
    assert abs(chart.lines[0].label_y - chart.lines[1].label_y) >= 14
    assert chart_of([("a", "a", [0])], [("1", "")]).lines[0].dots[0].y == chart.bottom


def test_topics_and_waivers_are_told(example: Outcome, tmp_path: Path) -> None:
    waiver = CoverageWaiver(key="aia-01-menselijk-toezicht", reason="<b>Niet</b> bij inkoop", owner="Team", date=None)
    outcome = outcome_of(minimal_site(tmp_path), topic="data", waivers=[waiver])
    outcome = replace(outcome, topics=(Topic("x", "Een <i>onderwerp</i>", example.coverage),))
    page = Reader(render_html(outcome, DUTCH)).root
    assert rows(find(page, "table-waivers"))[0][:3] == ["aia-01-menselijk-toezicht", "<b>Niet</b> bij inkoop", "Team"]
    assert rows(find(page, "table-topics"))[0][:2] == ["Een <i>onderwerp</i>", str(len(example.coverage.pages))]


def test_a_wide_matrix_is_cut_into_parts_that_fit_on_paper(tmp_path: Path) -> None:
    numbers = range(10, 60)
    files = {f"{MEASURES}/2-owp-{n}-x.md": measure_page(f"owp-{n}", f"Pagina {n}") for n in numbers}
    outcome = outcome_of(minimal_site(tmp_path, files))
    page = Reader(render_html(outcome, DUTCH)).root
    parts = [table for table in page.all("table") if "matrix" in table.get("class").split()]
    heads = [head.words() for table in parts for head in table.all("thead")[0].all("th")[1:]]
    assert len(parts) > 1
    assert heads == [f"{row.name}: {row.title}" for row in outcome.coverage.pages]


def test_of_the_whole_site_nothing_lies_outside(tmp_path: Path) -> None:
    page = Reader(render_html(outcome_of(busy_site(tmp_path), topic=None), DUTCH)).root
    heads = [head.words() for head in find(page, "table-gaps").all("thead")[0].all("th")]
    assert heads == ["nr.", "vereiste", "stand", "genoemd in"]
    assert "dit onderwerp" not in page.text
    assert rows(find(page, "table-gaps"))[0][1].endswith("aia-11-nog-een")


def test_the_same_in_english() -> None:
    outcome = outcome_of(SITES / "voorbeeld", language="en")
    page = Reader(render_html(outcome, ENGLISH)).root
    safe(page)
    assert page.all("html")[0].get("lang") == "en"
    text = page.all("main")[0].text
    assert not [word for word in ("niet in orde", "uitgewerkt", "niet gecontroleerd", "Samenvatting") if word in text]
    assert "in order" in text


def test_words_of_the_page_are_used_and_have_a_twin() -> None:
    dutch, english = load_messages("nl", "page"), load_messages("en", "page")
    own = dutch.names() - load_messages("nl").names()
    assert own == english.names() - load_messages("en").names()
    folder = resources.files(coverage)
    files = ("html_view.py", "page/page.html", "../../coverage/document.py")
    code = "".join(folder.joinpath(file).read_text("utf-8") for file in files)
    composed = (
        "page.mark.",
        "page.verdict.",
        "page.section.",
        "page.intro.",
        "page.term.",
        "page.meaning.",
        "page.here.",
    )
    assert all(part in code for part in composed)
    used = {name for name in own if (name in code if not name.startswith(composed) else _named(name, code))}
    assert sorted(own - used) == []


def _named(name: str, code: str) -> bool:
    """Whether the last part of a name stands in the code by itself: the name of a section, a mark, a term."""
    last = re.escape(name.rpartition(".")[2])
    return bool(re.search(rf"[\"'.]{last}[\"']", code))


def test_the_command_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "dekking.html"
    ran = run("coverage", "--format", "html", "--output", str(file), cwd=minimal_site(tmp_path / "site"))
    assert (ran.returncode, ran.stdout) == (0, "")
    safe(Reader(file.read_text(encoding="utf-8")).root)
