"""Metrics and alarms, as data: one form for every language."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict


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
