"""Inline rules that read Markdown as Python-Markdown does, and note where each construct stands.

Tokens get ``meta = {"start", "end"}``, offsets in the inline text, and links and images ``"target"`` and ``"label"``
(where their text begins and ends) too; of a reference ``"defined"`` is the place of the target in its definition.
The grammars follow Python-Markdown's ``inlinepatterns`` (LinkInlineProcessor, ImageInlineProcessor).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline, autolink, backtick, html_inline

_TARGET_LIMIT = 4096
"""Longest ``(target "title")`` that is read, in characters: keeps unclosed parentheses from costing O(n²)."""

_ANGLE_TARGET = re.compile(r"\(\s*<([^<>]*)>\s*(?:'[^']*'|\"[^\"]*\")?\s*\)")
_MARKS = re.compile(r"\\.|`+|[\[\]()]", re.DOTALL)
_CLOSING = {"[": "]", "(": ")"}
_QUOTE = re.compile(r"['\"]")
_BEHIND_TITLE = {quote: re.compile(rf"{quote} *\)") for quote in "'\""}
InlineRule = Callable[[StateInline, bool], bool]


def install(md: MarkdownIt) -> None:
    """Put the rules of this module in the place of those of CommonMark."""
    ruler = md.inline.ruler
    ruler.at("link", link)
    ruler.at("image", image)
    ruler.at("autolink", _noting(autolink, "link_open"))
    ruler.at("backticks", _noting(backtick, "code_inline"))
    ruler.at("html_inline", _noting(html_inline, "html_inline"))


def link(state: StateInline, silent: bool) -> bool:
    """``[text](target "title")`` and ``[text][reference]``."""
    if state.src[state.pos] != "[" or state.linkLevel > 0:
        return False
    found = _resolve(state, state.pos)
    if found is None:
        return False
    label_end, target, end = found.label_end, found.target, found.end
    start, maximum = state.pos, state.posMax
    if not silent:
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": target}
        token.meta = {"start": start, "end": end, "label": (start + 1, label_end), **found.place}
        state.pos = start + 1
        state.posMax = label_end
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
    state.pos = end
    state.posMax = maximum
    return True


def image(state: StateInline, silent: bool) -> bool:
    """``![text](target "title")`` and ``![text][reference]``."""
    if state.src[state.pos : state.pos + 2] != "![":
        return False
    found = _resolve(state, state.pos + 1)
    if found is None:
        return False
    if not silent:
        label = (state.pos + 2, found.label_end)
        token = state.push("image", "img", 0)
        token.attrs = {"src": found.target}
        token.content = state.src[slice(*label)]
        token.meta = {"start": state.pos, "end": found.end, "label": label, **found.place}
    state.pos = found.end
    return True


class _Resolved(NamedTuple):
    """The ``]`` of a link's text, its target, the end of the whole, and where the target stands."""

    label_end: int
    target: str
    end: int
    place: Mapping[str, int]


def _resolve(state: StateInline, opening: int) -> _Resolved | None:
    """What the ``[`` at ``opening`` begins."""
    label_end = _pairs(state).brackets.get(opening)
    if label_end is None or label_end >= state.posMax:
        return None
    after = label_end + 1
    if state.src.startswith("(", after):
        found = _target(state, after)
        return None if found is None else _Resolved(label_end, found[0], found[2], {"target": found[1]})
    return _reference(state, opening, label_end)


class _Pairs(NamedTuple):
    """Each ``[`` with its ``]``, and each ``(`` with its ``)``; escapes and code spans hold none."""

    brackets: dict[int, int]
    parentheses: dict[int, int]


def _pairs(state: StateInline) -> _Pairs:
    """The pairs of an inline text, found once."""
    known = state.env.get("pairs")
    if known is None or known[0] is not state.src:
        known = state.env["pairs"] = (state.src, _find_pairs(state.src))
    pairs: _Pairs = known[1]
    return pairs


def _find_pairs(text: str) -> _Pairs:
    marks = [(match.start(), match[0]) for match in _MARKS.finditer(text)]
    runs: dict[int, deque[int]] = {}
    for at, mark in marks:
        if mark[0] == "`":
            runs.setdefault(len(mark), deque()).append(at)
    pairs = _Pairs({}, {})
    opened: dict[str, list[int]] = {"]": [], ")": []}
    code_end = 0
    for at, mark in marks:
        if at < code_end:
            continue
        if mark[0] == "`":
            code_end = _code_end(runs[len(mark)], at, len(mark))
        elif mark in _CLOSING:
            opened[_CLOSING[mark]].append(at)
        elif opened.get(mark):
            found = pairs.brackets if mark == "]" else pairs.parentheses
            found[opened[mark].pop()] = at
    return pairs


