"""Callbacks of `kms.audit`: told after each call and each move of the clock, whatever they raise."""

from __future__ import annotations

import gc
import logging
import os
import threading
import weakref
from typing import Any

import boto3
import pytest

from pocket_kms import Kms
from pocket_kms._server import Listener

def names(told: Any) -> list[str]:
    return [event["detail"].get("eventName", event["detail-type"]) for event in told]


def test_a_callback_hears_of_every_call_whoever_makes_it(kms: Kms, key: str) -> None:
    told: list[Any] = []
    with kms.audit.on_event(told.append):
        kms.call("DisableKey", {"KeyId": key})
        assert names(told) == ["DisableKey"]
        kms.client().enable_key(KeyId=key)
        with kms.intercept():
            boto3.client("kms", "us-east-1").describe_key(KeyId=key)
        assert names(told) == ["DisableKey", "EnableKey"]
        kms.call("ScheduleKeyDeletion", {"KeyId": key, "PendingWindowInDays": 7})
        kms.clock.advance("8d")
    assert names(told) == ["DisableKey", "EnableKey", "ScheduleKeyDeletion", "KMS CMK Deletion", "DeleteKey"]
    assert told[0]["detail-type"] == "AWS API Call via CloudTrail" and told[0]["source"] == "aws.kms"
    kms.call("CreateKey")
    assert len(told) == 5


def test_a_callback_is_not_a_coroutine_function_which_nobody_would_await(
    kms: Kms, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def later(_: Any) -> None:
        raise AssertionError("nobody awaits this")

    for subscribe in (kms.audit.on_event, kms.audit.on_alarm):
        with pytest.raises(TypeError, match="a function, and not a coroutine function; .* asyncio.Queue.put_nowait"):
            subscribe(later)
    subscription = kms.audit.on_event(lambda event: later(event))
    with caplog.at_level(logging.ERROR, "pocket_kms"):
        kms.call("DisableKey", {"KeyId": key})
    assert [type(untold.error) for untold in subscription.failed] == [TypeError]
    assert "not a coroutine function" in caplog.text
    subscription.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_process_that_a_callback_forks_is_not_told_the_same_again(kms: Kms, key: str) -> None:
    told: list[Any] = []
    codes: list[int] = []

    def fork(event: Any) -> None:
        told.append(event)
        if len(told) > 1:
            os._exit(1)
        child = os.fork()
        if child == 0:
            kms.call("EnableKey", {"KeyId": key})
            os._exit(0)
        codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))

    with kms.audit.on_event(fork):
        kms.call("DisableKey", {"KeyId": key})
    assert names(told) == ["DisableKey"] and codes == [0]


def test_a_callback_that_raises_loses_no_event_and_no_reply(
    kms: Kms, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Any] = []

    def fragile(event: Any) -> None:
        if broken:
            raise RuntimeError("out of paper")
        told.append(event)

    broken = True
    subscription = kms.audit.on_event(fragile)
    others: list[Any] = []
    kms.audit.on_event(others.append)
    with caplog.at_level(logging.ERROR, "pocket_kms"):
        assert kms.call("DisableKey", {"KeyId": key}) == {}
        kms.call("EnableKey", {"KeyId": key})
    assert "out of paper" in caplog.text and told == [] and names(others) == ["DisableKey", "EnableKey"]
    assert [str(untold.error) for untold in subscription.failed] == ["out of paper"] * 2
    broken = False
    assert subscription.retry() == 2 and names(told) == ["DisableKey", "EnableKey"] and not subscription.failed
    subscription.close()


def test_a_block_raises_what_its_callback_has_raised(kms: Kms, key: str) -> None:
    def fragile(_: Any) -> None:
        raise RuntimeError("out of paper")

    with pytest.raises(RuntimeError, match="out of paper"), kms.audit.on_event(fragile):
        kms.call("DisableKey", {"KeyId": key})
    with pytest.raises(LookupError, match="mine"), kms.audit.on_event(fragile):
        kms.call("EnableKey", {"KeyId": key})
        raise LookupError("mine")


def test_what_ends_the_program_passes_and_the_event_is_told_again(kms: Kms, key: str) -> None:
    told: list[Any] = []

    def interrupted(event: Any) -> None:
        told.append(event)
        if len(told) == 1:
            raise KeyboardInterrupt

    with kms.audit.on_event(interrupted):
        with pytest.raises(KeyboardInterrupt):
            kms.call("DisableKey", {"KeyId": key})
        kms.call("EnableKey", {"KeyId": key})
    assert names(told) == ["DisableKey", "DisableKey", "EnableKey"]


def test_a_callback_may_call_and_hears_of_its_own_calls_without_end(kms: Kms, key: str) -> None:
    told: list[str] = []

    def answers(event: Any) -> None:
        told.extend(names([event]))
        operation = "EnableKey" if told[-1] == "DisableKey" else "DisableKey"
        kms.call(operation, {"KeyId": key})

    with kms.audit.on_event(answers):
        kms.call("DisableKey", {"KeyId": key})
    assert told[:4] == ["DisableKey", "EnableKey", "DisableKey", "EnableKey"] and len(told) < 100


def test_every_event_of_many_threads_is_told_once(kms: Kms, key: str) -> None:
    told: list[Any] = []
    with kms.audit.on_event(told.append):
        threads = [
            threading.Thread(target=lambda: [kms.call("UpdateKeyDescription", {"KeyId": key, "Description": "x"}) for _ in range(50)])
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        kms.call("EnableKey", {"KeyId": key})
    assert len({event["id"] for event in told}) == len(told) == 201


def test_older_events_are_told_to_whoever_asks_for_them(kms: Kms, key: str) -> None:
    told: list[Any] = []
    kms.call("DisableKey", {"KeyId": key})
    kms.audit.on_event(told.append, after=0).close()
    assert names(told) == ["CreateKey", "DisableKey"]


def test_a_served_world_tells_of_calls_over_its_socket(kms: Kms, key: str) -> None:
    told: list[Any] = []
    access = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "secret"}
    with Listener(kms._world, "127.0.0.1", 0) as listener, kms.audit.on_event(told.append):
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            boto3.client("kms", "us-east-1", endpoint_url=listener.url, **access).disable_key(KeyId=key)
        finally:
            listener.shutdown()
            thread.join()
    assert names(told) == ["DisableKey"]


def test_a_world_ends_with_its_callbacks(key: str) -> None:
    kms = Kms()
    kms.audit.on_event(lambda event: kms.call("DisableKey", {"KeyId": event["resources"][0]}))
    gone = weakref.ref(kms)
    del kms
    gc.collect()
    assert gone() is None


def test_what_is_no_function_is_refused(kms: Kms) -> None:
    with pytest.raises(TypeError, match="str"):
        kms.audit.on_event("print")  # type: ignore[arg-type]
