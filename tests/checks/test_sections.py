from __future__ import annotations

import time

import pytest

from algokader_lint.checks.directive_grammar import GrammarOptions
from algokader_lint.checks.headings import heading_level, repeated_heading
from algokader_lint.checks.options import NoOptions
from algokader_lint.checks.sections import section_filled, section_order, section_present
from tests.checks.pages import Bench, options_of
from tests.checks.typed import typed_page

BENCH = Bench()
GRAMMAR = options_of("AK403", GrammarOptions)
MEASURE = ["Maatregel", "Toelichting", "Risico", "Bijbehorende vereiste(n)", "Bronnen", "Voorbeelden"]


def page_with(*headings: str) -> str:
    return "\n".join(f"## {heading}\n\nTekst.\n" for heading in headings)


def missing(text: str, folder: str = "maatregelen", fields: str = "title: Een titel") -> list[str]:
    page = typed_page(BENCH, text, folder, fields)
    found = section_present(BENCH.site, page, GRAMMAR)
    return [f"{finding.variant} {finding.field}".strip() for finding in found]


def empty(text: str) -> list[str]:
    return BENCH.told(section_filled, GRAMMAR, text)


def test_a_whole_page_lacks_nothing_and_each_heading_is_missed() -> None:
    assert missing(page_with(*MEASURE)) == []
    for heading in MEASURE:
        assert missing(page_with(*(other for other in MEASURE if other != heading))) == [heading]


@pytest.mark.parametrize(
    ("heading", "other"),
    [
        ("Risico", "risico"),
        ("Risico", "RISICO  "),
        ("Risico", "Risico:"),
        ("Risico", "**Risico**"),
        ("Risico", "Risico { data-search-exclude }"),
        ("Risico", "Risico {: #gevaar }"),
        ("Risico", "Risico #"),
        ("Risico", "[Risico](../risico.md)"),
        ("Bronnen", "Bron"),
        ("Bronnen", "Bronnen (bestaand beleid)"),
        ("Voorbeelden", "Voorbeeld"),
        ("Voorbeelden", "Voorbeeld(en)"),
        ("Bijbehorende vereiste(n)", "Bijbehorende vereisten { data-search-exclude }"),
    ],
)
def test_form_and_variants_of_a_heading_do_not_count(heading: str, other: str) -> None:
    text = page_with(*MEASURE).replace(f"## {heading}\n", f"## {other}\n")
    assert missing(text) == []
    assert missing(text.replace("\n", "\r\n")) == []


def test_other_headings_may_stand_between() -> None:
    assert missing(f"# Titel\n{page_with(*MEASURE)}\n## Wie doet dit?\n\nJij.\n") == []


def test_a_section_that_falls_under_another_one_is_told() -> None:
    assert missing(page_with(*MEASURE).replace("## Risico", "### Risico")) == ["too-deep Risico"]
    assert missing(page_with(*MEASURE).replace("## Risico\n", "Risico\n------\n")) == []


@pytest.mark.parametrize(
    ("instead", "told"),
    [
        ("!!! note\n\n    ## Risico\n\n    Tekst.\n", "boxed Risico"),
        ("**Risico**\n\nTekst.\n", "plain-text Risico"),
        (" ## Risico\n\nTekst.\n", "plain-text Risico"),
        ("## Rsico\n\nTekst.\n", "misspelt Risico"),
        ("```md\n## Risico\n```\n", "Risico"),
        ("<!--\n## Risico\n-->\n", "Risico"),
        ("## Iets anders\n\nTekst.\n", "Risico"),
    ],
)
def test_what_stands_there_instead(instead: str, told: str) -> None:
    assert missing(page_with(*MEASURE).replace("## Risico\n\nTekst.\n", instead)) == [told]


def test_part_of_a_heading_is_told() -> None:
    assert missing(page_with(*MEASURE).replace("Bijbehorende vereiste(n)", "Vereisten")) == [
        "misspelt Bijbehorende vereiste(n)"
    ]


INSTRUMENT = ["Hulpmiddel", "Relevantie", "Auteur"]
FACTSHEET = "title: Een titel\ncategorie:\n- factsheet"


def test_families_have_sections_of_their_own() -> None:
    assert missing("## Hulpmiddel\n", "hulpmiddelen") == ["Relevantie", "Auteur"]
    assert missing("## Hulpmiddel\n", "hulpmiddelen", FACTSHEET) == []
    assert missing("", "hulpmiddelen", FACTSHEET) == ["Hulpmiddel"]
    assert missing("## Hulpmiddel\n## Hulpmiddelen bij de AI-verordening\n", "hulpmiddelen") == []
    assert missing("## Wat zijn standaarden?\n", "hulpmiddelen", "title: x\ncategorie: standaard") == []
    assert missing("", "hulpmiddelen", "title: x\ncategorie: standaarden") == []  # which family is not known


def test_a_list_is_only_asked_where_there_is_something_to_list() -> None:
    text = page_with(*INSTRUMENT)
    assert missing(text, "hulpmiddelen") == []
    assert missing(text, "hulpmiddelen", "title: x\nvereiste:\n- aia-01-menselijk-toezicht") == [
        "Bijbehorende vereisten"
    ]
    assert missing(text, "hulpmiddelen", "title: x\nvereiste:\n") == []


def test_a_directive_without_an_end_is_all_that_is_told_of_what_it_swallows() -> None:
    whole = page_with(*MEASURE)
    for end in ("", " --", " -- >", "->"):
        assert missing(f"<!-- tags{end}\n\n{whole}\n<!-- tags -->\n") == []
        assert missing(f"<!-- tags{end}\n\n{whole.replace('## Risico', '## Gevaar { .x }')}") == ["Risico"]
    assert missing(f"<!-- nog bespreken\n\n{whole}\n-->") == MEASURE


