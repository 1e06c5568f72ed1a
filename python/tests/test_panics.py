"""A panic in the native part unwinds, becomes a Python exception, and leaves the world usable."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

import pytest

from pocket_kms import Kms


def panic_exceptions() -> list[type[BaseException]]:
    """The classes as which native modules raise their panics: each module made with PyO3 has one of its own."""
    return [kind for kind in BaseException.__subclasses__() if kind.__name__ == "PanicException"]


def zone(kind: type[BaseException]) -> tzinfo:
    """A time zone that raises this exception when it is asked."""

    class Zone(tzinfo):
        def utcoffset(self, _: datetime | None) -> timedelta:
            raise kind("on purpose")

    return Zone()


def test_a_panic_becomes_an_exception_and_the_world_goes_on(kms: Kms, key: str) -> None:
    """A native module that meets its own panic coming back out of Python unwinds again: here, while it reads a request.

    Built to abort on panics, it would take the process with it.
    """
    before = kms.changes()
    kinds = panic_exceptions()
    assert kinds
    for kind in kinds:
        request = {"KeyId": key, "Plaintext": b"x", "EncryptionContext": {"at": datetime(2026, 1, 1, tzinfo=zone(kind))}}
        with pytest.raises(BaseException, match="on purpose") as raised:
            kms.call("Encrypt", request)  # type: ignore[call-overload]
        assert type(raised.value).__name__ == "PanicException"
    assert kms.changes() == before
    assert kms.call("Encrypt", {"KeyId": key, "Plaintext": b"x"})["CiphertextBlob"]
