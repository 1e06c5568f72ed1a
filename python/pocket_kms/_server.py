"""Sockets around a world: this module moves the bytes of requests and responses, and the core reads them."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from pocket_kms import _native
from pocket_kms._kms import Kms

if TYPE_CHECKING:
    from pocket_kms._state_file import StateFile
    from pocket_kms._tls import Tls

DEFAULT_PORT = 4599

# As much as one `recv` takes in, in bytes.
_RECEIVED = 65_536

# How long the server waits for a running decision when it stops, in seconds; the slowest makes a large RSA key.
_PATIENCE = 5.0


# How often the server checks whether to stop, in seconds.
_ATTENTION = 0.2


class Unavailable(Exception):
    """The server cannot listen on the address."""


class _Stop(Exception):
    """A signal has asked the server to stop."""


class _Peer(socketserver.BaseRequestHandler):
    """One connection; it may carry any number of requests."""

    server: Listener
    request: socket.socket

    def setup(self) -> None:
        self.server.peers[self.request] = threading.current_thread()

    def handle(self) -> None:
        connection = _native.Connection(self.server.endpoint, str(self.client_address[0]))
        stays_open = self.server.tls is None or self._secure(self.server.tls, connection)
        try:
            self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while stays_open and (received := self.request.recv(_RECEIVED)):
                answered, stays_open, lines, delay = connection.receive(received)
                self.server.world.tell()
                if delay:
                    time.sleep(delay)
                # A request may come in pieces, such as its head and its body: there is nothing to say between them.
                if answered:
                    _send(self.request, answered)
                if self.server.tell is not None:
                    for line in lines:
                        self.server.tell(line)
        except OSError:
            # The peer is gone.
            return

    def _secure(self, tls: Tls, connection: _native.Connection) -> bool:
        """Begins TLS, if the peer does: others are refused at the first bytes that are read. Returns whether to read."""
        try:
            first = self.request.recv(1, socket.MSG_PEEK)
            if not first or not connection.begins_tls(first):
                return bool(first)
            below = self.request
            # The handshake comes later: until then the connection must be one that `part` can end.
            self.request = tls.context.wrap_socket(below, server_side=True, do_handshake_on_connect=False)
            self.server.peers[self.request] = self.server.peers.pop(below)
            self.request.do_handshake()
        except OSError as error:
            if self.server.tell is not None:
                self.server.tell(_native.broken_handshake(getattr(error, "reason", None) or error.strerror or str(error)))
            return False
        return True

    def finish(self) -> None:
        self.server.peers.pop(self.request, None)
        if self.server.tls is not None:
            # The server itself knows only the socket below.
            self.request.close()


class Listener(socketserver.ThreadingTCPServer):
    """Answers connections, each in its own thread; decisions run outside of the interpreter's lock."""

    allow_reuse_address = os.name == "posix"
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self,
        world: _native.World,
        host: str,
        port: int,
        *,
        tls: Tls | None = None,
        tell: Callable[[str], None] | None = None,
        cors: str | None = None,
        open_administration: bool = False,
        only_proxies: bool = False,
    ) -> None:
        self.tls, self.tell, self.world = tls, tell, world
        self.endpoint = _native.Endpoint(world, cors, open_administration, only_proxies)
        self.peers: dict[socket.socket, threading.Thread] = {}
        try:
            self.address_family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            super().__init__((host, port), _Peer)
        except OSError as error:
            raise Unavailable(_advice(host, port, error)) from error

    @property
    def url(self) -> str:
        """The address that clients take as their endpoint."""
        host, port = self.server_address[:2]
        shown = f"[{host!s}]" if self.address_family == socket.AF_INET6 else host
        return f"{'http' if self.tls is None else 'https'}://{shown!s}:{port}"

    def part(self) -> bool:
        """Ends every connection. Returns whether all of their threads have ended, too."""
        peers = list(self.peers.items())
        for peer, _ in peers:
            _hang_up(peer)
        for _, thread in peers:
            thread.join(_PATIENCE / len(peers))
        return not any(thread.is_alive() for _, thread in peers)


