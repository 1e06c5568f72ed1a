"""Settings of a world, and a world as it was."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from conftest import START

from pocket_kms import Kms, KmsError


def test_settings_are_a_mapping_of_what_is_set(kms: Kms) -> None:
    settings = kms.settings
    assert dict(settings) == {} and settings.get("quota/keys") is None
    settings["quota/keys"] = 3
    settings.update({"request/CreateKey@eu-west-1": 0.5}, consistency="aws")
    assert dict(kms.settings) == {"quota/keys": 3, "request/CreateKey@eu-west-1": 0.5, "consistency": "aws"}
    assert dict(kms.fork().settings) == dict(kms.settings) and "quota/keys" in repr(settings)
    del settings["quota/keys"]
    settings["consistency"] = None
    assert dict(settings) == {"request/CreateKey@eu-west-1": 0.5}
    with pytest.raises(KeyError):
        del settings["quota/keys"]
    assert [change["operation"] for change in kms.changes()] == [None] * len(kms.changes())


def test_quotas_are_the_settings_below_quota(kms: Kms) -> None:
    kms.quotas.update({"keys": 3, "aliases-per-key@111122223333": 1})
    kms.settings["strict-regions"] = True
    assert dict(kms.quotas) == {"keys": 3, "aliases-per-key@111122223333": 1}
    assert dict(kms.settings) == {"quota/keys": 3, "quota/aliases-per-key@111122223333": 1, "strict-regions": 1}
    kms.quotas.clear()
    assert dict(kms.settings) == {"strict-regions": 1}


def test_every_quota_tells_how_full_it_is(kms: Kms, key: str) -> None:
    kms.quotas["keys"] = 3
    kms.call("CreateAlias", {"AliasName": "alias/a", "TargetKeyId": key})
    used = {quota["name"]: quota for quota in kms.quotas.used()}
    assert used["quota/keys"] == {"name": "quota/keys", "limit": 3, "usage": 1, "enforced": True}
    fullest = used["quota/aliases-per-key"]["key"]
    assert fullest is not None and fullest.endswith(key)
    assert not used["request/CreateKey"]["enforced"]
    (keys,) = (quota for quota in kms.quotas.used("444455556666", "eu-west-1") if quota["name"] == "quota/keys")
    assert (keys["limit"], keys["usage"]) == (3, 0)
    with pytest.raises(ValueError, match="an account is twelve digits, not '1'"):
        kms.quotas.used("1")
    with pytest.raises(ValueError, match="'here' is not a Region"):
        kms.quotas.used(region="here")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"quota/keys": 1, "quota/key": 1}, "it has keys, aliases-per-key"),
        ({"quota/keys": -1}, "a whole number from 0"),
        ({"quota/keys": "3"}, "a whole number from 0"),
        ({"lag/new-key@eu-west-1": 1}, "of the whole world alone"),
        ({"consistency": "best"}, "default, aws, aws-worst"),
    ],
)
def test_what_is_not_a_setting_is_refused_and_nothing_is_set(kms: Kms, settings: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        kms.settings.update(settings)
    assert dict(kms.settings) == {} and kms.changes() == []


def test_a_world_is_given_as_it_was_with_the_secrets_of_then() -> None:
    kms = Kms(seed="history", now=START, history=True)
    key = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    sealed = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"then"})["CiphertextBlob"]
    created = kms.changes()[-1]["number"]
    kms.call("ScheduleKeyDeletion", {"KeyId": key, "PendingWindowInDays": 7})
    kms.clock.advance("8d")
    with pytest.raises(KmsError, match="NotFoundException"):
        kms.call("Decrypt", {"CiphertextBlob": sealed})
    (deletion,) = kms.events()
    assert deletion["time"] == START + timedelta(days=7)
    assert kms.changes()[-1]["due"]["kind"] == deletion["kind"]
    for then in (START, START.astimezone(timezone(timedelta(hours=5))), "2026-11-22T02:00:00+02:00"):
        fork = kms.at(then)
        assert fork.clock.now == START and fork.clock.frozen
    assert kms.at(created).call("Decrypt", {"CiphertextBlob": sealed})["Plaintext"] == b"then"
    state = kms.at(START + timedelta(days=6)).call("DescribeKey", {"KeyId": key})["KeyMetadata"]["KeyState"]
    assert state == "PendingDeletion"
    assert kms.at(START + timedelta(days=9)).clock.now == START + timedelta(days=9)
    assert kms.clock.now == START + timedelta(days=8)


def test_a_world_without_history_says_so(kms: Kms) -> None:
    kms.clock.advance("1d")
    with pytest.raises(LookupError, match="keeps no history"):
        kms.at(START)
    with pytest.raises(LookupError, match="keeps no history"):
        kms.at(1)
    assert kms.at(datetime(2030, 1, 1, tzinfo=timezone.utc)).clock.now.year == 2030
    with pytest.raises(ValueError, match="must have a time zone"):
        kms.at(datetime(2030, 1, 1))
    with pytest.raises(ValueError, match="is not negative: -1"):
        kms.at(-1)
    for wrong in (-1, 1.5, "yes"):
        with pytest.raises(ValueError, match="how many states to keep"):
            Kms(history=wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="is not an instant"):
        kms.at("yesterday")


def test_history_reaches_as_far_as_it_is_told_and_begins_with_a_restored_world() -> None:
    kms = Kms(now=START, history=2)
    for _ in range(5):
        kms.call("CreateKey")
    newest = kms.changes()[-1]["number"]
    assert len(kms.at(newest).call("ListKeys")["Keys"]) == 5
    with pytest.raises(LookupError, match="oldest revision that is kept"):
        kms.at(1)
    again = Kms.restore(kms.snapshot(b"k" * 32), b"k" * 32, history=True)
    again.call("CreateKey")
    assert len(again.at(newest).call("ListKeys")["Keys"]) == 5
