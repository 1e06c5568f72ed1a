"""The proxies of a world at an address of this machine, for as long as a program wants."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from pocket_kms._server import Listener

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from pocket_kms import _native


class ProxyServer:
    """The proxies of a world over HTTP, or HTTPS: other implementations of KMS, and tests of them, ask them there.

    It answers for every proxy of the world, whose prefixes tell them apart, until it is closed. Also a context manager.
    """

    def __init__(
        self,
        world: _native.World,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        tls: bool | Sequence[str] = False,
        log: Callable[[str], None] | None = None,
    ) -> None:
        from pocket_kms._tls import tls_of

        files = [] if tls is True else tls or None
        with ExitStack() as stack:
            certificate = tls_of(files, host, stack, world.proxy_hosts())
            self._listener = Listener(world, host, port, tls=certificate, tell=log, only_proxies=True)
            self._stack = stack.pop_all()
        self.url = self._listener.url
        """The address under which the prefixes of the proxies stand."""
        self.authority = None if certificate is None else certificate.authority
        """Where the certificate of the authority is that vouches for one that was made; None for one of the user's."""
        self._thread = threading.Thread(
            target=self._listener.serve_forever, kwargs={"poll_interval": 0.05}, name="pocket-kms proxy", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stops listening, and ends all connections."""
        self._listener.shutdown()
        self._listener.server_close()
        self._listener.part()
        self._thread.join()
        self._stack.close()

    def __enter__(self) -> ProxyServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<ProxyServer {self.url}>"
