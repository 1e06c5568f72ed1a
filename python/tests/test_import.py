"""Key material made and wrapped by others: by the library `cryptography`, and by the command line of OpenSSL."""

from __future__ import annotations

import hashlib
import hmac
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("cryptography")

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.keywrap import aes_key_wrap_with_padding

from pocket_kms import Kms

OAEP = ("RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256")
HYBRID = ("RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256")
WRAPPING_KEYS = ("RSA_2048", "RSA_3072", "RSA_4096")
USAGES = {"SYMMETRIC_DEFAULT": "ENCRYPT_DECRYPT", "HMAC": "GENERATE_VERIFY_MAC"}
HASHES = {"1": hashes.SHA1, "256": hashes.SHA256, "384": hashes.SHA384, "512": hashes.SHA512}
CURVES = {
    "ECC_NIST_P256": (ec.SECP256R1, "P-256", "SHA_256"),
    "ECC_NIST_P384": (ec.SECP384R1, "P-384", "SHA_384"),
    "ECC_NIST_P521": (ec.SECP521R1, "P-521", "SHA_512"),
    "ECC_SECG_P256K1": (ec.SECP256K1, "secp256k1", "SHA_256"),
}
MAC_LENGTHS = {"HMAC_224": 28, "HMAC_256": 32, "HMAC_384": 48, "HMAC_512": 64}

Wrap = Callable[[str, bytes, bytes, Path], bytes]


def wrapped_by_cryptography(algorithm: str, public_key: bytes, material: bytes, _: Path) -> bytes:
    key = serialization.load_der_public_key(public_key)
    assert isinstance(key, rsa.RSAPublicKey)
    digest = HASHES[algorithm.rsplit("_", 1)[1]]()
    scheme = padding.OAEP(mgf=padding.MGF1(digest), algorithm=digest, label=None)
    if algorithm in OAEP:
        return key.encrypt(material, scheme)
    aes_key = os.urandom(32)
    return key.encrypt(aes_key, scheme) + aes_key_wrap_with_padding(aes_key, material)


def wrapped_by_openssl(algorithm: str, public_key: bytes, material: bytes, folder: Path) -> bytes:
    (folder / "public.der").write_bytes(public_key)
    digest = f"sha{algorithm.rsplit('_', 1)[1]}"

    def encrypted(text: bytes) -> bytes:
        options = ("rsa_padding_mode:oaep", f"rsa_oaep_md:{digest}", f"rsa_mgf1_md:{digest}")
        given = [part for option in options for part in ("-pkeyopt", option)]
        return openssl(
            "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", folder / "public.der", *given, text=text
        )

    if algorithm in OAEP:
        return encrypted(material)
    aes_key = openssl("rand", "32")
    wrap = openssl("enc", "-id-aes256-wrap-pad", "-K", aes_key.hex(), "-iv", "A65959A6", text=material)
    return encrypted(aes_key) + wrap


def openssl(*arguments: str | Path, text: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *map(str, arguments)], input=text, capture_output=True, check=True).stdout


needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="no OpenSSL on the path")
WRAPS = (
    pytest.param(wrapped_by_cryptography, id="cryptography"),
    pytest.param(wrapped_by_openssl, id="openssl", marks=needs_openssl),
)


@cache
def material_by_cryptography(spec: str) -> bytes:
    if spec == "SYMMETRIC_DEFAULT":
        return os.urandom(32)
    if spec in MAC_LENGTHS:
        return os.urandom(MAC_LENGTHS[spec])
    key: Any
    if spec.startswith("RSA_"):
        key = rsa.generate_private_key(65537, int(spec[4:]))
    elif spec == "ECC_NIST_EDWARDS25519":
        key = ed25519.Ed25519PrivateKey.generate()
    else:
        key = ec.generate_private_key(CURVES[spec][0]())
    form = serialization.PrivateFormat.PKCS8
    return bytes(key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption()))


