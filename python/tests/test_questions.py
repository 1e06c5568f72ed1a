"""Questions about policies: the core answers, Python passes them on and types the answers."""

from __future__ import annotations

from typing import Any

import pytest

from pocket_kms import Kms, KmsError

ALICE = "arn:aws:iam::111122223333:user/alice"
APP = "arn:aws:iam::111122223333:role/App"
ROOT = "arn:aws:iam::111122223333:root"


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(*actions: str, **members: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*", **members}


@pytest.fixture
def world(kms: Kms, key: str) -> Kms:
    """A key that Alice decrypts with for the tenant blue, and a role that may encrypt."""
    kms.directory.user(ALICE)
    kms.directory.role(APP, policies={"keys": document(allow("kms:Encrypt"))})
    blue = {"StringEquals": {"kms:EncryptionContext:tenant": "blue"}}
    policy = document(
        allow("kms:*", Principal={"AWS": "arn:aws:iam::111122223333:root"}),
        {**allow("kms:Decrypt", Principal={"AWS": ALICE}, Condition=blue), "Sid": "Blue"},
    )
    import json

    kms.call("PutKeyPolicy", {"KeyId": key, "Policy": json.dumps(policy)})
    kms.call("CreateAlias", {"AliasName": "alias/orders", "TargetKeyId": key})
    return kms


def test_who_can_tells_everybody_with_his_path_and_the_conditions_that_remain(world: Kms, key: str) -> None:
    answer = world.who_can("kms:Decrypt", "alias/orders")
    assert answer["version"] == 1 and answer["resource"].endswith(key)
    able = {one["principal"]: one for one in answer["principals"]}
    assert set(able) == {ROOT, ALICE} and answer["everyone"] is None and answer["services"] == []
    assert not able[ROOT]["conditional"] and able[ALICE]["conditional"]
    (path,) = able[ALICE]["paths"]
    assert path["by"] == "key policy" and path["sid"] == "Blue" and path["statement"] == 1
    assert path["conditions"] == [
        {"operator": "StringEquals", "key": "kms:EncryptionContext:tenant", "values": ["blue"]}
    ]


def test_who_can_takes_what_is_known_of_the_request(world: Kms, key: str) -> None:
    def able(**known: Any) -> set[str]:
        return {one["principal"] for one in world.who_can("kms:Decrypt", key, **known)["principals"]}

    assert able(context={"kms:EncryptionContext:tenant": "blue"}) == {ROOT, ALICE}
    assert able(context={"kms:EncryptionContext:tenant": "red"}) == able(closed=True) == {ROOT}
    assert {one["principal"] for one in world.who_can("kms:Encrypt", key)["principals"]} == {ROOT, APP}


def test_what_can_is_the_reverse(world: Kms, key: str) -> None:
    answer = world.what_can(APP)
    (one,) = answer["keys"]
    assert one["key"].endswith(key) and [action["action"] for action in one["actions"]] == ["kms:Encrypt"]
    assert answer["account"] == [] and world.what_can(APP, actions=["kms:Decrypt"])["keys"] == []


def test_simulate_decides_by_documents_that_are_not_installed(world: Kms, key: str) -> None:
    def allowed(**documents: Any) -> bool:
        return world.simulate("DescribeKey", {"KeyId": key}, caller=APP, **documents)["allowed"]

    describing = document(allow("kms:DescribeKey"))
    assert not allowed() and allowed(identity_policies=[describing])
    assert not allowed(identity_policies={"one": describing}, permissions_boundary=document(allow("kms:Encrypt")))
    assert not allowed(identity_policies=[describing], service_control_policies=[[document(allow("s3:*"))]])
    assert allowed(key_policy=document(allow("kms:DescribeKey", Principal={"AWS": APP})))
    assert not allowed(identity_policies=[describing], key_policy=document(allow("kms:*", Principal={"AWS": ALICE})))
    assert not world.explain("DescribeKey", {"KeyId": key}, caller=APP)["allowed"]


def test_what_cannot_be_asked_is_refused_with_its_place(world: Kms) -> None:
    for ask, sentence in [
        (lambda: world.who_can("kms:MakeCoffee", "alias/orders"), "action"),
        (lambda: world.who_can("kms:Decrypt"), "key"),
        (lambda: world.who_can("kms:ListKeys", "alias/orders"), "key"),
        (lambda: world.what_can("Alice"), "Alice"),
        (lambda: world.simulate("DescribeKey", {"KeyId": "alias/orders"}, key_policy="{"), "keyPolicy"),
    ]:
        with pytest.raises(KmsError, match=sentence):
            ask()
    with pytest.raises(KmsError) as missing:
        world.who_can("kms:Decrypt", "alias/none")
    assert missing.value.code == "NotFoundException"


def test_exposure_says_whether_anybody_outside_can_ever_use_a_key(world: Kms, key: str) -> None:
    assert world.exposure(key)["exposed"] == "no" and world.exposure("alias/orders")["outside"] == []
    partner = "arn:aws:iam::444455556666:role/Partner"
    open_ = document(allow("kms:Decrypt", Principal={"AWS": partner}))
    exposed = world.exposure(key, policy=open_)
    assert exposed["exposed"] == "yes" and exposed["witness"]
    assert [one["principal"] for one in exposed["outside"]] == [partner]
    assert exposed["outside"][0]["actions"] == ["kms:Decrypt"]
    assert world.exposure(key, policy=open_, within=["444455556666"])["exposed"] == "no"
    with pytest.raises(KmsError, match="within"):
        world.exposure(key, within=["Partner"])
