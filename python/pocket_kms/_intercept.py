"""Blocks in which a world serves every KMS client of botocore in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pocket_kms._seam import SEAM, Block, Guard
from pocket_kms._surrounding import Surrounding

if TYPE_CHECKING:
    from pocket_kms import _native
    from pocket_kms._kms import Kms


class Intercept(Surrounding["Kms"]):
    """Its world serves, inside of a ``with`` block, of the calls of what it decorates, or from start to stop."""

    __slots__ = ("_audit", "_block_network", "_kms", "_sender")

    def __init__(self, kms: Kms, sender: _native.Sender | None, block_network: bool, audit: bool) -> None:
        self._kms = kms
        self._audit = audit
        self._sender = sender
        self._block_network = block_network

    def start(self) -> Kms:
        SEAM.enter(Block(self._kms._world, self._sender, self, self._audit))
        if self._block_network:
            SEAM.guard(Guard(True, self))
        return self._kms

    def stop(self) -> None:
        SEAM.leave(self)
        if self._block_network:
            SEAM.unguard(self)


class BlockNetwork(Surrounding[None]):
    """Keeps requests that nobody answers from the network."""

    __slots__ = ("_aws",)

    def __init__(self, aws: bool) -> None:
        self._aws = aws

    def start(self) -> None:
        SEAM.guard(Guard(self._aws, self))

    def stop(self) -> None:
        SEAM.unguard(self)