@cache
def material_by_openssl(spec: str) -> bytes:
    if spec == "SYMMETRIC_DEFAULT":
        return openssl("rand", "32")
    if spec in MAC_LENGTHS:
        return openssl("rand", str(MAC_LENGTHS[spec]))
    if spec.startswith("RSA_"):
        key = openssl("genpkey", "-algorithm", "rsa", "-pkeyopt", f"rsa_keygen_bits:{spec[4:]}")
    elif spec == "ECC_NIST_EDWARDS25519":
        key = openssl("genpkey", "-algorithm", "ed25519")
    else:
        key = openssl("genpkey", "-algorithm", "ec", "-pkeyopt", f"ec_paramgen_curve:{CURVES[spec][1]}")
    return openssl("pkcs8", "-topk8", "-outform", "der", "-nocrypt", text=key)


MATERIALS = (
    pytest.param(material_by_cryptography, id="cryptography"),
    pytest.param(material_by_openssl, id="openssl", marks=needs_openssl),
)


def external(kms: Kms, spec: str, usage: str | None = None) -> str:
    usage = usage or USAGES.get(spec.split("_")[0] if spec.startswith("HMAC") else spec, "SIGN_VERIFY")
    reply = kms.call("CreateKey", {"Origin": "EXTERNAL", "KeySpec": spec, "KeyUsage": usage})
    return str(reply["KeyMetadata"]["KeyId"])


def parameters(kms: Kms, key: str, algorithm: str, wrapping_key: str) -> dict[str, Any]:
    wanted = {"KeyId": key, "WrappingAlgorithm": algorithm, "WrappingKeySpec": wrapping_key}
    return kms.call("GetParametersForImport", wanted)


def bring(kms: Kms, key: str, token: bytes, wrapped: bytes) -> None:
    model = "KEY_MATERIAL_DOES_NOT_EXPIRE"
    given = {"KeyId": key, "ImportToken": token, "EncryptedKeyMaterial": wrapped, "ExpirationModel": model}
    kms.call("ImportKeyMaterial", given)


def assert_works(kms: Kms, key: str, spec: str, material: bytes) -> None:
    """The key does what its material does outside."""
    if spec == "SYMMETRIC_DEFAULT":
        blob = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"hello"})["CiphertextBlob"]
        assert kms.call("Decrypt", {"CiphertextBlob": blob})["Plaintext"] == b"hello"
    elif spec in MAC_LENGTHS:
        algorithm = f"HMAC_SHA_{spec[5:]}"
        mac = kms.call("GenerateMac", {"KeyId": key, "Message": b"hello", "MacAlgorithm": algorithm})["Mac"]
        assert mac == hmac.new(material, b"hello", getattr(hashlib, f"sha{spec[5:]}")).digest()
    else:
        assert_signs(kms, key, spec, material)


def assert_signs(kms: Kms, key: str, spec: str, material: bytes) -> None:
    private: Any = serialization.load_der_private_key(material, None)
    public = private.public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    told = kms.call("GetPublicKey", {"KeyId": key})
    assert told["PublicKey"] == public.public_bytes(serialization.Encoding.DER, form)
    if told["KeyUsage"] == "ENCRYPT_DECRYPT":
        digest = hashes.SHA256()
        sealed = public.encrypt(b"hello", padding.OAEP(mgf=padding.MGF1(digest), algorithm=digest, label=None))
        given = {"KeyId": key, "CiphertextBlob": sealed, "EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}
        assert kms.call("Decrypt", given)["Plaintext"] == b"hello"
        return

    def signature(algorithm: str) -> bytes:
        given = {"KeyId": key, "Message": b"hello", "SigningAlgorithm": algorithm}
        return bytes(kms.call("Sign", given)["Signature"])

    if spec.startswith("RSA_"):
        scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=padding.PSS.DIGEST_LENGTH)
        public.verify(signature("RSASSA_PSS_SHA_384"), b"hello", scheme, hashes.SHA384())
    elif spec == "ECC_NIST_EDWARDS25519":
        public.verify(signature("ED25519_SHA_512"), b"hello")
    else:
        name = CURVES[spec][2]
        public.verify(signature(f"ECDSA_{name}"), b"hello", ec.ECDSA(HASHES[name[4:]]()))


