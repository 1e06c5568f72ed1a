"""`kms.audit`: records and questions about them. The core answers; Python passes on, types and raises."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from conftest import START

from pocket_kms import Kms, KmsError

ALICE = "arn:aws:iam::111122223333:user/alice"
BLUE = {"tenant": "blue"}


@pytest.fixture
def used(kms: Kms, key: str) -> Kms:
    """A world in which a key was used: by the root user, by Alice, and by Alice in vain."""
    kms.call("CreateAlias", {"AliasName": "alias/orders", "TargetKeyId": key})
    sealed = kms.call("Encrypt", {"KeyId": "alias/orders", "Plaintext": b"12 apples", "EncryptionContext": BLUE})
    kms.clock.advance("1h")
    asked = {"CiphertextBlob": sealed["CiphertextBlob"], "EncryptionContext": BLUE}
    kms.call("Decrypt", asked, caller=ALICE)
    kms.call("DisableKey", {"KeyId": key})
    with pytest.raises(KmsError, match="DisabledException"):
        kms.call("Decrypt", asked, caller=ALICE)
    return kms


def names(records: Any) -> list[str]:
    return [record["eventName"] for record in records]


def test_every_call_leaves_a_record_as_cloudtrail_writes_it(used: Kms, key: str) -> None:
    told = used.audit.events()
    assert names(told) == ["CreateKey", "CreateAlias", "Encrypt", "Decrypt", "DisableKey", "Decrypt"]
    encrypted = told[2]
    assert encrypted["eventTime"] == "2026-11-22T00:00:00Z" and encrypted["eventSource"] == "kms.amazonaws.com"
    assert encrypted["requestParameters"] == {
        "keyId": "alias/orders",
        "encryptionContext": BLUE,
        "encryptionAlgorithm": "SYMMETRIC_DEFAULT",
    }
    assert encrypted["resources"][0]["ARN"].endswith(key)
    assert json.dumps(told) and "12 apples" not in json.dumps(told)


def test_a_filter_chooses_records(used: Kms, key: str) -> None:
    def chosen(**filter: Any) -> list[str]:
        return names(used.audit.events(**filter))

    assert chosen(operation="Decrypt") == ["Decrypt", "Decrypt"]
    assert chosen(operation=("Encrypt", "DisableKey")) == ["Encrypt", "DisableKey"]
    assert chosen(caller=ALICE, outcome="ok") == ["Decrypt"]
    assert chosen(key="alias/orders", read_only=False) == ["CreateKey", "CreateAlias", "DisableKey"]
    assert chosen(encryption_context=BLUE, error="DisabledException") == ["Decrypt"]
    assert chosen(pattern='{ $.eventName = "Create*" }') == ["CreateKey", "CreateAlias"]


def test_instants_are_datetimes_or_texts(used: Kms) -> None:
    later = START + timedelta(hours=1)
    assert names(used.audit.events(from_=later)) == ["Decrypt", "DisableKey", "Decrypt"]
    assert names(used.audit.events(to="2026-11-22T00:30:00Z")) == ["CreateKey", "CreateAlias", "Encrypt"]
    elsewhere = later.astimezone(timezone(timedelta(hours=-5)))
    assert len(used.audit.events(from_=elsewhere, to=elsewhere)) == 3
    with pytest.raises(ValueError, match="time zone"):
        used.audit.events(from_=datetime(2026, 11, 22))


def test_records_come_by_pages_from_either_end(used: Kms) -> None:
    first = used.audit.records(limit=4)
    assert first["more"] and len(first["records"]) == 4 and first["numbers"] == [1, 2, 3, 4]
    rest = used.audit.records(first["next"], limit=4)
    assert names(rest["records"]) == ["DisableKey", "Decrypt"] and not rest["more"]
    assert used.audit.records(rest["next"])["records"] == []
    newest = used.audit.records(order="newest", limit=1)
    assert newest["numbers"] == [6] and newest["dropped"] == 0
    assert used.audit.records(before=newest["next"], order="newest", limit=1)["numbers"] == [5]


def test_what_cannot_be_asked_is_refused_in_the_words_of_the_core(used: Kms) -> None:
    with pytest.raises(KmsError, match="operaton"):
        used.audit.events(operaton="Decrypt")  # type: ignore[call-arg]
    with pytest.raises(KmsError, match="filter"):
        used.audit.events(outcome="maybe")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="object"):
        used.audit.events(operation=object())  # type: ignore[arg-type]


def test_to_ask_changes_nothing(used: Kms) -> None:
    before = used.snapshot(bytes(32))
    used.audit.events(operation="Decrypt")
    assert used.snapshot(bytes(32)) == before and len(used.audit.events()) == 6


def test_expectations_hold_or_raise_in_the_words_of_the_core(used: Kms, key: str) -> None:
    audit = used.audit
    audit.assert_called("Decrypt", key=key, encryption_context=BLUE, caller=ALICE, times=2)
    audit.assert_called(["Encrypt", "ReEncrypt"], alias="alias/orders", at_least=1)
    audit.assert_not_called("ScheduleKeyDeletion")
    audit.assert_all("Decrypt", caller=ALICE, encryption_context={"tenant": None})
    audit.assert_all(where={"read_only": False}, region="us-east-1")
    audit.assert_in_order("CreateKey", {"operation": "Decrypt", "outcome": "ok"}, "DisableKey")
    audit.never_denied()
    with pytest.raises(AssertionError, match="exactly 1 record of operation Decrypt.* found 2") as twice:
        audit.assert_called("Decrypt", times=1)
    assert str(twice.value).count("Decrypt by " + ALICE) == 2
    with pytest.raises(AssertionError, match='encryption_context is {"tenant":"blue"}, wanted {"tenant":"red"}'):
        audit.assert_called("Decrypt", encryption_context={"tenant": "red"})
    with pytest.raises(AssertionError, match="found 1"):
        audit.assert_not_called("Encrypt")
    with pytest.raises(AssertionError, match="1 of 2 differ"):
        audit.assert_all("Decrypt", outcome="ok")
    with pytest.raises(AssertionError, match="record 2 of 2"):
        audit.assert_in_order("DisableKey", "CreateKey")


def test_records_behind_a_number_count_alone(used: Kms) -> None:
    behind = used.audit.records(order="newest", limit=1)["numbers"][0]
    used.audit.assert_not_called(after=behind)
    used.call("ListKeys")
    used.audit.assert_called("ListKeys", after=behind, times=1)
    used.audit.assert_in_order("ListKeys", after=behind)


def test_denials_are_told_with_their_caller(used: Kms, key: str) -> None:
    with pytest.raises(KmsError, match="AccessDenied"):
        used.call("DescribeKey", {"KeyId": used.call("CreateKey")["KeyMetadata"]["Arn"]}, caller="444455556666")
    with pytest.raises(AssertionError, match="arn:aws:iam::444455556666:root"):
        used.audit.never_denied()
    used.audit.never_denied(caller=ALICE)


def test_event_history_is_looked_up_as_by_an_sdk(used: Kms, key: str) -> None:
    page = used.audit.lookup_events(MaxResults=2)
    assert [event["EventName"] for event in page["Events"]] == ["Decrypt", "DisableKey"]
    following = used.audit.lookup_events(MaxResults=2, NextToken=page["NextToken"])
    assert [event["EventName"] for event in following["Events"]] == ["Decrypt", "Encrypt"]
    assert following["Events"][0]["EventTime"] == START + timedelta(hours=1)
    attribute = {"AttributeKey": "ResourceName", "AttributeValue": f"arn:aws:kms:us-east-1:111122223333:key/{key}"}
    changes = used.audit.lookup_events(LookupAttributes=[attribute], StartTime=START, EndTime=START + timedelta(hours=2))
    assert [event["EventName"] for event in changes["Events"]] == ["DisableKey", "CreateAlias", "CreateKey"]
    assert used.audit.lookup_events(region="eu-west-1")["Events"] == []
    with pytest.raises(KmsError) as refused:
        used.audit.lookup_events(MaxResults=51)
    assert refused.value.code == "InvalidMaxResultsException"


def test_how_many_records_are_kept_is_set_while_a_world_runs(used: Kms) -> None:
    assert used.audit.options["kept"] == 10_000 and not used.audit.options["network_activity"]
    used.audit.set(kept=2)
    assert names(used.audit.events()) == ["DisableKey", "Decrypt"] and used.audit.records()["dropped"] == 4
    assert len(used.fork().audit.events()) == 2
    used.audit.set(kept="none")
    used.call("ListKeys")
    assert used.audit.events() == [] and used.audit.options["kept"] == "none"
    assert Kms(audit={"kept": "all", "throttled": False}).audit.options["kept"] == "all"
    with pytest.raises(ValueError, match="kept: must be how many records are kept, all or none"):
        used.audit.set(kept="some")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="keep: is not known here"):
        used.audit.set(keep=1)  # type: ignore[call-arg]


def test_metrics_are_counted_by_periods(used: Kms, key: str) -> None:
    named = {metric["name"] for metric in used.audit.metrics()}
    assert {"SuccessfulRequest", "CallCount"} <= named
    arn = f"arn:aws:kms:us-east-1:111122223333:key/{key}"
    (metric,) = used.audit.metrics(name="SuccessfulRequest", dimensions={"Operation": "Decrypt"})
    assert metric["dimensions"] == {"KeyArn": arn, "Operation": "Decrypt"}
    hours = used.audit.metric_data("SuccessfulRequest", dimensions={"KeyArn": arn}, period=3600, from_=START)
    assert [(point["time"], point["value"]) for point in hours] == [(START, 1.0), (START + timedelta(hours=1), 1.0)]
    assert used.audit.metric_data("SuccessfulRequest", to=START) == []
    assert used.audit.open_metrics().endswith("# EOF\n")
    with pytest.raises(KmsError, match="statistic"):
        used.audit.metric_data("SuccessfulRequest", statistic="Mode")


def test_a_restored_world_is_told_what_it_keeps() -> None:
    root_key = bytes(32)
    snapshot = Kms(seed=1).snapshot(root_key)
    assert Kms.restore(snapshot, root_key, audit={"kept": "all"}).audit.options["kept"] == "all"
    assert Kms.restore(snapshot, root_key).audit.options["kept"] != "all"
