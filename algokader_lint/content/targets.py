"""What the links of a page lead to, as MkDocs resolves them and as a browser then reads them.

MkDocs (``structure.pages._RelativePathTreeprocessor``) takes the target of a Markdown link for a path from the file
that it stands in, and writes the address of that file in its place. It leaves alone what is no file of the site, and
all targets in raw HTML: those a browser reads, from the address of the page.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import partial
from typing import Literal
from urllib.parse import unquote, urlsplit

from algokader_lint.content.external import target_as_read
from algokader_lint.content.locations import address_of, locations
from algokader_lint.content.markdown import Link, LinkKind
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span

OF_MARKDOWN: tuple[LinkKind, ...] = ("link", "image")
IMAGES: tuple[LinkKind, ...] = ("image", "html-image")
TargetKind = Literal["empty", "file", "by-address", "missing", "own-site", "rooted", "elsewhere", "unknown"]

_TEMPLATE = re.compile(r"\{\{|\{%|\}\}")
_TEXT_FRAGMENT = ":~:"
_TARGET_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to.

    ``text`` is its target as read, ``path`` the decoded path in it. ``kind`` is ``file`` for a file of the site,
    ``docs_path`` its path below the documentation folder; ``by-address`` for one that MkDocs does not know there, but
    a browser finds; ``missing`` for what should be a file and is none, ``docs_path`` where it should be (a path that
    begins with ``../`` lies outside the folder, and a target in raw HTML has an address there); ``own-site`` for an
    absolute address of the site itself and ``rooted`` for one from the root of its server, ``docs_path`` the file at
    it, if there is one; ``elsewhere`` for all other addresses, and ``unknown`` when it cannot be told. ``fragment`` is
    what stands behind ``#``, without a text to look for.
    """

    link: Link
    kind: TargetKind
    text: str
    path: str = ""
    docs_path: str = ""
    query: str = ""
    fragment: str = ""

    @property
    def of_markdown(self) -> bool:
        """Whether it is that of a Markdown link or image, which MkDocs rewrites."""
        return self.link.kind in OF_MARKDOWN

    @property
    def of_image(self) -> bool:
        """Whether it is that of an image."""
        return self.link.kind in IMAGES

    @property
    def found(self) -> bool:
        """Whether it leads to a file of the site that a reader gets."""
        return self.kind in ("file", "by-address") or (self.kind in ("own-site", "rooted") and bool(self.docs_path))


def targets(site: Site, page: Page) -> tuple[Target, ...]:
    """What the links of a page lead to, found once."""
    return site.once(("targets", page.path), lambda: tuple(resolve(site, page, link) for link in page.body.links))


def distinct_targets(site: Site, page: Page) -> tuple[Target, ...]:
    """The same, but of links that share a definition only the first."""
    return site.once(("distinct-targets", page.path), lambda: _distinct(site, page))


def _distinct(site: Site, page: Page) -> tuple[Target, ...]:
    distinct = {id(link) for link in page.body.distinct_links}
    return tuple(target for target in targets(site, page) if id(target.link) in distinct)


def resolve(site: Site, page: Page, link: Link) -> Target:
    """What a link on a page leads to."""
    text = target_as_read(link)
    if text in ("", "#"):
        return Target(link, "empty", text)
    if _TEMPLATE.search(text) or len(text) > _TARGET_LIMIT:
        return Target(link, "unknown", text)
    try:
        parts = urlsplit(text)
    except ValueError:
        return Target(link, "elsewhere", text)
    path = unquote(parts.path)
    known = partial(
        Target, link, text=text, path=path, query=parts.query, fragment=parts.fragment.partition(_TEXT_FRAGMENT)[0]
    )
    if parts.scheme or parts.netloc:
        own = own_address(site, text)
        if own is None:
            return known(kind="elsewhere")
        return known(kind="own-site", docs_path=locations(site).at_address(own) or "", path=own)
    if text.startswith(("/", "\\")) and not (link.kind in OF_MARKDOWN and site.mkdocs.rooted_in_docs):
        return known(kind="rooted", docs_path=_from_root(site, path) or "")
    if not path:
        return known(kind="file", docs_path=page.docs_path)
    kind, docs_path = (_of_markdown if link.kind in OF_MARKDOWN else _of_html)(site, page, path)
    return known(kind=kind, docs_path=docs_path)


def file_named(site: Site, page: Page, text: str) -> str | None:
    """The file of the site that ``text`` leads to as the target of a Markdown link on a page, by its path below the
    documentation folder; None when there is none.
    """
    path = unquote(text.partition("#")[0]).strip()
    kind, docs_path = _of_markdown(site, page, path) if path else ("missing", "")
    return docs_path if kind == "file" else None


