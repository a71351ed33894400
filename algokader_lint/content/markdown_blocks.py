"""Block rules that read Markdown as Python-Markdown does, where it differs from CommonMark.

Each is a rule of markdown-it: ``rule(state, start_line, end_line, silent) -> matched``. The grammars follow
Python-Markdown (``blockprocessors``, ``extensions.admonition``, ``htmlparser``) and pymdown-extensions
(``details``, ``tabbed``).
"""

from __future__ import annotations

import re
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.list import list_block

BOX = "box"
"""Token type of admonitions, details and tabs; ``info`` holds the marker."""

_INDENT = 4
_BOX_OPENINGS = (
    re.compile(r'!!! ?[\w\-]+(?: +[\w\-]+)*(?: +"(?P<title>.*?)")? *$'),
    re.compile(r'\?{3}\+? ?(?:(?:[\w\-]+(?: +[\w\-]+)*?)?(?: +"(?P<title>.*?)")|[\w\-]+(?: +[\w\-]+)*?) *$'),
    re.compile(r'={3}(?:\+!?|!\+?)? +"(?P<title>.*?)" *$'),
)
_HEADING = re.compile(r"(?P<marks>#{1,6})(?P<text>(?:\\.|[^\\])*?)#*$")
_UNDERLINE = re.compile(r"[=-]+[ ]*$")
_ABBREVIATION = re.compile(r"\*\[[^\]\\]*\][ ]?:")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_MARKDOWN_ATTRIBUTE = re.compile(r"\smarkdown(?:\s*=\s*[\"']?(?:1|block|span)?[\"']?)?(?=[\s/>]|$)")
_EMPTY_ELEMENTS = frozenset({"hr", "br", "img", "input", "meta", "link"})
# Python-Markdown's Markdown.block_level_elements
_BLOCK_ELEMENTS = frozenset(
    """
    address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hgroup hr main menu nav ol p pre section table ul canvas colgroup dd body dt group html iframe li
    legend math map noscript output object option optgroup progress script style summary tbody td textarea
    tfoot th thead tr video center
    """.split()
)


class Rule(Protocol):
    """A block rule of markdown-it."""

    def __call__(self, state: StateBlock, start_line: int, end_line: int, silent: bool, /) -> bool: ...


