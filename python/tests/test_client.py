"""`Kms.client()`: a genuine boto3 client without a socket."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import botocore.client
import pytest
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding

from pocket_kms import Kms

pytestmark = pytest.mark.usefixtures("no_sockets")


@pytest.fixture
def client(kms: Kms) -> Any:
    return kms.client()


def test_the_client_is_botocores_own_and_needs_no_socket(client: Any) -> None:
    assert isinstance(client, botocore.client.BaseClient)
    key = client.create_key(Description="mine")["KeyMetadata"]["KeyId"]
    sealed = client.encrypt(KeyId=key, Plaintext=b"hello", EncryptionContext={"a": "b"})
    assert client.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext={"a": "b"})["Plaintext"] == b"hello"


def test_a_call_runs_no_more_python_than_one_that_a_stub_answers(client: Any, key: str) -> None:
    """What a call takes over boto3 is counted, since it cannot be timed beside other tests."""
    told: list[dict[str, Any]] = []
    heard = "response-received.kms"
    client.meta.events.register(heard, lambda response_dict, **_: told.append(response_dict), unique_id="told")
    client.encrypt(KeyId=key, Plaintext=b"hello")
    client.meta.events.unregister(heard, unique_id="told")
    headers: Any = dict(told[0]["headers"])
    body = told[0]["body"]
    stub = boto3.client("kms", "us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    answer: Any = lambda request, **_: AWSResponse(request.url, 200, headers, Canned(body))  # noqa: E731
    stub.meta.events.register_first("before-send.kms", answer)
    assert calls_of_python(lambda: client.encrypt(KeyId=key, Plaintext=b"hello")) <= calls_of_python(
        lambda: stub.encrypt(KeyId=key, Plaintext=b"hello")
    )


class Canned:
    """The body of a response."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def stream(self) -> tuple[bytes]:
        return (self.body,)


def calls_of_python(act: Callable[[], Any]) -> int:
    """How many functions of Python are called, once all is as it stays."""
    act()
    called = 0

    def note(_: object, event: str, __: object) -> None:
        nonlocal called
        called += event == "call"

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return called


def test_headers_of_a_response_are_read_and_written_in_any_case(client: Any) -> None:
    heard: list[Any] = []

    def change(response_dict: dict[str, Any], **_: Any) -> None:
        headers = response_dict["headers"]
        heard.append(headers)
        assert isinstance(headers, HeadersDict) and repr(headers) == repr(dict(headers))
        assert headers["content-type"] == headers["Content-Type"] == headers.get("CONTENT-TYPE") == "application/x-amz-json-1.1"
        assert "x-amzn-requestid" in headers and "X-Amzn-RequestId" in headers and "none" not in headers
        before = len(headers)
        headers["X-MINE"], headers["x-mine"] = "1", "2"
        assert [name for name in headers if name.lower() == "x-mine"] == ["X-MINE"] and len(headers) == before + 1
        copy = headers.copy()
        del headers["DATE"]
        assert "date" not in headers and "date" in copy and copy["X-Mine"] == "2"
        with pytest.raises(KeyError):
            del headers["Date"]
        with pytest.raises(KeyError):
            headers["Date"]

    client.meta.events.register("response-received.kms", change)
    told = client.list_keys()["ResponseMetadata"]
    assert len(heard) == 1 and told["HTTPHeaders"]["x-amzn-requestid"] == told["RequestId"]


def test_refusals_are_the_exceptions_of_the_model(kms: Kms, client: Any, key: str) -> None:
    with pytest.raises(client.exceptions.NotFoundException) as missing:
        client.describe_key(KeyId="alias/none")
    response = missing.value.response
    assert response["Error"]["Message"] == "Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found."
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    client.disable_key(KeyId=key)
    with pytest.raises(client.exceptions.DisabledException):
        client.encrypt(KeyId=key, Plaintext=b"x")
    with pytest.raises(client.exceptions.InvalidCiphertextException):
        client.decrypt(CiphertextBlob=bytes(200))
    with pytest.raises(client.exceptions.DryRunOperationException):
        client.generate_data_key(KeyId=kms.call("CreateKey")["KeyMetadata"]["KeyId"], KeySpec="AES_256", DryRun=True)


