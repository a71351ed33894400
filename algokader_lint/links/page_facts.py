"""What a page on the web says of itself: its title, and the places in it that an address can point at."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

BODY_LIMIT = 65_536
"""Bytes that are read of an answer."""
_INFLATED_LIMIT = 8 * BODY_LIMIT
"""Bytes that an answer that came compressed may grow to."""
_TITLE_LIMIT = 500
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*(?P<name>[\w-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 1_024
_TABLES = re.compile(
    r"ascii|utf-8(-sig)?|utf-16(-[bl]e)?|iso8859-\d+|cp\d+|mac-\w+|koi8-\w|gb\w+|big5\w*|euc_\w+|shift_jis\w*|iso2022_\w+"
)
"""The charsets of pages (WHATWG Encoding, 4.2), as Python calls them. It has others that run programs of a sort:
``punycode`` takes minutes for a page, ``unicode_escape`` makes half characters that cannot be written anywhere."""
_TITLE_END = re.compile(r"</title\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The title of a page, and the ids and names in it; ``whole`` tells whether all of the page was seen."""

    title: str = ""
    anchors: frozenset[str] = frozenset()
    whole: bool = False


def read_page(body: bytes, *, whole: bool, encoding: str, charset: str, anchors: bool) -> PageFacts:
    """The facts of an HTML page, of which ``body`` is the beginning, as it was sent.

    ``encoding`` is the ``Content-Encoding`` and ``charset`` that of the ``Content-Type``, both empty when not given.
    Without ``anchors`` only the title is looked for.
    """
    inflated, complete = _inflate(body, encoding)
    if inflated is None:
        return PageFacts()
    text = _decode(inflated, charset)
    reader = _Reader()
    try:
        reader.feed(text if anchors else _up_to_title(text))
    except AssertionError:  # how the parser of Python 3.11 says that it cannot read "<![<"; what it read so far holds
        complete = False
    return PageFacts(reader.title, frozenset(reader.anchors), whole and complete)


def _up_to_title(text: str) -> str:
    """The beginning of a page, up to and with its title: to read all of it takes much longer."""
    end = _TITLE_END.search(text)
    return text[: end.end()] if end is not None else text


def _inflate(body: bytes, encoding: str) -> tuple[bytes | None, bool]:
    """What was sent before it was compressed, as far as it may grow; None for a form that was not asked for."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return body, True
    if name not in ("gzip", "x-gzip", "deflate"):
        return None, False
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        inflated = inflater.decompress(body, _INFLATED_LIMIT)
    except zlib.error:
        return None, False
    return inflated, inflater.eof


def _decode(text: bytes, charset: str) -> str:
    """The text of a page; the charset is that of the header, else of the page, else UTF-8 (HTML, 13.2.3)."""
    declared = _CHARSET.search(text[:_DECLARED_WITHIN])
    names = [charset, declared["name"].decode() if declared else "", "utf-8"]
    for name in filter(None, names):
        try:
            if _TABLES.fullmatch(codecs.lookup(name).name):
                return text.decode(name, errors="replace")
        except (LookupError, ValueError):
            continue
    return ""


class _Reader(HTMLParser):
    """Notes the first title, and every id and name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.anchors: set[str] = set()
        self._state: Literal["before", "inside", "behind"] = "before"
        self._drawings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.anchors.update(value for name, value in attrs if value and (name == "id" or (name, tag) == ("name", "a")))
        if tag == "svg":
            self._drawings += 1
        elif tag == "title" and self._state == "before" and not self._drawings:
            self._state = "inside"

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._drawings = max(self._drawings - 1, 0)
        elif tag == "title" and self._state == "inside":
            self._state = "behind"
            self.title = " ".join(self.title.split())

    def handle_data(self, data: str) -> None:
        if self._state == "inside":
            self.title = (self.title + data)[:_TITLE_LIMIT]
