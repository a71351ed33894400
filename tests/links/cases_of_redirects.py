"""Redirects: where they end, and whether that is a move."""

from __future__ import annotations

from tests.links.case import Case, at, over_tls

_HERE = at("redirect", "/here")


def _from(target: str) -> str:
    return at("redirect", target)


_MOVES = (
    *(
        Case(f"{code} {kind}", _from(f"/{code}-{kind}"), "moved", "permanent", 200, _HERE, _HERE)
        for code in (301, 308)
        for kind in ("absolute", "relative")
    ),
    Case("301 to a slash", _from("/301-slash"), "moved", "permanent", 200, moved_to=_from("/301-slash/")),
    Case("301, the fragment kept", _from("/301-absolute#deel"), "moved", "permanent", 200, moved_to=_HERE + "#deel"),
    Case("301 with a fragment", _from("/301-new-anchor"), "moved", "permanent", 200, moved_to=_HERE + "#new"),
    Case(
        "301 with a fragment instead of another",
        _from("/301-new-anchor#deel"),
        *("moved", "permanent", 200),
        moved_to=_HERE + "#new",
        note="RFC 9110, 10.2.2",
    ),
    Case("301 then 302", _from("/301-302"), "moved", "permanent", 200, _HERE, _from("/302-absolute")),
    Case("301 and 301 then 302", _from("/301-301-302"), "moved", "permanent", 200, _HERE, _from("/302-absolute")),
    Case("301 then 308", _from("/301-308"), "moved", "permanent", 200, _HERE, _HERE),
    Case("302 then 301", _from("/302-301"), "ok", "", 200, _HERE),
    Case("301 of a file", _from("/301-old.pdf#page=3"), "moved", moved_to=_from("/new.pdf#page=3")),
    Case("301 to TLS", _from("/301-tls"), "moved", "permanent", 200, over_tls("good"), over_tls("good")),
    Case("301 to an expired certificate", _from("/301-expired"), "tls", "expired"),
    Case("301 in letters that are not encoded", _from("/301-raw-letters"), "moved", moved_to=_from("/caf%C3%A9")),
    Case("301 to 404", _from("/301-404"), "dead", "not-found", 404),
    Case("301 to 403", _from("/301-403"), "blocked", "denied", 403, note="whether it works is not known: no move"),
    Case("301 to a soft 404", _from("/301-soft"), "suspect", "title", 200),
)

_NO_MOVES = (
    *(
        Case(f"{code} {kind}", _from(f"/{code}-{kind}"), "ok", "", 200, _HERE)
        for code in (302, 303, 307)
        for kind in ("absolute", "relative")
    ),
    Case("302 without the scheme", _from("/302-same-scheme"), "ok", "", 200, _HERE),
    Case("302 to a query", _from("/302-query"), "ok", "", 200, _from("/302-query?page=2")),
    Case("302 upwards", _from("/302/up"), "ok", "", 200, _HERE),
    Case("302 with dots", _from("/302-dots"), "ok", "", 200, _HERE),
    Case("302 in capitals", _from("/302-capitals"), "ok", "", 200, _HERE),
    Case("302 to letters that are not encoded", _from("/302-raw-letters"), "ok", "", 200, _from("/caf%C3%A9")),
    Case("302 to a space that is not encoded", _from("/302-raw-space"), "ok", "", 200, _from("/a%20b")),
    Case("302 to an encoded slash", _from("/302-encoded"), "ok", "", 200, _from("/a%2Fb")),
    Case("9 hops", _from("/hops/9"), "ok", "", 200, _from("/hops/0")),
    Case("302 to a page with the fragment", _from("/302-absolute#deel"), "ok", "", 200),
    Case("302 to a page without the fragment", _from("/302-absolute#weg"), "fragment", "no-such-anchor", 200),
    Case("302 with a fragment instead of one", _from("/302-to-anchor#weg"), "ok", note="RFC 9110, 10.2.2"),
)

_ENDS = (
    *(Case(f"{code} to nowhere", _from(f"/{code}-nowhere"), "dead", "no-location", code) for code in (301, 302, 308)),
    Case("302 to nothing", _from("/302-empty"), "dead", note="no-location, or a loop (RFC 3986, 5.2.2)"),
    Case("loop of two", _from("/302-loop"), "dead", "redirect-loop"),
    Case("loop of one", _from("/301-self"), "dead", "redirect-loop"),
    Case("40 hops", _from("/hops/40"), "dead", "too-many-redirects"),
    Case("12 hops", _from("/hops/12"), "dead", "too-many-redirects"),
    Case("302 to 404", _from("/302-404"), "dead", "not-found", 404, _from("/none")),
    Case("302 to 500", _from("/302-500"), "unknown", "server-error", 500),
    Case("302 to a refusal", _from("/302-refused"), "unknown", "refused"),
    Case("302 to an unknown name", _from("/302-unknown-name"), "dead", "no-such-name", own_names=True),
    Case("302 to a file of the machine", _from("/302-file"), "unsafe", "scheme"),
    Case("302 to ftp", _from("/302-ftp"), "unsafe", "scheme"),
    Case("302 to credentials", _from("/302-credentials"), "unsafe", "credentials"),
    Case("302 to a port over 65535", _from("/302-bad-port"), "dead", note="invalid is for what stands on a page"),
    Case("302 to half a bracket", _from("/302-bad-host"), "dead", note="invalid is for what stands on a page"),
    Case("302 to a forbidden address", _from("/302-forbidden"), "unsafe", note="the address and the port forbid it"),
    Case("301 to a forbidden address", _from("/301-forbidden"), "unsafe", "private"),
    Case("302 to a forbidden name", _from("/302-forbidden-name"), "unsafe", note="the address and the port forbid it"),
)

_COOKIES = (
    Case("cookie wanted", at("cookie"), "ok", "", 200, note="back to itself, with a cookie: no loop"),
    Case("cookies without end", at("cookie-loop"), "dead", note="a loop, or too many redirects"),
    Case("cookie not given to another host", at("cookie-giver", "/own"), "ok", "", 200),
    Case("cookie not taken for another domain", at("cookie-giver", "/other"), "ok", "", 200),
    *(Case(f"cookie not kept, {part}", at("cookie-pages", "/" + part), "ok", "", 200) for part in ("a", "b", "c")),
)

_LANDINGS = (
    Case("deep link 302 to the home page", at("home", "/artikel/12"), "suspect", "home-page", 200),
    Case("deep link 301 to the home page", at("home", "/artikel/13"), "suspect", "home-page", 200),
    Case("deep link to another home page", at("home", "/artikel/14"), "suspect", "home-page", 200),
    Case("deep link to a deep link", at("home", "/artikel/15"), "ok", "", 200),
    Case("home page itself", at("home", "/"), "ok", "", 200),
    Case("login", at("account", "/doc/1"), "suspect", "login", 200),
    Case("login at another host", at("account", "/doc/2"), "suspect", "login", 200),
    Case("login in Dutch", at("account", "/doc/3"), "suspect", "login", 200),
    Case("article on logging in", at("account", "/doc/4"), "ok", "", 200, note="the path holds the word, and more"),
)

REDIRECT_CASES: tuple[Case, ...] = (*_MOVES, *_NO_MOVES, *_ENDS, *_COOKIES, *_LANDINGS)
