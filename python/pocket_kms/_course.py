"""What happened in order when a call was made, and what keeps a ciphertext closed, as data: one form for every language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from pocket_kms._decisions import Decision
    from typing_extensions import NotRequired

StepName = Literal[
    "operation", "shape", "due", "keys", "quotas", "decision", "state", "performance", "changes", "record"
]


class NamedKey(TypedDict):
    """A name in a request, and where it leads."""

    member: str
    name: str
    form: Literal["key ID", "key ARN", "alias name", "alias ARN", "none of the four forms"]
    exists: bool
    alias: NotRequired[str]
    """The ARN of the alias."""
    key: NotRequired[str]
    """The ARN of the key."""
    hiddenBy: NotRequired[str]
    """The lag that still hides it."""
    elsewhere: NotRequired[list[str]]
    """Where the account has a key of this id, or an alias of this name, in other Regions."""


class Step(TypedDict):
    """A step of a call, its fate, and its facts where it was reached; which ones there are depends on the step."""

    step: StepName
    fate: Literal["passed", "refused", "not reached"]
    action: NotRequired[str]
    """Of ``operation``: what the caller needs, such as ``kms:Decrypt``."""
    read: NotRequired[list[str]]
    """Of ``shape``: the members that the operation knows."""
    ignored: NotRequired[list[str]]
    """Of ``shape``: the members that it does not know."""
    settled: NotRequired[int]
    """Of ``due``: how much had fallen due."""
    made: NotRequired[list[str]]
    """Of ``due``: the AWS managed keys that the call was the first to use."""
    names: NotRequired[list[NamedKey]]
    """Of ``keys``: how each name was resolved."""
    ciphertext: NotRequired[dict[str, Any]]
    """Of ``keys``: what the ciphertext of the request says of its key."""
    keys: NotRequired[list[dict[str, Any]]]
    """Of ``keys`` and ``state``: the keys that the call is about, and what they are."""
    costs: NotRequired[list[dict[str, Any]]]
    """Of ``quotas``: what the call costs."""
    enforced: NotRequired[bool]
    """Of ``quotas``: whether anybody counts."""
    authorized: NotRequired[bool]
    """Of ``decision``; how it was decided, ``decisions`` tell."""
    cryptographic: NotRequired[bool]
    """Of ``performance``."""
    dryRun: NotRequired[bool]
    """Of ``performance``."""
    given: NotRequired[list[dict[str, Any]]]
    """Of ``performance``: choices, numbers, and the lengths of bytes in the request."""
    answered: NotRequired[list[dict[str, Any]]]
    """Of ``performance``: the same of the reply."""
    contexts: NotRequired[list[dict[str, Any]]]
    """Of ``performance``: the encryption contexts."""
    count: NotRequired[int]
    """Of ``changes``: how many there are."""
    changes: NotRequired[list[dict[str, Any]]]
    """Of ``changes``: ``number``, ``table``, ``key`` and ``removed`` of each."""
    records: NotRequired[list[dict[str, Any]]]
    """Of ``record``: ``eventId``, ``eventName``, ``account`` and ``region`` of each."""


class MetFault(TypedDict):
    """The fault on demand that has met a call."""

    kind: str
    moment: Literal["before", "after"]


class Course(TypedDict):
    """What happened to a call at every step. No secret is in it."""

    version: int
    operation: str
    requestId: str | None
    """None for a call that was only explained."""
    time: datetime
    fault: NotRequired[MetFault]
    steps: list[Step]
    """All ten, in order."""


class TracedError(TypedDict):
    """How a call was refused; ``code`` is None where nothing of KMS reached the caller."""

    code: str | None
    message: str | None
    reasons: list[str]


class Traced(TypedDict):
    """A reply or a refusal, and what happened in order."""

    reply: dict[str, Any] | None
    error: TracedError | None
    requestId: str
    decisions: list[Decision]
    drew: bool
    """Whether the call has taken what the world draws next, as all do but those that only look and leave nothing behind."""
    course: Course | None
    """None where the call did not even begin."""


class KnownFrom(TypedDict):
    """From where an encryption context is known."""

    Kind: Literal["empty", "shorter", "trimmed", "grant", "record"]
    GrantId: NotRequired[str]
    EventId: NotRequired[str]
    EventName: NotRequired[str]
    EventTime: NotRequired[datetime]


class Diagnosis(TypedDict):
    """Whether a blob is opened, and what differs where it is not; where the blob has the layout, also what it says of itself."""

    Verdict: Literal[
        "opens",
        "another context",
        "another key",
        "altered or unknown context",
        "key deleted",
        "material missing",
        "another Region",
        "external key",
        "unknown key",
        "cannot be told",
        "not a blob",
    ]
    Sentences: list[str]
    """The same in words."""
    MadeBy: NotRequired[str]
    """The ARN of the key that made it, also of one that is gone."""
    KeyState: NotRequired[str]
    EncryptionContext: NotRequired[dict[str, str]]
    """The one under which it opens, where that is another one."""
    KnownFrom: NotRequired[KnownFrom]
    ContextsTried: NotRequired[int]
    """How many others were tried."""
    EncryptionAlgorithm: NotRequired[str]
    """The one with which an asymmetric key opens it."""
    Format: NotRequired[int]
    Maker: NotRequired[str]
    KeyMaterialId: NotRequired[str]
    KeyIds: NotRequired[list[str]]
    Algorithm: NotRequired[str]
    Length: NotRequired[int]
    PlaintextLength: NotRequired[int]
    External: NotRequired[dict[str, int]]
    Note: NotRequired[str]
