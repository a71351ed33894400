"""What ``mkdocs.yml`` says of the site, read without running anything it names."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from dataclasses import dataclass

from algokader_lint.content.nodes import Mapping, Node, Scalar, Sequence, compose, scalars
from algokader_lint.content.source import SourceText, Span, UnreadableText, decode
from algokader_lint.content.yaml_problem import YamlProblem

FILE_NAMES = ("mkdocs.yml", "mkdocs.yaml")
_NAV_LIMIT = 10_000
_FALSE = ("false", "no", "off")
_TOC = ("toc", "markdown.extensions.toc")
_SNIPPETS = ("pymdownx.snippets",)
_SLUG_OPTIONS = ("slugify", "separator")


class BadMkdocsFile(Exception):
    """``mkdocs.yml`` cannot be used; ``kind`` says why, ``line`` and ``detail`` where and what."""

    def __init__(self, kind: str, line: int = 1, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.line = line
        self.detail = detail


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A target in ``nav``, as written."""

    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class MkdocsFile:
    """The settings that matter for reading the content; paths are relative to the root, ``.`` is the root.

    ``directory_urls`` tells that the page of ``a/b.md`` is at ``a/b/``; ``own_slugs`` that headings do not get the ids
    that they get by default; ``rooted_in_docs`` that links which begin with a slash start at the documentation folder.
    ``appended`` are the files that are put at the end of each page.
    """

    path: str
    docs_dir: str
    site_url: str | None = None
    repo_url: str | None = None
    edit_uri: str | None = None
    nav: tuple[NavEntry, ...] = ()
    directory_urls: bool = True
    own_slugs: bool = False
    rooted_in_docs: bool = False
    plugins: tuple[str, ...] = ()
    appended: tuple[str, ...] = ()


def read_mkdocs_file(path: str, data: bytes) -> MkdocsFile:
    """Read ``mkdocs.yml``; tags such as ``!!python/name:`` and ``!ENV`` are passed over. Raises BadMkdocsFile."""
    try:
        source = decode(data)
        node = compose(source.text, lenient=True)
    except UnreadableText as error:
        raise BadMkdocsFile(error.kind, error.source.position(error.span.start).line) from None
    except YamlProblem as problem:
        line = SourceText(source.text).position(problem.offset).line
        raise BadMkdocsFile(problem.kind, line, problem.detail) from None
    if not isinstance(node, Mapping):
        raise BadMkdocsFile("no-mapping")
    folder = posixpath.dirname(path)
    docs_dir = inside(folder, _text(node.get("docs_dir")) or "docs")
    if docs_dir is None:
        raise BadMkdocsFile("outside", 1, _text(node.get("docs_dir")) or "")
    return MkdocsFile(
        path=path,
        docs_dir=docs_dir,
        site_url=_text(node.get("site_url")),
        repo_url=_text(node.get("repo_url")),
        edit_uri=_text(node.get("edit_uri")),
        nav=tuple(_nav(node.get("nav"))),
        directory_urls=(_text(node.get("use_directory_urls")) or "").lower() not in _FALSE,
        rooted_in_docs=_rooted_in_docs(node.get("validation")),
        own_slugs=_own_slugs(node.get("markdown_extensions")),
        plugins=tuple(_names(node.get("plugins"))),
        appended=tuple(_appended(folder, node.get("markdown_extensions"))),
    )


def inside(folder: str, path: str) -> str | None:
    """``path`` below ``folder``, normalised relative to the root; None when it leaves the root."""
    if path.startswith("/"):
        return None
    joined = posixpath.normpath(posixpath.join(folder, path))
    return None if joined == ".." or joined.startswith("../") else joined


def _text(node: Node | None) -> str | None:
    """A scalar's text; of ``!ENV [NAME, default]`` the default."""
    if isinstance(node, Sequence):
        node = node.items[-1] if len(node.items) > 1 else None
    return node.text if isinstance(node, Scalar) and node.text else None


def _rooted_in_docs(validation: Node | None) -> bool:
    """What ``validation: absolute_links`` says, which may stand under ``links`` too (MkDocs 1.6)."""
    under = validation.get("links") if isinstance(validation, Mapping) else None
    given = (part.get("absolute_links") for part in (validation, under) if isinstance(part, Mapping))
    return any(_text(value) == "relative_to_docs" for value in given)


def _own_slugs(extensions: Node | None) -> bool:
    """Whether the extension ``toc`` is told how to make ids."""
    given = _options(extensions, _TOC)
    return any(options.get(name) is not None for options in given for name in _SLUG_OPTIONS)


def _appended(folder: str, extensions: Node | None) -> list[str]:
    """The files that ``pymdownx.snippets`` puts at the end of each page; it looks for them where MkDocs is run."""
    found = [path for options in _options(extensions, _SNIPPETS) for path in scalars(options.get("auto_append"))]
    return [inside(folder, path.text) or path.text for path in found]


def _options(extensions: Node | None, names: Collection[str]) -> list[Mapping]:
    """What is said of extensions with these names; they are a list of names and mappings, or one mapping."""
    items = extensions.items if isinstance(extensions, Sequence) else () if extensions is None else (extensions,)
    entries = [entry for item in items if isinstance(item, Mapping) for entry in item.entries]
    return [entry.value for entry in entries if entry.key.text in names and isinstance(entry.value, Mapping)]


def _names(plugins: Node | None) -> list[str]:
    """The names in a list of plugins: each by itself or with its settings. One mapping of them is allowed too."""
    if isinstance(plugins, Mapping):
        return [entry.key.text for entry in plugins.entries]
    items = plugins.items if isinstance(plugins, Sequence) else ()
    found = [item.text for item in items if isinstance(item, Scalar)]
    return found + [name for item in items if isinstance(item, Mapping) for name in _names(item)]


def _nav(nav: Node | None) -> list[NavEntry]:
    """All targets of ``nav``, in order, however deep they stand."""
    found: list[NavEntry] = []
    waiting: list[Node] = [nav] if nav is not None else []
    while waiting and len(found) < _NAV_LIMIT:
        node = waiting.pop()
        if isinstance(node, Scalar):
            if node.text:
                found.append(NavEntry(node.text, node.span))
        elif isinstance(node, Sequence):
            waiting.extend(reversed(node.items))
        else:
            waiting.extend(entry.value for entry in reversed(node.entries))
    return found
