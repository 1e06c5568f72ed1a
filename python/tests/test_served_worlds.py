"""The served endpoint beyond KMS: TLS, lines, files, clocks, administration, and other callers."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from serving import Served, serving

from pocket_kms import _native

ALICE = "arn:aws:iam::111122223333:user/Alice"


def client_of(served: Served, service: str = "kms", path: str = "", who: str = "AKIA", **arguments: Any) -> Any:
    credentials = {"aws_access_key_id": who, "aws_secret_access_key": "secret"}
    config = Config(retries={"total_max_attempts": 1})
    return boto3.Session().client(
        service, "eu-west-1", endpoint_url=served.url + path, config=config, **credentials, **arguments
    )


def ask(served: Served, method: str, path: str, body: Any = None, **headers: str) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(served.url + path, data, headers, method=method)
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def refusal(*arguments: str) -> str:
    command = [sys.executable, "-m", "pocket_kms", "serve", "--port", "0", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert run.returncode == 1 and run.stdout == "" and "Traceback" not in run.stderr, run
    return run.stderr


# TLS


def pem(folder: Path) -> tuple[str, str, str]:
    """The files of an authority, a certificate and its key."""
    parts = _native.certificate("127.0.0.1")
    paths = [folder / name for name in ("ca.pem", "cert.pem", "key.pem")]
    for path, part in zip(paths, parts):
        path.write_bytes(part if isinstance(part, bytes) else part.encode())
    return str(paths[0]), str(paths[1]), str(paths[2])


def test_a_certificate_is_made_for_this_machine() -> None:
    with serving("--tls") as served:
        assert served.url.startswith("https://127.0.0.1:")
        assert served.process.stdout
        authority = served.process.stdout.readline().strip().rpartition("AWS_CA_BUNDLE=")[2]
        client = client_of(served, verify=authority)
        key = client.create_key()["KeyMetadata"]["KeyId"]
        sealed = client.encrypt(KeyId=key, Plaintext=b"hello")["CiphertextBlob"]
        assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"hello"
        # Whoever is strict about certificates believes it, too, and nobody else does.
        strict = ssl.create_default_context(cafile=authority)
        strict.verify_flags |= ssl.VERIFY_X509_STRICT
        with urllib.request.urlopen(f"https://localhost:{served.port}/", context=strict) as greeting:
            assert greeting.status == 200
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(served.url)
        # Programs on OpenSSL are told by a variable.
        program = f"import urllib.request; urllib.request.urlopen({served.url!r})"
        subprocess.run([sys.executable, "-c", program], env={**os.environ, "SSL_CERT_FILE": authority}, check=True)
        assert served.end(signal.SIGTERM) == (0, "", "")
        assert not Path(authority).exists()


def test_a_certificate_of_ones_own_is_served(tmp_path: Path) -> None:
    authority, certificate, key = pem(tmp_path)
    with serving("--tls", certificate, key) as served:
        assert client_of(served, verify=authority).list_keys()["Keys"] == []


def test_a_peer_that_speaks_no_tls_is_told_so_and_harms_nobody(tmp_path: Path) -> None:
    authority, certificate, key = pem(tmp_path)
    with serving("--tls", certificate, key, "--verbose") as served:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(served.url.replace("https", "http"), timeout=5)
        assert refused.value.code == 400
        assert "Write https:// in the client's endpoint" in json.load(refused.value)["message"]
        # Who says nothing is no story.
        socket.create_connection(("127.0.0.1", served.port)).close()
        assert client_of(served, verify=authority).list_keys()["Keys"] == []
        _, _, lines = served.end(signal.SIGTERM)
        told = [line.split(" ", 1)[1] for line in lines.splitlines()]
        assert len(told) == 2 and told[0].startswith("- - - 400 SerializationException"), told
        assert "ListKeys 200" in told[1]


def test_a_client_that_does_not_believe_the_certificate_leaves_a_line(tmp_path: Path) -> None:
    _, certificate, key = pem(tmp_path)
    with serving("--tls", certificate, key, "--verbose") as served:
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(served.url)
        assert served.process.stderr
        line = served.process.stderr.readline()
    assert " - - - - the handshake of TLS has failed: TLSV1_ALERT_UNKNOWN_CA. Does the client believe" in line


def test_certificates_that_cannot_be_used_are_told_in_a_sentence(tmp_path: Path) -> None:
    _, certificate, key = pem(tmp_path)
    (tmp_path / "other").mkdir()
    other = pem(tmp_path / "other")[2]
    assert "certificate and the key that fits it" in refusal("--tls", certificate, other)
    assert "certificate and the key that fits it" in refusal("--tls", key, certificate)


# Lines


def test_a_line_tells_of_every_request() -> None:
    with serving("--verbose", "--now", "2026-01-01T00:00:00Z") as served:
        client = client_of(served, who=ALICE)
        key = client.create_key()["KeyMetadata"]["KeyId"]
        client.encrypt(KeyId=key, Plaintext=b"attack at dawn")
        with pytest.raises(client.exceptions.NotFoundException):
            client.describe_key(KeyId="alias/none")
        with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
            client_of(served, who="444455556666").describe_key(
                KeyId=f"arn:aws:kms:eu-west-1:111122223333:key/{key}"
            )
        code, said, lines = served.end(signal.SIGTERM)
    assert (code, said) == (0, "")
    told = [line.split(" ", 1)[1] for line in lines.splitlines()]
    assert told[:2] == [f"{ALICE} eu-west-1 CreateKey 200", f"{ALICE} eu-west-1 Encrypt 200"]
    assert told[2].startswith(f"{ALICE} eu-west-1 DescribeKey 400 NotFoundException: ")
    assert "444455556666:root eu-west-1 DescribeKey 400 AccessDeniedException: kms:DescribeKey on " in told[3]
    assert "attack" not in lines and len(told) == 4


# Callers


def test_an_access_key_id_that_is_an_arn_names_the_caller() -> None:
    with serving() as served:
        assert client_of(served, "sts", who=ALICE).get_caller_identity()["Arn"] == ALICE
        denied = client_of(served, who="arn:aws:iam::111122223333:group/g")
        with pytest.raises(denied.exceptions.ClientError, match="not the ARN of a principal"):
            denied.list_keys()


# Administration


def test_the_clock_turns_over_http() -> None:
    with serving("--now", "2026-01-01T00:00:00Z") as served:
        client = client_of(served)
        key = client.create_key()["KeyMetadata"]["KeyId"]
        client.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
        assert ask(served, "GET", "/_pocket-kms/clock")["nextDeadline"] == "2026-01-08T00:00:00.000Z"
        assert ask(served, "POST", "/_pocket-kms/clock", {"advance": "7d"})["now"] == "2026-01-08T00:00:00.000Z"
        with pytest.raises(client.exceptions.NotFoundException):
            client.describe_key(KeyId=key)


def test_a_fork_has_an_address_of_its_own() -> None:
    with serving() as served:
        client_of(served).create_key()
        path = ask(served, "POST", "/_pocket-kms/fork")["path"]
        fork = client_of(served, path=path)
        fork.create_key()
        assert (len(client_of(served).list_keys()["Keys"]), len(fork.list_keys()["Keys"])) == (1, 2)
        ask(served, "POST", "/_pocket-kms/reset")
        assert (len(client_of(served).list_keys()["Keys"]), len(fork.list_keys()["Keys"])) == (0, 2)
        ask(served, "DELETE", path)
        with pytest.raises(fork.exceptions.ClientError, match="there is no world"):
            fork.list_keys()


def test_pages_of_other_origins_administer_nothing() -> None:
    with serving("--cors", "http://localhost:5173") as served:
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask(served, "POST", "/_pocket-kms/reset", Origin="http://evil.example")
        assert refused.value.code == 403
        request = urllib.request.Request(served.url + "/_pocket-kms/health", headers={"Origin": "http://localhost:5173"})
        with urllib.request.urlopen(request) as response:
            assert response.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"


@pytest.mark.parametrize("arguments", [(), ("--open-administration",)], ids=["closed", "open"])
def test_the_administration_is_reached_under_other_names_where_it_is_open(arguments: tuple[str, ...]) -> None:
    with serving(*arguments) as served:
        request = urllib.request.Request(served.url + "/_pocket-kms/health", headers={"Host": "kms.example"})
        if arguments:
            with urllib.request.urlopen(request) as response:
                assert response.status == 200
        else:
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(request)


# Files


def test_a_world_is_kept_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "world"
    with serving("--state", str(file), "--account", "444455556666", "--now", "2026-01-01T00:00:00Z") as served:
        client = client_of(served)
        key = client.create_key()["KeyMetadata"]["KeyId"]
        sealed = client.encrypt(KeyId=key, Plaintext=b"kept")["CiphertextBlob"]
        assert served.end(signal.SIGTERM) == (0, "", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["world", "world.key"]
    if os.name == "posix":
        assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
    with serving("--state", str(file)) as served:
        assert client_of(served).decrypt(CiphertextBlob=sealed)["Plaintext"] == b"kept"
        assert ask(served, "GET", "/_pocket-kms/health")["account"] == "444455556666"
        assert ask(served, "GET", "/_pocket-kms/clock")["frozen"] is True


def test_a_crash_loses_at_most_the_interval(tmp_path: Path) -> None:
    file = tmp_path / "world"
    with serving("--state", str(file)) as served:
        key = client_of(served).create_key()["KeyMetadata"]["KeyId"]
        deadline = time.monotonic() + 30
        while not file.exists():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        served.process.kill()
        served.process.communicate()
    with serving("--state", str(file)) as served:
        assert [found["KeyId"] for found in client_of(served).list_keys()["Keys"]] == [key]


def test_files_that_cannot_be_used_are_told_in_a_sentence_and_left_alone(tmp_path: Path) -> None:
    file, key = tmp_path / "world", tmp_path / "world.key"
    with serving("--state", str(file)) as served:
        client_of(served).create_key()
        refused = refusal("--state", str(file))
        assert f"is served by process {served.process.pid}" in refused
        assert f"if it is another program, remove {file}.lock" in refused
        served.end(signal.SIGTERM)
    whole, opens = file.read_bytes(), key.read_bytes()
    newer = whole.replace(b"snapshot 2", b"snapshot 3", 1)
    spoiled = {
        whole[:-20]: "does not open",
        whole[: len(whole) // 2]: "",
        whole[:40]: "not all of one",
        b"": "not a snapshot",
        b"nonsense": "not a snapshot",
        newer: "of a newer version of pocket-kms",
    }
    for content, why in spoiled.items():
        file.write_bytes(content)
        told = refusal("--state", str(file))
        assert "cannot be read, and nobody has changed it" in told and "put a copy of it there" in told
        assert why in told
        assert file.read_bytes() == content
    file.write_bytes(whole)
    for content, sentence in ((bytes(32), "does not open"), (b"short", "must hold 32 bytes, not 5")):
        key.write_bytes(content)
        assert sentence in refusal("--state", str(file))
    key.unlink()
    assert "which is missing" in refusal("--state", str(file))
    key.write_bytes(opens)
    assert "leave --account out" in refusal("--state", str(file), "--account", "444455556666")
    with serving("--state", str(file)) as served:
        assert len(client_of(served).list_keys()["Keys"]) == 1


@pytest.mark.parametrize("name", ["", ".", "..", "/"])
def test_a_folder_is_not_the_file_of_a_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert "is a folder: a world is kept in a file, such as " in refusal("--state", name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "world"
    with serving("--state", str(file)) as served:
        client_of(served).create_key()
        served.end(signal.SIGTERM)
    whole = file.read_bytes()
    with serving("--state", str(file)) as served:
        client_of(served).create_key()
        (tmp_path / "world.new").symlink_to("/dev/full")
        code, _, complaint = served.end(signal.SIGTERM)
    assert code == 1
    assert f"the world is not written to {file}, which stays as it was: No space left on device" in complaint
    assert file.read_bytes() == whole
