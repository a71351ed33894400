from __future__ import annotations

import pytest

from algokader_lint.knowledge import BadKnowledge
from algokader_lint.selection import Choice, UnknownName, choose, find_prefix, find_rule
from tests.sites_in_tests import knowledge


def codes(**choice: object) -> list[str]:
    options: dict[str, object] = {"pack": "publieke-inkoop", **choice}
    return [active.rule.code for active in choose(knowledge(), Choice(**options))]  # type: ignore[arg-type]


def test_a_pack_runs_its_rules_and_those_it_extends() -> None:
    every = [rule.code for rule in knowledge().rules]
    strict = ("AK402", "AK409", "AK901")
    assert codes(pack="streng") == every
    assert codes() == [code for code in every if code not in strict]
    assert codes(pack="basis") == [code for code in every if code not in ("AK303", "AK805", *strict)]


def test_select_chooses_from_the_whole_catalogue() -> None:
    assert codes(pack="basis", select=["AK303"]) == ["AK303"]
    assert codes(select=["geen-verwijzing", "ak30"]) == ["AK301", "AK302", "AK303"]


def test_the_longest_prefix_wins_and_a_tie_is_ignored() -> None:
    assert codes(select=["AK3"], ignore=["AK301"]) == ["AK302", "AK303"]
    assert codes(select=["AK301"], ignore=["AK3"]) == ["AK301"]
    assert codes(select=["AK3"], ignore=["AK3"]) == []


def test_ignore_removes_what_a_pack_names() -> None:
    assert not any(code.startswith("AK3") for code in codes(ignore=["AK3"]))


def test_severity_and_options_come_on_top() -> None:
    choice = Choice(
        pack="basis",
        select=["AK206"],
        severity={"dubbele-titel": "info"},
        options={"AK206": {"field": "toelichting"}},
    )
    (active,) = choose(knowledge(), choice)
    assert active.severity == "info"
    assert active.options.model_dump() == {"field": "toelichting"}


@pytest.mark.parametrize(
    ("choice", "what", "near"),
    [
        ({"pack": "basi"}, "pack", ("basis",)),
        ({"select": ["AK3O1"]}, "rule", None),
        ({"ignore": ["geen-brn"]}, "rule", ("geen-bron",)),
        ({"severity": {"AK9": "error"}}, "rule", None),
        ({"options": {"AK206": {"feild": "x"}}}, "option", ("field",)),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    choice: dict[str, object], what: str, near: tuple[str, ...] | None
) -> None:
    with pytest.raises(UnknownName) as caught:
        codes(**choice)
    assert caught.value.what == what
    assert near is None or caught.value.near == near


def test_a_wrong_option_value_names_rule_and_option() -> None:
    with pytest.raises(BadKnowledge, match=r"AK206: field: "):
        codes(options={"AK206": {"field": 3}})


def test_names_are_found_in_any_case() -> None:
    assert find_rule(knowledge(), "ak301").code == "AK301"
    assert find_rule(knowledge(), "Onbekende-Verwijzing").code == "AK301"
    assert find_prefix(knowledge(), "ak30") == "AK30"
