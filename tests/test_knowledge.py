"""Wrong data files are refused, with their name and the reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from algokader_lint.checks import CHECKS
from algokader_lint.data import data_folder
from algokader_lint.knowledge import BadKnowledge, ContentType, load_knowledge
from algokader_lint.selection import activate
from tests.sites_in_tests import knowledge


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("schemas", "rules"):
        shutil.copytree(data_folder() / name, tmp_path / name)
    return tmp_path


RULE = "rules/verwijzingen/AK301-onbekende-verwijzing.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("schemas/rol.yaml", "type: rol", "typ: rol", "rol.yaml: typ: Extra inputs"),
        ("schemas/rol.yaml", "include: [material, ", "include: [materiaal, ", "schemas/shared/materiaal.yaml"),
        (
            "schemas/maatregel.yaml",
            "to: vereiste}",
            "to: vereisten}",
            "vereisten' is unknown; did you mean 'vereiste'?",
        ),
        ("schemas/maatregel.yaml", "\\d\\d)'", "\\d\\d'", "not a regular expression"),
        ("schemas/maatregel.yaml", "(?P<number>", "(?P<number>" + "x" * 200, "longer than 200"),
        ("schemas/fase.yaml", "type: fase", "type: [", "fase.yaml: "),
        (
            "schemas/hulpmiddel.yaml",
            "[Bijbehorende vereiste(n)], if-field: vereiste}",
            "[], if-field: vereisten}",
            "there is no field vereisten",
        ),
        ("schemas/hulpmiddel.yaml", "fields: {categorie: [st", "fields: {soort: [st", "there is no field soort"),
        ("schemas/maatregel.yaml", "  - Risico", "  - TOELICHTING", "toelichting is there twice"),
        ("schemas/maatregel.yaml", "  - Risico", "  - {kop: Risico}", "kop: Extra inputs"),
        ("rules/packs/streng.yaml", "fails-on: info", "fails-on: tip", "fails-on: Input should be"),
        ("rules/packs/publieke-inkoop.yaml", "extends: basis", "extends: bassis", "did you mean 'basis'?"),
        ("rules/packs/basis.yaml", "[AK0,", "[AX0,", "no rule begins with AX0"),
        ("rules/catalogue.yaml", "default-pack: publieke-inkoop", "default-pack: inkoop", "'inkoop' is unknown"),
        (RULE, "severity: error", "severity: erg", "severity: Input should be"),
        (RULE, "code: AK301", "code: AK302", "the file must be called AK302-onbekende-verwijzing.md"),
        (RULE, "code: AK301", "code: [", "AK301-onbekende-verwijzing.md: "),
        ("rules/bronnen/AK701-geen-bron.md", "data: no-source", "data: geen", "there is no rules/data/geen.yaml"),
    ],
)
def test_wrong_data_is_refused(data: Path, file: str, old: str, new: str, words: str) -> None:
    text = (data / file).read_text()
    assert old in text
    (data / file).write_text(text.replace(old, new, 1))
    with pytest.raises(BadKnowledge) as caught:
        load_knowledge(data)
    assert words in str(caught.value)


def test_a_code_is_given_once(data: Path) -> None:
    copy = data / "rules/velden/AK301-onbekende-verwijzing.md"
    shutil.copy(data / RULE, copy)
    with pytest.raises(BadKnowledge, match="AK301 is already"):
        load_knowledge(data)


def test_every_rule_can_be_bound_to_its_check() -> None:
    for rule in knowledge().rules:
        assert activate(rule, {}).kind is CHECKS[rule.check], rule.code


def test_every_hidden_code_exists() -> None:
    codes = {rule.code for rule in knowledge().rules}
    assert {code for rule in knowledge().rules for code in rule.hides} <= codes


def test_keys_of_the_older_layout_are_known() -> None:
    topics = knowledge().types["onderwerp"]
    assert topics.key_of("onderwerpen/publieke-inkoop.md") == "publieke-inkoop"
    assert topics.key_of("onderwerpen/publieke-inkoop/index.md") == "publieke-inkoop"
    assert topics.key_of("governance/index.md") == "governance"
    assert topics.key_of("onderwerpen/index.md") is None
    assert knowledge().types["fase"].key_of("levenscyclus/over-de-levenscyclus.md") is None


def test_packs_build_on_one_another() -> None:
    assert [pack.pack for pack in knowledge().pack_chain("streng")] == ["basis", "publieke-inkoop", "streng"]
    assert knowledge().scope("streng") == knowledge().scope("publieke-inkoop")
    assert knowledge().coverage("streng") == knowledge().coverage("publieke-inkoop")


def test_a_section_is_known_by_any_of_its_headings() -> None:
    measure = knowledge().types["maatregel"]
    for heading in ("Bronnen", "bron:", "BRONNEN (bestaand beleid)"):
        section = measure.section(heading)
        assert section is not None
        assert section.heading == "Bronnen"
    assert measure.section("Bronvermelding") is None


@pytest.mark.parametrize(
    ("name", "directives"),
    [
        ("Hier", {"required": ["lijst"], "places": {"lijst": {"under": "Hier", "form": "<!-- lijst -->"}}}),
        ("Elders", {"expected": [{"directive": "lijst", "unless-text-in": "Elders"}]}),
    ],
)
def test_directives_name_sections_that_there_are(name: str, directives: dict[str, object]) -> None:
    label = {"one": "a", "many": "b"}
    schema = {"type": "a", "label": {"nl": label, "en": label}, "files": [], "directives": directives}
    with pytest.raises(ValueError, match=f"there is no section {name}"):
        ContentType.model_validate({**schema, "sections": ["Bronnen"]})
    ContentType.model_validate({**schema, "sections": [["Bronnen", name]]})