def test_pages_of_no_type_and_pages_that_cannot_be_read_are_left_alone() -> None:
    assert BENCH.told(section_present, NoOptions(), "Tekst.\n") == []
    assert missing("", fields="title: [") == []


def order(*headings: str) -> list[str]:
    page = typed_page(BENCH, page_with(*headings))
    return [finding.values["heading"] for finding in section_order(BENCH.site, page, NoOptions())]


def test_the_fewest_headings_are_out_of_place() -> None:
    assert order(*MEASURE) == []
    assert order("Risico", "Maatregel", "Toelichting", "Bronnen") == ["Risico"]
    assert order("Maatregel", "Bron", "Toelichting", "Iets anders", "Risico", "Voorbeeld") == ["Bron"]
    assert order("Voorbeeld", "Voorbeelden", "Maatregel", "Toelichting") == ["Voorbeeld"]


@pytest.mark.parametrize(
    "content",
    [
        "Tekst.",
        "- a",
        "![a](b.png)",
        "<img src='b.png' alt='a'>",
        '<iframe src="https://a.example"></iframe>',
        '<div id="kaart"></div>',
        "```\na\n```",
        "    code",
        "| a |\n|---|\n| b |",
        '??? note "Meer"\n    Tekst.',
        "<!-- list_vereisten no-search -->",
        '??? expander "Bekijk"\n    <!-- list_vereisten no-search -->',
        "<!-- list_vereistn no-search -->",
        "<!--list_vereisten no-search-->",
        '--8<-- "stuk.md"',
        "### Onderdeel\n\nTekst.",
        "[^1]: Een voetnoot.",
        "<!-- uitleg --> Tekst.",
        "**é**",
    ],
)
def test_a_section_with_something_in_it(content: str) -> None:
    assert empty(f"## Eerste\n\n{content}\n\n## Tweede\n\nTekst.") == []
    assert empty(f"## Eerste\r\n\r\n{content}\r\n\r\n## Tweede\r\n\r\nTekst.".replace("\n", "\r\n")) == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<!-- Vul hier iets in -->",
        "<!-- a -->\n<!-- b -->",
        "- ",
        "&nbsp;",
        "<br>",
        "---",
        "<br/>\n<!-- a -->",
        "[a]: b.md",
    ],
)
def test_a_section_with_nothing_in_it(content: str) -> None:
    assert empty(f"## Eerste\n\n{content}\n\n## Tweede\n\nTekst.") == ["## Eerste"]
    assert empty(f"## Nulde\n\nTekst.\n\n## Eerste\n{content}") == ["## Eerste"]


def test_a_title_is_no_section_and_a_sub_heading_is_judged_itself() -> None:
    assert empty("# Titel\n\n## Eerste\n\n### Deel\n") == ["### Deel"]
    assert empty("# Titel\n") == []


def test_an_empty_item_that_underlines_is_one_finding() -> None:
    assert empty("## Eerste\n- a\n- \n\n## Tweede\n\nTekst.") == ["accident: - a\n- "]


def repeated(text: str) -> list[str]:
    return BENCH.told(repeated_heading, GRAMMAR, text)


def test_repeated_headings() -> None:
    assert repeated("## A\n\nx\n\n## B\n\n## a { #x }\n\nx\n") == ["## a { #x }"]
    assert repeated("## A\n\n### C\n\n## B\n\n### C\n\n#### A\n") == []
    assert repeated("## A\n\n### C\n\nx\n\n### D\n\n### C\n\nx") == ["### C"]
    assert repeated('=== "a"\n    ## X\n\n=== "b"\n    ## X\n') == []
    assert repeated("## A\n\n```\n## A\n```\n\n<!-- ## A -->\n") == []
    assert repeated("##\n\n##\n") == []


def test_of_repeated_headings_an_empty_one_is_to_go() -> None:
    assert repeated("## A\n\n## A\n\nx") == ["empty: ## A"]
    page = BENCH.page("x\n\n## A\n\n## B\n\n## A\n\nx\n\n## A\n\n<!-- x -->\n")
    found = list(repeated_heading(BENCH.site, page, GRAMMAR))
    assert [page.source.position(one.span.start).line for one in found] == [3, 11]
    assert {one.variant for one in found} == {"empty"}


def levels(text: str) -> list[str]:
    return BENCH.told(heading_level, NoOptions(), text)


def test_levels() -> None:
    assert levels("# A\n\n## B\n\n### C\n\n## D\n\n# E\n") == []
    assert levels("## A\n\n#### B\n\n#### C\n\n##### D\n") == ["#### B"]
    assert levels("### A\n\n## B") == ["### A"]
    assert levels("## A\n\n!!! note\n    ##### B\n\n### C") == []
    page = typed_page(BENCH, "# A\n\n## B\n")
    assert [finding.variant for finding in heading_level(BENCH.site, page, NoOptions())] == ["top"]
    page = typed_page(BENCH, "## A\n\n#### B\n", "vereisten")
    assert [finding.values["wanted"] for finding in heading_level(BENCH.site, page, NoOptions())] == ["###"]


@pytest.mark.parametrize("piece", ["## A\n", "## A\n\n- a\n- \n\n", "#### B\n# C\n", "<!-- a -->\n## A\n", "## ((((\n"])
def test_hostile_text_costs_little(piece: str) -> None:
    text = piece * (15_000 // len(piece))
    page = typed_page(BENCH, text)
    started = time.process_time()
    for check in (section_order, heading_level):
        list(check(BENCH.site, page, NoOptions()))
    for check_of_directives in (section_present, section_filled, repeated_heading):
        list(check_of_directives(BENCH.site, page, GRAMMAR))
    assert time.process_time() - started < 0.8
