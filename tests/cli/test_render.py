"""``algokader-lint render``: a report of anyone, in another form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from algokader_lint.report.json_report import render_json
from tests.command import run
from tests.report.hostile import report_of
from tests.report.reading import read
from tests.sites_in_tests import SITES, check


def test_every_form_of_a_report(tmp_path: Path) -> None:
    report = check(SITES / "voorbeeld")
    source = tmp_path / "report.json"
    source.write_text(render_json(report))
    files = {form: tmp_path / f"{form}.txt" for form in ("console", "concise", "json", "github", "markdown")}
    code, out, err = run(
        "render", str(source), *(f"--format={form}={file}" for form, file in files.items()), cwd=tmp_path
    )
    assert code == 0
    assert (out.startswith("fout[AK"), err) == (True, "")  # the usual report, beside those in files
    assert json.loads(files["json"].read_text())["summary"]["errors"] == report.summary.errors
    assert len(files["concise"].read_text().splitlines()) == len(report.problems)
    assert files["github"].read_text().count("\n::error ") == report.summary.errors
    assert read(files["markdown"].read_text()).headings[1] == ("h4", "10 fouten")


def test_in_the_workflow_that_writes_the_comment(tmp_path: Path) -> None:
    """The report comes from a fork; the links lead to the branch there."""
    event = {"workflow_run": {"head_repository": {"full_name": "ambtenaar/site"}, "head_branch": "fix #1"}}
    (tmp_path / "event.json").write_text(json.dumps(event))
    (tmp_path / "report.json").write_text(render_json(check(SITES / "voorbeeld")))
    env = {"GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com"}
    env["GITHUB_EVENT_PATH"] = str(tmp_path / "event.json")
    code, out, _ = run("render", str(tmp_path / "report.json"), "--format", "markdown", cwd=tmp_path, env=env)
    assert code == 0
    addresses = read(out).addresses
    edit = [address for address in addresses if "/edit/" in address]
    assert len(edit) == 13
    assert all(address.startswith("https://github.com/ambtenaar/site/edit/fix%20%231/docs/") for address in edit)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\x00", b"\xff\xfe", b"{}", b"[" * 50_000, b'{"version": NaN}', b'{"version": 1, "version": 2}'),
        *(b"::error::x", b"##[error]x", b'{"findings": "::error::x\\n::error::y"}', b" " * 17_000_000),
    ],
    ids=lambda data: repr(data)[:20],
)
def test_what_is_no_report_takes_one_line(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "::error::\n##[error].json"
    file.write_bytes(data)
    code, out, err = run("render", str(file), "--format", "markdown", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("algokader-lint: fout: '")
    assert err.count("\n") == 1
    assert "##[" not in err
    assert "JSON-verslag" in err


def test_no_file_and_no_name(tmp_path: Path) -> None:
    for arguments in ([], [str(tmp_path)], [str(tmp_path / "niets.json")]):
        code, out, err = run("render", *arguments, cwd=tmp_path)
        assert (code, out, err.count("\n")) == (2, "", 1)


def test_an_unknown_rule_is_named(tmp_path: Path) -> None:
    document = json.loads(render_json(report_of(["x"], 1, 1)))
    document["findings"][0]["code"] = "::error::\n"
    (tmp_path / "r.json").write_text(json.dumps(document))
    result = run("render", str(tmp_path / "r.json"), cwd=tmp_path)
    assert result.returncode == 2
    assert "onbekende regel '::error::\\u000a'" in result.stderr
