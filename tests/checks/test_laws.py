"""Addresses of laws: those that exist, those in a form of long ago, and those of a day long ago."""

from __future__ import annotations

import time
from datetime import date

import pytest
from pydantic import ValidationError

from algokader_lint.checks.laws import LawOptions, law_address
from algokader_lint.knowledge import LawAddresses
from tests.checks.pages import Bench, options_of

BENCH = Bench()
OPTIONS = options_of("AK704", LawOptions)
LAW = "https://wetten.overheid.nl"
EUR = "https://eur-lex.europa.eu"
TEXT = f"{EUR}/legal-content/NL/TXT/?uri="


def told(url: str) -> list[str]:
    return [found.partition(": ")[0] for found in BENCH.told(law_address, OPTIONS, f"[a]({url})")]


def repaired(url: str, *, unsafe: bool = False) -> str:
    return BENCH.repaired(law_address, OPTIONS, f"[a]({url})", unsafe=unsafe)[4:-1]


@pytest.mark.parametrize(
    "url",
    [
        LAW,
        f"{LAW}/zoeken",
        f"{LAW}/BWBIdList.xml.zip",
        f"{LAW}/BWBR0005537",
        f"{LAW}/bwbr0005537#Hoofdstuk3",
        f"{LAW}/BWBV0001000/",
        f"{LAW}/BWBR0005537/{date.today()}/0/afdrukken",
        f"{LAW}/jci1.3:c:BWBR0005537&hoofdstuk=3&afdeling=3.7&artikel=3:46&z={date.today()}&g={date.today()}",
        f"{LAW}/jci1.3:c:BWBR0005537&amp;paragraaf=1&amp;artikel=1",
        f"{LAW}/jci1.31:v:BWBR0005537",
        f"{LAW}/1.3:c:BWBR0005537&artikel=1",
        "https://lokaleregelgeving.overheid.nl/CVDR661450/1",
        EUR,
        f"{EUR}/homepage.html?locale=nl",
        f"{EUR}/legal-content/summary/bescherming-van-gegevens.html",
        f"{EUR}/legal-content/nl/LSU/?uri=CELEX:32019L1937",
        f"{EUR}/legal-content/AUTO/?uri=CELEX:32016R0679",
        f"{EUR}/legal-content/NL/TXT/?toc=OJ:L:2016:119:TOC",
        f"{EUR}/legal-content/NL/TXT/?qid=1&uri=CELEX:32016R0679&from=NL",
        *(
            f"{TEXT}{document}"
            for document in (
                "CELEX:32016R0679",
                "CELEX%3A32016R0679",
                "celex:32016r0679#art_6",
                "CELEX:32016R0679R(02)",
                "CELEX:32018XC0524(01)",
                "CELEX:32006L0123:NL:HTML",
                "CELEX:12012P/TXT",
                "CELEX:52021PC0206",
                "CELEX:62021CJ0634",
                "CELEX:C2012/326/02",
                "CELEX:02016R0679",
                "OJ:L_202401689",
                "OJ:L_202490123",
                "OJ:L:2016:119:FULL",
                "OJ:JOL_2016_119_R_0001",
                "LEGISSUM:eu_human_rights_convention",
                "uriserv:OJ.L_.2016.119.01.0001.01.NLD",
                "COM:2021:206:FIN",
            )
        ),
        f"{EUR}/eli/reg/2016/679/oj",
        f"{EUR}/eli/reg_impl/2021/1772/oj/nld",
        f"{EUR}/eli/treaty/char_2012/oj",
        f"{EUR}/eli/C/2024/123/oj",
        "http://data.europa.eu/eli/dir/1996/9/oj",
        "https://www.ergens.example/BWBR1/jci1.3",
    ],
)
def test_addresses_that_are_right(url: str) -> None:
    assert told(url) == []


@pytest.mark.parametrize(
    ("url", "variant"),
    [
        (f"{LAW}/BWBR005537", "number"),
        (f"{LAW}/BWBR00005537", "number"),
        (f"{LAW}/BWR0005537", "number"),
        (f"{LAW}/BWBR00O5537", "number"),
        (f"{LAW}/jci1.3:c:BWBR005537&artikel=1", "number"),
        (f"{LAW}/BWBR0005537/01-05-2024", "day"),
        (f"{LAW}/BWBR0005537/2024-13-01", "day"),
        (f"{LAW}/BWBR0005537/2024-02-30", "day"),
        (f"{LAW}/jci1.3:c:BWBR0005537&artikel=1&z=2024-05-01&g=1-5-2024", "day"),
        (f"{LAW}/jci1.3:c:BWBR0005537&artikel=1&z=&g=2024-05-01", "day"),
        (f"{LAW}/jci1.3:BWBR0005537&artikel=1", "form"),
        (f"{LAW}/jci:c:BWBR0005537", "form"),
        (f"{EUR}/legal-content/NE/TXT/?uri=CELEX:32016R0679", "language"),
        (f"{EUR}/legal-content/NL/TXT/", "form"),
        (f"{EUR}/legal-content/NL/TXT/HTML/?CELEX:32016R0679", "form"),
        (f"{EUR}/legal-content/NL/TXT/?uri=", "form"),
        (f"{TEXT}CELEX:32016R679", "number"),
        (f"{TEXT}CELEX:2016R0679", "number"),
        (f"{TEXT}CELEX:32016R0679-20160504", "number"),
        (f"{TEXT}CELEX:02016R0679-20161504", "number"),
        (f"{TEXT}CELEX:", "number"),
        (f"{TEXT}OJ:L_20241689", "number"),
        (f"{EUR}/eli/reg/679/2016/oj", "number"),
    ],
)
def test_addresses_that_are_not(url: str, variant: str) -> None:
    assert told(url) == [variant]
    assert repaired(url, unsafe=True) == url


