"""``coverage`` as a command: what it is asked, what it refuses and in which words, the past, and the gate."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.command import run
from tests.corpus import clone_release, needs_corpus
from tests.git_in_tests import commit_all, git, git_site
from tests.sites_in_tests import SITES, knowledge, minimal_site, read_files, write_files

LAW = "docs/voldoen-aan-wetten-en-regels"
MEASURE = f"{LAW}/maatregelen/2-owp-01-eisen-stellen.md"
VEREISTE = f"{LAW}/vereisten/aia-01-menselijk-toezicht.md"
KEY = "aia-01-menselijk-toezicht"
FILES = {name: content.decode() for name, content in read_files(SITES / "minimaal").items()}
SETTINGS = "algokader-lint.toml"


@pytest.fixture(autouse=True)
def rules_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules do not change between these runs; to read them is a third of the time of one."""
    monkeypatch.setattr("algokader_lint.cli.setup.load_knowledge", lambda folder: knowledge())


def refused(site: Path, *arguments: str) -> str:
    """What the command says when it refuses: one line."""
    result = run("coverage", *arguments, "--format", "json", cwd=site)
    assert (result.returncode, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    return line.removeprefix("algokader-lint: fout: ")


def measured(site: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
    result = run("coverage", *arguments, "--format", "json", cwd=site)
    assert (result.returncode, result.stderr) == (code, "")
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def keys(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [row["key"] for row in rows]


def test_the_scope_is_the_topic_of_the_pack_another_one_or_everything(tmp_path: Path) -> None:
    site = minimal_site(tmp_path)
    assert keys(measured(site)["pages"]) == ["2-owp-01-eisen-stellen"]
    assert keys(measured(site, "--topic", "transparantie")["pages"]) == ["7-mon-01-toezicht-houden"]
    whole = measured(site, "--whole-site")
    assert (whole["scope"]["value"], whole["scope"]["pages"], whole["topics"]) == (None, 2, [])
    every = measured(site, "--all-topics")
    assert every["scope"] == whole["scope"]
    topics = [(topic["key"], topic["coverage"]["scope"]["pages"]) for topic in every["topics"]]
    assert topics == [("data", 0), ("publieke-inkoop", 1), ("transparantie", 1)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--topic publieke-inkop", "er is geen pagina 'publieke-inkop' bij onderwerp; bedoelde je 'publieke-inkoop'?"),
        ("--topic data --whole-site", "kies één van --topic, --all-topics en --whole-site"),
        ("--all-topics --whole-site", "kies één van --topic, --all-topics en --whole-site"),
        ("--pack basis", "pakket 'basis' meet geen dekking; kies een ander met --pack"),
        ("--pack basis --topic data", "pakket 'basis' gaat niet over een onderwerp, dus --topic kan hier niet"),
        ("--pack publieke-inkop", "onbekend pakket 'publieke-inkop'; bedoelde je 'publieke-inkoop'?"),
        ("--history", "vergelijken met eerder kan alleen in een git-repository"),
        ("--since main", "vergelijken met eerder kan alleen in een git-repository"),
    ],
)
def test_what_cannot_be_measured_is_said_in_one_line(tmp_path: Path, arguments: str, words: str) -> None:
    assert refused(minimal_site(tmp_path), *arguments.split()) == words


def test_where_there_is_no_site_there_is_nothing_to_measure(tmp_path: Path) -> None:
    assert refused(tmp_path).startswith("geen mkdocs.yml gevonden in '.'")


def test_a_topic_without_pages_covers_nothing_and_is_no_error(tmp_path: Path) -> None:
    document = measured(minimal_site(tmp_path), "--topic", "data")
    assert (document["scope"]["pages"], document["pages"], document["sources"]["pages"]) == (0, [], 0)
    assert document["targets"]["vereiste"]["none"] == document["targets"]["vereiste"]["total"] == 1
    assert {number for _, number in document["sensitivity"]} == {0}
    assert [place["key"] for place in document["drafts"]] == [KEY]


def test_of_nothing_there_is_no_percentage(tmp_path: Path) -> None:
    files = {path: FILES[path] for path in FILES if "/vereisten/" not in path and "/rollen/" not in path}
    text = run("coverage", "--topic", "data", "--format", "console", cwd=write_files(tmp_path, files)).stdout
    for what in ("vereisten uitgewerkt", "vereisten niet genoemd", "rollen genoemd", "maatregelen in orde"):
        assert re.search(rf"^ *{what} +n\.v\.t\.$", text, re.MULTILINE)
    assert re.findall(r"[0-9,]+% \([^)]*\)", text) == ["0% (0 van 2)"]  # there are phases
    assert "van 0)" not in text


def test_a_report_is_written_where_it_was_asked_for(tmp_path: Path) -> None:
    site = minimal_site(tmp_path)
    result = run("coverage", "--format", "json", "--output", "uit.json", cwd=site)
    assert result == (0, "", "")
    written = json.loads((site / "uit.json").read_bytes())
    assert {name: written[name] for name in ("version", "revision", "modified")} == {
        "version": 1,
        "revision": None,
        "modified": False,
    }


def waiver(**more: str) -> str:
    lines = {"key": f'"{KEY}"', "reason": '"Geldt niet voor inkoop."', "owner": '"Jan"', "date": "2026-01-02", **more}
    return "[[coverage.waivers]]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items())


TODAY, YESTERDAY = date.today().isoformat(), (date.today() - timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("topic", "settings", "state", "standing"),
    [
        ("data", waiver(), "waived", "in_force"),
        ("data", waiver(until=TODAY), "waived", "in_force"),
        ("data", waiver(until=YESTERDAY), "none", "ended"),
        ("publieke-inkoop", waiver(), "specific", "stale"),
        ("data", waiver(key='"aia-99"'), "none", "unknown"),
    ],
)
def test_people_may_decide_that_something_does_not_apply(
    tmp_path: Path, topic: str, settings: str, state: str, standing: str
) -> None:
    site = minimal_site(tmp_path, {SETTINGS: settings})
    document = measured(site, "--topic", topic)
    (found,) = document["waivers"]
    assert (found["standing"], found["reason"], found["owner"]) == (standing, "Geldt niet voor inkoop.", "Jan")
    assert found["date"] == "2026-01-02"
    graded = document["targets"]["vereiste"]
    (item,) = graded["items"]
    assert (item["state"], graded[state], document["ranking"]) == (state, 1, [KEY] if state == "none" else [])


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[coverage]\nfloors = {vereste = 1}", "er is geen doel 'vereste' om een ondergrens voor te stellen"),
        ("[coverage]\nfloors = {vereiste = -1}", "coverage.floors.vereiste: hier hoort een geheel getal, 0 of meer"),
        ("[coverage]\nfloors = {vereiste = 'a'}", "coverage.floors.vereiste: hier hoort een geheel getal, 0 of meer"),
        ("[coverage]\nfloor = {vereiste = 1}", "onbekende sleutel 'coverage.floor'; bedoelde je 'floors'?"),
        (waiver(reson="'a'"), "onbekende sleutel 'coverage.waivers.0.reson'; bedoelde je 'reason'?"),
        (waiver(until='"morgen"'), "coverage.waivers.0.until: hier hoort een datum, zoals 2026-12-31"),
        (waiver().replace("[[", "[").replace("]]", "]"), "schrijf het kopje zo: [[coverage.waivers]]"),
        ("[[coverage.waivers]]\nkey = 'a'", "coverage.waivers.0.reason: dit is verplicht, maar ontbreekt"),
    ],
)
def test_settings_that_cannot_be_followed_are_told(tmp_path: Path, settings: str, words: str) -> None:
    assert words in refused(minimal_site(tmp_path, {SETTINGS: settings}))


