"""What recorded calls needed, and what nobody needs: the core answers, Python types it and writes it as code."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from conftest import START

from pocket_kms import Kms, KmsError

APP = "arn:aws:iam::111122223333:role/App"
BLUE = {"tenant": "blue"}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


@pytest.fixture
def used(kms: Kms, key: str) -> Kms:
    """A role that may do everything, and has encrypted and decrypted for the tenant blue."""
    kms.directory.role(APP, policies={"all": document({"Effect": "Allow", "Action": "kms:*", "Resource": "*"})})
    kms.call("CreateAlias", {"AliasName": "alias/orders", "TargetKeyId": key})
    use(kms)
    return kms


def use(kms: Kms) -> None:
    told = kms.call("Encrypt", {"KeyId": "alias/orders", "Plaintext": b"x", "EncryptionContext": BLUE}, caller=APP)
    kms.call("Decrypt", {"CiphertextBlob": told["CiphertextBlob"], "EncryptionContext": BLUE}, caller=APP)


def arn(key: str) -> str:
    return f"arn:aws:kms:us-east-1:111122223333:key/{key}"


def test_the_least_policy_lets_the_recorded_calls_through_and_nothing_else(used: Kms, key: str) -> None:
    least = used.audit.least_privilege(APP)
    assert least["form"] == "identity" and least["calls"] == 2 and least["denied"] == []
    policy = least["policy"]
    assert policy is not None and arn(key) in json.dumps(policy) and "kms:*" not in json.dumps(policy)
    used.directory.role(APP, policies={"least": policy})
    use(used)
    for operation, members in [("DescribeKey", {"KeyId": key}), ("Encrypt", {"KeyId": key, "Plaintext": b"x"})]:
        with pytest.raises(KmsError, match="AccessDenied"):
            used.api(caller=APP).call(operation, members)  # type: ignore[arg-type]


def test_conditions_are_left_out_where_nobody_wants_them(used: Kms, key: str) -> None:
    assert "Condition" in json.dumps(used.audit.least_privilege(APP)["policy"])
    assert "Condition" not in json.dumps(used.audit.least_privilege(APP, conditions=False)["policy"])
    only = used.audit.least_privilege(APP, operation="Encrypt")
    assert only["calls"] == 1 and "kms:Decrypt" not in json.dumps(only["policy"])


def test_it_may_be_statements_of_key_policies_or_grants(used: Kms, key: str) -> None:
    (of_key,) = used.audit.least_privilege(APP, "key policy")["keyPolicies"]
    assert of_key["key"] == arn(key) and APP in json.dumps(of_key["statements"])
    (grant,) = used.audit.least_privilege(APP, "grant")["grants"]
    used.directory.role(APP, policies={})
    used.call("CreateGrant", grant)  # type: ignore[typeddict-item,call-overload,unused-ignore]
    used.clock.advance("5m")
    use(used)


@pytest.mark.parametrize(("form", "sign"), [("cloudformation", "AWS::IAM"), ("terraform", "aws_iam"), ("cli", "iam put-role-policy")])
def test_it_may_be_code(used: Kms, key: str, form: Any, sign: str) -> None:
    files = used.audit.least_privilege(APP, form)["files"]
    text = "".join(files.values())
    assert sign in text and "kms:Decrypt" in text and "kms:*" not in text


def test_what_nobody_needs_is_told_by_statements(used: Kms) -> None:
    unused = used.audit.unused(APP)
    (statement,) = [one for one in unused["statements"] if one["layer"] == "identity policies"]
    assert statement["used"] and statement["actions"][0]["used"] == ["kms:Decrypt", "kms:Encrypt"]
    assert "kms:ScheduleKeyDeletion" in statement["actions"][0]["unused"]["Write"]
    assert {need["action"] for need in unused["needed"]} == {"kms:Encrypt", "kms:Decrypt"}


def test_who_uses_a_key_and_whose_calls_would_fail_without_it(used: Kms, key: str) -> None:
    (user,) = used.audit.users_of("alias/orders", caller=APP)["users"]
    assert user["principal"] == APP and user["times"] == 2 and user["contexts"] == {"tenant": ["blue"]}
    dry = used.audit.dry_deletion("alias/orders")
    assert not dry["safe"] and dry["lost"]["aliases"] == ["alias/orders"]
    (caller,) = [one for one in dry["callers"] if one["principal"] == APP]
    assert {one["operation"]: one["error"] for one in caller["operations"]} == {
        "Decrypt": "KMSInvalidStateException",
        "Encrypt": "KMSInvalidStateException",
    }
    assert used.audit.dry_deletion(key, "disabled")["callers"][0]["operations"][0]["error"] == "DisabledException"
    use(used)
    other = used.call("CreateKey")["KeyMetadata"]["KeyId"]
    assert used.audit.dry_deletion(other)["safe"]


def test_what_asks_for_attention_is_told_with_its_records(used: Kms, key: str) -> None:
    used.call("ScheduleKeyDeletion", {"KeyId": key})
    (finding,) = [one for one in used.audit.findings() if one["finding"] == "key-disabled"]
    assert finding["subject"] == arn(key) and finding["times"] == 1
    (record,) = used.audit.events(event_id=finding["records"][0])
    assert record["eventName"] == "ScheduleKeyDeletion"


def test_two_worlds_and_two_moments_are_compared(key: str) -> None:
    kms = Kms(now=START, history=True)
    key = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    other = kms.fork()
    assert kms.audit.diff(other)["same"] and kms.audit.diff(other)["text"] == ""
    other.call("UpdateKeyDescription", {"KeyId": key, "Description": "for orders"})
    told = kms.audit.diff(other)
    (change,) = told["changes"]
    assert change["path"] == ["keys", arn(key), "description"] and change["after"] == "for orders"
    assert "for orders" in told["text"]
    kms.clock.advance("1d")
    kms.call("CreateAlias", {"AliasName": "alias/orders", "TargetKeyId": key})
    assert kms.audit.diff(from_=START + timedelta(hours=1), to="2026-11-22T12:00:00Z")["same"]
    assert not kms.audit.diff(from_=START + timedelta(hours=1))["same"]


def test_what_cannot_be_asked_is_refused_with_its_place(used: Kms) -> None:
    with pytest.raises(KmsError, match="principal|arn"):
        used.audit.least_privilege("Alice")
    with pytest.raises(KmsError, match="form"):
        used.audit.least_privilege(APP, "poem")  # type: ignore[call-overload]
    with pytest.raises(KmsError, match="state"):
        used.audit.dry_deletion("alias/orders", "lost")  # type: ignore[arg-type]
