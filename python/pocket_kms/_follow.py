"""Callbacks that are told what happens in a world, after each call and each move of its clock."""

from __future__ import annotations

import inspect
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Generic, TypeVar

from pocket_kms import _native

_log = logging.getLogger("pocket_kms")

# So much of what a callback has not taken is kept for it, the newest.
KEPT = 10_000

# How many times over callbacks are told at once of what they cause themselves; the rest waits for the next call.
_ROUNDS = 16

_AT_ONCE = (
    "a callback hears at once what happens: it is a function, and not a coroutine function; that of an event loop takes it"
    " by asyncio.Queue.put_nowait"
)

T = TypeVar("T")

# What has happened behind the record with a number, the number of the last record, and how many are not kept any more.
News = Callable[[int], "tuple[Iterable[T], int, int]"]


class Untold(Generic[T]):
    """Something that was told to a callback, and what the callback has raised."""

    __slots__ = ("error", "told")

    def __init__(self, told: T, error: Exception) -> None:
        self.told = told
        self.error = error

    def __repr__(self) -> str:
        return f"<Untold {self.told!r}: {self.error!r}>"


class Subscription(Generic[T]):
    """Tells a callback what happens, until it is closed: ``with kms.audit.on_event(print): ...``.

    What the callback raises harms no call: it is logged, and what was told is kept in ``failed``, from where ``retry``
    tells it again. At the end of a ``with`` block that no other error ends, the first of these errors is raised.
    """

    def __init__(self, follower: Follower, callback: Callable[[T], object], after: int, news: News[T]) -> None:
        self._follower = follower
        self._callback = callback
        self._after = after
        self._news = news
        self._waiting: deque[T] = deque()
        self.failed: deque[Untold[T]] = deque(maxlen=KEPT)
        """What the callback has not taken, oldest first."""
        self.dropped = 0
        """How many records the world has dropped before they were told, and how much ``failed`` has."""

    def close(self) -> None:
        """Tells the callback no more."""
        self._follower.forget(self)

    def retry(self) -> int:
        """Tells once more what the callback has not taken; gives how much it has taken now."""
        again = list(self.failed)
        self.failed.clear()
        for untold in again:
            self._tell(untold.told)
        return len(again) - len(self.failed)

    def _hear(self) -> None:
        """Tells what has happened since it was told last."""
        happened, number, dropped = self._news(self._after)
        self.dropped += max(0, dropped - self._after)
        self._waiting.extend(happened)
        self._after = number
        while self._waiting:
            self._tell(self._waiting[0])
            # What ends a program, such as `KeyboardInterrupt`, ends this before: then it is told again.
            self._waiting.popleft()

    def _tell(self, happened: T) -> None:
        try:
            _refuse_awaitable(self._callback(happened))
        except Exception as error:
            _log.exception("a callback of kms.audit has failed: %r", self._callback)
            self.dropped += len(self.failed) == KEPT
            self.failed.append(Untold(happened, error))

    def __enter__(self) -> Subscription[T]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
        if error is None and self.failed:
            raise self.failed[0].error

    def __repr__(self) -> str:
        return f"<Subscription of {self._callback!r}, failed: {len(self.failed)}>"


class Follower:
    """Listens to a world for all its subscriptions, which are told in the order in which they were made."""

    def __init__(self) -> None:
        self._subscriptions: list[Subscription[Any]] = []
        self._due = False
        self._telling = threading.Lock()
        # The thread that tells now.
        self._teller: int | None = None
        self._process = os.getpid()

    def __call__(self) -> None:
        """Something may have happened. One thread tells at a time: the others leave it to that one, and so do callbacks
        that make calls."""
        self._due = True
        rounds = 0
        while self._due and rounds < _ROUNDS:
            turn = self._turn()
            if not turn.acquire(blocking=False):
                return
            self._teller = threading.get_ident()
            try:
                while self._due and rounds < _ROUNDS:
                    self._due = False
                    rounds += 1
                    for subscription in list(self._subscriptions):
                        subscription._hear()
            finally:
                self._teller = None
                turn.release()

    def add(self, subscription: Subscription[Any]) -> None:
        self._subscriptions.append(subscription)

    def forget(self, subscription: Subscription[Any]) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)

    def _turn(self) -> threading.Lock:
        """The lock of whoever tells. A forked process has one of its own, since nobody in it may hold the other: unless a
        callback has forked, whose thread tells there, too."""
        if self._process != os.getpid():
            self._process = os.getpid()
            if self._teller != threading.get_ident():
                self._telling, self._teller = threading.Lock(), None
        return self._telling


def _refuse_awaitable(returned: object) -> None:
    """Nobody awaits what a callback returns: what stands in a coroutine would never happen."""
    if inspect.isawaitable(returned):
        if inspect.iscoroutine(returned):
            returned.close()
        raise TypeError(_AT_ONCE)


def follow(world: _native.World, callback: Callable[[T], object], after: int, news: News[T]) -> Subscription[T]:
    """Tells a callback from now on what happens in a world behind the record with this number."""
    if not callable(callback):
        raise TypeError(f"a callback is a function of what it is told, not {type(callback).__name__}")
    if inspect.iscoroutinefunction(callback):
        raise TypeError(_AT_ONCE)
    follower = world.listener
    if not isinstance(follower, Follower):
        follower = Follower()
        world.listen(follower)
    # What cannot be asked is refused here, and not in the middle of a call.
    news(after)
    subscription = Subscription(follower, callback, after, news)
    follower.add(subscription)
    follower()
    return subscription
