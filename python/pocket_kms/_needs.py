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


class UsersOf(TypedDict):
    """Who has used a key."""

    version: int
    key: str
    users: list[dict[str, Any]]


class FailingCaller(TypedDict):
    """Somebody whose calls would have failed."""

    principal: str
    operations: list[dict[str, Any]]
    """Each with ``operation``, ``times``, ``first``, ``last``, ``error`` and ``message``."""


class DryDeletion(TypedDict):
    """What would have failed without a key."""

    version: int
    key: str
    safe: bool
    """Whether nothing would have failed."""
    callers: list[FailingCaller]
    unaffected: int
    """How many calls would have gone on as they did."""
    lost: Any
    """What the key takes along."""


class Findings(TypedDict):
    """What asks for attention."""

    version: int
    findings: list[dict[str, Any]]


class Different(TypedDict):
    """What is different."""

    version: int
    same: bool
    changes: list[dict[str, Any]]
    text: str
