"""Hosts that differ in what their pages say: titles, letters, anchors."""

from __future__ import annotations

import asyncio
import gzip

from tests.links.exchange import DOMAIN, FINE, PDF, Behaviour, Host, Request, answer, page, paths, send

_ANCHORS = """
<h1 id="intro">Inleiding</h1>
<h2 id='deel'>Deel</h2>
<h2 id=kaal>Kaal</h2>
<h2 id="café">Koffie</h2>
<h2 id="a&amp;b">A en B</h2>
<h2 id="a%20b">Met een procentteken</h2>
<h2 ID="HoofdLetters">Hoofdletters</h2>
<p><a name="oud">Oud anker</a></p>
<!-- <h2 id="verborgen">In commentaar</h2> -->
<p title='id="geen-anker"'>De tekst id="ook-geen-anker" is geen anker.</p>
"""
_LONG = '<h1 id="vroeg">Vroeg</h1>' + "<p>Nog een alinea met tekst.</p>" * 4000 + '<h2 id="ver-weg">Ver weg</h2>'


def page_hosts() -> dict[str, Host]:
    """Hosts by name."""
    return {
        f"page.{DOMAIN}": Host(_anchors()),
        f"title.{DOMAIN}": Host(_titles()),
        f"letters.{DOMAIN}": Host(_letters()),
        f"exact.{DOMAIN}": Host(_exact()),
        f"robot.{DOMAIN}": Host(paths({"/page": page("Just a moment...")})),
        f"xn--bcher-kva.{DOMAIN}": Host(paths({"/page": FINE})),
        f"xn--fa-hia.{DOMAIN}": Host(paths({"/page": FINE})),
    }


def _anchors() -> Behaviour:
    text = _ANCHORS.encode()
    return paths(
        {
            "/page": page("Met ankers", _ANCHORS),
            "/xhtml": answer(200, kind="application/xhtml+xml", body=b"<html><p id='deel'>Deel</p></html>"),
            "/long": page("Een lange pagina", _LONG),
            "/file.pdf": PDF,
            "/pdf": PDF,
            "/text": answer(200, kind="text/plain; charset=utf-8", body=text),
        }
    )


_NOT_FOUND_TITLES = {
    "/dutch": "Pagina niet gevonden",
    "/english": "Page not found",
    "/number": "404 - Pagina niet gevonden | Gemeente Voorbeeld",
    "/lines": "\n      Pagina niet\n      gevonden\n    ",
    "/entity": "Pagina&nbsp;niet&#32;gevonden",
    "/capitals": "PAGINA NIET GEVONDEN",
}
_OTHER_TITLES = {
    "/kamerstuk": "Kamerstuk 404",
    "/article": "Artikel 404 Wetboek van Strafvordering",
    "/moment": "Just a moment in history: het archief",
    "/markup": "Wat is een algoritme? &lt;title&gt;Page not found&lt;/title&gt;",
}


def _titles() -> Behaviour:
    titles = _NOT_FOUND_TITLES | _OTHER_TITLES
    in_comment = "<!-- <title>Pagina niet gevonden</title> --><title>Welkom</title>"
    return paths(
        {target: page(title) for target, title in titles.items()}
        | {
            "/comment": answer(200, body=in_comment.encode()),
            "/upper": answer(200, body=b"<TITLE LANG=nl>Pagina niet gevonden</TITLE>"),
            "/no-title": answer(200, body=b"<h1>Pagina niet gevonden is een liedje</h1>"),
            "/latin-not-found": _latin("Pagina niet gevonden - Súdwest-Fryslân"),
            "/late": answer(200, body=b"<p>.</p>\n" * 9000 + b"<title>Pagina niet gevonden</title>"),
            "/packed": _packed,
        }
    )


async def _packed(request: Request, writer: asyncio.StreamWriter) -> None:
    text = b"<title>Pagina niet gevonden</title>"
    if "gzip" in request.headers.get("accept-encoding", ""):
        await send(request, writer, answer(200, "Content-Encoding: gzip", body=gzip.compress(text)))
    else:
        await send(request, writer, answer(200, body=text))


def _latin(title: str) -> bytes:
    return answer(200, kind="text/html; charset=iso-8859-1", body=f"<title>{title}</title>".encode("latin-1"))


def _letters() -> Behaviour:
    return paths(
        {
            "/latin": _latin("Één pagina"),
            "/undeclared": answer(200, kind="text/html", body="<title>Één pagina</title>".encode("latin-1")),
            "/utf-16": answer(200, kind="text/html", body="<title>Eén pagina</title>".encode("utf-16")),
            "/unknown-charset": answer(200, kind="text/html; charset=odd", body=b"<title>Pagina</title>"),
            "/escapes": page("Pagina \x1b[31m\u202e\x07 ::error::odd"),
        }
    )


def _exact() -> Behaviour:
    """A page for each target that is spelled just so."""
    return paths(
        dict.fromkeys(
            (
                "/a%20b",
                "/a%2Fb",
                "/caf%C3%A9",
                "/a%2520b",
                "/a//b",
                "/b",
                "/~a!b$c&d'e(f)+g,h;i=j:k@l",
                "/search?q=a+b&r=c%26d;e=1",
                "/search?q=%2B%3D%25",
                "/search?q=caf%C3%A9",
                "/search?q=a%20b",
                "/search?a=&b&c=",
                "/search?next=https://example.org/a?b",
                "/search?next=%2Fa%2Fb%3Fc",
            ),
            FINE,
        )
    )
