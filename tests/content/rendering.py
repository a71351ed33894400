"""What Python-Markdown makes of a page, and how that differs from what is read of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import markdown
import yaml
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markdown_it import MarkdownIt

from algokader_lint.content.front_matter import read_front_matter
from algokader_lint.content.markdown import Body, read_body
from tests.corpus import release_files

# The extensions of the real site's mkdocs.yml that shape text; MkDocs itself adds `toc` and `tables`.
EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "toc": {},
    "tables": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.superfences": {},
    "pymdownx.details": {},
    "admonition": {},
    "attr_list": {},
    "abbr": {},
    "md_in_html": {},
    "footnotes": {},
    "pymdownx.tasklist": {},
    "pymdownx.blocks.html": {},
}
_CONTAINERS = {"ul": "list", "ol": "list", "li": "item", "blockquote": "quote", "details": "box", "table": "table"}
_BOXES = ("admonition", "tabbed-block")
_TITLES = ("admonition-title", "tabbed-labels")
_HIDDEN = re.compile(r"\x02[^\x03]*\x03|<!--.*?-->", re.DOTALL)

Text = tuple[tuple[str, ...], str]
"""Running text: the containers it stands in, and its words."""


@dataclass(frozen=True)
class Item:
    """An item of a list: how many it stands in, itself included, and the first words in it."""

    depth: int
    words: str


class _Listener(Treeprocessor):
    """Looks at the tree when its blocks are made, and their text is still as it was written."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[Text] = []
        self.items: list[Item] = []

    def run(self, root: Element) -> None:
        self.texts, self.items = [], []
        self._look(root, ())

    def _look(self, node: Element, inside: tuple[str, ...]) -> None:
        kind = _kind(node)
        if node.tag in ("pre", "code") or node.get("class") in _TITLES or node.tag == "summary":
            return
        if node.get("class") == "footnote":  # its list is no list of the page
            for item in node.iter("li"):
                if str(item.get("id", "")).startswith("fn"):
                    self._children(item, ("footnote",))
            return
        if kind == "item":
            self.items.append(Item(inside.count("item") + 1, _first(" ".join(_shown(node)))))
        self._children(node, (*inside, kind) if kind else inside)

    def _children(self, node: Element, inside: tuple[str, ...]) -> None:
        self._keep(node.text, inside)
        for child in node:
            if child.tag == "a" and child.get("class") == "footnote-backref":
                continue
            self._look(child, inside)
            self._keep(child.tail, inside)

    def _keep(self, text: str | None, inside: tuple[str, ...]) -> None:
        if isinstance(text, AtomicString):
            return  # raw HTML
        words = _words((text or "").replace("\x02qq3936677670287331zz\x03", ""))
        if words:
            self.texts.append((inside, words))


def _kind(node: Element) -> str:
    if node.get("class", "").split()[:1] and node.get("class", "").split()[0] in _BOXES:
        return "box"
    return "row" if node.tag == "tr" else _CONTAINERS.get(node.tag, "")


def _first(text: str) -> str:
    return " ".join(_words(text).split()[:5])


def _words(text: str) -> str:
    return " ".join(_HIDDEN.sub(" ", text).split())


def _shown(node: Element) -> Iterator[str]:
    """The text in a node, but for code and the titles of boxes."""
    if node.tag in ("pre", "code", "summary") or node.get("class") in _TITLES:
        return
    yield node.text or ""
    for child in node:
        yield from _shown(child)
        yield child.tail or ""


class _Listening(Extension):
    def __init__(self, listener: _Listener) -> None:
        super().__init__()
        self.listener = listener

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(self.listener, "listener", 49)  # behind footnotes, before running text


class Renderer:
    """Python-Markdown with the extensions of a site."""

    def __init__(self, extensions: Mapping[str, Mapping[str, Any]] = EXTENSIONS) -> None:
        self.listener = _Listener()
        configs = {name: dict(config) for name, config in extensions.items()}
        self.markdown = markdown.Markdown(extensions=[*configs, _Listening(self.listener)], extension_configs=configs)

    def render(self, text: str) -> Rendered:
        """What becomes of a text."""
        self.markdown.reset()
        self.listener.texts, self.listener.items = [], []
        html = self.markdown.convert(text.replace("\r\n", "\n").replace("\r", "\n"))
        return Rendered(html, self.listener.texts, self.listener.items)


