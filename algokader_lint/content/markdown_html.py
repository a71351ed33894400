"""Raw HTML, found before Markdown is read (Python-Markdown's ``htmlparser`` and ``extensions.md_in_html``).

What is found leaves a mark in the text, in a block of its own.
"""

from __future__ import annotations

import re
from collections import Counter

from algokader_lint.content.markdown_stash import Element, Raw, State
from algokader_lint.content.markdown_text import Placed
from algokader_lint.content.source import Span

_TAG_LIMIT = 4096
"""Longest tag that is read, in characters: keeps unclosed quotes from costing O(n²)."""
_TAIL_LIMIT = 1024
"""How far is looked for the end tag of an inline element that a comment stands in."""

_START_TAG = re.compile(r"<([a-zA-Z][^`\s/<>]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>")
_END_TAG = re.compile(r"</([a-zA-Z][^\s/<>]*)[^<>]*>")
_COMMENT_END = re.compile(r"--!?>")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BLANK_LINE_BEHIND = re.compile(r"(?:[ ]*\n){2}")
_MARKDOWN_ATTRIBUTE = re.compile(
    r"[\s\"']markdown(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>/]+)))?(?=[\s/>]|$)", re.I
)
_EMPTY = frozenset({"hr"})
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_LITERAL = frozenset({"script", "style"})
# Markdown.block_level_elements
_BLOCK = frozenset(
    """
    address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hgroup hr main menu nav ol p pre search section table ul canvas colgroup dd body dt group html iframe li
    legend math map noscript output object option optgroup progress script style summary tbody td textarea
    tfoot th thead tr video center
    """.split()
)
_SPAN_ONLY = frozenset("address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th".split())
_RAW_ONLY = frozenset("canvas math option pre script style textarea".split())


