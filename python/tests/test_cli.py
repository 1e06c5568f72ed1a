"""The AWS CLI against the server."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import Served, serving

# `POCKET_KMS_AWS_CLI` names the CLI when it is not on the path: it pins an old botocore, so it has an environment of
# its own beside that of the tests.
AWS = os.environ.get("POCKET_KMS_AWS_CLI") or shutil.which("aws")

pytestmark = pytest.mark.skipif(AWS is None, reason="the AWS CLI is not installed (pip install awscli)")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving() as served:
        yield served


def aws(served: Served, *arguments: str) -> Any:
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "secret"}
    command = [str(AWS), "--endpoint-url", served.url, "--output", "json", "kms", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    if run.returncode:
        return run.stderr
    return json.loads(run.stdout) if run.stdout else None


def test_the_cli_encrypts_and_decrypts(served: Served, tmp_path: Path) -> None:
    key = aws(served, "create-key", "--description", "from the shell")["KeyMetadata"]["KeyId"]
    aws(served, "create-alias", "--alias-name", "alias/shell", "--target-key-id", key)
    text = tmp_path / "text"
    text.write_bytes(b"hello")
    sealed = aws(served, "encrypt", "--key-id", "alias/shell", "--plaintext", f"fileb://{text}")["CiphertextBlob"]
    (tmp_path / "sealed").write_bytes(base64.b64decode(sealed))
    opened = aws(served, "decrypt", "--ciphertext-blob", f"fileb://{tmp_path / 'sealed'}")
    assert base64.b64decode(opened["Plaintext"]) == b"hello"
    assert opened["KeyId"].endswith(key)


def test_the_cli_shows_a_refusal(served: Served) -> None:
    said = aws(served, "describe-key", "--key-id", "alias/none")
    assert "(NotFoundException) when calling the DescribeKey operation" in said


def test_the_cli_turns_pages(served: Served) -> None:
    for _ in range(3):
        aws(served, "create-key")
    listed = aws(served, "list-keys", "--page-size", "2")["Keys"]
    assert len(listed) >= 3
