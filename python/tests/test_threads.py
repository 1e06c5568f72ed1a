"""Threads: a world may be used from any number, and decisions run outside of the interpreter's lock."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pocket_kms import Kms


def test_other_threads_run_while_a_key_is_made(kms: Kms) -> None:
    """With the lock held, the counting thread would stand still for as long as the key takes."""
    done, beats = threading.Event(), []

    def count() -> None:
        while not done.is_set():
            beats.append(time.monotonic())
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    begun = time.monotonic()
    kms.call("CreateKey", {"KeySpec": "RSA_4096", "KeyUsage": "SIGN_VERIFY"})
    ended = time.monotonic()
    done.set()
    thread.join()
    assert sum(begun < beat < ended for beat in beats) > (ended - begun) * 20


def test_a_key_is_made_while_other_threads_keep_changing_the_world(kms: Kms, key: str) -> None:
    """A slow decision is not overtaken for ever by quick ones."""
    done = threading.Event()

    def change() -> None:
        while not done.is_set():
            kms.call("UpdateKeyDescription", {"KeyId": key, "Description": "again"})

    thread = threading.Thread(target=change)
    thread.start()
    made: list[Any] = []
    spec = {"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"}
    maker = threading.Thread(target=lambda: made.append(kms.call("CreateKey", spec)), daemon=True)
    maker.start()
    maker.join(timeout=60)
    done.set()
    thread.join()
    assert made


def test_every_change_of_every_thread_is_in_the_journal(kms: Kms) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: kms.call("CreateKey"), range(200)))
    made = {reply["KeyMetadata"]["KeyId"] for reply in replies}
    listed = kms.call("ListKeys", {"Limit": 1000})["Keys"]
    assert made == {entry["KeyId"] for entry in listed}
    changes = kms.changes()
    assert [change["number"] for change in changes] == list(range(1, len(changes) + 1))
    assert sum(change["table"] == "keys" for change in changes) == 200
