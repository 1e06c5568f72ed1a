"""The directory of a world: who there is, what they may do, and the forms in which it is told."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from pocket_kms import Directory, Kms, KmsError

pytestmark = pytest.mark.usefixtures("no_sockets")

ALICE = "arn:aws:iam::111122223333:user/team/alice"
APP = "arn:aws:iam::111122223333:role/App"
DEVELOPERS = "arn:aws:iam::111122223333:group/developers"
ENDPOINT = "vpce-0123456789abcdef0"


def document(effect: str, *actions: str, **members: Any) -> dict[str, Any]:
    statement = {"Effect": effect, "Action": list(actions), "Resource": "*", **members}
    return {"Version": "2012-10-17", "Statement": [statement]}


def may(kms: Kms, operation: Any, key: str, **sender: Any) -> bool:
    request = {"KeyId": key, "Plaintext": b"x"} if operation == "Encrypt" else {"KeyId": key}
    try:
        kms.call(operation, request, **sender)
    except KmsError as error:
        assert error.code == "AccessDeniedException"
        return False
    return True


def test_an_account_is_trusted_until_somebody_is_registered(kms: Kms, key: str) -> None:
    assert may(kms, "Encrypt", key, caller=ALICE) and kms.directory.to_dict() == {}
    kms.directory.role(APP)
    assert not may(kms, "Encrypt", key, caller=ALICE) and may(kms, "Encrypt", key, caller="111122223333")
    kms.directory.user(ALICE, policies=[document("Allow", "kms:Encrypt")])
    assert may(kms, "Encrypt", key, caller=ALICE) and not may(kms, "DescribeKey", key, caller=ALICE)
    kms.directory.remove(ALICE, APP)
    assert not may(kms, "Encrypt", key, caller=ALICE)


def test_a_user_has_own_and_managed_policies_groups_a_boundary_and_tags(kms: Kms, key: str) -> None:
    tagged = {"Condition": {"StringEquals": {"aws:PrincipalTag/team": "blue"}}}
    directory = kms.directory
    managed = directory.policy("arn:aws:iam::111122223333:policy/Describe", document("Allow", "kms:DescribeKey"))
    boundary = directory.policy(
        "arn:aws:iam::111122223333:policy/Boundary", json.dumps(document("Allow", "kms:Encrypt", "kms:DescribeKey"))
    )
    directory.group(DEVELOPERS, policies=[document("Allow", "kms:Encrypt", "kms:DisableKey", **tagged)])
    members: dict[str, Any] = {"managed_policies": [managed], "groups": ["developers"], "permissions_boundary": boundary}
    assert directory.user(ALICE, tags={"team": "blue"}, **members) == ALICE
    assert [may(kms, name, key, caller=ALICE) for name in ("DescribeKey", "Encrypt", "DisableKey")] == [True, True, False]
    directory.user(ALICE, tags={"team": "red"}, **members)
    assert [may(kms, name, key, caller=ALICE) for name in ("DescribeKey", "Encrypt")] == [True, False]


def test_a_role_speaks_in_sessions_which_their_policies_limit(kms: Kms, key: str) -> None:
    kms.directory.role(APP, policies={"keys": document("Allow", "kms:Encrypt", "kms:DescribeKey")})
    session = "arn:aws:sts::111122223333:assumed-role/App/one"
    assert may(kms, "Encrypt", key, caller=session) and may(kms, "DescribeKey", key, caller=session)
    limited: Any = {"arn": session, "session": {"policies": [document("Allow", "kms:DescribeKey")]}}
    assert not may(kms, "Encrypt", key, caller=limited) and may(kms, "DescribeKey", key, caller=limited)
    with pytest.raises(ClientError, match="no session policy allows the kms:Encrypt action"):
        kms.client(caller=limited).encrypt(KeyId=key, Plaintext=b"x")


def test_an_organization_limits_its_accounts_and_an_endpoint_its_calls(kms: Kms, key: str) -> None:
    kms.directory.organization(
        "o-exampleorgid",
        management_account="999988887777",
        units={
            "ou-ab12-11111111": {
                "service_control_policies": ["FullAWSAccess", document("Deny", "kms:Encrypt")],
                "accounts": ["111122223333"],
            }
        },
    )
    assert not may(kms, "Encrypt", key, caller=ALICE) and may(kms, "DescribeKey", key, caller=ALICE)
    kms.directory.vpc_endpoint(ENDPOINT, policy=document("Allow", "kms:ListKeys", Principal="*"))
    assert not may(kms, "DescribeKey", key, caller=ALICE, origin={"vpc_endpoint": ENDPOINT})
    kms.directory.remove("o-exampleorgid", ENDPOINT)
    assert may(kms, "Encrypt", key, caller=ALICE, origin={"vpc_endpoint": ENDPOINT})


def test_an_access_key_names_its_principal_and_its_secret_must_be_right() -> None:
    kms = Kms()
    kms.directory.user(ALICE, policies=[document("Allow", "kms:CreateKey")])
    key = kms.directory.access_key("AKIAIOSFODNN7EXAMPLE", principal=ALICE, secret="the secret of Alice")
    client = kms.client(**key)
    assert client.create_key()["KeyMetadata"]["AWSAccountId"] == "111122223333"
    with pytest.raises(ClientError, match=f"User: {ALICE} is not authorized to perform: kms:ListKeys"):
        client.list_keys()
    wrong = kms.client(**key | {"aws_secret_access_key": "another"})
    with pytest.raises(ClientError, match="The request signature we calculated does not match"):
        wrong.create_key()
    with kms.intercept():
        theirs = boto3.client("kms", "us-east-1", **key)
        assert theirs.create_key()["KeyMetadata"]["AWSAccountId"] == "111122223333"
    kms.clock.advance("1h")
    with pytest.raises(ClientError, match="Signature"):
        client.create_key()
    assert "the secret" not in str(kms.directory.to_dict()) and "AKIAIOSFODNN7EXAMPLE" in str(kms.directory.to_dict())


def test_everything_that_is_told_can_be_registered_again(kms: Kms) -> None:
    directory = kms.directory
    directory.register(
        {
            "principals": {ALICE: {"managed_policies": ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}, APP: {}},
            "vpcEndpoints": {ENDPOINT: {"vpc": "vpc-0123456789abcdef0"}},
        }
    )
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ALICE}}
    directory.role(APP, trust_policy={"Version": "2012-10-17", "Statement": [trust]})
    told = json.loads(json.dumps(directory.to_dict()))
    other = Kms()
    other.directory.register(told)
    assert other.directory.to_dict() == told == kms.fork().directory.to_dict()
    assert repr(directory) == "<Directory 2 principals, 1 vpcEndpoints>"
    directory.register({"principals": {ALICE: None}})
    assert list(directory.to_dict()["principals"]) == [APP]


@pytest.mark.parametrize(
    ("register", "sentence"),
    [
        (lambda it: it.user("alice"), "principals.alice: is not the ARN of a principal"),
        (lambda it: it.user(ALICE, groups=["nobody"]), "nobody"),
        (lambda it: it.user(ALICE, managed_policies=["arn:aws:iam::aws:policy/Nothing"]), "Nothing"),
        (lambda it: it.role(APP, policies=[{"Statement": 5}]), f"principals.{APP}.policies"),
        (lambda it: it.access_key("AKIAIOSFODNN7EXAMPLE", principal="somebody", secret="hidden"), "somebody"),
        (lambda it: it.register({"people": {}}), "people"),
        (lambda it: it.remove(ALICE), f"principals.{ALICE}: is not registered"),
    ],
)
def test_what_cannot_be_registered_is_refused_with_its_place_and_nothing_changes(
    kms: Kms, register: Any, sentence: str
) -> None:
    with pytest.raises(ValueError) as refused:
        register(kms.directory)
    assert sentence in str(refused.value) and "hidden" not in str(refused.value)
    assert kms.directory.to_dict() == {} and isinstance(kms.directory, Directory)
