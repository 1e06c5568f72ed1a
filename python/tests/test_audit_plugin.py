"""The fixtures that fail a test in which something was denied that it did not expect."""

from __future__ import annotations

import pytest

DENIED = """
import pytest
import pocket_kms as package

EVE = "arn:aws:iam::444455556666:user/Eve"

def look(kms):
    try:
        kms.call("DescribeKey", {"KeyId": kms.call("CreateKey")["KeyMetadata"]["Arn"]}, caller=EVE)
    except package.KmsError:
        pass  # as code under test does
"""


def test_a_denial_that_nobody_expects_fails_the_test_and_says_why(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(f"""{DENIED}
def test_denied(kms_undenied):
    look(kms_undenied)

def test_allowed(kms_undenied, kms):
    kms.call("CreateKey")
    assert kms is kms_undenied

def test_nobody_asked(kms):
    look(kms)
""")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        ["*1 call was denied that the test did not expect:*", "DescribeKey by arn:aws:iam::444455556666:user/Eve:", "*is denied*"]
    )


def test_a_test_says_which_denials_it_expects(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(f"""{DENIED}
def test_said(kms_undenied, kms_expect_denial):
    kms_expect_denial(caller=EVE, operation="DescribeKey")
    look(kms_undenied)

@pytest.mark.pocket_kms(expected_denials={{"caller": EVE}})
def test_marked(kms_undenied):
    look(kms_undenied)

@pytest.mark.pocket_kms(expected_denials=True)
def test_all(kms_undenied):
    look(kms_undenied)

@pytest.mark.pocket_kms(expected_denials=[{{"caller": EVE, "operation": "Decrypt"}}])
def test_never_came(kms_undenied):
    look(kms_undenied)

@pytest.mark.pocket_kms(expected_denials={{"caller": "arn:aws:iam::111122223333:user/alice"}})
def test_of_somebody_else(kms_undenied, kms_expect_denial):
    kms_expect_denial(caller=EVE)
    look(kms_undenied)
""")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=3, failed=2)


@pytest.mark.parametrize("arguments", [("--pocket-kms-fail-on-denial",), ("-c", "strict.ini")])
def test_a_run_may_expect_no_denials_at_all(pytester: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    pytester.makefile(".ini", strict="[pytest]\npocket_kms_fail_on_denial = true")
    pytester.makepyfile(f"""{DENIED}
import unittest

def test_denied(kms):
    look(kms)

def test_failed_before(kms):
    look(kms)
    assert kms is None

@pytest.mark.pocket_kms(expected_denials=True)
def test_expected(kms):
    look(kms)

def test_without_a_world():
    pass

@pytest.mark.usefixtures("kms_intercepted")
class TestCase(unittest.TestCase):
    def test_of_unittest(self):
        import boto3
        client = boto3.client("kms", "us-east-1", aws_access_key_id=EVE, aws_secret_access_key="x")
        with self.assertRaises(Exception):
            client.describe_key(KeyId="arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
""")
    result = pytester.runpytest_subprocess(*arguments)
    result.assert_outcomes(passed=2, failed=3)
    result.stdout.fnmatch_lines(["*assert *is None*"])


def test_a_test_that_disposes_of_its_world_hears_that_its_denials_are_unknown(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(f"""{DENIED}
def test_disposed(kms, kms_undenied):
    kms.dispose()

def test_expected(kms, kms_expect_denial):
    kms_expect_denial(caller=EVE)
    look(kms)
    kms.dispose()

@pytest.mark.pocket_kms(expected_denials=True)
def test_all(kms, kms_undenied):
    kms.dispose()
""")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["*disposed of its world, so nobody can tell what was denied*expected_denials=True*"] * 2)
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


@pytest.mark.parametrize("expected", ["'Decrypt'", "['Decrypt']", "5"])
def test_an_expected_denial_that_is_no_filter_is_told_in_a_sentence(pytester: pytest.Pytester, expected: str) -> None:
    pytester.makepyfile(f"""
import pytest

@pytest.mark.pocket_kms(expected_denials={expected})
def test_it(kms_undenied):
    pass
""")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["expected_denials is a filter such as*, a list of them, or True for all, not *"])
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_a_marker_says_how_a_world_is_recorded(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
import pytest

@pytest.mark.pocket_kms(audit={"kept": 2})
def test_kept(kms):
    for _ in range(3):
        kms.call("ListKeys")
    assert len(kms.audit.events()) == 2
""")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_an_expectation_that_fails_ends_in_the_line_of_the_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
def test_called(kms):
    kms.call("ListKeys")
    kms.audit.assert_called("Decrypt", times=1)
""")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*AssertionError: expected exactly 1 record of operation Decrypt, found 0; the nearest:*", "*:3: AssertionError"])
    result.stdout.no_fnmatch_line("*_recorded.py*")
