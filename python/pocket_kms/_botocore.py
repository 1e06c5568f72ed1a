"""Requests that botocore has built and signed, answered by a world; the only module that knows botocore's events."""

from __future__ import annotations

import inspect
import math
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from botocore.credentials import Credentials
from botocore.exceptions import ConnectionClosedError, HTTPClientError, ReadTimeoutError

from pocket_kms import _native, _reasons
from pocket_kms._errors import NetworkBlocked

_reasons.install()

# botocore's event in place of which a response may be given, and the one before a request is signed; the service and
# the operation follow.
SENDS = "before-send."
KMS_SENDS = "before-send.kms."

# What a world answers of STS: who calls, and sessions. Its other operations begin with the same words.
STS = ("AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity", "GetFederationToken", "GetSessionToken")
STS_SENDS = {f"before-send.sts.{operation}" for operation in STS}
STS_SIGNS = {f"before-sign.sts.{operation}" for operation in STS}

# What a world answers of CloudTrail and CloudWatch: what was recorded of its calls.
AUDIT = ("cloudtrail.LookupEvents", "cloudwatch.GetMetricData", "cloudwatch.GetMetricStatistics", "cloudwatch.ListMetrics")
AUDIT_SENDS = {f"before-send.{operation}" for operation in AUDIT}
AUDIT_SIGNS = {f"before-sign.{operation}" for operation in AUDIT}

# Where a server of this machine answers.
LOOPBACK = ("localhost", "127.0.0.1", "::1")

# The credentials that sign the requests of a client that has none. They open no door, for nobody has registered them.
NOBODY = Credentials("pocket-kms", "pocket-kms")


class Headers(HeadersDict):
    """The headers of a response, whose names may be spelled in any case.

    botocore's own dictionary makes an object of a name whenever somebody looks it up, which is a good part of what a call
    costs in process: here, names are looked up as they are spelled, and only then in lower case.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._spelled = dict(headers)
        self._lower = {name.lower(): name for name in headers}

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in self._lower or name.lower() in self._lower)

    def __getitem__(self, name: str) -> str:
        if name in self._spelled:
            return self._spelled[name]
        return self._spelled[self._lower[name.lower()]]

    def __setitem__(self, name: str, value: str) -> None:
        # A name stays as it was spelled first, as in botocore's.
        self._spelled[self._lower.setdefault(name.lower(), name)] = value

    def __delitem__(self, name: str) -> None:
        del self._spelled[self._lower.pop(name.lower())]

    def __iter__(self) -> Iterator[str]:
        return iter(self._spelled)

    def __len__(self) -> int:
        return len(self._spelled)

    def __repr__(self) -> str:
        return repr(self._spelled)

    def copy(self) -> Headers:
        return Headers(self._spelled)


class Body:
    """The body of a response where a client expects its connection."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: Any) -> Iterator[bytes]:
        return iter((self._content,))

    async def read(self) -> bytes:
        return self._content


