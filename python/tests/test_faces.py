"""Python and JavaScript give one world the same names; `tests/faces.json` holds them."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest

import pocket_kms

FACES = json.loads((Path(__file__).parents[2] / "tests" / "faces.json").read_text(encoding="utf-8"))["faces"]


def snake_case(names: Any) -> set[str]:
    return {re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name) for name in names}


def in_python(names: dict[str, Any]) -> set[str]:
    return snake_case([*names["both"], *names.get("pythonAlone", {})])


def an_object(name: str) -> Any:
    kms = pocket_kms.Kms()
    if name in ("Cluster", "Proxy", "ExternalKey"):
        proxy = kms.proxy("https://xks.example.com", keys=["foo"])
        cluster = kms.clusters.create("cluster-2ab3cdefghi")
        return {"Cluster": cluster, "Proxy": proxy, "ExternalKey": proxy.keys["foo"]}[name]
    made = {
        "Kms": kms,
        "Clock": kms.clock,
        "Directory": kms.directory,
        "Stores": kms.stores,
        "Settings": kms.settings,
        "Quotas": kms.quotas,
        "Faults": kms.faults("throttled"),
        "Audit": kms.audit,
        "KmsError": pocket_kms.KmsError("NotFoundException"),
    }
    return kms.enclave() if name == "Enclave" else made[name]


@pytest.mark.parametrize("face", FACES, ids=lambda face: face["python"])
def test_an_object_has_the_names_of_the_list_and_no_other(face: dict[str, Any]) -> None:
    made = an_object(face["python"])
    inherited = dir(object) + dir(Exception) if isinstance(made, Exception) else dir(object)
    assert {name for name in dir(made) if not name.startswith("_") and name not in inherited} == in_python(face)


def test_the_options_are_those_of_the_list() -> None:
    (face,) = (face for face in FACES if face["python"] == "Kms")
    kms = pocket_kms.Kms
    takes = {"new": kms.__init__, "call": kms.call, "explain": kms.explain, "intercept": kms.intercept}
    for name, options in face["options"].items():
        # What stands before the options has no name for callers.
        named = [each for each in inspect.signature(takes[name]).parameters.values() if each.kind is not each.POSITIONAL_ONLY]
        parameters = {each.name for each in named} - {"self", "operation", "input"}
        assert parameters == in_python(options), name
