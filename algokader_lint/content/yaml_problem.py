"""What a YAML parser complains of, in a few kinds that can be explained, at the place to mend."""

from __future__ import annotations

import re

import yaml


class YamlProblem(Exception):
    """A text is no YAML that may be read: ``kind`` says why, ``offset`` where, ``detail`` the words in question."""

    def __init__(self, kind: str, offset: int, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.offset = offset
        self.detail = detail


# Words of libyaml's context and problem, the kind they stand for, and whether the place to mend is that of the
# context (where the construct began) or of the problem (where the parser gave up). The first that fits counts.
_COMPLAINTS = (
    ("", "mapping values are not allowed", "colon", False),
    ("quoted scalar", "end of stream", "open-quote", True),
    ("scanning an a", "", "special-character", True),  # an alias or an anchor
    ("block scalar", "", "special-character", True),
    ("flow", "", "open-bracket", True),
    ("", "cannot start any token", "special-character", False),
    ("", "tab character", "special-character", False),
    ("", "not allowed in this context", "special-character", False),
    ("", "expected node content", "special-character", False),
    ("", "could not find expected ':'", "no-colon", True),
    ("", "expected key", "indentation", False),
    ("", "'-' indicator", "indentation", False),
    ("", "<document start>", "indentation", False),
)
_BEFORE_VALUE = re.compile(r"(?:^|\s)(?:[\w-]+:|-)\s+\Z")
_NEXT_VALUE = re.compile(r"\n\s*(?:[\w-]+:|-)\s")


def explain(text: str, error: yaml.MarkedYAMLError) -> YamlProblem:
    """The parser's complaint about ``text`` as a YamlProblem; kind ``other`` when it is none of the usual ones."""
    context, problem = str(error.context or ""), str(error.problem or "")
    mark, context_mark = error.problem_mark, error.context_mark
    at = mark.index if mark is not None else 0
    began = context_mark.index if context_mark is not None else at
    for in_context, in_problem, kind, at_context in _COMPLAINTS:
        if in_context in context and in_problem in problem:
            return _refine(text, kind, began if at_context else at)
    return YamlProblem("other", at, problem)


def _refine(text: str, kind: str, at: int) -> YamlProblem:
    line_start = text.rfind("\n", 0, at) + 1
    before = text[line_start:at]
    if kind == "special-character" and text[at : at + 1] == "\t":
        kind = "tab"
    elif kind == "indentation" and before.rstrip().endswith(('"', "'", "]", "}")):
        opening = _left_open(text, line_start, line_start + len(before.rstrip()) - 1)
        if opening is not None:
            return YamlProblem("open-quote", opening)
        kind = "text-after-quote"
    elif kind == "colon" and line_start and re.fullmatch(r"[\w-]+", before):
        # This line is in order: the one before it is a key without the space behind its colon.
        return YamlProblem("no-colon", text.rfind("\n", 0, len(text[:line_start].rstrip())) + 1)
    return YamlProblem(kind, at, text[at : at + 1])


def _left_open(text: str, line_start: int, closing: int) -> int | None:
    """Where a value begins with a quote that closes at ``closing``, some fields or items further on; else None."""
    opening = text.rfind(text[closing], 0, closing)
    if text[closing] not in "'\"" or not 0 <= opening < line_start:
        return None
    before = text[text.rfind("\n", 0, opening) + 1 : opening]
    return opening if _BEFORE_VALUE.search(before) and _NEXT_VALUE.search(text, opening, closing) else None
