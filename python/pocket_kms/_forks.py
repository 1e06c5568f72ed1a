"""A process that forks: what must not be copied while it is in use."""

from __future__ import annotations

import os

from pocket_kms import _native

# Windows has no fork.
_FORKS = hasattr(os, "register_at_fork")


def watch() -> None:
    """Tells the native part of every fork, so that no call of another thread is under way when it happens."""
    if _FORKS:
        os.register_at_fork(
            before=_native.before_fork,
            after_in_parent=_native.after_fork_in_parent,
            after_in_child=_native.after_fork_in_child,
        )


class Lock:
    """A lock that no forked process finds held by a thread which it does not have."""

    def __init__(self) -> None:
        # Imported here, since the package's start needs no lock.
        from threading import Lock

        self._new = Lock
        self._lock = Lock()
        self._forking = False
        if _FORKS:
            os.register_at_fork(
                before=self._hold, after_in_parent=self._let_go, after_in_child=self._begin_anew
            )

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _hold(self) -> None:
        self._lock.acquire()
        self._forking = True

    def _let_go(self) -> None:
        # A lock that another thread makes during a fork hears of its end alone.
        if self._forking:
            self._forking = False
            self._lock.release()

    def _begin_anew(self) -> None:
        self._lock = self._new()
        self._forking = False
