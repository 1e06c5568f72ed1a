"""A file of the playground, as ``docs/worlds-of-the-playground.md`` says that programs open and write it."""

from __future__ import annotations

import base64
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pocket_kms import Kms

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "worlds-of-the-playground.md").read_text(encoding="utf-8")
OPENS, WRITES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

#: A file that the playground has written, and what is in it.
WRITTEN = ROOT / "tests" / "golden" / "world.pkms"
HELD = json.loads((ROOT / "tests" / "golden" / "world.pkms.json").read_text(encoding="utf-8"))


def run(example: str, **names: Any) -> Kms:
    """Runs an example, which has these names; gives its world."""
    exec(compile(example, "example", "exec"), names)
    kms: Kms = names["kms"]
    return kms


def test_a_file_that_the_playground_has_written_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(WRITTEN, "world.pkms")
    kms = run(OPENS, passphrase=HELD["passphrase"])
    opened = kms.call("Decrypt", {"CiphertextBlob": base64.b64decode(HELD["ciphertext"])})
    assert opened["Plaintext"] == HELD["plaintext"].encode()
    assert opened["KeyId"].endswith(HELD["key"])
    with pytest.raises(ValueError, match="root key"):
        run(OPENS, passphrase="another passphrase")


def test_a_file_that_a_program_has_written_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kms = Kms()
    key = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    blob = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"back"})["CiphertextBlob"]
    run(WRITES, passphrase=HELD["passphrase"], kms=kms)
    there = run(OPENS, passphrase=HELD["passphrase"])
    assert there.call("Decrypt", {"CiphertextBlob": blob})["Plaintext"] == b"back"
