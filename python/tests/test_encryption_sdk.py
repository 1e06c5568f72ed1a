"""The AWS Encryption SDK with the worlds' clients."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from pocket_kms import Kms

encryption = pytest.importorskip("aws_encryption_sdk")
providers = pytest.importorskip("aws_cryptographic_material_providers.mpl")
pytestmark = pytest.mark.usefixtures("no_sockets")

PLAINTEXT = b"a message that is longer than one frame " * 200


def keyring(client: Any, key: str) -> Any:
    from aws_cryptographic_material_providers.mpl.config import MaterialProvidersConfig
    from aws_cryptographic_material_providers.mpl.models import CreateAwsKmsKeyringInput

    materials = providers.AwsCryptographicMaterialProviders(config=MaterialProvidersConfig())
    return materials.create_aws_kms_keyring(input=CreateAwsKmsKeyringInput(kms_key_id=key, kms_client=client))


def round_trip(ring: Any) -> Any:
    policy = encryption.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT
    sdk = encryption.EncryptionSDKClient(commitment_policy=policy)
    context = {"purpose": "test"}
    sealed, _ = sdk.encrypt(source=PLAINTEXT, keyring=ring, encryption_context=context, frame_length=1024)
    opened, header = sdk.decrypt(source=sealed, keyring=ring, encryption_context=context)
    assert opened == PLAINTEXT
    return header


def test_the_encryption_sdk_works_with_a_client_of_a_world(kms: Kms) -> None:
    client = kms.client()
    arn = client.create_key()["KeyMetadata"]["Arn"]
    header = round_trip(keyring(client, arn))
    assert header.encryption_context["purpose"] == "test"
    (sealed_key,) = header.encrypted_data_keys
    assert sealed_key.key_provider.key_info.decode() == arn


def test_the_encryption_sdk_works_inside_of_a_block(kms: Kms) -> None:
    with kms.intercept():
        client = boto3.client("kms", region_name="us-east-1")
        round_trip(keyring(client, client.create_key()["KeyMetadata"]["Arn"]))


def test_a_disabled_key_stops_the_encryption_sdk(kms: Kms) -> None:
    client = kms.client()
    arn = client.create_key()["KeyMetadata"]["Arn"]
    client.disable_key(KeyId=arn)
    with pytest.raises(Exception, match="is disabled"):
        round_trip(keyring(client, arn))