class Server(Listener):
    """A listener for the life of the process, which keeps its world in a file, if it has one."""

    def __init__(self, kms: Kms, host: str, port: int, *, state: StateFile | None = None, **options: Any) -> None:
        self.kms, self.state, self.asked_to_stop = kms, state, False
        super().__init__(kms._world, host, port, **options)

    def service_actions(self) -> None:
        """Between two connections, and a few times a second: the only place at which the server stops."""
        if self.asked_to_stop:
            raise _Stop
        if self.state is not None:
            self.state.save_if_due(self.kms, complain)


def serve(server: Server, more: Sequence[str] = ()) -> bool:
    """Answers requests until a signal asks to stop; says where, and these lines. Returns whether the world is kept, if it
    has a file."""
    kept = True
    with server:
        for number in _ending():
            signal.signal(number, lambda _number, _frame: setattr(server, "asked_to_stop", True))
        _say(f"pocket-kms is ready at {server.url}", sys.stdout)
        if server.tls is not None and server.tls.authority is not None:
            _say(f"clients believe it by AWS_CA_BUNDLE={server.tls.authority}", sys.stdout)
        for line in more:
            _say(line, sys.stdout)
        try:
            server.serve_forever(poll_interval=_ATTENTION)
        except _Stop:
            server.server_close()
            parted = server.part()
            kept = _kept(server)
            if not parted:
                _leave(kept)
    return kept


def _ending() -> Iterator[int]:
    """The signals that ask to stop. Where a terminal may be closed, it is one of them, unless `nohup` says otherwise."""
    yield from (signal.SIGINT, signal.SIGTERM)
    hung_up = getattr(signal, "SIGHUP", None)
    if hung_up is not None and signal.getsignal(hung_up) is not signal.SIG_IGN:
        yield hung_up


def complain(sentence: str) -> None:
    """Tells what has gone wrong."""
    tell(f"pocket-kms: {sentence}")


def tell(line: str) -> None:
    """Prints a line on standard error."""
    _say(line, sys.stderr)


def _say(line: str, stream: TextIO) -> None:
    """Prints a line. Whoever read it may have gone, as `head` does: a server serves on."""
    try:
        print(line, file=stream, flush=True)
    except BrokenPipeError:
        # What the stream still holds would fail again when the process ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _kept(server: Server) -> bool:
    """Writes the world once more."""
    from pocket_kms._state_file import Unkept

    if server.state is None:
        return True
    try:
        server.state.save(server.kms)
    except Unkept as error:
        complain(str(error))
        return False
    finally:
        server.state.close()
    return True


def _leave(kept: bool) -> NoReturn:
    """Ends the process at once: nothing else stops a thread that still decides, and nobody waits for its answer."""
    sys.stdout.flush()
    os._exit(0 if kept else 1)


def port(text: str) -> int:
    """The number of a port, as a command line says it."""
    if text.isascii() and text.isdecimal() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text}")


def add_listening(parser: argparse.ArgumentParser, default_port: int, whom: str) -> None:
    """Adds the options of every command that listens; ``whom`` is what can be administered there."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s: this machine alone)")
    parser.add_argument("--port", type=port, default=default_port, help="the port (%(default)s); 0 for a free one")
    parser.add_argument(
        "--tls",
        nargs="*",
        metavar=("CERT", "KEY"),
        help="speak TLS: with this certificate and its key, both in PEM, or with one that is made for this machine",
    )
    parser.add_argument("--verbose", action="store_true", help="tell of every request in a line on standard error")
    parser.add_argument(
        "--open-administration",
        action="store_true",
        help=f"let other machines administer {whom}, too: in a container, all others are",
    )


def _send(peer: socket.socket, answered: bytes) -> None:
    """Sends all of it, at once where the peer takes it: over TLS, `sendall` makes three views of the bytes first."""
    sent = peer.send(answered)
    while sent < len(answered):
        sent += peer.send(memoryview(answered)[sent:])


def _hang_up(peer: socket.socket) -> None:
    try:
        peer.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The peer was faster.
        return


def _advice(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is in use: choose another with --port, or a free one with --port 0"
    return f"cannot listen on port {port} of {host}: {error.strerror or error}"
