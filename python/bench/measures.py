"""Prints one line of JSON for each measure of the Python package: ours beside theirs, in one run."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPSConnection
from statistics import median
from typing import Any
from urllib.parse import urlsplit

for name, value in {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull}.items():
    os.environ[name] = value

from botocore.awsrequest import AWSResponse

from pocket_kms import Kms, _native
from pocket_kms._server import Listener
from pocket_kms._tls import tls as certified

# The median of this many windows counts, ours and theirs taking turns, so that a busy moment of the machine hits both.
WINDOWS = 101

# How many calls come before what is measured: caches fill, and the interpreter specializes its code.
WARM_UP = 1_000

# What a direct call may take beyond the core's decision, in microseconds.
OVERHEAD = 1.5

# What a verified signature may add to a call over boto3, in microseconds.
SIGNED = 30

# What an external key store may add to the round trip to its proxy, in microseconds.
PROXIED = 150

# What two differences of large times do not tell apart, in microseconds.
BLURRED = 5

# Signatures of one thread in a window; one takes milliseconds, and the system's turns are not much longer.
SIGNATURES = 3

OURS = "import pocket_kms; pocket_kms.Kms()"
THEIRS = "import moto; moto.mock_aws().start()"


def main() -> None:
    startup()
    kms = Kms(seed="bench")
    key = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    client, stub = kms.client(), canned(kms, key)
    request = {"KeyId": key, "Plaintext": b"x" * 1024}
    first = timed(lambda: kms.call("Encrypt", request), WARM_UP)
    measure(f"the first {WARM_UP:,} calls of kms.call Encrypt, each", first, None, "µs", "", None)
    first = timed(lambda: client.encrypt(**request), WARM_UP)
    measure(f"the first {WARM_UP:,} calls of boto3 Encrypt, each", first, None, "µs", "", None)
    timed(lambda: stub.encrypt(**request), WARM_UP)
    over_boto3 = alternately(lambda: client.encrypt(**request), lambda: stub.encrypt(**request), 10)
    measure("boto3 Encrypt of 1 KiB", *over_boto3, "µs", "the same answered by canned bytes", 1.15)
    direct = alternately(lambda: kms.call("Encrypt", request), lambda: client.encrypt(**request), 10)
    measure("direct call of Encrypt", *direct, "µs", "the same over boto3", 1 / 20)
    decision(kms, key)
    signed()
    secured()
    proxied()
    threads()


def signed() -> None:
    """What it costs to verify the signature of a boto3 call: the difference to one whose access key has no secret."""
    kms = Kms(seed="bench")
    principal = "arn:aws:iam::111122223333:user/alice"
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]}
    keys = {"AKIAIOSFODNN7EXAMPLE": {"principal": principal, "secret": "secret"}, "AKIDEXAMPLE": {"principal": principal}}
    kms.directory.register({"principals": {principal: {"policies": [document]}}, "accessKeys": keys})
    request = {"KeyId": kms.call("CreateKey")["KeyMetadata"]["KeyId"]}
    verified, believed = (kms.client(aws_access_key_id=key, aws_secret_access_key="secret") for key in keys)
    timed(lambda: believed.describe_key(**request), WARM_UP)
    ours, theirs = alternately(lambda: verified.describe_key(**request), lambda: believed.describe_key(**request), 10)
    measure("the verified signature of a boto3 call", ours - theirs, None, "µs", "", SIGNED)


def secured() -> None:
    """What TLS adds to a call of a served world, and what it adds where the same bytes are only sent there and back."""
    kms = Kms(seed="bench")
    body, credential = b'{"NumberOfBytes":256}', "111122223333/20300101/us-east-1/kms/aws4_request"
    head = {
        "X-Amz-Target": "TrentService.GenerateRandom",
        "Content-Type": "application/x-amz-json-1.1",
        "Authorization": f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0",
    }
    with certified([], "localhost") as certificate, contextlib.ExitStack() as closing:
        trusted = ssl.create_default_context(cafile=certificate.authority)
        # To wake a thread of the other processor takes longer than what is measured, or not.
        closing.enter_context(on_one_processor())

        def asking(server: Any, encrypted: bool) -> Callable[[], None]:
            """A request and its answer, on a connection that stays open."""
            closing.enter_context(server)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            closing.callback(server.shutdown)
            port = server.server_address[1]
            connection = HTTPSConnection("localhost", port, context=trusted) if encrypted else HTTPConnection("localhost", port)
            closing.callback(connection.close)

            def ask() -> None:
                connection.request("POST", "/", body, head)
                answer = connection.getresponse()
                assert answer.status == 200 and answer.read()

            return ask

        world = [asking(Listener(kms._world, "localhost", 0, tls=own), own is not None) for own in (None, certificate)]
        answer = answered(kms, body, head)
        echo = [asking(Echo(answer, own), own is not None) for own in (None, certificate)]
        for ask in (*world, *echo):
            timed(ask, WARM_UP)
        rounds = [[timed(ask, 20) for ask in (*world, *echo)] for _ in range(WINDOWS)]
    ours = median(tls - plain for plain, tls, _, _ in rounds)
    theirs = median(tls - plain for _, _, plain, tls in rounds)
    beside = f"to an echo of as many bytes, and {BLURRED} µs"
    measure("what TLS adds to a served call", ours, theirs + BLURRED, "µs", beside, 1)


def answered(kms: Kms, body: bytes, head: dict[str, str]) -> bytes:
    """What a served world sends as its answer to a request."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    request = f"POST / HTTP/1.1\r\nHost: localhost\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body
    return _native.Connection(_native.Endpoint(kms._world), "127.0.0.1").receive(request)[0]


