"""What is read of a page is what Python-Markdown, with the site's extensions, makes of it."""

from __future__ import annotations

import tarfile
import time
from collections import Counter
from html.parser import HTMLParser
from io import BytesIO

import markdown
import pytest
from markdown_it import MarkdownIt

from algokader_lint.content.front_matter import read_front_matter
from algokader_lint.content.markdown import Body, make_parser, read_body
from tests.corpus import NEWEST_RELEASE, corpus_archive
from tests.sites_in_tests import SITES, read_files

# The extensions of the real site's mkdocs.yml that shape text; MkDocs itself adds `tables`.
EXTENSIONS = [
    "pymdownx.tabbed",
    "pymdownx.superfences",
    "pymdownx.details",
    "pymdownx.tasklist",
    "admonition",
    "attr_list",
    "abbr",
    "md_in_html",
    "footnotes",
    "toc",
    "tables",
]
# A footnote defined twice: Python-Markdown renders the last definition only, we read the links of both.
KNOWN = {"bias-en-non-discriminatie.md", "bias-en-non-discriminatie/index.md"}


class Rendered(HTMLParser):
    """Heading ids, link targets and image sources of rendered HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: Counter[str] = Counter()
        self.images: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"} and "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a" and "href" in attributes and not attributes["href"].startswith("#fn"):
            self.links[attributes["href"]] += 1
        if tag == "img" and "src" in attributes:
            self.images[attributes["src"]] += 1


def render(text: str) -> Rendered:
    converter = markdown.Markdown(
        extensions=EXTENSIONS, extension_configs={"pymdownx.tabbed": {"alternate_style": True}}
    )
    return Rendered(converter.convert(text.replace("\r\n", "\n").replace("\r", "\n")))


def read(md: MarkdownIt, text: str) -> Body:
    return read_body(md, text, read_front_matter(text).body_start)


def differences(text: str, ours: Body) -> list[str]:
    theirs = render(text[ours.span.start :])
    found = [] if [h.anchor for h in ours.headings] == theirs.ids else [f"ids {theirs.ids}"]
    for kind, targets in (("link", theirs.links), ("image", theirs.images)):
        mine = Counter(link.target for link in ours.links if link.kind in (kind, f"html-{kind}"))
        if mine != targets:
            found.append(f"{kind}: {dict(mine - targets)} too many, {dict(targets - mine)} missed")
    return found


def misplaced(text: str, body: Body) -> list[str]:
    return [link.target for link in body.links if text[link.target_span.start : link.target_span.end] != link.target]


@pytest.fixture(scope="module")
def md() -> MarkdownIt:
    return make_parser()


@pytest.mark.parametrize("site", ["voorbeeld", "minimaal"])
def test_pages_of_the_test_sites(md: MarkdownIt, site: str) -> None:
    pages = {name: data.decode() for name, data in read_files(SITES / site).items() if name.endswith(".md")}
    assert len(pages) > 5
    assert {name: found for name, text in pages.items() if (found := differences(text, read(md, text)))} == {}


@pytest.fixture(scope="module")
def judged() -> set[str]:
    """The texts that were looked at: what is the same in another release need not be rendered again."""
    return set()


@pytest.mark.parametrize("release", NEWEST_RELEASE)
def test_pages_of_the_corpus(md: MarkdownIt, release: str, judged: set[str]) -> None:
    found: dict[str, list[str]] = {}
    count = 0
    with tarfile.open(fileobj=BytesIO(corpus_archive(release))) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() and member.name.endswith(".md") else None
            if file is None or not member.name.startswith("docs/"):
                continue
            text = file.read().decode("utf-8-sig")
            count += 1
            if text in judged:
                continue
            judged.add(text)
            body = read(md, text)
            assert misplaced(text, body) == [], member.name
            if (different := differences(text, body)) and not member.name.endswith(tuple(KNOWN)):
                found[member.name] = different
    assert count > 150
    assert found == {}


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
def test_tricky_blocks(md: MarkdownIt, text: str) -> None:
    assert differences(text, read(md, text)) == []
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
    text = piece * (30_000 // len(piece))
    started = time.process_time()
    body = read_body(md, text, 0)
    assert time.process_time() - started < 1.25
    assert all(body.span.covers(link.span) for link in body.links)


def test_a_paragraph_behind_a_line_that_only_looks_blank(md: MarkdownIt) -> None:
    for text in ("\u00a0\n[a](doel)", "\u00a0\n\u00a0\n<http://doel>", "> \u00a0\n> [a](doel)"):
        (link,) = read_body(md, text, 0).links
        assert text[link.target_span.start : link.target_span.end] == link.target
