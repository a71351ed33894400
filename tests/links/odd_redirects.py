"""Hosts that lead elsewhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from tests.links.canary import ADDRESS as FORBIDDEN
from tests.links.exchange import DOMAIN, FINE, PDF, Behaviour, Host, Ports, Request, always, page, paths, redirect, send

FORBIDDEN_NAME = f"forbidden.{DOMAIN}"
REBINDING_NAME = f"rebinding.{DOMAIN}"
"""A name that leads to a virtual host when it is first looked up, and to the forbidden address from then on."""

_CODES = (301, 302, 303, 307, 308)


def redirect_hosts(ports: Ports) -> dict[str, Host]:
    """Hosts by name."""
    return {
        f"redirect.{DOMAIN}": Host(_redirects(ports)),
        f"home.{DOMAIN}": Host(_home(ports)),
        f"account.{DOMAIN}": Host(_account(ports)),
        f"login.{DOMAIN}": Host(always(page("Inloggen"))),
        f"cookie.{DOMAIN}": Host(_cookie_wanted),
        f"cookie-loop.{DOMAIN}": Host(_cookie_loop),
        f"cookie-giver.{DOMAIN}": Host(_cookie_giver(ports)),
        f"cookie-taker.{DOMAIN}": Host(_no_cookie),
        "taker.even.example": Host(_no_cookie),
        f"lure.{DOMAIN}": Host(_lures(ports)),
        REBINDING_NAME: Host(_rebinding(ports)),
        f"cookie-pages.{DOMAIN}": Host(_a_cookie_each),
    }


def _redirects(ports: Ports) -> Behaviour:
    """Redirects of one host, each told by its path."""
    base = f"http://redirect.{DOMAIN}:{ports.plain}"
    table: dict[str, bytes | Behaviour] = {
        "/here": page("Hier", '<h1 id="deel">Deel</h1><h1 id="new">Nieuw</h1>'),
        "/302-query?page=2": FINE,
        "/new.pdf": PDF,
        "/301-slash/": FINE,
        "/caf%C3%A9": FINE,
        "/a%20b": FINE,
        "/a%2Fb": FINE,
        "/301-soft": redirect(301, "/soft"),
        "/soft": page("Pagina niet gevonden"),
    }
    table |= {f"/{code}-absolute": redirect(code, f"{base}/here") for code in _CODES}
    table |= {f"/{code}-relative": redirect(code, "here") for code in _CODES}
    table |= {f"/{code}-nowhere": redirect(code, None) for code in _CODES}
    table |= {target: redirect(int(target[1:4]), where) for target, where in _places(ports, base).items()}
    table |= {f"/hops/{left}": redirect(302, f"/hops/{left - 1}") for left in range(1, 41)}
    return paths(table | {"/hops/0": FINE, "/301-old.pdf": redirect(301, "/new.pdf")})


def _places(ports: Ports, base: str) -> dict[str, str]:
    """Where a path leads to; the path begins with the status that it is answered with."""
    return {
        "/302-same-scheme": f"//redirect.{DOMAIN}:{ports.plain}/here",
        "/302-query": "?page=2",
        "/302/up": "../here",
        "/302-dots": "/a/./b/../../here",
        "/302-capitals": f"HTTP://REDIRECT.{DOMAIN.upper()}:{ports.plain}/here",
        "/302-loop": "/302-loop-back",
        "/302-loop-back": "/302-loop",
        "/301-self": "/301-self",
        "/302-empty": "",
        "/301-slash": "/301-slash/",
        "/302-404": "/none",
        "/301-404": "/none",
        "/302-500": f"http://status-500.{DOMAIN}:{ports.plain}/page",
        "/301-403": f"http://status-403.{DOMAIN}:{ports.plain}/page",
        "/302-refused": f"http://refused.{DOMAIN}:{ports.plain}/page",
        "/302-unknown-name": f"http://nowhere.{DOMAIN}/page",
        "/302-file": "file:///page",
        "/302-ftp": f"ftp://redirect.{DOMAIN}/here",
        "/302-credentials": f"http://anna:geheim@redirect.{DOMAIN}:{ports.plain}/here",
        "/302-bad-port": f"http://redirect.{DOMAIN}:99999/here",
        "/302-bad-host": "http://[::odd/here",
        "/302-forbidden": f"http://{FORBIDDEN}:{ports.plain}/page",
        "/301-forbidden": f"http://{FORBIDDEN}/page",
        "/302-forbidden-name": f"http://{FORBIDDEN_NAME}:{ports.plain}/page",
        "/301-302": "/302-absolute",
        "/302-301": "/301-absolute",
        "/301-301-302": "/301-302",
        "/301-308": "/308-absolute",
        "/302-to-anchor": "/here#deel",
        "/301-new-anchor": "/here#new",
        "/301-tls": f"https://good.{DOMAIN}:{ports.tls}/page",
        "/301-expired": f"https://expired.{DOMAIN}:{ports.tls}/page",
        "/302-raw-letters": "/café",
        "/301-raw-letters": f"{base}/café",
        "/302-raw-space": "/a b",
        "/302-encoded": "/a%2Fb",
    }


def _home(ports: Ports) -> Behaviour:
    return paths(
        {
            "/": page("Welkom"),
            "/artikel/12": redirect(302, "/"),
            "/artikel/13": redirect(301, "/"),
            "/artikel/14": redirect(302, f"http://ok.{DOMAIN}:{ports.plain}/"),
            "/artikel/15": redirect(302, "/artikel/16"),
            "/artikel/16": FINE,
        }
    )


def _account(ports: Ports) -> Behaviour:
    contents = paths(
        {
            "/doc/1": redirect(302, "/login?return=%2Fdoc%2F1"),
            "/doc/2": redirect(302, f"http://login.{DOMAIN}:{ports.plain}/start?return_to=%2Fdoc%2F2"),
            "/doc/3": redirect(302, "/inloggen?terug=%2Fdoc%2F3"),
            "/doc/4": redirect(302, "/nieuws/inloggen-met-digid"),
            "/login": page("Log in"),
            "/inloggen": page("Inloggen"),
            "/nieuws/inloggen-met-digid": page("Inloggen met DigiD: zo werkt het"),
        }
    )

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await contents(replace(request, target=request.target.partition("?")[0]), writer)

    return behave


async def _cookie_wanted(request: Request, writer: asyncio.StreamWriter) -> None:
    seen = "seen=1" in request.headers.get("cookie", "")
    await send(request, writer, FINE if seen else redirect(302, request.target, "Set-Cookie: seen=1; Path=/"))


async def _cookie_loop(request: Request, writer: asyncio.StreamWriter) -> None:
    await send(request, writer, redirect(302, request.target, f"Set-Cookie: turn={request.earlier}; Path=/"))


def _cookie_giver(ports: Ports) -> Behaviour:
    at = ports.plain
    return paths(
        {
            "/own": redirect(302, f"http://cookie-taker.{DOMAIN}:{at}/own", "Set-Cookie: secret=1; Path=/"),
            "/other": redirect(
                302, f"http://taker.even.example:{at}/other", "Set-Cookie: secret=1; Path=/; Domain=even.example"
            ),
        }
    )


async def _no_cookie(request: Request, writer: asyncio.StreamWriter) -> None:
    await send(request, writer, page("Fout", status=500) if "cookie" in request.headers else FINE)


async def _a_cookie_each(request: Request, writer: asyncio.StreamWriter) -> None:
    """Each page gives a cookie, and refuses the one of another page: chains share nothing."""
    fine = page("Een gewone pagina", "<p>Tekst.</p>", "Set-Cookie: page=1; Path=/")
    await send(request, writer, page("Fout", status=500) if "cookie" in request.headers else fine)


def _lures(ports: Ports) -> Behaviour:
    """Pages that name the forbidden address where a browser would go by itself, or for more of the page."""
    where = f"http://{FORBIDDEN}:{ports.plain}/"
    parts = (
        f'<base href="{where}"><meta http-equiv="refresh" content="0; url={where}">'
        f'<link rel="preload" href="{where}"><script src="{where}"></script><img src="{where}" alt="">'
    )
    return paths(
        {
            "/refresh": page("Ververst", "", f"Refresh: 0; url={where}"),
            "/link": page("Verwijst", "", f"Link: <{where}>; rel=preload, <{where}>; rel=preconnect"),
            "/alternative": page("Elders", "", f'Alt-Svc: h2="{FORBIDDEN}:{ports.plain}"; ma=60'),
            "/location": page("Elders", "", f"Location: {where}", f"Content-Location: {where}"),
            "/page": page("Vol", parts),
            "/hints": f"HTTP/1.1 103 Early Hints\r\nLink: <{where}>; rel=preload\r\n\r\n".encode() + FINE,
            "/proxy": page("Proxy", "", f"Location: {where}", status=305),
        }
    )


def _rebinding(ports: Ports) -> Behaviour:
    """Leads to another port of the same name, so that the name is looked up again."""
    return always(redirect(302, f"http://{REBINDING_NAME}:{ports.tls}/again"))
