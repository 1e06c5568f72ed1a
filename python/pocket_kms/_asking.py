"""Questions about what was recorded, and their members in Python's names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pocket_kms._moments import millis_of, moment_of

if TYPE_CHECKING:
    from pocket_kms import _native


class Asking:
    """Asks a world what was recorded in it, or what files have brought."""

    __slots__ = ("_of", "_world")

    def __init__(self, world: _native.World, of: str | None = None) -> None:
        self._world = world
        # The name of records that files have brought; None for those of the world.
        self._of = of

    def ask(self, question: str, **members: Any) -> Any:
        """What the core answers to any question, as `World::audit` describes it: the methods are the usual ones."""
        return self._asked(question, **members)

    def _asked(self, question: str, filter: Mapping[str, Any] | None = None, **members: Any) -> Any:
        """What the core answers to a question. Members that are None are not said."""
        said = {"question": question, **named(members)}
        if filter:
            said["filter"] = named(filter)
        if self._of is not None:
            said["of"] = self._of
        return self._world.audit(json.dumps(said, default=_other))

    def _pages(
        self, question: str, filter: Mapping[str, Any] | None, after: int | None = None, **members: Any
    ) -> Iterator[Any]:
        """All pages of an answer."""
        while True:
            page = self._asked(question, filter, after=after, **members)
            yield page
            if not page["more"]:
                return
            after = page["next"]


def named(members: Mapping[str, Any]) -> dict[str, Any]:
    """Members by the core's names: one of them is a word of Python, and has an underscore behind it here."""
    return {name.removesuffix("_"): value for name, value in members.items() if value is not None}


def instant(seconds: Any) -> datetime:
    """The instant of JSON's seconds."""
    return moment_of(round(seconds * 1000))


def _other(value: object) -> object:
    """What JSON does not know."""
    if isinstance(value, datetime):
        return millis_of(value) / 1000
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (Sequence, set, frozenset)):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not a value that a question has: {value!r}")
