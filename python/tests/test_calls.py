"""The direct path: dictionaries in, dictionaries out."""

from __future__ import annotations

import array
import base64
import json
import pickle
import subprocess
import sys
import traceback
from collections import UserDict
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest
from botocore.client import Config
from botocore.exceptions import ClientError

from pocket_kms import Kms, KmsError

START = datetime(2026, 11, 22, tzinfo=timezone.utc)


def refusal(kms: Kms, operation: str, request: Any, **where: str) -> KmsError:
    with pytest.raises(KmsError) as refused:
        kms.call(operation, request, **where)
    return refused.value


def test_bytes_go_in_and_bytes_come_out(kms: Kms, key: str) -> None:
    sealed = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"\x00\xff"})["CiphertextBlob"]
    assert type(sealed) is bytes
    assert kms.call("Decrypt", {"CiphertextBlob": sealed})["Plaintext"] == b"\x00\xff"


@pytest.mark.parametrize(
    "kind",
    [bytes, bytearray, memoryview, lambda b: array.array("B", b), lambda b: memoryview(array.array("B", b))[::-1][::-1]],
)
def test_every_kind_of_bytes_is_a_blob(kms: Kms, key: str, kind: Any) -> None:
    sealed = kms.call("Encrypt", {"KeyId": key, "Plaintext": kind(b"blob")})["CiphertextBlob"]
    assert kms.call("Decrypt", {"CiphertextBlob": kind(sealed)})["Plaintext"] == b"blob"


def test_secrets_come_back_as_bytes(kms: Kms, key: str) -> None:
    plaintext = kms.call("GenerateDataKey", {"KeyId": key, "KeySpec": "AES_256"})["Plaintext"]
    assert type(plaintext) is bytes and len(plaintext) == 32


def test_instants_come_back_as_datetimes_in_utc(kms: Kms, key: str) -> None:
    metadata = kms.call("DescribeKey", {"KeyId": key})["KeyMetadata"]
    assert metadata["CreationDate"] == START
    assert metadata["CreationDate"].tzinfo is timezone.utc


def test_instants_keep_their_milliseconds_through_all_years() -> None:
    for moment in (datetime(1, 1, 1, 0, 0, 0, 1000), datetime(1969, 12, 31, 23, 59, 59, 999_000), datetime.max):
        aware = moment.replace(tzinfo=timezone.utc)
        created = Kms(now=aware).call("CreateKey")["KeyMetadata"]["CreationDate"]
        assert created == aware - timedelta(microseconds=aware.microsecond % 1000)


def test_tuples_are_lists_and_none_is_absent(kms: Kms) -> None:
    tags = ({"TagKey": "team", "TagValue": "blue"},)
    key = kms.call("CreateKey", {"Tags": tags, "Description": None})["KeyMetadata"]["KeyId"]
    assert kms.call("ListResourceTags", {"KeyId": key})["Tags"] == [*tags]


def test_an_operation_without_a_reply_answers_an_empty_dictionary(kms: Kms, key: str) -> None:
    assert kms.call("DisableKey", {"KeyId": key}) == {}


def test_a_call_arrives_in_its_region_and_comes_from_its_caller(kms: Kms) -> None:
    metadata = kms.call("CreateKey", region="eu-central-1", caller="444455556666")["KeyMetadata"]
    assert metadata["Arn"] == f"arn:aws:kms:eu-central-1:444455556666:key/{metadata['KeyId']}"


def test_the_account_of_a_world_is_that_of_callers_who_name_none() -> None:
    kms = Kms(account="444455556666")
    assert kms.account == "444455556666"
    assert kms.call("CreateKey")["KeyMetadata"]["AWSAccountId"] == "444455556666"


def test_a_refusal_has_a_code_and_a_sentence(kms: Kms, key: str) -> None:
    kms.call("DisableKey", {"KeyId": key})
    error = refusal(kms, "Encrypt", {"KeyId": key, "Plaintext": b"x"})
    arn = f"arn:aws:kms:us-east-1:111122223333:key/{key}"
    assert (error.code, error.message, error.reasons) == ("DisabledException", f"{arn} is disabled.", [])
    assert str(error) == f"DisabledException: {arn} is disabled."


def test_a_denial_has_its_reasons(kms: Kms, key: str) -> None:
    arn = f"arn:aws:kms:us-east-1:111122223333:key/{key}"
    error = refusal(kms, "DescribeKey", {"KeyId": arn}, caller="arn:aws:iam::444455556666:user/Eve")
    assert error.code == "AccessDeniedException"
    assert error.message.startswith("User: arn:aws:iam::444455556666:user/Eve is not authorized")
    (reason,) = error.reasons
    assert "kms:DescribeKey" in reason and arn in reason


def test_a_refusal_survives_pickling(kms: Kms) -> None:
    error = refusal(kms, "DescribeKey", {"KeyId": "alias/none"})
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.code, copy.message, copy.reasons) == (error.code, error.message, error.reasons)


