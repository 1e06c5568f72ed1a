"""The clock of a world: it runs with the host's or is frozen, and moves when its owner sets it."""

from __future__ import annotations

from pocket_kms import _native
from pocket_kms._errors import shown

# The name that type checkers know; importing `typing` would take as long as all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime, timedelta


class Clock:
    """The clock of a world, with a resolution of one millisecond."""

    __slots__ = ("_world",)

    def __init__(self, world: _native.World) -> None:
        self._world = world

    @property
    def now(self) -> datetime:
        """The world's time, in UTC."""
        from pocket_kms._moments import moment_of

        return moment_of(self._world.now())

    @property
    def frozen(self) -> bool:
        """Whether it stands."""
        return self._world.is_frozen

    def set(self, moment: datetime) -> None:
        """Sets the clock, forward or back; it stays running or frozen. What has fallen due by then happens at once.

        To set it back is harmless: what has happened stays, no rotation happens twice, and what is to fall due keeps its
        instant.
        """
        from pocket_kms._moments import millis_of

        self._world.set_time(millis_of(moment))

    def advance(self, span: str | timedelta) -> None:
        """Moves the clock forward by a timedelta or a text such as ``"30d"``, ``"1d 12h"``, ``"1.5h"``, ``"7 days"``.

        Units are ms, s, m or min, h, d, w and y, or their names; a year is 365 days.
        """
        from pocket_kms._moments import span_millis

        self._world.advance(span_millis(span))

    def freeze(self, at: datetime | None = None) -> None:
        """Freezes the clock, where it is or at a given time."""
        if at is None:
            self._world.freeze()
            return
        from pocket_kms._moments import millis_of

        # A time that cannot be read freezes nothing.
        millis = millis_of(at)
        self._world.freeze()
        self._world.set_time(millis)

    def resume(self) -> None:
        """Lets the clock run on from where it is."""
        self._world.resume()

    def __repr__(self) -> str:
        return shown("Clock", lambda: self.now.isoformat())
