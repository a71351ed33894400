"""Directives: HTML comments that the site's build replaces by lists and labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from algokader_lint.content.page import Page
from algokader_lint.content.source import Span
from algokader_lint.knowledge import Model

_FILTER_LIKE = re.compile(r"[\w-]+/[\w./-]+\Z")


class DirectiveSpec(Model):
    """One directive: what it lists (a content type, with filter and flags) or, without ``lists``, a bare word.

    ``pages``: the only content types on which it means anything; empty: any page.
    """

    lists: str | None = None
    flags: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


class Grammar(Model):
    """``rules/data/directives.yaml``: the directives, and what a flag begins with."""

    flag_prefixes: tuple[str, ...]
    directives: Mapping[str, DirectiveSpec]

    @cached_property
    def identity(self) -> str:
        """The same for grammars that are alike: each rule reads its own."""
        return self.model_dump_json()

    def is_flag(self, word: str) -> bool:
        """Whether a word is written as a flag."""
        return word.startswith(self.flag_prefixes)

    def is_argument(self, word: str) -> bool:
        """Whether a word looks like a filter or a flag, and not like one of a sentence."""
        return self.is_flag(word) or _FILTER_LIKE.match(word) is not None


class GrammarOptions(Model):
    """``grammar``: the directives that exist."""

    grammar: Grammar


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a directive."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment that the build replaces. ``filter`` is what it takes as such: the first word, when it is no flag."""

    name: str
    spec: DirectiveSpec
    words: tuple[Word, ...]
    filter: Word | None
    span: Span


WELL_FORMED = re.compile(r" (?P<name>\S+)(?P<words>(?: [^\n]*)?) \Z")
_WORD = re.compile(r"\S+")
_ENDINGS = ("-->", "-- >", "--!>", "->", "—>", "–>", "--", ">")


def without_end(text: str) -> str:
    """A comment without the mark that ends it, or one that was meant to; as it is when there is none."""
    inner = text.rstrip()
    ending = next((ending for ending in _ENDINGS if inner.endswith(ending)), None)
    return text if ending is None else inner.removesuffix(ending).rstrip()


def directives(page: Page, grammar: Grammar) -> Iterator[Directive]:
    """The directives of a page that the build will find."""
    for comment in page.body.comments:
        match = WELL_FORMED.match(comment.text)
        if match is None or not comment.closed:
            continue
        spec = grammar.directives.get(match["name"].casefold())
        if spec is None:
            continue
        offset = comment.span.start + 4
        words = tuple(
            Word(word[0], Span(offset + word.start(), offset + word.end()))
            for word in _WORD.finditer(comment.text, match.start("words"))
        )
        if words and spec.lists is None:
            continue
        first = next((word for word in words[:1] if not grammar.is_flag(word.text)), None)
        yield Directive(match["name"].casefold(), spec, words, first, comment.span)
