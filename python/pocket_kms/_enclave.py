"""A simulated Nitro enclave, for tests of programs that run in one and of policies that require one."""

from __future__ import annotations

from pocket_kms import _native

# The name that type checkers know; importing `typing` would take as long as all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pocket_kms.operations import RecipientInfo
    from typing_extensions import Buffer


class Enclave:
    """Attests itself, and opens what KMS seals for it; ``kms.enclave()`` starts one."""

    __slots__ = ("_enclave",)

    def __init__(self, enclave: _native.Enclave) -> None:
        self._enclave = enclave

    @property
    def module_id(self) -> str:
        """Its id."""
        return self._enclave.module_id

    @property
    def public_key(self) -> bytes:
        """Its public key: ``SubjectPublicKeyInfo`` in DER."""
        return self._enclave.public_key

    @property
    def private_key(self) -> bytes:
        """Its private key: PKCS #8 in DER, for programs that open answers with another library."""
        return self._enclave.private_key

    def attest(
        self, *, public_key: Buffer | None = None, user_data: Buffer | None = None, nonce: Buffer | None = None
    ) -> bytes:
        """An attestation document made now, by the clock of the world, with the enclave's own public key or another."""
        public_key = self.public_key if public_key is None else public_key
        return self._enclave.attest(public_key, user_data, nonce)

    def recipient(self) -> RecipientInfo:
        """``Recipient`` of a request, for ``call`` and boto3 alike: an attestation document made now."""
        return {"KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256", "AttestationDocument": self.attest()}

    def unwrap(self, ciphertext_for_recipient: Buffer) -> bytes:
        """Opens ``CiphertextForRecipient``. Raises ``ValueError`` when it is not sealed for this enclave."""
        return self._enclave.unwrap(ciphertext_for_recipient)

    def __repr__(self) -> str:
        return f"<Enclave {self.module_id}>"
