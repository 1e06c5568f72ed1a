"""A server in a process of its own, for the tests that need one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

READY = "pocket-kms is ready at "


class Served:
    """A running server."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "pocket_kms", "serve", *arguments]
        # Python's own buffering must not be what makes the address come in time.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        )
        assert self.process.stdout
        self.said = self.process.stdout.readline().rstrip("\n")

    @property
    def url(self) -> str:
        assert self.said.startswith(READY), (self.said, self.process.stderr and self.process.stderr.read())
        return self.said.removeprefix(READY)

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def end(self, number: int) -> tuple[int, str, str]:
        """Sends a signal and gives the exit code and what else was said."""
        self.process.send_signal(number)
        said, complaints = self.process.communicate(timeout=30)
        return self.process.returncode, said, complaints


@contextmanager
def serving(*arguments: str) -> Iterator[Served]:
    """A server on a free port, for as long as the block lasts."""
    served = Served("--port", "0", *arguments)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.process.kill()
            served.process.communicate()
