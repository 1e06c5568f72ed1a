"""Beside moto, which keeps every other service."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from pocket_kms import Kms

moto = pytest.importorskip("moto")
pytestmark = pytest.mark.usefixtures("no_sockets")


def use_both(kms: Kms) -> None:
    """Stores what KMS has encrypted in a bucket of moto's."""
    client, store = boto3.client("kms", region_name="us-east-1"), boto3.client("s3", region_name="us-east-1")
    key = client.create_key()["KeyMetadata"]["KeyId"]
    store.create_bucket(Bucket="things")
    store.put_object(Bucket="things", Key="a", Body=client.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"])
    sealed = store.get_object(Bucket="things", Key="a")["Body"].read()
    assert kms.call("Decrypt", {"CiphertextBlob": sealed})["Plaintext"] == b"x"


def test_moto_keeps_the_other_services_when_it_is_inside(kms: Kms) -> None:
    with kms.intercept(), moto.mock_aws():
        use_both(kms)


def test_moto_keeps_the_other_services_when_it_is_outside(kms: Kms) -> None:
    with moto.mock_aws(), kms.intercept():
        use_both(kms)


def test_moto_hears_of_no_request_for_kms(kms: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
    from moto.kms.responses import KmsResponse

    def heard(*_: Any) -> None:
        raise AssertionError("moto was asked")

    monkeypatch.setattr(KmsResponse, "dispatch", heard)
    monkeypatch.setattr(KmsResponse, "call_action", heard)
    with moto.mock_aws(), kms.intercept():
        assert boto3.client("kms", region_name="us-east-1").list_keys()["Keys"] == []
        assert kms.client().list_keys()["Keys"] == []


def test_a_client_of_a_world_is_its_own_while_moto_is_active(kms: Kms, key: str) -> None:
    with moto.mock_aws():
        assert [entry["KeyId"] for entry in kms.client().list_keys()["Keys"]] == [key]


def test_after_the_block_moto_serves_kms_again(kms: Kms, key: str) -> None:
    with moto.mock_aws():
        client = boto3.client("kms", region_name="us-east-1")
        with kms.intercept():
            assert len(client.list_keys()["Keys"]) == 1
        assert client.list_keys()["Keys"] == []
