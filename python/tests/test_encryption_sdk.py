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


# Multi-Region keys


@pytest.fixture
def regions(kms: Kms) -> tuple[str, str]:
    """The ARNs of a multi-Region key in us-east-1 and in eu-west-1."""
    primary = kms.client("us-east-1").create_key(MultiRegion=True)["KeyMetadata"]["Arn"]
    replica = kms.client("us-east-1").replicate_key(KeyId=primary, ReplicaRegion="eu-west-1")["ReplicaKeyMetadata"]["Arn"]
    return primary, replica


def multi_region_keyring(client: Any, key: str) -> Any:
    from aws_cryptographic_material_providers.mpl.config import MaterialProvidersConfig
    from aws_cryptographic_material_providers.mpl.models import CreateAwsKmsMrkKeyringInput

    materials = providers.AwsCryptographicMaterialProviders(config=MaterialProvidersConfig())
    return materials.create_aws_kms_mrk_keyring(input=CreateAwsKmsMrkKeyringInput(kms_key_id=key, kms_client=client))


def test_a_multi_region_keyring_seals_in_one_region_and_opens_in_another(kms: Kms, regions: tuple[str, str]) -> None:
    primary, replica = regions
    here = multi_region_keyring(kms.client("us-east-1"), primary)
    there = multi_region_keyring(kms.client("eu-west-1"), replica)
    sdk = encryption.EncryptionSDKClient()
    for one, other in ((here, there), (there, here)):
        sealed, _ = sdk.encrypt(source=PLAINTEXT, keyring=one)
        assert sdk.decrypt(source=sealed, keyring=other)[0] == PLAINTEXT
    # P4-117: a keyring that does not know that the keys are related needs the very key.
    sealed, _ = sdk.encrypt(source=PLAINTEXT, keyring=here)
    with pytest.raises(Exception, match="Unable to decrypt|not match|No plaintext"):
        sdk.decrypt(source=sealed, keyring=keyring(kms.client("eu-west-1"), replica))
    kms.client("us-east-1").disable_key(KeyId=primary)
    assert sdk.decrypt(source=sealed, keyring=there)[0] == PLAINTEXT


def test_a_multi_region_master_key_provider_opens_in_another_region(kms: Kms, regions: tuple[str, str]) -> None:
    primary, replica = regions
    sdk = encryption.EncryptionSDKClient()
    with kms.intercept():
        from aws_encryption_sdk.key_providers import kms as masters

        here = masters.MRKAwareStrictAwsKmsMasterKeyProvider(key_ids=[primary])
        there = masters.MRKAwareStrictAwsKmsMasterKeyProvider(key_ids=[replica])
        sealed, _ = sdk.encrypt(source=PLAINTEXT, key_provider=here)
        assert sdk.decrypt(source=sealed, key_provider=there)[0] == PLAINTEXT
        found = masters.MRKAwareDiscoveryAwsKmsMasterKeyProvider(discovery_region="eu-west-1")
        assert sdk.decrypt(source=sealed, key_provider=found)[0] == PLAINTEXT
