"""Faults on demand: blocks, decorators, the journal, and what botocore makes of them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
import urllib.error
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError
from conftest import START
from serving import serving

from pocket_kms import Kms, KmsError, _faults

PROFILES = json.loads((Path(__file__).parents[2] / "tests" / "faults.json").read_text(encoding="utf-8"))
FAULTS = {fault["name"]: fault for fault in PROFILES["list"]}
OPERATIONS = {"limit-exceeded": "EnableKey", "conflict": "RotateKeyOnDemand"}


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long somebody would have slept."""
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    return waits


def client_of(kms: Kms, mode: str) -> Any:
    return kms.client(config=Config(retries={"mode": mode}))


def ask(client: Any, operation: str, key: str) -> Any:
    if operation == "Encrypt":
        return client.encrypt(KeyId=key, Plaintext=b"x")
    return client.enable_key(KeyId=key) if operation == "EnableKey" else client.rotate_key_on_demand(KeyId=key)


def test_every_fault_of_the_table_has_a_name_and_no_other() -> None:
    assert set(_faults.FaultName.__args__) == {*FAULTS, "slow"}


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
@pytest.mark.parametrize("name", FAULTS)
def test_botocore_retries_what_the_table_says(
    kms: Kms, key: str, monkeypatch: pytest.MonkeyPatch, waits: list[float], name: str, mode: str
) -> None:
    monkeypatch.delenv("AWS_MAX_ATTEMPTS")
    client = client_of(kms, mode)
    operation = OPERATIONS.get(name, "Encrypt")
    retried = FAULTS[name]["sdk"]["python_legacy" if mode == "legacy" else mode] != "not retried"
    attempts = (5 if mode == "legacy" else 3) if retried else 1
    with kms.faults(name, operation=operation) as faults:  # type: ignore[arg-type]
        with pytest.raises((ClientError, ConnectionClosedError)) as error:
            ask(client, operation, key)
    assert faults.acted == faults.fitted == attempts
    if isinstance(error.value, ClientError) and (exception := FAULTS[name]["exception"]):
        assert error.value.response["Error"]["Code"] == exception
    # It sleeps between two attempts; the adaptive mode may pace itself before each of them, too.
    assert len(waits) >= attempts - 1 if mode == "adaptive" else len(waits) == attempts - 1
    ask(client, "Encrypt", key)


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_a_call_succeeds_where_the_faults_end_before_the_retries(
    kms: Kms, key: str, monkeypatch: pytest.MonkeyPatch, waits: list[float], mode: str
) -> None:
    # LIF-512: with a third fault, the standard mode gives up, as the test above shows.
    monkeypatch.delenv("AWS_MAX_ATTEMPTS")
    with kms.faults("throttled", operation="Encrypt", count=2) as faults:
        reply = client_of(kms, mode).encrypt(KeyId=key, Plaintext=b"x")
    assert reply["ResponseMetadata"]["RetryAttempts"] == 2 == faults.acted
    # Standard: at most 1 s and 2 s after throttling. Legacy: at most 1 s and 2 s.
    assert all(wait <= 2 for wait in waits)


