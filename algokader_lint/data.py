"""Where the data files are: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder() -> Path:
    """The folder that holds ``schemas/`` and ``rules/``."""
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent


def example_site() -> Path:
    """The bundled example site."""
    installed = _PACKAGE / "_data" / "voorbeeld"
    return installed if installed.is_dir() else _PACKAGE.parent / "tests" / "sites" / "voorbeeld"


def workflow() -> Path:
    """The workflow for GitHub Actions that checks pull requests, ready to copy."""
    installed = _PACKAGE / "_data" / "workflows"
    folder = installed if installed.is_dir() else _PACKAGE.parent / "docs" / "workflows"
    return folder / "pull-request.yml"
