"""Terms that the site writes in one way: where they are told, where not, and what a fix leaves as it is."""

from __future__ import annotations

import time

import pytest

from algokader_lint.checks.term_uses import Term
from algokader_lint.checks.terms import TermOptions, preferred_term
from algokader_lint.fix import edited
from tests.checks.pages import Bench, options_of

BENCH = Bench()
OPTIONS = options_of("AK901", TermOptions)


def told(text: str) -> list[str]:
    return [found.partition(": ")[2] for found in BENCH.told(preferred_term, OPTIONS, text)]


def repaired(text: str, *, unsafe: bool = True) -> str:
    return BENCH.repaired(preferred_term, OPTIONS, text, unsafe=unsafe)


@pytest.mark.parametrize(
    ("written", "preferred"),
    [
        ("de AI-Verordening", "de AI-verordening"),
        ("de AI verordening", "de AI-verordening"),
        ("de AI Verordening", "de AI-verordening"),
        ("een hoog risico AI-systeem", "een hoog-risico-AI-systeem"),
        ("een hoog-risico AI systeem", "een hoog-risico-AI-systeem"),
        ("een hoogrisico AI-systeem", "een hoog-risico-AI-systeem"),
        ("Hoog risico AI is", "Hoog-risico-AI is"),
        ("een AI systeem met een hoog risico", "een AI-systeem met een hoog risico"),
        ("nieuwe AI toepassingen", "nieuwe AI-toepassingen"),
    ],
)
def test_spelling_is_mended_without_being_asked(written: str, preferred: str) -> None:
    assert len(told(written)) == 1
    assert repaired(written, unsafe=False) == preferred
    assert told(preferred) == []


@pytest.mark.parametrize(
    ("written", "preferred"),
    [
        ("de inzet van algoritmen", "de inzet van algoritmes"),
        ("Algoritmen zijn", "Algoritmes zijn"),
        ("Zo is het. Algoritmen zijn", "Zo is het. Algoritmes zijn"),
        ("**Algoritmen** zijn", "**Algoritmes** zijn"),
        ("- Algoritmen zijn", "- Algoritmes zijn"),
        ("risicoselectie-algoritmen", "risicoselectie-algoritmes"),
        ("een hoog-impact algoritme", "een impactvol algoritme"),
        ("AI-geletterheid", "AI-geletterdheid"),
    ],
)
def test_another_word_is_for_who_asks(written: str, preferred: str) -> None:
    assert len(told(written)) == 1
    assert repaired(written, unsafe=False) == written
    assert repaired(written) == preferred
    assert told(preferred) == []


@pytest.mark.parametrize(
    "text",
    [
        "Algoritmes, AI-systemen, de AI-verordening en hoog-risico-AI.",
        "algoritmenbeleid en algoritmen-beleid",
        "`algoritmen`",
        "```\nalgoritmen\n```",
        "Tekst\n\n    algoritmen\n",
        "<!-- algoritmen -->",
        "[a](../algoritmen.md) en <https://www.ergens.example/algoritmen> en ![algoritmen](a.png)",
        "https://www.ergens.example/algoritmen/algoritmen-algoritmen?a=algoritmen",
        "algoritmen.md, docs/algoritmen en algoritmen@ergens.example",
        "[Handreiking algoritmen](https://www.ergens.example/a)",
        "> In een citaat over algoritmen.",
        "Een noot[^algoritmen].\n\n[^algoritmen]: Noot.",
        '!!! quote "Uit het advies"\n    De AI Verordening gaat over algoritmen.\n',
        '??? Cite "Uit het advies"\n\n    - De AI Verordening\n',
        "Zij noemen dat 'de inzet van algoritmen'.",
        "Zij noemen dat “de inzet\nvan algoritmen”.",
        "De Handreiking Algoritmen van de gemeente.",
        'Zie <span title="algoritmen">dit</span>.',
        "Lees [het kader voor algoritmen](https://www.ergens.example/a): het kader voor algoritmen helpt.",
        "systemen met een hoog risico",
        "GenAI systemen",
        "AI models in English, AI systems too",
        "hoog risico AI -systemen",
        "",
    ],
)
def test_what_is_not_told(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "## {}",
        "- een lijst\n    - {}",
        '!!! note "{}"\n    tekst',
        '!!! note "Let op"\n    {}',
        '??? note "Let op"\n    {}',
        '=== "Tab"\n    {}',
        "| kop |\n| --- |\n| {} |",
        "Tekst[^1]\n\n[^1]: {}",
        "Café ☕ {}\r\nen verder\r\n",
        "[{}](../a.md)",
        "**{}**",
        "Foto's van {}",
    ],
)
def test_where_it_is_told(frame: str) -> None:
    text = frame.format("de AI-Verordening")
    assert told(text) == ["AI-Verordening"]
    assert repaired(text) == frame.format("de AI-verordening")


