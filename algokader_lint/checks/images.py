"""Checks on the text that stands in for an image when it cannot be seen."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from algokader_lint.content.html_tags import Attribute, Tag, html_tags
from algokader_lint.content.markdown import Link
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding
from algokader_lint.knowledge import Model
from algokader_lint.nearest import folded

_SAYS_NOTHING = ".,:;!?-_ \t"
_LIKE_A_FILE = re.compile(r"(?=[^\s]*[-_\d])\S+")
_NAMING = ("aria-label", "aria-labelledby", "title")
_ATTRIBUTE_LIST = re.compile(r"[ ]?\{[^{}\n]{0,200}\balt=")


class AltWords(Model):
    """``rules/data/alt-words.yaml``: texts that say nothing of an image.

    ``words`` stand by themselves or before a number; ``patterns`` are regular expressions for all of a text. Case does
    not count.
    """

    words: tuple[str, ...]
    patterns: tuple[str, ...]


class ImageOptions(Model):
    """``alt-words``: texts that say nothing of an image."""

    alt_words: AltWords


def image_text(site: Site, page: Page, options: ImageOptions) -> Iterator[Finding]:
    """An image has a text in its place that says what it shows, or an empty one: that is a decision."""
    says_nothing = site.once(("alt-words", options.alt_words), lambda: _pattern(options.alt_words))
    for link in page.body.links:
        if link.kind == "image" and not _ATTRIBUTE_LIST.match(page.source.text, link.span.end):
            yield from _judge(link.text, link.target, link.text_span, says_nothing)
    yield from _links_without_name(page)
    tags = html_tags(page)
    for tag in tags:
        if tag.name == "img" and not tag.closes:
            yield from _judge_tag(tag, says_nothing)
    yield from _tags_without_name(page, tags)


def _pattern(data: AltWords) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in data.words)
    patterns = "|".join(f"(?:{pattern})" for pattern in data.patterns)
    return re.compile(rf"(?:{words})(?:[\s_-]?\(?\d{{1,12}}\)?)?|{patterns}", re.IGNORECASE)


def _judge_tag(tag: Tag, says_nothing: re.Pattern[str]) -> Iterator[Finding]:
    alt, source = tag.attributes.get("alt"), tag.attributes.get("src", Attribute("", tag.span))
    if alt is not None:
        yield from _judge(alt.value, source.value, alt.span, says_nothing)
    elif not any(tag.value(name) for name in _NAMING) and tag.value("role") not in ("presentation", "none"):
        yield Finding(span=tag.span, variant="absent", values={"value": source.value})


def _judge(text: str, target: str, span: Span, says_nothing: re.Pattern[str]) -> Iterator[Finding]:
    said = folded(text[:500]).strip(_SAYS_NOTHING)
    if not said:
        return
    if _is_file_name(folded(text[:500]), target):
        yield Finding(span=span, variant="file-name", values={"value": text})
    elif says_nothing.fullmatch(said):
        yield Finding(span=span, values={"value": text})


def _is_file_name(text: str, target: str) -> bool:
    """Whether a text is the name of the file; without its ending only when it is no plain word."""
    name = folded(posixpath.basename(unquote(target.partition("?")[0].partition("#")[0])))
    return text == name or (text == posixpath.splitext(name)[0] and _LIKE_A_FILE.fullmatch(text) is not None)


def _links_without_name(page: Page) -> Iterator[Finding]:
    """Links in Markdown that hold an image alone, whose text is empty: a screen reader has nothing to call them."""
    images = {link.span.start: link for link in page.body.links if link.kind == "image"}
    for link in page.body.links:
        image = images.get(link.text_span.start) if link.kind == "link" else None
        if image is not None and image.span == link.text_span and not image.text.strip():
            yield _nameless(image, link)


def _nameless(image: Link, link: Link) -> Finding:
    return Finding(span=image.span, variant="link", values={"value": link.target})


def _tags_without_name(page: Page, tags: Sequence[Tag]) -> Iterator[Finding]:
    for (opening, image), (_, closing) in zip(pairwise(tags), pairwise(tags[1:]), strict=False):
        if (opening.name, image.name, closing.name) != ("a", "img", "a") or opening.closes or not closing.closes:
            continue
        if "href" not in opening.attributes or any(tag.value(name) for tag in (opening, image) for name in _NAMING):
            continue
        between = (Span(opening.span.end, image.span.start), Span(image.span.end, closing.span.start))
        alt = image.value("alt")
        if alt is not None and not alt.strip() and not any(page.source.slice(span).strip() for span in between):
            yield Finding(span=image.span, variant="link", values={"value": opening.value("href") or ""})
