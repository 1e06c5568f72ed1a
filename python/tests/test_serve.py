"""`python -m pocket_kms serve`: the API at an address of this machine."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from serving import Served, serving

import pocket_kms


COMMAND_LINE = json.loads((Path(__file__).parents[2] / "tests" / "command-line.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving("--seed", "s") as served:
        yield served


def client_of(served: Served, **arguments: Any) -> Any:
    credentials = {"aws_access_key_id": "AKIA", "aws_secret_access_key": "secret"}
    return boto3.Session().client("kms", "eu-west-1", endpoint_url=served.url, **{**credentials, **arguments})


def test_it_tells_its_address_when_it_is_ready(served: Served) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", served.url)
    socket.create_connection(("127.0.0.1", served.port)).close()


def test_the_command_says_its_version() -> None:
    said = subprocess.check_output([sys.executable, "-m", "pocket_kms", "--version"], text=True)
    assert said == f"pocket-kms {pocket_kms.__version__}\n"


def test_boto3_works_over_its_socket(served: Served) -> None:
    client = client_of(served)
    key = client.create_key()["KeyMetadata"]
    assert key["Arn"].startswith("arn:aws:kms:eu-west-1:111122223333:key/")
    sealed = client.encrypt(KeyId=key["KeyId"], Plaintext=b"x" * 4096)["CiphertextBlob"]
    assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"x" * 4096
    with pytest.raises(client.exceptions.NotFoundException):
        client.describe_key(KeyId="alias/none")


def test_a_person_who_opens_it_in_a_browser_is_greeted(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port)
    connection.request("GET", "/")
    response = connection.getresponse()
    assert response.status == 200
    assert b"pocket-kms" in response.read()


def test_a_connection_carries_many_requests(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port)
    for _ in range(50):
        connection.request("GET", "/")
        assert connection.getresponse().read()
        assert connection.sock


def test_requests_in_one_packet_are_answered_in_their_order(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as peer:
        peer.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        answered = b"".join(iter(lambda: peer.recv(65536), b""))
    assert answered.count(b"HTTP/1.1 200 OK") == 2
    assert answered.count(b"Connection: close") == 1


@pytest.mark.parametrize("nonsense", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", b"GET\r\n\r\n", b"A" * 100_000])
def test_what_is_no_request_is_refused_and_the_connection_ends(served: Served, nonsense: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as peer:
        peer.sendall(nonsense)
        answered = peer.recv(65536)
        assert answered.startswith(b"HTTP/1.1 400 ")
        assert b"SerializationException" in answered


def test_a_body_that_is_too_long_is_refused_before_it_is_read(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as peer:
        peer.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n")
        assert peer.recv(65536).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: +2\r\n",
        b"Content-Length: 2\r\nContent-Length: 2\r\n",
        b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
    ],
)
def test_a_request_whose_end_is_not_clear_is_refused(served: Served, framing: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as peer:
        peer.sendall(b"POST / HTTP/1.1\r\nHost: a\r\n" + framing + b"\r\n{}")
        answered = b"".join(iter(lambda: peer.recv(65536), b""))
    assert answered.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"\r\nDate: " in answered


def test_a_peer_that_leaves_in_the_middle_harms_nobody(served: Served) -> None:
    for _ in range(20):
        peer = socket.create_connection(("127.0.0.1", served.port))
        peer.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
        peer.close()
    assert client_of(served).list_keys()["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_many_clients_are_served_at_once(served: Served) -> None:
    client = client_of(served, config=Config(max_pool_connections=32))
    key = client.create_key()["KeyMetadata"]["KeyId"]

    def round_trip(number: int) -> bool:
        text = str(number).encode()
        sealed = client.encrypt(KeyId=key, Plaintext=text)["CiphertextBlob"]
        return bool(client.decrypt(CiphertextBlob=sealed)["Plaintext"] == text)

    with ThreadPoolExecutor(32) as pool:
        assert all(pool.map(round_trip, range(200)))


def test_idle_connections_keep_nobody_waiting(served: Served) -> None:
    idle = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(200)]
    try:
        assert client_of(served).list_keys()["ResponseMetadata"]["HTTPStatusCode"] == 200
    finally:
        for peer in idle:
            peer.close()


def test_a_slow_decision_keeps_nobody_waiting(served: Served) -> None:
    client = client_of(served)
    key = client.create_key()["KeyMetadata"]["KeyId"]
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(client.create_key, KeySpec="RSA_4096", KeyUsage="SIGN_VERIFY")
        quick = 0
        while not slow.done():
            client.encrypt(KeyId=key, Plaintext=b"x")
            quick += 1
        assert slow.result()["KeyMetadata"]["KeySpec"] == "RSA_4096"
    assert quick > 1


def test_a_seed_makes_two_servers_alike() -> None:
    with serving("--seed", "same") as one, serving("--seed", "same") as other:
        ids = [client_of(served).create_key()["KeyMetadata"]["KeyId"] for served in (one, other)]
    assert ids[0] == ids[1]


def test_the_account_of_unknown_access_keys_is_settable() -> None:
    with serving("--account", "444455556666") as served:
        assert client_of(served).create_key()["KeyMetadata"]["AWSAccountId"] == "444455556666"


def test_settings_of_the_command_line_are_those_of_its_world(tmp_path: Path) -> None:
    key = {"TagKey": "_custom_id_", "TagValue": "1234abcd-12ab-34cd-56ef-1234567890ab"}
    texts = ("chosen-keys=true", "consistency=aws", "request/CreateKey=0.5", "quota/keys=3", "quota/keys=4")
    with serving(*(word for text in texts for word in ("--set", text)), "--state", str(tmp_path / "world")) as served:
        assert client_of(served).create_key(Tags=[key])["KeyMetadata"]["KeyId"] == key["TagValue"]
        assert told(served) == {"chosen-keys": 1, "consistency": "aws", "quota/keys": 4, "request/CreateKey": 0.5}
        served.end(signal.SIGTERM)
    with serving("--set", "consistency=null", "--set=quota/keys=null", "--state", str(tmp_path / "world")) as served:
        assert told(served) == {"chosen-keys": 1, "request/CreateKey": 0.5}


def told(served: Served) -> Any:
    """The settings of a served world."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port)
    connection.request("GET", "/_pocket-kms/settings")
    return json.loads(connection.getresponse().read())


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_it_listens_on_an_ipv6_address() -> None:
    with serving("--host", "::1") as served:
        assert served.url.startswith("http://[::1]:")
        assert client_of(served).list_keys()["Keys"] == []