def _code_end(runs: deque[int], at: int, length: int) -> int:
    """Where the code span that a run of backticks at ``at`` opens ends; 0 when nothing closes it."""
    while runs and runs[0] <= at:
        runs.popleft()
    return runs[0] + length if runs else 0


def _target(state: StateInline, opening: int) -> tuple[str, int, int] | None:
    """For ``(`` at ``opening``: the target, where it starts, and the end behind ``)``."""
    text, maximum = state.src, state.posMax
    limit = min(maximum, opening + _TARGET_LIMIT)
    angle = _ANGLE_TARGET.match(text, opening, limit)
    if angle is not None:
        return angle[1].strip(), angle.start(1), angle.end()
    end = _closing_parenthesis(state, opening, limit)
    if end is None:
        return None
    inner = text[opening + 1 : end]
    target = _without_title(inner)
    lead = len(target) - len(target.lstrip())
    return target.strip(), opening + 1 + lead, end + 1


def _without_title(inner: str) -> str:
    """A target without the quoted title at its end."""
    end = inner.rstrip()
    begin = inner.find(end[-1]) if end.endswith(("'", '"')) else -1
    return inner[:begin] if 0 <= begin < len(end) - 1 else inner


def _closing_parenthesis(state: StateInline, opening: int, limit: int) -> int | None:
    """The ``)`` that ends a target: one right behind a quoted title, else the one that balances."""
    text = state.src
    if text.find(")", opening, limit) < 0:
        return None
    balanced = _pairs(state).parentheses.get(opening)
    if balanced is not None and balanced >= limit:
        balanced = None
    quote = _QUOTE.search(text, opening, limit if balanced is None else balanced)
    if quote is not None:
        behind_title = _BEHIND_TITLE[quote[0]].search(text, quote.end(), limit)
        if behind_title is not None:
            return behind_title.end() - 1
    return balanced


def _reference(state: StateInline, opening: int, label_end: int) -> _Resolved | None:
    """``[text][label]`` and ``[label][]`` (ReferenceInlineProcessor), else ``[label]`` (ShortReferenceInlineProcessor).

    The first looks no further for others within what has an unknown label, from its ``[`` to the last ``]``.
    """
    if not state.env.get("references"):
        return None
    src = state.src
    label = _second_label(state, label_end)
    if label is not None and src.startswith("!", opening - 1) and _is_link(state, *label):
        label = None  # all links are made before the first image
    if label is not None and not _within_unknown(state, opening):
        found = _defined(state, src[label[0] + 1 : label[1]] or src[opening + 1 : label_end])
        if found is not None:
            return found._replace(label_end=label_end, end=label[1] + 1)
        state.env["unknown"] = (src, label[1] + 1)
    found = _defined(state, src[opening + 1 : label_end])
    return None if found is None else found._replace(label_end=label_end, end=label_end + 1)


def _second_label(state: StateInline, label_end: int) -> tuple[int, int] | None:
    """The brackets right behind those that end at ``label_end``, or behind one space or line break."""
    src, at = state.src, label_end + 1
    gap = src[at : at + 1]  # a tab is mostly more than one space
    at += gap.isspace() and gap != "\t"
    closing = _pairs(state).brackets.get(at) if src.startswith("[", at) else None
    return None if closing is None else (at, closing)


def _is_link(state: StateInline, opening: int, label_end: int) -> bool:
    """Whether brackets are the text of a link that has an address or a label behind it."""
    src = state.src
    if src.startswith("(", label_end + 1):
        return _target(state, label_end + 1) is not None
    label = _second_label(state, label_end)
    if label is None:
        return False
    return _defined(state, src[label[0] + 1 : label[1]] or src[opening + 1 : label_end]) is not None


def _within_unknown(state: StateInline, at: int) -> bool:
    src, end = state.env.get("unknown", ("", 0))
    return src is state.src and at < end


def _defined(state: StateInline, label: str) -> _Resolved | None:
    """The target that a label has, its places yet to be told."""
    found = state.env["references"].get(normalizeReference(label))
    return None if found is None else _Resolved(0, str(found["href"]), 0, {"defined": found["place"]})


def _noting(rule: InlineRule, token_type: str) -> InlineRule:
    """``rule``, with the place of what it matched noted on its token."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[before:]:
                if token.type == token_type:
                    label = (start + 1, state.pos - 1)
                    token.meta = {"start": start, "end": state.pos, "target": start + 1, "label": label}
                    break
        return True

    return noting
