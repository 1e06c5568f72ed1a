"""What `cryptography` leaves out: Ed25519ph against libsodium, and agreement on SM2 against textbook formulas."""

from __future__ import annotations

import hashlib
import secrets

import pytest
from pocket_kms import Kms, KmsError

# What KMS is given is a digest already; Ed25519ph hashes it once more, as AWS documents.
DIGEST = hashlib.sha512(b"signed by one, verified by the other").digest()
PH = {"SigningAlgorithm": "ED25519_PH_SHA_512", "MessageType": "DIGEST", "Message": DIGEST}

# The curve of SM2 (GB/T 32918.5): the prime of its field, the coefficient of x, and the base point.
PRIME = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = PRIME - 3
BASE = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
# What stands before the two coordinates in a SubjectPublicKeyInfo of this curve.
SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")

Point = tuple[int, int] | None


@pytest.fixture
def world() -> Kms:
    return Kms(seed="second opinions")


def test_libsodium_verifies_ed25519ph_of_ours(world: Kms) -> None:
    nacl = pytest.importorskip("nacl.bindings")
    key = new_key(world, "ECC_NIST_EDWARDS25519", "SIGN_VERIFY")
    signature = world.call("Sign", {"KeyId": key, **PH})["Signature"]
    # A SubjectPublicKeyInfo of Ed25519 ends with the 32 bytes of the key (RFC 8410).
    public = world.call("GetPublicKey", {"KeyId": key})["PublicKey"][-32:]
    assert nacl.crypto_sign_ed25519ph_final_verify(prehashed(nacl, DIGEST), signature, public)
    with pytest.raises(Exception, match="forged|corrupt"):
        nacl.crypto_sign_ed25519ph_final_verify(prehashed(nacl, DIGEST[::-1]), signature, public)


def test_we_verify_ed25519ph_of_libsodium(world: Kms) -> None:
    nacl = pytest.importorskip("nacl.bindings")
    cryptography = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.padding")
    from cryptography.hazmat.primitives import hashes, keywrap, serialization

    seed = secrets.token_bytes(32)
    _, private = nacl.crypto_sign_seed_keypair(seed)
    key = new_key(world, "ECC_NIST_EDWARDS25519", "SIGN_VERIFY", Origin="EXTERNAL")
    wrapping = {"WrappingAlgorithm": "RSA_AES_KEY_WRAP_SHA_256", "WrappingKeySpec": "RSA_2048"}
    parameters = world.call("GetParametersForImport", {"KeyId": key, **wrapping})
    oaep = cryptography.OAEP(cryptography.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    outer, inner = serialization.load_der_public_key(parameters["PublicKey"]), secrets.token_bytes(32)
    # A PKCS #8 of Ed25519 ends with the 32 bytes of the seed (RFC 8410).
    pkcs8 = bytes.fromhex("302e020100300506032b657004220420") + seed
    wrapped = outer.encrypt(inner, oaep) + keywrap.aes_key_wrap_with_padding(inner, pkcs8)  # type: ignore[union-attr, call-arg]
    lasting = {"ImportToken": parameters["ImportToken"], "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"}
    world.call("ImportKeyMaterial", {"KeyId": key, "EncryptedKeyMaterial": wrapped, **lasting})

    signature = nacl.crypto_sign_ed25519ph_final_create(prehashed(nacl, DIGEST), private)
    assert world.call("Verify", {"KeyId": key, **PH, "Signature": signature})["SignatureValid"] is True
    other = nacl.crypto_sign_ed25519ph_final_create(prehashed(nacl, DIGEST[::-1]), private)
    with pytest.raises(KmsError, match="KMSInvalidSignatureException"):
        world.call("Verify", {"KeyId": key, **PH, "Signature": other})


def test_agreement_on_sm2_is_multiplication_on_its_curve(world: Kms) -> None:
    key = new_key(world, "SM2", "KEY_AGREEMENT")
    public = world.call("GetPublicKey", {"KeyId": key}, region="cn-north-1")["PublicKey"]
    assert public.startswith(SPKI)
    theirs = int.from_bytes(public[-64:-32], "big"), int.from_bytes(public[-32:], "big")
    for _ in range(8):
        private = secrets.randbelow(PRIME >> 1) + 1
        x, y = product(private, BASE)
        peer = SPKI + x.to_bytes(32, "big") + y.to_bytes(32, "big")
        request = {"KeyId": key, "KeyAgreementAlgorithm": "ECDH", "PublicKey": peer}
        secret = world.call("DeriveSharedSecret", request, region="cn-north-1")["SharedSecret"]
        assert int.from_bytes(secret, "big") == product(private, theirs)[0]


def new_key(world: Kms, spec: str, usage: str, **more: str) -> str:
    region = "cn-north-1" if spec == "SM2" else "us-east-1"
    made = world.call("CreateKey", {"KeySpec": spec, "KeyUsage": usage, **more}, region=region)
    return str(made["KeyMetadata"]["KeyId"])


def prehashed(nacl: object, message: bytes) -> object:
    state = nacl.crypto_sign_ed25519ph_state()  # type: ignore[attr-defined]
    nacl.crypto_sign_ed25519ph_update(state, message)  # type: ignore[attr-defined]
    return state


def total(one: Point, other: Point) -> Point:
    """The sum of two points, by chord and tangent."""
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % PRIME == 0:
            return None
        slope = (3 * one[0] * one[0] + A) * pow(2 * one[1], -1, PRIME)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, PRIME)
    x = (slope * slope - one[0] - other[0]) % PRIME
    return x, (slope * (one[0] - x) - one[1]) % PRIME


def product(factor: int, point: tuple[int, int]) -> tuple[int, int]:
    """A multiple of a point, by doubling and adding."""
    result: Point = None
    doubled: Point = point
    while factor:
        if factor & 1:
            result = total(result, doubled)
        doubled = total(doubled, doubled)
        factor >>= 1
    assert result is not None
    return result
