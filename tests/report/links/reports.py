"""Made-up reports on addresses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from algokader_lint.links.answer import Answer, Hop, Reason, VerdictName
from algokader_lint.links.document import DatedReference, LinkPlace, LinkReport, LinkReportEntry

TODAY = date(2026, 1, 31)
NOW = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
EARLIER = datetime(2026, 1, 20, 3, 15, 59, 999_999, tzinfo=UTC)
LONG_AGO = datetime(2025, 10, 2, 3, 0, tzinfo=UTC)
RULES = "https://github.com/algokader-lint/algokader-lint/blob/main/rules/bronnen"
FOLDER = "docs/voldoen-aan-wetten-en-regels/maatregelen"


def places(number: int) -> tuple[LinkPlace, ...]:
    """That many places, on pages of their own."""
    return tuple(
        LinkPlace(f"{FOLDER}/2-owp-{n:02}-pagina.md", 10 + n, 5, "Bronnen" if n % 2 else "", f"Pagina {n}")
        for n in range(1, number + 1)
    )


def entry(url: str, answer: Answer, number: int = 1, **rule: Any) -> LinkReportEntry:
    """An address at a number of places."""
    return LinkReportEntry(url=url, answer=answer, places=places(number), **rule)


def rule(code: str, severity: str, **words: Any) -> dict[str, Any]:
    """What a rule says of an address."""
    return {"code": code, "severity": severity, "name": "naam", "address": f"{RULES}/{code}-naam.md", **words}


def answer(verdict: VerdictName, reason: Reason, **known: Any) -> Answer:
    """What a check came to, in this run unless told otherwise."""
    return Answer(verdict=verdict, reason=reason, **{"checked_at": NOW, **known})


def report(entries: Sequence[LinkReportEntry], **known: Any) -> LinkReport:
    """A report on these addresses."""
    values: dict[str, Any] = {"day": TODAY, "hosts": len(entries), "asked": len(entries), "seconds": 1.25}
    return LinkReport(entries=tuple(entries), **{**values, **known})


DEAD = rule("AK711", "error", help=("Zoek de nieuwe plek van de pagina, of haal de link weg.",))
MOVED = rule("AK712", "warning")
SUSPECT = rule("AK716", "warning")
TLS = rule("AK717", "warning")

EVERY_VERDICT: tuple[LinkReportEntry, ...] = (
    entry("https://www.voorbeeld.example/beleid/toets.pdf", answer("dead", "not-found", status=404), 45, **DEAD),
    entry("https://weg.example/", answer("dead", "no-such-name"), 2, **DEAD),
    entry(
        "https://www.voorbeeld.example/oud",
        answer(
            "dead",
            "not-found",
            status=404,
            final_url="https://www.voorbeeld.example/nieuw/oud",
            hops=(Hop("https://www.voorbeeld.example/oud", 302), Hop("https://www.voorbeeld.example/nieuw/oud", 404)),
        ),
        **DEAD,
    ),
    entry("https://kring.example/a", answer("dead", "redirect-loop", status=302), **DEAD),
    entry(
        "https://gisteren.example/rapport_(2).pdf?a=1&b=2",
        answer("dead", "gone", status=410, checked_at=EARLIER, cached=True),
        4,
        **DEAD,
    ),
    entry(
        "https://vorig-jaar.example/",
        answer("dead", "not-found", status=404, checked_at=LONG_AGO, cached=True, stale=True),
        **DEAD,
    ),
    entry(
        "https://",
        answer("invalid", "no-host", checked_at=None),
        **rule("AK702", "error", message="in dit adres ontbreekt de naam van de website"),
    ),
    entry(
        "http://192.168.1.20/concept",
        answer("unsafe", "private", checked_at=None),
        **rule("AK706", "error", message="adres 'http://192.168.1.20/concept' is niet te openen op internet"),
    ),
    entry(
        "https://www.bron.example/toets",
        answer("suspect", "title", status=200, detail="Pagina niet gevonden | Bron"),
        2,
        **SUSPECT,
    ),
    entry(
        "https://www.dienst.example/themas/algoritmes",
        answer("suspect", "home-page", status=200, final_url="https://www.dienst.example/"),
        **SUSPECT,
    ),
    entry(
        "http://www.raad.example/advies#h2",
        answer(
            "moved",
            "permanent",
            status=200,
            final_url="https://www.raad.example/adviezen/advies",
            moved_to="https://www.raad.example/adviezen/advies#h2",
            hops=(
                Hop("http://www.raad.example/advies", 301),
                Hop("https://www.raad.example/adviezen/advies", 200),
            ),
        ),
        3,
        **MOVED,
    ),
    entry("https://oud-certificaat.example/", answer("tls", "expired"), **TLS),
    entry(
        "https://al-dagen-stuk.example/",
        answer("unknown", "server-error", status=503, failing_days=4),
        **rule("AK714", "warning"),
    ),
    entry("https://traag.example/", answer("unknown", "timeout", failing_days=1)),
    entry("https://later.example/", answer("unknown", "not-reached", checked_at=None)),
    entry("https://intern.voorbeeld.example/", answer("unknown", "excluded", checked_at=None), 2),
    entry("https://streng.example/a", answer("blocked", "denied", status=403), 6, **rule("AK713", "info")),
    entry("https://streng.example/b", answer("blocked", "robot-page", status=200), **rule("AK713", "info")),
    entry(
        "https://wet.example/regeling#artikel-5",
        answer("fragment", "no-such-anchor", status=200, detail="artikel-5"),
        **rule("AK715", "info"),
    ),
    entry("https://goed.example/", answer("ok", "", status=200), 12),
    entry("https://goed.example/ook", answer("ok", "", status=204, checked_at=EARLIER, cached=True)),
)
LAWS: tuple[DatedReference, ...] = (
    DatedReference(
        "https://wetten.example/BWBR0005537/2021-07-01#Hoofdstuk3",
        "BWBR0005537",
        date(2021, 6, 30),
        "https://wetten.example/BWBR0005537#Hoofdstuk3",
        places(3),
    ),
    DatedReference(
        "https://wetten.example/BWBR0005537/2025-12-20",
        "BWBR0005537",
        date(2026, 1, 20),
        "https://wetten.example/BWBR0005537",
        places(1),
    ),
    DatedReference(
        "https://wetten.example/BWBR0040940/2024-01-31",
        "BWBR0040940",
        date(2024, 1, 31),
        "https://wetten.example/BWBR0040940",
        places(1),
    ),
)
COMPLETE = report(
    EVERY_VERDICT,
    hosts=16,
    asked=15,
    seconds=83.2,
    out_of_time=True,
    dated=LAWS,
    notices=("de cache was beschadigd en is opnieuw gemaakt",),
)
