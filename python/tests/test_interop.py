"""Every spec, algorithm and message type against the library `cryptography`: it uses what we make, and we what it makes."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("cryptography")

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.keywrap import aes_key_wrap_with_padding

from pocket_kms import Kms, KmsError

mldsa = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.mldsa")
mlkem = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.mlkem")

MESSAGE = b"signed by one, verified by the other"
HASHES = {"SHA_1": hashes.SHA1(), "SHA_256": hashes.SHA256(), "SHA_384": hashes.SHA384(), "SHA_512": hashes.SHA512()}
RSA = ("RSA_2048", "RSA_3072", "RSA_4096")
RSASSA = tuple(f"RSASSA_{kind}_SHA_{bits}" for kind in ("PKCS1_V1_5", "PSS") for bits in (256, 384, 512))
ECDSA = {"ECC_NIST_P256": "256", "ECC_NIST_P384": "384", "ECC_NIST_P521": "512", "ECC_SECG_P256K1": "256"}
OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
ML_DSA = ("ML_DSA_44", "ML_DSA_65", "ML_DSA_87")
AGREEMENT = ("ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521")
CURVES = {
    "ECC_NIST_P256": ec.SECP256R1(),
    "ECC_NIST_P384": ec.SECP384R1(),
    "ECC_NIST_P521": ec.SECP521R1(),
    "ECC_SECG_P256K1": ec.SECP256K1(),
}


@pytest.fixture(scope="module")
def world() -> Kms:
    return Kms(seed="interop")


def signings() -> Iterator[tuple[str, str, str]]:
    """Every spec with each of its algorithms and the message types that it takes."""
    for spec in RSA:
        for algorithm in RSASSA:
            yield from ((spec, algorithm, kind) for kind in ("RAW", "DIGEST"))
    for spec, bits in ECDSA.items():
        yield from ((spec, f"ECDSA_SHA_{bits}", kind) for kind in ("RAW", "DIGEST"))
    yield "ECC_NIST_EDWARDS25519", "ED25519_SHA_512", "RAW"
    for spec in ML_DSA:
        yield from ((spec, "ML_DSA_SHAKE_256", kind) for kind in ("RAW", "EXTERNAL_MU"))


def hash_of(algorithm: str) -> Any:
    return HASHES[algorithm[algorithm.index("SHA_") :]]


def digest_of(algorithm: str, message: bytes) -> bytes:
    return hashlib.new(hash_of(algorithm).name, message).digest()


def mu_of(public: Any, message: bytes) -> bytes:
    """The message representative (FIPS 204, section 6.2) with an empty context, by the standard library alone."""
    key = public.public_bytes_raw()
    return hashlib.shake_256(hashlib.shake_256(key).digest(64) + b"\0\0" + message).digest(64)


def said(algorithm: str, kind: str, public: Any, message: bytes) -> bytes:
    """What KMS is given for a message."""
    if kind == "RAW":
        return message
    return mu_of(public, message) if kind == "EXTERNAL_MU" else digest_of(algorithm, message)


def rsa_padding(algorithm: str) -> Any:
    if "PSS" not in algorithm:
        return padding.PKCS1v15()
    digest = hash_of(algorithm)
    # A verifier that insists on a salt as long as the digest.
    return padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)


def verifies(public: Any, algorithm: str, message: bytes, signature: bytes) -> bool:
    try:
        if algorithm.startswith("RSASSA"):
            public.verify(signature, message, rsa_padding(algorithm), hash_of(algorithm))
        elif algorithm.startswith("ECDSA"):
            public.verify(signature, message, ec.ECDSA(hash_of(algorithm)))
        else:
            public.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def new_key(world: Kms, spec: str, usage: str, **more: Any) -> str:
    return str(world.call("CreateKey", {"KeySpec": spec, "KeyUsage": usage, **more})["KeyMetadata"]["KeyId"])


def public_key(world: Kms, key: str) -> Any:
    return serialization.load_der_public_key(world.call("GetPublicKey", {"KeyId": key})["PublicKey"])


_KEYS: dict[tuple[str, str], str] = {}
_IMPORTED: dict[tuple[str, str], tuple[str, Any]] = {}


def key_of(world: Kms, spec: str, usage: str) -> str:
    """One key for all tests of a spec and usage."""
    if (spec, usage) not in _KEYS:
        _KEYS[spec, usage] = new_key(world, spec, usage)
    return _KEYS[spec, usage]


def imported(world: Kms, spec: str, usage: str) -> tuple[str, Any]:
    """A private key of `cryptography`, brought to KMS; one for all tests of a spec and usage."""
    if (spec, usage) not in _IMPORTED:
        private: Any
        if spec in RSA:
            private = rsa.generate_private_key(65537, int(spec[4:]))
        elif spec in CURVES:
            private = ec.generate_private_key(CURVES[spec])
        else:
            private = ed25519.Ed25519PrivateKey.generate()
        key = new_key(world, spec, usage, Origin="EXTERNAL")
        outer, request = parameters(world, key, "RSA_AES_KEY_WRAP_SHA_256")
        encoding, form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
        material = private.private_bytes(encoding, form, serialization.NoEncryption())
        inner = os.urandom(32)
        wrapped = outer.encrypt(inner, OAEP) + aes_key_wrap_with_padding(inner, material)
        world.call("ImportKeyMaterial", {**request, "EncryptedKeyMaterial": wrapped})
        _IMPORTED[spec, usage] = key, private
    return _IMPORTED[spec, usage]


def parameters(world: Kms, key: str, algorithm: str) -> tuple[Any, dict[str, Any]]:
    """A wrapping key, and a request that lacks the wrapped material alone."""
    wrapping = {"WrappingAlgorithm": algorithm, "WrappingKeySpec": "RSA_2048"}
    reply = world.call("GetParametersForImport", {"KeyId": key, **wrapping})
    lasting = {"ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"}
    outer = serialization.load_der_public_key(reply["PublicKey"])
    return outer, {"KeyId": key, "ImportToken": reply["ImportToken"], **lasting}


@pytest.mark.parametrize(("spec", "algorithm", "kind"), list(signings()))
def test_cryptography_verifies_what_we_signed(world: Kms, spec: str, algorithm: str, kind: str) -> None:
    key = key_of(world, spec, "SIGN_VERIFY")
    public = public_key(world, key)
    request = {"KeyId": key, "SigningAlgorithm": algorithm, "MessageType": kind}
    signature = world.call("Sign", {**request, "Message": said(algorithm, kind, public, MESSAGE)})["Signature"]
    assert verifies(public, algorithm, MESSAGE, signature)
    assert not verifies(public, algorithm, MESSAGE + b"!", signature)


@pytest.mark.parametrize(("spec", "algorithm", "kind"), [each for each in signings() if each[0] not in ML_DSA])
def test_we_verify_what_cryptography_signed(world: Kms, spec: str, algorithm: str, kind: str) -> None:
    key, private = imported(world, spec, "SIGN_VERIFY")
    if spec in RSA:
        signature = private.sign(MESSAGE, rsa_padding(algorithm), hash_of(algorithm))
    elif spec in CURVES:
        signature = private.sign(digest_of(algorithm, MESSAGE), ec.ECDSA(Prehashed(hash_of(algorithm))))
    else:
        signature = private.sign(MESSAGE)
    request = {"KeyId": key, "SigningAlgorithm": algorithm, "MessageType": kind, "Signature": signature}
    given = said(algorithm, kind, None, MESSAGE)
    assert world.call("Verify", {**request, "Message": given})["SignatureValid"] is True
    with pytest.raises(KmsError, match="KMSInvalidSignatureException"):
        world.call("Verify", {**request, "Message": said(algorithm, kind, None, MESSAGE + b"!")})


@pytest.mark.parametrize("spec", RSA)
@pytest.mark.parametrize("bits", ["1", "256"])
def test_each_opens_what_the_other_encrypted(world: Kms, spec: str, bits: str) -> None:
    digest = HASHES[f"SHA_{bits}"]
    oaep = padding.OAEP(mgf=padding.MGF1(digest), algorithm=digest, label=None)
    algorithm = {"EncryptionAlgorithm": f"RSAES_OAEP_SHA_{bits}"}
    key, private = imported(world, spec, "ENCRYPT_DECRYPT")
    ours = world.call("Encrypt", {"KeyId": key, "Plaintext": b"from KMS", **algorithm})["CiphertextBlob"]
    assert private.decrypt(ours, oaep) == b"from KMS"
    theirs = private.public_key().encrypt(b"for KMS", oaep)
    assert world.call("Decrypt", {"KeyId": key, "CiphertextBlob": theirs, **algorithm})["Plaintext"] == b"for KMS"


@pytest.mark.parametrize("spec", AGREEMENT)
def test_both_derive_one_secret(world: Kms, spec: str) -> None:
    key = key_of(world, spec, "KEY_AGREEMENT")
    peer = ec.generate_private_key(CURVES[spec])
    point = peer.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    request = {"KeyId": key, "KeyAgreementAlgorithm": "ECDH", "PublicKey": point}
    secret = world.call("DeriveSharedSecret", request)["SharedSecret"]
    assert secret == peer.exchange(ec.ECDH(), public_key(world, key))


@pytest.mark.parametrize("bits", ["224", "256", "384", "512"])
def test_codes_are_those_of_the_standard_library(world: Kms, bits: str) -> None:
    material = os.urandom(int(bits) // 8)
    key = new_key(world, f"HMAC_{bits}", "GENERATE_VERIFY_MAC", Origin="EXTERNAL")
    outer, request = parameters(world, key, "RSAES_OAEP_SHA_256")
    world.call("ImportKeyMaterial", {**request, "EncryptedKeyMaterial": outer.encrypt(material, OAEP)})
    request = {"KeyId": key, "MacAlgorithm": f"HMAC_SHA_{bits}", "Message": MESSAGE}
    code = hmac.digest(material, MESSAGE, f"sha{bits}")
    assert world.call("GenerateMac", request)["Mac"] == code
    assert world.call("VerifyMac", {**request, "Mac": code})["MacValid"] is True


@pytest.mark.parametrize("spec", ML_DSA)
def test_the_message_representative_is_that_of_cryptography(world: Kms, spec: str) -> None:
    key = key_of(world, spec, "SIGN_VERIFY")
    public = public_key(world, key)
    request = {"KeyId": key, "SigningAlgorithm": "ML_DSA_SHAKE_256"}
    mu = mu_of(public, MESSAGE)
    raw = world.call("Sign", {**request, "Message": MESSAGE})["Signature"]
    public.verify_mu(raw, mu)
    external = world.call("Sign", {**request, "Message": mu, "MessageType": "EXTERNAL_MU"})["Signature"]
    public.verify_mu(external, mu)
    verified = world.call("Verify", {**request, "Message": MESSAGE, "Signature": external})
    assert verified["SignatureValid"] is True


@pytest.mark.parametrize("spec", ["ML_KEM_768", "ML_KEM_1024"])
def test_each_opens_what_the_other_encapsulated(world: Kms, spec: str) -> None:
    key = key_of(world, spec, "ENCAPSULATE_DECAPSULATE")
    secret, sealed = public_key(world, key).encapsulate()
    request = {"KeyId": key, "EncapsulationAlgorithm": "ML_KEM"}
    assert world.call("Decapsulate", {**request, "SharedSecretCiphertextBlob": sealed})["SharedSecret"] == secret


@pytest.mark.parametrize("spec", [*RSA, *CURVES, "ECC_NIST_EDWARDS25519", "ML_KEM_768", "ML_KEM_1024"])
def test_cryptography_reads_every_data_key_pair(world: Kms, spec: str) -> None:
    key = key_of(world, "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT")
    pair = world.call("GenerateDataKeyPair", {"KeyId": key, "KeyPairSpec": spec})
    private: Any = serialization.load_der_private_key(pair["PrivateKeyPlaintext"], None)
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    assert private.public_key().public_bytes(serialization.Encoding.DER, form) == pair["PublicKey"]
    if spec.startswith("ML_KEM"):
        public: Any = serialization.load_der_public_key(pair["PublicKey"])
        secret, sealed = public.encapsulate()
        assert private.decapsulate(sealed) == secret
