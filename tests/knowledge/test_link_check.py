"""What the check of addresses knows of hosts and pages is right, and costs little whatever a stranger sends."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from yarl import URL

from algokader_lint.data import data_folder
from algokader_lint.knowledge import BadKnowledge, LinkCheckData, load_knowledge
from algokader_lint.links.dated import dated_references
from algokader_lint.links.document import DatedReference
from algokader_lint.links.gathering import gather
from algokader_lint.links.signs import Signs
from algokader_lint.links.urls import URL_LIMIT
from tests.corpus import RELEASES, clone_release
from tests.sites_in_tests import knowledge, open_folder

FILE = "rules/data/link-check.yaml"


@pytest.fixture(scope="module")
def data() -> LinkCheckData:
    return knowledge().link_check


@pytest.fixture(scope="module")
def signs(data: LinkCheckData) -> Signs:
    return Signs(data)


LOST = [
    "404",
    "404 - Not Found",
    "404 Not Found",
    "404: This page could not be found",
    "404 | Gemeente Ergens",
    "404 pagina",
    "404 - File or directory not found.",
    "Error 404 (Not Found)!!1",
    "Error 404",
    "Fout 404",
    "Foutcode: 404",
    "HTTP Error 404",
    "HTTP Status 404 – Not Found",
    "Pagina 404",
    "Gemeente Ergens - 404 niet gevonden",
    "Gemeente Ergens | 404",
    "Gemeente Ergens - Fout 404",
    "Pagina niet gevonden",
    "Pagina niet gevonden | Gemeente Ergens",
    "Pagina niet gevonden - Gemeente Ergens",
    "Gemeente Ergens - Pagina niet gevonden",
    "Gemeente Ergens | Deze pagina is niet gevonden",
    "De pagina is niet gevonden",
    "De opgevraagde pagina is niet gevonden",
    "Deze pagina kan niet worden gevonden",
    "Deze pagina kon niet gevonden worden",
    "Sorry, deze pagina is helaas niet meer beschikbaar",
    "Helaas, we kunnen de pagina niet vinden",
    "Webpagina niet gevonden",
    "Pagina bestaat niet",
    "Deze pagina bestaat niet",
    "Deze pagina bestaat niet (meer)",
    "Deze pagina bestaat niet meer | Ergens",
    "Helaas! Deze pagina bestaat niet meer.",
    "Document niet gevonden",
    "Publicatie niet meer beschikbaar",
    "Niet gevonden",
    "Niet gevonden - Ergens",
    "Page not found",
    "Page not found | X",
    "Page Not Found – X",
    "Page not found · GitHub Pages",
    "X | Page not found",
    "X: Page not found",
    "Sorry, the page you requested does not exist",
    "This page does not exist",
    "This page doesn’t exist",
    "The page cannot be found",
    "Page no longer exists",
    "Requested page not found",
    "File not found",
    "Object not found!",
    "Not Found",
    "Not found | X",
    "Oops! ...",
    "Oops!",
    "Oops! That page can’t be found. – X",
    "Oeps, deze pagina bestaat niet",
    "Oeps! Er ging iets mis",
    "Sorry, we can't find that page",
]
FOUND = [
    "",
    "Kamerstuk 404",
    "Kamerstuk 26643, nr. 404",
    "Kamerstuk 26 643 - 404",
    "Artikel 404",
    "404 dagen AVG",
    "ISO 404:2020",
    "Zoeken: wat als je niets gevonden hebt",
    "Wet op het niet gevonden voorwerp",
    "Wat als een pagina niet gevonden wordt?",
    "Beleid bij niet gevonden personen",
    "Gevonden en niet gevonden voorwerpen",
    "Niet gevonden voorwerpen | Gemeente Ergens",
    "Not found objects: a study",
    "Why objects are not found",
    "The page that was never found",
    "Documenten die niet beschikbaar zijn",
    "Deze pagina bestaat twintig jaar",
    "Pagina's bestaan niet vanzelf",
    "Oeps, een datalek! En nu?",
    "Oops: a history of mistakes",
    "Error handling in 404 lines",
    "Rijksoverheid.nl",
    "wetten.nl - Regeling - Algemene wet bestuursrecht - BWBR0005537",
    "EUR-Lex - 32016R0679 - NL - EUR-Lex",
]


def test_titles_of_lost_pages(signs: Signs) -> None:
    assert [title for title in LOST if not signs.says_not_found(title)] == []
    assert [title for title in FOUND if signs.says_not_found(title)] == []


ROBOT = [
    "Just a moment...",
    "Attention Required! | Cloudflare",
    "Checking your browser before accessing ergens.example",
    "Please Wait... | Cloudflare",
    "Access Denied",
    "Access to this page has been denied.",
    "Pardon Our Interruption",
    "Request unsuccessful. Incapsula incident ID: 1-2",
    "Are you a robot?",
    "Ergens - Are you a robot?",
    "Even geduld",
    "Even geduld a.u.b. ...",
    "Een ogenblik geduld...",
    "Verifying you are human",
    "Verify that you are human",
    "Client Challenge",
    "Vercel Security Checkpoint",
    "Making sure you're not a bot!",
    "Human Verification",
    "Radware Captcha Page",
    "ERROR: The request could not be satisfied",
    "You have been blocked",
]
HUMAN = [
    "",
    "Access denied: de geschiedenis van toegang",
    "Toegang tot de dienst",
    "Even geduld: wachttijden bij de gemeente",
    "Een ogenblik van geluk",
    "Wat is een captcha?",
    "Robots in de zorg",
    "Human verification of AI decisions in public services: are you human enough",
    "Just a moment: time in administrative law",
    "Please wait for the doctor",
    "Wie ben je? Een robot?",
]


def test_titles_of_pages_for_people_only(signs: Signs) -> None:
    assert [title for title in ROBOT if not signs.asks_for_human({}, title)] == []
    assert [title for title in HUMAN if signs.asks_for_human({}, title)] == []


def test_headers_of_answers_for_people_only(signs: Signs) -> None:
    assert signs.asks_for_human({"cf-mitigated": "challenge"}, "")
    assert not signs.asks_for_human({"cf-mitigated": "", "server": "cloudflare"}, "")


@pytest.mark.parametrize(
    "url",
    [
        "https://ergens.example/login",
        "https://ergens.example/inloggen?next=/a",
        "https://ergens.example/nl/aanmelden/",
        "https://ergens.example/sign-in",
        "https://ergens.example/auth/realms/x",
        "https://ergens.example/adfs/ls/?a=b",
        "https://ergens.example/saml2/idp",
        "https://ergens.example/oauth2/authorize",
        "https://ergens.example/Account/Login.aspx",
        "https://ergens.example/gemeente/wp-login.php",
        "https://ergens.example/users/sign_in",
        "https://ergens.example/_layouts/15/Authenticate.aspx?Source=x",
        "https://login.microsoftonline.com/common/x",
        "https://accounts.google.com/ServiceLogin",
        "https://login.ergens.example/a",
        "https://LOGIN.microsoftonline.com/",
    ],
)
def test_where_one_logs_in(signs: Signs, url: str) -> None:
    assert signs.is_login(URL(url))


@pytest.mark.parametrize(
    "url",
    [
        "https://ergens.example/",
        "https://ergens.example/logistiek",
        "https://ergens.example/authenticiteit",
        "https://ergens.example/nieuws/inloggen-met-digid-wordt-veiliger",
        "https://ergens.example/aanmeldenvoorcursus",
        "https://ergens.example/a?redirect=/login",
        "https://ergens.example/casus/1",
        "https://accounts.google.com.ergens.example/a",
    ],
)
def test_where_one_does_not(signs: Signs, url: str) -> None:
    assert not signs.is_login(URL(url))


def test_first_pages_and_files(signs: Signs) -> None:
    homes = ["https://a.example", "https://a.example/", "https://a.example/nl/", "https://a.example/index.html"]
    others = [
        "https://a.example/nl/over",
        "https://a.example/?p=12",
        "https://a.example/index.html?id=3",
        "https://a.example/nlx",
    ]
    assert [url for url in [*homes, *others] if signs.is_home(URL(url))] == homes
    files = [
        "https://a.example/b.pdf",
        "https://a.example/B.PDF",
        "https://a.example/c.docx?download=1",
        "https://a.example/d.zip",
    ]
    pages = ["https://a.example/b", "https://a.example/pdf", "https://a.example/b.html", "https://a.example/b?c.pdf"]
    assert [url for url in [*files, *pages] if signs.is_file(URL(url))] == files


@pytest.mark.parametrize(
    ("url", "fragment", "told"),
    [
        ("https://a.example/b", "hoofdstuk-3", True),
        ("https://a.example/b", "Hoofdstuk3_Afdeling3.7_Artikel3:46", True),
        ("https://a.example/b", "h.2:a-b_c", True),
        ("https://a.example/b", ":~:text=Een%20zin,einde", False),
        ("https://a.example/b", "kop:~:text=Een", False),
        ("https://a.example/b.pdf", "page=48", False),
        ("https://a.example/b", "/route/naar", False),
        ("https://a.example/b", "!/route", False),
        ("https://a.example/b", "tab=2&x=y", False),
        ("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32016R0679", "d1e1802-1-1", False),
        ("https://github.com/a/b", "readme", False),
        ("https://gemeente.pleio.nl/a", "b", False),
        ("https://notgithub.com/a", "readme", True),
    ],
)
def test_what_a_page_can_tell_of_a_place(signs: Signs, url: str, fragment: str, told: bool) -> None:
    assert signs.can_judge(URL(url), fragment) is told


LAW = "https://wetten.overheid.nl"
EUR = "https://eur-lex.europa.eu"


def dated(url: str, data: LinkCheckData) -> DatedReference | None:
    found = dated_references({url: []}, data)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("url", "law", "day", "undated"),
    [
        (f"{LAW}/BWBR0006502/2020-01-01", "BWBR0006502", (2020, 1, 1), f"{LAW}/BWBR0006502"),
        (f"{LAW}/BWBR0005537/2022-11-01/1", "BWBR0005537", (2022, 11, 1), f"{LAW}/BWBR0005537"),
        (
            f"{LAW}/BWBR0005537/2024-09-01/#Hoofdstuk3_Afdeling3.7_Artikel3:46",
            "BWBR0005537",
            (2024, 9, 1),
            f"{LAW}/BWBR0005537#Hoofdstuk3_Afdeling3.7_Artikel3:46",
        ),
        (
            f"{LAW}/jci1.3:c:BWBR0040940&hoofdstuk=3&paragraaf=3.1&artikel=30&z=2021-07-01&g=2021-07-01",
            "BWBR0040940",
            (2021, 7, 1),
            f"{LAW}/jci1.3:c:BWBR0040940&hoofdstuk=3&paragraaf=3.1&artikel=30",
        ),
        (
            f"{LAW}/jci1.31:c:BWBV0001000&g=2021-08-01&z=2024-01-02&artikel=14#a",
            "BWBV0001000",
            (2021, 8, 1),
            f"{LAW}/jci1.31:c:BWBV0001000&artikel=14#a",
        ),
        (f"{LAW}/jci1.3:c:BWBR0007748&z=2020-01-01", "BWBR0007748", (2020, 1, 1), f"{LAW}/jci1.3:c:BWBR0007748"),
        (f"{LAW}/jci1.3:c:BWBR0007748&g=2020-01-01", "BWBR0007748", (2020, 1, 1), f"{LAW}/jci1.3:c:BWBR0007748"),
        (
            f"{EUR}/legal-content/NL/TXT/?uri=CELEX:02016R0679-20160504&qid=1#art_6",
            "2016R0679",
            (2016, 5, 4),
            f"{EUR}/legal-content/NL/TXT/?uri=CELEX:32016R0679&qid=1#art_6",
        ),
        (
            f"{EUR}/legal-content/NL/TXT/?qid=3&uri=celex%3A02016R0679-20160504",
            "2016R0679",
            (2016, 5, 4),
            f"{EUR}/legal-content/NL/TXT/?qid=3&uri=celex%3A32016R0679",
        ),
        (f"{EUR}/eli/reg/2016/679/2016-05-04", "reg/2016/679", (2016, 5, 4), f"{EUR}/eli/reg/2016/679/oj"),
        (
            "http://data.europa.eu/eli/dir_impl/2019/1/2020-02-29/nld",
            "dir_impl/2019/1",
            (2020, 2, 29),
            "http://data.europa.eu/eli/dir_impl/2019/1/oj/nld",
        ),
    ],
)
def test_laws_on_a_day(data: LinkCheckData, url: str, law: str, day: tuple[int, int, int], undated: str) -> None:
    assert dated(url, data) == DatedReference(url, law, date(*day), undated, ())
    assert dated(undated, data) is None


@pytest.mark.parametrize(
    "url",
    [
        f"{LAW}/BWBR0006502",
        f"{LAW}/BWBR0006502/2020-02-30",
        f"{LAW}/BWBR0006502/2020-01-01/0/afdrukken",
        f"{LAW}/jci1.3:c:BWBR0006502&artikel=1",
        f"{LAW}.ergens.example/BWBR0006502/2020-01-01",
        "https://lokaleregelgeving.overheid.nl/CVDR661450/1",
        "https://zoek.officielebekendmakingen.nl/stcrt-2019-64418.html",
        f"{EUR}/legal-content/NL/TXT/?uri=CELEX:32016R0679",
        f"{EUR}/legal-content/NL/TXT/HTML/?uri=OJ:L_202401689#d1e3823-1-1",
        f"{EUR}/eli/reg/2016/679/oj",
        "https://ergens.example/nieuws/2020-01-01",
    ],
)
def test_addresses_that_are_not_of_a_day(data: LinkCheckData, url: str) -> None:
    assert dated(url, data) is None


@pytest.mark.parametrize("release", [RELEASES[-1]])
def test_laws_on_a_day_in_the_content(tmp_path: Path, data: LinkCheckData, release: str) -> None:
    """As a second method counts them: every address of the site of laws that holds a day."""
    site = open_folder(clone_release(release, tmp_path / "site"))
    found = {url: [m.place for m in mentions] for url, mentions in gather(site.pages, lambda page, span: True).items()}
    references = dated_references(found, data)
    on_a_day = [url for url in found if url.startswith(LAW) and re.search(r"\d{4}-\d\d-\d\d", url)]
    assert sorted(reference.url for reference in references) == sorted(on_a_day)
    assert len(references) > 20
    for reference in references:
        assert reference.undated.startswith(LAW)
        assert not re.search(r"\d{4}-\d\d-\d\d", reference.undated)
        assert reference.law in reference.undated


def hostile() -> Iterator[str]:
    """Long texts that patterns with nested repetitions stumble over."""
    for piece in (
        "a",
        " ",
        "-",
        "404 ",
        "pagina ",
        "error:-",
        "/",
        "&a=b",
        "&z=",
        ".",
        "\\",
        "sorry ",
        "| ",
        "/aa/",
        "=",
        "celex:0",
    ):
        yield (piece * URL_LIMIT)[:URL_LIMIT]
    for start in (
        f"{LAW}/jci1.3:c:BWBR0040940",
        f"{EUR}/",
        f"{LAW}/BWBR0005537/2024-09-01/#",
        "Oops!",
        "error 404 page ",
    ):
        for piece in ("&a", "& ", "celex%3", "-", "#"):
            yield (start + piece * URL_LIMIT)[:URL_LIMIT]


def test_no_text_takes_long(data: LinkCheckData, signs: Signs) -> None:
    begun = time.process_time()
    for text in hostile():
        signs.says_not_found(text)
        signs.asks_for_human({}, text)
        signs.can_judge(URL("https://a.example"), text)
        signs.is_login(URL.build(scheme="https", host="a.example", path="/" + text, encoded=True))
        dated(text, data)
    assert time.process_time() - begun < 2


def test_the_address_in_the_introduction_is_that_of_the_project(data: LinkCheckData) -> None:
    assert knowledge().catalogue.home.startswith(data.user_agent.partition("(+")[2].rstrip(")"))
    assert {403, 429, 451, 999} <= set(data.blocked_statuses)
    assert not {404, 410, 500} & set(data.blocked_statuses)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("user-agent: algokader-lint/{version}", "user-agent: algokader-lint", "'{version}' is expected"),
        ("user-agent: algokader-lint/", "user-agent: algokader-linkchecker/", "firewalls refuse what holds 'link'"),
        ("'^ddos-guard$'", "'^ddos-(guard$'", "robot-titles: not a regular expression"),
        ("'^ddos-guard$'", f"'{'a' * 401}'", "robot-titles: pattern longer than 400"),
        ("- github.com", "- GitHub.com", "script-built: 'GitHub.com' is to be in lower case"),
        ("addresses: 50", "addresses: 0", "pull-request.addresses: Input should be greater"),
        ("accept: ", "acept: ", "acept: Extra inputs"),
    ],
)
def test_wrong_data_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    for name in ("schemas", "rules"):
        shutil.copytree(data_folder() / name, tmp_path / name)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    read = load_knowledge(tmp_path)
    with pytest.raises(BadKnowledge) as caught:
        _ = read.link_check
    assert str(caught.value).startswith("link-check.yaml: ")
    assert words in str(caught.value)
