"""What the site's own scripts call an error, ours does too: on the same page, of the same field and value.

``docs/overstappen.md`` says so to those who want to remove the scripts. The old checks are written here once more, from
what they do, over raw YAML and file names: ``validate_all_labels.py``, ``validate_urn_uniqueness.py`` and
``validate_file_prefix_urn.py`` of the site. What they only warn of does not fail them, and is left out.
"""

from __future__ import annotations

import re
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from algokader_lint.problem import Problem, Report
from tests.corpus import corpus_archive, needs_corpus
from tests.sites_in_tests import SITES, check, minimal_site, read_files

Check = Literal["labels", "urn", "prefix", "reading"]
Edit = tuple[str, str] | str | bytes
"""A text to replace in a page and what comes there, or a whole page."""
Edits = Mapping[str, Edit]
REGULATED = "docs/voldoen-aan-wetten-en-regels"
MEASURE = f"{REGULATED}/maatregelen/2-owp-01-eisen-stellen.md"
OTHER_MEASURE = f"{REGULATED}/maatregelen/7-mon-01-toezicht-houden.md"
REQUIREMENT = f"{REGULATED}/vereisten/aia-01-menselijk-toezicht.md"
INSTRUMENT = f"{REGULATED}/hulpmiddelen/handreiking-inkoop.md"
BELOW = f"{REGULATED}/maatregelen/oud/2-owp-01-eisen-stellen.md"
TEXTS = {name: content.decode() for name, content in read_files(SITES / "minimaal").items()}
GUIDE = Path(__file__).parents[1] / "docs" / "overstappen.md"

FOLDERS = {"levenscyclus": "levenscyclus", "onderwerp": "onderwerpen", "rollen": "rollen"}
VOCABULARIES = {
    "soort-toepassing": "ai-systeem ai-systeem-voor-algemene-doeleinden ai-model-voor-algemene-doeleinden",
    "risicogroep": "hoog-risico-ai-systeem geen-hoog-risico-ai-systeem verboden-ai uitzondering-van-toepassing "
    "niet-van-toepassing",
    "rol-ai-act": "aanbieder gebruiksverantwoordelijke importeur distributeur",
    "transparantieverplichting": "transparantieverplichting geen-transparantieverplichting niet-van-toepassing",
    "systeemrisico": "systeemrisico geen-systeemrisico niet-van-toepassing",
    "open-source": "open-source geen-open-source niet-van-toepassing",
    "uitzondering": "risicogroep-uitzondering-van-toepassing",
}


@dataclass(frozen=True, order=True)
class Complaint:
    """An error of an old check: in which field of which page (or pages, for a urn used twice), and the value."""

    check: Check
    pages: tuple[str, ...]
    field: str = ""
    value: str = ""


ANSWERS: dict[Check, frozenset[str]] = {
    "labels": frozenset({"AK103", "AK104", "AK105", "AK301", "AK302"}),
    # AK203 in place of AK202: when the file name says that the urn is not this page's, that page alone is to be
    # mended. AK201 and AK103 in place of AK202: both urns have a wrong form, or are no text, and must be written
    # anew anyhow.
    "urn": frozenset({"AK103", "AK201", "AK202", "AK203"}),
    # AK201 and AK103 in place of AK203: a urn of another form holds no number that a file name could begin with.
    "prefix": frozenset({"AK103", "AK201", "AK203"}),
    "reading": frozenset({"AK001", "AK002", "AK003"}),
}


class Unreadable(Exception):
    """The old scripts fail on this page."""


def front_matter(path: Path) -> dict[str, Any] | None:
    """All scalars as text; None when the old scripts find no front matter, of which they only warn."""
    try:
        text = path.read_text(encoding="utf-8")
        opening, _, rest = text.partition("\n")
        inside, closing, _ = rest.partition("\n---")
        if opening != "---" or not closing:
            return None
        fields = yaml.load(inside, Loader=yaml.BaseLoader)  # noqa: S506 -- the loader that makes nothing but text
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise Unreadable from error
    if not isinstance(fields, dict):
        raise Unreadable
    return fields


