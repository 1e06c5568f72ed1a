"""Why a call is allowed or denied: explained, attached to errors, listed, and printed in a failing test."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
from typing import Any

import pytest
from botocore.exceptions import ClientError
from conftest import START

from pocket_kms import Kms, KmsError, _decisions

pytestmark = pytest.mark.usefixtures("no_sockets")

ALICE = "arn:aws:iam::111122223333:user/alice"
BOB = "arn:aws:iam::111122223333:user/bob"


@pytest.fixture
def guarded(kms: Kms) -> str:
    """A key with which Alice may encrypt orders."""
    condition = {"StringEquals": {"kms:EncryptionContext:purpose": "orders"}}
    every = {"Effect": "Allow", "Resource": "*"}
    statements = [
        {"Sid": "Root", "Principal": {"AWS": "111122223333"}, "Action": "kms:PutKeyPolicy", **every},
        {"Sid": "Orders", "Principal": {"AWS": ALICE}, "Action": "kms:Encrypt", "Condition": condition, **every},
    ]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return kms.api.create_key(Policy=policy)["KeyMetadata"]["KeyId"]


def refusal(kms: Kms, operation: Any, request: Any, **sender: Any) -> KmsError:
    with pytest.raises(KmsError) as refused:
        kms.call(operation, request, **sender)
    return refused.value


def test_an_error_has_the_decisions_as_data_and_as_a_note(kms: Kms, guarded: str) -> None:
    request = {"KeyId": guarded, "Plaintext": b"x", "EncryptionContext": {"purpose": "letters"}}
    error = refusal(kms, "Encrypt", request, caller=ALICE)
    (decision,) = error.decisions
    assert (decision["version"], decision["action"], decision["ruling"]) == (1, "kms:Encrypt", "not allowed")
    assert decision["resource"].endswith(guarded) and decision["decidedBy"] == "key policy"
    (key_policy,) = (layer for layer in decision["layers"] if layer["layer"] == "key policy")
    near_miss = key_policy["policies"][0]["statements"][1]
    assert (near_miss["sid"], near_miss["outcome"]) == ("Orders", "condition")
    assert near_miss["key"] == "kms:EncryptionContext:purpose"
    assert (near_miss["expected"], near_miss["actual"]) == (["orders"], ["letters"])
    assert error.reasons == [decision["text"]]
    assert decision["text"] in "".join(traceback.format_exception(error))
    assert pickle.loads(pickle.dumps(error)).decisions == copy.copy(error).decisions == error.decisions
    assert refusal(kms, "DescribeKey", {"KeyId": "alias/none"}).decisions == []


def test_a_call_with_two_checks_has_two_decisions_and_a_reason_for_each_that_failed(
    kms: Kms, key: str, guarded: str
) -> None:
    sealed = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"x"})["CiphertextBlob"]
    error = refusal(kms, "ReEncrypt", {"CiphertextBlob": sealed, "DestinationKeyId": guarded}, caller=BOB)
    assert [(decision["action"], decision["ruling"]) for decision in error.decisions] == [
        ("kms:ReEncryptFrom", "allowed"),
        ("kms:ReEncryptTo", "not allowed"),
    ]
    assert error.reasons == [error.decisions[1]["text"]]


def test_a_call_is_explained_and_not_made(kms: Kms, key: str, guarded: str) -> None:
    before = kms.changes()
    explained = kms.explain("ScheduleKeyDeletion", {"KeyId": key}, caller=BOB)
    assert explained["allowed"] and explained["error"] is None
    (decision,) = explained["decisions"]
    assert (decision["action"], decision["ruling"]) == ("kms:ScheduleKeyDeletion", "allowed")
    assert decision["deciding"] is None, "nobody is registered, and so everybody is trusted"
    denied = kms.explain("Encrypt", {"KeyId": guarded, "Plaintext": b"x"}, caller=ALICE, origin={"source_ip": "203.0.113.7"})
    assert not denied["allowed"] and denied["error"] is not None
    assert denied["error"]["code"] == "AccessDeniedException" and "purpose" in denied["decisions"][0]["text"]
    missing = kms.explain("DescribeKey", {"KeyId": "alias/none"}, region="eu-west-1")
    assert missing["error"] is not None and missing["error"]["code"] == "NotFoundException"
    with pytest.raises(KmsError, match="'Alice' is neither an account id"):
        kms.explain("ListKeys", caller="Alice")
    assert kms.changes() == before and kms.denials() == []


def test_denials_are_listed_whoever_asked(kms: Kms, guarded: str) -> None:
    with pytest.raises(ClientError) as refused:
        kms.client(caller=BOB).encrypt(KeyId=guarded, Plaintext=b"x")
    error = refusal(kms, "DescribeKey", {"KeyId": guarded}, caller=ALICE)
    first, second = kms.denials()
    assert (first["number"], first["operation"], first["caller"], first["time"]) == (1, "Encrypt", BOB, START)
    assert first["request_id"] == refused.value.response["ResponseMetadata"]["RequestId"]
    assert first["message"] == refused.value.response["Error"]["Message"]
    assert refused.value.__notes__ == [first["decisions"][0]["text"]]
    assert second["decisions"] == error.decisions and kms.denials(after=1) == [second]
    assert kms.fork().denials() == []


def test_the_types_name_every_member_and_every_layer(kms: Kms, key: str) -> None:
    explained = kms.explain("Encrypt", {"KeyId": key, "Plaintext": b"x"})
    assert set(explained) == set(_decisions.Explanation.__annotations__)
    (decision,) = explained["decisions"]
    assert set(decision) <= set(_decisions.Decision.__annotations__) and "text" in decision
    named = set(_decisions.LayerName.__args__)  # type: ignore[attr-defined]
    assert {layer["layer"] for layer in decision["layers"]} | {"grants"} == named
    for layer in decision["layers"]:
        assert set(layer) <= set(_decisions.Layer.__annotations__)
        for policy in layer["policies"]:
            assert set(policy) <= set(_decisions.Policy.__annotations__)
            for statement in policy["statements"]:
                assert set(statement) <= set(_decisions.Statement.__annotations__)


def test_a_failing_test_tells_of_what_was_denied_in_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import contextlib

        ALICE = "arn:aws:iam::111122223333:user/alice"

        def swallow(kms):
            kms.directory.user(ALICE)
            key = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
            with contextlib.suppress(Exception):
                kms.call("Encrypt", {"KeyId": key, "Plaintext": b"x"}, caller=ALICE)

        def test_that_fails(kms):
            swallow(kms)
            assert False

        def test_that_fails_without_a_denial(kms):
            assert False

        def test_that_passes(kms):
            swallow(kms)
        """
    )
    outcome = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    outcome.assert_outcomes(passed=1, failed=2)
    shown = outcome.stdout.str()
    assert shown.count("denied by pocket-kms") == 1
    outcome.stdout.fnmatch_lines(
        ["*denied by pocket-kms*", "Encrypt by arn:aws:iam::111122223333:user/alice:", "  kms:Encrypt on arn:aws:kms:*identity policies*"]
    )
