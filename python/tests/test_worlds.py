"""Forks, snapshots and the journal."""

from __future__ import annotations

import array
import copy
import json
import pickle
from datetime import timedelta
from typing import Any

import pytest

from pocket_kms import Kms, KmsError

ROOT_KEY = bytes(range(32))


def keys(kms: Kms) -> list[str]:
    return sorted(entry["KeyId"] for entry in kms.call("ListKeys")["Keys"])


def test_a_fork_begins_alike_and_goes_its_own_way(kms: Kms, key: str) -> None:
    sealed = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"both"})["CiphertextBlob"]
    fork = kms.fork()
    assert fork.call("Decrypt", {"CiphertextBlob": sealed})["Plaintext"] == b"both"
    assert fork.clock.now == kms.clock.now
    fork.call("DisableKey", {"KeyId": key})
    fork.clock.advance("1d")
    assert kms.call("DescribeKey", {"KeyId": key})["KeyMetadata"]["Enabled"]
    assert fork.clock.now > kms.clock.now
    assert kms.call("CreateKey") != fork.call("CreateKey")


def test_a_copy_is_a_fork(kms: Kms, key: str) -> None:
    for made in (copy.copy(kms), copy.deepcopy(kms), copy.deepcopy({"world": kms})["world"]):
        assert keys(made) == [key]
        made.call("CreateKey")
    assert keys(kms) == [key]


def test_a_world_is_not_pickled_and_says_what_to_do_instead(kms: Kms) -> None:
    with pytest.raises(TypeError, match=r"kms\.snapshot\(root_key\)"):
        pickle.dumps(kms)


def test_a_world_that_is_disposed_of_answers_nobody(kms: Kms) -> None:
    client, fork = kms.client(), kms.fork()
    kms.dispose()
    kms.dispose()
    for use in (lambda: kms.call("ListKeys"), client.list_keys, lambda: kms.clock.now, kms.fork, lambda: kms.account):
        with pytest.raises(ValueError, match=r"disposed of: make another one with Kms\(\)"):
            use()
    assert "disposed" in repr(kms)
    assert keys(fork) == []


def test_to_look_at_a_part_of_a_world_raises_nothing_whatever_became_of_it(kms: Kms) -> None:
    proxy = kms.proxy("https://xks.example.com", keys=["foo"])
    kms.quotas["keys"] = 9
    parts = {
        "Clock": kms.clock,
        "Directory": kms.directory,
        "Settings": kms.settings,
        "Quotas": kms.quotas,
        "Stores": kms.stores,
        "Clusters": kms.clusters,
        "EndpointServices": kms.endpoint_services,
        "ExternalKeys": proxy.keys,
    }
    told = {
        "Clock": "2026-11-22T00:00:00+00:00",
        "Directory": "nobody",
        "Settings": "{'quota/keys': 9}",
        "Quotas": "{'keys': 9}",
        "Stores": "1 proxies",
        "Clusters": "none",
        "EndpointServices": "none",
        "ExternalKeys": "foo",
    }
    assert {name: repr(part) for name, part in parts.items()} == {name: f"<{name} {told[name]}>" for name in parts}
    proxy.remove()
    assert repr(proxy.keys) == "<ExternalKeys removed>"
    kms.dispose()
    assert {name: repr(part) for name, part in parts.items()} == {name: f"<{name} disposed>" for name in parts}


def test_the_next_deadline_is_when_a_key_is_deleted(kms: Kms, key: str) -> None:
    assert kms.next_deadline is None
    kms.call("ScheduleKeyDeletion", {"KeyId": key, "PendingWindowInDays": 7})
    deadline = kms.next_deadline
    assert deadline == kms.clock.now + timedelta(days=7)
    assert [(due["time"], due["kind"]) for due in kms.deadlines()] == [(deadline, "deletion")]
    assert kms.deadlines(0) == []
    kms.clock.set(deadline)
    assert (kms.next_deadline, kms.deadlines(), keys(kms)) == (None, [], [])


def test_a_snapshot_restores_keys_data_account_and_clock() -> None:
    kms = Kms(account="444455556666")
    kms.clock.freeze()
    key = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    sealed = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"kept"})["CiphertextBlob"]
    again = Kms.restore(kms.snapshot(ROOT_KEY), ROOT_KEY)
    assert again.call("Decrypt", {"CiphertextBlob": sealed})["Plaintext"] == b"kept"
    assert (again.account, again.clock.now, keys(again)) == (kms.account, kms.clock.now, [key])


