"""What all commands share: the values of their options, and errors that the user can mend."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence

from algokader_lint.messages import Messages

Values = argparse.Namespace


class UsageError(Exception):
    """The user can mend this: wrong usage, configuration or data, in words."""


def suggestion(messages: Messages, near: Sequence[str]) -> str:
    """``; did you mean ...?``, empty when nothing is near."""
    return messages("suggest.one", one=near[0]) if near else ""


def split_codes(values: Sequence[str] | None) -> list[str]:
    """Codes given in one option or several, separated by commas or not."""
    return [code for value in values or () for code in re.split(r"[,\s]+", value) if code]
