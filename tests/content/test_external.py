from __future__ import annotations

import pytest

from algokader_lint.content.external import resolve_entities


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://a.example/?b=1&amp;c=2", "https://a.example/?b=1&c=2"),
        ("https&#58;//a.example/&#x41;", "https://a.example/A"),
        (
            "https://a.example/jci1.3:c:B&hoofdstuk=I&paragraaf=1",
            "https://a.example/jci1.3:c:B&hoofdstuk=I&paragraaf=1",
        ),
        ("https://a.example/?a&copy=1&section=2&amp", "https://a.example/?a&copy=1&section=2&amp"),
        ("https://a.example/?a&nosuchthing;", "https://a.example/?a&nosuchthing;"),
    ],
)
def test_entities_end_in_a_semicolon(written: str, meant: str) -> None:
    assert resolve_entities(written) == meant
