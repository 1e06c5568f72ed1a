"""Clients of aiobotocore, which are awaited."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from pocket_kms import Kms, NetworkBlocked, block_network

aiobotocore = pytest.importorskip("aiobotocore.session")
pytestmark = pytest.mark.usefixtures("no_sockets")


async def round_trip(client: Any) -> bytes:
    key = (await client.create_key())["KeyMetadata"]["KeyId"]
    sealed = await client.encrypt(KeyId=key, Plaintext=b"awaited")
    with pytest.raises(client.exceptions.NotFoundException):
        await client.describe_key(KeyId="alias/none")
    return bytes((await client.decrypt(CiphertextBlob=sealed["CiphertextBlob"]))["Plaintext"])


def test_clients_made_before_and_inside_are_served_without_credentials(kms: Kms) -> None:
    async def use() -> None:
        session = aiobotocore.AioSession()
        async with session.create_client("kms", region_name="us-east-1") as before:
            with kms.intercept():
                assert await round_trip(before) == b"awaited"
                async with session.create_client("kms", region_name="us-east-1") as inside:
                    assert await round_trip(inside) == b"awaited"

    asyncio.run(use())
    assert len(kms.call("ListKeys")["Keys"]) == 2


def test_a_coroutine_function_is_decorated(kms: Kms) -> None:
    @kms.intercept()
    async def use() -> bytes:
        async with aiobotocore.AioSession().create_client("kms", region_name="us-east-1") as client:
            return await round_trip(client)

    assert asyncio.run(use()) == b"awaited"


def test_a_call_that_no_world_answers_is_kept_from_the_network(kms: Kms) -> None:
    async def use() -> None:
        credentials = {"aws_access_key_id": "AKIA", "aws_secret_access_key": "secret"}
        async with aiobotocore.AioSession().create_client("kms", region_name="us-east-1", **credentials) as client:
            with pytest.raises(NetworkBlocked, match="kms ListKeys would go to"):
                await client.list_keys()
            with kms.intercept():
                assert (await client.list_keys())["Keys"] == []

    with block_network():
        asyncio.run(use())


def test_a_slow_answer_is_awaited_and_a_connection_breaks(kms: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    async def use() -> None:
        async with aiobotocore.AioSession().create_client("kms", region_name="us-east-1") as client:
            monkeypatch.setattr(asyncio, "sleep", pause)
            with kms.faults("slow", delay=1500):
                await client.list_keys()
            with kms.faults("connection-reset"), pytest.raises(ConnectionClosedError):
                await client.list_keys()

    with kms.intercept():
        asyncio.run(use())
    assert waits == [1.5]


def test_a_client_waits_for_as_long_as_its_read_timeout_says(kms: Kms, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    async def use() -> None:
        config = Config(read_timeout=0.25, retries={"total_max_attempts": 1})
        async with aiobotocore.AioSession().create_client("kms", region_name="us-east-1", config=config) as client:
            monkeypatch.setattr(asyncio, "sleep", pause)
            with kms.faults("slow", delay=1500), pytest.raises(ReadTimeoutError):
                await client.create_key()

    with kms.intercept():
        asyncio.run(use())
    assert waits == [0.25] and len(kms.call("ListKeys")["Keys"]) == 1