@contextmanager
def hanging_up(handler: signal.Handlers) -> Iterator[None]:
    """Programs that the block starts begin with this answer to a closed terminal, whatever these tests run under."""
    before = signal.signal(signal.SIGHUP, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)


def stops_cleanly(number: signal.Signals) -> None:
    with serving() as served:
        client = client_of(served)
        client.list_keys()
        with socket.create_connection(("127.0.0.1", served.port)):
            # It would wait for longer than `end` does, if it waited for the connection to be closed.
            assert served.end(number) == (0, "", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_it_stops_cleanly_with_connections_open(number: signal.Signals) -> None:
    stops_cleanly(number)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this machine closes no terminals by a signal")
def test_it_stops_cleanly_when_its_terminal_is_closed() -> None:
    with hanging_up(signal.SIG_DFL):
        stops_cleanly(signal.SIGHUP)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this machine closes no terminals by a signal")
def test_it_goes_on_where_nohup_says_so() -> None:
    with hanging_up(signal.SIG_IGN), serving() as served:
        served.process.send_signal(signal.SIGHUP)
        assert client_of(served).list_keys()["Keys"] == []
        assert served.end(signal.SIGTERM) == (0, "", "")


def test_it_stops_cleanly_in_the_middle_of_a_slow_decision() -> None:
    with serving() as served:
        client = client_of(served, config=Config(retries={"total_max_attempts": 1}))
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(client.create_key, KeySpec="RSA_4096", KeyUsage="SIGN_VERIFY")
            time.sleep(0.5)
            assert served.end(signal.SIGTERM) == (0, "", "")
            slow.exception()


@pytest.mark.skipif(os.name != "posix", reason="the pipe of a server is handed on as POSIX does")
def test_it_serves_on_where_nobody_reads_what_it_says() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "pocket_kms", "serve", "--port", str(port), "--verbose"]
    process = subprocess.Popen(command, stdout=writes, stderr=writes)
    os.close(writes)
    deadline = time.monotonic() + 30
    answered = 0
    while answered < 3:
        assert process.poll() is None and time.monotonic() < deadline
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            connection.request("GET", "/")
            answered += connection.getresponse().status == 200
        except ConnectionRefusedError:
            time.sleep(0.1)
        finally:
            connection.close()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def refused(*arguments: str) -> tuple[int, str]:
    run = subprocess.run([sys.executable, "-m", "pocket_kms", *arguments], capture_output=True, text=True, timeout=30)
    assert run.stdout == ""
    return run.returncode, run.stderr


def test_a_port_in_use_is_told_in_a_sentence(served: Served) -> None:
    code, said = refused("serve", "--port", str(served.port))
    assert code == 1
    assert said == (
        f"pocket-kms: port {served.port} of 127.0.0.1 is in use: choose another with --port, or a free one with --port 0\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"), [*COMMAND_LINE["refused"], (["--colour"], "unrecognized arguments: --colour")]
)
def test_mistakes_of_the_command_line_are_told_in_a_sentence(arguments: list[str], sentence: str) -> None:
    code, said = refused("serve", *arguments)
    assert code != 0
    assert sentence in said
    assert "Traceback" not in said


def test_help_names_the_options_of_the_table_and_no_other() -> None:
    said = subprocess.check_output([sys.executable, "-m", "pocket_kms", "serve", "--help"], text=True)
    lines = re.findall(r"^  (?:-h, )?(--[a-z-]+)([][A-Z= .]*)", said, re.MULTILINE)
    assert {option: re.findall("[A-Z]+", values) for option, values in lines} == COMMAND_LINE["options"]
    assert "4599" in said
