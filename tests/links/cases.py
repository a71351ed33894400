"""Everything that the odd web holds, and what must be said of it: links.md, row by row."""

from __future__ import annotations

from tests.links.case import Case, at, over_tls
from tests.links.cases_of_pages import PAGE_CASES
from tests.links.cases_of_redirects import REDIRECT_CASES

_RIGHT_HTTP = (
    *("/http-1.0", "/no-phrase", "/early-hints", "/no-length", "/chunked", "/long-header", "/many-headers"),
    *("/no-type", "/empty", "/unknown-encoding", "/broken-gzip"),
)

_STATUSES = (
    Case("200", at("ok"), "ok", "", 200, final=at("ok")),
    Case("200 at the home page", at("ok", "/"), "ok", "", 200),
    Case("200 for a file", at("ok", "/file.pdf"), "ok", "", 200),
    Case("204", at("ok", "/204"), "ok", "", 204),
    Case("scheme and host in capitals", "HTTP://OK.ODD.EXAMPLE:{port}/page", "ok", "", 200),
    Case("name with a final dot", "http://ok.odd.example.:{port}/page", "ok", "", 200, note="RFC 3986, 3.2.2"),
    *(Case(f"right HTTP {target[1:]}", at("ok", target), "ok", "", 200) for target in _RIGHT_HTTP),
    Case("404", at("status-404"), "dead", "not-found", 404),
    Case("404 for a file", at("status-404", "/file.pdf"), "dead", "not-found", 404),
    Case("410", at("status-410"), "dead", "gone", 410),
    *(Case(f"{code}", at(f"status-{code}"), "blocked", "denied", code) for code in (401, 403, 405, 451, 999)),
    *(Case(f"{code}", at(f"status-{code}"), "unknown", "status", code) for code in (400, 418)),
    *(Case(f"{code}", at(f"status-{code}"), "unknown", "server-error", code) for code in (500, 501, 502, 503, 504)),
    Case("challenge with 403", at("challenge-403"), "blocked", "robot-page", 403),
    Case("challenge with 200", at("challenge-200"), "blocked", "robot-page", 200),
    Case("a person's browser is let in", at("firewall"), "ok", "", 200, note="words of robots in the user agent: 403"),
)

_PASSING = (
    Case("429 for a second", at("busy-second"), "ok", "", 200),
    Case("429 until a date", at("busy-date"), "ok", "", 200),
    Case("429 once, without a time", at("busy-once"), "ok", "", 200),
    Case("429 always", at("busy-silent"), "blocked", "too-many-requests", 429),
    Case("429 for a time that is none", at("busy-nonsense"), "blocked", "too-many-requests", 429),
    Case("429 for an hour", at("busy-hour"), "blocked", note="the second of two pages may be left alone"),
    Case("429 for an hour, second page", at("busy-hour", "/second"), "blocked"),
    Case("503 for an hour", at("away-hour"), "unknown", "server-error", 503),
    Case("503 for a second", at("away-second"), "ok", "", 200, note="so the second try comes over a second later"),
    Case("503 for a second, as it says", at("away-second-says"), "ok", "", 200),
    Case("500 once", at("error-once"), "ok", "", 200),
    Case("reset once", at("reset-once"), "ok", "", 200),
    Case("reset always", at("reset"), "unknown", "reset"),
    Case("closed without a word", at("goodbye"), "unknown", "reset"),
    Case("refused", at("refused"), "unknown", "refused"),
    Case("not even refused", at("full"), "unknown", "timeout"),
    Case("unknown name", "http://nowhere.odd.example/page", "dead", "no-such-name", own_names=True),
    Case("name server in trouble", "http://lame.odd.example/page", "unknown", note="it may exist", own_names=True),
)