class Rendered(HTMLParser):
    """Headings by level and id, link targets, image sources, running text and items of lists."""

    def __init__(self, html: str, texts: Sequence[Text], items: Sequence[Item]) -> None:
        super().__init__()
        self.html = html
        self.texts = Counter(texts)
        self.items = list(items)
        self.ids: list[tuple[int, str]] = []
        self.links: Counter[str] = Counter()
        self.images: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"} and "id" in attributes:
            self.ids.append((int(tag[1]), attributes["id"]))
        made = attributes["href"].startswith("#fn") if "href" in attributes else True
        if tag == "a" and not made and attributes.get("class") != "headerlink":
            self.links[attributes["href"]] += 1
        if tag == "img" and "src" in attributes:
            self.images[attributes["src"]] += 1


def differences(md: MarkdownIt, renderer: Renderer, text: str) -> list[str]:
    """What is read of a page otherwise than it is rendered."""
    start = read_front_matter(text).body_start
    body, theirs = read_body(md, text, start), renderer.render(text[start:])
    found: list[str] = []
    ids = [(heading.level, heading.anchor) for heading in _footnotes_last(body)]
    if ids != theirs.ids:
        found.append(f"headings {ids}, not {theirs.ids}")
    for kind, targets in (("link", theirs.links), ("image", theirs.images)):
        mine = Counter(link.target for link in body.links if link.kind in (kind, f"html-{kind}"))
        if mine != targets:
            found.append(f"{kind}: {dict(mine - targets)} too many, {dict(targets - mine)} missed")
    texts = Counter(texts_of(text, body))
    if texts != theirs.texts:
        found.append(f"text: {dict(texts - theirs.texts)} too many, {dict(theirs.texts - texts)} missed")
    items = items_of(text, body)
    if sorted(items, key=str) != sorted(theirs.items, key=str):
        found.append(f"items {items}, not {theirs.items}")
    return found


def _footnotes_last(body: Body) -> list[Any]:
    notes = [block.span for block in body.blocks if block.kind == "footnote"]
    return sorted(body.headings, key=lambda heading: any(note.covers(heading.span) for note in notes))


def texts_of(text: str, body: Body) -> Iterator[Text]:
    """The running text of a page as it was read, but for the titles of boxes."""
    for inline in body.inlines:
        words = _words(" ".join(text[piece.start : piece.end] for piece in inline.pieces))
        if words and inline.kind != "title":
            yield inline.inside, words


def items_of(text: str, body: Body) -> list[Item]:
    """The items of a page as they were read, with what stands in their spans."""
    pieces = [(piece, inline) for inline in body.inlines if inline.kind != "title" for piece in inline.pieces]
    items: list[Item] = []
    for block in body.blocks:
        if block.kind == "item":
            within = (*block.inside, "item")
            own = (
                text[piece.start : piece.end]
                for piece, inline in pieces
                if block.span.covers(piece) and inline.inside[: len(within)] == within
            )
            items.append(Item(block.inside.count("item") + 1, _first(" ".join(own))))
    return items


class _Names(yaml.SafeLoader):
    """Reads a mkdocs.yml; what it names in Python is left out."""


_Names.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda loader, suffix, node: None)
_Names.add_constructor("!ENV", lambda loader, node: None)


@cache
def pages_of(release: str) -> Mapping[str, str]:
    """The Markdown pages of a release, its ``includes`` too."""
    return {
        name: data.decode("utf-8-sig")
        for name, data in release_files(release).items()
        if name.endswith(".md") or name == "mkdocs.yml"
    }


def renderer_of(release: str, folder: Path) -> Renderer:
    """Python-Markdown as the release sets it up; ``folder`` is for the files that it appends to each page.

    Left out is what draws emoji: it is a part of the site's theme, and changes no id, link or list.
    """
    pages = pages_of(release)
    extensions: dict[str, Mapping[str, Any]] = {"toc": {}, "tables": {}}
    for entry in yaml.load(pages["mkdocs.yml"], _Names)["markdown_extensions"]:  # noqa: S506 - it is a SafeLoader
        name, config = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        extensions[name] = config or {}
    fences = extensions["pymdownx.superfences"].get("custom_fences", [])
    extensions["pymdownx.superfences"] = {"custom_fences": [{**fence, "format": _fence} for fence in fences]}
    appended = extensions["pymdownx.snippets"].get("auto_append", [])
    for name in appended:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(pages[name], encoding="utf-8")
    extensions["pymdownx.snippets"] = {"auto_append": appended, "base_path": [str(folder)]}
    del extensions["pymdownx.emoji"]
    return Renderer(extensions)


def _fence(source: str, *_: object, **__: object) -> str:
    return f"<pre>{len(source)}</pre>"
