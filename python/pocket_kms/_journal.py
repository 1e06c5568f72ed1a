"""What has changed in a world, what fell due, and what will."""

from __future__ import annotations

# The name that type checkers know; importing `typing` would take as long as all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from pocket_kms import _native


class Journal:
    """The journal of a world, and its time line. Nothing changes by reading them."""

    __slots__ = ()

    if TYPE_CHECKING:
        _world: _native.World

    @property
    def next_deadline(self) -> datetime | None:
        """When something falls due next, such as the deletion of a key; None when nothing does."""
        return next((due["time"] for due in self.deadlines(1)), None)

    def deadlines(self, most: int = 1000) -> list[dict[str, Any]]:
        """What falls due, soonest first, as things stand: at most ``most`` deadlines.

        Each has ``time``, ``kind`` and ``subject``, as in ``events``. Of a key that rotates every year this has the next
        rotation.
        """
        return self._world.deadlines(most)

    def changes(self, after: int = 0) -> list[dict[str, Any]]:
        """The journal: every change since the world began, oldest first, behind the one with the number ``after``.

        Each has ``number``, ``time``, ``operation`` and ``request_id`` (None where no call did it), ``due`` (what fell due, as
        in ``events``), ``fault`` (the one that the call has met), ``table``, ``key`` and ``row``.
        """
        return self._world.changes(after)

    def events(self, after: int = 0) -> list[dict[str, Any]]:
        """What fell due, oldest first, behind the change with the number ``after``: rotations, deletions, expiries.

        Each has ``number`` (of its first change), ``time``, ``kind`` and ``subject``; one that stands for a run of equal
        ones has ``times`` and ``every``, in milliseconds.
        """
        return self._world.events(after)
