"""The texts of the templates that pages are made from, and where pages still hold them."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from algokader_lint.content.front_matter import FrontMatter, read_front_matter
from algokader_lint.content.markdown import Body, Inline, make_parser, read_body
from algokader_lint.content.nodes import Scalar
from algokader_lint.content.page import Page
from algokader_lint.content.prose import prose
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span, UnreadableText, decode
from algokader_lint.content.tree import CannotRead
from algokader_lint.nearest import folded

_FEWEST_WORDS = 3
"""A text of fewer words may be anybody's."""

_MARKS = " \t.:;*_"
_LEADING = _MARKS + "[(!"
_LEAD = 6
"""How many characters tell that a text can be one of a template, before its whole is looked at."""


@dataclass(frozen=True, slots=True)
class Common:
    """When a text of a template is the site's own: on over ``share`` of the pages of a type, ``pages`` at least."""

    share: float
    pages: int


@dataclass(frozen=True, slots=True)
class TemplateTexts:
    """What templates say: whole paragraphs, items, lines of them, titles and fields; and their comments."""

    texts: frozenset[str] = frozenset()
    comments: frozenset[str] = frozenset()


def template_texts(site: Site, folder: str) -> TemplateTexts:
    """The texts of the templates in ``folder`` beside ``mkdocs.yml``, in the state of the content that ``site`` is."""
    return site.once(("template-texts", folder), partial(_read_templates, site, folder))


def _read_templates(site: Site, folder: str) -> TemplateTexts:
    start = posixpath.normpath(posixpath.join(posixpath.dirname(site.mkdocs.path), folder)) + "/"
    paths = [path for path in site.tree.paths() if path.startswith(start) and path.endswith(".md")]
    if not paths:
        return TemplateTexts()
    parser = make_parser()
    texts: set[str] = set()
    comments: set[str] = set()
    for path in paths:
        try:
            text = decode(site.tree.read(path)).text
        except (CannotRead, UnreadableText):
            continue
        front_matter = read_front_matter(text)
        body = read_body(parser, text, front_matter.body_start)
        names = [] if front_matter.fields is None else [key.text for key, _ in front_matter.fields.entries]
        pieces = [*_pieces(text, body, body.inlines), *_fields(front_matter, names)]
        texts |= {key for piece in pieces for key in piece.keys}
        comments |= {folded(comment.text) for comment in body.comments}
    return TemplateTexts(frozenset(texts), frozenset(comments))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text by itself, by the forms in which it can be found again: as written, and as a reader sees it."""

    span: Span
    keys: tuple[str, ...]


def template_places(site: Site, folder: str, keep: Sequence[str], common: Common) -> Mapping[str, Sequence[Span]]:
    """Where pages of content types hold a text of a template, by path; what begins as one of ``keep`` is left out."""
    name = ("template-places", folder, tuple(keep), common)
    return site.once(name, partial(_find_places, site, folder, keep, common))


def _find_places(site: Site, folder: str, keep: Sequence[str], common: Common) -> Mapping[str, Sequence[Span]]:
    kept = tuple(folded(text) for text in keep)
    wanted = frozenset(key for key in template_texts(site, folder).texts if not key.startswith(kept or ("\0",)))
    leads = frozenset(_lead(key) for key in wanted)
    found: dict[str, Sequence[Span]] = {}
    for type_name in site.types if wanted else ():
        pages = site.of_type(type_name).values()
        places = {page.path: _of_page(site, page, wanted, leads) for page in pages}
        spread = Counter(key for pieces in places.values() for key in {key for piece in pieces for key in piece.keys})
        own = {key for key, count in spread.items() if count >= common.pages and count > common.share * len(pages)}
        for path, pieces in places.items():
            spans = [piece.span for piece in pieces if not own.issuperset(piece.keys)]
            found[path] = list(_outermost(spans))
    return found


def _of_page(site: Site, page: Page, wanted: frozenset[str], leads: frozenset[str]) -> list[_Piece]:
    """The pieces of a page that a template holds too, each with the keys by which it does."""
    text = page.source.text
    promising = tuple(
        inline
        for inline in page.body.inlines
        if any(_lead(text[line.start : min(line.end, line.start + 2 * _LEAD)]) in leads for line in inline.pieces)
    )
    specs = site.types[page.type or ""].fields
    names = [name for name, spec in specs.items() if spec.kind == "text" and not spec.unique]
    pieces = [*_fields(page.front_matter, names), *_pieces(text, page.body, promising)]
    both = ((piece.span, tuple(key for key in piece.keys if key in wanted)) for piece in pieces)
    return [_Piece(span, keys) for span, keys in both if keys]


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """A paragraph before its lines: spans that lie within no other, in order."""
    end = -1
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if span.end > end:
            yield span
            end = span.end


def _fields(front_matter: FrontMatter, names: Iterable[str]) -> Iterator[_Piece]:
    for name in names:
        node = front_matter.get(name)
        if isinstance(node, Scalar):
            yield from _piece(node.span, (node.text,))


def _lead(text: str) -> str:
    return text.lstrip(_LEADING)[:_LEAD].casefold()


def _pieces(text: str, body: Body, inlines: tuple[Inline, ...]) -> Iterator[_Piece]:
    """Paragraphs, items of lists and titles of boxes, and of those that run over lines each line too."""
    for shown in prose(replace(body, inlines=inlines)) if inlines else ():
        inline = shown.inline
        if inline.kind not in ("paragraph", "title") or not inline.pieces:
            continue
        written = [text[piece.start : piece.end] for piece in inline.pieces]
        visible = ["".join(text[s.start : s.end] for s in shown.spans if line.covers(s)) for line in inline.pieces]
        whole = Span(inline.pieces[0].start, inline.pieces[-1].end)
        yield from _piece(whole, (" ".join(written), " ".join(visible)))
        if len(written) > 1:
            for line, *forms in zip(inline.pieces, written, visible, strict=True):
                yield from _piece(line, forms)


def _piece(span: Span, forms: Sequence[str]) -> Iterator[_Piece]:
    keys = dict.fromkeys(folded(form).strip(_MARKS) for form in forms)
    found = tuple(key for key in keys if key.count(" ") >= _FEWEST_WORDS - 1)
    if found:
        yield _Piece(span, found)
