"""`Kms.enclave`: a simulated Nitro enclave, and policies that ask for one."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import pytest
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives import serialization

from pocket_kms import Enclave, Kms, KmsError

# `kms:RecipientAttestation:ImageSha384` of the image that the policies of these tests ask for.
IMAGE = "ab" * 48


def policy(condition: str, value: str) -> str:
    """Everything is allowed to the account, but decryption only to an enclave with this measurement."""
    principal = {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Resource": "*"}
    unlike = {"StringNotEqualsIgnoreCase": {condition: value}}
    statements = [
        {"Effect": "Allow", "Action": "kms:*", **principal},
        {"Effect": "Deny", "Action": "kms:Decrypt", **principal, "Condition": unlike},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def sealed(kms: Kms, condition: str, value: str) -> bytes:
    """A secret under a key that only such an enclave may use."""
    key = kms.call("CreateKey", {"Policy": policy(condition, value)})["KeyMetadata"]["KeyId"]
    return kms.call("Encrypt", {"KeyId": key, "Plaintext": b"secret"})["CiphertextBlob"]


@pytest.fixture(scope="module")
def started() -> tuple[Kms, Enclave]:
    """A world with an enclave. (Its key takes a while.)"""
    kms = Kms(seed="enclaves", now=datetime(2026, 11, 22, tzinfo=timezone.utc))
    return kms, kms.enclave(image_sha384=IMAGE, pcrs={8: bytes(range(48))}, instance_id="i-0123456789abcdef0")


def test_boto3_decrypts_for_the_image_that_the_policy_asks_for(started: tuple[Kms, Enclave], no_sockets: None) -> None:
    kms, enclave = started
    blob = sealed(kms, "kms:RecipientAttestation:ImageSha384", IMAGE)
    client = kms.client()
    reply = client.decrypt(CiphertextBlob=blob, Recipient=enclave.recipient())
    assert not reply.get("Plaintext")
    assert enclave.unwrap(reply["CiphertextForRecipient"]) == b"secret"
    with pytest.raises(ClientError, match="AccessDeniedException"):
        client.decrypt(CiphertextBlob=blob)


def test_a_call_decrypts_for_the_register_that_the_policy_asks_for(started: tuple[Kms, Enclave]) -> None:
    kms, enclave = started
    blob = sealed(kms, "kms:RecipientAttestation:PCR8", bytes(range(48)).hex())
    reply = kms.call("Decrypt", {"CiphertextBlob": blob, "Recipient": enclave.recipient()})
    assert "Plaintext" not in reply
    assert enclave.unwrap(reply["CiphertextForRecipient"]) == b"secret"


def test_another_image_is_denied_and_told_why(started: tuple[Kms, Enclave]) -> None:
    kms, enclave = started
    blob = sealed(kms, "kms:RecipientAttestation:PCR0", "cd" * 48)
    with pytest.raises(KmsError) as denied:
        kms.call("Decrypt", {"CiphertextBlob": blob, "Recipient": enclave.recipient()})
    assert denied.value.code == "AccessDeniedException"
    assert "kms:Decrypt" in denied.value.reasons[0]


def test_data_keys_and_random_bytes_come_sealed_for_the_enclave(started: tuple[Kms, Enclave]) -> None:
    kms, enclave = started
    key = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    recipient = enclave.recipient()
    made = kms.call("GenerateDataKey", {"KeyId": key, "KeySpec": "AES_256", "Recipient": recipient})
    opened = kms.call("Decrypt", {"CiphertextBlob": made["CiphertextBlob"]})["Plaintext"]
    assert enclave.unwrap(made["CiphertextForRecipient"]) == opened
    random = kms.call("GenerateRandom", {"NumberOfBytes": 24, "Recipient": recipient})
    assert len(enclave.unwrap(random["CiphertextForRecipient"])) == 24


def test_a_document_is_believed_for_three_hours_of_the_worlds_clock(started: tuple[Kms, Enclave]) -> None:
    kms, enclave = started
    fork = kms.fork()
    request: Any = {"NumberOfBytes": 8, "Recipient": enclave.recipient()}
    fork.clock.advance("3h")
    assert enclave.unwrap(fork.call("GenerateRandom", request)["CiphertextForRecipient"])
    fork.clock.advance("1s")
    with pytest.raises(KmsError, match="expired"):
        fork.call("GenerateRandom", request)


def test_no_other_world_believes_its_documents_and_no_other_enclave_opens_its_answers(
    started: tuple[Kms, Enclave],
) -> None:
    kms, enclave = started
    with pytest.raises(KmsError, match="root certificate"):
        Kms(now=kms.clock.now).call("GenerateRandom", {"NumberOfBytes": 8, "Recipient": enclave.recipient()})
    answer = kms.call("GenerateRandom", {"NumberOfBytes": 8, "Recipient": enclave.recipient()})
    other = kms.enclave()
    with pytest.raises(ValueError, match="for this enclave"):
        other.unwrap(answer["CiphertextForRecipient"])


def test_its_keys_are_those_of_other_libraries(started: tuple[Kms, Enclave]) -> None:
    _, enclave = started
    private: Any = serialization.load_der_private_key(enclave.private_key, password=None)
    spki = private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert (spki, private.key_size) == (enclave.public_key, 2048)


def test_a_document_carries_what_the_program_puts_into_it(started: tuple[Kms, Enclave]) -> None:
    _, enclave = started
    document = enclave.attest(user_data=b"user data", nonce=b"a nonce")
    assert b"user data" in document and b"a nonce" in document and enclave.public_key in document
    assert enclave.module_id.encode() in document
    assert b"another key" in enclave.attest(public_key=b"another key")


def test_a_seeded_world_starts_the_same_enclave_again() -> None:
    ids = {Kms(seed="again").enclave().module_id for _ in range(2)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    "options",
    [{"pcrs": {32: bytes(48)}}, {"image_sha384": b"short"}, {"key_spec": "RSA_1024"}, {"platform": "SGX"}],
)
def test_options_that_no_enclave_has_are_refused(kms: Kms, options: Any) -> None:
    with pytest.raises(KmsError) as refused:
        kms.enclave(**options)
    assert refused.value.code == "ValidationException"
