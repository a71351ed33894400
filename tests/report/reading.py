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
    markdown.linkify.add("www.", {"validate": r"^[A-Za-z0-9][^\s<]*"})
    return markdown


@dataclass
class Item:
    """A list item: its visible lines, the address of its first link, and its code blocks."""

    lines: list[str]
    address: str | None
    blocks: list[str] = field(default_factory=list)


@dataclass
class Shown:
    """What a reader sees. ``headings`` by level; ``items`` by the heading they are under."""

    headings: list[tuple[str, str]]
    paragraphs: list[str]
    quotes: list[str]
    rows: list[list[str]]
    items: dict[str, list[Item]]
    addresses: list[str]


def read(text: str) -> Shown:
    """The report as shown. Fails on any element that no report of ours has, and on any reference."""
    tokens = github().parse(text)
    shown = Shown([], [], [], [], {"": []}, [])
    open_now: list[str] = []
    heading = ""
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        assert kind in OWN_BLOCKS | TABLE | {"inline"}, token
        if token.nesting == 1:
            open_now.append(kind)
            if kind == "tr":
                shown.rows.append([])
            if kind == "list_item":
                assert following is not None
                assert following.type == "paragraph_open"
                shown.items[heading].append(Item([], None))
        elif token.nesting == -1:
            assert open_now.pop() == kind
        elif kind == "fence":
            assert (open_now, token.info) == (["bullet_list", "list_item"], "text")
            shown.items[heading][-1].blocks.append(token.content.removesuffix("\n"))
        else:
            lines, addresses = _inline(token.children or ())
            shown.addresses += addresses
            if open_now[-1] == "heading":
                heading = "\n".join(lines)
                assert following is not None
                shown.headings.append((following.tag, heading))
                shown.items.setdefault(heading, [])
            elif "list_item" in open_now:
                assert open_now == ["bullet_list", "list_item", "paragraph"]
                item = shown.items[heading][-1]
                if not item.lines:
                    item.address = addresses[0] if addresses else None
                item.lines += lines
            elif "table" in open_now:
                shown.rows[-1] += lines or [""]
            else:
                (shown.quotes if "blockquote" in open_now else shown.paragraphs).append("\n".join(lines))
    return shown


def _inline(children: Sequence[Token]) -> tuple[list[str], list[str]]:
    """The visible lines and the addresses of links; code shows as ``'code'``."""
    lines, plain, addresses = [""], [""], []
    in_link = False
    for token in children:
        assert token.type.removesuffix("_open").removesuffix("_close") in OWN_INLINES, token
        assert "\n" not in token.content
        if token.type == "hardbreak":
            lines.append("")
            plain.append("")
        elif token.type == "link_open":
            addresses.append(str(token.attrs["href"]))
            in_link = True
        elif token.type == "link_close":
            in_link = False
        elif token.type == "code_inline":
            lines[-1] += f"'{token.content}'"
            plain[-1] += " "
        else:
            lines[-1] += token.content.replace("\u200b", "")
            plain[-1] += " " if in_link else token.content
    assert not [line for line in plain if REFERENCE.search(line)], plain
    return lines, addresses


def code_blocks(shown: Shown) -> Iterator[str]:
    for items in shown.items.values():
        for item in items:
            yield from item.blocks
