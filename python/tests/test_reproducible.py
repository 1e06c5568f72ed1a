"""A seed and a time make a whole run repeat itself."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cryptography.hazmat.primitives import serialization

from pocket_kms import Kms

RUN = """
import json
from datetime import datetime, timezone
from pocket_kms import Kms

kms = Kms(seed={seed}, now=datetime(2030, 1, 1, tzinfo=timezone.utc))
said = []
for spec in ("SYMMETRIC_DEFAULT", "ECC_NIST_P256", "HMAC_256", "RSA_2048"):
    usage = {{"S": "ENCRYPT_DECRYPT", "H": "GENERATE_VERIFY_MAC"}}.get(spec[0], "SIGN_VERIFY")
    said.append(kms.call("CreateKey", {{"KeySpec": spec, "KeyUsage": usage}}))
client = kms.client(region_name="us-east-1")
key = [reply["KeyMetadata"]["KeyId"] for reply in said]
said.append(client.encrypt(KeyId=key[0], Plaintext=b"x"))
said.append(client.sign(KeyId=key[1], Message=b"x", SigningAlgorithm="ECDSA_SHA_256"))
said.append(client.generate_mac(KeyId=key[2], Message=b"x", MacAlgorithm="HMAC_SHA_256"))
said.append(client.sign(KeyId=key[3], Message=b"x", SigningAlgorithm="RSASSA_PSS_SHA_256"))
said.append(kms.fork().call("GenerateRandom", {{"NumberOfBytes": 32}}))
said.append(kms.snapshot(bytes(32)))
said.append(kms.changes())
for reply in said:
    # The header `Date` shows the clock of the host, by which SDKs correct their own.
    if isinstance(reply, dict) and "ResponseMetadata" in reply:
        del reply["ResponseMetadata"]["HTTPHeaders"]["date"]
print(said)
"""


def run(seed: str) -> str:
    program = RUN.format(seed=seed)
    return subprocess.check_output([sys.executable, "-c", program], text=True)


def test_a_seeded_run_is_the_same_to_the_byte_in_two_processes() -> None:
    first, second, other = run("'a'"), run("'a'"), run("'b'")
    assert first == second
    assert first != other


@pytest.mark.parametrize(("one", "same"), [(42, "42"), ("é", "é".encode()), (-1, b"-1")])
def test_a_number_is_its_digits_and_a_text_its_utf_8(one: str | int, same: str | bytes) -> None:
    replies = [Kms(seed=seed).call("GenerateRandom", {"NumberOfBytes": 16}) for seed in (one, same)]
    assert replies[0] == replies[1]


def test_without_a_seed_no_two_worlds_are_the_same() -> None:
    assert Kms().call("GenerateRandom", {"NumberOfBytes": 16}) != Kms().call("GenerateRandom", {"NumberOfBytes": 16})


def test_a_seed_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match="a seed is text, bytes or a whole number, not float"):
        Kms(seed=1.5)  # type: ignore[arg-type]


def test_the_insecure_key_pool_gives_different_keys_that_other_libraries_use() -> None:
    kms = Kms(seed="s", insecure_key_pool=True)
    again = Kms(seed="s", insecure_key_pool=True)
    keys = [kms.call("CreateKey", {"KeySpec": "RSA_4096", "KeyUsage": "SIGN_VERIFY"}) for _ in range(200)]
    publics = [kms.call("GetPublicKey", {"KeyId": key["KeyMetadata"]["KeyId"]})["PublicKey"] for key in keys]
    assert len(set(publics)) == 200
    first = again.call("CreateKey", {"KeySpec": "RSA_4096", "KeyUsage": "SIGN_VERIFY"})["KeyMetadata"]["KeyId"]
    assert again.call("GetPublicKey", {"KeyId": first})["PublicKey"] == publics[0]
    wrapping = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    pair = kms.call("GenerateDataKeyPair", {"KeyId": wrapping, "KeyPairSpec": "RSA_2048"})
    # `cryptography` checks the arithmetic of a private key that it loads.
    private = serialization.load_der_private_key(pair["PrivateKeyPlaintext"], None)
    assert private.key_size == 2048