def proxied() -> None:
    """An external key whose proxy is served over loopback, beside the same bytes sent there and back."""
    manager = Kms(seed="bench")
    credential = {"accessKeyId": "BETWEEN2TENAND3TENCHARACTERS", "rawSecretAccessKey": "s" * 43}
    entry = {"region": "us-east-1", "credentials": [credential], "keys": {"foo": {}}}
    manager.stores.register({"proxies": {"https://localhost": entry}})
    with manager.serve_proxies(tls=True) as server:
        kms = Kms(seed="bench", proxies={"https://localhost": server.url}, proxy_ca=str(server.authority))
        key = external(kms, credential)
        address, trusted = urlsplit(server.url), ssl.create_default_context(cafile=server.authority)
        connection = HTTPSConnection("localhost", address.port, context=trusted)

        def there_and_back() -> None:
            connection.request("POST", "/nowhere", b"x" * 512)
            connection.getresponse().read()

        request = {"KeyId": key, "Plaintext": b"x" * 32}
        pairs = [(waited(lambda: kms.call("Encrypt", request)), waited(there_and_back)) for _ in range(WINDOWS)]
        connection.close()
    ours, theirs = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    measure("Encrypt through a served proxy", ours, theirs + PROXIED, "µs", "a round trip, and 150 µs", 1)


def external(kms: Kms, credential: dict[str, str]) -> str:
    """A key in a connected external key store."""
    store = {
        "CustomKeyStoreName": "bench",
        "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
        "XksProxyUriEndpoint": "https://localhost",
        "XksProxyUriPath": "/kms/xks/v1",
        "XksProxyConnectivity": "PUBLIC_ENDPOINT",
        "XksProxyAuthenticationCredential": {name[0].upper() + name[1:]: text for name, text in credential.items()},
    }
    made = kms.call("CreateCustomKeyStore", store)["CustomKeyStoreId"]
    kms.call("ConnectCustomKeyStore", {"CustomKeyStoreId": made})
    members = {"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": made, "XksKeyId": "foo"}
    return str(kms.call("CreateKey", members)["KeyMetadata"]["KeyId"])


def waited(call: Callable[[], Any]) -> float:
    """Microseconds until a call is done, others' work included."""
    begun = time.perf_counter()
    for _ in range(10):
        call()
    return (time.perf_counter() - begun) / 10 * 1e6


def decision(told: Kms, key: str) -> None:
    """A direct call beside the core's own decision on the same bytes, which another program of ours takes. A decision makes no
    record; what one costs, a call in a world that keeps records tells.
    """
    untold = Kms(seed="bench", audit={"kept": "none"})
    worlds = [(untold, untold.call("CreateKey")["KeyMetadata"]["KeyId"]), (told, key)]
    program = [os.environ["POCKET_KMS_DECIDE"]]
    # One processor may be slower than another while somebody else's work is on it.
    with (
        on_one_processor(),
        subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as core,
    ):
        windows = [[*(encrypting(*world) for world in worlds), decided(core)] for _ in range(WINDOWS)]
        core.stdin.close()
    without, ours, theirs = (median(window) for window in zip(*windows, strict=True))
    beside = "decide of the same bytes, and 1.5 µs"
    measure("kms.call Encrypt of 1 KiB", without, theirs + OVERHEAD, "µs", beside, 1)
    measure("kms.call Encrypt of 1 KiB, with its record", ours, theirs + OVERHEAD, "µs", beside, None)


@contextlib.contextmanager
def on_one_processor() -> Iterator[None]:
    """Keeps this process, and those that it starts, on one processor."""
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, processors)


def encrypting(kms: Kms, key: str) -> float:
    request = {"KeyId": key, "Plaintext": b"x" * 1024}
    return timed(lambda: kms.call("Encrypt", request), 100)


