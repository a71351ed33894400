"""What pages say: titles, letters, anchors; and addresses that must arrive as they were written."""

from __future__ import annotations

from tests.links.case import Case, at

_NO_ANSWER_IN_TITLE = ("kamerstuk", "article", "moment", "markup", "comment", "no-title", "late")
_NOT_FOUND = ("dutch", "english", "number", "lines", "entity", "capitals", "upper", "latin-not-found", "packed")

_TITLES = (
    *(Case(f"not found, {name}", at("title", "/" + name), "suspect", "title", 200) for name in _NOT_FOUND),
    *(Case(f"found, {name}", at("title", "/" + name), "ok", "", 200) for name in _NO_ANSWER_IN_TITLE),
    Case("robot page", at("robot"), "blocked", "robot-page", 200),
)

_LETTERS = tuple(
    Case(f"letters, {name}", at("letters", "/" + name), "ok", "", 200)
    for name in ("latin", "undeclared", "utf-16", "unknown-charset", "escapes")
)

_EXACT = tuple(
    Case(f"arrives as {target}", at("exact", written), "ok", "", 200)
    for written, target in (
        ("/a%20b", "/a%20b"),
        ("/a b", "/a%20b, from a space"),
        ("/a%2Fb", "/a%2Fb"),
        ("/caf%C3%A9", "/caf%C3%A9"),
        ("/café", "/caf%C3%A9, from letters"),
        ("/a%2520b", "/a%2520b"),
        ("/a//b", "/a//b"),
        ("/a/../b", "/b, from dots"),
        ("/~a!b$c&d'e(f)+g,h;i=j:k@l", "/~a!b$c&d'e(f)+g,h;i=j:k@l"),
        ("/search?q=a+b&r=c%26d;e=1", "/search?q=a+b&r=c%26d;e=1"),
        ("/search?q=%2B%3D%25", "/search?q=%2B%3D%25"),
        ("/search?q=café", "/search?q=caf%C3%A9, from letters"),
        ("/search?q=a b", "/search?q=a%20b, from a space"),
        ("/search?a=&b&c=", "/search?a=&b&c="),
        ("/search?next=https://example.org/a?b", "/search?next=https://example.org/a?b"),
        ("/search?next=%2Fa%2Fb%3Fc", "/search?next=%2Fa%2Fb%3Fc"),
    )
)

_PLACES_THAT_ARE = (
    *("#intro", "#deel", "#kaal", "#oud", "#caf%C3%A9", "#café", "#a&b", "#a%26b", "#a%20b", "#HoofdLetters"),
    *("", "#", "#top", "#TOP", "#:~:text=woord", "#intro:~:text=woord"),
)
_PLACES_THAT_ARE_NOT = ("#bestaat-niet", "#Intro", "#hoofdletters", "#verborgen", "#geen-anker", "#ook-geen-anker")

_PLACES = (
    *(Case(f"place '{place}'", at("page", "/page" + place), "ok", "", 200) for place in _PLACES_THAT_ARE),
    *(
        Case(f"place '{place}'", at("page", "/page" + place), "fragment", "no-such-anchor", 200)
        for place in _PLACES_THAT_ARE_NOT
    ),
    Case("place in XHTML", at("page", "/xhtml#deel"), "ok", "", 200),
    Case("place not in XHTML", at("page", "/xhtml#weg"), "fragment", "no-such-anchor", 200),
    Case("place early on a long page", at("page", "/long#vroeg"), "ok", "", 200),
    Case("place far down a long page", at("page", "/long#ver-weg"), "ok", "", 200),
    Case("place nowhere on a long page", at("page", "/long#nergens"), "ok", "", 200, note="not all of it is read"),
    Case("place in a PDF", at("page", "/file.pdf#deel"), "ok", "", 200),
    Case("page of a PDF", at("page", "/file.pdf#page=3"), "ok", "", 200),
    Case("page of a PDF whose address does not tell", at("page", "/pdf#page=3"), "ok", "", 200),
    Case("place in plain text", at("page", "/text#deel"), "ok", "", 200),
)

PAGE_CASES: tuple[Case, ...] = (*_TITLES, *_LETTERS, *_EXACT, *_PLACES)
