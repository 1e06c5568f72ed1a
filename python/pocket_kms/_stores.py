"""What custom key stores stand on: simulated CloudHSM clusters, VPC endpoint services, and external key store proxies.

These classes name entries of one form, which the core reads, and actions of an owner, which the core knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pocket_kms._errors import shown


if TYPE_CHECKING:
    from pocket_kms import _native
    from pocket_kms._proxy import RegisteredProxies

Kind = Literal["clusters", "endpointServices", "proxies"]


class Simulated:
    """Something that a custom key store stands on, by its name."""

    __slots__ = ("_world", "name")

    _kind: Kind

    def __init__(self, world: _native.World, name: str) -> None:
        self._world = world
        self.name = name

    def to_dict(self) -> dict[str, Any]:
        """What is registered of it, without secrets. Raises ``KeyError`` where nothing is."""
        told: dict[str, Any] = self._world.stores_setup()[self._kind][self.name]
        return told

    def remove(self) -> None:
        """Removes it. A cluster is ``DELETED`` then: its backups stay."""
        register(self._world, self._kind, self.name, None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and other._world is self._world and other.name == self.name

    def __hash__(self) -> int:
        return hash((self._kind, self.name))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"


_Simulated = TypeVar("_Simulated", bound=Simulated)


class Registered(Mapping[str, _Simulated]):
    """What of a kind is registered, by name."""

    __slots__ = ("_one", "_world")

    def __init__(self, world: _native.World, one: type[_Simulated]) -> None:
        self._world = world
        self._one = one

    def __getitem__(self, name: str) -> _Simulated:
        if name not in self._told():
            raise KeyError(name)
        return self._one(self._world, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._told())

    def __len__(self) -> int:
        return len(self._told())

    def __repr__(self) -> str:
        return shown(type(self).__name__, lambda: ", ".join(self) or "none")

    def _register(self, name: str, members: Mapping[str, Any]) -> _Simulated:
        register(self._world, self._one._kind, name, said(members))
        return self._one(self._world, name)

    def _told(self) -> dict[str, Any]:
        told: dict[str, Any] = self._world.stores_setup().get(self._one._kind, {})
        return told


class Stores:
    """All of them in one form: what ``to_dict`` gives, ``register``, JavaScript and HTTP read."""

    __slots__ = ("_world",)

    def __init__(self, world: _native.World) -> None:
        self._world = world

    def register(self, entries: Mapping[str, Any]) -> None:
        """Registers all of these entries, or none: ``{"clusters": {...}, "endpoint_services": {...}, "proxies": {...}}``.

        The names of members are those of JSON or of Python; None removes an entry. Raises ``ValueError`` with a sentence
        that names the place.
        """
        self._world.register_stores(entries)

    @property
    def proxies(self) -> RegisteredProxies:
        """The simulated external key store proxies, by their endpoints and prefixes; ``kms.proxy`` registers one."""
        from pocket_kms._proxy import Proxy, RegisteredProxies

        return RegisteredProxies(self._world, Proxy)

    def to_dict(self) -> dict[str, Any]:
        """Everything that is registered, without secrets."""
        return self._world.stores_setup()

    def __repr__(self) -> str:
        def counted() -> str:
            return ", ".join(f"{len(entries)} {name}" for name, entries in self.to_dict().items()) or "none"

        return shown("Stores", counted)


def register(world: _native.World, kind: Kind, name: str, entry: Mapping[str, Any] | None) -> None:
    """Registers one entry."""
    world.register_stores({kind: {name: entry}})


def said(members: Mapping[str, Any]) -> dict[str, Any]:
    """The members that are said."""
    return {name: value for name, value in members.items() if value is not None}
