"""What steps of lessons and cases do outside of KMS, with the library that programs in Python have for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# Opening with a tag that does not fit is the one thing that fails; every host says it so.
UNFIT = "the tag does not fit: the key, the nonce, the additional data or the ciphertext is another one"

# The members are spelled as those of requests.
Members = dict[str, Any]


def aes_gcm_encrypt(*, Key: bytes, Nonce: bytes, Plaintext: bytes, AdditionalData: bytes | None = None) -> Members:
    return {"Ciphertext": AESGCM(Key).encrypt(Nonce, Plaintext, AdditionalData)}


def aes_gcm_decrypt(*, Key: bytes, Nonce: bytes, Ciphertext: bytes, AdditionalData: bytes | None = None) -> Members:
    try:
        return {"Plaintext": AESGCM(Key).decrypt(Nonce, Ciphertext, AdditionalData)}
    except InvalidTag:
        raise ValueError(UNFIT) from None


def pem(*, PublicKey: bytes) -> Members:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return {"Pem": serialization.load_der_public_key(PublicKey).public_bytes(serialization.Encoding.PEM, form).decode()}


def verify(*, Pem: str, SigningAlgorithm: str, Message: bytes, Signature: bytes) -> Members:
    assert SigningAlgorithm == "ECDSA_SHA_256"
    key = serialization.load_pem_public_key(Pem.encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    try:
        key.verify(Signature, Message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return {"SignatureValid": False}
    return {"SignatureValid": True}


def wrap(*, PublicKey: bytes, WrappingAlgorithm: str, KeyMaterial: bytes) -> Members:
    assert WrappingAlgorithm == "RSAES_OAEP_SHA_256"
    key = serialization.load_der_public_key(PublicKey)
    assert isinstance(key, rsa.RSAPublicKey)
    oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
    return {"EncryptedKeyMaterial": key.encrypt(KeyMaterial, oaep)}


ACTS: dict[str, Callable[..., Members]] = {
    "aesGcmEncrypt": aes_gcm_encrypt,
    "aesGcmDecrypt": aes_gcm_decrypt,
    "pem": pem,
    "verify": verify,
    "wrap": wrap,
}