@pytest.mark.parametrize("make", MATERIALS)
@pytest.mark.parametrize("wrapping_key", WRAPPING_KEYS)
@pytest.mark.parametrize(
    ("spec", "algorithm"),
    [(spec, algorithm) for spec in ("SYMMETRIC_DEFAULT", "HMAC_256") for algorithm in OAEP]
    + [("RSA_2048", algorithm) for algorithm in HYBRID]
    + [("ECC_NIST_P384", algorithm) for algorithm in OAEP + HYBRID],
)
def test_every_wrapping_algorithm_and_key_brings_every_type_of_key(
    spec: str, algorithm: str, wrapping_key: str, make: Callable[[str], bytes], tmp_path: Path
) -> None:
    kms = Kms()
    key, material = external(kms, spec), make(spec)
    given = parameters(kms, key, algorithm, wrapping_key)
    bring(kms, key, given["ImportToken"], wrapped_by_cryptography(algorithm, given["PublicKey"], material, tmp_path))
    assert_works(kms, key, spec, material)
    if shutil.which("openssl") is not None:
        bring(kms, key, given["ImportToken"], wrapped_by_openssl(algorithm, given["PublicKey"], material, tmp_path))


@pytest.mark.parametrize("make", MATERIALS)
@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize(
    ("spec", "usage"),
    [(spec, None) for spec in ("SYMMETRIC_DEFAULT", *MAC_LENGTHS, *CURVES, "ECC_NIST_EDWARDS25519")]
    + [(f"RSA_{bits}", usage) for bits in (2048, 3072, 4096) for usage in ("SIGN_VERIFY", "ENCRYPT_DECRYPT")],
)
def test_material_of_every_spec_works_inside_as_outside(
    spec: str, usage: str | None, wrap: Wrap, make: Callable[[str], bytes], tmp_path: Path
) -> None:
    kms = Kms()
    key, material = external(kms, spec, usage), make(spec)
    algorithm = HYBRID[1] if spec.startswith(("RSA_", "ECC_")) else OAEP[1]
    given = parameters(kms, key, algorithm, "RSA_2048")
    bring(kms, key, given["ImportToken"], wrap(algorithm, given["PublicKey"], material, tmp_path))
    assert_works(kms, key, spec, material)


@needs_openssl
@pytest.mark.parametrize("form", ["compressed", "uncompressed", "hybrid"])
@pytest.mark.parametrize("spec", CURVES)
def test_the_point_of_an_openssl_key_may_have_every_form(spec: str, form: str, tmp_path: Path) -> None:
    kms = Kms()
    (tmp_path / "key.der").write_bytes(material_by_openssl(spec))
    written = openssl(
        "ec", "-inform", "DER", "-in", tmp_path / "key.der", "-conv_form", form, "-outform", "PEM"
    )
    pkcs8 = openssl("pkcs8", "-topk8", "-outform", "der", "-nocrypt", text=written)
    key = external(kms, spec)
    given = parameters(kms, key, HYBRID[1], "RSA_2048")
    bring(kms, key, given["ImportToken"], wrapped_by_openssl(HYBRID[1], given["PublicKey"], pkcs8, tmp_path))
    assert_works(kms, key, spec, material_by_openssl(spec))


@needs_openssl
def test_explicit_curve_parameters_are_refused(tmp_path: Path) -> None:
    from pocket_kms import KmsError

    kms = Kms()
    options = ("ec_paramgen_curve:P-256", "ec_param_enc:explicit")
    made = openssl("genpkey", "-algorithm", "ec", *[part for option in options for part in ("-pkeyopt", option)])
    pkcs8 = openssl("pkcs8", "-topk8", "-outform", "der", "-nocrypt", text=made)
    key = external(kms, "ECC_NIST_P256")
    given = parameters(kms, key, HYBRID[1], "RSA_2048")
    with pytest.raises(KmsError) as refusal:
        bring(kms, key, given["ImportToken"], wrapped_by_openssl(HYBRID[1], given["PublicKey"], pkcs8, tmp_path))
    assert (refusal.value.code, refusal.value.message) == ("IncorrectKeyMaterialException", "")
