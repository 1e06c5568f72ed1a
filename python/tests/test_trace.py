"""`Kms.trace`: what happened to a call in order; and `Kms.inspect`: what keeps a ciphertext closed."""

from __future__ import annotations

from typing import Any

import pytest

from pocket_kms import Kms, KmsError


def fates(course: Any) -> dict[str, str]:
    return {step["step"]: step["fate"] for step in course["steps"]}


def step(course: Any, name: str) -> Any:
    return next(step for step in course["steps"] if step["step"] == name)


def test_a_traced_call_replies_and_tells_its_ten_steps(kms: Kms, key: str) -> None:
    traced = kms.trace("Encrypt", {"KeyId": key, "Plaintext": b"orders", "Guess": 1})
    assert traced["error"] is None and traced["reply"] and traced["reply"]["CiphertextBlob"]
    course = traced["course"]
    assert course and set(fates(course).values()) == {"passed"} and len(course["steps"]) == 10
    assert step(course, "shape")["ignored"] == ["Guess"]
    given = {member["member"]: member for member in step(course, "performance")["given"]}
    assert given["Plaintext"] == {"member": "Plaintext", "length": 6, "secret": True}
    assert "orders" not in repr(course)
    assert course["requestId"] == traced["requestId"]
    assert traced["drew"] and not kms.trace("DescribeKey", {"KeyId": key})["drew"]


def test_a_refusal_is_told_and_not_raised(kms: Kms, key: str) -> None:
    arn = kms.call("DescribeKey", {"KeyId": key})["KeyMetadata"]["Arn"]
    traced = kms.trace("Encrypt", {"KeyId": arn, "Plaintext": b"x"}, caller="444455556666")
    assert traced["reply"] is None and traced["error"] and traced["error"]["code"] == "AccessDeniedException"
    assert fates(traced["course"])["decision"] == "refused"
    with pytest.raises(KmsError):
        kms.trace("ListKeys", caller="nobody")


def test_what_is_explained_has_its_course_too(kms: Kms, key: str) -> None:
    explained = kms.explain("DescribeKey", {"KeyId": key})
    assert explained["course"] and fates(explained["course"])["performance"] == "not reached"


def test_a_ciphertext_tells_its_owner_what_keeps_it_closed(kms: Kms, key: str) -> None:
    sealed = {"KeyId": key, "Plaintext": b"five!", "EncryptionContext": {"tenant": "7"}}
    blob = kms.call("Encrypt", sealed)["CiphertextBlob"]
    assert kms.inspect(blob, encryption_context={"tenant": "7"})["Verdict"] == "opens"
    said = kms.inspect(blob, encryption_context={})
    assert said["Verdict"] == "another context" and said["EncryptionContext"] == {"tenant": "7"}
    other = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    assert kms.inspect(blob, key=other)["Verdict"] == "another key"
    assert Kms().inspect(blob, encryption_context={})["Verdict"] == "unknown key"
    altered = blob[:-1] + bytes([blob[-1] ^ 1])
    assert kms.inspect(altered, encryption_context={"tenant": "7"})["Verdict"] == "altered or unknown context"
    assert kms.inspect(b"hello", encryption_context={})["Verdict"] == "not a blob"
