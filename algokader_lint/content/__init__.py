"""From files to plain facts about pages, each with its place in the text."""
