"""The proxy role over real sockets: the command, the server of a program, and what KMS makes of either."""

from __future__ import annotations

import base64
import http.client
import json
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

import pocket_kms
from pocket_kms import ProxyServer

COMMAND_LINE = json.loads((Path(__file__).parents[2] / "tests" / "command-line.json").read_text(encoding="utf-8"))["proxy"]
ENDPOINT = "https://xks.example.com"
SECRET = "PleaseReplaceThisWithSomeSecretOfLength43To64"
CREDENTIAL = {"AccessKeyId": "BETWEEN2TENAND3TENCHARACTERS", "RawSecretAccessKey": SECRET}
SETUP = {"proxies": {f"{ENDPOINT}/prefix": {"credentials": [CREDENTIAL], "keys": ["foo"]}}}
PATH = "/prefix/kms/xks/v1"
HEALTH = {"kmsRequestId": "4112f4d6-db54-4af4-ae30-c55a22a8dfae", "kmsOperation": "CreateCustomKeyStore"}
METADATA = {**HEALTH, "awsPrincipalArn": "arn:aws:iam::111122223333:user/alice", "kmsKeyArn": "key"}


class Asked:
    """A proxy at an address, as a client of its protocol asks it."""

    def __init__(self, url: str, authority: str | None = None, credential: dict[str, str] = CREDENTIAL) -> None:
        self.place = urlsplit(url)
        self.context = ssl.create_default_context(cafile=authority) if authority else None
        self.credentials = Credentials(credential["AccessKeyId"], credential["RawSecretAccessKey"])

    def __call__(self, path: str, body: dict[str, Any], method: str = "POST") -> tuple[int, Any]:
        url = self.place._replace(path=path).geturl()
        request = AWSRequest(method, url, {"Content-Type": "application/json"}, data=json.dumps(body))
        SigV4Auth(self.credentials, "kms-xks-proxy", "us-east-1").add_auth(request)
        sent = request.prepare()
        return self.send(method, path, dict(sent.headers.items()), sent.body)

    def send(self, method: str, path: str, headers: dict[str, str], body: Any = None) -> tuple[int, Any]:
        host, port = self.place.hostname or "", self.place.port
        plain = http.client.HTTPConnection(host, port, timeout=30)
        connection = http.client.HTTPSConnection(host, port, timeout=30, context=self.context) if self.context else plain
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, json.loads(text) if text.startswith("{") else text


@pytest.fixture(scope="module")
def proxied() -> Iterator[ProxyServer]:
    kms = pocket_kms.Kms()
    kms.stores.register(SETUP)
    with kms.serve_proxies() as server:
        yield server


def test_a_client_of_the_protocol_is_answered(proxied: ProxyServer) -> None:
    asked = Asked(proxied.url)
    status, told = asked(f"{PATH}/health", {"requestMetadata": HEALTH})
    assert (status, told["ekmFleetDetails"][0]["healthStatus"]) == (200, "ACTIVE")
    status, told = asked(f"{PATH}/keys/foo/metadata", {"requestMetadata": METADATA})
    assert (status, told) == (200, {"keySpec": "AES_256", "keyUsage": ["ENCRYPT", "DECRYPT"], "keyStatus": "ENABLED"})
    plaintext = base64.b64encode(b"Hello World!").decode()
    members = {"requestMetadata": METADATA, "encryptionAlgorithm": "AES_GCM"}
    status, sealed = asked(f"{PATH}/keys/foo/encrypt", {**members, "plaintext": plaintext})
    assert status == 200
    assert asked(f"{PATH}/keys/foo/decrypt", {**members, **sealed}) == (200, {"plaintext": plaintext})
    assert asked(f"{PATH}/keys/bar/encrypt", {**members, "plaintext": plaintext})[0] == 404


def test_load_balancers_are_greeted_and_strangers_are_refused(proxied: ProxyServer) -> None:
    asked = Asked(proxied.url)
    status, greeting = asked.send("GET", "/ping", {})
    assert (status, "pong" in greeting) == (200, True)
    assert asked.send("POST", f"{PATH}/health", {})[0] == 401
    assert asked.send("POST", "/", {})[0] == 404
    assert asked(f"{PATH}/health", {"requestMetadata": HEALTH}, method="GET")[0] == 405
    stranger = Asked(proxied.url, credential={**CREDENTIAL, "RawSecretAccessKey": "s" * 43})
    assert stranger(f"{PATH}/health", {"requestMetadata": HEALTH})[1]["errorName"] == "AuthenticationFailedException"


