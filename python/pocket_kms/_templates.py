"""Templates of infrastructure: read into a world, checked, and written from one. The native part has all rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Union

from pocket_kms import _native
from pocket_kms._template_files import Template, files_of

if TYPE_CHECKING:
    from pocket_kms._kms import Kms

PolicyKind = Literal["key", "identity", "session", "serviceControl", "resourceControl", "endpoint", "trust"]

Format = Literal["cloudformation", "terraform", "cli"]

# Values of parameters; JSON has no others.
Parameter = Union[str, int, float, bool, list[Any]]


class Remark(TypedDict):
    """Something in a template that was left out, or taken as given."""

    file: str
    line: int | None
    column: int | None
    path: str
    """The way through the document, such as ``Resources.Key.Properties``."""
    why: str


class Loaded(TypedDict):
    """What became of a template."""

    names: dict[str, dict[str, str]]
    """By logical ids or addresses: ``kind`` is the type of the resource, ``is`` the ARN of a key or a principal, or the
    name of an alias."""
    leftOut: list[Remark]
    assumed: list[Remark]


class NotWritten(TypedDict):
    """Something of a world that no code says."""

    path: str
    why: str


class Exported(TypedDict):
    """A world as infrastructure code."""

    files: dict[str, str]
    """Texts by the names of files."""
    leftOut: list[NotWritten]


class Finding(TypedDict):
    """Something that a policy does not do as its author may think."""

    code: str
    """AWS's code, where AWS has one, such as ``MISSING_VERSION``."""
    severity: Literal["ERROR", "SECURITY_WARNING", "GENERAL_WARNING", "SUGGESTION"]
    line: int | None
    column: int | None
    path: str
    """The way through the document, such as ``Statement[0].Condition.StringEquals``."""
    sentence: str
    reason: str
    mend: str
    """What to do instead."""


def call(name: str, said: Any) -> Any:
    """What the native part answers by this name. Raises ``ValueError`` with file, line and column."""
    done, text = _native.templates(name, json.dumps(said))
    answer = json.loads(text)
    if not done:
        raise ValueError(answer["message"])
    return answer


def read(template: Template, options: Mapping[str, Any]) -> Any:
    """The plan of a template: a recipe, what is left out of it, and what was taken as given."""
    files = [{"name": name, "text": text} for name, text in files_of(template)]
    wanted = {name: value for name, value in options.items() if value is not None}
    return call("read", {"files": files, "options": wanted})


def load(kms: Kms, template: Template, options: Mapping[str, Any]) -> Loaded:
    """Reads a template into a world: all of it, or nothing."""
    plan = read(template, {**options, "account": options.get("account") or kms.account})
    names = kms.perform(plan["recipe"])["given"]
    return {"names": names, "leftOut": plan["leftOut"], "assumed": plan["assumed"]}


def perform(world: _native.World, recipe: Mapping[str, Any] | str) -> dict[str, Any]:
    """Performs a recipe."""
    text = recipe if isinstance(recipe, str) else json.dumps(recipe)
    performed: dict[str, Any] = json.loads(world.perform(text))
    return performed


def inventory(world: _native.World) -> dict[str, Any]:
    """Everything that is in a world."""
    told: dict[str, Any] = json.loads(world.inventory())
    return told


def export(world: _native.World, format: str) -> Exported:
    """A world as infrastructure code."""
    return written(inventory(world), format)


def written(inventory: Mapping[str, Any], format: str) -> Exported:
    """An inventory as infrastructure code."""
    told = call("export", {"inventory": inventory, "format": format})
    return {"files": {file["name"]: file["text"] for file in told["files"]}, "leftOut": told["leftOut"]}


def lint(document: str | Mapping[str, Any], kind: PolicyKind, account: str) -> list[Finding]:
    """The findings of a policy."""
    findings: list[Finding] = call("lint", {"document": document, "kind": kind, "account": account})
    return findings
