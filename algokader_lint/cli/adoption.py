"""What a repository lacks to be checked before every commit and on every pull request: the files to write."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass

from algokader_lint.cli.arguments import defaults
from algokader_lint.cli.exclusions import FILE_NAME as LINK_CHECK_FILE
from algokader_lint.cli.exclusions import BadExclusions, Exclusions, read_exclusions
from algokader_lint.cli.project import Project, content_of, mkdocs_of, place_inside
from algokader_lint.cli.task import BASELINE, docs_dir_of, task_of
from algokader_lint.cli.usage import UsageError
from algokader_lint.config import FILE_NAME as SETTINGS
from algokader_lint.config import FoundSettings
from algokader_lint.content.mkdocs import FILE_NAMES, MkdocsFile
from algokader_lint.content.tree import CannotRead, display_path
from algokader_lint.data import workflow
from algokader_lint.engine import first_baseline, run
from algokader_lint.engine.baseline import read_baseline
from algokader_lint.messages import Messages, clip

REPOSITORY = "https://github.com/algokader-lint/algokader-lint"
HOOK, WORKFLOW = ".pre-commit-config.yaml", ".github/workflows/algokader-lint.yml"
_HOOK_ID = re.compile(r"^[^#\n]*\bid[\"']?[ \t]*:[ \t]*[\"']?algokader-lint(?![\w-])", re.MULTILINE)
_LEFT_OUT_SHOWN = 10


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to write: its path from the root and its text. ``told`` is what is told of a text that nobody reads."""

    path: str
    text: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """Lines that belong in a file which exists, and is therefore left alone."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write, what a person is to add to what exists, what is there already, and what to know of it all."""

    files: tuple[NewFile, ...]
    additions: tuple[Addition, ...]
    kept: tuple[str, ...]
    remarks: tuple[str, ...]


def plan_of(project: Project, found: FoundSettings, messages: Messages) -> Plan:
    """What the repository lacks. Raises UsageError, NoSite, BadMkdocsFile and what preparing a check raises."""
    mkdocs = mkdocs_of(project, docs_dir_of(project, None, found, messages))
    start = _start_of(mkdocs, found)
    if not start.isprintable():
        raise UsageError(messages("adoption.folder", folder=display_path(start)))
    folder = found.folder if found.path else start
    parts = [
        _baseline(project, found, posixpath.join(folder, found.settings.baseline or BASELINE), messages),
        _hook(project, start, messages),
        _workflow(project, start, messages),
    ]
    baseline = bool(parts[0].files or parts[0].kept)
    parts.insert(1, _settings(project, found, folder, start, baseline, messages))
    return Plan(
        files=tuple(file for part in parts for file in part.files),
        additions=tuple(addition for part in parts for addition in part.additions),
        kept=tuple(path for part in parts for path in part.kept),
        remarks=tuple(remark for part in parts for remark in part.remarks),
    )


def _part(
    files: Sequence[NewFile] = (),
    additions: Sequence[Addition] = (),
    kept: Sequence[str] = (),
    remarks: Sequence[str] = (),
) -> Plan:
    return Plan(tuple(files), tuple(additions), tuple(kept), tuple(remarks))


def _start_of(mkdocs: MkdocsFile, found: FoundSettings) -> str:
    """The folder from which a check finds the site, relative to the root."""
    return posixpath.dirname(mkdocs.path) if posixpath.basename(mkdocs.path) in FILE_NAMES else found.folder


def _missing(project: Project, path: str, text: str, messages: Messages) -> Plan:
    exists = os.path.lexists(place_inside(project, path, messages))
    return _part(kept=[path]) if exists else _part(files=[NewFile(path, text)])


def _workflow(project: Project, start: str, messages: Messages) -> Plan:
    """The workflow as it is; of a site that is not at the root of the repository a person adds the folder."""
    part = _missing(project, WORKFLOW, workflow().read_text(encoding="utf-8"), messages)
    if not part.files or not start:
        return part
    return _part(files=part.files, remarks=[messages("adoption.path", file=WORKFLOW, line=f"path: {_quoted(start)}")])


def _hook(project: Project, start: str, messages: Messages) -> Plan:
    lines = _hook_lines(start, messages)
    part = _missing(project, HOOK, f"{messages('adoption.hook').strip()}\nrepos:\n{lines}", messages)
    if part.files or _HOOK_ID.search((content_of(project.tree, HOOK) or b"").decode("utf-8", errors="replace")):
        return part
    return _part(kept=part.kept, additions=[Addition(HOOK, f"repos:\n{lines}")])


