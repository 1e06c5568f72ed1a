"""Sends what KMS asks to the proxies of external key stores, and says what has become of it.

The core builds and signs each request, and decides what an answer means; this module brings the connection. Nothing is
sent to an endpoint that whoever runs the program has not allowed.
"""

from __future__ import annotations

import errno
import http.client
import io
import os
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pocket_kms import _forks

# Answers that are longer are malformed (64 KiB); one byte more shows that they are.
_LONGEST = 65_537

# How many idle connections are kept for one endpoint.
_IDLE = 8

# Of TLS 1.2, KMS knows these two; which ones of TLS 1.3 are spoken is up to OpenSSL.
_CIPHERS = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"

# Numbers of OpenSSL for what is wrong with a certificate (X509_V_ERR_...).
_UNTRUSTED = {18, 19}
_INCOMPLETE = {2, 20, 21}
_NOT_VALID_NOW = {9, 10}
_OTHER_NAME = {62, 63, 64}


class _Place(NamedTuple):
    """Where an endpoint is."""

    host: str
    port: int
    tls: bool


class Proxies:
    """The proxies that may be asked, and the connections to them. Any number of threads may ask at once."""

    def __init__(
        self, allowed: Mapping[str, str | None] | Iterable[str], authority: str | os.PathLike[str] | None
    ) -> None:
        """Allows endpoints; a mapping says of each at which base URL it is to be found instead, or None for itself."""
        if isinstance(allowed, str):
            raise TypeError(f"proxies are a mapping or a list of endpoints, such as [{allowed!r}]")
        places = allowed if isinstance(allowed, Mapping) else dict.fromkeys(allowed)
        self._places = {_endpoint(name): _place(name if base is None else base) for name, base in places.items()}
        self._context = _context(authority)
        self._idle: dict[str, list[_Connection]] = {}
        self._lock = _forks.Lock()
        self._process = os.getpid()

    def __call__(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answers a question of the core in one of the forms that it reads."""
        place = self._places.get(f"{question['scheme']}://{question['host']}".lower())
        if place is None:
            return {"unreachable": "not-allowed"}
        limit = question["timeLimit"]
        begun = time.monotonic()
        deadline = None if limit is None else begun + limit / 1000
        name = question["host"]
        kept = self._take(name)
        if kept is not None:
            answer = kept.ask(question, begun, deadline)
            # The proxy may have closed it meanwhile, before it saw anything: one more connection, and no more time.
            if answer != {"unreachable": "reset"}:
                return self._done(name, kept, answer)
        connection = _Connection(place, name, self._context)
        return self._done(name, connection, connection.ask(question, begun, deadline))

    def _take(self, name: str) -> _Connection | None:
        with self._lock:
            if self._process != os.getpid():
                # The connections of the process that has forked are its own.
                self._idle, self._process = {}, os.getpid()
            idle = self._idle.get(name)
            return idle.pop() if idle else None

    def _done(self, name: str, connection: _Connection, answer: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            idle = self._idle.setdefault(name, [])
            if connection.is_open and len(idle) < _IDLE:
                idle.append(connection)
                return answer
        connection.close()
        return answer


class _Connection:
    """One connection to a proxy, for one request after the other."""

    def __init__(self, place: _Place, name: str, context: ssl.SSLContext) -> None:
        self._place = place
        self._name = name
        self._context = context
        self._wire: _Wire | None = None
        self._certificate: dict[str, Any] | None = None

    @property
    def is_open(self) -> bool:
        """Whether one more request can be sent."""
        return self._wire is not None

    def close(self) -> None:
        """Ends the connection."""
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    def ask(self, question: dict[str, Any], begun: float, deadline: float | None) -> dict[str, Any]:
        """Sends a request and reads its answer."""
        try:
            answer = self._asked(question, begun, deadline)
        except BaseException as error:
            waiting = "connecting" if self._wire is None else "answer"
            self.close()
            if not isinstance(error, (OSError, http.client.HTTPException)):
                raise
            return _failed(error, waiting)
        return answer

    def _asked(self, question: dict[str, Any], begun: float, deadline: float | None) -> dict[str, Any]:
        wire = self._connected(deadline)
        wire.deadline = deadline
        wire.sendall(_request(question))
        response = http.client.HTTPResponse(wire, method=question["method"])  # type: ignore[arg-type]
        response.begin()
        body = response.read(_LONGEST)
        if response.length and len(body) < _LONGEST:
            # To read up to a number of bytes does not complain of what is missing.
            raise http.client.IncompleteRead(body)
        elapsed = int((time.monotonic() - begun) * 1000)
        if response.will_close or not response.isclosed():
            self.close()
        response.close()
        headers = [[name, value] for name, value in response.getheaders()]
        answer = {"status": response.status, "headers": headers, "body": body, "elapsed": elapsed}
        return answer if self._certificate is None else {**answer, "certificate": self._certificate}

    def _connected(self, deadline: float | None) -> _Wire:
        if self._wire is not None:
            return self._wire
        address = (self._place.host, self._place.port)
        connected = socket.create_connection(address, timeout=_remaining(deadline))
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wire = _Wire(connected)
        if self._place.tls:
            connected.settimeout(_remaining(deadline))
            wrapped = self._context.wrap_socket(connected, server_hostname=self._name)
            self._wire = _Wire(wrapped)
            self._certificate = _certificate(wrapped)
        return self._wire


class _Wire:
    """A socket as `http.client` wants it, which gives up at a deadline, however the bytes drip."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self.deadline: float | None = None

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(_remaining(self.deadline))
        self._socket.sendall(data)

    def receive_into(self, buffer: Any) -> int:
        self._socket.settimeout(_remaining(self.deadline))
        return self._socket.recv_into(buffer)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self))

    def close(self) -> None:
        self._socket.close()


