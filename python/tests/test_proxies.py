"""Requests to proxies of external key stores: over real sockets and real TLS, against the package's own proxy role and
against servers that do whatever a test wants.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import serving

from pocket_kms import Kms, KmsError, ProxyServer, _native
from pocket_kms._proxies import Proxies

HOST = "xks.example.com"
ENDPOINT = f"https://{HOST}"
ACCESS_KEY, SECRET = "BETWEEN2TENAND3TENCHARACTERS", "PleaseReplaceThisWithSomeSecretOfLength43To64"

REACH = "Verify that your external key store proxy is active and is connected to the network, and that its URI path"
TLS = "AWS KMS cannot establish a TLS connection to the external key store proxy."
TIME = "AWS KMS rejected the request because the external key store proxy did not respond in time."
FORM = "AWS KMS cannot interpret the response from the external key store proxy."
TCP = "This might be a transient network issue."


class Identity:
    """A certificate for a name, its key, and who vouches for it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.authority, certificate, key = _native.certificate(name)
        self.certificate, self.key = folder / f"{name}.pem", folder / f"{name}.key"
        self.certificate.write_text(certificate)
        self.key.write_bytes(key)


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return Identity(tmp_path_factory.mktemp("identity"), HOST)


@pytest.fixture(scope="session")
def proxy(identity: Identity) -> Iterator[ProxyServer]:
    """A proxy with the external key ``foo``, served over TLS under the name of the endpoint."""
    world = Kms()
    credential = {"accessKeyId": ACCESS_KEY, "rawSecretAccessKey": SECRET}
    entry = {"region": "us-east-1", "credentials": [credential], "keys": {"foo": {}, "bar": {}}}
    world.stores.register({"proxies": {f"{ENDPOINT}/{prefix}": entry for prefix in ("one", "two")}})
    files = [str(identity.certificate), str(identity.key)]
    with world.serve_proxies(tls=files) as server:
        yield server


@pytest.fixture
def asking(proxy: ProxyServer, identity: Identity) -> Kms:
    """A world that asks that proxy."""
    return patient(Kms(proxies={ENDPOINT: proxy.url}, proxy_ca=identity.authority))


def patient(kms: Kms) -> Kms:
    """Gives proxies longer than the 250 milliseconds of AWS: the machine that runs the tests may be busy."""
    kms.settings["xks/time-limit"] = 30_000
    return kms


def store(call: Callable[..., Any], prefix: str = "one", endpoint: str = ENDPOINT) -> str:
    """Makes a store."""
    made = call(
        "CreateCustomKeyStore",
        {
            "CustomKeyStoreName": prefix,
            "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
            "XksProxyUriEndpoint": endpoint,
            "XksProxyUriPath": f"/{prefix}/kms/xks/v1",
            "XksProxyConnectivity": "PUBLIC_ENDPOINT",
            "XksProxyAuthenticationCredential": {"AccessKeyId": ACCESS_KEY, "RawSecretAccessKey": SECRET},
        },
    )
    return str(made["CustomKeyStoreId"])


def key(kms: Kms, prefix: str = "one") -> str:
    """Makes a key in a store that is connected, and gives its ARN."""
    made = store(kms.call, prefix)
    kms.call("ConnectCustomKeyStore", {"CustomKeyStoreId": made})
    members = {"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": made, "XksKeyId": "foo"}
    return str(kms.call("CreateKey", members)["KeyMetadata"]["Arn"])


def test_a_key_is_used_over_tls(asking: Kms) -> None:
    arn, other = key(asking), key(asking, "two")
    context = {"project": "nile"}
    sealed = asking.call("Encrypt", {"KeyId": arn, "Plaintext": b"hello", "EncryptionContext": context})["CiphertextBlob"]
    assert sealed[37] == 2
    opened = asking.call("Decrypt", {"CiphertextBlob": sealed, "EncryptionContext": context})
    assert (opened["Plaintext"], opened["KeyId"]) == (b"hello", arn)
    moved = asking.call(
        "ReEncrypt", {"CiphertextBlob": sealed, "SourceEncryptionContext": context, "DestinationKeyId": other}
    )
    assert asking.call("Decrypt", {"CiphertextBlob": moved["CiphertextBlob"]})["Plaintext"] == b"hello"
    made = asking.call("GenerateDataKey", {"KeyId": arn, "KeySpec": "AES_256"})
    assert asking.call("Decrypt", {"CiphertextBlob": made["CiphertextBlob"]})["Plaintext"] == made["Plaintext"]
    with pytest.raises(KmsError, match="corrupted, missing, or otherwise invalid") as refusal:
        asking.call("Decrypt", {"CiphertextBlob": sealed})
    assert refusal.value.code == "KMSInvalidStateException"
    inspected = asking.inspect(sealed)
    assert inspected is not None and inspected["External"]["IvLength"] in (12, 16)


