"""One fault in a clean page gives a finding at its place, and at most one more elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from algokader_lint.engine.fixing import try_fixes
from tests.corpus import NEWEST_RELEASE, takes_long
from tests.faults import of_sites
from tests.faults.catalogue import ACTIVE, ALL
from tests.faults.finding import OF_OTHERS, Outcome, outcomes, rounds, some_of_each, trials_of
from tests.faults.ground import CODES, ground, missed, told
from tests.faults.model import unmarked

NOT_YET: frozenset[str] = frozenset()
"""Rules that have faults waiting for them. Empty when all are there."""
NO_FAULT = frozenset({"AK805", *(f"AK71{number}" for number in range(1, 8))})
"""What no text shows by itself: what servers answer, and what a change does to coverage."""
WITHIN = ("AK4", "AK6", "AK7", "AK901")
"""Beginnings of rules on what stands in a text, which says nothing of other pages."""


@cache
def found(name: str) -> Mapping[str, Outcome]:
    """What came of each fault in one clean page of a site, by the name of the fault."""
    site = ground(name)
    trials = some_of_each(ACTIVE, site.clean)
    wide = [trial for trial in trials if name == "voorbeeld" and not trial.fault.codes[0].startswith(WITHIN)]
    narrow = [trial for trial in trials if trial not in wide]
    return {item.trial.fault.name: item for item in (*outcomes(site, wide), *outcomes(site, narrow, whole=False))}


def test_every_rule_has_faults() -> None:
    codes = {fault.codes[0] for fault in ALL} | {fault.codes[0] for fault in of_sites.FAULTS}
    assert codes >= CODES - NO_FAULT
    assert codes - CODES == NOT_YET, "rules that are there are not waited for"
    assert len({fault.name for fault in ALL}) == len(ALL) >= 300


@pytest.mark.parametrize("name", [pytest.param("minimaal", marks=takes_long), "voorbeeld", *NEWEST_RELEASE])
def test_each_fault_is_found(name: str) -> None:
    missing = [f"{item.trial.fault}: {item.missed}" for item in found(name).values() if item.missed]
    assert missing == []


@pytest.mark.parametrize("name", ["voorbeeld", *NEWEST_RELEASE])
def test_each_fault_can_be_put_somewhere(name: str) -> None:
    assert [str(fault) for fault in ACTIVE if fault.name not in found(name)] == []


SITE_FAULTS = [fault for fault in of_sites.FAULTS if fault.codes[0] in CODES]


@pytest.mark.parametrize("fault", SITE_FAULTS, ids=str)
def test_a_fault_of_several_files_is_found(fault: of_sites.SiteFault) -> None:
    site = ground("voorbeeld")
    texts = fault.make(site)
    assert texts is not None
    changed = {path: unmarked(text) for path, text in texts.items() if text is not None}
    new = site.new({path: changed[path].text if path in changed else None for path in texts}, compared=fault.compared)
    (place,) = (path for path, item in changed.items() if item.lines)
    assert missed(place, fault.codes, changed[place], new, fault.more) == ""


@pytest.mark.slow
def test_what_repairs_a_fault_leaves_nothing_of_it() -> None:
    """All fixes of all pages with a fault together; what is left are faults that have none, or one in vain."""
    site = ground("voorbeeld")
    mendable = [item.trial for item in found("voorbeeld").values() if _can_be_mended(item)]
    assert len(mendable) > 80
    for trials in rounds(mendable):
        changed = site.changed({trial.subject.path: trial.changed.text for trial in trials})
        texts = {item.file.path: item.text for item in try_fixes(site.run_on(changed), unsafe=True).files}
        left = site.new({trial.subject.path: texts.get(trial.subject.path, trial.changed.text) for trial in trials})
        for trial in trials:
            own = [item for item in left if item.file.path == trial.subject.path and item.problem.code != OF_OTHERS]
            assert own == [], f"{trial.fault}: {told(own)}"


def _can_be_mended(outcome: Outcome) -> bool:
    """Whether all that a fault brings about has a fix."""
    return bool(outcome.new) and all(item.fix is not None for item in outcome.new)


@takes_long
@pytest.mark.parametrize("name", ["minimaal", "voorbeeld", *NEWEST_RELEASE])
def test_each_fault_is_found_on_every_page(name: str) -> None:
    site = ground(name)
    trials = [trial for fault in ACTIVE for trial in trials_of(fault, site.clean)]
    assert [f"{item.trial.fault}: {item.missed}" for item in outcomes(site, trials, whole=False) if item.missed] == []