def test_errors_without_a_class_of_their_own_are_client_errors(client: Any) -> None:
    with pytest.raises(ClientError) as refused:
        client.encrypt(KeyId="alias/none", Plaintext=bytes(4097))
    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_a_reply_has_the_request_id_of_aws(client: Any) -> None:
    metadata = client.list_keys()["ResponseMetadata"]
    assert metadata["HTTPStatusCode"] == 200
    assert len(metadata["RequestId"]) == 36
    assert metadata["HTTPHeaders"]["content-type"] == "application/x-amz-json-1.1"


def test_paginators_walk_through_every_page(client: Any, key: str) -> None:
    names = {f"alias/number-{number:02}" for number in range(50)}
    for name in names:
        client.create_alias(AliasName=name, TargetKeyId=key)
    pages = list(client.get_paginator("list_aliases").paginate(KeyId=key, PaginationConfig={"PageSize": 20}))
    assert [len(page["Aliases"]) for page in pages] == [20, 20, 10]
    assert {alias["AliasName"] for page in pages for alias in page["Aliases"]} == names


def test_a_signature_is_verified_by_another_library(client: Any) -> None:
    spec = {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}
    key = client.create_key(**spec)["KeyMetadata"]["KeyId"]
    signature = client.sign(KeyId=key, Message=b"text", SigningAlgorithm="ECDSA_SHA_256")["Signature"]
    public = serialization.load_der_public_key(client.get_public_key(KeyId=key)["PublicKey"])
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(signature, b"text", ec.ECDSA(hashes.SHA256()))


def test_what_another_library_encrypts_is_decrypted(client: Any) -> None:
    spec = {"KeySpec": "RSA_2048", "KeyUsage": "ENCRYPT_DECRYPT"}
    key = client.create_key(**spec)["KeyMetadata"]["KeyId"]
    public = serialization.load_der_public_key(client.get_public_key(KeyId=key)["PublicKey"])
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    sealed = public.encrypt(hashlib.sha256(b"x").digest(), oaep)  # type: ignore[union-attr]
    request = {"KeyId": key, "CiphertextBlob": sealed, "EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}
    assert client.decrypt(**request)["Plaintext"] == hashlib.sha256(b"x").digest()


def test_the_region_is_the_one_given_or_that_of_the_environment(kms: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
    regions = [kms.client(region_name="eu-west-1").meta.region_name]
    monkeypatch.setenv("AWS_DEFAULT_REGION", "sa-east-1")
    regions.append(kms.client().meta.region_name)
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    regions.append(kms.client().meta.region_name)
    assert regions == ["eu-west-1", "sa-east-1", "us-east-1"]


def test_keys_live_in_the_region_of_the_client(kms: Kms) -> None:
    arn = kms.client(region_name="cn-north-1").create_key()["KeyMetadata"]["Arn"]
    assert arn.startswith("arn:aws-cn:kms:cn-north-1:111122223333:key/")


def test_an_access_key_of_twelve_digits_names_its_account(kms: Kms) -> None:
    client = kms.client(aws_access_key_id="444455556666")
    assert client.create_key()["KeyMetadata"]["AWSAccountId"] == "444455556666"


def test_clients_of_two_worlds_stay_in_their_worlds() -> None:
    one, other = Kms().client(), Kms().client()
    one.create_key()
    assert len(one.list_keys()["Keys"]) == 1
    assert other.list_keys()["Keys"] == []


def test_a_client_is_made_whatever_the_home_directory_holds(
    kms: Kms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").write_text("[default]\nregion = mars-north-1\ncredential_process = false\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_PROFILE", "missing")
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    assert kms.client().list_keys()["Keys"] == []
    assert kms.client().meta.region_name == "us-east-1"


def test_events_of_the_client_are_told(client: Any) -> None:
    told: list[str] = []
    for event in ("provide-client-params", "before-call", "request-created", "response-received", "after-call"):
        client.meta.events.register(f"{event}.kms", lambda event_name, **_: told.append(event_name.split(".")[0]))
    client.list_keys()
    assert told == ["provide-client-params", "before-call", "request-created", "response-received", "after-call"]
