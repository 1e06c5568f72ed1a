"""`Kms.intercept()`: every KMS client of the process, and nothing else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.exceptions import HTTPClientError, NoCredentialsError
from botocore.hooks import HierarchicalEmitter
from botocore.stub import Stubber

from pocket_kms import Kms

EMIT = HierarchicalEmitter.emit


@pytest.fixture(autouse=True)
def _restored(no_sockets: None) -> Iterator[None]:
    """Whatever a test does, botocore is afterwards as it was."""
    yield
    assert HierarchicalEmitter.emit is EMIT


# A session of somebody else's; it keeps the models that it has read.
SESSION = boto3.Session(region_name="us-east-1")


def new_client(service: str = "kms", **arguments: Any) -> Any:
    return SESSION.client(service, **arguments)


def keys(client: Any) -> int:
    return len(client.list_keys()["Keys"])


def refuses_to_connect(client: Any) -> bool:
    """Whether a client of KMS is left to the network, which the tests forbid."""
    with pytest.raises((HTTPClientError, NoCredentialsError)):
        client.list_keys()
    return True


def test_a_client_made_inside_is_served(kms: Kms, key: str) -> None:
    with kms.intercept() as entered:
        assert entered is kms
        assert keys(new_client()) == 1


def test_a_client_made_before_is_served_inside_and_left_alone_outside(kms: Kms, key: str) -> None:
    client = new_client(aws_access_key_id="AKIA", aws_secret_access_key="secret")
    with kms.intercept():
        assert keys(client) == 1
    assert refuses_to_connect(client)


def test_clients_of_botocore_without_boto3_are_served(kms: Kms, key: str) -> None:
    client = botocore.session.Session().create_client("kms", "us-east-1")
    with kms.intercept():
        assert keys(client) == 1


def test_a_client_that_was_served_before_is_served_again(kms: Kms, key: str) -> None:
    with kms.intercept():
        client = new_client()
        assert keys(client) == 1
    assert refuses_to_connect(client)
    with kms.intercept():
        assert keys(client) == 1


def test_no_credentials_are_needed_inside(kms: Kms) -> None:
    client = new_client()
    with pytest.raises(NoCredentialsError):
        client.list_keys()
    with kms.intercept():
        assert client.create_key()["KeyMetadata"]["AWSAccountId"] == kms.account
    with pytest.raises(NoCredentialsError):
        client.list_keys()


def test_credentials_that_are_there_are_used(kms: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "444455556666")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with kms.intercept():
        client = boto3.Session().client("kms")
        assert client.create_key()["KeyMetadata"]["AWSAccountId"] == "444455556666"


def test_a_client_for_another_endpoint_is_served(kms: Kms, key: str) -> None:
    client = new_client(endpoint_url="http://localhost:1")
    with kms.intercept():
        assert keys(client) == 1


def test_other_services_pass_through(kms: Kms) -> None:
    client = new_client("sts", aws_access_key_id="AKIA", aws_secret_access_key="secret")
    with kms.intercept(), pytest.raises(HTTPClientError, match="somebody tried to connect"):
        client.get_caller_identity()


def test_no_other_service_is_lent_credentials(kms: Kms) -> None:
    with kms.intercept(), pytest.raises(NoCredentialsError):
        new_client("sts").get_caller_identity()


def test_of_nested_blocks_the_innermost_serves(kms: Kms, key: str) -> None:
    client, inner = new_client(), Kms()
    with kms.intercept():
        with inner.intercept():
            assert keys(client) == 0
            with kms.intercept():
                assert keys(client) == 1
            assert keys(client) == 0
        assert keys(client) == 1
    assert refuses_to_connect(client)


def test_a_client_of_a_world_belongs_to_it_in_every_block(kms: Kms, key: str) -> None:
    client = kms.client()
    with Kms().intercept():
        assert keys(client) == 1


def test_one_block_can_be_entered_again_and_again(kms: Kms, key: str) -> None:
    block, client = kms.intercept(), new_client()
    with block, block:
        assert keys(client) == 1
    with block:
        assert keys(client) == 1


def test_an_exception_ends_a_block_like_anything_else(kms: Kms) -> None:
    with pytest.raises(RuntimeError, match="on purpose"), kms.intercept():
        raise RuntimeError("on purpose")
    assert refuses_to_connect(new_client())


def test_a_function_is_decorated(kms: Kms, key: str) -> None:
    @kms.intercept()
    def count(client: Any, *, more: int = 0) -> int:
        """Counts keys."""
        return keys(client) + more

    assert (count.__name__, count.__doc__) == ("count", "Counts keys.")
    assert [count(new_client()), count(new_client(), more=1)] == [1, 2]
    assert refuses_to_connect(new_client())


def test_a_coroutine_function_is_decorated(kms: Kms, key: str) -> None:
    @kms.intercept()
    async def count() -> int:
        await asyncio.sleep(0)
        return keys(new_client())

    assert asyncio.run(count()) == 1


def sync_generator() -> Iterator[int]:
    yield 1


async def async_generator() -> AsyncIterator[int]:
    yield 1


@pytest.mark.parametrize(
    ("target", "sentence"), [(Kms, "is a class"), (sync_generator, "generator"), (async_generator, "generator")]
)
def test_what_a_block_cannot_surround_is_not_decorated(kms: Kms, target: Callable[..., Any], sentence: str) -> None:
    with pytest.raises(TypeError, match=sentence):
        kms.intercept()(target)


def test_a_stub_that_a_test_has_set_up_still_answers(kms: Kms) -> None:
    client = new_client()
    with kms.intercept(), Stubber(client) as stubber:
        stubber.add_response("list_keys", {"Keys": [], "Truncated": False})
        assert client.list_keys()["Keys"] == []
        stubber.assert_no_pending_responses()


def test_handlers_of_other_events_hear_of_requests(kms: Kms) -> None:
    client, told = new_client(), []
    client.meta.events.register("before-sign.kms.ListKeys", lambda **_: told.append("sign"))
    client.meta.events.register("needs-retry.kms.ListKeys", lambda **_: told.append("retry"))
    with kms.intercept():
        client.list_keys()
    assert told == ["sign", "retry"]


def test_blocks_in_many_threads_end_in_any_order(kms: Kms) -> None:
    """Two blocks overlap so that the first to be entered is the first to be left."""
    client, other = new_client(), Kms()
    entered, left = threading.Event(), threading.Event()

    def overlap() -> None:
        with other.intercept():
            entered.set()
            left.wait(timeout=10)

    thread = threading.Thread(target=overlap)
    with kms.intercept():
        thread.start()
        entered.wait(timeout=10)
    other.call("CreateKey")
    assert keys(client) == 1
    left.set()
    thread.join()
    assert refuses_to_connect(client)


def test_threads_come_and_go_and_leave_botocore_as_it_was(kms: Kms, key: str) -> None:
    client = new_client()

    def serve(_: int) -> int:
        with kms.intercept():
            return keys(client)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(serve, range(64))) == {1}


def test_a_seam_that_somebody_has_wrapped_meanwhile_passes_everything_on(kms: Kms, key: str) -> None:
    client, told = new_client(), []
    with kms.intercept():
        inner = HierarchicalEmitter.emit

        def wrapped(self: Any, event_name: str, **details: Any) -> Any:
            told.append(event_name)
            return inner(self, event_name, **details)

        HierarchicalEmitter.emit = wrapped
    try:
        assert refuses_to_connect(client)
        assert told
        with kms.intercept():
            assert keys(client) == 1
        assert HierarchicalEmitter.emit is wrapped
    finally:
        HierarchicalEmitter.emit = EMIT
