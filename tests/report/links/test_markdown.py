"""The report for GitHub, read back as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from markdown_it.token import Token

from algokader_lint.links.answer import VerdictName
from algokader_lint.links.document import DatedReference, LinkReport, LinkReportEntry
from algokader_lint.messages import load_messages
from algokader_lint.report.gfm import size
from algokader_lint.report.links.linking import shown
from algokader_lint.report.links.markdown import render_markdown
from tests.report.hostile import FRAGMENTS
from tests.report.links.hostile import HARD, report_of, reports
from tests.report.links.reports import COMPLETE, DEAD, MOVED, RULES, answer, entry, places, report, rule
from tests.report.reading import OWN_BLOCKS, OWN_INLINES, REFERENCE, TABLE, github
from tests.report.runner import commands

DUTCH = load_messages("nl", "links")
LIMIT = 60_000
FOLD = re.compile(r"<details>\n<summary>[^<>&]*</summary>\n?|</details>\n?")


def render(found: LinkReport, limit: int = LIMIT) -> str:
    return render_markdown(found, DUTCH, limit=limit)


def links(text: str) -> dict[str, str]:
    """The links of a report by their text. Fails on any element that no report of ours has, and on any reference."""
    assert commands(text) == ([], [])
    text.encode("utf-8")
    found: dict[str, str] = {}
    folds = 0
    for token in github().parse(text):
        if token.type == "html_block":
            assert FOLD.fullmatch(token.content), token.content
            folds += 1 if token.content.startswith("<details>") else -1
            assert folds >= 0
        else:
            kind = re.sub(r"_(open|close)$", "", token.type)
            assert kind in {*OWN_BLOCKS, *TABLE, "inline"} - {"fence"}, token
            found |= _inline(token.children or ())
    assert folds == 0
    return found


def _inline(children: Sequence[Token]) -> dict[str, str]:
    plain, found = "", {}
    inside, label = "", ""
    for token in children:
        assert re.sub(r"_(open|close)$", "", token.type) in OWN_INLINES, token
        if token.type == "link_open":
            inside, label = str(token.attrs["href"]), ""
        elif token.type == "link_close":
            found[label] = inside
            inside = ""
        elif inside:
            label += token.content
        else:
            plain += " " if token.type == "code_inline" else token.content or "\n"
    assert not REFERENCE.search(plain), plain
    return found


def require_only_our_own(found: LinkReport) -> None:
    """Every link leads where it says, or to the page of a rule."""
    for label, address in links(render(found)).items():
        assert address == label or (label.startswith("uitleg bij AK") and address.startswith(f"{RULES}/AK"))
        assert re.match(r"https?://[a-zA-Z0-9.-]+(?:[/?#:]|$)", address)


@given(reports(most=2))
def test_no_text_of_strangers_is_markup(found: LinkReport) -> None:
    require_only_our_own(found)


def test_each_hard_text_everywhere() -> None:
    for text in (*HARD, *FRAGMENTS):
        require_only_our_own(report_of([text, f"a {text}", f"https://a.example/{text}"], 1, 4))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.voorbeeld.example",
        "http://voorbeeld.example:80/a/b.pdf?x=1&y=2;z#deel-3",
        "https://voorbeeld.example/a_(b)_*c*?d=(e&copy;=1",
        "https://voorbeeld.example/%C3%A9'x!~,@+",
        "https://xn--bcher-kva.example/a",
        "https://github.io.example/o/r/issues/1",
    ],
)
def test_a_safe_address_is_a_link_to_exactly_what_it_says(url: str) -> None:
    (address,) = [
        str(child.attrs["href"])
        for token in github().parse(shown(url, trusted=True))
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert address == url
    assert f"`{url}`" in shown(url, trusted=True)
    assert shown(url, trusted=False) == f"`{url}`"


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "ftp://a.example/", "//a.example/", "a.example/x", "https://", "https:a.example"),
        *(
            "https://a:b@c.example/",
            "https://a@c.example/",
            "http://localhost/",
            "http://127.0.0.1/",
            "http://2130706433/",
        ),
        *("http://[::1]/", "http://169.254.169.254/", "http://intranet/", "https://a.example/\u202egpj.exe"),
        *("https://а.example/", "https://a.example/é", "https://a.example/ x", "https://a.example/`x`"),
        *("https://a.example/<b>", "https://a.example/\\x", 'https://a.example/"x', "https://a.example/|x"),
        *("https://a.example/[x]", "https://a.example/100%", "https://a.example/%zz"),
        *("https://a.example/\n", "https://a.example/$x$", "https://a.example/" + "x" * 300),
        # GitHub writes in the other issue that this one named it.
        *(
            "https://github.com/o/r/issues/1",
            "https://GitHub.com./o/r/pull/2",
            "http://www.github.com:80/o/r/commit/abc",
        ),
    ],
)
def test_any_other_address_is_only_text(url: str) -> None:
    text = shown(url, trusted=True)
    assert [child for token in github().parse(text) for child in token.children or () if "link" in child.type] == []


def test_an_address_that_cannot_be_seen_is_still_an_item() -> None:
    for url in ("", "\u200b"):
        text = render(report([entry(url, answer("invalid", "unparsable"), 5)]))
        assert text.count("\n- –\\\n") == 1
        links(text)


def of(verdict: VerdictName) -> list[LinkReportEntry]:
    return [one for one in COMPLETE.entries if one.answer.verdict == verdict]


def test_what_is_unsafe_or_no_address_is_never_a_link() -> None:
    lure = "https://www.voorbeeld.example/"
    for verdict, code in (("unsafe", "AK706"), ("invalid", "AK702")):
        one = entry(lure, answer(verdict, "private", moved_to=lure), **rule(code, "error"))  # type: ignore[arg-type]
        assert set(links(render(report([one])))) == {f"uitleg bij {code}"}
    assert lure in links(render(report([entry(lure, answer("blocked", "denied", status=403))])))


def test_the_first_line_says_how_bad_it_is() -> None:
    assert render(COMPLETE).startswith(
        "### ❌ Links: 8 van 21 adressen moet je aanpassen, en 5 andere vragen aandacht.\n"
    )
    assert render(report(of("moved"))).startswith("### ⚠️ Links: 1 van 1 adres vraagt aandacht.\n")
    assert render(report(of("ok"))).startswith("### ✅ Links: Alle adressen werken.\n")
    assert render(report([])) == "### ✅ Links: Er zijn geen adressen om te controleren.\n"
    offline = report(of("dead"), offline=True)
    assert render(offline).startswith("### ⚠️ Links: Geen enkel adres gecontroleerd: er was geen netwerk")


def test_few_places_are_in_sight_and_many_are_folded() -> None:
    def text(number: int) -> str:
        return render(report([entry("https://a.example/", answer("dead", "gone"), number, **DEAD)]))

    assert "<details>" not in text(1)
    assert "<details>" not in text(3)
    assert text(3).count("`docs/") == 3
    assert "<summary>4 plaatsen</summary>" in text(4)
    assert text(45).count("\n  - `docs/") == 45


def test_what_only_people_can_open_is_folded_with_links() -> None:
    text = render(report(of("blocked")))
    assert "<summary>2 adressen laten geen automatische controle toe." in text
    assert {"https://streng.example/a", "https://streng.example/b"} <= set(links(text))
    assert text.startswith("### ✅")


def test_the_numbers_of_the_table_are_those_of_the_report() -> None:
    rows = re.findall(r"^\| (\D[^|]*) \| (\d+) \| (\d+) \|$", render(COMPLETE), re.M)
    assert sum(int(addresses) for _, addresses, _ in rows) == len(COMPLETE.entries)
    assert sum(int(some) for _, _, some in rows) == sum(len(one.places) for one in COMPLETE.entries)


def many(number: int, places_of_each: int = 1, text: str = "") -> list[LinkReportEntry]:
    kinds: list[tuple[VerdictName, dict[str, object]]] = [("dead", DEAD), ("moved", MOVED), ("blocked", {})]
    return [
        entry(
            f"https://{n:04}.example/{text}",
            answer(kinds[n % 3][0], "denied", moved_to="https://b.example/" if n % 3 == 1 else ""),
            places_of_each,
            **kinds[n % 3][1],
        )
        for n in range(number)
    ]


LAWS = tuple(
    DatedReference(f"https://w.example/{n}/2020", f"wet {n}", date(2020, 1, 1), f"https://w.example/{n}", places(1))
    for n in range(500)
)


@pytest.mark.parametrize("text", ["", "`<" * 200, "😀" * 400])
def test_five_thousand_addresses_fit_and_are_counted(text: str) -> None:
    found = report(many(5_000, text=text), dated=LAWS, notices=("x" * 5_000,) * 50)
    written = render(found)
    assert 30_000 < size(written) <= LIMIT
    links(written)
    told = len(re.findall(r"^- ", written, re.M))
    (sentence,) = re.findall(r"^Hier past niet alles\. .*$", written, re.M)
    assert told > 30
    assert told + sum(map(int, re.findall(r"\((\d+)\)", sentence))) == 5_000
    laws = len(re.findall(r"^\| `wet ", written, re.M))
    assert int(re.findall(r"^… en nog (\d+) adressen van wetten", written, re.M)[0]) + laws == 500


def test_places_are_shortened_before_addresses_are_left_out() -> None:
    whole = render(report(many(10, 45)))
    assert "en nog 35" not in whole
    assert whole.count("  - `docs/") == 450
    shorter = render(report(many(60, 45)))
    assert "en nog 35" in shorter
    assert len(re.findall(r"^- ", shorter, re.M)) > len(re.findall(r"^- ", whole, re.M))


@pytest.mark.parametrize("limit", [0, 10, 100, 300, 700, 1_000, 1_500, 3_000, 10_000])
def test_no_report_is_longer_than_its_limit(limit: int) -> None:
    for found in (COMPLETE, report(many(300), dated=LAWS), replace(COMPLETE, notices=("n" * 400,) * 9)):
        text = render(found, limit)
        assert size(text) <= limit
        links(text)
        assert limit < 100 or text.startswith("### ")
