"""Templates of infrastructure: the native part reads and writes them, Python brings files to it and types what it gives."""

from __future__ import annotations

import json
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pocket_kms import Kms, KmsError

TEMPLATE = Path(__file__).parents[2] / "tests" / "templates" / "orders.yaml"
READER = "arn:aws:iam::111122223333:role/reader-test"
WRITER = "arn:aws:iam::111122223333:role/writer-test"


def decide(kms: Kms, alias: str = "alias/orders-test") -> None:
    """What the author of the template meant."""
    sealed = kms.client(caller=WRITER).encrypt(KeyId=alias, Plaintext=b"12 apples")["CiphertextBlob"]
    assert kms.client(caller=READER).decrypt(CiphertextBlob=sealed)["Plaintext"] == b"12 apples"
    for caller in (READER, "arn:aws:iam::111122223333:role/Nobody"):
        with pytest.raises(ClientError, match="AccessDenied"):
            kms.client(caller=caller).encrypt(KeyId=alias, Plaintext=b"12 apples")


def test_a_template_becomes_keys_principals_and_policies(no_sockets: None) -> None:
    kms = Kms()
    loaded = kms.load_template(TEMPLATE)
    decide(kms)
    names = loaded["names"]
    assert names["Reader"]["is"] == READER and names["Reader"]["kind"] == "AWS::IAM::Role"
    assert names["Orders"]["is"] == kms.call("DescribeKey", {"KeyId": "alias/orders-test"})["KeyMetadata"]["Arn"]
    assert names["OrdersAlias"]["is"] == "alias/orders-test" and isinstance(loaded["leftOut"], list)


def test_a_folder_without_a_template_is_another_one_than_was_meant(kms: Kms, tmp_path: Path) -> None:
    (tmp_path / "assembly-empty").mkdir()
    (tmp_path / "notes.txt").write_text("no template")
    with pytest.raises(ValueError, match="holds no template: none of its files ends in .json, "):
        kms.load_template(tmp_path)
    with pytest.raises(ValueError, match="holds no template"):
        kms.load_template([TEMPLATE, tmp_path])
    with pytest.raises(ValueError, match="the list of paths is empty"):
        kms.load_template(tmp_path.glob("*.yaml"))  # type: ignore[arg-type]
    assert kms.changes() == []


@pytest.mark.parametrize("template", [None, 5, b"template.yaml", [None]])
def test_what_is_neither_a_path_nor_a_text_is_not_a_template(kms: Kms, template: Any) -> None:
    with pytest.raises(TypeError, match="a template is a path, a list of paths, or texts by the names of their files"):
        kms.load_template(template)


def test_a_world_is_made_of_a_template_with_parameters_elsewhere() -> None:
    kms = Kms.from_template(str(TEMPLATE), parameters={"Stage": "x"}, region="eu-west-1", account="444455556666", seed=1)
    assert kms.account == "444455556666"
    key = kms.call("DescribeKey", {"KeyId": "alias/orders-x"}, region="eu-west-1")["KeyMetadata"]
    assert key["Arn"].startswith("arn:aws:kms:eu-west-1:444455556666:key/")
    again = Kms.from_template(TEMPLATE, parameters={"Stage": "x"}, region="eu-west-1", account="444455556666", seed=1)
    assert again.call("DescribeKey", {"KeyId": "alias/orders-x"}, region="eu-west-1")["KeyMetadata"]["Arn"] == key["Arn"]


def test_a_world_of_a_template_takes_what_every_world_takes() -> None:
    options = {name: one for name, one in signature(Kms.__init__).parameters.items() if name != "self"}
    assert set(signature(Kms.from_template).parameters) >= set(options)
    tagged = "Resources: {Reader: {Type: 'AWS::IAM::Role', Properties: {Tags: [{Key: a, Value: !ImportValue b}]}}}"
    kms = Kms.from_template(
        {"roles.yaml": tagged},
        stack_name="orders",
        imports={"b": "c"},
        seed=7,
        audit={"kept": "all"},
        keep_recipe=True,
    )
    assert set(kms.inventory()["directory"]["principals"]) == {"arn:aws:iam::111122223333:role/orders-Reader"}
    kms.call("CreateKey")
    assert kms.audit.records()["records"][-1]["eventName"] == "CreateKey"
    assert Kms.from_recipe(kms.recipe()).inventory() == kms.inventory()


