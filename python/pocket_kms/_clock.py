"""The clock of a world: it runs with the host's or is frozen, and moves when its owner sets it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

from pocket_kms import _native

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MILLISECOND = timedelta(milliseconds=1)


def host_millis() -> int:
    """The time of the host's clock; tools that freeze Python's time freeze this one."""
    return time.time_ns() // 1_000_000


def millis_of(moment: datetime) -> int:
    """Milliseconds since 1970 of a datetime that says its offset from UTC."""
    if not isinstance(moment, datetime):
        raise TypeError(f"a datetime is wanted, not {type(moment).__name__}")
    if moment.utcoffset() is None:
        raise ValueError("the datetime must have a time zone, such as datetime(2030, 1, 1, tzinfo=timezone.utc)")
    return (moment - _EPOCH) // _MILLISECOND


def moment_of(millis: int) -> datetime:
    """The datetime in UTC of milliseconds since 1970."""
    return _EPOCH + millis * _MILLISECOND


class Clock:
    """The clock of a world, with a resolution of one millisecond."""

    __slots__ = ("_world",)

    def __init__(self, world: _native.World) -> None:
        self._world = world

    @property
    def now(self) -> datetime:
        """The world's time, in UTC."""
        return moment_of(self._world.now(host_millis()))

    @property
    def frozen(self) -> bool:
        """Whether it stands."""
        return self._world.is_frozen

    def set(self, moment: datetime) -> None:
        """Sets the clock, forward or back; it stays running or frozen. What has fallen due by then happens at once."""
        self._world.set_time(millis_of(moment), host_millis())

    def advance(self, span: str | timedelta) -> None:
        """Moves the clock forward by a timedelta or a text such as ``"30d"``, ``"1d 12h"``, ``"1.5h"``, ``"7 days"``.

        Units are ms, s, m or min, h, d, w and y, or their names; a year is 365 days.
        """
        self._world.advance(_span_millis(span), host_millis())

    def freeze(self, at: datetime | None = None) -> None:
        """Freezes the clock, where it is or at a given time."""
        self._world.freeze(host_millis())
        if at is not None:
            self.set(at)

    def resume(self) -> None:
        """Lets the clock run on from where it is."""
        self._world.resume(host_millis())

    def __repr__(self) -> str:
        return f"<Clock {self.now.isoformat()}>"


def _span_millis(span: str | timedelta) -> int:
    if isinstance(span, timedelta):
        return _native.span(f"{span // _MILLISECOND}ms")
    if isinstance(span, str):
        return _native.span(span)
    raise TypeError(f'a timedelta or a text such as "30d" is wanted, not {type(span).__name__}')
