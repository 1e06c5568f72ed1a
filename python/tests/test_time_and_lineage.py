"""boto3 drives everything that happens to a key over its years: rotation, imports, Regions, usage."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from conftest import START
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from pocket_kms import Kms


def test_a_key_rotates_by_schedule_and_every_earlier_version_decrypts(kms: Kms, key: str) -> None:
    client = kms.client()
    assert client.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is False
    client.enable_key_rotation(KeyId=key, RotationPeriodInDays=90)
    status = client.get_key_rotation_status(KeyId=key)
    assert status["KeyRotationEnabled"] is True and status["RotationPeriodInDays"] == 90
    assert status["NextRotationDate"] == START + timedelta(days=90) == kms.next_deadline
    sealed = []
    for _ in range(4):
        sealed.append(client.encrypt(KeyId=key, Plaintext=b"years")["CiphertextBlob"])
        kms.clock.advance("90d")
    assert all(client.decrypt(CiphertextBlob=blob)["Plaintext"] == b"years" for blob in sealed)
    used = {client.decrypt(CiphertextBlob=blob)["KeyMaterialId"] for blob in sealed}
    current = client.describe_key(KeyId=key)["KeyMetadata"]["CurrentKeyMaterialId"]
    assert len(used) == 4 and current not in used
    moved = client.re_encrypt(CiphertextBlob=sealed[0], DestinationKeyId=key)
    assert moved["SourceKeyMaterialId"] in used and moved["DestinationKeyMaterialId"] == current
    client.disable_key_rotation(KeyId=key)
    assert client.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is False
    assert kms.next_deadline is None


def test_rotations_are_paged_by_the_paginator(kms: Kms, key: str) -> None:
    client = kms.client()
    client.enable_key_rotation(KeyId=key, RotationPeriodInDays=90)
    kms.clock.advance("900d")
    pages = list(client.get_paginator("list_key_rotations").paginate(KeyId=key, PaginationConfig={"PageSize": 3}))
    assert [len(page["Rotations"]) for page in pages] == [3, 3, 3, 1]
    dates = [rotation["RotationDate"] for page in pages for rotation in page["Rotations"]]
    assert dates == [START + timedelta(days=90 * (number + 1)) for number in range(10)]
    assert {rotation["RotationType"] for page in pages for rotation in page["Rotations"]} == {"AUTOMATIC"}
    whole = client.list_key_rotations(KeyId=key, IncludeKeyMaterial="ALL_KEY_MATERIAL")["Rotations"]
    assert len(whole) == 11 and [one["KeyMaterialState"] for one in whole].count("CURRENT") == 1
    assert [event["time"] for event in kms.events()][:1] == dates[:1]


def test_a_key_rotates_on_demand_and_not_for_ever(kms: Kms, key: str) -> None:
    client = kms.client()
    for _ in range(25):
        assert client.rotate_key_on_demand(KeyId=key)["KeyId"].endswith(key)
    with pytest.raises(client.exceptions.LimitExceededException):
        client.rotate_key_on_demand(KeyId=key)
    # botocore would refuse the period itself.
    unchecked = kms.client(config=Config(parameter_validation=False))
    with pytest.raises(ClientError, match="ValidationException.*greater than or equal to 90"):
        unchecked.enable_key_rotation(KeyId=key, RotationPeriodInDays=89)


def wrapped(client: Any, key: str, material: bytes) -> dict[str, Any]:
    """The members of ImportKeyMaterial that hold this material."""
    parameters = client.get_parameters_for_import(
        KeyId=key, WrappingAlgorithm="RSAES_OAEP_SHA_256", WrappingKeySpec="RSA_3072"
    )
    public = load_der_public_key(parameters["PublicKey"])
    assert isinstance(public, rsa.RSAPublicKey)
    sealed = public.encrypt(material, padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None))
    return {"KeyId": key, "ImportToken": parameters["ImportToken"], "EncryptedKeyMaterial": sealed}


def test_an_imported_key_gets_new_material_rotates_to_it_and_loses_one_for_a_while() -> None:
    kms = Kms(now=START, insecure_key_pool=True)
    client = kms.client()
    key = client.create_key(Origin="EXTERNAL")["KeyMetadata"]["KeyId"]
    one, other = os.urandom(32), os.urandom(32)
    until = START + timedelta(days=10)
    first = client.import_key_material(**wrapped(client, key, one), ExpirationModel="KEY_MATERIAL_EXPIRES", ValidTo=until)
    sealed = client.encrypt(KeyId=key, Plaintext=b"kept")["CiphertextBlob"]
    second = client.import_key_material(
        **wrapped(client, key, other),
        ImportType="NEW_KEY_MATERIAL",
        ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE",
        KeyMaterialDescription="the second",
    )
    assert first["KeyMaterialId"] != second["KeyMaterialId"]
    client.rotate_key_on_demand(KeyId=key)
    materials = client.list_key_rotations(KeyId=key, IncludeKeyMaterial="ALL_KEY_MATERIAL")["Rotations"]
    assert [material["KeyMaterialState"] for material in materials] == ["NON_CURRENT", "CURRENT"]
    assert client.decrypt(CiphertextBlob=sealed)["KeyMaterialId"] == first["KeyMaterialId"]
    kms.clock.set(until)
    assert client.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingImport"
    with pytest.raises(client.exceptions.KMSInvalidStateException, match="is pending import"):
        client.encrypt(KeyId=key, Plaintext=b"x")
    client.import_key_material(
        **wrapped(client, key, one), ImportType="EXISTING_KEY_MATERIAL", ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE"
    )
    assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"kept"
    client.delete_imported_key_material(KeyId=key, KeyMaterialId=second["KeyMaterialId"])
    assert client.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingImport"


def test_a_multi_region_key_is_replicated_moves_and_ends_with_its_last_replica(kms: Kms) -> None:
    here, there = kms.client("us-east-1"), kms.client("eu-west-1")
    key = here.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    made = here.replicate_key(KeyId=key, ReplicaRegion="eu-west-1", Description="over there")
    assert made["ReplicaKeyMetadata"]["Arn"] == f"arn:aws:kms:eu-west-1:111122223333:key/{key}"
    sealed = here.encrypt(KeyId=key, Plaintext=b"everywhere")["CiphertextBlob"]
    assert there.decrypt(CiphertextBlob=sealed, KeyId=key)["Plaintext"] == b"everywhere"
    here.update_primary_region(KeyId=key, PrimaryRegion="eu-west-1")
    set_ = there.describe_key(KeyId=key)["KeyMetadata"]["MultiRegionConfiguration"]
    assert set_["MultiRegionKeyType"] == "PRIMARY" and set_["ReplicaKeys"][0]["Region"] == "us-east-1"
    there.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert there.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingReplicaDeletion"
    here.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    kms.clock.advance("7d")
    assert there.describe_key(KeyId=key)["KeyMetadata"]["DeletionDate"] == START + timedelta(days=14)
    kms.clock.advance("7d")
    with pytest.raises(there.exceptions.NotFoundException):
        there.describe_key(KeyId=key)
    assert [event["time"] for event in kms.events()] == [START + timedelta(days=7), START + timedelta(days=14)]


def test_the_last_usage_of_a_key_is_told(kms: Kms, key: str) -> None:
    client = kms.client()
    assert client.get_key_last_usage(KeyId=key)["KeyLastUsage"] == {}
    kms.clock.advance("3d")
    client.encrypt(KeyId=key, Plaintext=b"x")
    usage = client.get_key_last_usage(KeyId=key)
    assert usage["KeyLastUsage"]["Operation"] == "Encrypt"
    assert usage["KeyLastUsage"]["Timestamp"] == START + timedelta(days=3)