def decided(core: Any) -> float:
    """Microseconds that the core takes for a decision."""
    print(file=core.stdin, flush=True)
    return float(core.stdout.readline())


def threads() -> None:
    """Decisions run outside of the interpreter's lock, so that two threads sign more than one.

    How much more, the machine says: two of its processors may be one core. So it stands beside a library that signs outside
    of the lock, too.
    """
    from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.hashes import SHA256

    kms = Kms(seed="bench")
    key = kms.call("CreateKey", {"KeySpec": "RSA_4096", "KeyUsage": "SIGN_VERIFY"})["KeyMetadata"]["KeyId"]
    request = {"KeyId": key, "Message": b"x", "SigningAlgorithm": "RSASSA_PSS_SHA_256"}
    private, padding, digest = generate_private_key(65537, 4096), PSS(MGF1(SHA256()), 32), SHA256()
    ways = (lambda: kms.call("Sign", request), lambda: private.sign(b"x", padding, digest))
    for sign in ways:
        sign()
    windows = [[signing(sign, count) for sign in ways for count in (1, 2)] for _ in range(WINDOWS)]
    ours, theirs = (median(window[at + 1] / window[at] for window in windows) for at in (0, 2))
    beside = "the same of pyca/cryptography"
    measure("RSA-4096 signatures of one thread", 1 / ours, 1 / theirs, "of two threads'", beside, 1.05)


def signing(sign: Callable[[], Any], count: int) -> float:
    """How many signatures `count` threads make in a second."""
    signed = threading.Barrier(count + 1)

    def run() -> None:
        signed.wait()
        for _ in range(SIGNATURES):
            sign()
        signed.wait()

    for _ in range(count):
        threading.Thread(target=run).start()
    signed.wait()
    begun = time.perf_counter()
    signed.wait()
    return count * SIGNATURES / (time.perf_counter() - begun)


def startup() -> None:
    ours, theirs, empty = [], [], []
    for _ in range(11):
        for program, seconds in ((OURS, ours), (THEIRS, theirs), ("pass", empty)):
            seconds.append(process(program))
    # What an interpreter takes to start is neither ours nor theirs.
    base = median(empty)
    measure("import and Kms(), beyond a bare interpreter", (median(ours) - base) * 1e3, None, "ms", "", 5)
    measure("import and Kms()", (median(ours) - base) * 1e3, (median(theirs) - base) * 1e3, "ms", THEIRS, 1 / 20)


def process(program: str) -> float:
    """The processor time that a Python program takes, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def canned(kms: Kms, key: str) -> Any:
    """A client whose every request is answered by the bytes of one reply."""
    told: list[AWSResponse] = []
    listening = kms.client()
    listening.meta.events.register(
        "before-parse.kms", lambda response_dict, **_: told.append(response_dict), unique_id="listen"
    )
    listening.encrypt(KeyId=key, Plaintext=b"x" * 1024)
    headers, body = dict(told[0]["headers"]), told[0]["body"]

    import boto3

    stub = boto3.client("kms", "us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    stub.meta.events.register_first(
        "before-send.kms", lambda request, **_: AWSResponse(request.url, 200, headers, Canned(body))
    )
    return stub


class Echo(socketserver.ThreadingTCPServer):
    """Answers every request with the same bytes, over the sockets and the TLS of a served world."""

    daemon_threads, block_on_close = True, False

    class Peer(socketserver.BaseRequestHandler):
        """One connection."""

        server: Echo

        def setup(self) -> None:
            if self.server.tls is not None:
                self.request = self.server.tls.context.wrap_socket(self.request, server_side=True)

        def handle(self) -> None:
            self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            received = b""
            while piece := self.request.recv(65_536):
                received += piece
                if received.endswith(b"}"):
                    received = b""
                    self.request.sendall(self.server.answer)

    def __init__(self, answer: bytes, tls: Any) -> None:
        self.answer, self.tls = answer, tls
        super().__init__(("localhost", 0), self.Peer)


class Canned:
    """The body of a response."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def stream(self, **_: Any) -> Any:
        yield self.body


def alternately(ours: Callable[[], Any], theirs: Callable[[], Any], calls: int) -> tuple[float, float]:
    """The median window of each, in microseconds a call."""
    pairs = [(timed(ours, calls), timed(theirs, calls)) for _ in range(WINDOWS)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def timed(call: Callable[[], Any], calls: int) -> float:
    """Microseconds of processor time that a call takes."""
    begun = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - begun) / calls * 1e6


def measure(what: str, ours: float, theirs: float | None, unit: str, beside: str, at_most: float | None) -> None:
    row = {"what": f"Python: {what}", "ours": ours, "unit": unit, "beside": beside, "theirs": theirs, "at_most": at_most}
    told = {name: value for name, value in row.items() if value not in (None, "")}
    print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
