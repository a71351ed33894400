"""New addresses in the places of those that moved: everywhere, and nothing else."""

from __future__ import annotations

import codecs
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from algokader_lint.content.page import Page
from algokader_lint.content.page_reader import PageReader
from algokader_lint.fix import encoded
from algokader_lint.links.answer import Answer
from algokader_lint.links.gathering import gather
from algokader_lint.links.moving import moved_pages
from tests.command import environment, run
from tests.links.exchange import FINE, paths, redirect
from tests.links.small_web import SmallWeb, small_web
from tests.sites_in_tests import knowledge, write_files

OLD = "https://www.oud.example/wet?a=1&b=2"
NEW = "https://www.nieuw.example/wet?x=3&y=4"
DEAD = "https://www.weg.example/"


def moved_to(new: str) -> dict[str, Answer]:
    return {OLD: Answer(verdict="moved", moved_to=new)}


def rewritten(text: str | bytes, answers: dict[str, Answer]) -> str | None:
    """The text of a page with new addresses, None when it is left alone."""
    reader = PageReader(knowledge().types)
    data = text.encode() if isinstance(text, str) else text
    mentions = gather([reader.read("docs/index.md", "index.md", data, "text")])
    known = {url: answers.get(url, Answer(verdict="ok")) for url in mentions}

    def reread(page: Page, new: str) -> Page:
        return reader.read(page.path, page.docs_path, encoded(page.source, new), "text")

    changed = moved_pages(mentions, known, reread)
    assert len(changed) <= 1
    return changed[0][1] if changed else None


FORMS = [
    "[wet]({})",
    '[wet]({} "Een titel")',
    "[wet](<{}>)",
    "![beeld]({})",
    "<{}>",
    "{}",
    "Zie {}.",
    "({})",
    "[wet][1] en [nog eens][1]\n\n[1]: {}",
    "[{}][1]\n\n[1]: {}",
    "[wet]\n\n[wet]: {}",
    "![beeld][1]\n\n[1]: {}",
    "[wet][1]\n\n[1]: <{}> 'Titel'",
    "| a | b |\n|---|---|\n| [wet]({}) | {} |",
    "- [wet]({})\n    - {}",
    "> [wet]({})",
    "!!! info\n    [wet]({})",
    "**[wet]({})**",
    "[![beeld]({})]({})",
]
HTML = [
    '<a href="{}">wet</a>',
    "<a href='{}'>wet</a>",
    '<img src="{}" alt="">',
    '<p><a class="x" href="{}">wet</a></p>',
]


def filled(form: str, url: str) -> str:
    return "# Titel\n\nVooraf.\n\n" + form.replace("{}", url) + "\n\nAchteraf.\n"


@pytest.mark.parametrize("form", FORMS)
def test_an_address_is_replaced_wherever_it_stands(form: str) -> None:
    assert rewritten(filled(form, OLD), moved_to(NEW)) == filled(form, NEW)
    assert rewritten(filled(form, NEW), moved_to(NEW)) is None, "once is enough"


@pytest.mark.parametrize("form", HTML)
def test_in_html_an_ampersand_stays_as_it_was_written(form: str) -> None:
    old, new = (url.replace("&", "&amp;") for url in (OLD, NEW))
    assert rewritten(filled(form, old), moved_to(NEW)) == filled(form, new)
    assert rewritten(filled(form, OLD), moved_to(NEW)) == filled(form, NEW)


@pytest.mark.parametrize(
    "text",
    [
        f"`{OLD}`",
        f"```\n{OLD}\n```",
        f"<!-- {OLD} -->",
        f"[wet]({OLD}3)",
        f"[wet]({OLD}&c=3)",
        "[wet](https://www.oud.example/)",
    ],
)
def test_what_is_no_such_address_stays(text: str) -> None:
    assert rewritten(f"# Titel\n\n{text}\n", moved_to(NEW)) is None


