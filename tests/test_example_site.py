"""The example site holds the defects it is meant to hold, each once, and nothing else."""

from __future__ import annotations

from tests.sites_in_tests import SITES, check, described

LAW = "docs/voldoen-aan-wetten-en-regels"


def test_the_deliberate_defects() -> None:
    report = check(SITES / "voorbeeld")
    assert not report.crashed
    assert sorted(described(report.problems)) == sorted(
        [
            "docs/onderwerpen/data.md:25 AK501 error",
            "docs/onderwerpen/transparantie.md:27 AK503 error",
            f"{LAW}/hulpmiddelen/modelcontract-algoritmes.md:3 AK107 warning",
            f"{LAW}/hulpmiddelen/vragenlijst-voor-leveranciers.md:2 AK108 warning",
            f"{LAW}/maatregelen/1-pba-01-inkoopteam-samenstellen.md:13 AK302 error",
            f"{LAW}/maatregelen/2-owp-01-programma-van-eisen.md:17 AK106 warning",
            f"{LAW}/maatregelen/2-owp-01-programma-van-eisen.md:52 AK701 info",
            f"{LAW}/maatregelen/2-owp-02-bewijs-van-de-leverancier.md:7 AK301 error",
            f"{LAW}/maatregelen/2-owp-03-inzage-in-documentatie.md:3 AK202 error",
            f"{LAW}/maatregelen/2-owp-03-weging-in-besluiten.md:3 AK202 error",
            f"{LAW}/maatregelen/6-imp-01-proefperiode-met-leverancier.md:39 AK701 error",
            f"{LAW}/vereisten/aia-01-menselijk-toezicht.md:16 AK104 error",
            f"{LAW}/vereisten/aia-02-technische-documentatie.md:29 AK102 error",
            f"{LAW}/vereisten/avg-01-grondslag-voor-persoonsgegevens.md:70 AK505 error",
        ]
    )


def test_the_summary_speaks_of_procurement() -> None:
    scope = check(SITES / "voorbeeld").summary.scope
    assert scope is not None
    assert (scope.label, scope.pages, scope.pages_label) == ("Publieke inkoop", 5, "maatregelen")
    assert {page.name: page.fields for page in scope.failing} == {
        "pba-01": ("rollen",),
        "owp-02": ("vereiste",),
        "2-owp-03-inzage-in-documentatie": ("id",),
        "imp-01": ("bronnen",),
    }
