"""Metrics and alarms, as data: one form for every language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pocket_kms._records import Filter


class Metric(TypedDict):
    """A metric of CloudWatch."""

    namespace: str
    name: str
    account: str
    region: str
    dimensions: dict[str, str]


class Datum(TypedDict):
    """A period of a metric."""

    time: datetime
    """Its beginning."""
    value: float


AlarmState = Literal["OK", "ALARM", "INSUFFICIENT_DATA"]

RecipeName = Literal[
    "proxy_certificate",
    "proxy_latency",
    "proxy_retryable_errors",
    "proxy_non_retryable_errors",
    "unavailable_key_managers",
    "degraded_key_managers",
    "material_expiring",
    "pending_deletion_use",
    "disabled_or_scheduled_for_deletion",
    "quota_share",
]


class AlarmForm(TypedDict, total=False):
    """An alarm as it is put; names and values are those of CloudWatch."""

    name: str
    """The recipe's where there is one."""
    recipe: RecipeName
    """One that AWS recommends: its members hold where nothing else is said."""
    description: str
    account: str
    region: str
    namespace: str
    metric: str
    dimensions: Mapping[str, str | None]
    """None stands for any value."""
    filter: Filter
    """In place of a metric: the records that are counted."""
    key: str
    store: str
    quota: str
    """Of ``quota_share``: the request quota, of which ``threshold`` is a share of a hundred."""
    statistic: str
    period: int
    """In seconds."""
    evaluation_periods: int
    datapoints_to_alarm: int
    threshold: float
    comparison: Literal[
        "GreaterThanOrEqualToThreshold",
        "GreaterThanThreshold",
        "LessThanThreshold",
        "LessThanOrEqualToThreshold",
    ]
    treat_missing_data: Literal["missing", "ignore", "breaching", "notBreaching"]


class Alarm(TypedDict):
    """Where an alarm stands."""

    name: str
    state: AlarmState
    since: datetime
    reason: str
    alarm: dict[str, Any]
    """As it was put."""


# One of its names is a word of Python.
AlarmChange = TypedDict(
    "AlarmChange",
    {"number": int, "name": str, "time": datetime, "from": AlarmState, "to": AlarmState, "reason": str},
)


class Alarms(TypedDict):
    """Alarms and their changes."""

    alarms: list[Alarm]
    changes: list[AlarmChange]
    """When they went to another state, by the world's time, oldest first."""
    next: int
    """The number of the newest change."""
    dropped: int
    """How many changes are not kept any more."""
