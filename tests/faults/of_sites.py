"""Faults that take more than one file: pages that are copied, renamed, moved, deleted, and the settings of the site."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.ground import Ground
from tests.faults.model import MARK, Subject

Texts = dict[str, "str | None"]


@dataclass(frozen=True)
class SiteFault:
    """A change of files, by their paths; None: gone. A mark is where one of ``codes`` must be told.

    ``compared``: the run is told of the site as it was. ``more`` is how many findings elsewhere are not too many.
    """

    name: str
    codes: tuple[str, ...]
    make: Callable[[Ground], Texts | None]
    compared: bool = False
    more: int = 1

    def __str__(self) -> str:
        return f"{self.codes[0]} {self.name}"


def _measures(ground: Ground) -> list[Subject]:
    """Measures that nothing is wrong with, those that no other page names first."""
    every = [subject.text for subject in ground.subjects]
    found = [subject for subject in ground.clean if subject.type == "maatregel"]
    return sorted(found, key=lambda subject: sum(subject.key in text for text in every))


def _renamed(path: str, old: str, new: str) -> str:
    folder, slash, name = path.rpartition("/")
    return folder + slash + name.replace(old, new, 1)


def _number(subject: Subject) -> str:
    found = re.search(r"[a-z]{3}-\d\d", subject.key)
    assert found is not None
    return found[0]


def _copied(ground: Ground) -> Texts:
    """A page is copied to another number and gets another title; its id stays that of the first."""
    one = _measures(ground)[0]
    text = re.sub(r"^title: .*", "title: Een heel andere maatregel", one.text, flags=re.M).replace(
        "id: urn", f"{MARK}id: urn"
    )
    return {_renamed(one.path, _number(one), _number(one)[:-2] + "97"): text}


def _copied_with_its_number(ground: Ground) -> Texts:
    one = _measures(ground)[0]
    text = re.sub(r"^title: .*", "title: Een heel andere maatregel", one.text, flags=re.M).replace(
        "id: urn", f"{MARK}id: urn"
    )
    return {one.path.replace(".md", "-kopie.md"): text}


def _renumbered(ground: Ground) -> Texts:
    """The file gets another number, its id does not."""
    one = _measures(ground)[0]
    return {
        one.path: None,
        _renamed(one.path, _number(one), _number(one)[:-2] + "97"): one.text.replace("id: urn", f"{MARK}id: urn"),
    }


def _titled_like_another(ground: Ground) -> Texts:
    one, other = sorted(_measures(ground)[:2], key=lambda subject: subject.path)
    title = re.search(r"^title: .*$", one.text, re.M)
    assert title is not None
    return {other.path: re.sub(r"^title: .*$", lambda m: MARK + title[0], other.text, flags=re.M)}


def _one_reference(ground: Ground) -> tuple[Subject, Subject] | None:
    """A page without errors that one other page names, in its fields; and that other."""
    for subject in ground.clean:
        if subject.type not in ("maatregel", "vereiste"):
            continue
        named = [s for s in ground.subjects if re.search(rf"^- {subject.key}$", s.text, re.M) and s is not subject]
        linked = [s for s in ground.subjects if f"{subject.key}.md" in s.text]
        if len(named) == 1 and not linked:
            return subject, named[0]
    return None


def _deleted(ground: Ground) -> Texts | None:
    """A page is gone, what names it is not."""
    found = _one_reference(ground)
    if found is None:
        return None
    gone, left = found
    return {gone.path: None, left.path: re.sub(rf"^- {gone.key}$", MARK + rf"- {gone.key}", left.text, flags=re.M)}


def _renamed_without_references(ground: Ground) -> Texts | None:
    found = _one_reference(ground)
    if found is None:
        return None
    one, left = found
    new = one.key + "-nieuw"
    return {
        one.path: None,
        one.path.replace(one.key, new): one.text.replace(f"vereiste/{one.key}", f"vereiste/{new}"),
        left.path: re.sub(rf"^- {one.key}$", MARK + rf"- {one.key}", left.text, flags=re.M),
    }


def _folder_like_a_page(ground: Ground) -> Texts:
    return {"docs/onderwerpen/nieuw.md/index.md": f"{MARK}---\ntitle: Nieuw\n---\n\nDe tekst.\n"}


def _gone_id(ground: Ground) -> Texts:
    one = _measures(ground)[0]
    text = one.text.replace(_number(one), _number(one)[:-2] + "97")
    return {one.path: text.replace("id: urn", f"{MARK}id: urn")}


def _page_with_its_id_gone(ground: Ground) -> Texts:
    one = _measures(ground)[0]
    settings = ground.task.site.mkdocs.path
    return {one.path: None, settings: MARK + ground.files[settings].decode()}


def _reused_id(ground: Ground) -> Texts:
    """The id of a page goes to another one, that is new."""
    one, other = _measures(ground)[:2]
    text = re.sub(r"^title: .*", "title: Iets waar nog nooit over is geschreven", other.text, flags=re.M)
    text = re.sub(r"^id: .*", f"{MARK}id: urn:nl:ak:mtr:{_number(one)}", text, flags=re.M)
    numbers = iter(range(1000))
    text = re.sub(r"^([ ]*)[A-Z].{20,}$", lambda m: f"{m[1]}Zin {next(numbers)} stond er nog nooit.", text, flags=re.M)
    return {
        one.path: None,
        _renamed(one.path, one.key, f"{one.key[: one.key.index(_number(one))]}{_number(one)}-geheel-nieuw"): text,
    }


def _nav_to_nothing(ground: Ground) -> Texts | None:
    settings = ground.task.site.mkdocs.path
    text = ground.files[settings].decode().replace("\r\n", "\n")
    changed = re.sub(r"^nav:\n", f"nav:\n{MARK}    - Oud: onderwerpen/bestaat-niet.md\n", text, flags=re.M)
    return None if changed == text else {settings: changed}


def _made_from_another(ground: Ground) -> Texts:
    """A list that is made from another file was changed by hand."""
    made = "<!-- Dit bestand wordt automatisch gegenereerd vanuit includes/nieuwe-begrippen.md -->"
    rows = f"| Begrip | Definitie |\n| ---- | ---- |\n{MARK}| aanbieder | Wie een systeem maakt. |\n"
    return {
        "includes/nieuwe-begrippen.md": "*[aanbieder]: Wie een systeem op de markt brengt.\n",
        "docs/nieuwe-woorden.md": f"---\ntitle: Nieuwe woorden\n---\n\n{made}\n\n{rows}",
    }


def _nothing_to_list(ground: Ground) -> Texts:
    text = f"---\ntitle: Tester\n---\n\n# Tester\n\n{MARK}<!-- list_maatregelen rollen/tester -->\n"
    return {"docs/rollen/tester.md": text}


FAULTS = (
    SiteFault("a copied page with the id left", ("AK203",), _copied),
    SiteFault("a copied page with number and id left", ("AK202",), _copied_with_its_number),
    SiteFault("a file that got another number", ("AK203",), _renumbered),
    SiteFault("two pages of one title", ("AK206",), _titled_like_another),
    SiteFault("a page deleted that others name", ("AK301",), _deleted),
    SiteFault("a page renamed without what names it", ("AK301",), _renamed_without_references),
    SiteFault("a folder called like a page", ("AK006",), _folder_like_a_page),
    SiteFault("a list of nothing", ("AK507",), _nothing_to_list),
    SiteFault("an id changed", ("AK204",), _gone_id, compared=True),
    SiteFault("a page with an id deleted", ("AK204",), _page_with_its_id_gone, compared=True),
    SiteFault("an id given to another page", ("AK205",), _reused_id, compared=True),
    SiteFault("a page in the menu that is not there", ("AK612",), _nav_to_nothing),
    SiteFault("a list changed by hand that is made from another file", ("AK907",), _made_from_another),
)
