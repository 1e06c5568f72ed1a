"""Who calls and from where: `caller=` and `origin=` of calls, clients and blocks."""

from __future__ import annotations

import json
import pickle
import traceback
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

import pocket_kms
from pocket_kms import Kms, KmsError

pytestmark = pytest.mark.usefixtures("no_sockets")

ALICE = "arn:aws:iam::111122223333:user/Alice"
ADMIN = "arn:aws:iam::111122223333:role/Admin"
THROUGH_S3 = {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}


def allow(principal: str, *actions: str, **condition: Any) -> dict[str, Any]:
    conditions = {"Condition": condition["condition"]} if condition else {}
    return {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": actions, "Resource": "*", **conditions}


@pytest.fixture
def guarded(kms: Kms) -> str:
    """A key with which Alice may generate data keys, but through S3 alone."""
    statements = [allow(ADMIN, "kms:*"), allow(ALICE, "kms:GenerateDataKey", condition=THROUGH_S3)]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return kms.api.create_key(Policy=policy, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["KeyId"]


def denied(call: Any) -> ClientError:
    with pytest.raises(ClientError) as refused:
        call()
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
    return refused.value


def test_a_call_comes_from_somewhere(kms: Kms, guarded: str) -> None:
    request = {"KeyId": guarded, "KeySpec": "AES_256"}
    assert kms.call("GenerateDataKey", request, caller=ALICE, origin={"via": "s3.amazonaws.com"})["Plaintext"]
    for origin in (None, {}, {"via": ["ec2.amazonaws.com"]}):
        with pytest.raises(KmsError, match="AccessDeniedException"):
            kms.call("GenerateDataKey", request, caller=ALICE, origin=origin)
    methods = kms.api(caller=ALICE, origin={"via": ["s3.amazonaws.com"]})
    assert methods.generate_data_key(KeyId=guarded, KeySpec="AES_256")["Plaintext"]


def test_a_client_is_somebody_and_calls_from_somewhere(kms: Kms, guarded: str) -> None:
    def use(client: Any) -> Any:
        return client.generate_data_key(KeyId=guarded, KeySpec="AES_256")

    assert use(kms.client(caller=ALICE, origin={"via": "s3.amazonaws.com"}))["Plaintext"]
    assert use(kms.client(caller=ADMIN))["Plaintext"]
    denied(lambda: use(kms.client(caller=ALICE)))
    denied(lambda: use(kms.client(origin={"via": "s3.amazonaws.com"})))


def test_clients_of_one_world_are_each_somebody_else(kms: Kms, guarded: str) -> None:
    admin, alice, nobody = kms.client(caller=ADMIN), kms.client(caller=ALICE), kms.client()
    assert admin.describe_key(KeyId=guarded)["KeyMetadata"]["KeyId"] == guarded
    denied(lambda: alice.describe_key(KeyId=guarded))
    denied(lambda: nobody.describe_key(KeyId=guarded))


def test_an_access_key_that_is_an_arn_names_its_principal(kms: Kms, guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kms.client(aws_access_key_id=ADMIN).describe_key(KeyId=guarded)
    denied(lambda: kms.client(aws_access_key_id=ALICE).describe_key(KeyId=guarded))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ADMIN)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "any")
    with kms.intercept():
        assert boto3.Session().client("kms").describe_key(KeyId=guarded)


def test_a_credential_file_names_principals_by_their_arns(
    kms: Kms, guarded: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "credentials"
    profiles = {"default": ALICE, "admin": ADMIN}
    profile = "[{}]\naws_access_key_id = {}\naws_secret_access_key = any\n"
    file.write_text("".join(profile.format(*each) for each in profiles.items()), encoding="utf-8")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    with kms.intercept():
        assert boto3.Session(profile_name="admin").client("kms").describe_key(KeyId=guarded)
        denied(lambda: boto3.Session().client("kms").describe_key(KeyId=guarded))
        assert boto3.Session().client("sts").get_caller_identity()["Arn"] == ALICE


def test_in_a_block_all_clients_are_the_caller_of_the_block(kms: Kms, guarded: str) -> None:
    client = boto3.Session(ADMIN, "any", region_name="us-east-1").client("kms")
    with kms.intercept(caller=ALICE):
        denied(lambda: client.describe_key(KeyId=guarded))
        with kms.intercept():
            assert client.describe_key(KeyId=guarded)
    with kms.intercept(caller=ALICE, origin={"via": "s3.amazonaws.com"}):
        assert client.generate_data_key(KeyId=guarded, KeySpec="AES_256")["Plaintext"]


def test_how_a_client_names_its_software_is_seen(kms: Kms) -> None:
    condition = {"StringLike": {"aws:UserAgent": "*Boto3/*"}}
    statements = [allow(ADMIN, "kms:*"), allow(ALICE, "kms:DescribeKey", condition=condition)]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    key = kms.api.create_key(Policy=policy, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["KeyId"]
    assert kms.client(caller=ALICE).describe_key(KeyId=key)
    with pytest.raises(KmsError, match="AccessDeniedException"):
        kms.api(caller=ALICE).describe_key(KeyId=key)


def test_a_client_for_a_vpc_endpoint_calls_through_it(kms: Kms) -> None:
    condition = {"StringEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}}
    statements = [allow(ADMIN, "kms:*"), allow(ALICE, "kms:DescribeKey", condition=condition)]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    key = kms.api.create_key(Policy=policy, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["KeyId"]
    endpoint = "https://vpce-0123456789abcdef0-abcdefgh.kms.us-east-1.vpce.amazonaws.com"
    assert kms.client(caller=ALICE, endpoint_url=endpoint).describe_key(KeyId=key)
    assert kms.client(caller=ALICE, origin={"vpc_endpoint": "vpce-0123456789abcdef0"}).describe_key(KeyId=key)
    denied(lambda: kms.client(caller=ALICE).describe_key(KeyId=key))


def test_why_a_client_is_denied_stands_below_the_traceback(kms: Kms, guarded: str) -> None:
    reasons = 'is denied by the key policy: statement 2 would allow it if kms:ViaService'
    error = denied(lambda: kms.client(caller=ALICE).generate_data_key(KeyId=guarded, KeySpec="AES_256"))
    (note,) = error.__notes__
    assert note.startswith("kms:GenerateDataKey on arn:aws:kms:") and reasons in note
    assert note in "".join(traceback.format_exception(error))
    client = boto3.Session(ALICE, "any", region_name="us-east-1").client("kms")
    with kms.intercept():
        error = denied(lambda: client.generate_data_key(KeyId=guarded, KeySpec="AES_256"))
    assert error.__notes__ == [note]
    assert pickle.loads(pickle.dumps(error)).response == error.response


def test_other_errors_of_clients_have_no_notes(kms: Kms) -> None:
    with pytest.raises(ClientError) as refused:
        kms.client().describe_key(KeyId="alias/none")
    assert not hasattr(refused.value, "__notes__")
    for header in ("no JSON", "5", "[5]"):
        response = {"Error": {"Code": "x"}, "ResponseMetadata": {"HTTPHeaders": {"x-pocket-kms-reasons": header}}}
        assert not hasattr(ClientError(response, "Encrypt"), "__notes__")  # type: ignore[arg-type]


@pytest.mark.parametrize("use", [lambda kms, **who: kms.client(**who), lambda kms, **who: kms.intercept(**who)])
def test_who_cannot_be_read_is_refused_before_any_call(kms: Kms, use: Any) -> None:
    for who, sentence in (
        ({"caller": "Alice"}, "'Alice' is neither"),
        ({"caller": 5}, "caller is text"),
        ({"origin": {"ip": "203.0.113.7"}}, "origin has no 'ip': its members are"),
        ({"origin": {"source_ip": "here"}}, "source_ip must be an IP address"),
        ({"origin": "s3"}, "an origin is a structure"),
    ):
        with pytest.raises(KmsError, match=sentence):
            use(kms, **who)


def test_a_caller_in_a_session_has_its_facts(kms: Kms) -> None:
    conditions = {
        "StringEquals": {"cognito-identity.amazonaws.com:sub": "eu-west-1:1", "aws:PrincipalTag/team": "blue"},
        "NumericLessThan": {"aws:MultiFactorAuthAge": "600"},
        "StringLike": {"aws:Referer": "https://example.com/*"},
    }
    role = "arn:aws:iam::111122223333:role/App"
    statements = [allow(ADMIN, "kms:*"), allow(role, "kms:DescribeKey", condition=conditions)]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    key = kms.api.create_key(Policy=policy, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["KeyId"]
    session: pocket_kms.Session = {
        "provider": "cognito-identity.amazonaws.com",
        "context": {"cognito-identity.amazonaws.com:sub": "eu-west-1:1"},
        "tags": {"team": "blue"},
        "mfa_age": "5m",
    }
    caller: pocket_kms.Caller = {"arn": "arn:aws:sts::111122223333:assumed-role/App/one", "session": session}
    origin: pocket_kms.Origin = {"context": {"aws:Referer": "https://example.com/page"}}
    assert kms.client(caller=caller, origin=origin).describe_key(KeyId=key)
    assert kms.api(caller=caller, origin=origin).describe_key(KeyId=key)
    with kms.intercept(caller=caller, origin=origin):
        assert boto3.client("kms").describe_key(KeyId=key)
    denied(lambda: kms.client(caller=caller).describe_key(KeyId=key))
    older: pocket_kms.Caller = {**caller, "session": {**session, "mfa_age": "1h"}}
    denied(lambda: kms.client(caller=older, origin=origin).describe_key(KeyId=key))


def members_of(refused: pytest.ExceptionInfo[KmsError]) -> list[str]:
    return refused.value.message.partition("its members are ")[2].split(", ")


def test_the_types_of_callers_and_origins_have_the_members_that_there_are(kms: Kms) -> None:
    unknown: Any = {"nothing": 1}
    with pytest.raises(KmsError) as refused:
        kms.call("ListKeys", origin=unknown)
    assert members_of(refused) == sorted(pocket_kms.Origin.__annotations__)
    with pytest.raises(KmsError) as refused:
        kms.call("ListKeys", caller=unknown)
    assert members_of(refused) == sorted(pocket_kms.Caller.__annotations__)
    with pytest.raises(KmsError) as refused:
        kms.call("ListKeys", caller={"session": unknown})
    assert members_of(refused) == sorted(pocket_kms.Session.__annotations__)
