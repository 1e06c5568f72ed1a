"""The settings of a world: quotas, lags and Regions, by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping

from pocket_kms import _native
from pocket_kms._errors import shown

# The name that type checkers know; importing `typing` would take as long as all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pocket_kms._native import QuotaUsage


class Settings(MutableMapping[str, "int | float | str"]):
    """A mapping from names to what is set; what is missing is as AWS has it.

    Behind an ``@`` stands where a setting holds: an account (``quota/keys@111122223333``), a Region
    (``quota/keys@eu-west-1``), both (``quota/keys@111122223333/eu-west-1``) or the ARN of a key. ``kms.quotas`` is the part
    below ``quota/``, and says ``keys`` for ``quota/keys``.
    """

    __slots__ = ("_prefix", "_world")

    def __init__(self, world: _native.World, prefix: str = "") -> None:
        self._world = world
        self._prefix = prefix

    def update(self, other: Any = (), /, **named: Any) -> None:
        """Makes all of these settings, or none where one of them cannot be made; None takes a setting back.

        Raises ``ValueError`` with a sentence that says which names there are.
        """
        given = {**(other if isinstance(other, Mapping) else dict(other)), **named}
        self._world.set({self._prefix + name: number for name, number in given.items()})

    def __getitem__(self, name: str) -> int | float | str:
        return self._all()[name]

    def __setitem__(self, name: str, number: int | float | str | None) -> None:
        self.update({name: number})

    def __delitem__(self, name: str) -> None:
        self[name]
        self.update({name: None})

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return shown(type(self).__name__, lambda: str(self._all()))

    def _all(self) -> dict[str, int | float | str]:
        told, prefix = self._world.settings(), self._prefix
        return {name[len(prefix) :]: number for name, number in told.items() if name.startswith(prefix)}


class Quotas(Settings):
    """The settings below ``quota/``, and how much of every quota is used."""

    __slots__ = ()

    def used(self, account: str | None = None, region: str | None = None) -> list[QuotaUsage]:
        """Every quota of an account in a Region, of requests, too, with its ``limit`` and its ``usage``.

        The account is the world's and the Region ``us-east-1`` where none is given. Raises ``ValueError`` where there is no
        such account or Region.
        """
        return self._world.quotas(account, region)
