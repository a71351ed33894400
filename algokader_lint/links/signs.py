"""How pages on the web show what their status does not say: lost pages, robot checks, logins, home pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yarl import URL

from algokader_lint.knowledge import LinkCheckData


@dataclass(frozen=True)
class Signs:
    """What is known of the ways of hosts, ready to use."""

    data: LinkCheckData

    def says_not_found(self, title: str) -> bool:
        """Whether a title is that of a page that says that there is no such page."""
        return _any(self.data.not_found_titles, title)

    def asks_for_human(self, headers: Mapping[str, str], title: str) -> bool:
        """Whether an answer is meant to keep programs out."""
        said = any(headers.get(name, "").strip().lower() == value for name, value in self.data.robot_headers.items())
        return said or _any(self.data.robot_titles, title)

    def is_login(self, url: URL) -> bool:
        """Whether an address is that of a page to log in at."""
        return url.host in self.data.login_hosts or _any(self.data.login_paths, url.path)

    def is_home(self, url: URL) -> bool:
        """Whether an address is that of the first page of a site."""
        return url.path in self.data.home_paths and not url.query_string

    def is_file(self, url: URL) -> bool:
        """Whether an address ends as those of files do that are no pages."""
        return url.path.lower().endswith(self.data.files)

    def can_judge(self, url: URL, fragment: str) -> bool:
        """Whether the text of a page tells if it has the place that a fragment names."""
        host = url.host or ""
        built = any(host == name or host.endswith(f".{name}") for name in self.data.script_built)
        return not built and not _any(self.data.fragments_without_anchor, fragment)


def _any(patterns: Sequence[str], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
