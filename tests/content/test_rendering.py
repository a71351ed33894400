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
    "options of a fence": '```py hl_lines="1" title="x"\n[a](b.md)\n```\n\n~~~ { .py #x }\n[c](d.md)\n~~~\n',
    "no options of a fence": '```py naam="1"\n[a](b.md)\n\n[c](d.md)\n```\n',
    "a fence in a quotation ends with it": "> ```\n[a](b.md)\n> ```\n\n> ```\n>\n\n> [c](d.md)\n> ```\n",
    "a fence in two quotations": "> > ```\n> > [a](b.md)\n> > ```\n\n> > ```\n> [c](d.md)\n> > ```\n",
    "a blank line in a quoted fence": "> ```\n>\n[a](b.md)\n> ```\n\n> > ```\n> >\n> [c](d.md)\n> > ```\n",
    "fewer quotations in a fence": "> > ```\n> >\n>   [a](b.md)\n> > ```\n\n> > ```\n> > c\n>   [d](e.md)\n> > ```\n",
    "code too far to the left": "- a\n\n    ```\n  [b](c.md)\n    ```\n\n- d\n\n    ```\n\n    [e](f.md)\n    ```\n",
    "a fence that is not closed": "```\n[a](b.md)\n``\n\n~~~\n[c](d.md)\n```\n",
    "a set of definitions": "[a] [b] [e]\n\n[a]: c.md\n[b]: d.md\n[e]: f.md\n[g](h.md)\n",
    "targets on the next line": "[a] [b]\n\n[a]:\n    c.md\n    'titel'\n[b]: <d.md>\n    \"titel\"\n[e](f.md)\n",
    "definitions behind text": "tekst [a]\n[a]: b.md\n[c](d.md)\n[e]: f.md 'g'\n",
    "no definitions": "[a]: b.md en meer\n[c](d.md)\n\n[e]:\n\n[f]: g.md 'h' i\n",
    "abbreviations over lines": "AI\n\n*[AI]:\nzie [a](b.md)\n[c](d.md)\n",
    "no abbreviations": "*[AI]:\n\n*[ ]: x [a](b.md)\n\n*[AI]:\n    \n[c](d.md)\n",
    "footnotes right behind each other": "a[^1] b[^2]\n\n[^1]: [c](d.md)\n[^2]: [e](f.md)\n    [g](h.md)\n[i](j.md)\n",
    "footnotes of several blocks": (
        "a\n[^1]: [b](c.md)\nd\n\n    [e](f.md)\n\n    [g](h.md)\n[^2]: [i](j.md)\n\n    k\n\nl\n"
    ),
    "footnotes behind text": "a[^1]\n[^1]: [b](c.md)\n    - d\n\n[^2]: e\n\n\n        code [f](g.md)\n",
    "boxes that go on": (
        "!!! note\n    a\n\n    [b](c.md)\n\n??? tip\n    d\n\n    [e](f.md)\n\n    - g\n\n        h\n\n"
        '=== "x"\n    i\n\n    [j](k.md)\n\n  [l](m.md)\n'
    ),
    "boxes in boxes": "!!! note\n    ??? tip\n        a\n\n        [b](c.md)\n\n    [d](e.md)\n\n        code\n\nf\n",
    "a new set of tabs": '=== "a"\n    b\n\n===! "c"\n    [d](e.md)\n\ntekst\n\n=== "f"\n    - g\n',
    "items that go on in boxes": (
        "!!! note\n    - a\n        b\n\n        [c](d.md)\n\n??? tip\n    1. e\n\n        - f\n\n            g\n"
    ),
    "items that go on in tabs": (
        '=== "a"\n    - b\n\n        - c\n\n            [d](e.md)\n\n        f\n\n    g\n\n=== "h"\n    i\n'
    ),
    "text before a box": 'a\n!!! note\n    b\nc\n\n- d\n\n    ??? tip "e"\n        f\n    g\n',
    "numbered headings": "# a_1\n\n# a\n\n# a\n\n# a\n\n# b_9\n\n# b_9\n\n# b_9\n\n# c_09\n\n# c_09\n",
    "an element that is not closed": "<div>\n[a](b.md)\n\n[c](d.md)\n\n# e\n",
    "elements in text": "a <span>b\n\n[c](d.md)</span>\n\ne <div>[f](g.md)</div> [h](i.md)\n\n<b>[j](k.md)</b>\n",
    "comments in elements": (
        '<div><!-- <a href="a.md"> --><a href="b.md">c</a></div>\n\n<p>\n<!-- x --><img src="d.png">\n</p>\n[e](f.md)\n'
    ),
    "text behind an underlined heading": "Kop\n===\n[a](b.md)\n\nNog een\n---\n- c\n\nd\nKop\n---\n",
    "values of markdown": (
        '<div markdown="block">\n# a\n\n[b](c.md)\n</div>\n\n'
        '<div markdown="span">\n# d\n[e](f.md)\n</div>\n\n<p markdown="1">\n- g [h](i.md)\n</p>\n\n'
        "<div markdown='1'>\n[j](k.md)\n</div>\n"
    ),
    "more values of markdown": (
        '<div markdown=markdown>\n[a](b.md)\n</div>\n\n<pre markdown="1">\n[c](d.md)\n</pre>\n\n'
        '<div markdown="0">\n[e](f.md)\n</div>\n\n<div MARKDOWN="1">\n[g](h.md)\n</div>\n'
    ),
    "elements in elements": (
        '<div markdown="1">\n<p>a\n<p>[b](c.md)\n<div>\n[d](e.md)\n</div>\n<div markdown="1">\n'
        "[f](g.md)\n</div>\n</div>\n[h](i.md)\n"
    ),
    "instructions and declarations": (
        "<?php a > ?>\n[b](c.md)\n\n<!DOCTYPE x>\n[d](e.md)\n\n<![CDATA[ [f](g.md) ]]>\n\na <? b ?> [h](i.md)\n"
    ),
    "comments in text": (
        "a <!-- [b](c.md) --> [d](e.md)\n\n<b>x <!-- y --></b> [f](g.md)\n\n<!-- a -->b [h](i.md)\n\n<!-- [j](k.md)\n"
    ),
    "literal elements": (
        '<script>\nvar a = "[b](c.md)";\n</script>\n[d](e.md)\n\n<STYLE>\n</style >\n[f](g.md)\n\n<script>\n[h](i.md)\n'
    ),
    "empty elements": '<hr>\n[a](b.md)\n\n<br>[c](d.md)\n\n<img src="e.png">\n[f](g.md)\n\n<div/>\n[h](i.md)\n',
    "end tags that end nothing": (
        "</div>\n[a](b.md)\n\n<div></p></div>\n[c](d.md)\n\n<div><b>x</div>\n[e](f.md)\n\n"
        "<div>\n<p>g</div>\n[h](i.md)\n"
    ),
    "blocks of html in each other": (
        "//// html | div\n/// html | p\n[a](b.md)\n///\n\n# c\n////\n\n"
        "/// html | div#e.f\n    attrs: {title: g}\n\n[h](i.md)\n"
    ),
    "a block of html behind text": "a\n/// html | div\nb\n\n- [c](d.md)\n///\n[e](f.md)\n",
    "a fence in text": "a\n```\n[b](c.md)\n```\nd [e](f.md)\n",
    "targets as they can be written": (
        '[a](b.md \'c\') [d](<e f> "g") [h](i(j)k) [l]( m.md ) ![n](o.png){ .p } [q](r"s") `` ` [t](u) ``\n'
    ),
    "targets that are none": '[a](b\n\nc) [d](e (f) [g] (h)\n\n[i](<j) [k](l"m)\n\n[n][] [o](p "q)\n',
    "numbers and dashes in each other": (
        "- a\n\n    1. b\n\n        - c\n\n            [d](e.md)\n\n        f\n\n    g\n\n1. h\n\n    i\n"
    ),
    "lazy quotations": "> a\nb\n\n> c\n\n- d\n\n    > e [f](g.md)\n\nh\n> i\nj\n>k\n",
    "what a heading shows": (
        "# a <b>c</b> <!-- d --> e\n\n# `f <g>` h\n\n# [i](j.md) ![k](l.png) &amp; m\n\n#\n\n# n #\n\n"
        "####### o\n\n# p <i>\n"
    ),
    "rules and underlines": "a\n\n***\n\n- - -\nb\n\n---\nc\n---\n\n* * *\n    d\n",
    "empty things in an element": (
        '<div markdown="1">\n<!-- a -->\n[b](c.md)\n\n<hr>\n\n'
        "d <!-- e --> [f](g.md)\n<br>\nx<hr>\n</div>\n\n<div>\n<!-- h -->\n\n<hr>\n</div>\n[i](j.md)\n"
    ),
    "markdown of the parent": (
        '<div markdown="1">\n<p markdown>a [b](c.md)</p>\n<table markdown="1">\n'
        '<tr><td markdown="1">[d](e.md)</td></tr>\n</table>\n</div>\n\n'
        '<p markdown="1">\n<b markdown="1">x</b> <div markdown="1">\n- f\n</div>\n</p>\n'
    ),
    "text in an element of text": ('<p markdown="1">[a](b.md)\n- c</p>\n\n<span markdown="1">d</span> [e](f.md)\n\n'),
    "text behind an element": (
        '<div markdown="1">\na\n</div> [b](c.md)\n\n<div markdown="1">d</div>\n[e](f.md)\n\n'
        '<div markdown="1">g</div> h\n- i\n'
    ),
    "paragraphs that end each other": (
        '<div markdown="1">\n<p markdown="1">a\n<p markdown="1">[b](c.md)\n<div markdown="1">\n'
        "# d\n</div>\ne\n</div>\nf\n"
    ),
    "what was taken out of a heading": (
        '# a <div>b</div> c\n\n# <div markdown="1">d</div> e\n\n## f <!-- g\n\nh --> i\n\n# j <hr> k\n\n'
        "- # l <div>m</div>\n"
    ),
    "an attribute of another tag": (
        '<img title="href=a.md" src="b.png"> <a title="src" href="d.md">e</a>\n\n'
        "<div>\n<a href=f.md>g</a><img src='h.png'>\n</div>\n"
    ),
    "lists that nothing stands in": "-\n\n    a\n\n        [b](c.md)\n\n1.\n\n    - d\n\n-\n    e\n",
    "code in a table": (
        "| a | b |\n|---|---|\n| `c | d` | [e](f.md) |\n| \\`g | h` | \\| [i](j.md) |\n| ``k ` | l`` | m |\n"
    ),
    "footnotes that end a block": (
        "a[^1]\n\n[^1]: b\n\n    c\n[^2]: [d](e.md)\n\n    f\n\n[^3]: g\n    h\n\n[^4]: [i](j.md)\n"
    ),
    "definitions that go on": (
        "[a] [b]\n\n[a]: c.md\n\"titel\"\n[b]: d.md 'e'\n[f](g.md)\n\n[h]: <i.md>\n[j](k.md) [h]\n"
    ),
    "an element with Markdown that is not closed": '<div markdown="1">\n[a](b.md)\n\n# c\n\n<p markdown="1">d\n',
    "elements that end together": (
        '<div markdown="1">\n<section markdown="1">\n# a\n</div>\n[b](c.md)\n\n'
        '<div markdown="1">\n<div>\n<b>d\n</div>\n# e\n</div>\n'
    ),
    "fences in elements": (
        '<div markdown="1">\n```\n[a](b.md)\n```\n[c](d.md)\n</div>\n\n<div>\n```\n<b>\n```\n</div>\n\n'
        "```\n</div>\n```\n[e](f.md)\n"
    ),
    "text that follows an element in a box": (
        '!!! note\n    <div markdown="1">\n    a\n    </div> b\n\n    [c](d.md)\n\n<p>\n</p>e\n[f](g.md)\n'
    ),
    "fences that are underlined": "```\nx y\n```\n===\n\n~~~\n# z\n~~~\n---\n\n# x y\n\n<!-- a -->\n===\n",
    "tables of one column": "| a |\n|---|\n| [b](c.md) |\n\n|d\n|---\n|e\n\nf|\n---|\ng\n\n| h |\n|:-:|\ni | j\n",
    "tables without borders": "a | b\n--- | :--\n[c](d.md) | e | f\ng\n\nh | i\n---\n\n| j | k\n| --- | ---\n| l\n",
    "ticks in a table": (
        "| a | b |\n|---|---|\n| \\``c | d`` | e |\n"
        "| \\\\`f | g` | h |\n| ` | `` | ` | [i](j.md) |\n| `` ` | `` | \\` |\n"
    ),
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
