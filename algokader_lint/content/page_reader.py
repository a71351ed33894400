"""Makes Pages from files."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Literal

from markdown_it import MarkdownIt

from algokader_lint.content.dashed_fields import read_dashed
from algokader_lint.content.front_matter import Defect, FrontMatter, read_front_matter
from algokader_lint.content.markdown import Body, make_parser, read_body
from algokader_lint.content.nodes import Scalar, scalars
from algokader_lint.content.page import NOT_UNDERSTOOD, Page, Reference
from algokader_lint.content.source import NOWHERE, SourceText, Span, UnreadableText, decode
from algokader_lint.content.tree import CannotRead
from algokader_lint.content.validation import Validator, make_validator, validate
from algokader_lint.knowledge import ContentType

Depth = Literal["references", "text", "all"]
"""How much is read of a page: who it is and what it refers to, its text too, and whether it is as it must be."""


class PageReader:
    """Makes Pages; holds the parsers, so that they are made once and only when needed, and the pages that it made."""

    def __init__(self, types: Mapping[str, ContentType]) -> None:
        self.types = types
        self._validators: dict[str, Validator] = {}
        self._made: dict[tuple[str, str, Depth, bytes], Page] = {}

    @cached_property
    def _markdown(self) -> MarkdownIt:
        return make_parser()

    def read(self, path: str, docs_path: str, data: bytes | CannotRead, depth: Depth = "all") -> Page:
        """The page at ``path``; a file that could not be read becomes a page with that defect.

        The page of the same path and content is the one that was made before.
        """
        if isinstance(data, CannotRead):
            return self._make(path, docs_path, data, depth)
        name = path, docs_path, depth, hashlib.blake2b(data).digest()  # the bytes would be kept a second time
        if name not in self._made:
            self._made[name] = self._make(path, docs_path, data, depth)
        return self._made[name]

    def knows(self, docs_path: str) -> bool:
        """Whether the page at ``docs_path`` is of a content type."""
        return self._identify(docs_path)[0] is not None

    def _make(self, path: str, docs_path: str, data: bytes | CannotRead, depth: Depth) -> Page:
        type_name, key = self._identify(docs_path)
        source, unreadable = _decode(data)
        if not unreadable:
            try:
                return self._understand(path, docs_path, type_name, key, source, depth)
            except Exception as error:  # one page that is not understood must not take the others with it
                unreadable = (Defect(NOT_UNDERSTOOD, NOWHERE, f"{type(error).__name__}: {error}"),)
        nothing = FrontMatter(None, NOWHERE, 0)
        return Page(path, docs_path, type_name, key, source, nothing, Body(), unreadable=unreadable)

    def _understand(
        self, path: str, docs_path: str, type_name: str | None, key: str, source: SourceText, depth: Depth
    ) -> Page:
        front_matter = read_front_matter(source.text)
        if depth == "references" and front_matter.text("title"):  # else a heading is the title
            body = Body(span=Span(front_matter.body_start, len(source.text)))
        else:
            body = read_body(self._markdown, source.text, front_matter.body_start)
        page = Page(path, docs_path, type_name, key, source, front_matter, body)
        content_type = self.types.get(type_name or "")
        if content_type is None:
            return page
        return replace(
            page,
            violations=validate(front_matter, content_type, self._validator(content_type)) if depth == "all" else (),
            references=tuple(_references(front_matter, content_type, former=depth != "all")),
        )

    def _identify(self, docs_path: str) -> tuple[str | None, str]:
        for name, content_type in self.types.items():
            key = content_type.key_of(docs_path)
            if key is not None:
                return name, key
        return None, posixpath.basename(docs_path).removesuffix(".md")

    def _validator(self, content_type: ContentType) -> Validator:
        validator = self._validators.get(content_type.type)
        if validator is None:
            validator = self._validators[content_type.type] = make_validator(content_type)
        return validator


def _decode(data: bytes | CannotRead) -> tuple[SourceText, tuple[Defect, ...]]:
    if isinstance(data, CannotRead):
        return SourceText(""), (Defect(data.kind, NOWHERE),)
    try:
        return decode(data), ()
    except UnreadableText as problem:
        return problem.source, (Defect(problem.kind, problem.span),)


def _references(front_matter: FrontMatter, content_type: ContentType, *, former: bool) -> list[Reference]:
    """The references of a page, each once; a single value where a list is due is one too.

    ``former``: of a field that is absent also those under the name that it had in earlier years.
    """
    found: list[Reference] = []
    if front_matter.fields is not None:
        front_matter = replace(front_matter, fields=read_dashed(front_matter.fields, content_type.fields)[0])
    for name, spec in content_type.fields.items():
        if spec.kind != "references" or spec.to is None:
            continue
        first_of_each: dict[str, Scalar] = {}
        node = front_matter.get(name)
        if node is None and former and name in content_type.former:
            node = front_matter.get(content_type.former[name])
        for item in scalars(node):
            first_of_each.setdefault(item.text, item)
        found.extend(Reference(name, item.text, spec.to, item.span) for item in first_of_each.values())
    return found