def test_clients_blocks_and_forks_ask_too(asking: Kms) -> None:
    boto3 = pytest.importorskip("boto3")
    arn = key(asking)
    sealed = asking.client().encrypt(KeyId=arn, Plaintext=b"hello")["CiphertextBlob"]
    with asking.intercept():
        client = boto3.client("kms", aws_access_key_id="a", aws_secret_access_key="b")
        assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"hello"
    assert asking.fork().call("Decrypt", {"CiphertextBlob": sealed})["Plaintext"] == b"hello"


def test_a_restored_world_is_told_anew_whom_it_may_ask(asking: Kms, proxy: ProxyServer, identity: Identity) -> None:
    sealed = asking.call("Encrypt", {"KeyId": key(asking), "Plaintext": b"hello"})["CiphertextBlob"]
    snapshot = asking.snapshot(bytes(32))
    restored = patient(Kms.restore(snapshot, bytes(32), proxies={ENDPOINT: proxy.url}, proxy_ca=identity.authority))
    assert restored.call("Decrypt", {"CiphertextBlob": sealed})["Plaintext"] == b"hello"
    alone = Kms.restore(snapshot, bytes(32))
    with pytest.raises(KmsError) as refusal:
        alone.call("Decrypt", {"CiphertextBlob": sealed})
    assert refusal.value.code == "KMSInvalidStateException"


def test_the_server_asks(proxy: ProxyServer, identity: Identity, tmp_path: Path) -> None:
    boto3 = pytest.importorskip("boto3")
    authority = tmp_path / "authority.pem"
    authority.write_text(identity.authority)
    with serving("--proxy", f"{ENDPOINT}={proxy.url}", "--proxy-ca", str(authority)) as served:
        client = boto3.client("kms", endpoint_url=served.url, aws_access_key_id="a", aws_secret_access_key="b")

        def call(operation: str, members: dict[str, Any]) -> Any:
            name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation)[1:]
            return getattr(client, name)(**members)

        made = store(call)
        client.connect_custom_key_store(CustomKeyStoreId=made)
        created = client.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=made, XksKeyId="foo")
        sealed = client.encrypt(KeyId=created["KeyMetadata"]["Arn"], Plaintext=b"hello")["CiphertextBlob"]
        assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"hello"


def test_an_event_loop_is_not_held_up() -> None:
    """Calls of asynchronous programs wait in threads."""

    silent = Silent()

    async def run(kms: Kms) -> None:
        waiting = asyncio.create_task(asyncio.to_thread(store, kms.call))
        while not silent.asked.is_set():
            await asyncio.sleep(0.005)
        for _ in range(5):
            await asyncio.sleep(0.005)
        assert not waiting.done()
        silent.released.set()
        with pytest.raises(KmsError):
            await waiting

    with answering(silent) as base:
        asyncio.run(run(patient(Kms(proxies={ENDPOINT: base}))))


