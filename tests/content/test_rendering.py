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
    "reference, its label on the next line": (
        "[a]\n[x] ![b]\n[x] [x]\t[b], [x]\n[] [x]  [b] [x]\n [b]\n\n> [a]\n> [x]\n\n[x]: c.md\n[b]: d.md\n"
    ),
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
    "two or three spaces": "- a\n  - b\n   - c\n- d\n",
    "four spaces": "- a\n    - b\n        - c\n    - d\n- e\n",
    "six spaces": "- a\n      - b\n        - c\n",
    "a tab": "- a\n\t- b\n\t\t- c\n\n\t- d\n",
    "two kinds of marks": "1. a\n* b\n2. c\n\n* d\n",
    "loose list": "- a\n\n- b\n\n    - c\n\n    d\n\n- e\n",
    "lazy lines": "- a\nb\n    c\n- d\n  e\n\n  f\n",
    "items in items": "- - a\n    - b\n- 1. c\n",
    "empty items": "- \n- a\n-\n- \n\n    b\n",
    "text behind a list": "- a\n\nb\n\n- c\nd\n",
    "a line that only looks blank": "a\n\u00a0\n- b\n\n\u00a0\n\n- c\n",
    "code in a list": "- a\n\n        code\n\n- b\n\n    ```\n    - c\n    ```\n",
    "code behind a list": "- a\n\n\n    b\n\n        code\n\ntekst\n\n    code\n",
    "list in a box in a list": '- a\n\n    !!! note "x"\n\n        - b\n\n            - c\n\n- d\n',
    "list goes on in a box": "!!! note\n    - a\n\n        b\n\n    - c\n\n        - d\n",
    "list in tabs": '=== "a"\n    - b\n\n        c\n\n=== "d"\n    1. e\n',
    "list in a footnote": "a[^1]\n\n[^1]: b\n\n    - c\n\n        - d\n",
    "list in a quotation": "> - a\n>     - b\n>\n> - c\n- d\n",
    "list in an element": '<div markdown="1">\n- a\n    - b\n\n<p>c</p>\n\n- d\n</div>\n',
    "element in a list": "- a\n\n    <div markdown>\n    [b](c.md)\n    </div>\n\n- d\n",
    "comment in a list": "- a\n<!-- x -->\n- b\n    <!-- y -->\n- c\n",
    "headings in a list": "- # a\nb\n\n- # c\n    d\n\n    ## e\n",
    "headings with an element and a note": "# a<br>b\n\n# c[^1]\n\n# d[^2]\n\n[^1]: e\n",
    "footnote defined twice": "a[^1]\n\n[^1]: [b](c.md)\n\n[^1]: [d](e.md)\n",
    "heading in a footnote": "# a\n\n[^1]: b\n\n    # a\n\n# a\n",
    "fence right behind code": "    a\n```\n[b](c.md)\n```\n",
    "fence in a quotation": "> ```\n> [a](b.md)\n> ```\n> [c](d.md)\n",
    "block of html": "/// html | div\n- a\n\n## Kop\n///\n\n- b\n",
    "table in a list": "- a\n\n    | b | c |\n    |---|---|\n    | [d](e.md) | f | [g](h.md) |\n",
    "rule in a list": "- a\n- - -\n- b\n\n    ***\n",
    "abbreviation": "AI\n\n*[AI]: zie [a](b.md)\n",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_tricky_blocks(md: MarkdownIt, renderer: Renderer, text: str) -> None:
    assert differences(md, renderer, text) == []
    assert misplaced(text, read_body(md, text, 0)) == []


@pytest.mark.parametrize(
    "piece",
    [
        "[", "[a](", "![", "[a](b)", "[a](<b", '[a](b "', "[[a](b)](c) ", "<http://a> ", "<!--", "<!-- x\n", "<div>\n",
        "<div markdown>\n\n", "</div>\n<div>\n", "` ", "> ", "> a\n", "!!! a\n    ", "*a_", "- ", "- a\n",
        "# a\n", "| a ",
        "[^1]: a\n\n", "[a]: b\n", "\u00a0\n", "    - ", "- a\n    - b\n", "- a\n\n- # b\n# b\n", "1. ", "```\n",
        "<a \"<",
        "<b><!-- -->", "<div><b>", "<div markdown>a\n", "??? a\n", "=== \"a\n", "a\n---\n", "| a\n", "*[a]:\n",
        "[^1]: a\n", "[a]:\n", "/// html | div\n\n", "\t", "#######\\", "\r",
    ],
)  # fmt: skip
def test_hostile_text_costs_little(md: MarkdownIt, piece: str) -> None:
    text = piece * (25_000 // len(piece))
    started = time.process_time()
    body = read_body(md, text, 0)
    assert time.process_time() - started < 2
    assert all(body.span.covers(link.span) for link in body.links)


def test_a_paragraph_behind_a_line_that_only_looks_blank(md: MarkdownIt) -> None:
    for text in ("\u00a0\n[a](doel)", "\u00a0\n\u00a0\n<http://doel>", "> \u00a0\n> [a](doel)"):
        (link,) = read_body(md, text, 0).links
        assert text[link.target_span.start : link.target_span.end] == link.target
