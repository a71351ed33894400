"""The lists of rules say what the pages of the rules say. ``make rules`` writes them."""

from __future__ import annotations

import os

import pytest

from tests.rule_index import INDEX, README, in_readme, index
from tests.sites_in_tests import knowledge


def test_the_lists_of_rules_are_those_of_today() -> None:
    made = {README: in_readme(README.read_text(encoding="utf-8"), knowledge()), INDEX: index(knowledge())}
    if os.environ.get("GOLDEN") == "write":
        for path, text in made.items():
            path.write_text(text, encoding="utf-8")
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("rule", knowledge().rules, ids=lambda rule: rule.code)
def test_every_rule_is_in_both(rule: object) -> None:
    from algokader_lint.knowledge import Rule

    assert isinstance(rule, Rule)
    assert f"[{rule.code}](rules/{rule.path})" in README.read_text(encoding="utf-8")
    assert f"[{rule.code} {rule.name}]({rule.path})" in INDEX.read_text(encoding="utf-8")
    assert (INDEX.parent / rule.path).is_file()


def test_a_readme_without_a_place_for_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        in_readme("# Readme\n", knowledge())