class _Reading(io.RawIOBase):
    """The bytes that come in on a wire; to close it does not close the wire."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._wire.receive_into(buffer)


def _request(question: dict[str, Any]) -> bytes:
    """The bytes of a request: the headers are the core's, to the letter."""
    head = [f"{question['method']} {question['path']} HTTP/1.1"]
    head += [f"{name}: {value}" for name, value in question["headers"]]
    body: bytes = question["body"]
    return "\r\n".join([*head, "", ""]).encode() + body


def _remaining(deadline: float | None) -> float | None:
    """The seconds until a deadline."""
    if deadline is None:
        return None
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _failed(error: Exception, waiting: str) -> dict[str, Any]:
    """What to say of a request that has come to nothing."""
    if isinstance(error, TimeoutError):
        return {"timeout": waiting}
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return {"unreachable": "reset"}
    if isinstance(error, ssl.SSLError):
        return {"tls": _tls_reason(error)}
    if isinstance(error, (ConnectionError, http.client.RemoteDisconnected, http.client.IncompleteRead)):
        return {"unreachable": "refused" if isinstance(error, ConnectionRefusedError) else "reset"}
    if isinstance(error, http.client.HTTPException):
        # Something has answered, and not in HTTP: there is nothing to read in it.
        return {"status": 0, "body": b"", "elapsed": 0}
    if isinstance(error, socket.gaierror):
        return {"unreachable": "name"}
    no_route = getattr(error, "errno", None) in (errno.EHOSTUNREACH, errno.ENETUNREACH)
    return {"unreachable": "no-route" if no_route else "other"}


def _tls_reason(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        for reason, numbers in (
            ("expired", _NOT_VALID_NOW),
            ("wrong-name", _OTHER_NAME),
            ("untrusted-issuer", _UNTRUSTED),
            ("chain", _INCOMPLETE),
        ):
            if error.verify_code in numbers:
                return reason
        return "other"
    said = error.reason or ""
    if "CERTIFICATE_REQUIRED" in said:
        return "client-certificate"
    if any(word in said for word in ("PROTOCOL", "CIPHER", "VERSION", "HANDSHAKE_FAILURE")):
        return "protocol"
    return "other"


def _certificate(connected: ssl.SSLSocket) -> dict[str, Any] | None:
    """What the metrics tell of the certificate: whose it is, and until when."""
    told: Any = connected.getpeercert() or {}
    names = [value for part in told.get("subject", ()) for name, value in part if name == "commonName"]
    not_after = told.get("notAfter")
    if not names or not_after is None:
        return None
    return {"subject": names[0], "notAfter": ssl.cert_time_to_seconds(not_after)}


def _context(authority: str | os.PathLike[str] | None) -> ssl.SSLContext:
    """TLS that checks the certificate and the name of whoever answers: against the authorities of this machine, or against
    those in a file or in a text in PEM.
    """
    pem = authority if isinstance(authority, str) and "-----BEGIN" in authority else None
    try:
        context = ssl.create_default_context(cafile=None if pem else authority, cadata=pem)
    except (OSError, ValueError) as error:
        raise ValueError(f"proxy_ca is a file of certificates in PEM, or their text: {error}") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_CIPHERS)
    return context


def _endpoint(name: str) -> str:
    """An endpoint as CreateCustomKeyStore names it."""
    parts = urlsplit(name)
    if parts.scheme != "https" or not parts.hostname or name.lower() != f"https://{parts.hostname}":
        raise ValueError(f"the endpoint of a proxy is https:// and a host, such as https://xks.example.com, not {name!r}")
    return name.lower()


def _place(base: str) -> _Place:
    """Where a base URL leads."""
    parts = urlsplit(base)
    plain = parts.path in ("", "/") and not parts.query and not parts.fragment and not parts.username
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise ValueError(f"a proxy is found at a URL such as https://127.0.0.1:8443, not at {base!r}")
    tls = parts.scheme == "https"
    return _Place(parts.hostname, parts.port or (443 if tls else 80), tls)