def old_complaints(site: Path) -> set[Complaint]:
    """The errors that the old scripts report of a site."""
    found: set[Complaint] = set()
    known = {field: {page.stem for page in pages_in(site / "docs" / folder)} for field, folder in FOLDERS.items()}
    first: dict[str, str] = {}
    for kind in ("maatregelen", "vereisten"):
        for path in pages_in(site / REGULATED / kind):
            page = path.relative_to(site).as_posix()
            try:
                fields = front_matter(path)
            except Unreadable:
                found.add(Complaint("reading", (page,)))
                continue
            if fields is None:
                continue
            found |= set(wrong_labels(page, fields, known))
            if kind == "vereisten":
                found |= set(wrong_labels(page, fields, {f: set(words.split()) for f, words in VOCABULARIES.items()}))
            urn = fields.get("id")
            if urn:
                found |= set(wrong_prefix(page, urn))
                if first.setdefault(str(urn), page) != page:
                    found.add(Complaint("urn", (first[str(urn)], page), "id", str(urn)))
    return found


def pages_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.md") if path.name != "index.md")


def wrong_labels(page: str, fields: Mapping[str, Any], known: Mapping[str, set[str]]) -> Iterator[Complaint]:
    for field in fields.keys() & known.keys():
        values = fields[field] if isinstance(fields[field], list) else [fields[field]]
        for value in values:
            condition = field == "uitzondering" and isinstance(value, str) and re.search(r"[\"(]|\|\||&&", value)
            if not condition and (not isinstance(value, str) or value not in known[field]):
                yield Complaint("labels", (page,), field, value if isinstance(value, str) else "")


def wrong_prefix(page: str, urn: object) -> Iterator[Complaint]:
    if not isinstance(urn, str):
        yield Complaint("prefix", (page,), "id")  # the script stops with a traceback
        return
    _, colon, number = urn.rpartition(":")
    if not colon or not number or not re.match(rf"(\d+-)?{re.escape(number)}-", page.rpartition("/")[2]):
        yield Complaint("prefix", (page,), "id", urn)


def answers(complaint: Complaint, report: Report) -> set[str]:
    """The codes of our errors that say what a complaint says."""
    return {
        problem.code
        for problem in report.problems
        if problem.severity == "error"
        and problem.code in ANSWERS[complaint.check]
        and problem.place.file in complaint.pages
        and (complaint.check == "reading" or problem.field == complaint.field)
        and (not complaint.value or marked(problem) == complaint.value)
    }


def marked(problem: Problem) -> str:
    """The value that a problem points at, without its quotes."""
    place = problem.place
    text = place.excerpt[place.column - 1 : place.end_column - 1]
    return text[1:-1] if len(text) > 1 and text[0] in "'\"" and text[-1] == text[0] else text


def site_of(folder: Path, edits: Edits) -> Path:
    """The clean site with edits."""
    changed: dict[str, str | bytes] = {}
    for name, edit in edits.items():
        if isinstance(edit, tuple):
            assert edit[0] in TEXTS[name]
            edit = TEXTS[name].replace(*edit)
        changed[name] = edit
    return minimal_site(folder, changed)


def labels(page: str, field: str, value: str) -> set[Complaint]:
    return {Complaint("labels", (page,), field, value)}


def renumbered(page: str, urn: str) -> str:
    return re.sub(r"^id: .*$", f"id: {urn}", TEXTS[page], flags=re.M)