class HtmlReader:
    """Takes the raw HTML out of a text. ``made`` is what is left, ``stash`` what the marks stand for.

    ``appended`` is what stands behind the text: that of fences.
    """

    def __init__(self, text: str, appended: str, stash: list[Raw | Element]) -> None:
        self.text = text
        self.appended = appended
        self.stash = stash
        self.made = Placed()
        self.raw: list[str] = []  # open elements of a raw block
        self.raw_names: Counter[str] = Counter()
        self.raw_start = -1
        self.tail = False  # on the line behind a raw block
        self.inline: list[str] = []  # open inline elements of the paragraph
        self.inline_names: Counter[str] = Counter()
        self.elements: list[int] = []  # open elements with Markdown in them
        self.element_names: Counter[str] = Counter()
        self.started = False  # nothing stands in the innermost of them yet
        self.line = 0
        self.no_comment_from = len(text)

    def read(self) -> None:
        """Read it all."""
        at, text = 0, self.text
        while True:
            opening = text.find("<", at)
            if opening < 0:
                break
            if opening > at:
                self._data(at, opening)
            at = self._markup(opening)
        self._data(at, len(text))
        if self.raw_start >= 0:
            self._mark(Raw("html", Span(self.raw_start, len(text))))
        while self.elements:
            self._close(self.elements[0], Span(len(text), len(text)))
        self.top_length = self.made.length
        self._place_contents()
        self._place_fences()

    def _data(self, start: int, end: int) -> None:
        if start >= end:
            return
        data = self.text[start:end]
        newline = data.rfind("\n")
        if newline >= 0:
            self.line = start + newline + 1
            self.tail = False
        if self.raw_start >= 0:
            return
        if self.elements:
            self.started = False
            self._element(self.elements[-1]).parts.append((data, start))
            return
        if newline >= 0 and self.inline and _BLANK_LINE.search(data):
            self.inline = []
            self.inline_names.clear()
        self.made.add(data, start)

    def _element(self, number: int) -> Element:
        element = self.stash[number]
        assert isinstance(element, Element)  # noqa: S101
        return element

    def _skip(self, start: int, end: int) -> None:
        """Note the lines of what is not repeated."""
        newline = self.text.rfind("\n", start, end)
        if newline >= 0:
            self.line = newline + 1

    def _at_line_start(self, at: int) -> bool:
        return at - self.line <= 3 and not self.text[self.line : at].strip()

    def _markup(self, at: int) -> int:
        text = self.text
        if text.startswith("<!--", at):
            return self._comment(at)
        after = text[at + 1 : at + 2]
        if after == "/":
            tag = _END_TAG.match(text, at, at + _TAG_LIMIT)
            if tag is not None:
                return self._end_tag(tag)
        elif after in ("!", "?"):
            end = text.find("?>" if after == "?" else ">", at, at + _TAG_LIMIT)
            if end >= 0 and (self.tail or self._at_line_start(at)):
                return self._empty(at, end + (2 if after == "?" else 1), True)
        else:
            tag = _START_TAG.match(text, at, at + _TAG_LIMIT)
            if tag is not None:
                return self._start_tag(tag)
        self._data(at, at + 1)
        return at + 1

    def _comment(self, at: int) -> int:
        closing = _COMMENT_END.search(self.text, at + 4) if at + 4 < self.no_comment_from else None
        if closing is None:
            self.no_comment_from = min(self.no_comment_from, at + 4)
            self._data(at, at + 1)
            return at + 1
        blank = _BLANK_LINE.search(self.text, at + 4, closing.start()) is not None
        return self._empty(at, closing.end(), blank or not self._inline_end_follows(closing.end()))

    def _inline_end_follows(self, at: int) -> bool:
        if not self.inline:
            return False
        blank = _BLANK_LINE.search(self.text, at, at + _TAIL_LIMIT)
        rest = self.text[at : at + _TAIL_LIMIT if blank is None else blank.start()]
        names = self.inline_names
        return any(names[name[1].lower()] > 0 for name in re.finditer(r"</\s*([^\s>]+)\s*>", rest))

    def _empty(self, start: int, end: int, is_block: bool) -> int:
        """What has no content: a comment, ``<hr>``, ``<br/>``."""
        at_start = is_block and self._at_line_start(start)
        if self.raw_start >= 0:
            self._skip(start, end)
        elif self.elements:
            element = self._element(self.elements[-1])
            if at_start:
                self._skip(start, end)
                self.started = False
                number = self._store(Raw("html", Span(start, end)))
                element.parts.append((f"\n\x02{number}\x03\n\n", start))
            else:
                self._data(start, end)
        elif self.tail:
            self.stash.append(Raw("html", Span(start, end)))
            self._skip(start, end)
        elif at_start:
            self._skip(start, end)
            self.tail = not _BLANK_LINE_BEHIND.match(self.text, end)
            self._own_block(start)
            self._mark(Raw("html", Span(start, end)))
        else:
            self._data(start, end)
        return end

    def _own_block(self, at: int) -> None:
        if self.made.ends_with("\n") and not self.made.ends_with("\n\n"):
            self.made.put("\n", at)

    def _store(self, what: Raw | Element) -> int:
        self.stash.append(what)
        return len(self.stash) - 1

    def _mark(self, what: Raw) -> None:
        """Leave a mark, and a blank line behind it."""
        number = self._store(what)
        self.made.put(f"\x02{number}\x03", what.span.start, what.span.end - what.span.start)
        self.made.put("\n\n", what.span.end)

    def _start_tag(self, tag: re.Match[str]) -> int:
        start, end = tag.span()
        name, attributes = tag[1].lower(), tag[2]
        is_block = name in _BLOCK
        if attributes.endswith("/"):
            return self._empty(start, end, is_block)
        at_start = self.tail or self._at_line_start(start)
        if name in _EMPTY and at_start:
            return self._empty(start, end, True)
        if is_block and (at_start or (bool(self.elements) and self.started)):
            state = self._state(name, attributes)
            if self.raw_start < 0 and (state != "off" or self.elements):
                self._open(name, state, tag)
                return end
        if self.raw_start < 0 and is_block and at_start and not self.elements:
            self.raw_start = start
            self.made.put("\n", start)
        if self.raw_start >= 0:
            self.raw.append(name)
            self.raw_names[name] += 1
            self._skip(start, end)
            return self._literal(name, end)
        self._data(start, end)
        if not is_block and name not in _VOID:
            self.inline.append(name)
            self.inline_names[name] += 1
        return end

    def _literal(self, name: str, at: int) -> int:
        """Behind what the start tag of an element begins whose content is no HTML."""
        if name not in _LITERAL:
            return at
        closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.text, at)
        end = len(self.text) if closing is None else closing.start()
        self._skip(at, end)
        return end

    def _state(self, name: str, attributes: str) -> State:
        found = _MARKDOWN_ATTRIBUTE.search(attributes)
        value = "0" if found is None else (found[1] or found[2] or found[3] or "1").replace("markdown", "1")
        parent = self._element(self.elements[-1]).state if self.elements else None
        if parent == "off" or (parent == "span" and value != "0"):
            value = parent
        if name not in _RAW_ONLY and name not in _EMPTY:
            if value == "block" or (value == "1" and name not in _SPAN_ONLY):
                return "block"
            if value in ("span", "1"):
                return "span"
        return "off"

    def _open(self, name: str, state: State, tag: re.Match[str]) -> None:
        if self.element_names["p"]:
            self._close(self._innermost("p"), Span(tag.start(), tag.start()))
        self._skip(*tag.span())
        self.elements.append(self._store(Element(name, state, [Span(*tag.span())])))
        self.element_names[name] += 1
        self.started = True

    def _end_tag(self, tag: re.Match[str]) -> int:
        start, end = tag.span()
        name = tag[1].lower()
        if self.raw_start >= 0:
            self._skip(start, end)
            self._end_in_raw(name, end)
            return end
        if name in _BLOCK:
            if self.element_names[name]:
                self._skip(start, end)
                self._close(self._innermost(name), Span(start, end))
                return end
        elif self.inline_names[name]:
            _pop_to(name, self.inline, self.inline_names)
        self._data(start, end)
        return end

    def _end_in_raw(self, name: str, end: int) -> None:
        if self.raw_names[name]:
            _pop_to(name, self.raw, self.raw_names)
        if not self.raw:
            self.tail = not _BLANK_LINE_BEHIND.match(self.text, end)
            self._mark(Raw("html", Span(self.raw_start, end)))
            self.raw_start = -1

    def _innermost(self, name: str) -> int:
        return next(number for number in reversed(self.elements) if self._element(number).name == name)

    def _close(self, number: int, tag: Span) -> None:
        """Close an element and all within it."""
        while self.elements:
            closed = self.elements.pop()
            element = self._element(closed)
            self.element_names[element.name] -= 1
            element.tags.append(tag if closed == number else Span(tag.start, tag.start))
            self.started = False
            if self.elements:
                self._element(self.elements[-1]).parts.append(closed)
            if closed == number:
                break
        if not self.elements:
            self._own_block(tag.start)
            self.made.put(f"\x02{number}\x03", self._element(number).tags[0].start)
            self.made.put("\n\n", tag.end)
            self.tail = not _BLANK_LINE_BEHIND.match(self.text, tag.end)

    def _place_contents(self) -> None:
        """Put what stands in elements behind the text."""
        for element in self.stash:
            if isinstance(element, Element) and element.state != "off":
                start = self.made.length
                self._place_content(element)
                element.content = Span(start, self.made.length)

    def _place_fences(self) -> None:
        if self.appended:
            moved = self.made.length - len(self.text)
            self.made.add(self.appended, len(self.text))
            for fence in self.stash:
                if isinstance(fence, Raw) and fence.kind == "fence":
                    fence.content = Span(fence.content.start + moved, fence.content.end + moved)

    def _place_content(self, element: Element) -> None:
        behind_child = False
        for part in element.parts:
            if isinstance(part, int):
                child = self._element(part)
                self.made.put("\n\n", child.tags[0].start)
                self.made.put(f"\x02{part}\x03", child.tags[0].start)
                self.made.put("\n", child.tags[-1].end)
                behind_child = True
                continue
            data, place = part
            if behind_child and data == "\n":
                data = ""
            self.made.add(data, place)
            behind_child = False


def _pop_to(name: str, stack: list[str], names: Counter[str]) -> None:
    """Close an element and those that were opened in it."""
    while stack:
        last = stack.pop()
        names[last] -= 1
        if last == name:
            break
