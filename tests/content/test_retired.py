"""The list of retired ids: what is written is read back, and how it is told that it cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from algokader_lint.content.retired import BadRetiredIds, RetiredId, added, entry_text, extended, read_retired_ids

ENTRY = "- id: urn:nl:ak:mtr:owp-01\n  title: Een\n  reason: samengevoegd\n"


@pytest.mark.parametrize("title", ["Een", 'Een "b" \\ c: d', "a\u2028b", "# a", "x\u0085y\u200bz", "'", "yes", "é😀"])
def test_what_is_written_is_read_back(title: str) -> None:
    entry = RetiredId(id="urn:nl:ak:mtr:owp-02", title=title, release="v2.0", reason="weg: nu", until=date(2027, 1, 31))
    text = extended(ENTRY.rstrip("\n"), "Een kop\n\nmet uitleg", [entry])
    assert text.startswith(ENTRY + "\n- id: urn:nl:ak:mtr:owp-02\n")
    read = read_retired_ids("x.yaml", text.encode())
    assert read.entries[1:] == (entry,)
    assert read.file is not None
    assert read.file.path == "x.yaml"
    assert len(entry_text(entry).splitlines()) == 6  # the successor is there to be filled in


def test_a_new_list_begins_with_what_it_is() -> None:
    text = extended("", "Een kop\n\nmet uitleg", [RetiredId(id="a:b", title="T", reason="r")])
    assert text.startswith("# Een kop\n#\n# met uitleg\n\n- id: a:b\n")


def test_what_is_on_the_list_is_not_put_on_it_again() -> None:
    known = read_retired_ids("x.yaml", ENTRY.encode())
    (same,) = known.entries
    others = [RetiredId(id=same.id, title=title, reason="r") for title in ("EEN", "Twee")]
    assert [entry.title for entry in added(known, others)] == ["Twee"]


def test_entries_that_have_ended_are_of_the_past() -> None:
    ending = ENTRY + "  until: 2027-01-31\n"
    listed = read_retired_ids("x.yaml", (ENTRY + ending).encode())
    assert [len(listed.in_force(day).entries) for day in (date(2027, 1, 31), date(2027, 2, 1))] == [2, 1]
    assert listed.in_force(date(2027, 2, 1)).file is listed.file


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"- id: a\n  title: \xff\n", ("not-utf-8", 2, "", "")),
        (b"# lijst\n- id: [a\n", ("open-bracket", 2, "[", "")),
        (b"id: a\n", ("no-list", 1, "", "")),
        (b"- a\n", ("no-mapping", 1, "", "")),
        (b"- id: a\n  titel: b\n", ("unknown-key", 2, "titel", "title")),
        (b"- id: a\n  kleur: b\n", ("unknown-key", 2, "kleur", "")),
        (b"- id: a\n  title: [b]\n", ("value", 2, "title", "")),
        (b"- id: a\n  title: ~\n  reason: c\n", ("missing-key", 1, "title", "")),
        (b"- id: a\n  title: b\n  reason: c\n  until: morgen\n", ("date", 4, "until", "")),
    ],
)
def test_a_list_that_cannot_be_used_is_told_with_its_line(data: bytes, expected: tuple[str, int, str, str]) -> None:
    with pytest.raises(BadRetiredIds) as caught:
        read_retired_ids("x.yaml", data)
    told = caught.value
    assert (told.kind, told.line, told.detail, told.near) == expected