def test_texts_several_files_and_folders_are_read(tmp_path: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    decide(Kms.from_template({"orders.yaml": text}))
    (tmp_path / "orders.template.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "README.md").write_text("not a template")
    (tmp_path / "asset.0123").mkdir()
    (tmp_path / "asset.0123" / "code.json").write_text("{")
    decide(Kms.from_template(tmp_path))
    decide(Kms.from_template([tmp_path / "orders.template.yaml"]))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"a.yaml": "Resources: {Key: [}"}, "a.yaml:1"),
        ({"a.yaml": "Resources: {Key: {Type: 'AWS::KMS::Key', Properties: {KeyPolicy: !Ref Nothing}}}"}, "a.yaml:1"),
        ({"a.json": "{}"}, "a.json"),
        ("/nowhere.yaml", "/nowhere.yaml cannot be read: "),
        ("n" * 5000, "n cannot be read: "),
        ("Resources:\n  Key: {}\n", 'not its path: give it with a name, as {"template.yaml": text}'),
        (['{"Resources": {}}'], 'not its path: give it with a name, as {"template.yaml": text}'),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place_and_nothing_is_loaded(kms: Kms, files: Any, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:
        kms.load_template(files)
    assert sentence in str(refused.value)
    assert kms.directory.to_dict() == {} and kms.call("ListKeys")["Keys"] == []


def test_bytes_that_are_not_utf_8_are_refused(kms: Kms, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff")
    with pytest.raises(ValueError, match="a.yaml cannot be read: 'utf-8' codec"):
        kms.load_template(tmp_path / "a.yaml")


def test_a_recipe_is_performed_whole_or_not_at_all(kms: Kms) -> None:
    steps: list[Any] = [
        {"as": "Key", "call": "CreateKey", "input": {"Description": "orders"}},
        {"call": "CreateAlias", "input": {"AliasName": "alias/a", "TargetKeyId": {"$from": ["Key", "KeyMetadata", "KeyId"]}}},
    ]
    recipe = {"version": 1, "steps": steps, "give": {"arn": {"$from": ["Key", "KeyMetadata", "Arn"]}}}
    performed = kms.perform(json.dumps(recipe))
    assert performed["given"]["arn"] == performed["replies"]["Key"]["KeyMetadata"]["Arn"]
    with pytest.raises(KmsError, match="step 2") as refused:
        kms.perform({**recipe, "steps": [steps[0], {**steps[1], "input": {"AliasName": "alias/a", "TargetKeyId": "none"}}]})
    assert refused.value.code in {"NotFoundException", "AlreadyExistsException"}
    assert len(kms.call("ListKeys")["Keys"]) == 1


def test_the_inventory_tells_everything_without_secrets() -> None:
    kms = Kms.from_template(TEMPLATE)
    alice = kms.directory.user("arn:aws:iam::111122223333:user/alice")
    kms.directory.access_key("AKIAIOSFODNN7EXAMPLE", principal=alice, secret="a secret")
    told = kms.inventory()
    (key,) = told["keys"]
    assert key["aliases"] == ["alias/orders-test"] and "Writer" in key["policy"]
    assert set(told["directory"]["principals"]) == {READER, WRITER, alice} and "a secret" not in json.dumps(told)


@pytest.mark.parametrize("format", ["cloudformation", "cli", "terraform"])
def test_a_world_is_written_as_code_and_what_is_read_of_it_decides_alike(format: Any) -> None:
    written = Kms.from_template(TEMPLATE).export(format)
    assert written["files"] and isinstance(written["leftOut"], list)
    if format == "cloudformation":
        decide(Kms.from_template(written["files"]))


def test_a_policy_has_findings_with_their_places(kms: Kms) -> None:
    policy = '{"Version": "2012-10-17",\n "Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}}'
    findings = kms.lint(policy)
    assert findings and all(finding["sentence"] and finding["mend"] for finding in findings)
    assert 2 in {finding["line"] for finding in findings}
    assert kms.lint(json.loads(policy), "identity") != findings
    with pytest.raises(ValueError, match="kind is one of"):
        kms.lint(policy, "bucket")  # type: ignore[arg-type]


TESTS = """
import pytest

def test_loaded(kms, kms_template):
    assert kms_template["names"]["OrdersAlias"]["is"] == "alias/orders-test"
    assert kms.call("DescribeKey", {"KeyId": "alias/orders-test"})

@pytest.mark.pocket_kms(parameters={"Stage": "x"}, account="444455556666")
def test_parameters(kms, kms_template):
    assert kms_template["names"]["Reader"]["is"] == "arn:aws:iam::444455556666:role/reader-x"
"""


def test_the_worlds_of_pytest_have_what_a_template_says(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    pytester.makefile(".yaml", orders=TEMPLATE.read_text(encoding="utf-8"))
    pytester.runpytest_subprocess("--pocket-kms-template", "orders.yaml").assert_outcomes(passed=2)
    pytester.makeini("[pytest]\npocket_kms_template = orders.yaml")
    pytester.runpytest_subprocess().assert_outcomes(passed=2)
    result = pytester.runpytest_subprocess("--pocket-kms-template", "nowhere.yaml")
    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(["*pocket_kms_template: *nowhere.yaml cannot be read: *"])


def test_a_test_without_a_template_is_told_how_to_say_one(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test(kms_template): pass")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no template is in this world: say --pocket-kms-template*"])
