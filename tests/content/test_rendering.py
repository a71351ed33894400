"""What is read of a page is what Python-Markdown, with the site's extensions, makes of it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from algokader_lint.content.front_matter import read_front_matter
from algokader_lint.content.markdown import Body, make_parser, read_body
from tests.content.rendering import Renderer, differences, pages_of, renderer_of
from tests.corpus import NEWEST_RELEASE, RELEASES, takes_long
from tests.sites_in_tests import SITES, read_files


def misplaced(text: str, body: Body) -> list[str]:
    return [link.target for link in body.links if text[link.target_span.start : link.target_span.end] != link.target]


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture(scope="module")
def md() -> MarkdownIt:
    return make_parser()


@pytest.mark.parametrize("site", ["voorbeeld", "minimaal"])
def test_pages_of_the_test_sites(md: MarkdownIt, renderer: Renderer, site: str) -> None:
    pages = {name: data.decode() for name, data in read_files(SITES / site).items() if name.endswith(".md")}
    assert len(pages) > 5
    assert {name: found for name, text in pages.items() if (found := differences(md, renderer, text))} == {}


@pytest.fixture(scope="module")
def judged() -> set[str]:
    """The texts that were looked at: what is the same in another release need not be rendered again."""
    return set()


@pytest.mark.parametrize("release", NEWEST_RELEASE)
def test_pages_of_the_corpus(md: MarkdownIt, renderer: Renderer, release: str, judged: set[str]) -> None:
    pages = _new_pages(release, judged)
    for name, text in pages.items():
        assert misplaced(text, read_body(md, text, read_front_matter(text).body_start)) == [], name
    assert {name: found for name, text in pages.items() if (found := differences(md, renderer, text))} == {}


@pytest.fixture(scope="module")
def judged_by_site() -> set[str]:
    return set()


@takes_long
@pytest.mark.parametrize("release", RELEASES)
def test_pages_of_the_corpus_as_the_site_renders_them(
    md: MarkdownIt, tmp_path: Path, release: str, judged_by_site: set[str]
) -> None:
    """With the options of the release's own mkdocs.yml. What it appends to each page takes 0.2 s a page to render."""
    renderer = renderer_of(release, tmp_path)
    pages = _new_pages(release, judged_by_site)
    assert {name: found for name, text in pages.items() if (found := differences(md, renderer, text))} == {}


def _new_pages(release: str, judged: set[str]) -> dict[str, str]:
    """The pages of a release that are not judged yet; templates and what is appended to pages are among them."""
    everything = {name: text for name, text in pages_of(release).items() if name.endswith(".md")}
    assert len(everything) > 150
    pages = {name: text for name, text in everything.items() if text not in judged}
    judged.update(pages.values())
    return pages


CASES = {
    "admonition": (
        '!!! tip "Titel met [link](a.md)"\n    Tekst [b](b.md)\n\n    - punt\n\n        [c](c.md)\n\n[d](d.md)\n'
    ),
    "details": '??? expander "Open"\n    ## Kop\n    [a](a.md)\n',
    "details without title": "???+ note\n\n\t[a](a.md)\n",
    "tabs": '=== "Een"\n    [a](a.md)\n\n=== "Twee"\n    [b](b.md)\n',
    "box in a list": "- punt\n\n    !!! note\n\n        [a](a.md)\n\n- punt [b](b.md)\n",
    "box interrupts a paragraph": 'tekst\n!!! note "x"\n    [a](a.md)\n',
    "list behind a paragraph": "tekst\n- [a](a.md)\n- b\n",
    "heading without space": "#Kop\n\n##Kop\n",
    "heading behind a list": "- a\n## Kop\n",
    "indented heading": "  ## Geen kop\n",
    "underlined": "Kop\n---\n\nNog een\n===\n",
    "list item underlined": "- a\n- \n",
    "attribute list": "## Kop { #eigen .x }\n\n## Kop { data-search-exclude }\n\n## Kop\n",
    "same headings": "# A\n\n# A\n\n# A_1\n\n# é ö!\n\n# ?\n",
    "inline in a heading": "# *A* `b` [c](d.md) & e\n",
    "spaces in a target": "[a](b c.md) [d](e(f).md) [g](<h i.md>)\n",
    "titles": '[a](b.md "c)") [d](e.md \'f\') [g](h"i")\n',
    "nested brackets": "[a [b] c](d.md) [e](f.md)[g] [h] (i.md)\n",
    "image in a link": "[![alt](a.png)](b.md)\n",
    "over lines": "[a\nb](c.md)\n",
    "reference": "[a][x] [x] [b][]\n\n[x]: c.md\n[b]: d.md 'e'\n",
    "code": "`[a](b.md)` ``[c](d.md)``\n\n    [e](f.md)\n\n```\n[g](h.md)\n```\n",
    "escaped": "\\[a](b.md) [c\\]](d.md)\n",
    "table": "| a | b |\n|---|---|\n| [c](d.md) | [e](f.md) |\n",
    "footnote": "a[^1]\n\n[^1]: Zie [b](c.md)\n",
    "raw link": '<a href="a.md">b</a> en <img src="c.png" alt="d">\n',
    "raw block": "<div>\n[a](b.md)\n\n[c](d.md)\n</div>\n\n[e](f.md)\n",
    "markdown in a block": '<div markdown="1">\n[a](b.md)\n\n## Kop\n</div>\n',
    "comment": "<!-- [a](b.md)\n\n[c](d.md) -->\n[e](f.md)\n",
    "autolink": "<https://voorbeeld.example/a> en https://voorbeeld.example/b\n",
    "quotation": "> [a](b.md)\n> ## Kop\n",
    "carriage returns": "# A\r\n\r\n[a](b.md)\r\n\r## B\r\r[c](d.md)",
    "abbreviation": "AI\n\n*[AI]: zie [a](b.md)\n",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_tricky_blocks(md: MarkdownIt, renderer: Renderer, text: str) -> None:
    assert differences(md, renderer, text) == []
    if "]: " not in text:  # the target of a reference stands elsewhere
        assert misplaced(text, read_body(md, text, 0)) == []


@pytest.mark.parametrize(
    "piece",
    [
        "[", "[a](", "![", "[a](b)", "[a](<b", '[a](b "', "[[a](b)](c) ", "<http://a> ", "<!--", "<!-- x\n", "<div>\n",
        "<div markdown>\n\n", "</div>\n<div>\n", "` ", "> ", "> a\n", "!!! a\n    ", "*a_", "- ", "- a\n",
        "# a\n", "| a ",
        "[^1]: a\n\n", "[a]: b\n", "\u00a0\n",
    ],
)  # fmt: skip
def test_hostile_text_costs_little(md: MarkdownIt, piece: str) -> None:
    text = piece * (60_000 // len(piece))
    started = time.perf_counter()
    body = read_body(md, text, 0)
    assert time.perf_counter() - started < 5
    assert all(body.span.covers(link.span) for link in body.links)


def test_a_paragraph_behind_a_line_that_only_looks_blank(md: MarkdownIt) -> None:
    for text in ("\u00a0\n[a](doel)", "\u00a0\n\u00a0\n<http://doel>", "> \u00a0\n> [a](doel)"):
        (link,) = read_body(md, text, 0).links
        assert text[link.target_span.start : link.target_span.end] == link.target
