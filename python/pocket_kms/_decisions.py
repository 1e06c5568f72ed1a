"""Why a call was allowed or denied, as data: one form for every language, which counts its versions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from pocket_kms._course import Course
    from typing_extensions import NotRequired

LayerName = Literal[
    "service control policies",
    "resource control policies",
    "VPC endpoint policy",
    "key policy",
    "identity policies",
    "permissions boundary",
    "session policies",
    "grants",
]

# By what an allowing statement or a grant names the caller: itself, its role, or its account.
_Applied = TypedDict("_Applied", {"class": Literal["direct", "indirect", "delegation"]}, total=False)


class Statement(_Applied):
    """What became of a statement: ``applied``, or the first of its elements that did not fit."""

    statement: int
    """The place of the statement in its policy, from 0; ``text`` counts from 1."""
    sid: NotRequired[str]
    effect: Literal["Allow", "Deny"]
    outcome: Literal["applied", "action", "resource", "principal", "condition"]
    operator: NotRequired[str]
    """Of a condition: its operator, such as ``StringEquals``."""
    key: NotRequired[str]
    """Of a condition: its key, such as ``kms:ViaService``."""
    expected: NotRequired[list[str]]
    """Of a condition: what the statement wants; ``moreExpected`` counts values that are not told."""
    moreExpected: NotRequired[int]
    actual: NotRequired[list[str] | None]
    """Of a condition: what the request has; None where it has nothing of that name."""
    moreActual: NotRequired[int]


class Policy(TypedDict):
    """A policy and its statements."""

    policy: str
    """The name of an inline policy, or the ARN of a managed policy or of one of an organization."""
    level: NotRequired[int]
    """Of a policy of an organization, where it is attached: 0 is the root, the account itself comes last."""
    statements: list[Statement]


class Layer(TypedDict):
    """What a kind of policy says."""

    layer: LayerName
    says: Literal["allows", "denies", "is silent", "does not apply"]
    because: NotRequired[str]
    """Why it has no say, or says what no policy in it does."""
    policies: list[Policy]


class Grant(_Applied):
    """What became of a grant of the key."""

    grantId: str
    outcome: Literal["applied", "operation", "grantee", "constraint", "not visible yet"]
    constraint: NotRequired[str]
    """Which constraint does not hold."""


class Deciding(TypedDict, total=False):
    """The statement that decided, by ``policy``, ``statement`` and ``sid``, or the grant."""

    policy: str
    statement: int
    sid: str
    grantId: str


class Decision(TypedDict):
    """Why an action on something was allowed or denied."""

    version: int
    """The version of this form."""
    action: str
    """What was to be done, such as ``kms:Decrypt``."""
    resource: str
    """The ARN of what it was to be done to."""
    ruling: Literal["allowed", "not allowed", "denied"]
    """``denied`` by a statement, or merely allowed by none."""
    decidedBy: str
    """The layer that decided, or what stood before all layers."""
    deciding: Deciding | None
    """What in it decided; None where no statement did: nothing allows, or the account is trusted."""
    layers: list[Layer]
    """What each layer says, in the order in which they are asked."""
    grants: list[Grant]
    """The grants of the key that were considered; ``moreGrants`` counts those that are not told."""
    moreGrants: NotRequired[int]
    text: str
    """All of it as a short text."""


class Refusal(TypedDict):
    """How a call would be refused."""

    code: str
    message: str | None


class Explanation(TypedDict):
    """What would become of a call, and why."""

    allowed: bool
    """Whether authorization lets the call through."""
    error: Refusal | None
    """The exception that the call would meet before it is performed; None where it would meet none."""
    decisions: list[Decision]
    """A decision for each action on each thing, in the order in which they are asked."""
    course: Course | None
    """What would happen in order; None where the call does not even begin."""


class Denial(TypedDict):
    """A call that was denied."""

    number: int
    """Counts them from 1."""
    time: datetime
    """When, by the world's clock."""
    operation: str
    request_id: str
    basis: int
    """The number of the last change before it."""
    caller: str
    """The ARN of the caller."""
    message: str | None
    """AWS's sentence."""
    decisions: list[Decision]
    """How each of its checks was decided; ReEncrypt has two."""
