"""`Kms.inspect`: what a ciphertext blob says about itself."""

from __future__ import annotations

import base64

import pytest

from pocket_kms import Kms


def test_a_blob_names_its_key_its_material_and_its_lengths_without_being_opened(kms: Kms, key: str) -> None:
    metadata = kms.call("DescribeKey", {"KeyId": key})["KeyMetadata"]
    blob = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"five!", "EncryptionContext": {"a": "b"}})["CiphertextBlob"]
    kms.call("DisableKey", {"KeyId": key})
    assert kms.inspect(blob) == {
        "Format": 2,
        "Maker": "Encrypt",
        "KeyMaterialId": metadata["CurrentKeyMaterialId"],
        "KeyIds": [metadata["Arn"]],
        "Algorithm": "AES-256-GCM",
        "Length": len(blob),
        "PlaintextLength": 5,
    }


def test_a_data_key_is_told_apart(kms: Kms, key: str) -> None:
    reply = kms.call("GenerateDataKeyWithoutPlaintext", {"KeyId": key, "KeySpec": "AES_256"})
    inspected = kms.inspect(reply["CiphertextBlob"])
    assert inspected and (inspected["Maker"], inspected["PlaintextLength"]) == ("GenerateDataKey", 32)


def test_a_blob_of_another_world_names_no_key_of_this_one(kms: Kms, key: str) -> None:
    blob = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"x"})["CiphertextBlob"]
    inspected = Kms().inspect(blob)
    assert inspected and inspected["KeyIds"] == []


@pytest.mark.parametrize("blob", [b"", bytes(200), bytearray(b"\x01\x02" * 100)])
def test_what_is_no_symmetric_ciphertext_says_nothing(kms: Kms, blob: bytes) -> None:
    assert kms.inspect(blob) is None


def test_the_older_layout_of_aws_is_explained(kms: Kms) -> None:
    # The value of the guide's sample of Parameter Store.
    sample = (
        "AQECAHgnOkMROh5LaLXkA4j0+vYi6tmM17Lg/9E464VRo68cvwAAAG8wbQYJKoZIhvcNAQcGoGAwXgIBADBZBgkqhkiG9w0BBwEwHgYJYIZI"
        "AWUDBAEuMBEEDImYOw44gna0Jm00hAIBEIAsjgr7mum1EnnYzE3xM8bGle0oKYcfVCHtBkfjIeZGTgL6Hg0fSDnpMHdcSXY="
    )
    inspected = kms.inspect(base64.b64decode(sample))
    assert inspected and (inspected["Format"], inspected["KeyIds"], inspected["Length"]) == (1, [], 152)
    assert "older layout" in inspected["Note"] and "no key of this world" in inspected["Note"]
