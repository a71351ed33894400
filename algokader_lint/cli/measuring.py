"""What is measured, from what a person asked and what packs and settings say."""

from __future__ import annotations

import re
from datetime import date

from algokader_lint.cli.usage import UsageError, suggestion
from algokader_lint.config import CoverageSettings
from algokader_lint.content.mkdocs import MkdocsFile
from algokader_lint.content.site import Site
from algokader_lint.content.sources import SourceSections
from algokader_lint.coverage.outcome import Host, Labels, labels_of
from algokader_lint.coverage.plan import Plan
from algokader_lint.knowledge import BadKnowledge, Knowledge, Scope
from algokader_lint.messages import Messages
from algokader_lint.nearest import nearest
from algokader_lint.selection import Choice, options_of

_REPOSITORY = re.compile(r"https://github\.com/[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}?(?=(?:\.git)?/?$)")
_BRANCH = re.compile(r"(?:edit|blob)/(?P<branch>[A-Za-z0-9._-]{1,100})/")


def plan_of(
    knowledge: Knowledge, choice: Choice, scope: Scope | None, settings: CoverageSettings, messages: Messages
) -> Plan | None:
    """What is measured with a pack, None when it measures nothing. Raises UsageError for a floor of an unknown target.

    ``scope`` is that of the run, which may be about another topic than the pack.
    """
    definition = knowledge.coverage(choice.pack)
    if definition is None or scope is None:
        return None
    names = [target.type for target in definition.targets]
    for name in settings.floors:
        if name not in names:
            raise UsageError(messages("error.unknown_floor", name=name) + suggestion(messages, nearest(name, names)))
    sources = options_of(knowledge, choice, definition.sources)
    if not isinstance(sources, SourceSections):
        raise BadKnowledge(f"coverage: {definition.sources} does not say what a source is")
    return Plan(definition, scope, sources, settings, date.today())


def labels_for(site: Site, plan: Plan, messages: Messages) -> Labels:
    """What is called how in a report on this site."""
    return labels_of(plan, site.types, topic_title(site, plan.scope, messages), messages.language)


def topic_title(site: Site, scope: Scope, messages: Messages) -> str:
    """What the topic of a scope is called: the title of its page, else its key in words."""
    if scope.value is None:
        return messages("coverage.whole_site")
    to = site.types[scope.type].fields[scope.field].to
    page = site.of_type(to or "").get(scope.value)
    return page.title if page is not None else scope.value.replace("-", " ").capitalize()


def host_of(mkdocs: MkdocsFile) -> Host | None:
    """Where the repository can be seen, when ``mkdocs.yml`` says that this is on GitHub."""
    match = _REPOSITORY.match(mkdocs.repo_url or "")
    if match is None:
        return None
    branch = _BRANCH.match(mkdocs.edit_uri or "")
    return Host(match[0], branch["branch"] if branch is not None else "main")
