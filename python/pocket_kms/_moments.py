"""Datetimes and lengths of time as the milliseconds of the native part, and back.

Whoever does not use them does not wait for the import of `datetime`, which takes as long as that of all the rest.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from pocket_kms import _native

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MILLISECOND = timedelta(milliseconds=1)


def millis_of(moment: datetime) -> int:
    """Milliseconds since 1970 of a datetime that says its offset from UTC."""
    if not isinstance(moment, datetime):
        raise TypeError(f"a datetime is wanted, not {type(moment).__name__}")
    if moment.utcoffset() is None:
        raise ValueError("the datetime must have a time zone, such as datetime(2030, 1, 1, tzinfo=timezone.utc)")
    return (moment - _EPOCH) // _MILLISECOND


def read_millis(moment: datetime | str) -> int:
    """The same, also of a text, which the core reads."""
    return _native.moment(moment) if isinstance(moment, str) else millis_of(moment)


def moment_of(millis: int) -> datetime:
    """The datetime in UTC of milliseconds since 1970."""
    return _EPOCH + millis * _MILLISECOND


def span_millis(span: str | timedelta) -> int:
    """The milliseconds of a length of time."""
    if isinstance(span, timedelta):
        return _native.span(f"{span // _MILLISECOND}ms")
    if isinstance(span, str):
        return _native.span(span)
    raise TypeError(f'a timedelta or a text such as "30d" is wanted, not {type(span).__name__}')