def install(md: MarkdownIt) -> None:
    """Put the rules of this module in the place of, or before, those of CommonMark."""
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    ruler = md.block.ruler
    ruler.before("code", "box", box, interrupting)
    ruler.at("list", list_after_blank_line, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("blockquote", "underlined_heading", underlined_heading)
    ruler.disable("lheading")
    ruler.at("heading", heading, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.at("html_block", html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("paragraph", "abbreviation", abbreviation)
    ruler.at("table", table)  # which interrupts no paragraph


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def box(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """``!!! type "title"``, ``??? type "title"`` and ``=== "title"``, with a body indented by four."""
    indent = state.sCount[start_line]
    if indent != state.blkIndent and not (state.listIndent >= 0 and 0 <= indent - state.blkIndent < _INDENT):
        return False
    text = _line(state, start_line)
    if text[:3] not in ("!!!", "???", "==="):
        return False
    opening = next((m for m in (p.match(text) for p in _BOX_OPENINGS) if m is not None), None)
    if opening is None:
        return False
    if silent:
        return True
    after = start_line + 1
    last = start_line
    while after < end_line:
        if not state.isEmpty(after):
            if state.sCount[after] < indent + _INDENT:
                break
            last = after
        after += 1
    body_end = last + 1
    token = state.push(BOX + "_open", "div", 1)
    token.map = [start_line, body_end]
    token.info = text[:3]
    if opening["title"]:
        _push_inline(state, opening["title"], start_line)
    old_indent, old_max, old_parent = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent = indent + _INDENT
    state.lineMax = body_end
    state.parentType = "box"
    state.md.block.tokenize(state, start_line + 1, body_end)
    state.blkIndent, state.lineMax, state.parentType = old_indent, old_max, old_parent
    state.push(BOX + "_close", "div", -1)
    state.line = body_end
    return True


def list_after_blank_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A list, which in Python-Markdown does not interrupt a paragraph outside of a list."""
    if silent and state.parentType == "paragraph" and state.listIndent < 0:
        return False
    return list_block(state, start_line, end_line, silent)


def heading(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """``# Heading``: at the very start of a line; the space is optional. It ends a paragraph and a list."""
    match = _HEADING.match(_line(state, start_line))
    if match is None or not _starts_heading(state, start_line, silent):
        return False
    if silent:
        return True
    return _push_heading(state, len(match["marks"]), match["text"], start_line, start_line + 1)


def _starts_heading(state: StateBlock, line: int, silent: bool) -> bool:
    indent = state.sCount[line]
    if state.listIndent < 0:
        return indent == state.blkIndent
    marker = state.src[state.bMarks[line] : state.bMarks[line] + state.tShift[line]].strip()
    if marker:  # the first line of a list item
        return indent == state.blkIndent
    return indent % _INDENT == 0 and (indent == state.blkIndent or (silent and indent < state.blkIndent))


def underlined_heading(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A heading underlined by ``===`` or ``---``: the first line of a block, be it a list item, and the next one."""
    after = start_line + 1
    if silent or state.listIndent >= 0 or after >= end_line:
        return False
    if not state.sCount[start_line] == state.sCount[after] == state.blkIndent:
        return False
    text = _line(state, start_line)
    if text.startswith(("<", "#")) or _UNDERLINE.match(_line(state, after)) is None:
        return False
    level = 1 if _line(state, after).startswith("=") else 2
    return _push_heading(state, level, text, start_line, after + 1)


def abbreviation(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """``*[abbr]: meaning`` is a definition and shows nothing."""
    if silent or _ABBREVIATION.match(_line(state, start_line)) is None:
        return False
    state.line = start_line + 1
    return True


def html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Comments, and raw block elements up to their closing tag.

    The inside of an element with the attribute ``markdown`` is Markdown (extension md_in_html).
    """
    text = _line(state, start_line)
    if not text.startswith("<") or state.sCount[start_line] - state.blkIndent > 3:
        return False
    if text.startswith("<!--"):
        end = _comment_end(state, start_line, end_line)
        return end is not None and (silent or _push_html(state, start_line, end))
    if state.sCount[start_line] > 3:
        return False  # inside a container Python-Markdown takes tags as part of a paragraph
    tag = _TAG.match(_opening_text(state, start_line, end_line))
    if tag is None or tag["name"].lower() not in _BLOCK_ELEMENTS:
        return False
    if silent:
        return True
    name = tag["name"].lower()
    first_line_end = start_line + 1 + tag[0].count("\n")
    if tag["close"] or name in _EMPTY_ELEMENTS or tag["rest"].endswith("/"):
        return _push_html(state, start_line, first_line_end)
    closing = _element_end(state, name, start_line, end_line)
    if not _MARKDOWN_ATTRIBUTE.search(tag["rest"]) or closing < first_line_end:
        return _push_html(state, start_line, closing + 1)
    _push_html(state, start_line, first_line_end)
    old_max = state.lineMax
    state.lineMax = closing
    state.level += 1  # counts towards maxNesting
    state.md.block.tokenize(state, first_line_end, closing)
    state.level -= 1
    state.lineMax = old_max
    return _push_html(state, closing, closing + 1)


def _opening_text(state: StateBlock, start_line: int, end_line: int) -> str:
    """A start tag may run over a few lines."""
    last = min(end_line, start_line + 5) - 1
    return state.src[state.bMarks[start_line] + state.tShift[start_line] : state.eMarks[last]]


def _comment_end(state: StateBlock, start_line: int, end_line: int) -> int | None:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if start > state.env.setdefault("last_comment_close", state.src.rfind("-->")):
        return None
    closing = state.src.find("-->", start, state.eMarks[end_line - 1])
    if closing < 0:
        return None
    line = start_line
    while state.eMarks[line] < closing:
        line += 1
    return line + 1


def _element_end(state: StateBlock, name: str, start_line: int, end_line: int) -> int:
    """The line on which the element that starts at ``start_line`` is closed: the last one when it is not."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    text = state.src[start : state.eMarks[end_line - 1]]
    depth = 0
    for tag in re.finditer(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*>", text, re.IGNORECASE):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return start_line + text.count("\n", 0, tag.start())
    return end_line - 1


def _push_heading(state: StateBlock, level: int, text: str, start_line: int, end_line: int) -> bool:
    token = state.push("heading_open", f"h{level}", 1)
    token.map = [start_line, end_line]
    _push_inline(state, text.strip(), start_line)
    state.push("heading_close", f"h{level}", -1)
    state.line = end_line
    return True


def _push_html(state: StateBlock, start_line: int, end_line: int) -> bool:
    token = state.push("html_block", "", 0)
    token.map = [start_line, end_line]
    token.content = state.getLines(start_line, end_line, state.blkIndent, True)
    state.line = end_line
    return True


def _push_inline(state: StateBlock, content: str, line: int) -> None:
    token = state.push("inline", "", 0)
    token.content = content
    token.map = [line, line + 1]
    token.children = []
