"""`pocket_kms.operations` and `Kms.api`: what `cargo xtask types` prints."""

from __future__ import annotations

import inspect
import subprocess
import sys
import typing
from pathlib import Path

import boto3
import pytest

import pocket_kms
from pocket_kms import Kms, KmsError, operations


def test_every_operation_has_a_method_of_the_name_that_boto3_gives_it() -> None:
    client = boto3.client("kms", "us-east-1", aws_access_key_id="a", aws_secret_access_key="s")
    named = client.meta.method_to_api_mapping
    published = {method: named[method] for method in named if named[method] in operations.OPERATIONS}
    methods = {name for name, _ in inspect.getmembers(operations.Api, inspect.isfunction) if not name.startswith("_")}
    assert methods - {"call"} == set(published)
    assert set(operations.OPERATIONS) == set(published.values())


def test_every_method_has_the_members_of_its_request(kms: Kms) -> None:
    for name, method in inspect.getmembers(operations.Api, inspect.isfunction):
        if name.startswith("_") or name == "call":
            continue
        request = getattr(operations, "".join(part.title() for part in name.split("_")) + "Request")
        parameters = dict(inspect.signature(method).parameters)
        del parameters["self"]
        assert list(parameters) == list(request.__annotations__), name
        required = {member for member, parameter in parameters.items() if parameter.default is inspect.Parameter.empty}
        assert required == request.__required_keys__, name
        assert typing.get_type_hints(method)["return"], name


def test_a_method_makes_the_call(kms: Kms) -> None:
    key = kms.api.create_key(Description="mine")["KeyMetadata"]["KeyId"]
    sealed = kms.api.encrypt(KeyId=key, Plaintext=b"hello", EncryptionContext={"a": "b"})["CiphertextBlob"]
    assert kms.api.decrypt(CiphertextBlob=sealed, EncryptionContext={"a": "b"})["Plaintext"] == b"hello"
    with pytest.raises(KmsError, match="NotFoundException"):
        kms.api.describe_key(KeyId="alias/none")


def test_a_misspelt_member_is_refused_before_the_call(kms: Kms) -> None:
    with pytest.raises(TypeError, match="Keyid"):
        kms.api.describe_key(Keyid="alias/none")  # type: ignore[call-arg]


def test_calls_arrive_elsewhere_and_come_from_somebody_else(kms: Kms) -> None:
    metadata = kms.api(region="eu-west-1", caller="444455556666").create_key()["KeyMetadata"]
    assert metadata["Arn"] == f"arn:aws:kms:eu-west-1:444455556666:key/{metadata['KeyId']}"


def test_a_name_may_be_known_at_run_time_alone(kms: Kms) -> None:
    listed: set[str] = {name for name in operations.OPERATIONS if name in ("ListKeys", "ListAliases")}
    assert [kms.api.call(name)["Truncated"] for name in listed] == [False, False]


def test_the_module_is_imported_by_those_who_use_it_alone() -> None:
    program = f"""
import sys
sys.path.insert(0, {str(Path(pocket_kms.__file__).parents[1])!r})
import pocket_kms
pocket_kms.Kms()
print([name for name in ("typing", "datetime", "threading", "pocket_kms.operations") if name in sys.modules])
"""
    assert subprocess.check_output([sys.executable, "-S", "-c", program], text=True) == "[]\n"
