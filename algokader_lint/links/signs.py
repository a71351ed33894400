"""How pages on the web show what their status does not say: lost pages, robot checks, logins, home pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from yarl import URL

from algokader_lint.knowledge import LinkCheckData


class Signs:
    """What is known of the ways of hosts, ready to use."""

    def __init__(self, data: LinkCheckData) -> None:
        self.blocked_statuses = frozenset(data.blocked_statuses)
        self._robot_headers = data.robot_headers
        self._login_hosts = frozenset(data.login_hosts)
        self._login_beginnings = tuple(name for name in data.login_hosts if name.endswith("."))
        self._home_paths = frozenset(data.home_paths)
        self._files = data.files
        self._script_built = data.script_built
        self._not_found = _any_of(data.not_found_titles)
        self._robot = _any_of(data.robot_titles)
        self._login = _any_of(data.login_paths)
        self._no_anchor = _any_of(data.fragments_without_anchor)

    def says_not_found(self, title: str) -> bool:
        """Whether a title is that of a page that says that there is no such page."""
        return self._not_found.search(title) is not None

    def asks_for_human(self, headers: Mapping[str, str], title: str) -> bool:
        """Whether an answer is meant to keep programs out."""
        said = any(headers.get(name, "").strip().lower() == value for name, value in self._robot_headers.items())
        return said or self._robot.search(title) is not None

    def is_login(self, url: URL) -> bool:
        """Whether an address is that of a page to log in at."""
        host = url.host or ""
        known = host in self._login_hosts or host.startswith(self._login_beginnings)
        return known or self._login.search(url.path) is not None

    def is_home(self, url: URL) -> bool:
        """Whether an address is that of the first page of a site."""
        return url.path in self._home_paths and not url.query_string

    def is_file(self, url: URL) -> bool:
        """Whether an address ends as those of files do that are no pages."""
        return url.path.lower().endswith(self._files)

    def can_judge(self, url: URL, fragment: str) -> bool:
        """Whether the text of a page tells if it has the place that a fragment names."""
        host = url.host or ""
        built = any(host == name or host.endswith(f".{name}") for name in self._script_built)
        return not built and self._no_anchor.search(fragment) is None


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for several; without any, one that is found nowhere."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.IGNORECASE)