@pytest.mark.parametrize(
    "new",
    ["https://www.nieuw.example/a(b", "https://www.nieuw.example/a)b", "https://www.nieuw.example/a|b",
     "https://www.nieuw.example/a\"b'c", "https://www.nieuw.example/<b>", "https://www.nieuw.example/a b",
     "https://www.nieuw.example/a\nb", "https://www.nieuw.example/`x`", "https://www.nieuw.example/[x]",
     "https://www.nieuw.example/{{ x }}", "https://www.nieuw.example/a\\b", "https://www.nieuw.example/a&copy=1",
     "javascript:alert(1)", "https://www.nieuw.example/_a_*b*", "https://www.nieuw.example/<script>alert(1)</script>",
     "https://www.nieuw.example/a.", "https://www.nieuw.example/{% include 'x' %}"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["[wet]({})", '<a href="{}">wet</a>', "| a | b |\n|---|---|\n| {} | x |"])
def test_a_hostile_address_is_written_so_that_it_stays_one_or_not_at_all(form: str, new: str) -> None:
    before = filled(form, OLD)
    after = rewritten(before, moved_to(new))
    if after is None:
        return
    head, tail = before.split(OLD)
    assert after.startswith(head)
    assert after.endswith(tail)
    written = after[len(head) : len(after) - len(tail)]
    assert not set(written) & set(" \n<>|\"'()")
    assert written.startswith("https://www.nieuw.example/")
    assert "{{" not in written
    assert "{%" not in written


def test_two_that_moved_on_one_page() -> None:
    other, its = "https://www.ander.example/a", "https://www.elders.example/b"
    text = f"# Titel\n\n[een]({OLD}) {other} [twee]({other}) [drie]({DEAD})\n"
    expected = text.replace(OLD, NEW).replace(other, its)
    answers = moved_to(NEW) | {other: Answer(verdict="moved", moved_to=its), DEAD: Answer(verdict="dead")}
    assert rewritten(text, answers) == expected


# The command, against a web of which one address moved.

HOST = "www.oud.example"


def test_a_query_that_looks_like_an_entity_is_rewritten_too() -> None:
    url = "https://www.oud.example/wet?a=1&paragraaf=2&copy=3"
    answers = {url: Answer(verdict="moved", moved_to=NEW), **moved_to(NEW)}
    assert rewritten(f"[een]({url})\n\n[twee]({OLD})\n", answers) == f"[een]({NEW})\n\n[twee]({NEW})\n"


@pytest.fixture(scope="module")
def web() -> Iterator[SmallWeb]:
    answers = {"/wet?a=1&b=2": redirect(301, "/nieuw?a=1&b=2"), "/nieuw?a=1&b=2": FINE}
    with small_web({HOST: paths(answers)}) as running:
        yield running


def fix(folder: Path, web: SmallWeb, *more: str) -> tuple[int, str]:
    result = run("links", "--docs-dir", "docs", "--no-cache", "--quiet", "--fix", *more, *web.options, cwd=folder)
    return result.returncode, result.stderr


def text_for(web: SmallWeb, target: str) -> bytes:
    url = web.url(HOST, target)
    html_url = url.replace("&", "&amp;")
    lines = [
        "# Titel", "", f'[een]({url}#artikel-5) ![twee]({url}) <a href="{html_url}#a%20b">drie</a>  ', f"{url}\ttab",
        "", f'| {url} | [x]({url} "T") |', "|---|---|", "", f"[ref]: {url}#kop", "", "\u00e9\u200b einde",
    ]  # fmt: skip
    return codecs.BOM_UTF8 + "\r\n".join(lines).encode()


def test_nothing_but_the_address_changes(tmp_path: Path, web: SmallWeb) -> None:
    page = tmp_path / "docs/index.md"
    write_files(tmp_path, {"docs/index.md": text_for(web, "/wet?a=1&b=2"), "docs/ander.md": "# Ander\r\n"})
    page.chmod(0o640)
    code, told = fix(tmp_path, web)
    assert code == 0
    assert page.read_bytes() == text_for(web, "/nieuw?a=1&b=2")
    assert page.stat().st_mode & 0o777 == 0o640
    assert "1" in told
    before = page.stat().st_mtime_ns
    code, told = fix(tmp_path, web)
    assert (code, page.stat().st_mtime_ns) == (0, before)
    assert told
    assert (tmp_path / "docs/ander.md").read_bytes() == b"# Ander\r\n"


def test_a_page_that_changed_during_the_check_is_left_alone(tmp_path: Path, web: SmallWeb) -> None:
    page = tmp_path / "docs/index.md"
    write_files(tmp_path, {"docs/index.md": text_for(web, "/wet?a=1&b=2")})

    def meanwhile(question: str) -> str:
        page.write_bytes(b"# Nieuw\n")
        return "j"

    with (
        patch("algokader_lint.cli.link_fixes.person_at_terminal", lambda: True),
        patch("builtins.input", meanwhile),
    ):
        _, told = fix(tmp_path, web)
    assert page.read_bytes() == b"# Nieuw\n"
    assert "docs/index.md" in told


def test_behind_a_symbolic_link_is_the_page(tmp_path: Path, web: SmallWeb) -> None:
    write_files(tmp_path, {"echt/bron.md": text_for(web, "/wet?a=1&b=2"), "docs/index.md": "# Titel\n"})
    (tmp_path / "docs/link.md").symlink_to("../echt/bron.md")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    fix(tmp_path, web)
    if (tmp_path / "echt/bron.md").read_bytes() != text_for(web, "/wet?a=1&b=2"):
        assert (tmp_path / "echt/bron.md").read_bytes() == text_for(web, "/nieuw?a=1&b=2")
    assert (tmp_path / "docs/link.md").is_symlink()


def test_a_file_outside_of_the_site_is_never_written(tmp_path: Path, web: SmallWeb) -> None:
    text = text_for(web, "/wet?a=1&b=2")
    write_files(tmp_path, {"buiten.md": text, "site/docs/index.md": "# Titel\n", "site/mkdocs.yml": "site_name: x\n"})
    (tmp_path / "site/docs/link.md").symlink_to("../../buiten.md")
    (tmp_path / "buiten-map").mkdir()
    write_files(tmp_path / "buiten-map", {"x.md": text})
    (tmp_path / "site/docs/map").symlink_to("../../buiten-map")
    fix(tmp_path / "site", web)
    assert (tmp_path / "buiten.md").read_bytes() == text
    assert (tmp_path / "buiten-map/x.md").read_bytes() == text


def test_at_a_terminal_it_shows_the_difference_and_asks(tmp_path: Path, web: SmallWeb) -> None:
    url, new = web.url(HOST, "/wet?a=1&b=2"), web.url(HOST, "/nieuw?a=1&b=2")
    page = tmp_path / "docs/index.md"
    write_files(tmp_path, {"docs/index.md": f"# Titel\n\n[een]({url})\n"})
    shown = at_terminal(tmp_path, ["--fix", *web.options], b"n\n")
    assert f"-[een]({url})" in shown
    assert f"+[een]({new})" in shown
    assert page.read_text() == f"# Titel\n\n[een]({url})\n"
    with (
        patch("algokader_lint.cli.link_fixes.person_at_terminal", lambda: True),
        patch("builtins.input", lambda question: "j"),
    ):
        fix(tmp_path, web)
    assert page.read_text() == f"# Titel\n\n[een]({new})\n"


def at_terminal(folder: Path, arguments: list[str], reply: bytes) -> str:
    """What a person sees who runs the command at a terminal and answers its first question."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "algokader_lint", "links", "--docs-dir", "docs", "--no-cache", *arguments]
    env = environment({"NO_COLOR": "1", "TERM": "xterm", "COLUMNS": "200", "PYTHONPATH": os.getcwd()})
    with subprocess.Popen(command, cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown, answered = b"", False
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
            if not answered and shown.rstrip().endswith((b"]", b"?", b":", b")")) and b"+[een]" in shown:
                os.write(ours, reply)
                answered = True
        process.wait()
    os.close(ours)
    return shown.decode(errors="replace")