def store(kms: pocket_kms.Kms) -> tuple[Any, str]:
    """A client, and a key in an external key store whose proxy the host asks."""
    client = kms.client()
    made = client.create_custom_key_store(
        CustomKeyStoreName="outside",
        CustomKeyStoreType="EXTERNAL_KEY_STORE",
        XksProxyConnectivity="PUBLIC_ENDPOINT",
        XksProxyUriEndpoint=ENDPOINT,
        XksProxyUriPath=PATH,
        XksProxyAuthenticationCredential=CREDENTIAL,
    )["CustomKeyStoreId"]
    client.connect_custom_key_store(CustomKeyStoreId=made)
    key = client.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=made, XksKeyId="foo")["KeyMetadata"]["KeyId"]
    return client, key


def test_kms_asks_it_over_tls() -> None:
    manager = pocket_kms.Kms()
    manager.stores.register(SETUP)
    with manager.serve_proxies(tls=True) as server:
        kms = pocket_kms.Kms(proxies={ENDPOINT: server.url}, proxy_ca=server.authority)
        kms.settings["xks/time-limit"] = 30_000
        client, key = store(kms)
        sealed = client.encrypt(KeyId=key, Plaintext=b"hello")["CiphertextBlob"]
        assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"hello"
        assert client.generate_data_key(KeyId=key, KeySpec="AES_256")["Plaintext"]
        manager.stores.register({"proxies": {f"{ENDPOINT}/prefix": {"keys": {"foo": {"status": "DISABLED"}}}}})
        with pytest.raises(client.exceptions.KMSInvalidStateException, match="external key is not enabled"):
            client.decrypt(CiphertextBlob=sealed)
    with pytest.raises(client.exceptions.KMSInvalidStateException, match="cannot communicate"):
        client.encrypt(KeyId=key, Plaintext=b"hello")


def test_an_authority_that_nobody_believes_ends_in_a_failed_handshake() -> None:
    manager = pocket_kms.Kms()
    manager.stores.register(SETUP)
    with manager.serve_proxies(tls=True) as server:
        kms = pocket_kms.Kms(proxies={ENDPOINT: server.url})
        kms.settings["xks/time-limit"] = 30_000
        with pytest.raises(ClientError, match="TLS"):
            store(kms)


class Command:
    """`pocket-kms proxy` in a process of its own."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "pocket_kms", "proxy", "--port", "0", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().rstrip("\n")

    def end(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGTERM)
        _, complaints = self.process.communicate(timeout=30)
        return self.process.returncode, complaints


def test_the_command_prints_a_configuration_file_with_which_a_store_connects() -> None:
    command = Command("--tls", "--verbose")
    try:
        url = command.line().removeprefix("pocket-kms is ready at ")
        authority = command.line().removeprefix("clients believe it by AWS_CA_BUNDLE=")
        assert command.line() == f"the proxy configuration file of {ENDPOINT}:"
        file = json.loads(command.line())
        asked = Asked(url, authority, file["XksProxyAuthenticationCredential"])
        assert asked(f"{file['XksProxyUriPath']}/health", {"requestMetadata": HEALTH})[0] == 200
    finally:
        code, complaints = command.end()
    assert (code, "/kms/xks/v1/health 200" in complaints) == (0, True)
    assert file["XksProxyAuthenticationCredential"]["RawSecretAccessKey"] not in complaints


def test_the_command_reads_a_configuration(tmp_path: Path) -> None:
    config = tmp_path / "config.json"
    config.write_text(json.dumps(SETUP))
    command = Command("--config", str(config))
    try:
        url = command.line().removeprefix("pocket-kms is ready at ")
        assert Asked(url)(f"{PATH}/health", {"requestMetadata": HEALTH})[0] == 200
    finally:
        assert command.end()[0] == 0


@pytest.mark.parametrize(("arguments", "sentence"), COMMAND_LINE["refused"])
def test_mistakes_of_the_command_line_are_told_in_a_sentence(arguments: list[str], sentence: str) -> None:
    command = [sys.executable, "-m", "pocket_kms", "proxy", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert sentence in done.stderr


def test_help_names_every_option() -> None:
    said = subprocess.check_output([sys.executable, "-m", "pocket_kms", "proxy", "--help"], text=True)
    for option in COMMAND_LINE["options"]:
        assert option in said
