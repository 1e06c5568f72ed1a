"""The pytest plugin, which needs no conftest."""

from __future__ import annotations

import json
from pathlib import Path

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


MADE = """
import pocket_kms as package
import pytest

@pytest.mark.pocket_kms(seed="s", now="2030-01-01T00:00:00Z", account="444455556666")
class Test:
    def test_class(self, kms):
        print("made", kms.call("CreateKey")["KeyMetadata"]["KeyId"], kms.account, kms.clock.now, kms.clock.frozen)

    @pytest.mark.pocket_kms(account="777788889999")
    def test_method(self, kms):
        print("made", kms.call("CreateKey")["KeyMetadata"]["KeyId"], kms.account, kms.clock.now, kms.clock.frozen)

def test_without(kms):
    print("made", kms.call("CreateKey")["KeyMetadata"]["KeyId"], kms.account, kms.clock.now, kms.clock.frozen)
"""


def made(pytester: pytest.Pytester, *arguments: str) -> list[list[str]]:
    """Key, account, time and standing of the world of each test."""
    result = pytester.runpytest_subprocess("-s", "-p", "no:randomly", *arguments)
    result.assert_outcomes(passed=3)
    return [line.split("made ")[1].split(" ", 2) for line in result.outlines if "made " in line]


def test_a_marker_says_how_a_world_is_made_and_the_one_next_to_the_test_counts(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(MADE)
    of_class, of_method, without = made(pytester)
    assert of_class[1:] == ["444455556666", "2030-01-01 00:00:00+00:00 True"]
    assert of_method == [of_class[0], "777788889999", "2030-01-01 00:00:00+00:00 True"]
    assert without[1] == "111122223333" and without[2].endswith("False")


def test_an_ini_file_says_how_worlds_are_made_and_options_and_markers_count_more(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(MADE)
    pytester.makeini("[pytest]\npocket_kms_seed = i\npocket_kms_now = 2031-01-01T00:00:00+00:00\npocket_kms_account = 000000000001")
    of_class, of_method, without = made(pytester)
    assert of_class[1:] == ["444455556666", "2030-01-01 00:00:00+00:00 True"]
    assert without[1:] == ["000000000001", "2031-01-01 00:00:00+00:00 True"]
    assert made(pytester)[2][0] == without[0] != of_class[0]
    assert made(pytester, "--pocket-kms-account", "000000000002")[2][1] == "000000000002"


TIMES = json.loads((Path(__file__).parents[2] / "tests" / "command-line.json").read_text(encoding="utf-8"))["times"]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/St_Johns"])
def test_a_time_as_text_is_what_the_core_reads_on_every_machine(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    tests = [
        f'''
@pytest.mark.pocket_kms(now={text!r})
def test_{number}(kms):
    assert kms.clock.now.isoformat(timespec="milliseconds").replace("+00:00", "Z") == {instant!r}
'''
        for number, (text, instant) in enumerate(TIMES.items())
    ]
    pytester.makepyfile("import pytest\n" + "".join(tests))
    result = pytester.runpytest_subprocess()
    readable = sum(instant is not None for instant in TIMES.values())
    result.assert_outcomes(passed=readable, errors=len(TIMES) - readable)
    result.stdout.fnmatch_lines(["*'1 January 2030' is not an instant*write it like 2030-01-01T00:00:00Z*"])


def test_a_marker_with_another_argument_is_refused(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
import pytest

@pytest.mark.pocket_kms(sede="s")
def test_it(kms):
    pass
""")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*the marker pocket_kms takes account, audit, directory, expected_denials, faults, history, insecure_key_pool, now, parameters, seed, settings, template by name*"])


def test_the_pool_is_taken_by_marker_and_by_ini_file(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
import pytest

def made(kms):
    specs = {"KeySpec": "RSA_4096", "KeyUsage": "SIGN_VERIFY"}
    for _ in range(50):
        kms.call("CreateKey", specs)

@pytest.mark.pocket_kms(insecure_key_pool=True)
def test_marked(kms):
    made(kms)

def test_configured(kms):
    made(kms)
""")
    pytester.makeini("[pytest]\npocket_kms_insecure_key_pool = true")
    pytester.runpytest_subprocess("--durations=0", timeout=60).assert_outcomes(passed=2)


def test_a_fixture_serves_clients_that_code_under_test_makes(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
import boto3
import pocket_kms
import pytest

def test_served(kms_intercepted, kms, pocket_kms):
    assert kms_intercepted is kms is pocket_kms
    key = boto3.client("kms", region_name="eu-west-1").create_key()["KeyMetadata"]["KeyId"]
    assert kms.call("DescribeKey", {"KeyId": key}, region="eu-west-1")

def test_the_module_is_not_hidden(kms):
    with pytest.raises(pocket_kms.KmsError):
        kms.call("DescribeKey", {"KeyId": "alias/none"})
""")
    pytester.runpytest_subprocess().assert_outcomes(passed=2)


@pytest.mark.parametrize("arguments", [("--pocket-kms-block-network", "kms"), ("-c", "block.ini")])
def test_a_run_can_keep_calls_from_the_network(pytester: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    pytester.makefile(".ini", block="[pytest]\npocket_kms_block_network = aws")
    pytester.makepyfile("""
import boto3
import pocket_kms
import pytest

def client():
    return boto3.client("kms", "us-east-1", aws_access_key_id="AKIA", aws_secret_access_key="secret")

def test_refused():
    with pytest.raises(pocket_kms.NetworkBlocked, match="kms_intercepted"):
        client().list_keys()

def test_served(kms_intercepted):
    assert client().list_keys()["Keys"] == []
""")
    pytester.runpytest_subprocess(*arguments).assert_outcomes(passed=2)


def test_what_cannot_be_blocked_is_refused(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\npocket_kms_block_network = everything")
    result = pytester.runpytest_subprocess()
    result.stderr.fnmatch_lines(["*pocket_kms_block_network is kms or aws, not everything*"])


def test_who_there_is_stands_in_the_marker_or_in_a_file(pytester: pytest.Pytester) -> None:
    alice = "arn:aws:iam::111122223333:user/alice"
    pytester.makefile(".json", people=json.dumps({"principals": {alice: {}}}))
    pytester.makefile(".json", nothing="[")
    pytester.makeini("[pytest]\npocket_kms_directory = people.json")
    pytester.makepyfile(f"""
import pytest

def test_of_the_file(kms):
    assert list(kms.directory.to_dict()["principals"]) == ["{alice}"]

@pytest.mark.pocket_kms(directory={{"principals": {{"arn:aws:iam::111122223333:role/App": {{}}}}}})
def test_of_the_marker(kms):
    assert list(kms.directory.to_dict()["principals"]) == ["arn:aws:iam::111122223333:role/App"]

@pytest.mark.pocket_kms(directory=None)
def test_of_nobody(kms):
    assert kms.directory.to_dict() == {{}}
""")
    pytester.runpytest_subprocess().assert_outcomes(passed=3)
    wrong = pytester.runpytest_subprocess("--pocket-kms-directory", "nothing.json")
    wrong.assert_outcomes(passed=2, errors=1)
    wrong.stdout.fnmatch_lines(["*pocket_kms_directory: nothing.json: *"])


def test_the_plugin_describes_itself(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess("--help")
    result.stdout.fnmatch_lines(["*--pocket-kms-seed=SEED*"])
    result = pytester.runpytest_subprocess("--fixtures")
    result.stdout.fnmatch_lines_random(
        ["pocket_kms -- *", "*A fresh world of KMS*", "kms -- *", "kms_client -- *", "kms_template -- *", "*A boto3 client*", "kms_intercepted -- *"]
    )
    result = pytester.runpytest_subprocess("--markers")
    result.stdout.fnmatch_lines(["@pytest.mark.pocket_kms(seed=None, now=None, account=None, directory=None, template=None, parameters=None, insecure_key_pool=False, history=False, *):*"])
