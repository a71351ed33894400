"""The coverage report as one page for a browser: nothing comes from elsewhere, no script is needed."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from algokader_lint.coverage.outcome import Outcome
from algokader_lint.messages import Messages, load_messages
from algokader_lint.report.coverage.html_view import page_of
from algokader_lint.report.text import printable


def render_html(outcome: Outcome, messages: Messages) -> str:
    """The whole report in the language of ``messages``; the page has words of its own.

    Every text is escaped, and its control and direction characters are made visible. The browser is told to take no
    style and no script but those of the page, by their hashes (Content Security Policy 3, section 2.3.1).
    """
    own = load_messages(messages.language, "coverage", "page")
    environment = Environment(
        autoescape=True,
        finalize=_shown,
        loader=FunctionLoader(_file),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    style, script = _file("page.css"), _file("page.js")
    return environment.get_template("page.html").render(
        page=page_of(outcome, own),
        m=own,
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - a file of this package
        policy=(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
    )


def _file(name: str) -> str:
    return resources.files("algokader_lint.report.coverage").joinpath("page", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _shown(value: object) -> object:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
