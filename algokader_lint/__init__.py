"""A content linter for Markdown sites with typed front matter."""

__version__ = "0.1.0"
