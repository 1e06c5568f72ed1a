"""TLS of the served endpoint: with a certificate of its user's, or with one that is made for this machine."""

from __future__ import annotations

import contextlib
import shutil
import ssl
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pocket_kms import _native


class Unfit(Exception):
    """The certificate and its key cannot be used; the sentence says why."""


class Tls:
    """What a server needs to speak TLS."""

    def __init__(self, context: ssl.SSLContext, authority: Path | None) -> None:
        self.context = context
        self.authority = authority
        """Where the certificate of the authority is that clients have to believe; None for one of the user's."""


@contextlib.contextmanager
def tls(files: Sequence[str], host: str, names: Sequence[str] = ()) -> Iterator[Tls]:
    """TLS with these two files, or with a certificate that is made now, for the host and these names; its authority is in a
    file for so long."""
    if files:
        certificate, key = files
        yield Tls(_context(certificate, key), None)
        return
    folder = Path(tempfile.mkdtemp(prefix="pocket-kms-"))
    try:
        authority, certificate_pem, key_pem = _native.certificate(host, list(names))
        path = folder / "authority.pem"
        path.write_text(authority)
        # OpenSSL reads files alone. The folder is its owner's, and the key stays in it for a moment.
        both = folder / "server.pem"
        both.write_bytes(certificate_pem.encode() + key_pem)
        try:
            context = _context(str(both), None)
        finally:
            both.unlink()
        yield Tls(context, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tls_of(
    files: Sequence[str] | None, host: str, stack: contextlib.ExitStack, names: Sequence[str] = ()
) -> Tls | None:
    """TLS for as long as the stack lasts, as a command line wants it: with two files, with none, or not at all."""
    if files is None:
        return None
    if len(files) not in (0, 2):
        raise ValueError("--tls takes a certificate and its key, or nothing: --tls CERT KEY")
    try:
        return stack.enter_context(tls(files, host, names))
    except Unfit as error:
        raise ValueError(str(error)) from error


def _context(certificate: str, key: str | None) -> ssl.SSLContext:
    for path in filter(None, (certificate, key)):
        try:
            Path(path).read_bytes()
        except OSError as error:
            raise Unfit(f"a file of --tls cannot be read: {path}: {error.strerror or error}") from error
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # A key that is sealed under a password is refused: nobody sits here to type it.
        context.load_cert_chain(certificate, key, password=lambda: "")
    except (ssl.SSLError, ValueError) as error:
        why = getattr(error, "reason", None) or str(error)
        raise Unfit(f"TLS needs a certificate and the key that fits it, both in PEM: {why}") from error
    return context
