"""Keeps one issue up to date with the web addresses of the site that do not work.

The report comes from another job of the same run, the one that spoke to the websites. It is read as data: from files,
and never as a part of a command. What the GitHub API answers is read as data too.

From the environment: COMMAND, the installed program, beside which Python is; REPORT, LABEL and LINT_LANG, the inputs;
GH_TOKEN, for gh. Ends with 0 when the issue is as it should be or there is nothing to say, with 2 when that cannot be
done.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "action"))  # isolated (-I), Python looks in no folder by itself

from gh import Failure, Nothing, by_bot, conclude, get, gh, is_number, items

MARK = "<!-- algokader-lint-links "
"""How our issue begins, by which it is found again; behind it is what it tells of, in short."""
TITLE = "Webadressen die niet werken", "Web addresses that do not work"

_REPORT_LIMIT = 33_554_432
"""Largest report that is read, in bytes."""
_TEXT_LIMIT = 60_000
"""Longest text of it in the issue, in characters; one at GitHub may have 65,536."""
_LABEL_LIMIT = 50
_COLOUR = "d93f0b"
_A_PAGE, _PAGES = 50, 20


@dataclass(frozen=True, slots=True)
class Findings:
    """What the report tells: addresses with ``errors``, and what of it an issue should change for (``gist``).

    ``complete`` tells that every address was looked at, so that the absence of errors means something.
    """

    errors: int
    gist: str
    offline: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class Issue:
    """Our issue as it is now."""

    number: int
    is_open: bool
    body: str


def main(environment: Mapping[str, str]) -> int:
    """Bring the issue up to date, and say in one line what came of it."""
    return conclude(lambda: _update(environment), environment.get("LINT_LANG"))


def _update(environment: Mapping[str, str]) -> tuple[str, str]:
    here, label, folder = environment["GITHUB_REPOSITORY"], environment["LABEL"], Path(environment["REPORT"])
    if not label.strip() or len(label) > _LABEL_LIMIT or re.search(r"[,\x00-\x1f]", label):
        raise Failure("dit kan geen label zijn", "this cannot be a label")
    findings = read_findings(_read(folder / "links.json"))
    if findings.offline:
        raise Nothing(
            "er was geen netwerk, dus het issue blijft zoals het is",
            "there was no network, so the issue stays as it is",
        )
    begin = f"{MARK}{findings.gist} -->"
    text = f"{begin}\n{_read(folder / 'links.md').decode('utf-8', 'replace')[:_TEXT_LIMIT]}"
    issue = find_issue(here, label)
    if not findings.errors:
        return _close(here, issue, text, findings, environment)
    if issue is None:
        _require_label(here, label, environment)
        title = TITLE[environment.get("LINT_LANG") == "en"]
        _write("POST", f"repos/{here}/issues", {"title": title, "body": text, "labels": [label]}, environment)
        return "het issue is gemaakt", "the issue was made"
    if issue.is_open and issue.body.startswith(begin):
        raise Nothing("het issue klopt nog", "the issue is still right")
    _write("PATCH", f"repos/{here}/issues/{issue.number}", {"body": text, "state": "open"}, environment)
    if issue.is_open:
        return "het issue is bijgewerkt", "the issue was brought up to date"
    return "het issue is weer geopend", "the issue was opened again"


def _close(
    here: str, issue: Issue | None, text: str, findings: Findings, environment: Mapping[str, str]
) -> tuple[str, str]:
    if issue is None or not issue.is_open:
        raise Nothing("er is niets te melden, dus er is geen issue nodig", "there is nothing to say in an issue")
    if not findings.complete:
        raise Nothing(
            "niet alle adressen zijn bekeken, dus het issue blijft open",
            "not all addresses were looked at, so the issue stays open",
        )
    changes = {"body": text, "state": "closed", "state_reason": "completed"}
    _write("PATCH", f"repos/{here}/issues/{issue.number}", changes, environment)
    return "alles werkt weer, dus het issue is gesloten", "everything works again, so the issue was closed"


def read_findings(data: bytes) -> Findings:
    """What the JSON of ``algokader-lint links`` tells. Raises Failure when it is not a report of this version."""
    try:
        document = json.loads(data)
        told = sorted(
            (url["url"], url["verdict"], url["severity"], sorted({place["file"] for place in url["places"]}))
            for url in document["urls"]
            if url["severity"] in ("error", "warning")
        )
        findings = Findings(
            errors=sum(severity == "error" for _, _, severity, _ in told),
            gist=hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16],
            offline=document["offline"],
            complete=not document["out_of_time"] and not document["interrupted"],
        )
        known = document["version"] == 1
    except (ValueError, LookupError, TypeError, RecursionError):
        known = False
    if not known:
        raise Failure("het verslag is niet te gebruiken", "the report cannot be used")
    return findings


def find_issue(here: str, label: str) -> Issue | None:
    """Our own issue: with the label, written by the bot, and beginning with the mark. An open one, else the newest."""
    closed: Issue | None = None
    for found in _each(f"repos/{here}/issues", {"labels": label, "state": "all"}):
        issue = _ours(found)
        if issue is not None and issue.is_open:
            return issue
        closed = closed or issue
    return closed


def _ours(found: Mapping[str, Any]) -> Issue | None:
    number, body = found.get("number"), found.get("body")
    if not by_bot(found) or "pull_request" in found or not is_number(number) or not isinstance(body, str):
        return None
    return Issue(number, found.get("state") == "open", body) if body.startswith(MARK) else None


def _require_label(here: str, label: str, environment: Mapping[str, str]) -> None:
    """GitHub leaves a label that does not exist out of a new issue, and then it would not be found again."""
    names = (found.get("name") for found in _each(f"repos/{here}/labels", {}))
    if not any(isinstance(name, str) and name.casefold() == label.casefold() for name in names):
        _write("POST", f"repos/{here}/labels", {"name": label, "color": _COLOUR}, environment)


def _each(address: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for page in range(1, _PAGES + 1):
        answer = items(get(address, {**query, "per_page": str(_A_PAGE), "page": str(page)}))
        yield from answer
        if len(answer) < _A_PAGE:
            return


def _write(method: str, address: str, content: Mapping[str, Any], environment: Mapping[str, str]) -> None:
    """Change something at GitHub. It is sent from a file, so that nothing of it is read as an option."""
    with tempfile.TemporaryDirectory(dir=environment["RUNNER_TEMP"]) as folder:
        file = Path(folder) / "content.json"
        file.write_text(json.dumps(content), encoding="ascii")
        gh("--method", method, address, "--input", str(file))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_REPORT_LIMIT + 1)
    except OSError:
        raise Failure("het verslag is er niet", "the report is not there") from None
    if len(data) > _REPORT_LIMIT:
        raise Failure("het verslag is te groot", "the report is too large")
    return data


if __name__ == "__main__":
    sys.exit(main(os.environ))
