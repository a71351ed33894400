"""Keeps one comment on a pull request up to date with the report of its check. Runs on ``workflow_run``.

The report is an artifact of a run that anyone can have written, so nothing in it is believed: not which pull request
it is about (the event says that), not its names and addresses, and none of its text reaches the comment other than
through ``algokader-lint render``, which writes it as plain text. What the GitHub API answers is read as data too.

From the environment: COMMAND, the installed program; ARTIFACT and LINT_LANG, the inputs; GH_TOKEN, for gh. Ends with 0
when the comment is as it should be or there is nothing to say, with 2 when that cannot be done.
"""

from __future__ import annotations

import io
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "action"))  # isolated (-I), Python looks in no folder by itself

from gh import Failure, Nothing, by_bot, conclude, dig, get, gh, is_number, items, show

FILE = "algokader-lint.json"
MARK = "<!-- algokader-lint -->"
"""How our comment begins, by which it is found again."""

_ZIP_LIMIT = 8_388_608
"""Largest artifact that is fetched, in bytes."""
_REPORT_LIMIT = 16_777_216
"""Largest report in it, in bytes; ``render`` reads no larger one."""
_COMMENTS_A_PAGE, _PAGES = 50, 40


@dataclass(frozen=True, slots=True)
class CheckRun:
    """The run of the check, as the event describes it: its number, and the head that it was about."""

    number: int
    sha: str
    branch: str
    repository: str


@dataclass(frozen=True, slots=True)
class Comment:
    """Our comment as it is now."""

    number: int
    body: str


def main(environment: Mapping[str, str]) -> int:
    """Bring the comment up to date, and say in one line what came of it."""
    return conclude(lambda: _update(environment), environment.get("LINT_LANG"))


def _update(environment: Mapping[str, str]) -> tuple[str, str]:
    here = environment["GITHUB_REPOSITORY"]
    run = read_event(Path(environment["GITHUB_EVENT_PATH"]).read_bytes())
    pull = find_pull_request(here, run)
    report = read_report(download(here, run, environment["ARTIFACT"]))
    with tempfile.TemporaryDirectory(dir=environment["RUNNER_TEMP"]) as folder:
        text = f"{MARK}\n{render(report, Path(folder), environment)}"
        comment = find_comment(here, pull)
        if comment is None and not has_news(report):
            raise Nothing("er is niets te melden, dus er komt geen opmerking", "there is nothing to say in a comment")
        if comment is not None and comment.body == text:
            raise Nothing("de opmerking klopt nog", "the comment is still right")
        body = Path(folder) / "body.json"
        body.write_text(json.dumps({"body": text}), encoding="ascii")
        if comment is None:
            gh("--method", "POST", f"repos/{here}/issues/{pull}/comments", "--input", str(body))
            return "de opmerking is geplaatst", "the comment was written"
        gh("--method", "PATCH", f"repos/{here}/issues/comments/{comment.number}", "--input", str(body))
        return "de opmerking is bijgewerkt", "the comment was brought up to date"


def read_event(data: bytes) -> CheckRun:
    """The run in the event ``workflow_run``. Raises Nothing when it was not about a pull request, and Failure."""
    run = dig(json.loads(data), "workflow_run")
    if run is None:
        raise Failure("deze stap hoort in een workflow met 'workflow_run'", "this step is for a workflow_run workflow")
    if dig(run, "event") != "pull_request":
        raise Nothing("de controle ging niet over een pull request", "the check was not about a pull request")
    number, sha, branch = dig(run, "id"), dig(run, "head_sha"), dig(run, "head_branch")
    repository = dig(run, "head_repository", "full_name")
    if not isinstance(branch, str) or not isinstance(repository, str):
        raise Nothing("de branch van de pull request bestaat niet meer", "the branch of the pull request is gone")
    if not is_number(number) or not isinstance(sha, str) or not re.fullmatch(r"[0-9a-f]{40,64}", sha):
        raise Failure("de gebeurtenis is niet te begrijpen", "the event cannot be understood")
    return CheckRun(number, sha, branch, repository)


