"""What every test stands on: a machine on which AWS is not configured, and from which nobody calls out."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timezone
from typing import Any

import pytest

import pocket_kms as package

START = datetime(2026, 11, 22, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def _unconfigured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes away what a developer's machine knows about AWS."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every attempt to connect fail."""

    def connect(*_: Any) -> None:
        raise AssertionError("somebody tried to connect")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)


@pytest.fixture
def kms() -> package.Kms:
    """A world that repeats itself, with its clock standing."""
    return package.Kms(seed="tests", now=START)


@pytest.fixture
def key(kms: package.Kms) -> str:
    """The id of a symmetric key of that world."""
    return str(kms.call("CreateKey")["KeyMetadata"]["KeyId"])
