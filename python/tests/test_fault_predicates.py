"""Faults with a predicate: a function of Python says of each call that fits whether the fault applies."""

from __future__ import annotations

import gc
import json
import threading
import urllib.request
import weakref
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from conftest import START

from pocket_kms import FaultCall, Kms, KmsError


def listed(kms: Kms) -> int:
    return len(kms.call("ListKeys")["Keys"])


def test_a_function_chooses_the_calls_of_every_door(kms: Kms, key: str) -> None:
    other = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    calls: list[FaultCall] = []

    def when(call: FaultCall) -> object:
        calls.append(call)
        return call.input.get("KeyId") == key

    with kms.faults("throttled", operation="Encrypt", when=when) as faults:
        kms.call("DescribeKey", {"KeyId": key})
        kms.call("Encrypt", {"KeyId": other, "Plaintext": b"hello"})
        with pytest.raises(KmsError, match="ThrottlingException"):
            kms.call("Encrypt", {"KeyId": key, "Plaintext": b"hello"})
        with pytest.raises(ClientError, match="ThrottlingException"):
            kms.client().encrypt(KeyId=key, Plaintext=b"hello")
        kms.client().encrypt(KeyId=other, Plaintext=b"hello")
        (rule,) = kms.fault_rules()
        assert rule["when"] is True
    assert (faults.fitted, faults.acted) == (2, 2)
    assert {call.input["Plaintext"] for call in calls} == {"aGVsbG8="}
    first = calls[0]
    assert first == FaultCall(
        operation="Encrypt",
        key=f"arn:aws:kms:us-east-1:{kms.account}:key/{other}",
        caller=f"arn:aws:iam::{kms.account}:root",
        region="us-east-1",
        time=START,
        input={"KeyId": other, "Plaintext": "aGVsbG8="},
    )
    kms.call("Encrypt", {"KeyId": key, "Plaintext": b"hello"})


def test_what_a_function_raises_goes_to_the_caller_and_nothing_has_happened(kms: Kms) -> None:
    def when(call: FaultCall) -> bool:
        raise LookupError("mine")

    before = kms.changes()
    with kms.faults("throttled", operation="CreateKey", when=when) as faults:
        with pytest.raises(LookupError, match="mine"):
            kms.call("CreateKey")
        with pytest.raises(LookupError, match="mine"):
            kms.client().create_key()
        with pytest.raises(LookupError, match="mine"):
            kms.trace("CreateKey", {})
        assert kms.changes() == before
    assert (faults.fitted, faults.acted, listed(kms)) == (0, 0, 0)


def test_a_function_may_call_its_world_and_end_the_fault(kms: Kms, key: str) -> None:
    def when(call: FaultCall) -> bool:
        kms.call("Encrypt", {"KeyId": key, "Plaintext": b"x"})
        kms.clock.advance("1d")
        return bool(call.input["KeyId"] == key)

    with kms.faults("internal", operation="DescribeKey", when=when), pytest.raises(KmsError, match="KMSInternal"):
        kms.call("DescribeKey", {"KeyId": key})
    assert (kms.clock.now - START).days == 1

    def endless(call: FaultCall) -> bool:
        kms.call("DescribeKey", {"KeyId": key})
        return True

    with kms.faults("internal", when=endless), pytest.raises(RecursionError):
        kms.call("DescribeKey", {"KeyId": key})
    kms.call("DescribeKey", {"KeyId": key})


def test_threads_are_counted_exactly(kms: Kms) -> None:
    barrier, refused = threading.Barrier(8), []

    def when(call: FaultCall) -> bool:
        barrier.wait()
        return True

    def create() -> None:
        try:
            kms.call("CreateKey")
        except KmsError as error:
            refused.append(error.code)

    with kms.faults("throttled", operation="CreateKey", count=3, when=when) as faults:
        threads = [threading.Thread(target=create) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (faults.fitted, faults.acted, listed(kms)) == (8, 3, 5)
    assert refused == ["ThrottlingException"] * 3


@pytest.mark.parametrize("when", ["Encrypt", True, 7])
def test_what_is_not_a_function_is_refused(kms: Kms, when: Any) -> None:
    with pytest.raises(TypeError, match="when is a function"):
        kms.faults("throttled", when=when).start()
    assert kms.fault_rules() == []


def test_a_coroutine_function_is_refused_when_it_is_asked(kms: Kms) -> None:
    async def when(call: FaultCall) -> bool:
        return True

    with kms.faults("throttled", when=when), pytest.raises(TypeError, match="not a coroutine function"):
        kms.call("ListKeys")


def test_a_refused_fault_and_a_fork_keep_no_function(kms: Kms) -> None:
    def when(call: FaultCall) -> bool:
        return True

    kept = weakref.ref(when)
    with pytest.raises(KmsError, match="count must be"):
        kms.faults({"fault": "throttled", "count": 0, "when": when}).start()
    with kms.faults("throttled", when=when):
        assert listed(kms.fork()) == 0
    del when
    gc.collect()
    assert kept() is None


def test_a_world_ends_although_its_function_refers_to_it() -> None:
    def used() -> weakref.ref[Kms]:
        kms = Kms()
        kms.faults("throttled", when=lambda call: kms is None).start()
        assert listed(kms) == 0
        return weakref.ref(kms)

    world = used()
    gc.collect()
    assert world() is None


def test_a_recipe_says_that_it_cannot_tell_a_function() -> None:
    kms = Kms(seed="recipe", keep_recipe=True)
    with kms.faults("throttled", when=lambda call: False):
        assert listed(kms) == 0
    with pytest.raises(ValueError, match="a function decided about a fault"):
        kms.recipe()


# What a function raises is told to Python, too: nobody else hears of it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_served_world_asks_its_function_and_takes_none_over_http(kms: Kms, key: str) -> None:
    def when(call: FaultCall) -> bool:
        if call.operation == "CreateKey":
            raise LookupError("mine")
        return call.key is not None and call.key.endswith(key)

    from pocket_kms._server import Listener

    with Listener(kms._world, "127.0.0.1", 0) as server, kms.faults("throttled", when=when):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        client = boto3.client(
            "kms",
            "us-east-1",
            endpoint_url=server.url,
            aws_access_key_id=kms.account,
            aws_secret_access_key="x",
            config=Config(retries={"total_max_attempts": 1}),
        )
        assert len(client.list_keys()["Keys"]) == 1
        with pytest.raises(ClientError, match="ThrottlingException"):
            client.describe_key(KeyId=key)
        with pytest.raises(ClientError, match="KMSInternalException.* has failed: nothing was done"):
            client.create_key()
        body = json.dumps({"fault": "throttled", "when": "lambda call: True"}).encode()
        request = urllib.request.Request(f"{server.url}/_pocket-kms/faults", body, {"content-type": "application/json"})
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(request)
        assert refusal.value.code == 400 and "when is a function" in refusal.value.read().decode()
        server.shutdown()
    assert listed(kms) == 1
