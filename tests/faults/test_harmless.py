"""What harms nothing gives no finding: other spelling of the same, and good text of every kind."""

from __future__ import annotations

import re

import pytest

from tests.corpus import NEWEST_RELEASE, takes_long
from tests.faults.finding import outcomes, some_of_each, trials_of
from tests.faults.ground import Ground, ground, told
from tests.faults.harmless import CHANGES
from tests.faults.model import Subject

pytestmark = pytest.mark.slow

FEW = 2
"""Pages in which each change is made."""
NEW_PAGES = {
    "maatregel": ("2-owp-98-nieuw.md", "mtr:owp-98"),
    "vereiste": ("awb-98-nieuw.md", "ver:awb-98"),
    "hulpmiddel": ("nieuw.md", ""),
    "onderwerp": ("nieuw.md", ""),
    "fase": ("nieuw.md", ""),
    "rol": ("nieuw.md", ""),
}


@pytest.mark.parametrize("name", ["voorbeeld", *NEWEST_RELEASE])
def test_a_harmless_change_gives_nothing(name: str) -> None:
    site = ground(name)
    trials = some_of_each(CHANGES, site.subjects, FEW)
    if name != "voorbeeld":
        assert {trial.fault.name for trial in trials} == {change.name for change in CHANGES}
    told_of = outcomes(site, trials, whole=name == "voorbeeld")
    assert [f"{item.trial.fault}: {item.missed}" for item in told_of if item.missed] == []


@takes_long
@pytest.mark.parametrize("name", ["minimaal", "voorbeeld", *NEWEST_RELEASE])
def test_a_harmless_change_gives_nothing_on_any_page(name: str) -> None:
    site = ground(name)
    trials = [trial for change in CHANGES for trial in trials_of(change, site.subjects)]
    told_of = outcomes(site, trials, whole=False)
    assert [f"{item.trial.fault}: {item.missed}" for item in told_of if item.missed] == []


def _of_type(site: Ground, name: str) -> Subject:
    return next(subject for subject in site.clean if subject.type == name)


@pytest.mark.parametrize("kind", NEW_PAGES)
def test_a_new_page_like_another_gives_nothing(kind: str) -> None:
    site = ground("voorbeeld")
    like = _of_type(site, kind)
    file, number = NEW_PAGES[kind]
    text = re.sub(r"^title: .*", "title: Iets heel nieuws", like.text, flags=re.M)
    text = re.sub(r"^id: .*", f"id: urn:nl:ak:{number}", text, flags=re.M)
    text = text.replace(like.key, file.removesuffix(".md"))
    allowed = ["AK507"] if kind in ("onderwerp", "fase", "rol", "vereiste") else []  # nothing is listed there yet
    new = site.new({like.path.rpartition("/")[0] + "/" + file: text})
    assert [item for item in new if item.problem.code not in allowed] == [], told(new)


@pytest.mark.parametrize("kind", NEW_PAGES)
def test_a_page_renamed_with_all_that_names_it_gives_nothing(kind: str) -> None:
    """Told of the site as it was, too."""
    site = ground("voorbeeld")
    page = _of_type(site, kind)
    new_key = f"{page.key}-vernieuwd"
    named = re.compile(rf"(?<![\w-]){re.escape(page.key)}(?![\w-])(?=\.md|[\s\"'#]|$)")
    texts = {s.path: named.sub(new_key, s.text) for s in site.subjects if named.search(s.text)}
    settings = site.task.site.mkdocs.path
    texts[settings] = named.sub(new_key, site.files[settings].decode())
    moved = texts.pop(page.path, page.text)
    changed: dict[str, str | None] = {**texts, page.path: None, page.path.replace(page.key, new_key): moved}
    assert told(site.new(changed)) == []
    assert told(site.new(changed, compared=True)) == []
