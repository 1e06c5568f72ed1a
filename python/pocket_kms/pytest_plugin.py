"""Fixtures for pytest; installed with the package, they need no conftest."""

from __future__ import annotations

from typing import Any

import pytest

from pocket_kms import Kms


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of the fixtures' worlds."""
    group = parser.getgroup("pocket-kms")
    group.addoption(
        "--pocket-kms-seed", metavar="SEED", help="make everything random in the worlds of the fixtures reproducible"
    )
    group.addoption(
        "--pocket-kms-insecure-key-pool",
        action="store_true",
        help="take the RSA keys of the fixtures' worlds from a pool that everybody knows, in microseconds",
    )


@pytest.fixture
def pocket_kms(request: pytest.FixtureRequest) -> Kms:
    """A fresh world of KMS, for this test alone."""
    option = request.config.getoption
    return Kms(seed=option("--pocket-kms-seed"), insecure_key_pool=option("--pocket-kms-insecure-key-pool"))


@pytest.fixture
def kms_client(pocket_kms: Kms) -> Any:
    """A boto3 client of KMS that the world of the fixture `pocket_kms` answers."""
    return pocket_kms.client()