@pytest.mark.parametrize("kind", [bytearray, memoryview, lambda b: array.array("B", b)])
def test_every_kind_of_bytes_is_taken_wherever_bytes_are(kind: Any) -> None:
    kms, root_key = Kms(seed=kind(b"seed")), kind(bytes(32))
    key = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    assert key == Kms(seed=b"seed").call("CreateKey")["KeyMetadata"]["KeyId"]
    restored = Kms.restore(kind(kms.snapshot(root_key)), root_key)
    sealed = restored.call("Encrypt", {"KeyId": key, "Plaintext": kind(b"text")})["CiphertextBlob"]
    assert restored.inspect(kind(sealed)) == restored.inspect(sealed) is not None
    enclave = kms.enclave(image_sha384=kind(bytes(48)))
    attested = enclave.attest(public_key=kind(enclave.public_key), user_data=kind(b"data"), nonce=kind(b"nonce"))
    recipient = {"KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256", "AttestationDocument": kind(attested)}
    random = kms.call("GenerateRandom", {"NumberOfBytes": 16, "Recipient": recipient})
    assert len(enclave.unwrap(kind(random["CiphertextForRecipient"]))) == 16


def test_what_is_not_bytes_is_told_so(kms: Kms) -> None:
    for wrong in ("x" * 32, 32, None, [0] * 32):
        with pytest.raises(TypeError, match=f"bytes must stand here, not {type(wrong).__name__}"):
            kms.snapshot(wrong)  # type: ignore[arg-type]


def test_a_snapshot_tells_no_secret(kms: Kms, key: str) -> None:
    kms.call("CreateAlias", {"AliasName": "alias/open", "TargetKeyId": key})
    snapshot = kms.snapshot(ROOT_KEY)
    assert b"open" in snapshot
    assert ROOT_KEY not in snapshot
    with pytest.raises(ValueError, match="the root key is wrong"):
        Kms.restore(snapshot, bytes(32))


def test_every_flipped_bit_of_a_snapshot_is_noticed(kms: Kms, key: str) -> None:
    snapshot = kms.snapshot(ROOT_KEY)
    for place in range(0, len(snapshot), 97):
        flipped = bytearray(snapshot)
        flipped[place] ^= 1
        with pytest.raises(ValueError, match="snapshot"):
            Kms.restore(flipped, ROOT_KEY)


@pytest.mark.parametrize("snapshot", [b"", b"no snapshot", b"\x9f" * 100_000, b"\xbf" * 10])
def test_what_is_no_snapshot_is_refused(snapshot: bytes) -> None:
    with pytest.raises(ValueError, match="not a snapshot"):
        Kms.restore(snapshot, ROOT_KEY)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_root_key_of_another_length_is_refused(kms: Kms, length: int) -> None:
    sentence = f"the root key must be 32 bytes long, not {length}"
    with pytest.raises(ValueError, match=sentence):
        kms.snapshot(bytes(length))
    with pytest.raises(ValueError, match=sentence):
        Kms.restore(b"", bytes(length))


def test_the_journal_says_who_changed_what(kms: Kms, key: str) -> None:
    seen = kms.changes()[-1]["number"]
    kms.call("DisableKey", {"KeyId": key})
    (change,) = kms.changes(after=seen)
    assert (change["number"], change["operation"], change["table"]) == (seen + 1, "DisableKey", "keys")
    assert change["time"] == kms.clock.now
    assert key in change["key"]
    assert change["row"]


def test_the_journal_names_key_material_as_replies_do(kms: Kms, key: str) -> None:
    named = kms.call("DescribeKey", {"KeyId": key})["KeyMetadata"]["CurrentKeyMaterialId"]
    rows = {change["table"]: change for change in kms.changes()}
    assert rows["secrets"]["key"]["material"][0] == rows["keys"]["row"]["versions"][0]["id"] == named


def test_refused_calls_and_dry_runs_leave_no_trace(kms: Kms, key: str) -> None:
    before = kms.changes()
    for request in ({"KeyId": key, "Plaintext": b"x", "DryRun": True}, {"KeyId": "alias/none", "Plaintext": b"x"}):
        with pytest.raises(KmsError):
            kms.call("Encrypt", request)
    assert kms.changes() == before


def test_the_journal_holds_no_secret() -> None:
    kms = Kms()
    request = {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}
    kms.call("CreateKey", request)
    (material,) = [change for change in kms.changes() if change["table"] == "secrets"]
    assert not [value for value in _leaves(material) if isinstance(value, bytes)]
    assert len(json.dumps(material["row"], default=str)) < 400


def _leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [value]
