"""Answers to questions about policies, as data: one form for every language, which counts its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from pocket_kms._decisions import LayerName
    from typing_extensions import NotRequired


class Condition(TypedDict):
    """A condition that the request has yet to fulfil."""

    operator: str
    """Such as ``StringEquals``; of a grant ``EncryptionContextEquals`` or ``EncryptionContextSubset``."""
    key: str
    """Such as ``kms:EncryptionContext:tenant``."""
    values: list[str]
    """What it wants; ``moreValues`` counts those that are not told."""
    moreValues: NotRequired[int]


class Path(TypedDict, total=False):
    """By what somebody can do something: a statement, or a grant."""

    by: Literal["key policy", "identity policy", "grant"]
    policy: str
    """The name of the policy."""
    statement: int
    """The place of the statement in it, from 0."""
    sid: str
    grantId: str
    grantee: str
    conditions: list[Condition]
    """What remains: none where the request may be any."""


# Of an identity policy: the statements of the key policy that let the account decide.
_With = TypedDict("_With", {"with": "list[Path]"}, total=False)


class Way(Path, _With, total=False):
    """By what somebody can do something; of an identity policy, ``with`` has the statements of the key policy that let the
    account decide."""


class Limit(TypedDict):
    """A statement that may still deny, or that frames the caller under conditions."""

    layer: LayerName
    effect: Literal["Allow", "Deny"]
    policy: str
    statement: int
    sid: NotRequired[str]
    conditions: list[Condition]


class Able(TypedDict):
    """How somebody can do something."""

    kind: Literal["root user", "user", "role", "federated user", "service", "account", "everyone"]
    conditional: bool
    """Whether it depends on the request."""
    paths: list[Way]
    limits: list[Limit]


class AblePrincipal(Able):
    """Somebody by his ARN; ``*`` is whoever is not named otherwise."""

    principal: str


class AbleAccount(Able):
    """All principals of an account in which nobody is registered."""

    account: str


class AbleService(Able):
    """A service in its own name."""

    service: str


class WhoCan(TypedDict):
    """Who can do something."""

    version: int
    action: str
    resource: str
    """The ARN of the key, or of everything of an account."""
    principals: list[AblePrincipal]
    accounts: list[AbleAccount]
    services: list[AbleService]
    everyone: AblePrincipal | None
    """Whoever is not named otherwise, where he can."""


class AbleAction(Able):
    """An action that somebody can do."""

    action: str


class AbleKey(TypedDict):
    """A key, and what somebody can do with it."""

    key: str
    actions: list[AbleAction]


class WhatCan(TypedDict):
    """What somebody can do."""

    version: int
    principal: str
    keys: list[AbleKey]
    """Keys of which he can do something."""
    account: list[AbleAction]
    """Actions that are on no key."""
    after: NotRequired[str]
    """Where there are more keys: the ARN behind which to go on."""


class Within(TypedDict):
    """Who is not outside."""

    accounts: list[str]
    organizations: list[str]


class Outsider(TypedDict):
    """Somebody outside who may be able to use a key, or many."""

    principal: str
    """An ARN, an account, the name of a service, or ``*`` for whoever is not named otherwise."""
    actions: list[str]
    paths: list[Way]
    limits: list[Limit]


class Exposure(TypedDict):
    """Whether anybody outside can ever use a key."""

    version: int
    resource: str
    exposed: Literal["yes", "no", "undecided"]
    within: Within
    outside: list[Outsider]
    """Who may be able to: nobody where the answer is no."""
    witness: NotRequired[dict[str, Any]]
    """Where the answer is yes: a request that is let through."""
