"""What ``check`` knows of addresses: with ``--online`` from the web, otherwise what the cache says of dead ones."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from algokader_lint.cli.task import choice_of
from algokader_lint.cli.usage import Values
from algokader_lint.cli.web import look_up, open_cache, private_hosts_of, web_of
from algokader_lint.config import Settings
from algokader_lint.content.external import addresses_of
from algokader_lint.content.page import Page
from algokader_lint.content.source import Span
from algokader_lint.engine import Run
from algokader_lint.engine.summary import within
from algokader_lint.links.answer import Answer
from algokader_lint.links.gathering import gather, on_added_lines
from algokader_lint.links.survey import Survey, survey
from algokader_lint.messages import Messages


def with_answers(task: Run, settings: Settings, values: Values, messages: Messages) -> Run:
    """The run, with what is known of addresses, and with what must be said of that. Raises UsageError."""
    if not values.online:
        return replace(task, answers=_dead_in_cache(task, settings, values, messages))
    surveyed, notices = _asked(task, settings, values, messages)
    if surveyed.offline:
        notices.append(messages("notice.offline"))
    elif surveyed.out_of_time:
        left = sum(answer.reason == "not-reached" for answer in surveyed.answers.values())
        notices.append(messages.count("notice.not_reached", left))
    complete = not (surveyed.offline or surveyed.out_of_time or surveyed.interrupted)
    return replace(task, answers=surveyed.answers, online=complete, notices=(*task.notices, *notices))


def _asked(task: Run, settings: Settings, values: Values, messages: Messages) -> tuple[Survey, list[str]]:
    """Answers for the addresses that are reported on: those on added lines, when only what is new is reported."""
    past = task.pasts[0] if task.pasts else None
    hurry = task.knowledge.link_check.pull_request if past is not None else None
    is_new = on_added_lines(past.pairs.before) if past is not None else None

    def wanted(page: Page, span: Span) -> bool:
        return within(page.path, task.paths) and (is_new is None or is_new(page, span))

    hosts = private_hosts_of(task.knowledge, choice_of(settings, task.knowledge, pack=values.pack))
    web = web_of(values, settings.links, hosts, task.site.mkdocs.site_url, hurry, messages)
    return look_up(
        list(gather(task.site.pages, wanted)),
        web,
        values,
        task.knowledge,
        messages,
        at_most=hurry.addresses if hurry is not None else None,
        writable=past is None,
    )


def _dead_in_cache(task: Run, settings: Settings, values: Values, messages: Messages) -> Mapping[str, Answer]:
    """The addresses of which an earlier check found that they are dead, not so long ago."""
    cache, _ = open_cache(values, os.environ, messages, writable=False)
    if cache is None:
        return {}
    hosts = private_hosts_of(task.knowledge, choice_of(settings, task.knowledge, pack=values.pack))
    refusals = web_of(values, settings.links, hosts, None, None, messages).refusals
    site = task.site
    urls = list(dict.fromkeys(address.url for page in site.pages for address in addresses_of(site, page)))
    answers = survey(urls, refusals, datetime.now(UTC), cache=cache).answers
    return {url: answer for url, answer in answers.items() if answer.verdict == "dead" and not answer.stale}
