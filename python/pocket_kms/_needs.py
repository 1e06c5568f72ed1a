"""What recorded calls needed, and what nobody needs, as data: one form for every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired

ConditionName = Literal[
    "context", "context_keys", "via", "attestation", "caller_account", "grant_is_for_aws_resource"
]


PrivilegeForm = Literal["identity", "key policy", "grant"]


class WrittenPolicy(TypedDict):
    """A policy."""

    Version: str
    Statement: list[dict[str, Any]]


class KeyStatements(TypedDict):
    """Statements for the policy of a key."""

    key: str
    statements: list[dict[str, Any]]


class AllowedElsewhere(TypedDict):
    """What something else goes on to allow, for which nothing is written."""

    action: str
    resource: str
    by: str
    grantId: NotRequired[str]


class DeniedAction(TypedDict):
    """What was denied."""

    action: str
    resource: str
    times: int
    last: str
    by: str
    message: NotRequired[str]


class LeastPrivilege(TypedDict):
    """What the recorded calls of somebody needed."""

    version: int
    principal: str
    form: PrivilegeForm
    calls: int
    """How many calls were looked at; the first at ``from``, the last at ``to``."""
    policy: WrittenPolicy | None
    """The identity policy; None where none is needed."""
    keyPolicies: list[KeyStatements]
    grants: list[dict[str, Any]]
    """Grants, as CreateGrant takes them."""
    allowedElsewhere: list[AllowedElsewhere]
    denied: list[DeniedAction]
    notes: list[str]
    """What the answer does not say by itself."""


class UnusedAction(TypedDict):
    """An action of a statement as it is written."""

    action: str
    used: list[str]
    """What of it was needed."""
    unused: dict[str, list[str]]
    """The rest, by access levels such as ``Write``."""


class UnusedStatement(TypedDict):
    """A statement that allows somebody something."""

    layer: Literal["identity policies", "key policy"]
    policy: NotRequired[str]
    key: NotRequired[str]
    statement: int
    """The place of the statement in its policy, from 0."""
    sid: NotRequired[str]
    used: bool
    actions: list[UnusedAction]
    unusedResources: list[str]


class UnusedGrant(TypedDict):
    """A grant, and which of its operations were needed."""

    key: str
    grantId: str
    used: bool
    needed: list[str]
    unused: list[str]


class NeededAction(TypedDict):
    """Something that was needed."""

    action: str
    resource: str
    times: int
    last: str


class Unused(TypedDict):
    """What is granted to somebody, and what of it no call has needed."""

    version: int
    principal: str
    trusted: bool
    """Whether the account is trusted: nobody is registered in it."""
    statements: list[UnusedStatement]
    grants: list[UnusedGrant]
    needed: list[NeededAction]


class Happened(TypedDict):
    """How often something happened, and when: as texts, such as ``2030-01-01T00:00:00.000Z``."""

    times: int
    first: str | None
    last: str | None


class UsedOperation(Happened):
    """An operation that somebody has called."""

    operation: str


class User(Happened):
    """Somebody who has used a key. Of very many values, some are told, and an ellipsis."""

    principal: str
    """Of a session, its role."""
    refused: int
    """How many of the calls were refused."""
    operations: list[UsedOperation]
    contexts: dict[str, list[str]]
    """The values that encryption contexts had, by their names."""
    sessions: list[str]
    via: list[str]
    """The services that forwarded the calls."""
    by: list[str]
    """By what the calls were allowed: layers of policies, or grants."""
    materials: list[str]
    """The ids of the key material that was used."""


class UsersOf(TypedDict):
    """Who has used a key."""

    version: int
    key: str
    users: list[User]


class FailingOperation(UsedOperation):
    """An operation that would have failed, and how."""

    error: str
    message: str | None


class FailingCaller(TypedDict):
    """Somebody whose calls would have failed."""

    principal: str
    operations: list[FailingOperation]


class Lost(TypedDict):
    """What a key takes along."""

    aliases: list[str]
    grants: int
    replicas: list[str]
    """Of a primary key: the replicas that have to be gone before."""


class DryDeletion(TypedDict):
    """What would have failed without a key."""

    version: int
    key: str
    safe: bool
    """Whether nothing would have failed."""
    callers: list[FailingCaller]
    unaffected: int
    """How many calls would have gone on as they did."""
    lost: Lost


class Attention(Happened):
    """Something that asks for attention."""

    finding: Literal[
        "key-disabled",
        "material-deleted",
        "public-key-policy",
        "foreign-grant",
        "unusual-region",
        "outside-endpoint",
        "debug-enclave",
        "use-while-pending-deletion",
    ]
    sentence: str
    subject: str
    """The ARN of a key, or whatever else it is about."""
    records: list[str]
    """The ids of the events that prove it."""


class Difference(TypedDict):
    """Something that is different."""

    change: str
    """``added``, ``removed`` or ``changed``."""
    of: str
    """What it is of."""
    subject: NotRequired[str]
    """The key, the principal or the setting."""
    path: list[str]
    """The way to it, from the member of the inventory on: ``keys``, an ARN, ``description``."""
    before: NotRequired[Any]
    """What was there; missing where something was added."""
    after: NotRequired[Any]
    """What is there now; missing where something was removed."""


class Different(TypedDict):
    """What is different."""

    version: int
    same: bool
    """Whether nothing is."""
    changes: list[Difference]
    text: str
