"""The clock of a world."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from pocket_kms import Kms, KmsError

START = datetime(2026, 11, 22, tzinfo=timezone.utc)


def test_the_clock_of_a_new_world_runs_with_the_machines() -> None:
    before = datetime.now(timezone.utc)
    assert timedelta(seconds=-1) < Kms().clock.now - before < timedelta(minutes=1)


def test_a_world_with_a_time_stands_still(kms: Kms) -> None:
    assert kms.clock.now == START
    assert kms.clock.now.utcoffset() == timedelta()


def test_time_advances_by_texts_and_timedeltas(kms: Kms) -> None:
    kms.clock.advance("1d 12h")
    kms.clock.advance(timedelta(hours=12, milliseconds=5))
    kms.clock.advance("1w1d")
    kms.clock.advance("7 days")
    kms.clock.advance("1.5h")
    assert kms.clock.now == START + timedelta(days=17, hours=1.5, milliseconds=5)


@pytest.mark.parametrize("year", [1600, 1900, 2300, 9000])
def test_the_machines_clock_may_show_any_year(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    moment = datetime(year, 1, 1, tzinfo=timezone.utc)
    since = (moment - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(microseconds=1)
    monkeypatch.setattr(time, "time_ns", lambda: since * 1000)
    assert Kms().clock.now == moment


def test_numbers_that_count_may_be_as_small_and_as_large_as_one_likes(kms: Kms, key: str) -> None:
    assert kms.changes(-1) == kms.changes() != []
    assert kms.changes(10**30) == kms.denials(10**30) == kms.acted_faults(10**30) == []
    assert kms.deadlines(-1) == []
    kms.call("EnableKeyRotation", {"KeyId": key})
    assert len(kms.deadlines(10**30)) == 1
    Kms(history=10**30).dispose()


def test_a_clock_says_whether_it_stands() -> None:
    kms = Kms()
    assert not kms.clock.frozen
    kms.clock.freeze()
    assert kms.clock.frozen
    kms.clock.resume()
    assert not kms.clock.frozen


def test_seven_days_after_its_deletion_was_scheduled_a_key_is_gone(kms: Kms, key: str) -> None:
    client = kms.client()
    client.create_alias(AliasName="alias/mine", TargetKeyId=key)
    sealed = client.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
    reply = client.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert reply["DeletionDate"] == START + timedelta(days=7)
    kms.clock.advance("6d 23h")
    assert client.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion"
    kms.clock.advance("1h")
    for lost in (
        lambda: client.describe_key(KeyId=key),
        lambda: client.describe_key(KeyId="alias/mine"),
        lambda: client.decrypt(CiphertextBlob=sealed),
    ):
        with pytest.raises(client.exceptions.NotFoundException):
            lost()
    assert [row for row in kms.changes() if row["operation"] is None]


def test_ten_years_pass_at_once(kms: Kms, key: str) -> None:
    sealed = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"patience"})["CiphertextBlob"]
    kms.clock.advance("10y")
    assert kms.clock.now == START + timedelta(days=3650)
    assert kms.call("Decrypt", {"CiphertextBlob": sealed})["Plaintext"] == b"patience"
    created = kms.call("CreateKey")["KeyMetadata"]["CreationDate"]
    assert created == START + timedelta(days=3650)
    # botocore signs by the machine's clock, and the world does not mind.
    assert kms.client().decrypt(CiphertextBlob=sealed)["Plaintext"] == b"patience"


def test_the_clock_is_set_in_any_time_zone_forward_and_back(kms: Kms) -> None:
    kms.clock.set(datetime(2030, 1, 1, 12, tzinfo=timezone(timedelta(hours=5))))
    assert kms.clock.now == datetime(2030, 1, 1, 7, tzinfo=timezone.utc)
    kms.clock.set(START)
    assert kms.clock.now == START


def test_a_frozen_clock_stands_and_a_resumed_one_runs() -> None:
    kms = Kms()
    kms.clock.freeze()
    stood = kms.clock.now
    time.sleep(0.01)
    assert kms.clock.now == stood
    kms.clock.advance("30d")
    assert kms.clock.now == stood + timedelta(days=30)
    kms.clock.resume()
    time.sleep(0.01)
    assert stood + timedelta(days=30) < kms.clock.now < stood + timedelta(days=31)


def test_a_time_that_cannot_be_read_freezes_nothing() -> None:
    kms = Kms()
    for moment, error in (("2030-01-01", TypeError), (START.replace(tzinfo=None), ValueError)):
        with pytest.raises(error):
            kms.clock.freeze(moment)  # type: ignore[arg-type]
        assert not kms.clock.frozen


def test_the_clock_freezes_at_a_given_time() -> None:
    kms = Kms()
    kms.clock.freeze(at=START)
    time.sleep(0.01)
    assert kms.clock.now == START


def test_a_clock_ends_with_the_year_9999(kms: Kms) -> None:
    with pytest.raises(ValueError, match="the clock ends at 9999-12-31"):
        kms.clock.advance(timedelta.max)
    assert kms.clock.now == START
    kms.clock.set(datetime(9999, 12, 31, 23, 59, tzinfo=timezone.utc))
    assert kms.clock.now.year == 9999


@pytest.mark.parametrize("naive", [lambda moment: Kms(now=moment), lambda moment: Kms().clock.set(moment)])
def test_a_datetime_without_a_time_zone_is_refused(naive: Any) -> None:
    with pytest.raises(ValueError, match="must have a time zone, such as"):
        naive(datetime(2030, 1, 1))


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a Windows process does not change")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns"])
def test_a_datetime_without_a_zone_is_utc_to_boto3_and_refused_by_the_world_on_every_machine(
    kms: Kms, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    naive = datetime(2030, 1, 1)
    sent: list[float] = []
    client = kms.client()
    client.meta.events.register("before-sign", lambda request, **_: sent.append(json.loads(request.body)["ValidTo"]))
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        material = {"ImportToken": b"x", "EncryptedKeyMaterial": b"x", "ExpirationModel": "KEY_MATERIAL_EXPIRES"}
        for moment in (naive, naive.replace(tzinfo=timezone.utc)):
            with pytest.raises(client.exceptions.NotFoundException):
                client.import_key_material(KeyId="1234abcd-12ab-34cd-56ef-1234567890ab", ValidTo=moment, **material)
        # Python itself means the machine's own zone.
        assert sent == [1_893_456_000, 1_893_456_000] and naive.timestamp() != sent[0]
        with pytest.raises(KmsError, match="datetime without a time zone"):
            kms.call("ImportKeyMaterial", {"ValidTo": naive})
        assert kms.clock.now == START
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("moment", [1_800_000_000, "2030-01-01"])
def test_what_is_no_datetime_is_refused(moment: Any) -> None:
    with pytest.raises(TypeError, match="a datetime is wanted"):
        Kms(now=moment)


@pytest.mark.parametrize("span", ["", "30", "d", "-3d", "30 moons", "99999999999999999999d", "1.5ms", "1.d"])
def test_what_is_no_span_is_refused(kms: Kms, span: str) -> None:
    with pytest.raises(ValueError, match="not a length of time|backwards"):
        kms.clock.advance(span)
    assert kms.clock.now == START


def test_a_clock_does_not_advance_backwards(kms: Kms) -> None:
    with pytest.raises(ValueError, match="does not advance backwards"):
        kms.clock.advance(timedelta(seconds=-1))


def test_what_has_fallen_due_happens_when_the_clock_is_set(kms: Kms, key: str) -> None:
    kms.call("ScheduleKeyDeletion", {"KeyId": key, "PendingWindowInDays": 7})
    kms.clock.set(START + timedelta(days=8))
    assert kms.changes()[-1]["operation"] is None
    kms.clock.set(START)
    with pytest.raises(KmsError):
        kms.call("DescribeKey", {"KeyId": key})


def test_a_clock_shows_itself(kms: Kms) -> None:
    assert repr(kms.clock) == "<Clock 2026-11-22T00:00:00+00:00>"
    assert repr(kms) == "<Kms account=111122223333 now=2026-11-22T00:00:00+00:00>"
