"""``rules/data/link-check.yaml``: what is known of hosts and pages on the web."""

from __future__ import annotations

from collections.abc import Mapping

from algokader_lint.knowledge.model import Model


class LinkCheckData(Model):
    """Provisional."""

    user_agent: str = "algokader-lint"
    accept: str = "text/html,application/xhtml+xml,*/*;q=0.8"
    accept_language: str = "nl"
    files: tuple[str, ...] = (".pdf", ".docx", ".zip")
    not_found_titles: tuple[str, ...] = (r"^(?:pagina|page) (?:niet gevonden|not found)", r"^(?:fout|error)? ?404\b")
    robot_titles: tuple[str, ...] = (r"^Just a moment",)
    robot_headers: Mapping[str, str] = {"cf-mitigated": "challenge"}
    login_hosts: tuple[str, ...] = ()
    login_paths: tuple[str, ...] = (r"^/(?:login|signin)",)
    home_paths: tuple[str, ...] = ("/", "")
    script_built: tuple[str, ...] = ()
    fragments_without_anchor: tuple[str, ...] = ("^:~:", "^page=")
    pull_request: "Hurry" = None  # type: ignore
    dated_laws: tuple["DatedLaw", ...] = ()
    blocked_statuses: tuple[int, ...] = (401, 403, 405, 429, 451, 999)


class DatedLaw(Model):
    """Provisional."""

    pattern: str
    undated: str


class Hurry(Model):
    """Provisional."""

    addresses: int = 50
    seconds: float = 120.0
