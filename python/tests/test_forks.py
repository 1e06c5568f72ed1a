"""Processes that fork: each draws randomness of its own, and none waits for a thread that it does not have."""

from __future__ import annotations

import ctypes
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pocket_kms import Kms

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")

# Seconds in which a forked process answers, on a machine that has much else to do.
PATIENCE = 60


def forked(work: Callable[[], Any], fork: Callable[[], int] = os.fork) -> Any:
    """What a forked process answers."""
    reader, writer = os.pipe()
    child = fork()
    if child == 0:
        try:
            os.write(writer, pickle.dumps(work()))
        finally:
            os._exit(0)
    os.close(writer)
    try:
        answered = b""
        while select.select([reader], [], [], PATIENCE)[0]:
            if not (more := os.read(reader, 65_536)):
                return pickle.loads(answered)
            answered += more
        raise AssertionError("the forked process hangs")
    finally:
        os.close(reader)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def draw(kms: Kms) -> bytes:
    return kms.call("GenerateRandom", {"NumberOfBytes": 32})["Plaintext"]


def test_parent_and_children_draw_different_randomness() -> None:
    kms = Kms()
    draw(kms)
    drawn = [forked(lambda: draw(kms)) for _ in range(3)] + [draw(kms)]
    assert len(set(drawn)) == 4


def test_a_key_in_a_child_is_another_one_and_its_nonces_are_others() -> None:
    kms = Kms()
    key = kms.call("CreateKey")["KeyMetadata"]["KeyId"]

    def use() -> tuple[str, bytes]:
        sealed = kms.call("Encrypt", {"KeyId": key, "Plaintext": bytes(16)})["CiphertextBlob"]
        return kms.call("CreateKey")["KeyMetadata"]["KeyId"], sealed

    (child_key, child_sealed), (own_key, own_sealed) = forked(use), use()
    assert child_key != own_key
    assert child_sealed[-32:] != own_sealed[-32:]


def test_whatever_a_child_asks_first_moves_its_randomness() -> None:
    """Forks and enclaves begin with what their world draws, and a connection of the served endpoint calls the core."""
    kms = Kms()
    for first in (lambda: draw(kms.fork()), lambda: kms.enclave().module_id, lambda: (kms.clock.now, draw(kms))[1]):
        assert forked(first) != first()


def test_a_grandchild_draws_otherwise_than_its_parents() -> None:
    kms = Kms()
    child, grandchild = forked(lambda: (draw(kms), forked(lambda: draw(kms))))
    assert len({child, grandchild, draw(kms)}) == 3


def test_a_process_draws_otherwise_whose_fork_python_does_not_hear_of() -> None:
    """Servers that are written in C begin their workers so."""
    kms = Kms()
    assert forked(lambda: draw(kms), ctypes.PyDLL(None).fork) != draw(kms)


def test_a_world_with_a_seed_repeats_itself_in_a_child() -> None:
    kms = Kms(seed="s")
    assert forked(lambda: draw(kms)) == draw(kms)


@contextmanager
def busy(*works: Callable[[], Any]) -> Iterator[None]:
    """Threads that do this again and again."""
    done = threading.Event()

    def repeat(work: Callable[[], Any]) -> None:
        while not done.is_set():
            work()

    threads = [threading.Thread(target=repeat, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_children_answer_while_threads_of_the_parent_are_busy(kms: Kms, key: str) -> None:
    shared = Kms()
    pair = {"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"}
    described = shared.call("CreateKey")["KeyMetadata"]["KeyId"]
    works = [
        lambda: shared.call("CreateKey", pair),
        lambda: shared.call("UpdateKeyDescription", {"KeyId": described, "Description": "again"}),
        lambda: shared.clock.advance("1s"),
        lambda: shared.client().list_keys(),
    ]
    # A module that a thread is just importing is locked for ever in a child: that is Python's own, and of the first time alone.
    shared.client().list_keys()
    with busy(*works):
        for _ in range(25):
            answered = forked(lambda: (shared.client().describe_key(KeyId=described)["KeyMetadata"]["KeyId"], draw(shared)))
            assert answered[0] == described


def test_a_child_is_served_in_a_block_that_surrounds_the_fork(kms: Kms, key: str) -> None:
    import boto3

    def use() -> int:
        return len(boto3.client("kms").list_keys()["Keys"])

    def enter() -> None:
        with Kms().intercept():
            pass

    with busy(enter), kms.intercept():
        assert [forked(use) for _ in range(5)] == [1] * 5


POOL = """
import multiprocessing, pocket_kms
kms = pocket_kms.Kms()
def draw(_):
    return kms.call("GenerateRandom", {"NumberOfBytes": 32})["Plaintext"]
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(3) as pool:
        print(len({*pool.map(draw, range(30)), draw(0)}))
"""


def test_a_pool_of_processes_draws_nothing_twice() -> None:
    run = subprocess.run([sys.executable, "-c", POOL], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert run.stdout.strip() == "31"
