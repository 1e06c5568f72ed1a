"""The seam between clients of botocore and the network, and who stands there.

The seam is the point at which a client has built and signed its request and asks whether anybody answers in place of
the network: botocore's event `before-send`. Everything before it (validation, serialisation, signing) and after it
(parsing, modelled exceptions, retries) is botocore's own. The event is answered at the class of all emitters, so that
clients which exist already are reached, and before any handler of another emulator hears of the request.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, TypeVar

from pocket_kms import _forks, _native

try:
    from botocore.hooks import HierarchicalEmitter
except ImportError as error:
    raise ImportError(
        "intercept() and block_network() stand between clients of botocore and the network:"
        ' pip install "pocket-kms[boto3]"'
    ) from error

from pocket_kms import _botocore

Emit = Callable[..., Any]


class Block:
    """One stay in a block: its world serves, and its sender is who sends all requests. With ``audit``, CloudTrail and
    CloudWatch are asked there, too."""

    __slots__ = ("audit", "owner", "sender", "world")

    def __init__(self, world: _native.World, sender: _native.Sender | None, owner: object, audit: bool) -> None:
        self.world = world
        self.sender = sender
        self.owner = owner
        self.audit = audit


class Guard:
    """Keeps requests that nobody answers from the network: those of KMS, or those of all of AWS."""

    __slots__ = ("aws", "owner")

    def __init__(self, aws: bool, owner: object) -> None:
        self.aws = aws
        self.owner = owner


_Entered = TypeVar("_Entered", Block, Guard)


class Seam:
    """Who stands at the seam. Writers replace the lists and never change them: readers take no lock."""

    def __init__(self) -> None:
        self._lock = _forks.Lock()
        # The innermost last.
        self._blocks: list[Block] = []
        self._guards: list[Guard] = []
        # Those of this task or thread; other ones, which code under test has started, find the last of all.
        self._here: ContextVar[tuple[Block, ...]] = ContextVar("pocket_kms", default=())
        # The emitting function of botocore, and the one that replaces it.
        self._original: Emit | None = None
        self._emit: Emit | None = None

    def enter(self, block: Block) -> None:
        """From now on the block's world serves, in this context and in those that have none of their own."""
        with self._lock:
            self._install()
            self._blocks = [*self._blocks, block]
        self._here.set((*self._living(), block))

    def leave(self, owner: object) -> None:
        """Ends the innermost block of this owner, in this context if there is one; blocks may end in any order."""
        with self._lock:
            ended = _newest((*self._blocks, *self._living()), owner)
            self._blocks = [block for block in self._blocks if block is not ended]
            self._remove()
        self._here.set(self._living())

    def guard(self, guard: Guard) -> None:
        """From now on the guard watches."""
        with self._lock:
            self._install()
            self._guards = [*self._guards, guard]

    def unguard(self, owner: object) -> None:
        """Ends the newest guard of this owner."""
        with self._lock:
            ended = _newest(self._guards, owner)
            self._guards = [guard for guard in self._guards if guard is not ended]
            self._remove()

    def serving(self) -> Block | None:
        """The innermost block of this context, or else the one entered last anywhere."""
        if not self._blocks:
            return None
        here = self._living()
        return here[-1] if here else self._blocks[-1]

    def watching(self, event_name: str) -> bool:
        """Whether a guard watches the requests of the service that the event names."""
        of_kms = event_name.startswith(_botocore.KMS_SENDS)
        return any(of_kms or guard.aws for guard in self._guards)

    def _living(self) -> tuple[Block, ...]:
        """The blocks of this context, which may be a copy of one in which they have ended since."""
        blocks = self._blocks
        return tuple(block for block in self._here.get() if block in blocks)

    def _install(self) -> None:
        if self._blocks or self._guards:
            return
        original = HierarchicalEmitter.emit

        @functools.wraps(original)
        def emit(emitter: Any, event_name: str, **details: Any) -> Any:
            if not event_name.startswith("before-s"):
                return original(emitter, event_name, **details)
            return self._told(original, emitter, event_name, details)

        self._original, self._emit = original, emit
        setattr(HierarchicalEmitter, "emit", emit)

    def _told(self, original: Emit, emitter: Any, event_name: str, details: dict[str, Any]) -> Any:
        """What comes of an event before a request is signed or sent."""
        block = self.serving()
        if block is not None and _botocore.is_answered(event_name, block.audit):
            return _botocore.respond(block.world, block.sender, emitter, details["request"])
        if block is not None and _botocore.is_signed(event_name, block.audit):
            _botocore.lend_credentials(emitter, details["request"], details["request_signer"])
        answered = original(emitter, event_name, **details)
        if event_name.startswith(_botocore.SENDS) and self.watching(event_name):
            return _botocore.keep_from_network(emitter, event_name, details["request"], answered)
        return answered

    def _remove(self) -> None:
        """Removes the hook, unless somebody has wrapped it since: then it stays, and passes everything on."""
        if not self._blocks and not self._guards and HierarchicalEmitter.emit is self._emit:
            setattr(HierarchicalEmitter, "emit", self._original)


def _newest(entered: Iterable[_Entered], owner: object) -> _Entered:
    """The one of this owner that was entered last."""
    for one in reversed(tuple(entered)):
        if one.owner is owner:
            return one
    raise RuntimeError("this block has ended, or nobody has entered it")


SEAM = Seam()
