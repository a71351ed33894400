"""Options that several checks share."""

from __future__ import annotations

from algokader_lint.knowledge import Model


class NoOptions(Model):
    """A check without options."""