def find_pull_request(here: str, run: CheckRun) -> int:
    """The number of the open pull request whose head the run was about.

    Raises Nothing when there is none (it is closed, or has moved on and is checked again) and when there are more:
    the report is about one of them, and nothing tells which.
    """
    owner = run.repository.partition("/")[0]
    query = {"state": "open", "head": f"{owner}:{run.branch}", "per_page": "100"}
    head = {"sha": run.sha, "ref": run.branch}
    found = [
        pull["number"]
        for pull in items(get(f"repos/{here}/pulls", query))
        if is_number(pull.get("number"))
        and pull.get("state") == "open"
        and {name: dig(pull, "head", name) for name in head} == head
        and dig(pull, "head", "repo", "full_name") == run.repository
    ]
    if not found:
        raise Nothing(
            "bij dit verslag is geen open pull request (meer)", "no open pull request goes with this report (any more)"
        )
    if len(found) > 1:
        raise Nothing(
            "deze branch heeft meer dan één open pull request, dus het is niet te zeggen bij welke het verslag hoort",
            "this branch has more than one open pull request, so nothing tells which of them the report is about",
        )
    return int(found[0])


def download(here: str, run: CheckRun, name: str) -> bytes:
    """The newest artifact of the run with this name, zipped. Raises Nothing when there is none, and Failure."""
    answer = get(f"repos/{here}/actions/runs/{run.number}/artifacts", {"name": name, "per_page": "100"})
    found = [
        artifact
        for artifact in items(dig(answer, "artifacts"))
        if artifact.get("name") == name and artifact.get("expired") is False and is_number(artifact.get("id"))
    ]
    if not found:
        raise Nothing("de controle heeft geen verslag achtergelaten", "the check has left no report")
    newest = max(found, key=lambda artifact: int(artifact["id"]))
    return gh(f"repos/{here}/actions/artifacts/{newest['id']}/zip", limit=_ZIP_LIMIT)


def read_report(data: bytes) -> bytes:
    """The one file that is expected in the artifact; what else is in it is not looked at. Raises Failure.

    It is read in memory, as far as the limit goes: nothing is unpacked, so no link or path in it leads anywhere.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [info for info in archive.infolist() if info.filename == FILE]
            if len(found) == 1 and not stat.S_ISLNK(found[0].external_attr >> 16):
                with archive.open(found[0]) as file:
                    report = file.read(_REPORT_LIMIT + 1)
                if len(report) <= _REPORT_LIMIT:
                    return report
    except Exception as error:  # whatever zipfile and its decompressors make of a file that wants to do harm
        show(f"{type(error).__name__}: {error}")
    raise Failure(f"in de artifact zit geen bruikbaar bestand {FILE}", f"the artifact holds no usable file {FILE}")


def render(report: bytes, folder: Path, environment: Mapping[str, str]) -> str:
    """The report as Markdown of our own making. Raises Failure when it is not a report of this version."""
    source, target = folder / FILE, folder / "comment.md"
    source.write_bytes(report)
    command = [environment["COMMAND"], "render", str(source), "--format", "markdown", "--output", str(target)]
    language = environment.get("LINT_LANG")
    done = subprocess.run(
        [*command, *(["--lang", language] if language else [])],
        env={name: value for name, value in environment.items() if name != "GH_TOKEN"},
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        show(done.stderr.decode("utf-8", "replace"))
        raise Failure("het verslag is niet te gebruiken", "the report cannot be used")
    return target.read_text(encoding="utf-8")


def has_news(report: bytes) -> bool:
    """Whether a report (one that ``render`` took) holds something that a comment shows."""
    document = json.loads(report)
    shown = [finding for finding in document["findings"] if finding["severity"] != "info"]
    return bool(shown or document["notices"])


def find_comment(here: str, pull: int) -> Comment | None:
    """Our own comment: written by the bot, and beginning with the mark; anyone else may write the mark as well."""
    for page in range(1, _PAGES + 1):
        query = {"per_page": str(_COMMENTS_A_PAGE), "page": str(page)}
        answer = items(get(f"repos/{here}/issues/{pull}/comments", query))
        for comment in answer:
            number, body = comment.get("id"), comment.get("body")
            if by_bot(comment) and is_number(number) and isinstance(body, str) and body.startswith(MARK):
                return Comment(number, body)
        if len(answer) < _COMMENTS_A_PAGE:
            break
    return None


if __name__ == "__main__":
    sys.exit(main(os.environ))