def _hook_lines(start: str, messages: Messages) -> str:
    """Our hook as an item of ``repos``; of a site that is not at the root of the repository it names the folder."""
    arguments = f"        args: [{_quoted('./' + start)}]\n" if start else ""
    rev = messages("adoption.rev")
    return f"  - repo: {REPOSITORY}\n    rev: main   # {rev}\n    hooks:\n      - id: algokader-lint\n{arguments}"


def _quoted(text: str) -> str:
    """A text as a string of YAML and of TOML alike; it holds nothing but what can be seen."""
    if "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _baseline(project: Project, found: FoundSettings, path: str, messages: Messages) -> Plan:
    """All findings of today; there is no such file when it would hold nothing that stops anyone."""
    path = posixpath.normpath(path)
    if os.path.lexists(place_inside(project, path, messages)):
        return _part(kept=[path])
    asked = defaults("check", messages)
    asked.write_baseline = True
    report = run(task_of(project, found, asked, messages))
    if report.crashed:
        raise UsageError(messages("adoption.crashed"))
    if not (report.summary.errors or report.summary.warnings or found.settings.baseline):
        return _part()
    text = first_baseline(report)
    count = read_baseline(text.encode()).total()
    return _part(files=[NewFile(path, text, messages.count("adoption.findings", count))])


def _settings(
    project: Project, found: FoundSettings, folder: str, start: str, baseline: bool, messages: Messages
) -> Plan:
    path = found.path or posixpath.join(folder, SETTINGS)
    exists = bool(found.path) or os.path.lexists(place_inside(project, path, messages))
    exclusions, remarks = (None, []) if found.settings.links.exclude else _exclusions(project, start, messages)
    patterns = exclusions.patterns if exclusions else ()
    if not exists:
        return _part(files=[NewFile(path, settings_text(baseline, patterns, messages))], remarks=remarks)
    lines = [f'baseline = "{BASELINE}"\n'] if baseline and found.settings.baseline is None else []
    lines += [f"links.exclude = {_list(patterns)}\n"] if patterns else []
    if not lines:
        return _part(kept=[path])
    top = "[tool.algokader-lint]" if posixpath.basename(path) == "pyproject.toml" else f"# {messages('adoption.top')}"
    addition = Addition(path, "".join([f"{top}\n", *lines]))
    return _part(kept=[path], additions=[addition], remarks=remarks if patterns else [])


def settings_text(baseline: bool, patterns: Sequence[str], messages: Messages) -> str:
    """A settings file in which every setting is explained, and what is not decided yet is a comment."""
    parts = [messages("adoption.settings", address=f"{REPOSITORY}#settings")]
    if baseline:
        parts.append(messages("adoption.baseline") + f'baseline = "{BASELINE}"\n')
    parts.append(messages("adoption.options"))
    if patterns:
        parts.append(messages("adoption.links", file=LINK_CHECK_FILE) + f"[links]\nexclude = {_list(patterns)}\n")
    parts.append(messages("adoption.exceptions"))
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def _list(patterns: Sequence[str]) -> str:
    """A list of TOML, one item a line, each as far as possible as it was."""
    return "[\n" + "".join(f"  {_quoted(pattern)},\n" for pattern in patterns) + "]"


def _exclusions(project: Project, start: str, messages: Messages) -> tuple[Exclusions | None, list[str]]:
    """What the link check of today leaves alone, and what to tell of it; None when there is no such file to read."""
    for path in dict.fromkeys((posixpath.join(start, LINK_CHECK_FILE), LINK_CHECK_FILE)):
        try:
            exclusions = read_exclusions(project.tree.read(path))
        except CannotRead as problem:
            if problem.kind == "absent":
                continue
            return None, [messages("exclusions.bad", file=path)]
        except BadExclusions:
            return None, [messages("exclusions.bad", file=path)]
        return exclusions, _told(path, exclusions, messages)
    return None, []


def _told(path: str, exclusions: Exclusions, messages: Messages) -> list[str]:
    told = [
        messages.count("exclusions.carried", len(exclusions.patterns), file=path),
        *(
            messages("exclusions.left_out", pattern=clip(item.pattern), why=messages(item.why))
            for item in exclusions.left_out[:_LEFT_OUT_SHOWN]
        ),
    ]
    more = len(exclusions.left_out) - _LEFT_OUT_SHOWN
    if more > 0:
        told.append(messages.count("exclusions.more", more))
    if exclusions.answers:
        told.append(messages("exclusions.answers", keys=", ".join(exclusions.answers)))
    return told
