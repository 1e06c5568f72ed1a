"""Uses the installed wheel like somebody who has nothing else of this repository."""

import importlib.metadata
import importlib.resources
import os
import pathlib
import re
import signal
import subprocess
import sys
import sysconfig

import boto3
import botocore.exceptions
import pytest

import pocket_kms as package


def test_nothing_of_the_repository_is_imported():
    assert "site-packages" in package.__file__


def test_types_are_shipped():
    files = {file.name for file in importlib.resources.files(package).iterdir()}
    assert "py.typed" in files
    assert any(name.endswith(".pyi") for name in files)


def installed(ending):
    files = importlib.metadata.files("pocket-kms")
    return [file.locate() for file in files if str(file).endswith(ending)]


def test_our_licences_and_those_of_everything_that_is_linked_are_shipped():
    names = {path.name for path in installed("") if path.parent.name == "licenses"}
    assert names == {"LICENSE-APACHE", "LICENSE-MIT", "LICENSE-THIRD-PARTY.txt", "LICENSE-RUST-LIBRARY.html"}
    (notice,) = installed("LICENSE-THIRD-PARTY.txt")
    text = notice.read_text(encoding="utf-8")
    for name in ("aws-lc-sys", "pyo3", "rsa", "sha2", "serde"):
        assert re.search(rf"^{name} \d", text, re.MULTILINE), name
    assert "OpenSSL" in text, "the text that AWS-LC brings"


def test_the_metadata_say_who_made_it_where_it_runs_and_where_its_home_is():
    metadata = importlib.metadata.metadata("pocket-kms")
    assert metadata["License-Expression"] == "Apache-2.0 OR MIT"
    assert metadata["Author"]
    homes = {line.split(", ")[0] for line in metadata.get_all("Project-URL")}
    assert {"Homepage", "Documentation", "Changelog", "Repository"} <= homes
    assert "Programming Language :: Python :: 3.10" in metadata.get_all("Classifier")
    assert package.__version__ == metadata["Version"]


def test_no_file_tells_of_the_machine_that_built_it():
    root = pathlib.Path(os.environ["README"]).parent
    cargo = os.environ.get("CARGO_HOME") or pathlib.Path.home() / ".cargo"
    for path in installed(""):
        # pip itself notes where it took the wheel from.
        if path.name == "direct_url.json" or path.suffix == ".pyc" or path.parent.name in ("bin", "Scripts"):
            continue
        content = path.read_bytes()
        for told in (str(root), str(cargo)):
            assert told.encode() not in content, f"{path.name} tells of {told}"


def test_the_direct_path_takes_and_gives_bytes():
    kms = package.Kms()
    key = kms.call("CreateKey", {})["KeyMetadata"]["KeyId"]
    blob = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"hello"})["CiphertextBlob"]
    assert kms.call("Decrypt", {"CiphertextBlob": blob})["Plaintext"] == b"hello"


def test_an_exception_has_a_code_and_a_sentence():
    with pytest.raises(package.KmsError) as caught:
        package.Kms().call("DescribeKey", {"KeyId": "alias/none"})
    assert caught.value.code == "NotFoundException"
    assert "alias/none" in caught.value.message


def test_pytest_finds_the_fixtures_by_itself(kms_client):
    key = kms_client.create_key()["KeyMetadata"]["KeyId"]
    blob = kms_client.encrypt(KeyId=key, Plaintext=b"hello")["CiphertextBlob"]
    assert kms_client.decrypt(CiphertextBlob=blob)["Plaintext"] == b"hello"


def test_the_command_says_its_version():
    command = pathlib.Path(sysconfig.get_path("scripts")) / "pocket-kms"
    assert subprocess.check_output([command, "--version"], text=True) == f"pocket-kms {package.__version__}\n"


def test_a_shell_starts_the_server_and_stops_it():
    command = [pathlib.Path(sysconfig.get_path("scripts")) / "pocket-kms", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = re.search(r"http://\S+:\d+", server.stdout.readline())[0]
            client = boto3.client(
                "kms",
                endpoint_url=address,
                region_name="eu-west-1",
                aws_access_key_id="111122223333",
                aws_secret_access_key="any",
            )
            arn = client.create_key()["KeyMetadata"]["Arn"]
            assert arn.startswith("arn:aws:kms:eu-west-1:111122223333:key/")
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0


def test_the_example_of_the_readme_runs_and_keeps_its_promise():
    readme = pathlib.Path(os.environ["README"]).read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", readme, re.DOTALL)[1]
    names = {}
    exec(compile(example, "README.md", "exec"), names)
    with names["kms"].intercept(), pytest.raises(botocore.exceptions.ClientError) as caught:
        names["client"].decrypt(CiphertextBlob=names["blob"])
    assert caught.value.response["Error"]["Code"] in {"NotFoundException", "KMSInvalidStateException"}
