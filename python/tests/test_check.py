"""`pocket-kms check`: exit status, text and JSON of a template."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATE = str(ROOT / "tests" / "templates" / "orders.yaml")
COMMAND_LINE = json.loads((ROOT / "tests" / "command-line.json").read_text(encoding="utf-8"))["check"]


def check(*arguments: str) -> tuple[int, str, str]:
    """The exit status, and what was said."""
    command = [sys.executable, "-m", "pocket_kms", "check", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return run.returncode, run.stdout, run.stderr


@pytest.mark.parametrize(("arguments", "sentence"), COMMAND_LINE["refused"])
def test_what_cannot_be_read_is_told_in_a_sentence(arguments: list[str], sentence: str) -> None:
    status, _, said = check(*arguments)
    assert status == 2 and said.startswith(f"pocket-kms: {sentence}")


def test_a_folder_that_is_not_what_was_meant_passes_no_check(tmp_path: Path) -> None:
    endings = ".json, .yaml, .yml, .template"
    empty = f"pocket-kms: {tmp_path} holds no template: none of its files ends in {endings}\n"
    assert check(str(tmp_path)) == (2, "", empty)
    refused = f"pocket-kms: --assertions takes a file, and {tmp_path} is a folder\n"
    assert check(TEMPLATE, "--assertions", str(tmp_path)) == (2, "", refused)


def test_help_names_the_options_of_the_table_and_no_other() -> None:
    status, said, _ = check("--help")
    lines = re.findall(r"^  (?:-h, )?(--[a-z-]+)([A-Z= ]*)", said, re.MULTILINE)
    assert status == 0 and {name: re.findall("[A-Z]+", values) for name, values in lines} == COMMAND_LINE["options"]


ASSERTIONS = str(ROOT / "tests" / "templates" / "orders.assertions.yaml")


def test_a_template_that_keeps_what_is_asserted_passes() -> None:
    status, said, _ = check(TEMPLATE, "--assertions", ASSERTIONS)
    assert status == 0 and "FAIL" not in said
    assert "ok    role Reader can kms:Decrypt alias/orders-test with context tenant=*" in said
    assert "nobody outside can use alias/orders-test" in said


def test_the_report_is_data_too() -> None:
    status, said, _ = check(TEMPLATE, "--assertions", ASSERTIONS, "--format", "json")
    report = json.loads(said)
    assert status == 0 and report["passed"] and report["leftOut"] == []
    assert {result["kind"] for result in report["results"]} >= {"assertion", "exposure"}


def test_the_report_is_utf8_as_it_is_whatever_the_system_prints(tmp_path: Path) -> None:
    template = tmp_path / "schlüssel.yaml"
    template.write_text(Path(TEMPLATE).read_text(encoding="utf-8"), encoding="utf-8")
    wrong = tmp_path / "größe.yaml"
    wrong.write_text("- role Reader can kms:Encrypt Orders\n", encoding="utf-8")
    for form in ("json", "text"):
        command = [sys.executable, "-m", "pocket_kms", "check", str(template), "--assertions", str(wrong), "--format", form]
        said = subprocess.run(command, capture_output=True, timeout=120, env={**os.environ, "PYTHONIOENCODING": "latin-1"})
        assert said.returncode == 1 and "größe.yaml" in said.stdout.decode() and b"\\u" not in said.stdout
        if form == "json":
            expected = json.dumps(json.loads(said.stdout), ensure_ascii=False, indent=2)
            assert said.stdout.decode() == expected + "\n"


def test_what_does_not_hold_fails_with_its_place_and_why(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("- role Reader can kms:Encrypt Orders\n")
    status, said, _ = check(TEMPLATE, "--assertions", str(wrong))
    assert status == 1 and f"FAIL  {wrong}:1:" in said
    assert "arn:aws:iam::111122223333:role/reader-test cannot kms:Encrypt" in said


def test_the_report_is_the_one_that_every_host_gives() -> None:
    command = [sys.executable, "-m", "pocket_kms", "check", "tests/templates/orders.yaml"]
    command += ["--assertions", "tests/templates/orders.wrong.yaml"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)
    expected = (ROOT / "tests" / "templates" / "orders.wrong.txt").read_text(encoding="utf-8")
    assert re.sub("[0-9a-f]{8}-[0-9a-f-]{27}", "KEY-ID", run.stdout) == expected
    assert run.returncode == 1


def test_a_key_that_is_open_fails_without_any_assertion(tmp_path: Path) -> None:
    text = Path(TEMPLATE).read_text(encoding="utf-8")
    opened = tmp_path / "open.yaml"
    opened.write_text(text.replace("{AWS: !GetAtt Writer.Arn}", '{AWS: "*"}'))
    status, said, _ = check(str(opened))
    assert status == 1 and "FAIL  nobody outside can use alias/orders-test" in said
    assert check(TEMPLATE)[0] == 0


def test_parameters_and_the_account_reach_the_template(tmp_path: Path) -> None:
    asserted = tmp_path / "asserted.yaml"
    asserted.write_text("- arn:aws:iam::444455556666:role/reader-x can kms:Decrypt alias/orders-x\n")
    status, said, said_wrong = check(
        TEMPLATE, "--assertions", str(asserted), "--parameter", "Stage=x", "--account", "444455556666"
    )
    assert status == 0, said + said_wrong
    asserted.write_text("- somebody does something\n")
    status, _, said = check(TEMPLATE, "--assertions", str(asserted))
    assert status == 2 and said.startswith(f"pocket-kms: {asserted}:1:")
