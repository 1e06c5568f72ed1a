"""`Kms.intercept()`: every KMS client of the process, and nothing else."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import sys
import threading
import unittest
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.exceptions import HTTPClientError, NoCredentialsError
from botocore.hooks import HierarchicalEmitter
from botocore.stub import Stubber

from pocket_kms import Kms, NetworkBlocked, block_network

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
    client = new_client("sqs", aws_access_key_id="AKIA", aws_secret_access_key="secret")
    with kms.intercept(), pytest.raises(HTTPClientError, match="somebody tried to connect"):
        client.list_queues()


def test_no_other_service_is_lent_credentials(kms: Kms) -> None:
    with kms.intercept(), pytest.raises(NoCredentialsError):
        new_client("sqs").list_queues()
    with kms.intercept(), pytest.raises(NoCredentialsError):
        new_client("sts").decode_authorization_message(EncodedMessage="x")


def test_whoever_asks_who_calls_is_told(kms: Kms) -> None:
    role = "arn:aws:sts::444455556666:assumed-role/Builder/session"
    with kms.intercept():
        root = new_client("sts").get_caller_identity()
        assert (root["Account"], root["Arn"]) == (kms.account, f"arn:aws:iam::{kms.account}:root")
        named = new_client("sts", aws_access_key_id=role, aws_secret_access_key="any").get_caller_identity()
        assert (named["Account"], named["Arn"]) == ("444455556666", role)
    with kms.intercept(caller="arn:aws:iam::111122223333:user/Alice"):
        assert new_client("sts").get_caller_identity()["Arn"].endswith("user/Alice")


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


def test_parentheses_without_anything_in_them_may_be_left_out(kms: Kms, key: str) -> None:
    @kms.intercept
    def count() -> int:
        return keys(new_client())

    @kms.intercept
    class Counts:
        def read(self) -> int:
            return keys(new_client())

    @block_network
    def blocked() -> None:
        new_client(aws_access_key_id="AKIA", aws_secret_access_key="secret").list_keys()

    assert (count(), Counts().read()) == (1, 1)
    with pytest.raises(NetworkBlocked):
        blocked()
    for wrong in (kms.intercept, block_network):
        with pytest.raises(TypeError, match="functions, coroutine functions and classes are decorated, not str"):
            wrong("arn:aws:iam::111122223333:user/Alice")  # type: ignore[type-var]


def test_what_a_cache_keeps_is_decorated_and_stays_a_cache(kms: Kms, key: str) -> None:
    @kms.intercept()
    class Counts:
        @functools.lru_cache
        def kept(self) -> int:
            return keys(new_client())

        @staticmethod
        @functools.lru_cache(maxsize=1)
        def static(more: int) -> int:
            return keys(new_client()) + more

        @functools.lru_cache
        def generated(self) -> Iterator[int]:
            yield keys(new_client())

    counts = Counts()
    assert [counts.kept(), Counts.static(1)] == [1, 2]
    kms.call("CreateKey")
    assert [counts.kept(), Counts.static(1)] == [1, 2]
    assert Counts.kept.cache_info().hits == 1
    Counts.kept.cache_clear()
    assert [counts.kept(), Counts.static(2)] == [2, 4]
    with pytest.raises((HTTPClientError, NoCredentialsError)):
        next(counts.generated())


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


@pytest.mark.parametrize("target", [sync_generator, async_generator])
def test_what_a_block_cannot_surround_is_not_decorated(kms: Kms, target: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match="is a generator: use a `with` block inside of it"):
        kms.intercept()(target)


@pytest.mark.parametrize("target", [None, "test", 5])
def test_what_is_never_called_is_not_decorated(kms: Kms, target: Any) -> None:
    for block in (kms.intercept(), kms.faults("internal"), block_network()):
        with pytest.raises(TypeError, match="functions, coroutine functions and classes are decorated, not "):
            block(target)


def test_every_method_of_a_class_is_decorated(kms: Kms, key: str) -> None:
    class Inherited:
        def counted(self) -> int:
            return keys(new_client())

    @kms.intercept()
    class Tests(Inherited):
        clients = 1

        def __init__(self) -> None:
            self.client = new_client()

        def read(self) -> int:
            return keys(self.client)

        async def awaited(self) -> int:
            return keys(self.client)

        @staticmethod
        def static() -> int:
            return keys(new_client())

        @classmethod
        def of_class(cls) -> int:
            return keys(new_client()) * cls.clients

        def generated(self) -> Iterator[int]:
            yield keys(self.client)

    made = Tests()
    assert [made.read(), made.static(), Tests.of_class(), made.counted(), asyncio.run(made.awaited())] == [1] * 5
    assert refuses_to_connect(made.client)
    with pytest.raises((HTTPClientError, NoCredentialsError)):
        next(made.generated())
    with pytest.raises((HTTPClientError, NoCredentialsError)):
        Inherited().counted()


def test_a_test_case_is_decorated_with_its_set_up_and_its_clean_up(kms: Kms, key: str) -> None:
    counted: list[int] = []

    def count() -> None:
        counted.append(keys(new_client()))

    class Base(unittest.TestCase):
        def test_inherited(self) -> None:
            count()

    @kms.intercept()
    class Tests(Base):
        @classmethod
        def setUpClass(cls) -> None:
            count()

        def setUp(self) -> None:
            count()
            self.addCleanup(count)

        def tearDown(self) -> None:
            count()

        def test_own(self) -> None:
            count()

    outcome = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Tests).run(outcome)
    assert (outcome.testsRun, outcome.errors, outcome.failures) == (2, [], [])
    assert counted == [1] * 9
    unittest.defaultTestLoader.loadTestsFromTestCase(Base).run(outcome)
    assert len(outcome.errors) == 1, "the class that it inherits from is as it was"


def test_a_block_lasts_from_start_to_stop(kms: Kms, key: str) -> None:
    block, client = kms.intercept(), new_client()
    assert block.start() is kms
    assert keys(client) == 1
    block.stop()
    assert refuses_to_connect(client)


def test_a_block_that_has_not_begun_does_not_end(kms: Kms) -> None:
    with pytest.raises(RuntimeError, match="has ended, or nobody has entered it"):
        kms.intercept().stop()
    with kms.intercept(), pytest.raises(RuntimeError, match="nobody has entered it"):
        kms.intercept().__exit__(None, None, None)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="asyncio.Barrier")
def test_two_tasks_are_each_served_by_their_own_world() -> None:
    async def count(created: int, turn: asyncio.Barrier) -> int:
        with Kms().intercept():
            client = new_client()
            for _ in range(created):
                client.create_key()
                await turn.wait()
            await turn.wait()
            return await asyncio.to_thread(keys, client)

    async def both() -> list[int]:
        # Each comes to the barrier as often as the other.
        turn = asyncio.Barrier(2)
        return await asyncio.gather(count(3, turn), count(3, turn))

    assert asyncio.run(both()) == [3, 3]


def test_two_threads_are_each_served_by_their_own_world() -> None:
    turn = threading.Barrier(4)

    def count(number: int) -> int:
        with Kms().intercept():
            turn.wait(timeout=60)
            client = boto3.Session(region_name="us-east-1").client("kms")
            for _ in range(number):
                client.create_key()
            turn.wait(timeout=60)
            return keys(client)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(count, range(4))) == [0, 1, 2, 3]


def test_a_thread_that_code_under_test_starts_finds_the_world_of_the_block(kms: Kms, key: str) -> None:
    client = new_client()
    with kms.intercept(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(keys, client).result() == 1


def test_a_task_that_outlives_its_block_finds_the_block_that_is_there(kms: Kms, key: str) -> None:
    async def late(ended: asyncio.Event) -> int:
        await ended.wait()
        return keys(new_client())

    async def outlived() -> int:
        ended = asyncio.Event()
        with Kms().intercept():
            task = asyncio.create_task(late(ended))
            await asyncio.sleep(0)
        ended.set()
        return await task

    with kms.intercept():
        assert asyncio.run(outlived()) == 1


def test_a_block_may_end_in_another_context_than_it_began_in(kms: Kms, key: str) -> None:
    block, client = kms.intercept(), new_client()
    contextvars.copy_context().run(block.start)
    assert keys(client) == 1
    contextvars.copy_context().run(block.stop)
    assert refuses_to_connect(client)


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
            left.wait(timeout=60)

    thread = threading.Thread(target=overlap)
    with kms.intercept():
        thread.start()
        entered.wait(timeout=60)
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
