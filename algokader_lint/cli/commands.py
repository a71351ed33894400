"""The closed table of commands. What runs one is imported only when it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from algokader_lint.cli.usage import Values
from algokader_lint.messages import LANGUAGES, Messages
from algokader_lint.severity import SEVERITIES


@dataclass(frozen=True, slots=True)
class Option:
    """An option or positional argument; ``help`` names its text, ``choices`` its values, ``many`` that it repeats.

    ``values``: one that is followed by any number of values, none included.
    """

    name: str
    help: str
    choices: tuple[str, ...] = ()
    flag: bool = False
    many: bool = False
    values: bool = False
    metavar: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name (and the name of its help text), options, an example, and what runs it."""

    name: str
    options: tuple[Option, ...]
    example: str
    run: Callable[[Values, Messages], int]


def _check(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.check import run_check

    return run_check(values, messages)


def _explain(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.rules import run_explain

    return run_explain(values, messages)


def _rules(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.rules import run_rules

    return run_rules(values, messages)


def _coverage(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.coverage import run_coverage

    return run_coverage(values, messages)


def _links(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.links import run_links

    return run_links(values, messages)


def _ids(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.ids import run_ids

    return run_ids(values, messages)


def _init(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.init import run_init

    return run_init(values, messages)


def _render(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.render import run_render

    return run_render(values, messages)


def _demo(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.demo import run_demo

    return run_demo(values, messages)


_LANG = Option("--lang", "lang", LANGUAGES)
_CACHE = Option("--cache", "cache", metavar="FILE")
_NO_CACHE = Option("--no-cache", "no_cache", flag=True)
_WEB = (
    Option("--max-time", "max_time", metavar="SECONDS"),
    Option("--timeout", "timeout", metavar="SECONDS"),
    Option("--interval", "interval", metavar="SECONDS"),
    Option("--per-host", "per_host", metavar="N"),
    Option("--concurrency", "concurrency", metavar="N"),
    _CACHE,
    _NO_CACHE,
    Option("--allow-network", "allow_network", many=True, metavar="CIDR"),
    Option("--resolve", "resolve", many=True, metavar="HOST=ADDRESS"),
    Option("--ca-file", "ca_file", metavar="FILE"),
)
"""How addresses on the web are asked for."""
COMMANDS: tuple[Command, ...] = (
    Command(
        "check",
        (
            Option("paths", "path", many=True, metavar="PATH"),
            Option("--since", "since", metavar="REV"),
            Option("--staged", "staged", flag=True),
            Option("--base-settings", "base_settings", flag=True),
            Option("--fix", "fix", flag=True),
            Option("--unsafe", "unsafe", flag=True),
            Option("--diff", "diff", flag=True),
            Option("--baseline", "baseline", metavar="FILE"),
            Option("--write-baseline", "write_baseline", flag=True),
            Option("--format", "format", many=True, metavar="FORM[=FILE]"),
            Option("--select", "select", many=True, metavar="CODES"),
            Option("--ignore", "ignore", many=True, metavar="CODES"),
            Option("--pack", "pack", metavar="NAME"),
            Option("--topic", "topic", metavar="KEY"),
            Option("--fail-on", "fail_on", SEVERITIES),
            Option("--show", "show", SEVERITIES),
            Option("--all", "all", flag=True),
            Option("--output", "output", metavar="FILE"),
            Option("--config", "config", metavar="FILE"),
            Option("--docs-dir", "docs_dir", metavar="FOLDER"),
            Option("--quiet", "quiet", flag=True),
            _LANG,
            Option("--online", "online", flag=True),
            *_WEB,
        ),
        "algokader-lint check --select AK3 docs/",
        _check,
    ),
    Command(
        "links",
        (
            Option("paths", "links_path", many=True, metavar="PATH"),
            Option("--topic", "links_topic", metavar="KEY"),
            Option("--only-sources", "only_sources", flag=True),
            Option("--since", "links_since", metavar="REV"),
            Option("--fix", "links_fix", flag=True),
            Option("--offline", "offline", flag=True),
            Option("--format", "links_format", many=True, metavar="FORM[=FILE]"),
            Option("--all", "links_all", flag=True),
            Option("--output", "output", metavar="FILE"),
            Option("--quiet", "links_quiet", flag=True),
            *_WEB,
            Option("--pack", "pack", metavar="NAME"),
            Option("--config", "config", metavar="FILE"),
            Option("--docs-dir", "docs_dir", metavar="FOLDER"),
            _LANG,
        ),
        "algokader-lint links --only-sources --format markdown",
        _links,
    ),
    Command(
        "coverage",
        (
            Option("--topic", "coverage_topic", metavar="KEY"),
            Option("--all-topics", "all_topics", flag=True),
            Option("--whole-site", "whole_site", flag=True),
            Option("--since", "coverage_since", metavar="REV"),
            Option("--base-settings", "base_settings", flag=True),
            Option("--history", "coverage_history", values=True, metavar="TAG"),
            Option("--frameworks", "frameworks", flag=True),
            Option("--format", "coverage_format", many=True, metavar="FORM[=FILE]"),
            Option("--output", "output", metavar="FILE"),
            Option("--open", "open", flag=True),
            Option("--all", "coverage_all", flag=True),
            _CACHE,
            _NO_CACHE,
            Option("--pack", "pack", metavar="NAME"),
            Option("--config", "config", metavar="FILE"),
            Option("--docs-dir", "docs_dir", metavar="FOLDER"),
            _LANG,
        ),
        "algokader-lint coverage --format html --output dekking.html",
        _coverage,
    ),
    Command("explain", (Option("rule", "rule", metavar="CODE"), _LANG), "algokader-lint explain AK301", _explain),
    Command(
        "rules",
        (Option("--format", "rules_format", ("console", "json")), _LANG),
        "algokader-lint rules --format json",
        _rules,
    ),
    Command(
        "ids",
        (
            Option("paths", "site_path", many=True, metavar="PATH"),
            Option("--history", "history", flag=True),
            Option("--format", "ids_format", ("console", "json")),
            Option("--output", "output", metavar="FILE"),
            Option("--config", "config", metavar="FILE"),
            _LANG,
        ),
        "algokader-lint ids --history",
        _ids,
    ),
    Command(
        "render",
        (
            Option("report", "report", metavar="REPORT"),
            Option("--format", "format", many=True, metavar="FORM[=FILE]"),
            Option("--show", "show", SEVERITIES),
            Option("--all", "all", flag=True),
            Option("--output", "output", metavar="FILE"),
            Option("--quiet", "quiet", flag=True),
            _LANG,
        ),
        "algokader-lint render report.json --format markdown",
        _render,
    ),
    Command("init", (Option("--yes", "yes", flag=True), _LANG), "algokader-lint init", _init),
    Command("demo", (_LANG,), "algokader-lint demo", _demo),
)