@pytest.mark.parametrize(
    ("old", "new", "safe"),
    [
        (
            "http://eur-lex.europa.eu/LexUriServ/LexUriServ.do?uri=CELEX:31995L0046:nl:HTML",
            f"{EUR}/legal-content/nl/TXT/HTML/?uri=CELEX:31995L0046",
            True,
        ),
        (
            f"{EUR}/LexUriServ/LexUriServ.do?uri=CELEX:31995L0046:NL:NOT#a",
            f"{EUR}/legal-content/NL/ALL/?uri=CELEX:31995L0046#a",
            True,
        ),
        (f"{LAW}/BWBR0005537/geldigheidsdatum_01-05-2014", f"{LAW}/BWBR0005537/2014-05-01", True),
        (
            f"{LAW}/jci1.3:c:BWBR0005537&hoofdstuk=1¶graaf=2&artikel=3",
            f"{LAW}/jci1.3:c:BWBR0005537&hoofdstuk=1&paragraaf=2&artikel=3",
            True,
        ),
        (
            f"{LAW}/jci1.3:c:BWBR0005537&hoofdstuk=1%C2%B6graaf=2&amp;artikel=3",
            f"{LAW}/jci1.3:c:BWBR0005537&amp;hoofdstuk=1&amp;paragraaf=2&amp;artikel=3",
            True,
        ),
        (
            "http://decentrale.regelgeving.overheid.nl/cvdr/xhtmloutput/Historie/Ergens/CVDR12345/CVDR12345_2.html",
            "https://lokaleregelgeving.overheid.nl/CVDR12345",
            False,
        ),
    ],
)
def test_old_forms_have_a_new_one(old: str, new: str, safe: bool) -> None:
    assert told(old) == ["old"]
    assert repaired(old) == (new if safe else old)
    assert repaired(old, unsafe=True) == new
    assert "old" not in told(new)


@pytest.mark.parametrize(
    ("url", "undated"),
    [
        (f"{LAW}/BWBR0005537/2012-05-01#a", f"{LAW}/BWBR0005537#a"),
        (
            f"{LAW}/jci1.3:c:BWBR0005537&amp;artikel=1&amp;z=2012-05-01&amp;g=2012-05-01",
            f"{LAW}/jci1.3:c:BWBR0005537&amp;artikel=1",
        ),
        (f"{TEXT}CELEX:02016R0679-20160504", f"{TEXT}CELEX:32016R0679"),
    ],
)
def test_texts_of_long_ago(url: str, undated: str) -> None:
    assert told(url) == ["dated"]
    assert repaired(url) == url
    assert repaired(url, unsafe=True) == undated


def test_how_old_a_text_may_be_is_an_option() -> None:
    day = date.today()
    url = f"{LAW}/BWBR0005537/{day.replace(year=day.year - 2, day=1)}"
    text = f"[a]({url})"
    assert BENCH.told(law_address, OPTIONS, text) == []
    stricter = OPTIONS.model_copy(update={"years": 1})
    assert BENCH.told(law_address, stricter, text) == [f"dated: {url}"]


def test_every_place_is_told_but_code_and_comments() -> None:
    url = f"{LAW}/BWBR005537"
    text = f"[a]({url}) en <{url}>, of {url}.\r\n\r\n> [a]({url})\r\n\r\n`{url}` <!-- {url} -->\r\n\r\n    {url}\r\n"
    assert BENCH.told(law_address, OPTIONS, text) == [f"number: {url}"] * 4


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"dated": [{"pattern": "(?P<law>a)", "undated": "b"}]}, "'date' is expected"),
        ({"dated": [{"pattern": "(?P<law>a)(?P<date>b)", "undated": r"\g<c>"}]}, "'c' is expected"),
        ({"old": [{"pattern": "a", "to": r"\g<b>"}]}, "'b' is expected"),
        ({"shapes": [{"variant": "a", "where": "b", "right": "c"}]}, "'value' is expected"),
        ({"shapes": [{"variant": "a", "where": "(?P<value>b)", "right": "("}]}, "not a regular expression"),
        ({"shapes": [{"variant": "a", "where": "(?P<value>b)", "right": "a" * 401}]}, "longer than 400"),
    ],
)
def test_wrong_data_is_refused(data: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        LawAddresses.model_validate(data)


@pytest.mark.parametrize(
    "lead",
    [
        f"{LAW}/BWBR0005537/",
        f"{LAW}/jci1.3:c:BWBR0005537",
        f"{EUR}/legal-content/NL/TXT/",
        f"{TEXT}CELEX:3",
        f"{EUR}/eli/reg/",
        f"{EUR}/LexUriServ/LexUriServ.do?uri=CELEX:",
        "https://decentrale.regelgeving.overheid.nl/cvdr/xhtmloutput/",
    ],
)
def test_hostile_addresses_cost_little(lead: str) -> None:
    begun = time.process_time()
    for piece in ("&a", "&z=", "%3a", "%", "/", "?", "a/", "1", "&uri="):
        told((lead + piece * 2000)[:1990])
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("place", ["BWBR0005537/2023-02-30#a", "jci1.3:c:BWBR0005537&g=2023-02-30&artikel=1"])
def test_a_day_that_is_not_in_the_calendar_is_named(place: str) -> None:
    (found,) = BENCH.findings(law_address, OPTIONS, f"[a]({LAW}/{place})")
    assert (found.variant, found.values["part"]) == ("day", "2023-02-30")
