"""Serving every KMS client of botocore in this process.

The seam is the point at which a client has built and signed its request and asks whether anybody answers in place of
the network: botocore's event `before-send`. Everything before it (validation, serialisation, signing) and after it
(parsing, modelled exceptions, retries) is botocore's own. The event is answered at the class of all emitters, so that
clients which exist already are reached, and before any handler of another emulator hears of the request.
"""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pocket_kms import _native
    from pocket_kms._kms import Kms

F = TypeVar("F", bound=Callable[..., Any])

_lock = threading.Lock()
# The worlds that serve, the innermost last. Writers replace the list and never change it: readers take no lock.
_serving: list[_native.World] = []
# The emitting function of botocore, and the one that replaces it.
_emit: Any = None


class Intercept:
    """A `with` block, or a decorator, in which a world serves every KMS client. It may be entered any number of times."""

    __slots__ = ("_kms",)

    def __init__(self, kms: Kms) -> None:
        self._kms = kms

    def __enter__(self) -> Kms:
        _enter(self._kms._world)
        return self._kms

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _leave(self._kms._world)

    def __call__(self, function: F) -> F:
        """The function, with this block around each of its calls."""
        if inspect.isclass(function):
            raise TypeError(f"{function.__name__} is a class: decorate its methods, or enter `intercept()` in a set-up")
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise TypeError(f"{function.__name__} is a generator: use `with kms.intercept():` inside of it")
        return _awaiting(self, function) if inspect.iscoroutinefunction(function) else _calling(self, function)


def _calling(intercept: Intercept, function: F) -> F:
    @functools.wraps(function)
    def served(*arguments: Any, **named: Any) -> Any:
        with intercept:
            return function(*arguments, **named)

    return served  # type: ignore[return-value]


def _awaiting(intercept: Intercept, function: F) -> F:
    @functools.wraps(function)
    async def served(*arguments: Any, **named: Any) -> Any:
        with intercept:
            return await function(*arguments, **named)

    return served  # type: ignore[return-value]


def _enter(world: _native.World) -> None:
    global _serving
    with _lock:
        if not _serving:
            _install()
        _serving = [*_serving, world]


def _leave(world: _native.World) -> None:
    """Removes the innermost block of this world; blocks in several threads may end in any order."""
    global _serving
    with _lock:
        place = len(_serving) - 1 - _serving[::-1].index(world)
        _serving = _serving[:place] + _serving[place + 1 :]
        if not _serving:
            _remove()


def _install() -> None:
    """Installs the hook; without botocore there is no client to serve."""
    global _emit
    try:
        from botocore.hooks import HierarchicalEmitter

        from pocket_kms import _botocore
    except ImportError as error:
        raise ImportError("intercept() serves clients of botocore: pip install pocket-kms[boto3]") from error
    original = HierarchicalEmitter.emit

    @functools.wraps(original)
    def emit(emitter: Any, event_name: str, **details: Any) -> Any:
        serving = _serving
        if serving and event_name.startswith("before-s"):
            if event_name.startswith(_botocore.BEFORE_SEND):
                return _botocore.respond(serving[-1], emitter, details["request"])
            if event_name.startswith(_botocore.BEFORE_SIGN):
                _botocore.lend_credentials(emitter, details["request"], details["request_signer"])
        return original(emitter, event_name, **details)

    _emit = (original, emit)
    HierarchicalEmitter.emit = emit


def _remove() -> None:
    """Removes the hook, unless somebody has wrapped it since: then it stays, and passes everything on."""
    from botocore.hooks import HierarchicalEmitter

    original, emit = _emit
    if HierarchicalEmitter.emit is emit:
        HierarchicalEmitter.emit = original
