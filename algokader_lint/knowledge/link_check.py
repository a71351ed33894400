"""``rules/data/link-check.yaml``: what is known of hosts and pages on the web."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field, field_validator, model_validator

from algokader_lint.knowledge.law_addresses import LawAddresses
from algokader_lint.knowledge.model import Model
from algokader_lint.knowledge.schema import check_pattern

_PATTERN_LIMIT = 400
"""Longest regular expression in the file, in characters."""


class Hurry(Model):
    """How many ``addresses`` may be asked for, and for how many ``seconds``, when somebody waits for it."""

    addresses: int = Field(ge=1)
    seconds: float = Field(gt=0)


class LinkCheckData(Model):
    """What the check of addresses knows; the file says what each part is. Case does not count in patterns.

    ``laws`` is what a file of its own holds, which the check of pages reads too.
    """

    user_agent: str
    user_agent_refused_words: tuple[str, ...]
    accept: str
    accept_language: str
    files: tuple[str, ...]
    not_found_titles: tuple[str, ...]
    robot_titles: tuple[str, ...]
    robot_headers: Mapping[str, str]
    login_hosts: tuple[str, ...]
    login_paths: tuple[str, ...]
    home_paths: tuple[str, ...]
    script_built: tuple[str, ...]
    fragments_without_anchor: tuple[str, ...]
    blocked_statuses: tuple[int, ...]
    pull_request: Hurry
    laws: LawAddresses

    @field_validator("not_found_titles", "robot_titles", "login_paths", "fragments_without_anchor")
    @classmethod
    def _bounded(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_pattern(pattern, _PATTERN_LIMIT) for pattern in patterns)

    @field_validator("files", "login_hosts", "script_built")
    @classmethod
    def _lower_case(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """They are held against lower case: one with a capital would never be met."""
        for name in names:
            if name != name.lower():
                raise ValueError(f"'{name}' is to be in lower case")
        return names

    @model_validator(mode="after")
    def _introduces_itself(self) -> LinkCheckData:
        if "{version}" not in self.user_agent:
            raise ValueError("user-agent: '{version}' is expected in it")
        for word in self.user_agent_refused_words:
            if word.lower() in self.user_agent.lower():
                raise ValueError(f"user-agent: firewalls refuse what holds '{word}'")
        return self