ERRORS: dict[str, tuple[Edits, set[Complaint], set[str]]] = {
    "levenscyclus": ({MEASURE: ("- ontwerp", "- ontwerpen")}, labels(MEASURE, "levenscyclus", "ontwerpen"), {"AK301"}),
    "onderwerp": (
        {MEASURE: ("- publieke-inkoop", "- inkoop")},
        labels(MEASURE, "onderwerp", "inkoop"),
        {"AK301"},
    ),
    "rollen": ({REQUIREMENT: ("- jurist", "- Jurist")}, labels(REQUIREMENT, "rollen", "Jurist"), {"AK301"}),
    "een onderwerp als rol": (
        {REQUIREMENT: ("- jurist", "- transparantie")},
        labels(REQUIREMENT, "rollen", "transparantie"),
        {"AK302"},
    ),
    "een enkele waarde": (
        {MEASURE: ("levenscyclus:\n- ontwerp", "levenscyclus: ontwerpen")},
        labels(MEASURE, "levenscyclus", "ontwerpen"),
        {"AK103"},
    ),
    "geen tekst": ({REQUIREMENT: ("- jurist", "- yes")}, labels(REQUIREMENT, "rollen", "yes"), {"AK103"}),
    "een lijst in een lijst": ({REQUIREMENT: ("- jurist", "- [jurist]")}, labels(REQUIREMENT, "rollen", ""), {"AK103"}),
    "leeg, op een maatregel voor inkoop": (
        {MEASURE: ("rollen:\n- projectleider", "rollen:")},
        labels(MEASURE, "rollen", ""),
        {"AK105"},
    ),
    "leeg": ({REQUIREMENT: ("rollen:\n- jurist", "rollen:")}, labels(REQUIREMENT, "rollen", ""), {"AK105"}),
    "een leeg streepje": ({REQUIREMENT: ("- jurist", "- jurist\n-")}, labels(REQUIREMENT, "rollen", ""), {"AK105"}),
    "een leeg label": (
        {REQUIREMENT: ("risicogroep:\n- hoog-risico-ai-systeem", "risicogroep:")},
        labels(REQUIREMENT, "risicogroep", ""),
        {"AK105"},
    ),
    **{
        f"label {field}": (
            {REQUIREMENT: (f"{field}:\n- ", f"{field}:\n- on")},
            labels(REQUIREMENT, field, f"on{value}"),
            {"AK104"},
        )
        for field, value in re.findall(rf"^({'|'.join(VOCABULARIES)}):\n- (.+)$", TEXTS[REQUIREMENT], re.M)
    },
    "uitzondering": (
        {REQUIREMENT: ("hide:", "uitzondering:\n- uitzondering-van-toepassing\nhide:")},
        labels(REQUIREMENT, "uitzondering", "uitzondering-van-toepassing"),
        {"AK104"},
    ),
    "een lege uitzondering": (
        {REQUIREMENT: ("hide:", "uitzondering:\nhide:")},
        labels(REQUIREMENT, "uitzondering", ""),
        {"AK105"},
    ),
    "urn dubbel": (
        {f"{REGULATED}/maatregelen/2-owp-01-tweede-pagina.md": TEXTS[MEASURE].replace("Stel eisen", "Stel meer eisen")},
        {
            Complaint(
                "urn",
                (MEASURE, f"{REGULATED}/maatregelen/2-owp-01-tweede-pagina.md"),
                "id",
                "urn:nl:ak:mtr:owp-01",
            )
        },
        {"AK202"},
    ),
    "urn dubbel, en op een van de twee past de bestandsnaam niet": (
        {OTHER_MEASURE: renumbered(OTHER_MEASURE, "urn:nl:ak:mtr:owp-01")},
        {
            Complaint("urn", (MEASURE, OTHER_MEASURE), "id", "urn:nl:ak:mtr:owp-01"),
            Complaint("prefix", (OTHER_MEASURE,), "id", "urn:nl:ak:mtr:owp-01"),
        },
        {"AK203"},
    ),
    "urn dubbel, in een verkeerde vorm": (
        {MEASURE: renumbered(MEASURE, "owp-01"), OTHER_MEASURE: renumbered(OTHER_MEASURE, "owp-01")},
        {
            Complaint("urn", (MEASURE, OTHER_MEASURE), "id", "owp-01"),
            Complaint("prefix", (MEASURE,), "id", "owp-01"),
            Complaint("prefix", (OTHER_MEASURE,), "id", "owp-01"),
        },
        {"AK201"},
    ),
    "urn van een maatregel op een vereiste": (
        {REQUIREMENT: renumbered(REQUIREMENT, "urn:nl:ak:mtr:owp-01")},
        {
            Complaint("urn", (MEASURE, REQUIREMENT), "id", "urn:nl:ak:mtr:owp-01"),
            Complaint("prefix", (REQUIREMENT,), "id", "urn:nl:ak:mtr:owp-01"),
        },
        {"AK201", "AK202"},
    ),
    "bestandsnaam": (
        {MEASURE: renumbered(MEASURE, "urn:nl:ak:mtr:owp-02")},
        {Complaint("prefix", (MEASURE,), "id", "urn:nl:ak:mtr:owp-02")},
        {"AK203"},
    ),
    "urn is een lijst": (
        {MEASURE: renumbered(MEASURE, "[urn, owp-01]")},
        {Complaint("prefix", (MEASURE,), "id")},
        {"AK103"},
    ),
    "los label": (
        {REQUIREMENT: ("hide:", "uitzondering:\n- risicogroep-verboden-ai\nhide:")},
        labels(REQUIREMENT, "uitzondering", "risicogroep-verboden-ai"),
        {"AK104"},
    ),
    "submap": (
        {BELOW: TEXTS[MEASURE].replace("- ontwerp", "- ontwerpen").replace("owp-01", "owp-02")},
        {
            *labels(BELOW, "levenscyclus", "ontwerpen"),
            Complaint("prefix", (BELOW,), "id", "urn:nl:ak:mtr:owp-02"),
        },
        {"AK301", "AK203"},
    ),
    "een urn in een submap": (
        {BELOW: TEXTS[MEASURE]},
        {Complaint("urn", (MEASURE, BELOW), "id", "urn:nl:ak:mtr:owp-01")},
        {"AK202"},
    ),
    "ongeldige YAML": ({MEASURE: ("title: ", "title: [")}, {Complaint("reading", (MEASURE,))}, {"AK003"}),
    "alleen commentaar": (
        {MEASURE: "---\n# title: Eisen\n---\nTekst.\n"},
        {Complaint("reading", (MEASURE,))},
        {"AK002"},
    ),
    "geen UTF-8": (
        {MEASURE: TEXTS[MEASURE].replace("Stel eisen", "Stel géén eisen").encode("latin-1")},
        {Complaint("reading", (MEASURE,))},
        {"AK001"},
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_old_error_is_ours_too(tmp_path: Path, name: str) -> None:
    edits, complaints, codes = ERRORS[name]
    site = site_of(tmp_path, edits)
    assert old_complaints(site) == complaints
    report = check(site)
    found = [answers(complaint, report) for complaint in sorted(complaints)]
    assert all(found), [p.message for p in report.problems]
    assert set().union(*found) == codes


VALUES = st.sampled_from(
    "ontwerp implementatie over-de-levenscyclus jurist projectleider transparantie publieke-inkoop index ontwerpen "
    "'ontwerp' \"jurist\" Jurist niet-van-toepassing verboden-ai verboden open-source aanbieder ~ null yes 12 2.10 "
    "hoog-risico-ai-systeem [jurist] '' risicogroep-uitzondering-van-toepassing".split()
) | st.just("")
FIELDS = st.sampled_from([*FOLDERS, *VOCABULARIES])
URNS = st.sampled_from(
    "urn:nl:ak:mtr:owp-01 urn:nl:ak:mtr:mon-01 urn:nl:ak:ver:aia-01 urn:nl:ak:mtr:owp-1 urn:nl:ak:mtr: 12".split()
)
LABELS = st.dictionaries(FIELDS, st.lists(VALUES, max_size=3) | VALUES, max_size=4)


@given(st.lists(st.tuples(st.sampled_from([MEASURE, OTHER_MEASURE, REQUIREMENT]), LABELS, URNS), max_size=3))
@settings(max_examples=15)
def test_no_old_error_is_lost(changes: list[tuple[str, dict[str, list[str] | str], str]]) -> None:
    edits: dict[str, Edit] = {}
    for page, values, urn in changes:
        text = renumbered(page, urn)
        for field, value in values.items():
            written = f" {value}" if isinstance(value, str) else "".join(f"\n- {item}" for item in value)
            text = re.sub(rf"^{field}:\n(- .*\n)*", "", text, flags=re.M)
            text = text.replace("\nhide:", f"\n{field}:{written}\nhide:")
        edits[page] = text
    with tempfile.TemporaryDirectory() as folder:
        site = site_of(Path(folder), edits)
        report = check(site)
        lost = [complaint for complaint in old_complaints(site) if not answers(complaint, report)]
    assert lost == []


@needs_corpus
@pytest.mark.parametrize(("release", "count"), [("v1.6.1", 10), ("v2.0", 6), ("v2.4.0", 0)])
def test_old_errors_in_a_release_are_ours_too(tmp_path: Path, release: str, count: int) -> None:
    with tarfile.open(fileobj=BytesIO(corpus_archive(release))) as archive:
        archive.extractall(tmp_path, filter="data")
    complaints = old_complaints(tmp_path)
    assert len(complaints) == count
    report = check(tmp_path, select=["AK0", "AK1", "AK2", "AK3"])
    assert [complaint for complaint in complaints if not answers(complaint, report)] == []
    misfits = {page for complaint in complaints if complaint.check == "prefix" for page in complaint.pages}
    for complaint in complaints:
        if complaint.check == "urn":  # one of the two is hidden by its file name, or the pair is told as such
            assert answers(complaint, report) == ({"AK203"} if misfits & set(complaint.pages) else {"AK202"})


MORE: dict[str, tuple[Edits, str]] = {
    "een verplicht veld": ({MEASURE: ("rollen:\n- projectleider\n", "")}, "AK101"),
    "labels en verwijzingen op een hulpmiddel": ({INSTRUMENT: ("- ontwerp", "- ontwerpen")}, "AK301"),
    "een `vereiste`": ({MEASURE: ("- aia-01-menselijk-toezicht", "- aia-01-toezicht")}, "AK301"),
    "`over-de-levenscyclus`": ({MEASURE: ("- ontwerp", "- over-de-levenscyclus")}, "AK302"),
    "een `id` met een verkeerde vorm": (
        {f"{REGULATED}/maatregelen/2-owp-2-kort.md": TEXTS[MEASURE].replace("owp-01", "owp-2")},
        "AK201",
    ),
    "een voorwaarde bij `uitzondering`": (
        {REQUIREMENT: ("hide:", 'uitzondering:\n- ("risicogroep-verboden" || "systeemrisico-systeemrisico")\nhide:')},
        "AK104",
    ),
    "een bestandsnaam met twee cijfers": (
        {f"{REGULATED}/maatregelen/12-owp-02-cijfers.md": TEXTS[MEASURE].replace("owp-01", "owp-02")},
        "AK203",
    ),
    "een opgeheven `id`": (
        {
            "opgeheven-ids.yaml": "- {id: 'urn:nl:ak:mtr:owp-02', title: Meet de impact op het milieu, reason: weg}\n",
            f"{REGULATED}/maatregelen/2-owp-02-nieuw.md": TEXTS[MEASURE].replace("owp-01", "owp-02"),
        },
        "AK205",
    ),
}


@pytest.mark.parametrize("name", MORE)
def test_what_we_see_and_the_old_checks_do_not(tmp_path: Path, name: str) -> None:
    edits, code = MORE[name]
    site = site_of(tmp_path, edits)
    assert old_complaints(site) == set()
    errors = [problem.code for problem in check(site).problems if problem.severity == "error"]
    assert code in errors
    (line,) = [line for line in section("Wat ziet algokader-lint meer?").split("\n- ") if line.startswith(name)]
    assert f"({code})" in line


def test_the_list_of_retired_ids_takes_the_place_of_one_kept_by_hand(tmp_path: Path) -> None:
    """A number on the list is never offered again."""
    second = f"{REGULATED}/maatregelen/2-owp-01-tweede-pagina.md"
    site = site_of(tmp_path, {second: TEXTS[MEASURE].replace("Stel eisen", "Stel meer eisen")})
    found = dict.fromkeys((MEASURE, second), "AK202")
    offered = {}
    for retired in ("", "- {id: 'urn:nl:ak:mtr:owp-02', title: Meet de impact, reason: weg}\n"):
        (site / "opgeheven-ids.yaml").write_text(retired)
        problems = check(site).problems
        assert {problem.place.file: problem.code for problem in problems} == found
        offered[bool(retired)] = " ".join(problems[0].help)
    assert "'urn:nl:ak:mtr:owp-02'" in offered[False]
    assert "'urn:nl:ak:mtr:owp-03'" in offered[True]


def section(heading: str) -> str:
    """What stands below a heading of the guide."""
    _, _, after = GUIDE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    return after.partition("\n## ")[0]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("`validate_all_labels.py`", "labels"),
        ("`validate_urn_uniqueness.py`", "urn"),
        ("`validate_file_prefix_urn.py`", "prefix"),
        ("alle drie", "reading"),
    ],
)
def test_the_guide_names_the_rules_that_answer(row: str, kind: Check) -> None:
    (line,) = [line for line in section("Wat vervangt wat?").splitlines() if line.startswith(f"| {row}")]
    assert set(re.findall(r"AK\d{3}", line)) == ANSWERS[kind]