def test_all_violations_of_a_request_are_told_at_once(kms: Kms) -> None:
    error = refusal(kms, "Encrypt", {"Plaintext": bytes(4097)})
    assert error.code == "ValidationException"
    assert error.message.startswith("2 validation errors detected: ")


def nested(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return {"Unknown": value}


def cyclic() -> dict[str, Any]:
    request: dict[str, Any] = {}
    request["Unknown"] = [request]
    return request


class Mutating(datetime):
    """A datetime that changes the request while it is read."""

    request: dict[str, Any]

    def utcoffset(self) -> timedelta:
        self.request["Another"] = 1
        return timedelta()


UNSPEAKABLE: dict[str, tuple[Any, str]] = {
    "a request inside itself": (cyclic(), "it nests too deeply"),
    "an endless nesting": (nested(100_000), "it nests too deeply"),
    "no number": ({"Number": float("nan")}, "a number is not finite"),
    "infinity": ({"Number": float("-inf")}, "a number is not finite"),
    "an endless number": ({"Number": 10**400}, "a number is not finite"),
    "half a surrogate pair": ({"Text": "\ud800"}, "it holds a value of the type str with a lone surrogate"),
    "a set": ({"Set": {1}}, "it holds a value of the type set"),
    "an object": ({"Object": object()}, "it holds a value of the type object"),
    "a naive datetime": ({"Time": datetime(2026, 1, 1)}, "it holds a value of the type datetime without a time zone"),
    "a number as name": ({1: "x"}, "the name of a member is of the type int, not text"),
    "half a surrogate pair as name": ({"\ud800": 1}, "it holds a value of the type str with a lone surrogate"),
}


@pytest.mark.parametrize("case", UNSPEAKABLE)
def test_what_no_request_can_say_is_refused_with_a_sentence(kms: Kms, case: str) -> None:
    request, sentence = UNSPEAKABLE[case]
    before = kms.changes()
    error = refusal(kms, "CreateKey", request)
    assert (error.code, error.message) == ("SerializationException", f"the request cannot be read: {sentence}")
    assert kms.changes() == before


@pytest.mark.parametrize("kind", [MappingProxyType, UserDict])
def test_every_kind_of_mapping_is_a_structure(kms: Kms, key: str, kind: Any) -> None:
    request = kind({"KeyId": key, "Plaintext": b"x", "EncryptionContext": kind({"a": "b"})})
    sealed = kms.call("Encrypt", request)["CiphertextBlob"]
    assert kms.trace("Encrypt", request)["reply"] is not None
    assert kms.explain("Encrypt", request)["allowed"]
    opened = kms.call("Decrypt", kind({"CiphertextBlob": sealed, "EncryptionContext": {"a": "b"}}))
    assert opened["Plaintext"] == b"x"


@pytest.mark.parametrize("request_", [[], "text", 1, b"bytes"], ids=str)
def test_what_is_no_structure_is_refused(kms: Kms, request_: Any) -> None:
    assert refusal(kms, "CreateKey", request_).code == "SerializationException"


def test_a_request_that_changes_while_it_is_read_is_read_as_it_was(kms: Kms) -> None:
    moment = Mutating(2026, 1, 1)
    Mutating.request = {"Unknown": moment, "Description": "steady"}
    assert kms.call("CreateKey", Mutating.request)["KeyMetadata"]["Description"] == "steady"


def test_unknown_members_are_ignored(kms: Kms) -> None:
    assert kms.call("CreateKey", {"Colour": {"deep": [1, 2.5, True, None]}})["KeyMetadata"]["Enabled"]


BAD = {
    "a number where text is wanted": ("Encrypt", {"KeyId": 5, "Plaintext": b"x"}),
    "text where a number is wanted": ("GenerateRandom", {"NumberOfBytes": "many"}),
    "a fraction where a whole number is wanted": ("GenerateRandom", {"NumberOfBytes": 1.5}),
    "a number beyond 64 bits": ("GenerateRandom", {"NumberOfBytes": 10**30}),
    "a number out of range": ("GenerateRandom", {"NumberOfBytes": 1025}),
    "a list where a structure is wanted": ("CreateKey", {"Tags": [[]]}),
    "a structure where a list is wanted": ("CreateKey", {"Tags": {"TagKey": "a"}}),
    "a truth value where text is wanted": ("CreateKey", {"Description": True}),
    "an unknown spec": ("CreateKey", {"KeySpec": "RSA_512"}),
    "a missing member": ("Encrypt", {}),
    "two violations at once": ("Encrypt", {"KeyId": "", "Plaintext": b""}),
    "a plaintext that is too long": ("Encrypt", {"KeyId": "alias/x", "Plaintext": bytes(4097)}),
    "a ciphertext that is not one": ("Decrypt", {"CiphertextBlob": b"\x00" * 100}),
    "a key that does not exist": ("DescribeKey", {"KeyId": "alias/none"}),
    "an unknown member": ("DescribeKey", {"KeyId": "alias/none", "Colour": "red"}),
    "an endless text": ("DescribeKey", {"KeyId": "x" * 100_000}),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_meets_the_same_refusal_as_over_boto3(kms: Kms, case: str) -> None:
    operation, request = BAD[case]
    direct = refusal(kms, operation, request)
    with pytest.raises(ClientError) as refused:
        client_that_says(kms, request)._make_api_call(operation, {})
    error = refused.value.response["Error"]
    assert (direct.code, direct.message) == (error["Code"], error["Message"])


def client_that_says(kms: Kms, request: Any) -> Any:
    """A client that sends this request, which its own checks and its serializer would not let through."""
    client = kms.client(config=Config(parameter_validation=False))
    body = json.dumps(request, default=lambda blob: base64.b64encode(blob).decode()).encode()
    client.meta.events.register("before-call.kms", lambda params, **_: params.update(body=body))
    return client


@pytest.mark.parametrize("region", ["", "nowhere", "us-east-1\r\n"])
def test_a_region_that_is_none_is_refused(kms: Kms, region: str) -> None:
    assert refusal(kms, "ListKeys", {}, region=region).code == "ValidationException"


def test_a_caller_that_is_none_is_refused(kms: Kms) -> None:
    assert refusal(kms, "ListKeys", {}, caller="Alice").code == "ValidationException"


def spread(width: int, levels: int) -> dict[str, Any]:
    """A request that is small in Python; anywhere else, it has this many elements to the power of its levels."""
    elements: Any = 1
    for _ in range(levels):
        elements = [elements] * width
    return {"Elements": elements}


TOO_LARGE: dict[str, Any] = {
    "a text": {"Description": "x" * 1_048_577},
    "a blob": {"Description": b"x" * 1_048_577},
    "a blob that is too long in base64 alone": {"Description": b"x" * 800_000},
    "a blob in a memoryview": {"Description": memoryview(bytes(1_048_577))},
    "a name": {"x" * 1_048_577: 1},
    "many members": {f"a{number}": None for number in range(300_000)},
    "one list a thousand times in itself, ten times over": spread(1000, 10),
}


@pytest.mark.parametrize("request_", TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_a_request_is_as_long_as_one_over_http_at_most(kms: Kms, request_: dict[str, Any]) -> None:
    error = refusal(kms, "CreateKey", request_)
    assert (error.code, error.message) == (
        "RequestEntityTooLargeException",
        "The body must not be longer than 1048576 bytes",
    )


def test_an_unknown_operation_is_refused(kms: Kms) -> None:
    refused = refusal(kms, "MakeCoffee", {})
    assert (refused.code, getattr(refused, "__notes__", [])) == ("UnknownOperationException", [])


@pytest.mark.parametrize(("written", "meant"), [("Encypt", "Encrypt"), ("encrypt", "Encrypt"), ("create_key", "CreateKey")])
def test_a_misspelt_operation_is_refused_with_a_note_on_what_may_be_meant(kms: Kms, written: str, meant: str) -> None:
    refused = refusal(kms, written, {})
    assert refused.__notes__ == refused.reasons == [f"did you mean {meant}?"]


def test_a_refusal_has_the_id_of_its_request(kms: Kms) -> None:
    one, other = (refusal(kms, "DescribeKey", {"KeyId": "alias/none"}) for _ in range(2))
    assert len(one.request_id) == len(other.request_id) == 36
    assert one.request_id != other.request_id
    assert pickle.loads(pickle.dumps(one)).request_id == one.request_id


def test_why_a_caller_is_denied_stands_below_the_traceback(kms: Kms, key: str) -> None:
    arn = kms.call("DescribeKey", {"KeyId": key})["KeyMetadata"]["Arn"]
    denied = refusal(kms, "DescribeKey", {"KeyId": arn}, caller="444455556666")
    assert denied.code == "AccessDeniedException" and denied.reasons
    assert all(reason in "".join(traceback.format_exception(denied)) for reason in denied.reasons)
    again = pickle.loads(pickle.dumps(denied))
    assert again.__notes__ == denied.__notes__ == denied.reasons


@pytest.mark.parametrize("account", ["1", "12345678901x", ""])
def test_an_account_that_is_none_is_refused(account: str) -> None:
    with pytest.raises(ValueError, match="an account is twelve digits"):
        Kms(account=account)


def test_importing_the_package_imports_no_sdk() -> None:
    program = "import sys, pocket_kms; pocket_kms.Kms().call('ListKeys'); print('botocore' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "False\n"


@pytest.mark.parametrize(("use", "sentence"), [("client()", "client()"), ("intercept().__enter__()", "intercept()")])
def test_without_boto3_the_error_says_what_to_install(use: str, sentence: str) -> None:
    program = f"""
import sys
sys.modules["boto3"] = sys.modules["botocore"] = sys.modules["botocore.hooks"] = None
import pocket_kms
try:
    pocket_kms.Kms().{use}
except ImportError as error:
    print(error)
"""
    said = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert said.startswith(sentence) and 'pip install "pocket-kms[boto3]"' in said