_STREAMS = (
    Case("slow", at("slow"), "ok", "", 200),
    Case("no answer at all", at("silent"), "unknown", "timeout"),
    Case("dripped header", at("dripped-header"), "unknown", "timeout"),
    Case("dripped body", at("dripped-body"), "ok", "", 200, note="its status is known: what is missing is a title"),
    Case("stalled body", at("stalled-body"), "ok", "", 200, note="its status is known: what is missing is a title"),
    Case("endless body", at("endless-body"), "ok", "", 200),
    Case("20 MB", at("big-body"), "ok", "", 200),
    Case("gzip bomb", at("gzip-bomb"), "ok", "", 200),
    Case("header lines without end", at("flood-of-lines"), "unknown", "protocol"),
    Case("header line without end", at("flood-in-one-line"), "unknown", "protocol"),
    Case("garbage", at("garbage"), "unknown", "protocol"),
    Case("HTTP/0.9", at("version-0.9"), "unknown", "protocol"),
    Case("status in words", at("bad-status"), "unknown", "protocol"),
    Case("half a header", at("half-header"), "unknown", note="broken off, or no HTTP"),
    *(Case(f"closed although kept, {part}", at("kept", "/" + part), "ok", "", 200) for part in ("a", "b", "c")),
    Case("body after HEAD", at("kept-open", "/file.pdf"), "ok", "", 200),
    *(Case(f"after a body after HEAD, {part}", at("kept-open", "/" + part), "ok", "", 200) for part in ("a", "b")),
)

_HEADS = tuple(
    Case(f"HEAD {refusal}, {kind}", at(f"head-{refusal}", target), "ok", "", 200)
    for refusal in ("403", "404", "405", "501", "reset", "silent")
    for kind, target in (("page", "/page"), ("file", "/file.pdf"))
)

_CERTIFICATES = (
    Case("good certificate", over_tls("good"), "ok", "", 200),
    Case("expired certificate", over_tls("expired"), "tls", "expired"),
    Case("certificate of next month", over_tls("not-yet"), "tls"),
    Case("self-signed certificate", over_tls("self-signed"), "tls", "self-signed"),
    Case("certificate of another host", over_tls("wrong-host"), "tls", "wrong-host"),
    Case("certificate of an unknown authority", over_tls("untrusted"), "tls", "untrusted"),
    Case("TLS where HTTP is spoken", "https://ok.odd.example:{port}/page", "unknown"),
    Case("HTTP where TLS is spoken", "http://good.odd.example:{tls}/page", "unknown"),
    Case("TLS where nothing is said", "https://silent.odd.example:{port}/page", "unknown", "timeout"),
)

_WRITTEN = (
    Case("credentials", "http://anna:geheim@ok.odd.example:{port}/page", "unsafe", "credentials"),
    Case("port over 65535", "http://ok.odd.example:99999/page", "invalid", "bad-port"),
    Case("port in letters", "http://ok.odd.example:tachtig/page", "invalid", "bad-port"),
    Case("no host", "http:///page", "invalid", note="no-host; a browser takes the path for one"),
    Case("half a bracket", "http://[::1/page", "invalid"),
    Case("empty label", "http://ok..odd.example:{port}/page", "invalid"),
    Case("space in the host", "http://ok odd.example:{port}/page", "invalid"),
    Case("20,000 characters", at("ok", "/" + "lang" * 5000), "invalid", "too-long"),
    Case("IPv6 address", "http://[::1]:{six}/page", "ok", "", 200),
    Case("name of an IPv6 address", "http://six.odd.example:{six}/page", "ok", "", 200),
    Case("IDN", "http://bücher.odd.example:{port}/page", "ok", "", 200),
    Case("IDN with a sharp s", "http://faß.odd.example:{port}/page", "ok", "", 200, note="UTS 46, as browsers do"),
)

CASES: tuple[Case, ...] = (
    *(*_STATUSES, *_PASSING, *_STREAMS, *_HEADS, *_CERTIFICATES, *_WRITTEN),
    *REDIRECT_CASES,
    *PAGE_CASES,
)