def test_the_nearest_target_is_named_for_an_unknown_floor(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {SETTINGS: "[coverage]\nfloors = {vereste = 1}"})
    assert refused(site).endswith("; bedoelde je 'vereiste'?")


def test_history_needs_tags_that_are_there(tmp_path: Path) -> None:
    site = git_site(tmp_path / "site")
    assert refused(site, "--history") == "deze repository heeft geen tags, dus er zijn geen uitgaven om in te kijken"
    assert measured(site)["history"] == []
    git(site, "tag", "uitgave-1")
    assert refused(site, "--history", "uitgave1") == "er is geen tag 'uitgave1'; bedoelde je 'uitgave-1'?"
    assert refused(site, "--history", "v*") == "er is geen tag 'v*'"
    git(tmp_path, "clone", "-q", "--depth", "1", site.as_uri(), "ondiep")
    assert "ondiep (shallow)" in refused(tmp_path / "ondiep", "--history")
    assert measured(tmp_path / "ondiep")["history"] == []


def test_history_tells_how_releases_fared_whatever_they_hold(tmp_path: Path) -> None:
    unread = FILES[MEASURE].replace("title:", "title: [:")
    site = git_site(tmp_path, {MEASURE: unread, f"{LAW}/hulpmiddelen/ook.md": "geen voorblad\n"})
    git(site, "tag", "v1")
    write_files(site, {MEASURE: FILES[MEASURE]})
    commit_all(site)
    git(site, "tag", "v2")
    commit_all(site, "niets anders")
    git(site, "tag", "v2.1")
    (site / "mkdocs.yml").unlink()
    commit_all(site)
    git(site, "tag", "v3-zonder-site")
    write_files(site, {"mkdocs.yml": FILES["mkdocs.yml"], f"{LAW}/vereisten/avg-01-b.md": FILES[VEREISTE]})
    numbers = ("names", "pages", "total", "specific", "none", "unreadable")
    history = [[point[name] for name in numbers] for point in measured(site, "--history")["history"]]
    assert history == [
        [["v1"], 0, 1, 0, 1, 1],
        [["v2", "v2.1"], 1, 1, 1, 0, 0],
        [["nu"], 1, 2, 1, 1, 0],
    ]
    assert measured(site)["history"] == measured(site, "--history")["history"]
    chosen = measured(site, "--history", "v2*", "v3*")["history"]
    assert [point["names"] for point in chosen] == [["v2", "v2.1"], ["nu"]]


