from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.pairing import pair_pages
from algokader_lint.content.site import Site
from tests.corpus import clone_release, needs_corpus
from tests.sites_in_tests import knowledge, minimal_site, open_folder

FOLDER = "docs/voldoen-aan-wetten-en-regels/maatregelen"
WORDS = ["contract", "eisen", "toezicht", "logboek", "audit", "risico", "data", "bezwaar"]


def measure(title: str, number: str, lines: list[str]) -> str:
    body = "\n".join(f"{line}\n" for line in lines)
    return f"---\ntitle: {title}\nid: urn:nl:ak:mtr:{number}\n---\n\n## Maatregel\n\n{body}"


def own_lines(word: str) -> list[str]:
    return [f"Over {word} zeggen we in zin {n} iets dat alleen over {word} gaat." for n in range(6)]


def paired(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> dict[str, str | None]:
    """What each page of before became, by stem."""
    reader = PageReader(knowledge().types)

    def site(name: str, pages: dict[str, str]) -> Site:
        files = {f"{FOLDER}/{stem}.md": text for stem, text in pages.items()}
        return open_folder(minimal_site(tmp_path / name, files), reader=reader)

    one, other = site("before", before), site("after", after)
    pairs = pair_pages(one, other)
    found = {stem: pairs.after(one.of_type("maatregel")[stem]) for stem in before}
    for page in one.pages:
        became = pairs.after(page)
        assert became is None or pairs.before(became) is page
    return {stem: page.key if page else None for stem, page in found.items()}


def test_a_renumbering_moves_every_number_to_another_page(tmp_path: Path) -> None:
    before = {f"2-owp-{n:02}-{w}": measure(f"Over {w}", f"owp-{n:02}", own_lines(w)) for n, w in enumerate(WORDS, 2)}
    after = {f"2-owp-{n:02}-{w}": measure(f"Over {w}", f"owp-{n:02}", own_lines(w)) for n, w in enumerate(WORDS, 3)}
    expected = {f"2-owp-{n:02}-{w}": f"2-owp-{n + 1:02}-{w}" for n, w in enumerate(WORDS, 2)}
    assert paired(tmp_path, before, after) == expected


def test_neither_number_nor_id_is_believed_by_itself(tmp_path: Path) -> None:
    before = {"2-owp-05-contract": measure("Leg afspraken vast", "owp-05", own_lines("contract"))}
    after = {"2-owp-05-milieu": measure("Meet de impact op het klimaat", "owp-05", own_lines("milieu"))}
    assert paired(tmp_path, before, after) == {"2-owp-05-contract": None}


def test_another_name_with_the_same_id_and_title_or_text_is_the_same_page(tmp_path: Path) -> None:
    before = {
        "2-owp-05-contract": measure("Leg afspraken vast", "owp-05", own_lines("contract")),
        "2-owp-06-eisen": measure("Stel eisen", "owp-06", own_lines("eisen")),
    }
    after = {
        "2-owp-05-verdrag": measure("Leg de afspraken vast", "owp-05", own_lines("iets heel anders")),
        "2-owp-06-programma": measure("Programma", "owp-06", own_lines("eisen")[:3] + own_lines("programma")[:3]),
    }
    assert paired(tmp_path, before, after) == {
        "2-owp-05-contract": "2-owp-05-verdrag",
        "2-owp-06-eisen": "2-owp-06-programma",
    }


def test_another_name_number_and_title_with_most_of_the_text_is_the_same_page(tmp_path: Path) -> None:
    before = {"2-owp-05-contract": measure("Leg afspraken vast", "owp-05", own_lines("contract"))}
    text = [*own_lines("contract")[:5], "Een nieuwe zin."]
    after = {"1-pba-09-verdrag": measure("Iets geheel nieuws", "pba-09", text)}
    assert paired(tmp_path, before, after) == {"2-owp-05-contract": "1-pba-09-verdrag"}


def test_a_page_written_anew_is_known_by_nearly_the_same_title(tmp_path: Path) -> None:
    before = {
        "eisen_stellen": measure("Maak de vereiste onderdeel van het programma van eisen", "xxx-01", ["Oud."]),
        "sla": measure("Maak de vereiste onderdeel van Service Level Agreement", "xxx-02", ["Oud."]),
        "contract": measure("Leg de afspraken vast", "xxx-03", ["Oud."]),
    }
    after = {
        "2-owp-25-pve": measure("Maak vereisten onderdeel van programma van eisen", "owp-25", ["Nieuw."]),
        "2-owp-26-sla": measure("Maak vereisten onderdeel van Service Level Agreement", "owp-26", ["Nieuw."]),
        "2-owp-27-archief": measure("Stel de afspraken over het archief vast", "owp-27", ["Nieuw."]),
    }
    assert paired(tmp_path, before, after) == {
        "eisen_stellen": "2-owp-25-pve",
        "sla": "2-owp-26-sla",
        "contract": None,
    }


def test_two_pages_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    before = {"2-owp-05-contract": measure("A", "owp-05", ["Kort."])}
    after = {
        "2-owp-06-contract": measure("B", "owp-06", ["Anders."]),
        "3-dat-06-contract": measure("C", "dat-06", ["x"]),
    }
    assert paired(tmp_path, before, after) == {"2-owp-05-contract": None}


@settings(max_examples=15)
@given(st.permutations(range(len(WORDS))))
def test_whatever_the_order_each_page_finds_itself(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    folder = tmp_path_factory.mktemp("p")
    before = {f"2-owp-{n:02}-{w}": measure(f"Over {w}", f"owp-{n:02}", own_lines(w)) for n, w in enumerate(WORDS)}
    after = {
        f"3-dat-{m:02}-{WORDS[n]}": measure(f"Over {WORDS[n]}", f"dat-{m:02}", own_lines(WORDS[n]))
        for m, n in enumerate(order)
    }
    expected = {f"2-owp-{n:02}-{WORDS[n]}": f"3-dat-{m:02}-{WORDS[n]}" for m, n in enumerate(order)}
    assert paired(folder, before, after) == expected


@needs_corpus
def test_the_renumbering_of_v2_is_followed(tmp_path: Path) -> None:
    """Against titles that both releases have once, which the tool looks at only after names without numbers."""
    reader = PageReader(knowledge().types)
    one, other = (open_folder(clone_release(r, tmp_path / r), reader=reader) for r in ("v1.6.1", "v2.0"))
    pairs = pair_pages(one, other)
    seen = moved = 0
    for type_name in ("maatregel", "vereiste"):
        titles: dict[str, list[str]] = {}
        for page in other.of_type(type_name).values():
            titles.setdefault(page.title.strip(" .").casefold(), []).append(page.key)
        for page in one.of_type(type_name).values():
            same = titles.get(page.title.strip(" .").casefold(), [])
            if len(same) == 1:
                became = pairs.after(page)
                assert became is not None, page.key
                assert became.key == same[0]
                seen += 1
                moved += became.key != page.key
    assert seen > 100
    assert moved > 25
