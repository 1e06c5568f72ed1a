"""Records of CloudTrail and what is made of them, as data: names and members are AWS's."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Union

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typing_extensions import NotRequired


class Options(TypedDict, total=False):
    """What is told of calls, and for how long it is kept."""

    kept: int | Literal["all", "none"]
    """How many records are kept, the newest: 10,000 where nothing else is said."""
    throttled: bool
    """Whether calls that were throttled are recorded."""
    network_activity: bool
    """Whether calls through VPC endpoints give network activity events, too."""
    full_foreign_identity: bool
    """Whether owners of keys see who of another account has called, which AWS does not show them."""
    in_snapshots: bool
    """Whether snapshots have the records."""


class Circumstances(TypedDict, total=False):
    """Under which circumstances calls were made that are meant."""

    caller: str
    """The ARN of a principal, an account, or the name of a service; a role means its sessions, too. A pattern, in which
    ``*`` stands for any text."""
    alias: str
    """The alias that the request used. A pattern."""
    encryption_context: Mapping[str, str | None]
    """Pairs that an encryption context of the request has; None stands for any value."""
    via: str
    """The service that forwarded the caller's session."""
    outcome: Literal["ok", "refused", "denied"]
    """What came of it; what was denied was refused, too."""
    error: str
    """``errorCode``. A pattern."""
    read_only: bool
    from_: datetime | str
    """The first instant that is meant."""
    to: datetime | str
    """The last one."""
    grant: str
    """The id of a grant."""
    request_id: str
    event_id: str
    shared_id: str
    pattern: str
    """A filter pattern of CloudWatch Logs, such as ``{ $.eventName = "Decrypt" }``."""


class Where(Circumstances, total=False):
    """Which records of an operation are meant."""

    key: str | Sequence[str]
    """The id, ARN or alias of a key, or several."""
    account: str
    """Whose record it is."""
    region: str


class Filter(Where, total=False):
    """Which records are meant: those that have all of it. What is left out fits every record."""

    operation: str | Sequence[str]
    """An operation, or what KMS does by itself, such as ``RotateKey``; or several. Patterns."""


class SessionIssuer(TypedDict, total=False):
    """Whose session it is."""

    type: str
    principalId: str
    arn: str
    accountId: str
    userName: str


class SessionContext(TypedDict, total=False):
    """The session of a caller."""

    sessionIssuer: SessionIssuer
    webIdFederationData: dict[str, Any]
    attributes: dict[str, str]
    sourceIdentity: str
    ec2RoleDelivery: str
    assumedRoot: str


class UserIdentity(TypedDict, total=False):
    """Who has acted."""

    type: str
    principalId: str
    arn: str
    accountId: str
    accessKeyId: str
    userName: str
    sessionContext: SessionContext
    invokedBy: str
    inScopeOf: dict[str, str]
    onBehalfOf: dict[str, str]


class RecordResource(TypedDict):
    """A key or an alias that an action has reached."""

    accountId: str
    type: str
    ARN: str


class TlsDetails(TypedDict, total=False):
    """How the connection was secured."""

    tlsVersion: str
    cipherSuite: str
    clientProvidedHostHeader: str
    keyExchange: str


class Record(TypedDict):
    """A record of CloudTrail."""

    eventVersion: str
    userIdentity: UserIdentity
    eventTime: str
    eventSource: str
    eventName: str
    awsRegion: str
    sourceIPAddress: str
    userAgent: NotRequired[str]
    errorCode: NotRequired[str]
    errorMessage: NotRequired[str]
    requestParameters: dict[str, Any] | None
    responseElements: dict[str, Any] | None
    additionalEventData: NotRequired[dict[str, Any]]
    requestID: NotRequired[str]
    eventID: str
    readOnly: NotRequired[bool]
    resources: NotRequired[list[RecordResource]]
    eventType: Literal["AwsApiCall", "AwsServiceEvent", "AwsVpceEvent"]
    managementEvent: NotRequired[bool]
    recipientAccountId: str
    serviceEventDetails: NotRequired[dict[str, Any]]
    sharedEventID: NotRequired[str]
    vpcEndpointId: NotRequired[str]
    vpcEndpointAccountId: NotRequired[str]
    eventCategory: str
    tlsDetails: NotRequired[TlsDetails]
    sessionCredentialFromConsole: NotRequired[str]


class Records(TypedDict):
    """A page of records."""

    records: list[Record]
    numbers: list[int]
    """The numbers of the records: they are counted from 1."""
    next: int
    """From which number to go on: ``after`` it, or, newest first, ``before`` it."""
    more: bool
    """Whether there are more."""
    oldest: int
    """The number of the oldest record that is kept."""
    dropped: int
    """How many records are not kept any more."""


# An event of EventBridge; one of its names is not one of Python's.
Event = TypedDict(
    "Event",
    {
        "version": str,
        "id": str,
        "detail-type": str,
        "source": str,
        "account": str,
        "time": str,
        "region": str,
        "resources": "list[str]",
        "detail": "dict[str, Any]",
    },
)

class LookedUpResource(TypedDict):
    """A key that an event has changed."""

    ResourceType: str
    ResourceName: str


class LookedUpEvent(TypedDict):
    """An event as CloudTrail's LookupEvents tells it."""

    EventId: str
    EventName: str
    ReadOnly: Literal["true", "false"]
    AccessKeyId: NotRequired[str]
    EventTime: datetime
    EventSource: str
    Username: NotRequired[str]
    Resources: list[LookedUpResource]
    CloudTrailEvent: str
    """The record as JSON text."""


class LookedUp(TypedDict):
    """A page of events."""

    Events: list[LookedUpEvent]
    NextToken: NotRequired[str]


# Which events a rule of EventBridge hears of.
RuleState = Literal["ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"]

# What names an instant.
Instant = Union[datetime, str]