def test_the_standard_mode_waits_as_long_as_the_response_says(
    kms: Kms, key: str, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    monkeypatch.delenv("AWS_MAX_ATTEMPTS")
    with kms.faults("internal", count=1, retry_after=1500):
        client_of(kms, "standard").encrypt(KeyId=key, Plaintext=b"x")
    assert waits == [1.5]


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_request_quotas_throttle_and_a_retry_finds_new_room(
    kms: Kms, key: str, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.delenv("AWS_MAX_ATTEMPTS")
    # What somebody sleeps passes in the world, too.
    monkeypatch.setattr(time, "sleep", lambda seconds: kms.clock.advance(timedelta(seconds=seconds + 1)))
    kms.settings.update({"request-quotas": True, "request/DescribeKey": 1})
    client = client_of(kms, mode)
    replies = [client.describe_key(KeyId=key) for _ in range(3)]
    assert sum(reply["ResponseMetadata"]["RetryAttempts"] for reply in replies) == 2
    with pytest.raises(KmsError, match="ThrottlingException: You have exceeded the rate"):
        for _ in range(2):
            kms.call("DescribeKey", {"KeyId": key})


def test_a_lost_answer_has_done_its_work(kms: Kms) -> None:
    with kms.faults("connection-reset", moment="after", operation="CreateKey"):
        with pytest.raises(ConnectionClosedError):
            kms.client().create_key()
        with pytest.raises(ConnectionResetError, match="connection-reset"):
            kms.call("CreateKey")
    assert len(kms.call("ListKeys")["Keys"]) == 2


def test_a_status_without_a_body_is_not_an_answer_of_kms_to_a_call(kms: Kms, key: str) -> None:
    with kms.faults("bad-gateway"), pytest.raises(ConnectionError, match="bad-gateway"):
        kms.call("DescribeKey", {"KeyId": key})
    with kms.faults("bad-gateway"), pytest.raises(ClientError) as error:
        kms.client().describe_key(KeyId=key)
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 502


def test_a_slow_answer_comes_later(kms: Kms, key: str, waits: list[float]) -> None:
    with kms.faults("slow", delay=1500):
        kms.call("DescribeKey", {"KeyId": key})
        kms.client().describe_key(KeyId=key)
    kms.call("DescribeKey", {"KeyId": key})
    assert waits == [1.5, 1.5]


@pytest.mark.parametrize("intercepted", [False, True])
def test_a_client_waits_for_as_long_as_its_read_timeout_says(kms: Kms, waits: list[float], intercepted: bool) -> None:
    config = Config(read_timeout=0.25, retries={"total_max_attempts": 1})
    with kms.faults("slow", delay=1500), kms.intercept():
        client = boto3.client("kms", config=config) if intercepted else kms.client(config=config)
        with pytest.raises(ReadTimeoutError, match="Read timeout on endpoint URL"):
            client.create_key()
    assert waits == [0.25]
    # The world has heard of it.
    assert len(kms.call("ListKeys")["Keys"]) == 1
    with kms.faults("slow", delay=90_000), pytest.raises(ReadTimeoutError):
        kms.client(config=Config(retries={"total_max_attempts": 1})).list_keys()
    assert waits == [0.25, 60]


def test_a_client_that_waits_for_ever_gets_its_answer(kms: Kms, waits: list[float]) -> None:
    with kms.faults("slow", delay=90_000):
        assert kms.client(config=Config(read_timeout=None)).list_keys()["Keys"] == []
    assert waits == [90]


def test_a_call_that_has_timed_out_is_tried_again(kms: Kms, waits: list[float]) -> None:
    config = Config(read_timeout=1, retries={"mode": "standard", "total_max_attempts": 2})
    with kms.faults("slow", delay=5000, count=1):
        reply = kms.client(config=config).list_keys()
    assert reply["ResponseMetadata"]["RetryAttempts"] == 1 and waits[0] == 1


def test_faults_choose_by_count_key_caller_and_chance(kms: Kms, key: str) -> None:
    other = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    with kms.faults({"fault": "not-found", "key": key, "count": 1}, {"fault": "internal", "caller": "444455556666"}) as faults:
        kms.call("DescribeKey", {"KeyId": other})
        with pytest.raises(KmsError, match="NotFoundException"):
            kms.call("DescribeKey", {"KeyId": key})
        kms.call("DescribeKey", {"KeyId": key})
        with pytest.raises(KmsError, match="KMSInternalException"):
            kms.call("ListKeys", caller="444455556666")
        assert faults.acted == 2
    assert faults.acted == 2
    with kms.faults("internal", probability=0.5) as faults:
        for _ in range(64):
            with contextlib.suppress(KmsError):
                kms.call("DescribeKey", {"KeyId": key})
    assert faults.fitted == 64 and 8 < faults.acted < 56
    acted = kms.acted_faults()
    assert [one["fault"] for one in acted[:2]] == ["not-found", "internal"]
    assert acted[0]["operation"] == "DescribeKey" and acted[0]["key"].endswith(key) and acted[0]["time"] == START
    assert len(kms.acted_faults(2)) == len(acted) - 2


def test_a_seed_decides_which_calls_meet_a_probable_fault() -> None:
    def met(seed: str) -> list[bool]:
        kms = Kms(seed=seed, now=START)
        with kms.faults("dependency-timeout", probability=0.3):
            return [_fails(kms) for _ in range(64)]

    assert met("one") == met("one") != met("other")
    assert 8 < sum(met("one")) < 32


def _fails(kms: Kms) -> bool:
    try:
        kms.call("ListKeys")
    except KmsError as error:
        return error.code == "DependencyTimeoutException"
    return False


def test_faults_end_with_the_block_and_decorate_functions(kms: Kms) -> None:
    @kms.faults("internal", operation="ListKeys")
    def refused() -> None:
        with pytest.raises(KmsError, match="KMSInternalException"):
            kms.call("ListKeys")

    @kms.faults("throttled")
    async def soon() -> None:
        with pytest.raises(KmsError, match="ThrottlingException"):
            kms.call("ListKeys")

    for _ in range(2):
        refused()
        asyncio.run(soon())
        assert kms.call("ListKeys")["Keys"] == []
    with pytest.raises(RuntimeError, match="mine"), kms.faults("internal"):
        raise RuntimeError("mine")
    assert kms.call("ListKeys")["Keys"] == []


@pytest.mark.parametrize(
    ("faults", "members", "sentence"),
    [
        (("throttle",), {}, "there is no fault 'throttle'"),
        (("throttled",), {"operation": "Encrypted"}, "there is no operation 'Encrypted'"),
        (("conflict",), {"operation": "Encrypt"}, "never answers with ConflictException"),
        (("slow",), {}, "delay"),
        (("throttled",), {"count": 0}, "count must be"),
        (("throttled", "nonsense"), {}, "'nonsense'"),
        (({"fault": "throttled", "times": 2},), {}, "'times'"),
        (({"operation": "Encrypt"},), {}, "must say which one"),
    ],
)
def test_what_is_not_a_fault_is_refused_and_leaves_nothing_behind(
    kms: Kms, faults: Any, members: Any, sentence: str
) -> None:
    with pytest.raises(KmsError, match=sentence):
        kms.faults(*faults, **members).start()
    assert kms.call("ListKeys")["Keys"] == []


@pytest.mark.parametrize("fault", [None, 5, ["throttled"]])
def test_what_is_neither_a_name_nor_a_structure_is_not_a_fault(kms: Kms, fault: Any) -> None:
    with pytest.raises(TypeError, match=f'a fault is a name such as "throttled", .* not {type(fault).__name__}'):
        kms.faults(fault)


def test_faults_that_nobody_has_started_or_that_have_ended_do_not_end(kms: Kms) -> None:
    faults = kms.faults("throttled")
    for _ in range(2):
        with pytest.raises(RuntimeError, match="these faults have ended, or nobody has started them"):
            faults.stop()
        with faults:
            pass


def test_a_world_may_be_disposed_of_before_its_faults_end(kms: Kms) -> None:
    ended = kms.faults("throttled", operation="ListKeys")
    with ended, pytest.raises(KmsError):
        kms.call("ListKeys")
    with pytest.raises(RuntimeError, match="mine"), kms.faults("throttled") as faults:
        kms.dispose()
        raise RuntimeError("mine")
    faults.stop()
    assert ended.acted == 1
    with pytest.raises(ValueError, match="disposed"):
        faults.acted  # noqa: B018


def test_the_faults_of_a_world_are_listed_with_what_they_have_come_to(kms: Kms, key: str) -> None:
    with kms.faults("throttled", operation="DescribeKey", count=1, retry_after=20):
        for _ in range(2):
            with contextlib.suppress(KmsError):
                kms.call("DescribeKey", {"KeyId": key})
        (rule,) = kms.fault_rules()
    told = {"fault": "throttled", "moment": "before", "operation": ["DescribeKey"], "count": 1, "retry_after": 20}
    assert dict(rule) == {"id": 1, **told, "fitted": 2, "acted": 1}
    assert kms.fault_rules() == []


def test_the_journal_names_the_fault_and_a_fork_has_none(kms: Kms) -> None:
    with kms.faults("internal", moment="after", operation="CreateKey"):
        with pytest.raises(KmsError):
            kms.call("CreateKey")
        assert {change["fault"] for change in kms.changes()} == {"internal"}
        kms.fork().call("CreateKey")


def test_a_marker_says_what_a_test_meets(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
import pocket_kms as package
import pytest

@pytest.mark.pocket_kms(faults={"fault": "throttled", "operation": "CreateKey", "count": 1}, settings={"quota/keys": 1}, history=True)
def test_marked(kms):
    with pytest.raises(package.KmsError, match="ThrottlingException"):
        kms.call("CreateKey")
    kms.call("CreateKey")
    with pytest.raises(package.KmsError, match="LimitExceededException"):
        kms.call("CreateKey")
    assert kms.at(kms.changes()[0]["number"]).settings == {"quota/keys": 1}

@pytest.mark.pocket_kms(faults=["internal"])
def test_listed(kms, kms_client):
    with pytest.raises(kms_client.exceptions.KMSInternalException):
        kms_client.list_keys()

def test_without(kms):
    assert kms.call("ListKeys")["Keys"] == [] and dict(kms.settings) == {}
""")
    pytester.runpytest_subprocess().assert_outcomes(passed=3)


def test_a_served_world_breaks_connections_and_takes_its_time(tmp_path: Path) -> None:
    with serving() as served:
        client = boto3.client(
            "kms",
            "eu-west-1",
            endpoint_url=served.url,
            aws_access_key_id="AKIA",
            aws_secret_access_key="x",
            config=Config(retries={"total_max_attempts": 1}),
        )
        from test_served_worlds import ask as administer

        rule = administer(served, "POST", "/_pocket-kms/faults", {"fault": "connection-reset", "count": 1})["id"]
        with pytest.raises(ConnectionClosedError):
            client.list_keys()
        administer(served, "DELETE", f"/_pocket-kms/faults/{rule}")
        administer(served, "POST", "/_pocket-kms/faults", {"fault": "slow", "delay": 300, "count": 1})
        started = time.monotonic()
        client.list_keys()
        assert time.monotonic() - started >= 0.3
        with pytest.raises(urllib.error.HTTPError, match="400"):
            administer(served, "POST", "/_pocket-kms/faults", {"fault": "unknown"})
