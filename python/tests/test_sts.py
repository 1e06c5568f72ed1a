"""Sessions that STS gives: clients of boto3 assume roles, and call KMS with the credentials that they get."""

from __future__ import annotations

import base64
import json
import time
from datetime import timedelta
from typing import Any

import boto3
import botocore.auth
import pytest
from botocore.exceptions import ClientError

from pocket_kms import Kms

pytestmark = pytest.mark.usefixtures("no_sockets")

ALICE = "arn:aws:iam::111122223333:user/alice"
APP = "arn:aws:iam::111122223333:role/App"
SESSION = "arn:aws:sts::111122223333:assumed-role/App/job-7"


def policy(*actions: str, **members: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": list(actions), **(members or {"Resource": "*"})}
    return {"Version": "2012-10-17", "Statement": [statement]}


@pytest.fixture
def kms() -> Kms:
    """A world in which Alice may assume the role of an application, which may do two things; its clock runs."""
    kms = Kms()
    kms.directory.user(ALICE, policies=[policy("sts:AssumeRole")])
    trust = policy("sts:AssumeRole", Principal={"AWS": ALICE})
    kms.directory.role(APP, trust_policy=trust, policies=[policy("kms:CreateKey", "kms:ListKeys")])
    return kms


@pytest.fixture
def alice(kms: Kms) -> dict[str, Any]:
    """The access key of Alice."""
    return {"region_name": "us-east-1", **kms.directory.access_key("AKIAIOSFODNN7EXAMPLE", principal=ALICE, secret="hers")}


def assume(alice: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Arguments of a client in the session that Alice opens."""
    given = boto3.client("sts", **alice).assume_role(RoleArn=APP, RoleSessionName="job-7", **members)
    assert given["AssumedRoleUser"]["Arn"] == SESSION
    credentials = given["Credentials"]
    return {
        "region_name": "us-east-1",
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": credentials["SessionToken"],
    }


def test_a_role_is_assumed_and_its_credentials_call_kms(kms: Kms, alice: dict[str, Any]) -> None:
    with kms.intercept():
        session = assume(alice)
        client = boto3.client("kms", **session)
        assert client.create_key()["KeyMetadata"]["AWSAccountId"] == "111122223333"
        with pytest.raises(ClientError, match=f"User: {SESSION} is not authorized to perform: kms:GenerateRandom"):
            client.generate_random(NumberOfBytes=8)
        assert boto3.client("sts", **session).get_caller_identity()["Arn"] == SESSION
        with pytest.raises(ClientError, match=f"User: {ALICE} is not authorized to perform: kms:ListKeys"):
            boto3.client("kms", **alice).list_keys()
    # The credentials are the world's, and clients outside of the block know them, too.
    assert len(kms.client(**session).list_keys()["Keys"]) == 1


def test_a_session_has_its_policies_and_its_tags(kms: Kms, alice: dict[str, Any]) -> None:
    with kms.intercept():
        client = boto3.client("kms", **assume(alice, Policy=json.dumps(policy("kms:ListKeys"))))
        assert client.list_keys()["Keys"] == []
        with pytest.raises(ClientError, match="no session policy allows the kms:CreateKey action"):
            client.create_key()
        with pytest.raises(ClientError, match="sts:TagSession"):
            assume(alice, Tags=[{"Key": "team", "Value": "blue"}])


def test_who_is_not_trusted_and_what_is_not_right_is_refused(kms: Kms, alice: dict[str, Any]) -> None:
    kms.directory.user("arn:aws:iam::111122223333:user/bob")
    bob = kms.directory.access_key("AKIAI44QH8DHBEXAMPLE", principal="arn:aws:iam::111122223333:user/bob", secret="his")
    with kms.intercept():
        with pytest.raises(ClientError, match="AccessDenied.*user/bob is not authorized to perform: sts:AssumeRole"):
            assume({"region_name": "us-east-1", **bob})
        with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
            assume({**alice, "aws_secret_access_key": "another"})
        session = assume(alice)
        with pytest.raises(ClientError, match="InvalidSignatureException|UnrecognizedClientException"):
            boto3.client("kms", **{**session, "aws_session_token": "another"}).list_keys()


def test_credentials_expire_by_the_clock_of_the_world(
    kms: Kms, alice: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with kms.intercept():
        client = boto3.client("kms", **assume(alice, DurationSeconds=900))
        assert client.list_keys()["Keys"] == []
        kms.clock.advance("15m")
        # The client's clock goes with the world's, as that of a machine that has been asleep.
        genuine = botocore.auth.get_current_datetime
        monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *args, **named: genuine(*args, **named) + timedelta(minutes=15))
        with pytest.raises(ClientError, match="ExpiredTokenException"):
            client.list_keys()
        assert boto3.client("kms", **assume(alice)).list_keys()["Keys"] == []


ISSUER = "oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE"
POD = "system:serviceaccount:shop:api"


def identity_token(**claims: Any) -> str:
    """A token of an EKS cluster, whose key nobody has here."""
    said = {"iss": f"https://{ISSUER}", "sub": POD, "aud": ["sts.amazonaws.com"], "exp": int(time.time()) + 600, **claims}
    parts = [{"alg": "RS256"}, said, "signature"]
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)


@pytest.fixture
def pod(kms: Kms) -> str:
    """The ARN of a role that a pod of the cluster may assume."""
    provider = f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"
    condition = {"StringEquals": {f"{ISSUER}:sub": POD, f"{ISSUER}:aud": "sts.amazonaws.com"}}
    trust = policy("sts:AssumeRoleWithWebIdentity", Principal={"Federated": provider}, Condition=condition)
    may = policy("kms:ListKeys", Resource="*", Condition={"StringEquals": {f"{ISSUER}:sub": POD}})
    return kms.directory.role("arn:aws:iam::111122223333:role/Pod", trust_policy=trust, policies=[may])


def test_a_pod_finds_its_credentials_in_its_token_file(
    kms: Kms, pod: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "token").write_text(identity_token())
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_ROLE_ARN", pod)
    monkeypatch.setenv("AWS_ROLE_SESSION_NAME", "api-1")
    with kms.intercept():
        session = boto3.Session(region_name="us-west-2")
        assert session.client("sts").get_caller_identity()["Arn"].endswith(":assumed-role/Pod/api-1")
        assert session.client("kms").list_keys()["Keys"] == []
        with pytest.raises(ClientError, match="no identity-based policy allows the kms:CreateKey action"):
            session.client("kms").create_key()


def test_tokens_of_others_open_nothing(kms: Kms, pod: str) -> None:
    with kms.intercept():
        sts = boto3.client("sts", region_name="us-west-2")
        for claims, code in [
            ({"sub": "system:serviceaccount:shop:other"}, "AccessDenied"),
            ({"exp": int(time.time()) - 1}, "ExpiredTokenException"),
            ({"iss": None}, "InvalidIdentityToken"),
        ]:
            with pytest.raises(ClientError) as refused:
                sts.assume_role_with_web_identity(RoleArn=pod, RoleSessionName="x1", WebIdentityToken=identity_token(**claims))
            assert refused.value.response["Error"]["Code"] == code


def test_a_federated_user_may_do_what_both_its_policies_allow(kms: Kms, alice: dict[str, Any]) -> None:
    kms.directory.user(ALICE, policies=[policy("sts:GetFederationToken", "kms:ListKeys", "kms:CreateKey")])
    with kms.intercept():
        given = boto3.client("sts", **alice).get_federation_token(Name="guest", Policy=json.dumps(policy("kms:ListKeys")))
        assert given["FederatedUser"]["Arn"] == "arn:aws:sts::111122223333:federated-user/guest"
        credentials = given["Credentials"]
        guest = kms.client(
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials["SecretAccessKey"],
            aws_session_token=credentials["SessionToken"],
        )
        assert guest.list_keys()["Keys"] == []
        with pytest.raises(ClientError, match="no session policy allows the kms:CreateKey action"):
            guest.create_key()


def test_a_session_lasts_as_long_as_its_role_allows(kms: Kms, alice: dict[str, Any]) -> None:
    trust = policy("sts:AssumeRole", Principal={"AWS": ALICE})
    with kms.intercept():
        with pytest.raises(ClientError, match="exceeds the MaxSessionDuration set for this role"):
            assume(alice, DurationSeconds=7200)
        kms.directory.role(APP, trust_policy=trust, max_session_duration=7200)
        assume(alice, DurationSeconds=7200)
