"""The package is typed, and its types are true."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pocket_kms

pytest.importorskip("mypy")
HERE = Path(__file__).parent


def check(*arguments: str, at: Path) -> str:
    """What mypy says; nothing, where it finds no fault."""
    run = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=at, timeout=600)
    return "" if run.returncode == 0 else run.stdout + run.stderr


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(pocket_kms.__file__).parent / "py.typed").is_file()


def test_a_type_checker_understands_how_it_is_used_and_finds_mistakes(tmp_path: Path) -> None:
    sample = tmp_path / "usage.py"
    sample.write_text((HERE / "usage.py").read_text())
    assert check("mypy", "--strict", "--warn-unused-ignores", str(sample), at=tmp_path) == ""


def test_the_package_keeps_its_own_types() -> None:
    assert check("mypy", "--config-file", "pyproject.toml", "-p", "pocket_kms", at=HERE.parent) == ""


def test_the_types_of_the_native_part_are_those_it_has(tmp_path: Path) -> None:
    assert check("mypy.stubtest", "pocket_kms._native", at=tmp_path) == ""
