"""The cases of ``tests/cases`` and the lessons of the playground, which are cases with texts, told to a world in Python.

``tests/cases/README.md`` is their language.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import outside
import pocket_kms

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
REPOSITORY = Path(__file__).parents[2]
LESSONS = REPOSITORY / "web-demo" / "src" / "scenarios"


def read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


FILES = [(file.stem, read(file)) for file in sorted((REPOSITORY / "tests" / "cases").glob("*.json"))]
FILES += [(name, [read(LESSONS / f"{name}.json")]) for name in read(LESSONS / "index.json")]
CASES = [pytest.param(case, id=f"{name}: {case['name']}") for name, cases in FILES for case in cases]
NOTHING = object()


def test_there_are_cases() -> None:
    assert CASES


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    story = Story(pocket_kms.Kms(seed=case["name"], now=START))
    found = None
    for number, step in enumerate(case["steps"], 1):
        try:
            story.step(step)
        except Difference as difference:
            found = f"step {number}: {difference}"
            break
    if found is not None:
        pytest.fail(found, pytrace=False)


class Difference(Exception):
    """What came is not what the case expects."""


class Story:
    """One case while it is told."""

    def __init__(self, kms: pocket_kms.Kms) -> None:
        self.kms = kms
        self.replies: dict[str, Any] = {}
        self.enclaves: dict[str, pocket_kms.Enclave] = {}
        self.seen = 0

    def step(self, step: dict[str, Any]) -> None:
        if "advance" in step:
            self.kms.clock.advance(step["advance"])
        if "set" in step:
            self.kms.settings.update(self.evaluate(step["set"]))
        if "directory" in step:
            self.register(step)
        if "stores" in step:
            self.owner(step, "stores", lambda: self.kms.stores.register(self.evaluate(step["stores"])))
        if "action" in step:
            kind, owned = ("cluster", self.kms.clusters) if "cluster" in step else ("proxy", self.kms.stores.proxies)
            name, action = self.evaluate(step[kind]), dict(self.evaluate(step["action"]))
            acting = owned[name]
            self.owner(step, kind, lambda: acting.do(action.pop("do"), **action))
        if "audit" in step:
            question = self.evaluate(step["audit"])
            self.owner(step, "audit", lambda: self.kms.audit.ask(**question))
        if "enclave" in step:
            self.enclaves[step["as"]] = self.enclave(self.evaluate(step["enclave"]))
            self.replies[step["as"]] = self.enclaves[step["as"]].recipient()
        if "outside" in step:
            self.owner(step, step["outside"], lambda: self.outside(step["outside"], self.evaluate(step["input"])))
        for count in range(step.get("times", 1) if "call" in step else 0):
            self.replies["count"] = count + 1
            self.call(step)
        self.check_changes(step.get("changes", [] if {"exception", "refused"} & step.keys() else None))

    def register(self, step: dict[str, Any]) -> None:
        try:
            self.kms.directory.register(self.evaluate(step["directory"]))
        except (pocket_kms.KmsError, ValueError) as error:
            if "refused" not in step:
                raise Difference(f"directory: {error}") from None
            self.match(step["refused"], str(error), "directory")
            return
        if "refused" in step:
            raise Difference("directory: it is not refused")

    def owner(self, step: dict[str, Any], kind: str, act: Callable[[], Any]) -> None:
        try:
            reply = act()
        except (pocket_kms.KmsError, ValueError) as error:
            if "refused" not in step:
                raise Difference(f"{kind}: {error}") from None
            self.match(step["refused"], str(error), kind)
            return
        if "refused" in step:
            raise Difference(f"{kind}: it is not refused")
        self.match(step.get("reply", {}), reply or {}, kind)
        if "as" in step:
            self.replies[step["as"]] = reply

    def enclave(self, spec: dict[str, Any]) -> pocket_kms.Enclave:
        names = {"imageSha384": "image_sha384"}
        told = {names.get(name, name): value for name, value in spec.items()}
        if "pcrs" in told:
            told["pcrs"] = {int(register): value for register, value in told["pcrs"].items()}
        return self.kms.enclave(**told)

    def outside(self, act: str, given: dict[str, Any]) -> dict[str, Any]:
        """What is done outside of KMS: by a library, or in an enclave."""
        if act != "unwrap":
            return outside.ACTS[act](**given)
        return {"Plaintext": self.enclaves[given["Enclave"]].unwrap(given["CiphertextForRecipient"])}

    def call(self, step: dict[str, Any]) -> None:
        where = {name: self.evaluate(step[name]) for name in ("region", "caller", "origin") if name in step}
        request = self.evaluate(step.get("input", {}))
        if "decisions" in step:
            decisions = self.kms.explain(step["call"], request, **where)["decisions"]
            self.match(step["decisions"], decisions, f"{step['call']} explained")
        try:
            reply = self.kms.call(step["call"], request, **where) or {}
        except pocket_kms.KmsError as error:
            self.check_refusal(step, error, step["call"])
            return
        if "exception" in step:
            raise Difference(f"{step['call']}: expected {step['exception']}, found {reply}")
        self.match(step.get("reply", {}), reply, step["call"])
        if "as" in step:
            self.replies[step["as"]] = reply

    def check_refusal(self, step: dict[str, Any], error: pocket_kms.KmsError, at: str) -> None:
        if error.code != step.get("exception"):
            raise Difference(f"{at}: expected {step.get('exception')}, found {error.code}: {error.message}") from None
        self.match(step["message"], error.message or None, f"{at}: message")
        if "decisions" in step:
            self.match(step["decisions"], error.decisions, f"{at} denied")

    def check_changes(self, expected: list[str] | None) -> None:
        entries = self.kms.changes(self.seen)
        self.seen += len(entries)
        tables = sorted({entry["table"] for entry in entries})
        if expected is not None and tables != expected:
            raise Difference(f"expected changes in {expected}, found {tables}")

    def evaluate(self, value: Any) -> Any:
        """What a value of a case stands for."""
        if isinstance(value, str):
            return self.filled(value)
        if isinstance(value, list):
            return [self.evaluate(element) for element in value]
        if not isinstance(value, dict):
            return value
        name, argument = directive(value)
        if name is None:
            return {self.filled(key): self.evaluate(element) for key, element in value.items()}
        if name == "from":
            return self.found(argument)
        argument = self.evaluate(argument)
        if name == "bytes":
            return argument.encode()
        if name == "base64":
            return base64.b64decode(argument)
        if name == "repeat":
            return argument[0] * argument[1]
        if name == "join":
            return type(argument[0])().join(argument)
        if name == "json":
            return json.dumps(argument, ensure_ascii=False)
        if name == "days":
            # Worlds count milliseconds.
            return START + timedelta(milliseconds=round(argument * 86_400_000))
        raise ValueError(f"${name} stands for no value")

    def filled(self, text: str) -> str:
        """A text with its references replaced."""
        first, *parts = text.split("${")
        for part in parts:
            if first.endswith("$"):
                first += "{" + part
            else:
                path, _, rest = part.partition("}")
                first += str(self.found(path)) + rest
        return first

    def found(self, path: str) -> Any:
        value: Any = self.replies
        for name in path.split("."):
            value = value[int(name) if isinstance(value, list) else name]
        return value

    def match(self, expected: Any, actual: Any, at: str) -> None:
        """Compares; on a difference says where and what."""
        name, argument = directive(expected)
        if name in MATCHERS:
            expected = self.evaluate(argument) if name in ("prefix", "contains", "json") else argument
            holds = self.matches(name, expected, actual, at)
        elif name is None and isinstance(expected, dict) and isinstance(actual, dict):
            for member, value in expected.items():
                self.match(value, actual.get(member, NOTHING), f"{at}.{member}")
            return
        elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
            for place, value in enumerate(expected):
                self.match(value, actual[place], f"{at}.{place}")
            return
        else:
            expected = self.evaluate(expected)
            holds = type(expected) is type(actual) and expected == actual
        if not holds:
            raise Difference(f"{at}: expected {expected!r}, found {'nothing' if actual is NOTHING else repr(actual)}")

    def holds(self, expected: Any, actual: Any, at: str) -> bool:
        try:
            self.match(expected, actual, at)
        except Difference:
            return False
        return True

    def matches(self, name: str, argument: Any, actual: Any, at: str) -> bool:
        if name == "absent" or actual is NOTHING:
            return name == "absent" and actual is NOTHING
        if name == "length":
            return isinstance(actual, (bytes, str, list)) and len(actual) == argument
        if name == "prefix":
            return isinstance(actual, str) and actual.startswith(argument)
        if name == "contains":
            return isinstance(actual, str) and argument in actual
        if name == "json":
            return isinstance(actual, str) and bool(json.loads(actual) == argument)
        if name == "not":
            return not self.holds(argument, actual, at)
        if name == "some":
            return isinstance(actual, list) and any(self.holds(argument, element, at) for element in actual)
        if name == "exactly":
            self.match(argument, actual, at)
            if set(actual) - set(argument):
                raise Difference(f"{at}: not expected: {set(actual) - set(argument)}")
        return True


MATCHERS = ("any", "absent", "length", "prefix", "not", "contains", "json", "exactly", "some")


def directive(value: Any) -> tuple[str | None, Any]:
    """The name and argument of an object that stands for another value."""
    if isinstance(value, dict) and len(value) == 1:
        [(name, argument)] = value.items()
        if name.startswith("$"):
            return str(name)[1:], argument
    return None, None
