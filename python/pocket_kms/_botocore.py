"""Requests that botocore has built and signed, answered by a world; the only module that knows botocore's events."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.credentials import Credentials

from pocket_kms import _native
from pocket_kms._clock import host_millis

# botocore's event in place of which a response may be given, and the one before a request is signed.
BEFORE_SEND = "before-send.kms."
BEFORE_SIGN = "before-sign.kms."

# The credentials that sign the requests of a client that has none. They open no door: pocket-kms checks no signature.
NOBODY = Credentials("pocket-kms", "pocket-kms")


class Body:
    """The body of a response where a client expects its connection."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._content

    async def read(self) -> bytes:
        return self._content


def answer(world: _native.World, request: AWSPreparedRequest, kind: type[AWSResponse] = AWSResponse) -> AWSResponse:
    """The world's response to a request."""
    headers = [(name, _encoded(value)) for name, value in request.headers.items()]
    status, answered, body = world.http(request.method, request.url, headers, _bytes(request.body), host_millis())
    return kind(request.url, status, answered, Body(body))


def respond(world: _native.World, emitter: Any, request: AWSPreparedRequest) -> Any:
    """What an emitter returns for an event that one handler has answered; callers await aiobotocore's emitters."""
    if not _is_awaited(emitter):
        return [(answer, answer(world, request))]
    from aiobotocore.awsrequest import AioAWSResponse

    return _soon([(answer, answer(world, request, AioAWSResponse))])


async def _soon(responses: list[Any]) -> list[Any]:
    return responses


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


def _encoded(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _bytes(body: Any) -> bytes:
    if isinstance(body, str):
        return body.encode()
    return bytes(body) if body else b""