def test_history_of_the_present_release_ends_with_it(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    git(site, "tag", "v1")
    document = measured(site)
    assert [point["names"] for point in document["history"]] == [["v1"]]
    assert (document["revision"], document["revision_label"]) == (git(site, "rev-parse", "HEAD"), "v1")


def test_releases_from_before_topics_were_called_so_are_measured_too(tmp_path: Path) -> None:
    """Until v1.3: other folders, ``bouwblok``, no ids, underscores in names."""
    page = "---\ntitle: {title}\nlevenscyclus: [ontwerp]\n{name}:\n- publieke-inkoop\nvereiste:\n- {key}\n---\n"
    old = {
        "mkdocs.yml": FILES["mkdocs.yml"],
        "docs/maatregelen/eisen_stellen.md": page.format(title="Eisen", name="bouwblok", key="menselijk_toezicht"),
        "docs/maatregelen/iets_anders.md": page.format(title="Anders", name="bouwbloc", key="menselijk_toezicht"),
        "docs/vereisten/menselijk_toezicht.md": "---\ntitle: Toezicht\n---\n",
        "docs/vereisten/uitleg_geven.md": "---\ntitle: Uitleg\n---\n",
        "docs/instrumenten/handreiking.md": "---\ntitle: Handreiking\n---\n",
        "docs/levenscyclus/ontwerp.md": "---\ntitle: Ontwerp\n---\n",
    }
    git(tmp_path, "init", "-q")
    site = write_files(tmp_path, old)
    commit_all(site)
    git(site, "tag", "v1.1")
    (point,) = measured(site, "--history")["history"]
    assert [point[name] for name in ("names", "pages", "total", "specific", "none")] == [["v1.1"], 1, 2, 1, 1]
    found = json.loads(run("check", "--format", "json", cwd=site).stdout)["findings"]
    unknown = {finding["code"] for finding in found if finding["file"] == "docs/maatregelen/eisen_stellen.md"}
    assert {"AK101", "AK102"} <= unknown


@needs_corpus
def test_history_of_the_real_releases(tmp_path: Path) -> None:
    site = clone_release("v2.4.0", tmp_path / "site")
    numbers = ("pages", "total", "specific", "bulk_only", "none")
    history = {point["names"][0]: [point[name] for name in numbers] for point in measured(site)["history"]}
    assert list(history) == ["v1.5.1", "v1.6.1", "v2.0", "v2.4.0"]
    assert history["v2.4.0"] == [24, 63, 24, 36, 3]
    assert [total for _, total, *_ in history.values()] == [62, 60, 63, 63]
    assert all(total == sum(states) for _, total, *states in history.values())


def test_a_revision_to_compare_with_must_be_there(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    assert refused(site, "--since", "mian") == "revisie 'mian' bestaat niet; bedoelde je 'main'?"
    git(site, "checkout", "-q", "--orphan", "los")
    commit_all(site)
    assert refused(site, "--since", "main").startswith("'main' en deze versie hebben geen gezamenlijk verleden")


def test_nothing_changed_is_nothing_to_tell(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    write_files(site, {"docs/index.md": FILES["docs/index.md"] + "\nAnders.\n"})
    change = measured(site, "--since", "HEAD")["change"]
    assert change["base"] == "HEAD"
    assert [change[name] for name in ("items", "new_dangling", "suspects", "faults", "sources_lost")] == [
        [],
        [],
        [],
        [],
        [],
    ]


WORSE = {
    "falls": ({MEASURE: FILES[MEASURE].replace(f"vereiste:\n- {KEY}\n", "")}, "falls", KEY),
    "dangling": (
        {MEASURE: FILES[MEASURE].replace(f"- {KEY}", f"- {KEY}\n- aia-99-weg")},
        "dangling",
        "2-owp-01-eisen-stellen",
    ),
    "emptied": ({MEASURE: FILES[MEASURE].replace("- projectleider", "- jurist")}, "emptied", "projectleider"),
    "declared": (
        {
            MEASURE: FILES[MEASURE].replace(
                "- [Handreiking inkoop](https://www.voorbeeld.example/handreiking)", "Geen bron voor deze maatregel."
            )
        },
        "source-lost",
        "2-owp-01-eisen-stellen",
    ),
    "source": ({MEASURE: FILES[MEASURE].partition("## Bronnen")[0]}, "source-lost", "2-owp-01-eisen-stellen"),
    "floor": ({SETTINGS: "[coverage]\nfloors = {vereiste = 2}\n"}, "floor", ""),
}


@pytest.mark.parametrize("name", WORSE)
def test_what_got_worse_does_not_pass(tmp_path: Path, name: str) -> None:
    files, kind, key = WORSE[name]
    site = git_site(tmp_path)
    write_files(site, files)
    change = measured(site, "--since", "HEAD", code=1)["change"]
    assert [(fault["kind"], fault["key"]) for fault in change["faults"]] == [(kind, key)]


def test_what_people_say_does_not_apply_may_fall(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    write_files(site, {**WORSE["falls"][0], SETTINGS: waiver()})
    change = measured(site, "--since", "HEAD")["change"]
    assert [(item["before"], item["after"]) for item in change["items"]] == [("specific", "waived")]


def test_what_was_wrong_already_and_what_gets_better_passes(tmp_path: Path) -> None:
    site = git_site(tmp_path, {MEASURE: FILES[MEASURE].replace(f"- {KEY}", "- aia-98-weg")})
    assert measured(site, "--since", "HEAD")["change"]["new_dangling"] == []
    write_files(site, {MEASURE: FILES[MEASURE]})
    change = measured(site, "--since", "HEAD")["change"]
    (item,) = change["items"]
    assert (item["before"], item["after"], item["gained"], change["mended"]) == (
        "none",
        "specific",
        ["2-owp-01-eisen-stellen"],
        1,
    )


def test_pages_that_go_on_under_another_name_are_no_loss(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    for path, old, new in ((VEREISTE, "aia-01", "aia-07"), (MEASURE, "2-owp-01", "2-owp-31")):
        (site / path).unlink()
        write_files(site, {path.replace(old, new): FILES[path].replace("aia-01", "aia-07").replace("owp-01", "owp-31")})
    other = f"{LAW}/maatregelen/7-mon-01-toezicht-houden.md"
    write_files(site, {other: FILES[other].replace("aia-01", "aia-07")})
    change = measured(site, "--since", "HEAD")["change"]
    assert (change["faults"], change["new_dangling"], change["sources_lost"]) == ([], [], [])
    assert all(item["before"] == item["after"] for item in change["items"])


def test_a_page_brings_its_old_faults_along_and_takes_them_away(tmp_path: Path) -> None:
    """Only what a change makes is new, and what it mends is mended: coming into the scope, or leaving, is neither."""
    other = f"{LAW}/maatregelen/7-mon-01-toezicht-houden.md"
    elsewhere = FILES[other].replace(f"- {KEY}", "- aia-98-weg")
    inside = elsewhere.replace("- transparantie", "- publieke-inkoop")
    site = git_site(tmp_path, {other: elsewhere})
    write_files(site, {other: inside})
    change = measured(site, "--since", "HEAD")["change"]
    assert (change["new_dangling"], change["mended"], change["pages"]) == ([], 0, [1, 2])
    commit_all(site)
    write_files(site, {other: elsewhere})
    change = measured(site, "--since", "HEAD")["change"]
    assert (change["new_dangling"], change["mended"], change["pages"]) == ([], 0, [2, 1])
