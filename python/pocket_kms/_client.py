"""Genuine boto3 clients that one world answers, whatever block surrounds them."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any, NamedTuple

from pocket_kms import _forks, _native

try:
    import boto3
    import botocore.session
    from botocore.hooks import HierarchicalEmitter
except ImportError as error:
    raise ImportError('client() makes clients of boto3: pip install "pocket-kms[boto3]"') from error

from pocket_kms import _botocore

DEFAULT_REGION = "us-east-1"

# Several threads must not use a session of boto3 at once.
_lock = _forks.Lock()


class _Emitter(HierarchicalEmitter):
    """The events of one client: its world answers, and no other emulator sees its requests."""

    world: _native.World | None = None
    sender: _native.Sender | None = None
    # What `emit` of botocore calls. A call has a dozen events: each would pass two functions more.
    _emit: Callable[..., Any]

    def emit(self, event_name: str, **details: Any) -> Any:
        if event_name.startswith(_botocore.SENDS) and self.world is not None:
            return [(_botocore.answer, _botocore.answer(self.world, self.sender, details["request"]))]
        return self._emit(event_name, details)


class _Session(NamedTuple):
    clients: boto3.Session
    emitter: _Emitter


def client(
    world: _native.World,
    sender: _native.Sender | None,
    region_name: str | None,
    arguments: dict[str, Any],
    service: str = "kms",
) -> Any:
    """A client of KMS, or of another service, that the world answers, and whose requests somebody sends."""
    region_name = region_name or os.environ.get("AWS_DEFAULT_REGION") or DEFAULT_REGION
    arguments.setdefault("aws_access_key_id", _botocore.NOBODY.access_key)
    arguments.setdefault("aws_secret_access_key", _botocore.NOBODY.secret_key)
    with _lock:
        session = _session()
        session.emitter.world, session.emitter.sender = world, sender
        # Types know a signature for each service by its name.
        made: Any = session.clients.client
        return made(service, region_name=region_name, **arguments)


@functools.cache
def _session() -> _Session:
    """One session for all worlds, since it keeps the API's model; it reads no file of the home directory."""
    emitter = _Emitter()
    session = botocore.session.Session(event_hooks=emitter)
    # The store of the variables, not the session: a session takes None for "look further".
    store = session.get_component("config_store")
    for variable, value in (("profile", None), ("config_file", os.devnull), ("credentials_file", os.devnull)):
        store.set_config_variable(variable, value)
    return _Session(boto3.Session(botocore_session=session), emitter)