def head_and_body(peer: socket.socket) -> tuple[bytes, bytes] | None:
    """One request, as it comes."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = peer.recv(9999)
        if not part:
            return None
        received += part
    head, body = received.split(b"\r\n\r\n", 1)
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length:"))
    while len(body) < length:
        body += peer.recv(9999)
    return head, body


class answering:
    """A server without TLS that does the same to every connection."""

    def __init__(self, act: Callable[[socket.socket], object]) -> None:
        self._act = act
        self._listener = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> str:
        threading.Thread(target=self._serve, daemon=True).start()
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(peer,), daemon=True).start()

    def _one(self, peer: socket.socket) -> None:
        try:
            with peer:
                self._act(peer)
        except OSError:
            return


class Silent:
    """Takes requests, and hangs up once it is released."""

    def __init__(self) -> None:
        self.requests = 0
        self.asked, self.released = threading.Event(), threading.Event()

    def __call__(self, peer: socket.socket) -> None:
        head_and_body(peer)
        self.requests += 1
        self.asked.set()
        self.released.wait(timeout=120)


def saying(said: bytes) -> Callable[[socket.socket], object]:
    def act(peer: socket.socket) -> None:
        head_and_body(peer)
        peer.sendall(said)

    return act


def hang(peer: socket.socket) -> None:
    head_and_body(peer)
    time.sleep(60)


def drip(peer: socket.socket) -> None:
    head_and_body(peer)
    for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 6000\r\n\r\n" + b" " * 6000:
        peer.sendall(bytes([byte]))
        time.sleep(0.01)


def flood(peer: socket.socket) -> None:
    head_and_body(peer)
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n")
    for _ in range(160):
        peer.sendall(b" " * 65536)


@pytest.mark.parametrize(
    ("act", "code", "sentence"),
    [
        (hang, "XksProxyUriUnreachableException", TIME),
        (drip, "XksProxyUriUnreachableException", TIME),
        (flood, "XksProxyInvalidResponseException", FORM),
        (head_and_body, "XksProxyUriUnreachableException", TCP),
        (saying(b"220 mail.example.com ESMTP\r\n"), "XksProxyInvalidResponseException", FORM),
        (
            saying(b"HTTP/1.1 302 Found\r\nLocation: https://other.example.com/\r\nContent-Length: 0\r\n\r\n"),
            "XksProxyInvalidResponseException",
            FORM,
        ),
        (saying(b"HTTP/1.1 204 No Content\r\n\r\n"), "XksProxyInvalidResponseException", FORM),
        (saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), "XksProxyInvalidResponseException", FORM),
        (saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"), "XksProxyUriUnreachableException", TCP),
    ],
)
def test_whatever_a_server_does_there_is_an_exception_in_time(
    act: Callable[[socket.socket], object], code: str, sentence: str
) -> None:
    with answering(act) as base:
        kms = Kms(proxies={ENDPOINT: base})
        # What comes at once must come in time on a busy machine, too.
        if sentence != TIME:
            patient(kms)
        begun = time.monotonic()
        with pytest.raises(KmsError) as refusal:
            store(kms.call)
        assert (refusal.value.code, sentence in str(refusal.value)) == (code, True), refusal.value
        # Two attempts of 250 milliseconds, and much for a busy machine: these servers take a minute.
        assert time.monotonic() - begun < 30
        assert SECRET not in str(refusal.value)
        assert kms.call("DescribeCustomKeyStores")["CustomKeyStores"] == []


def test_nobody_is_asked_whom_the_program_has_not_allowed(no_sockets: None) -> None:
    kms = Kms(proxies=["https://other.example.com"])
    with pytest.raises(KmsError) as refusal:
        store(kms.call)
    assert refusal.value.code == "XksProxyUriUnreachableException" and REACH in str(refusal.value)


def test_tls_is_checked(proxy: ProxyServer, identity: Identity, tmp_path: Path) -> None:
    other = Identity(tmp_path, "other.example.com")
    for kms, endpoint in (
        (Kms(proxies={ENDPOINT: proxy.url}), ENDPOINT),
        (Kms(proxies={ENDPOINT: proxy.url}, proxy_ca=other.authority), ENDPOINT),
        # The same proxy under a name that its certificate does not have.
        (Kms(proxies={"https://a.example.org": proxy.url}, proxy_ca=identity.authority), "https://a.example.org"),
    ):
        with pytest.raises(KmsError) as refusal:
            store(patient(kms).call, endpoint=endpoint)
        assert refusal.value.code == "XksProxyInvalidConfigurationException" and TLS in str(refusal.value)


def test_what_is_sent_is_signed_as_botocore_signs_it() -> None:
    pytest.importorskip("botocore")
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    received: list[tuple[bytes, bytes]] = []

    def note(peer: socket.socket) -> None:
        request = head_and_body(peer)
        assert request is not None
        received.append(request)
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with answering(note) as base, pytest.raises(KmsError):
        store(patient(Kms(proxies={ENDPOINT: base})).call)
    head, body = received[0]
    line, *headers = head.decode().split("\r\n")
    named = dict(header.split(": ", 1) for header in headers)
    assert list(named) == ["Host", "Content-Type", "X-Amz-Date", "Authorization", "Content-Length"]
    assert (line, named["Host"]) == ("POST /one/kms/xks/v1/health HTTP/1.1", HOST)
    auth = SigV4Auth(Credentials(ACCESS_KEY, SECRET), "kms-xks-proxy", "us-east-1")
    signed = {"Host": named["Host"], "X-Amz-Date": named["X-Amz-Date"]}
    request = AWSRequest("POST", f"{ENDPOINT}/one/kms/xks/v1/health", headers=signed, data=body)
    request.context["timestamp"] = named["X-Amz-Date"]
    expected = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    assert named["Authorization"].endswith(f"SignedHeaders=host;x-amz-date, Signature={expected}")
    assert set(json.loads(body)["requestMetadata"]) == {"kmsRequestId", "kmsOperation"}


def test_a_call_that_waits_holds_up_no_other() -> None:
    """A world decides and serves others while a proxy is silent."""
    silent = Silent()
    with answering(silent) as base:
        kms = patient(Kms(proxies={ENDPOINT: base}))
        plain = str(kms.call("CreateKey")["KeyMetadata"]["Arn"])
        waiting = threading.Thread(target=lambda: pytest.raises(KmsError, store, kms.call))
        waiting.start()
        assert silent.asked.wait(timeout=60)
        for _ in range(200):
            kms.call("Encrypt", {"KeyId": plain, "Plaintext": b"hello"})
        kms.call("DisableKey", {"KeyId": plain})
        assert waiting.is_alive() and silent.requests == 1, "the others have not waited for the proxy"
        silent.released.set()
        waiting.join()


def test_a_proxy_that_is_silent_is_asked_twice() -> None:
    silent = Silent()
    with answering(silent) as base:
        kms = Kms(proxies={ENDPOINT: base})
        kms.settings["xks/time-limit"] = 1000
        with pytest.raises(KmsError, match=TIME):
            store(kms.call)
        # The second request has been sent; the server may be slow to read it.
        deadline = time.monotonic() + 60
        while silent.requests < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert silent.requests == 2
        silent.released.set()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_a_process_forks_while_a_call_waits() -> None:
    silent = Silent()
    with answering(silent) as base:
        kms = patient(Kms(proxies={ENDPOINT: base}))
        waiting = threading.Thread(target=lambda: pytest.raises(KmsError, store, kms.call))
        waiting.start()
        assert silent.asked.wait(timeout=60)
        child = os.fork()
        if child == 0:
            try:
                kms.call("CreateKey")
                os._exit(0)
            except BaseException:
                os._exit(1)
        assert os.waitpid(child, 0)[1] == 0
        assert waiting.is_alive() and silent.requests == 1, "the fork has not waited for the proxy"
        silent.released.set()
        waiting.join()


def test_a_world_that_is_disposed_of_while_a_call_waits_says_so() -> None:
    silent = Silent()
    with answering(silent) as base:
        kms = patient(Kms(proxies={ENDPOINT: base}))
        said: list[BaseException] = []

        def call() -> None:
            try:
                store(kms.call)
            except BaseException as error:
                said.append(error)

        waiting = threading.Thread(target=call)
        waiting.start()
        assert silent.asked.wait(timeout=60)
        kms.dispose()
        silent.released.set()
        waiting.join()
        assert [type(error) for error in said] == [ValueError]


def test_connections_are_kept_and_a_stale_one_is_replaced(identity: Identity) -> None:
    accepted: list[socket.socket] = []
    good = b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'

    def twice(peer: socket.socket) -> None:
        accepted.append(peer)
        for _ in range(2):
            if head_and_body(peer) is None:
                return
            peer.sendall(good)

    question: dict[str, Any] = {
        "scheme": "https",
        "host": HOST,
        "method": "POST",
        "path": "/kms/xks/v1/health",
        "headers": [["Host", HOST], ["Content-Length", "2"]],
        "body": b"{}",
        "timeLimit": None,
    }
    with answering(twice) as base:
        host = Proxies({ENDPOINT: base}, None)
        answers = [host(question) for _ in range(4)]
        assert [answer["status"] for answer in answers] == [200] * 4
        assert len(accepted) == 2


def test_health_is_asked_when_the_program_wants_to(asking: Kms) -> None:
    key(asking)
    [check] = asking.check_external_key_stores()
    assert (check["kms_operation"], check["outcome"], check["retryable"]) == ("KmsHealthCheck", None, None)
    assert check["managers"]["active"] >= 1
    assert asking.check_external_key_stores() == []


@pytest.mark.parametrize(
    ("proxies", "authority", "sentence"),
    [
        (["http://xks.example.com"], None, "the endpoint of a proxy is https:// and a host"),
        (["https://xks.example.com:8443"], None, "the endpoint of a proxy is https:// and a host"),
        (["https://xks.example.com/"], None, "the endpoint of a proxy is https:// and a host"),
        ({ENDPOINT: "127.0.0.1:8443"}, None, "a proxy is found at a URL"),
        ({ENDPOINT: "ftp://127.0.0.1"}, None, "a proxy is found at a URL"),
        ({ENDPOINT: "https://127.0.0.1/path"}, None, "a proxy is found at a URL"),
        ([ENDPOINT], "no such file", "proxy_ca is a file of certificates in PEM"),
        ([ENDPOINT], "-----BEGIN CERTIFICATE-----", "proxy_ca is a file of certificates in PEM"),
        (None, "some.pem", "proxy_ca is for the proxies that are allowed"),
    ],
)
def test_what_cannot_be_a_proxy_is_refused(proxies: Any, authority: str | None, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Kms(proxies=proxies, proxy_ca=authority)


def test_one_text_is_not_a_list_of_endpoints() -> None:
    with pytest.raises(TypeError, match="such as"):
        Kms(proxies=ENDPOINT)
