"""The pytest plugin, which needs no conftest."""

from __future__ import annotations

import pytest

TESTS = """
def test_one(pocket_kms, kms_client):
    key = kms_client.create_key()["KeyMetadata"]["KeyId"]
    assert pocket_kms.call("DescribeKey", {"KeyId": key})["KeyMetadata"]["Enabled"]
    print("key", key)

def test_other(pocket_kms, kms_client):
    assert kms_client.list_keys()["Keys"] == []
    assert kms_client.meta.region_name == "us-east-1"
"""


def test_fixtures_are_there_without_a_conftest_and_every_test_has_its_own_world(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)


def made_key(pytester: pytest.Pytester, *arguments: str) -> str:
    result = pytester.runpytest_subprocess("-s", *arguments)
    result.assert_outcomes(passed=2)
    (key,) = [line.split("key ")[1] for line in result.outlines if "key " in line]
    return key


def test_a_seed_makes_the_worlds_of_a_run_repeat_themselves(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    one, again = (made_key(pytester, "--pocket-kms-seed", "s") for _ in range(2))
    assert one == again
    assert made_key(pytester) != one


def test_the_worlds_of_a_run_may_use_the_insecure_key_pool(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
def test_pool(pocket_kms, kms_client):
    specs = {"KeySpec": "RSA_4096", "KeyUsage": "SIGN_VERIFY"}
    keys = [kms_client.create_key(**specs)["KeyMetadata"]["KeyId"] for _ in range(100)]
    assert len({kms_client.get_public_key(KeyId=key)["PublicKey"] for key in keys}) == 100
""")
    pytester.runpytest_subprocess("--pocket-kms-insecure-key-pool").assert_outcomes(passed=1)


def test_the_plugin_describes_itself(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess("--fixtures", "--help")
    result.stdout.fnmatch_lines(["*--pocket-kms-seed=SEED*"])
    result = pytester.runpytest_subprocess("--fixtures")
    result.stdout.fnmatch_lines(["pocket_kms -- *", "*A fresh world of KMS*", "kms_client -- *", "*A boto3 client*"])