def test_a_heading_keeps_its_anchor() -> None:
    """A link to it would lead nowhere; a hyphen for a space changes nothing in it."""
    text = "## Inzet van algoritmen\n\n## Hoog risico AI\n"
    assert told(text) == ["algoritmen", "Hoog risico AI"]
    assert repaired(text) == "## Inzet van algoritmen\n\n## Hoog-risico-AI\n"


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_text_in_front_matter(quote: str) -> None:
    value = f"{quote}Over AI-Verordening, algoritmen{quote} # algoritmen"
    text = f"---\r\ntitle: Algoritmen\r\ntoelichting: {value}\r\n---\r\n"
    page = BENCH.page(text)
    found = list(preferred_term(BENCH.site, page, OPTIONS))
    assert [(page.source.slice(one.span), one.field) for one in found] == [
        ("AI-Verordening", "toelichting"),
        ("algoritmen", "toelichting"),
    ]
    mended = edited(page.source, [edit for one in found if one.fix for edit in one.fix.edits])
    assert mended == text.replace("AI-Verordening, algoritmen", "AI-verordening, algoritmes")


@pytest.mark.parametrize("value", [">\n  Over\n  algoritmen", "[algoritmen]", "", '"\\u0061lgoritmen"'])
def test_text_in_front_matter_whose_place_is_not_certain(value: str) -> None:
    assert told(f"---\ntitle: A\ntoelichting: {value}\n---\n") == []


def test_a_page_that_is_made_is_not_the_place_to_change_a_term() -> None:
    made = "<!-- Dit bestand wordt automatisch gegenereerd vanuit includes/begrippenlijst.md -->\n\nalgoritmen\n"
    assert told(made) == []
    assert told(made.replace("automatisch gegenereerd", "met de hand gemaakt")) == ["algoritmen"]


@pytest.mark.parametrize(
    ("link", "after"),
    [
        ("[AI systeem][]", "[AI-systeem][AI systeem]"),
        ("[Een AI systeem hier]", "[Een AI-systeem hier][Een AI systeem hier]"),
        ("[**AI systeem**] []", "[**AI-systeem**][**AI systeem**]"),
    ],
)
def test_a_link_by_its_own_text_keeps_its_label(link: str, after: str) -> None:
    definition = f"\r\n\r\n{link.partition(']')[0]}]: onderwerpen/data.md\r\n"
    text = f"Zie {link}.{definition}"
    assert told(text) == [link]
    assert repaired(text, unsafe=False) == text.replace(link, after, 1)
    (finding,) = BENCH.findings(preferred_term, OPTIONS, text)
    assert finding.values == {"value": link, "new": after}


def test_a_link_by_another_label_changes_its_text_alone() -> None:
    text = "[AI systeem][ai]\n\n[ai]: onderwerpen/data.md\n"
    assert repaired(text, unsafe=False) == text.replace("AI systeem", "AI-systeem")


EXPLAINED = "\n\n*[hoog risico AI (wet)] : Uitleg.\n"


def test_a_name_that_is_explained_changes_with_its_explanation() -> None:
    text = f"Een hoog risico AI (wet), en hoog risico AI.\n\n- hoog risico AI (wet){EXPLAINED}"
    found = BENCH.findings(preferred_term, OPTIONS, text)
    assert [len(one.related) for one in found] == [1, 0, 1]
    assert repaired(text, unsafe=False) == text.replace("hoog risico AI", "hoog-risico-AI")


@pytest.mark.parametrize("other", ["> hoog risico AI (wet)", "'hoog risico AI (wet)'"])
def test_a_name_that_must_stay_somewhere_keeps_its_explanation(other: str) -> None:
    text = f"Een hoog risico AI (wet).\n\n{other}{EXPLAINED}"
    (found,) = BENCH.findings(preferred_term, OPTIONS, text)
    assert found.related
    assert repaired(text) == text


def test_a_name_that_is_explained_in_both_spellings_keeps_its_own_explanation() -> None:
    text = f"Een hoog risico AI (wet) of hoog-risico-AI (wet).{EXPLAINED}\n*[hoog-risico-AI (wet)]: y\n"
    assert len(BENCH.findings(preferred_term, OPTIONS, text)) == 1
    assert repaired(text) == text


def test_the_first_term_counts() -> None:
    first = Term(variant="a", forms="een twee", prefer="1")
    second = Term(variant="b", forms="twee", prefer="2")
    options = OPTIONS.model_copy(update={"terms": OPTIONS.terms.model_copy(update={"terms": (first, second)})})
    assert BENCH.repaired(preferred_term, options, "een twee twee", unsafe=True) == "1 2"


@pytest.mark.parametrize(
    "piece",
    [
        "algoritmen ",
        "'",
        "' a",
        "“ algoritmen ",
        "AI ",
        "hoog-",
        "[algoritmen](//a.b/c) ",
        "algoritmen\n\n*[algoritmen]: x\n\n",
    ],
)
def test_hostile_text_costs_little(piece: str) -> None:
    page = BENCH.page("algoritmen " + piece * (30_000 // len(piece)))
    begun = time.process_time()
    list(preferred_term(BENCH.site, page, OPTIONS))
    assert time.process_time() - begun < 1
