"""Comments, targets in raw HTML, and what a reader sees of running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from algokader_lint.content.body import Comment, Link
from algokader_lint.content.source import Span

COMMENT = re.compile(r"<!--(?P<text>.*?)(?:-->|\Z)", re.DOTALL)
_HTML_TARGET = re.compile(
    r"<(?P<tag>a|img)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?\s(?P<name>href|src)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"']+))",
    re.IGNORECASE,
)
_EMOJI = re.compile(r":[+\w-]+:")


def comments(text: str, start: int, code: Sequence[Span]) -> Iterator[Comment]:
    """The comments of a text from ``start`` that do not begin in ``code``."""
    spans = sorted(code)
    index = 0
    for match in COMMENT.finditer(text, start):
        while index < len(spans) and spans[index].end <= match.start():
            index += 1
        if index == len(spans) or spans[index].start > match.start():
            yield Comment(match["text"], Span(*match.span()), match[0].endswith("-->"))


def html_targets(text: str, span: Span) -> Iterator[Link]:
    """The links and images of raw HTML at ``span``."""
    piece = COMMENT.sub(lambda m: " " * len(m[0]), text[span.start : span.end])
    for match in _HTML_TARGET.finditer(piece):
        image = match["tag"].lower() == "img"
        if (match["name"].lower() == "src") != image:
            continue
        group = next(name for name in ("double", "single", "bare") if match[name] is not None)
        yield Link(
            kind="html-image" if image else "html-link",
            target=match[group],
            text="",
            span=Span(span.start + match.start(), span.start + match.end()),
            target_span=Span(span.start + match.start(group), span.start + match.end(group)),
        )


def inside_link(tokens: list[Token], opening: int) -> Iterator[Token]:
    """What stands between the token that opens a link and the one that closes it."""
    for index in range(opening + 1, len(tokens)):
        if tokens[index].type == "link_close":
            return
        yield tokens[index]


def visible_text(tokens: Iterable[Token]) -> str:
    """What a reader sees of running text."""
    parts = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return _EMOJI.sub("", "".join(parts))


def plain_text(md: MarkdownIt, content: str) -> str:
    """The visible text of inline Markdown without links, code or HTML."""
    if not re.search(r"[*_\\&:]", content):
        return content
    children: list[Token] = []
    md.inline.parse(content, md, {}, children)
    return visible_text(children)
