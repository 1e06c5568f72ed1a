"""Alarms of `kms.audit`: where they stand, when they changed, and who is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from conftest import START

from pocket_kms import Kms, KmsError


def pending(kms: Kms, key: str) -> None:
    """Uses a key that is pending deletion, in vain."""
    with pytest.raises(KmsError, match="pending deletion"):
        kms.call("Encrypt", {"KeyId": key, "Plaintext": b"x"})


def test_an_alarm_changes_at_the_time_of_the_world(kms: Kms, key: str) -> None:
    told = kms.audit.alarms(put={"recipe": "pending_deletion_use"})
    (alarm,) = told["alarms"]
    assert alarm["name"] == "pending_deletion_use"
    assert [(change["from"], change["to"]) for change in told["changes"]] == [("INSUFFICIENT_DATA", "OK")]
    kms.call("ScheduleKeyDeletion", {"KeyId": key})
    pending(kms, key)
    kms.clock.advance("1m")
    (change,) = [one for one in kms.audit.alarms()["changes"] if one["to"] == "ALARM"]
    assert START < change["time"] <= START + timedelta(minutes=1) and change["name"] == "pending_deletion_use"
    kms.clock.advance("1h")
    assert kms.audit.alarms()["alarms"][0]["state"] != "ALARM"
    assert kms.audit.alarms(remove="pending_deletion_use")["alarms"] == []


def test_a_callback_hears_of_changes(kms: Kms, key: str) -> None:
    told: list[Any] = []
    kms.audit.alarms(put={"recipe": "disabled_or_scheduled_for_deletion", "name": "watched"})
    with kms.audit.on_alarm(told.append):
        kms.call("DisableKey", {"KeyId": key})
        kms.clock.advance("1m")
        assert [(change["name"], change["to"]) for change in told if change["to"] == "ALARM"] == [("watched", "ALARM")]
        before = len(told)
        kms.clock.advance("1h")
        assert told[before:] and told[-1]["to"] != "ALARM"
    kms.call("DisableKey", {"KeyId": key})
    heard = len(told)
    kms.clock.advance("1m")
    assert len(told) == heard
    again: list[Any] = []
    kms.audit.on_alarm(again.append, after=0).close()
    assert again[1 : len(told) + 1] == told


def test_an_alarm_of_ones_own_counts_records_or_metrics(kms: Kms, key: str) -> None:
    kms.audit.alarms(
        put=[
            {"name": "many", "metric": "SuccessfulRequest", "statistic": "Sum", "comparison": "GreaterThanThreshold", "threshold": 2},
            {
                "name": "described",
                "filter": {"operation": "DescribeKey", "from_": START},
                "comparison": "GreaterThanOrEqualToThreshold",
                "threshold": 1,
            },
        ]
    )
    for _ in range(3):
        kms.call("Encrypt", {"KeyId": key, "Plaintext": b"x"})
    kms.call("DescribeKey", {"KeyId": key})
    kms.clock.advance("1m")
    assert {alarm["name"]: alarm["state"] for alarm in kms.audit.alarms()["alarms"]} == {"many": "ALARM", "described": "ALARM"}


def test_what_is_no_alarm_is_refused_with_its_place(kms: Kms) -> None:
    with pytest.raises(KmsError, match="recipe.*there are proxy_certificate"):
        kms.audit.alarms(put={"recipe": "certificate"})  # type: ignore[arg-type]
    with pytest.raises(KmsError, match="no alarm 'mine'"):
        kms.audit.alarms(remove="mine")