class Response(AWSResponse):
    """A response that is there as a whole: botocore's own would read its headers and its body piece by piece."""

    def __init__(self, url: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.url, self.status_code, self.headers, self.raw = url, status, Headers(headers), Body(body)
        self._body = body

    @property
    def content(self) -> bytes:
        return self._body


def is_answered(event_name: str, audit: bool) -> bool:
    """Whether a world answers the request that an event is about; ``audit`` is whether it answers of its records, too."""
    return event_name.startswith(KMS_SENDS) or event_name in STS_SENDS or (audit and event_name in AUDIT_SENDS)


def is_signed(event_name: str, audit: bool) -> bool:
    """Whether an event is about to sign a request that a world answers."""
    return event_name.startswith("before-sign.kms.") or event_name in STS_SIGNS or (audit and event_name in AUDIT_SIGNS)


def answer(world: _native.World, sender: _native.Sender | None, request: AWSPreparedRequest) -> AWSResponse:
    """The world's response to a request of somebody."""
    status, headers, body, delay = _answered(world, sender, request)
    pause, failure = _ending(request, status, delay)
    if pause:
        time.sleep(pause)
    if failure is not None:
        raise failure
    return Response(request.url, status, headers, body)


def _ending(request: AWSPreparedRequest, status: int, delay: float) -> tuple[float, HTTPClientError | None]:
    """For how many seconds the client waits, and what becomes of its request then if it gets no response."""
    if delay and (patience := _patience()) < delay:
        return patience, ReadTimeoutError(endpoint_url=request.url)
    return delay, ConnectionClosedError(endpoint_url=request.url) if status == 0 else None


def _patience() -> float:
    """For how many seconds the client waits for an answer, as its configuration says. Its event does not tell, but the
    function of botocore that emits the event knows.
    """
    frame = inspect.currentframe()
    while frame is not None:
        context = frame.f_locals.get("context") if frame.f_code.co_name == "_do_get_response" else None
        if isinstance(context, dict) and "client_config" in context:
            patience = context["client_config"].read_timeout
            return math.inf if patience is None else float(patience)
        frame = frame.f_back
    return math.inf


def _answered(world: _native.World, sender: _native.Sender | None, request: AWSPreparedRequest) -> Any:
    """Status, headers and body of the response, and the seconds for which it is kept back. Status 0 stands for a
    connection that breaks.
    """
    return world.http(request.method, request.url, _pairs(request.headers), _bytes(request.body), sender)


def _pairs(headers: Any) -> list[tuple[str, Any]]:
    """All headers, since a signature may cover any of them.

    botocore's dictionary makes an object of each name whenever somebody looks it up, to read its items as well: they are
    read where it keeps them, or else as any dictionary's.
    """
    try:
        return [(name._key, value) for name, value in headers._dict.items()]
    except AttributeError:
        return list(headers.items())


def respond(
    world: _native.World, sender: _native.Sender | None, emitter: Any, request: AWSPreparedRequest
) -> Any:
    """What an emitter returns for an event that one handler has answered; callers await aiobotocore's emitters."""
    if not _is_awaited(emitter):
        return [(answer, answer(world, sender, request))]
    from aiobotocore.awsrequest import AioAWSResponse

    if world.asks:
        return _answer_in_thread(world, sender, request, AioAWSResponse)
    return _answer_soon(request, AioAWSResponse, *_answered(world, sender, request))


async def _answer_in_thread(
    world: _native.World, sender: _native.Sender | None, request: AWSPreparedRequest, kind: Callable[..., AWSResponse]
) -> Any:
    """A call may wait for the proxy of an external key store, and an event loop must not."""
    from asyncio import to_thread

    return await _answer_soon(request, kind, *await to_thread(_answered, world, sender, request))


async def _answer_soon(
    request: AWSPreparedRequest, kind: Callable[..., AWSResponse], status: int, headers: Any, body: bytes, delay: float
) -> Any:
    pause, failure = _ending(request, status, delay)
    if pause:
        from asyncio import sleep

        await sleep(pause)
    if failure is not None:
        raise failure
    response = kind(request.url, status, {}, Body(body))
    response.headers = Headers(headers)
    return [(answer, response)]


def keep_from_network(emitter: Any, event_name: str, request: AWSPreparedRequest, answered: Any) -> Any:
    """What the handlers of an event have answered; refuses the request when none of them has."""
    if _is_awaited(emitter):
        return _kept_soon(event_name, request, answered)
    return _kept(event_name, request, answered)


async def _kept_soon(event_name: str, request: AWSPreparedRequest, answered: Any) -> Any:
    return _kept(event_name, request, await answered)


def _kept(event_name: str, request: AWSPreparedRequest, answered: Any) -> Any:
    of_kms = event_name.startswith(KMS_SENDS)
    if any(response is not None for _, response in answered):
        return answered
    if not of_kms and urlsplit(request.url).hostname in LOOPBACK:
        return answered
    _, service, operation = event_name.split(".", 2)
    raise NetworkBlocked(f"{service} {operation} would go to {request.url}, and nobody answers it here: {_ADVICE[of_kms]}")


# What to do about a request of another service, and about one of KMS.
_ADVICE = (
    "have moto or a Stubber answer it, or block KMS alone",
    "call it inside of `with kms.intercept():`, use the fixture kms_intercepted, or make the client by `kms.client()`",
)


def _is_awaited(emitter: Any) -> bool:
    return inspect.iscoroutinefunction(emitter._emit)


def lend_credentials(emitter: Any, request: Any, request_signer: Any) -> None:
    """Signs a request of a client without credentials with dummy ones."""
    if getattr(request_signer, "_credentials", None) is None:
        lent = _awaited_nobody() if _is_awaited(emitter) else NOBODY
        request.context.setdefault("signing", {}).setdefault("request_credentials", lent)


def _awaited_nobody() -> Any:
    from aiobotocore.credentials import AioCredentials

    return AioCredentials(NOBODY.access_key, NOBODY.secret_key)


def _bytes(body: Any) -> bytes:
    if isinstance(body, str):
        return body.encode()
    return bytes(body) if body else b""
