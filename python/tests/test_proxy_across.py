"""The two roles across: KMS in Python asks a proxy in Node, and KMS in Node asks a proxy in Python, over TLS."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import pocket_kms
from pocket_kms import _native

WASM = Path(__file__).parents[2] / "wasm"
ENDPOINT = "https://xks.example.com"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (WASM / "npm" / "pkg" / "pocket_kms_bg.wasm").exists(),
    reason="the npm package is not built",
)


@contextmanager
def proxy(folder: Path, *command: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """A proxy in a process of its own: its URL, the file of its authority, and its proxy configuration file."""
    authority, certificate, key = _native.certificate("127.0.0.1", ["xks.example.com"])
    for name, content in {"authority": authority.encode(), "certificate": certificate.encode(), "key": key}.items():
        (folder / name).write_bytes(content)
    tls = ["--tls", str(folder / "certificate"), str(folder / "key")]
    process = subprocess.Popen([*command, "proxy", "--port", "0", *tls], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        said = [process.stdout.readline().rstrip("\n") for _ in range(3)]
        yield said[0].rsplit(" ", 1)[1], str(folder / "authority"), json.loads(said[2])
    finally:
        process.kill()
        process.communicate()


def test_kms_in_python_asks_a_proxy_in_node(tmp_path: Path) -> None:
    with proxy(tmp_path, "node", str(WASM / "npm" / "bin.js")) as (url, authority, file):
        kms = pocket_kms.Kms(proxies={ENDPOINT: url}, proxy_ca=authority)
        kms.settings["xks/time-limit"] = 30_000
        client = kms.client()
        store = client.create_custom_key_store(
            CustomKeyStoreName="outside",
            CustomKeyStoreType="EXTERNAL_KEY_STORE",
            XksProxyConnectivity="PUBLIC_ENDPOINT",
            XksProxyUriEndpoint=ENDPOINT,
            XksProxyUriPath=file["XksProxyUriPath"],
            XksProxyAuthenticationCredential=file["XksProxyAuthenticationCredential"],
        )["CustomKeyStoreId"]
        client.connect_custom_key_store(CustomKeyStoreId=store)
        made = client.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="foo")
        sealed = client.encrypt(KeyId=made["KeyMetadata"]["KeyId"], Plaintext=b"across")["CiphertextBlob"]
        assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"across"


def test_kms_in_node_asks_a_proxy_in_python(tmp_path: Path) -> None:
    with proxy(tmp_path, sys.executable, "-m", "pocket_kms") as (url, authority, file):
        command = ["node", str(WASM / "tests" / "across" / "asks.mjs"), url, authority, json.dumps(file)]
        assert subprocess.check_output(command, text=True, timeout=60) == "across\n"