def own_address(site: Site, url: str) -> str | None:
    """What an absolute address names on the site itself, relative to its root and decoded; None when it is another."""
    base, parts = _base(site), _split(url)
    if base is None or parts is None or parts[0] != base[0]:
        return None
    path = parts[1] + "/" if parts[1] + "/" == base[1] else parts[1]
    return path[len(base[1]) :] if path.startswith(base[1]) else None


def site_prefix(site: Site) -> str:
    """The path on its server at which the site is, with a slash at both ends."""
    base = _base(site)
    return "/" if base is None else base[1]


def _base(site: Site) -> tuple[str, str] | None:
    return site.once("site-address", lambda: _split(posixpath.join(site.mkdocs.site_url or "", "")))


def _split(url: str) -> tuple[str, str] | None:
    """The host of an address on the web, and its path, decoded; None when it is no such address."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "") or not host:
        return None
    path = unquote(parts.path)
    clean = posixpath.normpath("/" + path.lstrip("/"))
    return host if port in (None, 80, 443) else f"{host}:{port}", posixpath.join(clean, "") if path.endswith(
        "/"
    ) else clean


def _from_root(site: Site, path: str) -> str | None:
    """The file at a path from the root of the server."""
    prefix = site_prefix(site)
    inside = path + "/" if path + "/" == prefix else path
    return locations(site).at_address(inside[len(prefix) :]) if inside.startswith(prefix) else None


def _of_markdown(site: Site, page: Page, path: str) -> tuple[TargetKind, str]:
    places = locations(site)
    sought = posixpath.normpath(posixpath.join(posixpath.dirname(page.docs_path), path)).lstrip("/")
    if sought in places.files:
        return "file", sought
    at = _by_browser(site, page, path)
    if at is not None:
        return "by-address", at
    if places.may_hold(sought):
        return "unknown", ""
    return "missing", sought


def _of_html(site: Site, page: Page, path: str) -> tuple[TargetKind, str]:
    at = _by_browser(site, page, path)
    if at is not None:
        return "file", at
    sought, outside = _in_browser(site, page, path)
    if locations(site).may_hold(sought):
        return "unknown", ""
    if outside and locations(site).at_address(sought) is None:
        return "elsewhere", ""  # another site on the same server
    return "missing", sought


def _by_browser(site: Site, page: Page, path: str) -> str | None:
    """The file that a browser gets when a target on a page stays as it is written."""
    sought, outside = _in_browser(site, page, path)
    return None if outside else locations(site).at_address(sought)


def _in_browser(site: Site, page: Page, path: str) -> tuple[str, bool]:
    """The address that a browser makes of a target, relative to the root of the site; and whether it leaves the site.

    Of one that leaves the site only what stands behind the last step up is kept.
    """
    folder = address_folder(site, page)
    joined = posixpath.normpath(posixpath.join("./", folder, path.replace("\\", "/")))
    address = "" if joined == "." else joined + ("/" if path.endswith("/") else "")
    outside = address == ".." or address.startswith("../")
    return re.sub(r"^(?:\.\./?)+", "", address), outside


def as_browser(site: Site, page: Page, path: str) -> str:
    """The address that a browser makes of a path that stays as it is written, relative to the root of the site."""
    return _in_browser(site, page, path)[0]


def address_folder(site: Site, page: Page) -> str:
    """The folder of a page's address, from which a browser reads targets; empty at the root of the site."""
    return posixpath.dirname(address_of(page.docs_path, site.mkdocs))


def fragment_span(target: Target, source: str) -> Span:
    """Where the fragment of a target stands, when it stands there as it is read; else the whole target."""
    span = target.link.target_span
    written = source[span.start : span.end]
    at = written.find("#")
    if at < 0 or not written[at + 1 :].startswith(target.fragment):
        return shown_span(target.link, source)
    return Span(span.start + at + 1, span.start + at + 1 + len(target.fragment))


def shown_span(link: Link, source: str) -> Span:
    """Where a target is written; the whole link when it cannot be told, for a target over several lines."""
    return link.target_span if source[link.target_span.start : link.target_span.end] == link.target else link.span


def to_page(site: Site, target: Target) -> Page | None:
    """The page that a target leads to, None when it leads to another file or nowhere."""
    return locations(site).pages.get(target.docs_path) if target.found else None


def relative_path(page: Page, docs_path: str) -> str:
    """What to write in Markdown on a page to link to a file of the site."""
    return escaped(posixpath.relpath(docs_path, posixpath.dirname(page.docs_path) or "."))


def relative_address(site: Site, page: Page, docs_path: str) -> str:
    """What to write in raw HTML on a page to link to a file of the site."""
    address = address_of(docs_path, site.mkdocs)
    path = posixpath.relpath(address or ".", address_folder(site, page) or ".")
    return escaped(path + ("/" if address.endswith("/") or not address else ""))


def escaped(path: str) -> str:
    """A path with the signs escaped that end a target, or mean something else in it, in Markdown and in HTML."""
    return re.sub(r"[^\w./~+,;=!$@-]", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), path)
