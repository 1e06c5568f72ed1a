"""`block_network`: what nobody answers does not leave the process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.hooks import HierarchicalEmitter
from botocore.stub import Stubber
from moto import mock_aws

from pocket_kms import Kms, NetworkBlocked, block_network

EMIT = HierarchicalEmitter.emit
SESSION = boto3.Session("AKIA", "secret", region_name="us-east-1")


@pytest.fixture(autouse=True)
def _restored(no_sockets: None) -> Iterator[None]:
    yield
    assert HierarchicalEmitter.emit is EMIT


def client(service: str = "kms", **arguments: Any) -> Any:
    return SESSION.client(service, **arguments)


def test_a_call_of_kms_that_no_world_answers_is_refused_with_advice() -> None:
    with block_network(), pytest.raises(NetworkBlocked) as refused:
        client().list_keys()
    assert str(refused.value) == (
        "kms ListKeys would go to https://kms.us-east-1.amazonaws.com/, and nobody answers it here: call it inside of"
        " `with kms.intercept():`, use the fixture kms_intercepted, or make the client by `kms.client()`"
    )


def test_a_call_of_kms_is_refused_whatever_its_endpoint() -> None:
    with block_network(), pytest.raises(NetworkBlocked):
        client(endpoint_url="http://127.0.0.1:4599").list_keys()


def test_worlds_and_stubs_answer_as_always(kms: Kms, key: str) -> None:
    with block_network(aws=True):
        with kms.intercept():
            assert len(client().list_keys()["Keys"]) == 1
        assert len(kms.client().list_keys()["Keys"]) == 1
        stubbed = client()
        with Stubber(stubbed) as stubber:
            stubber.add_response("list_keys", {"Keys": []})
            assert stubbed.list_keys()["Keys"] == []


def test_other_services_are_left_alone_unless_all_of_aws_is_blocked() -> None:
    sts = client("sts")
    with block_network(), pytest.raises(Exception, match="somebody tried to connect"):
        sts.get_caller_identity()
    with block_network(aws=True), pytest.raises(NetworkBlocked, match="sts GetCallerIdentity would go to .*moto"):
        sts.get_caller_identity()


def test_moto_answers_other_services_where_all_of_aws_is_blocked(kms: Kms) -> None:
    with block_network(aws=True), mock_aws():
        client("s3").create_bucket(Bucket="there")
        assert [bucket["Name"] for bucket in client("s3").list_buckets()["Buckets"]] == ["there"]


def test_an_emulator_on_this_machine_is_reached_where_all_of_aws_is_blocked() -> None:
    with block_network(aws=True), pytest.raises(Exception, match="somebody tried to connect"):
        client("sts", endpoint_url="http://localhost:4566").get_caller_identity()


def test_a_block_of_a_world_keeps_other_services_from_the_network(kms: Kms, key: str) -> None:
    with kms.intercept(block_network=True):
        assert len(client().list_keys()["Keys"]) == 1
        with pytest.raises(NetworkBlocked):
            client("sqs").list_queues()


def test_it_lasts_from_start_to_stop_and_ends_once() -> None:
    block = block_network()
    block.start()
    with pytest.raises(NetworkBlocked):
        client().list_keys()
    block.stop()
    with pytest.raises(RuntimeError, match="nobody has entered it"):
        block.stop()
