"""A Markdown report as a browser shows it: parsed in the manner of GitHub, with HTML let through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

REFERENCE = re.compile(r"@(?!\u200b)|#\d|\bgh-\d|\b[0-9a-f]{7,40}\b", re.IGNORECASE)
"""What GitHub takes for a person, an issue or a commit in the text of a comment, outside of code and links."""
OWN_BLOCKS = {"heading", "paragraph", "bullet_list", "list_item", "blockquote", "fence"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
OWN_INLINES = {"text", "code_inline", "link", "strong", "em", "hardbreak"}


@cache
def github() -> MarkdownIt:
    """CommonMark with tables, strikethrough and the autolinks of GFM; raw HTML counts."""
    markdown = MarkdownIt("gfm-like", {"html": True})
    assert markdown.linkify is not None
    # GFM links an address by http:, https:, ftp:, mailto:, www. or an e-mail address; never by its last part alone.
    markdown.linkify.set({"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
    markdown.linkify.add("//", None)
    markdown.linkify.add("www.", {"validate": r"^[A-Za-z0-9][^\s<]*"})
    return markdown


@dataclass
class Item:
    """A list item: its visible lines, the address of its first link, and its code blocks."""

    lines: list[str] = field(default_factory=list)
    address: str | None = None
    blocks: list[str] = field(default_factory=list)


@dataclass
class Shown:
    """What a reader sees. ``headings`` with their level; ``items`` by the heading they are under."""

    headings: list[tuple[str, str]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    items: dict[str, list[Item]] = field(default_factory=lambda: {"": []})
    addresses: list[str] = field(default_factory=list)
    stressed: set[str] = field(default_factory=set)


def read(text: str) -> Shown:
    """The report as shown. Fails on any element that no report of ours has, and on any reference."""
    return _Reader().read(github().parse(text))


class _Reader:
    def __init__(self) -> None:
        self.shown = Shown()
        self.open_now: list[str] = []
        self.heading = ""

    def read(self, tokens: Sequence[Token]) -> Shown:
        for token, following in zip(tokens, [*tokens[1:], None], strict=True):
            kind = token.type.removesuffix("_open").removesuffix("_close")
            assert kind in OWN_BLOCKS | TABLE | {"inline"}, token
            if token.nesting == 1:
                self.open_now.append(kind)
                self._open(kind, following)
            elif token.nesting == -1:
                assert self.open_now.pop() == kind
            elif kind == "fence":
                assert (self.open_now, token.info) == (["bullet_list", "list_item"], "text")
                self.shown.items[self.heading][-1].blocks.append(token.content.removesuffix("\n"))
            else:
                assert following is not None
                self._words(*_inline(token.children or (), self.shown.stressed), following.tag)
        return self.shown

    def _open(self, kind: str, following: Token | None) -> None:
        if kind == "tr":
            self.shown.rows.append([])
        if kind == "list_item":
            assert following is not None
            assert following.type == "paragraph_open"
            self.shown.items[self.heading].append(Item())

    def _words(self, lines: list[str], addresses: list[str], tag: str) -> None:
        shown = self.shown
        shown.addresses += addresses
        if self.open_now[-1] == "heading":
            self.heading = "\n".join(lines)
            shown.headings.append((tag, self.heading))
            shown.items.setdefault(self.heading, [])
        elif "list_item" in self.open_now:
            assert self.open_now == ["bullet_list", "list_item", "paragraph"]
            item = shown.items[self.heading][-1]
            if not item.lines:
                item.address = addresses[0] if addresses else None
            item.lines += lines
        elif "table" in self.open_now:
            shown.rows[-1] += lines
        else:
            (shown.quotes if "blockquote" in self.open_now else shown.paragraphs).append("\n".join(lines))


def _inline(children: Sequence[Token], stressed: set[str]) -> tuple[list[str], list[str]]:
    """The visible lines and the addresses of links; code shows as ``'code'``. Adds what is bold or slanted."""
    lines, plain, addresses = [""], [""], []
    inside: list[str] = []
    for token in children:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        assert kind in OWN_INLINES, token
        assert "\n" not in token.content
        if token.nesting == 1:
            inside.append(kind)
            if kind == "link":
                addresses.append(str(token.attrs["href"]))
        elif token.nesting == -1:
            assert inside.pop() == kind
        elif kind == "hardbreak":
            lines.append("")
            plain.append("")
        elif kind == "code_inline":
            lines[-1] += f"'{token.content}'"
            plain[-1] += " "
        else:
            lines[-1] += token.content.replace("\u200b", "")
            plain[-1] += " " if "link" in inside else token.content
            if token.content and inside and inside[-1] != "link":
                stressed.add(token.content)
    assert not [line for line in plain if REFERENCE.search(line)], plain
    return lines, addresses


def code_blocks(shown: Shown) -> Iterator[str]:
    for items in shown.items.values():
        for item in items:
            yield from item.blocks
