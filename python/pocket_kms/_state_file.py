"""A world in a file: sealed, written whole or not at all, and used by one server at a time.

`FILE.key` beside it opens it, and `FILE.lock` says who serves it. The server of Node keeps the same files.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pocket_kms._kms import Kms

if TYPE_CHECKING:
    from pocket_kms._proxies import Proxies

# How long a crash may set the world back, in seconds.
INTERVAL = 5.0

_KEY_LENGTH = 32


class Unkept(Exception):
    """A world cannot be kept in the file; the sentence says what to do."""


class StateFile:
    """The file of a world, taken for this process alone."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._saved: bytes | None = None
        self._due = time.monotonic() + INTERVAL
        if self._path.is_dir():
            raise Unkept(f"{self._path} is a folder: a world is kept in a file, such as {self._path / 'world'}")
        self._take()
        try:
            self._key = self._root_key()
        except BaseException:
            self.close()
            raise

    def restored(self, history: bool, proxies: Proxies | None = None) -> Kms | None:
        """The world in the file; None where there is none yet."""
        try:
            snapshot = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unread(error.strerror or str(error)) from error
        try:
            return Kms._restored(snapshot, self._key, history, proxies)
        except ValueError as error:
            raise self._unread(str(error)) from error

    def save(self, kms: Kms) -> None:
        """Puts the whole world beside the file, and then in its place: at every moment the file is whole."""
        self._due = time.monotonic() + INTERVAL
        snapshot = kms.snapshot(self._key)
        # Equal worlds have equal snapshots.
        if snapshot == self._saved:
            return
        beside = _beside(self._path, ".new")
        try:
            _write(beside, snapshot)
            os.replace(beside, self._path)
            _settle(self._path.parent)
        except OSError as error:
            beside.unlink(missing_ok=True)
            sentence = f"the world is not written to {self._path}, which stays as it was: {error.strerror or error}"
            raise Unkept(sentence) from error
        self._saved = snapshot

    def save_if_due(self, kms: Kms, complain: Callable[[str], None]) -> None:
        """Writes the world every few seconds."""
        if time.monotonic() >= self._due:
            try:
                self.save(kms)
            except Unkept as error:
                complain(str(error))

    def close(self) -> None:
        """Lets the file go."""
        _beside(self._path, ".lock").unlink(missing_ok=True)

    def _unread(self, why: str) -> Unkept:
        advice = "put a copy of it there, or begin with another file"
        return Unkept(f"{self._path} cannot be read, and nobody has changed it: {why}; {advice}")

    def _root_key(self) -> bytes:
        path = _beside(self._path, ".key")
        try:
            key = path.read_bytes()
        except FileNotFoundError:
            return self._new_key(path)
        except OSError as error:
            raise Unkept(f"{path} cannot be read: {error.strerror or error}") from error
        if len(key) == _KEY_LENGTH:
            return key
        advice = f"put the key of {self._path} there, or begin with another file"
        raise Unkept(f"{path} must hold {_KEY_LENGTH} bytes, not {len(key)}: {advice}")

    def _new_key(self, path: Path) -> bytes:
        if self._path.exists():
            advice = "put it there, or begin with another file"
            raise Unkept(f"{self._path} is sealed under {path}, which is missing: {advice}")
        key = secrets.token_bytes(_KEY_LENGTH)
        try:
            _write(path, key)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise Unkept(f"a world cannot be kept in {self._path}: {error.strerror or error}") from error
        return key

    def _take(self) -> None:
        path = _beside(self._path, ".lock")
        while True:
            try:
                with path.open("x") as lock:
                    lock.write(str(os.getpid()))
                return
            except FileExistsError:
                holder = _number(path)
            except OSError as error:
                raise Unkept(f"a world cannot be kept in {self._path}: {error.strerror or error}") from error
            if _lives(holder):
                advice = f"stop it, or choose another file; if it is another program, remove {path}"
                raise Unkept(f"{self._path} is served by process {holder}: {advice}")
            path.unlink(missing_ok=True)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _write(path: Path, content: bytes) -> None:
    """Writes what nobody else may read, down to the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Brings the new name down to the disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _number(path: Path) -> int:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return 0


def _lives(process: int) -> bool:
    """Whether a process with this id runs."""
    if process <= 0 or process == os.getpid():
        return False
    if os.name != "posix":
        # Elsewhere, asking would end the process.
        return True
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True
