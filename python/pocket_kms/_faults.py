"""Faults on demand: what chosen calls of a world meet instead of their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from pocket_kms import _native
from pocket_kms._surrounding import Surrounding

if TYPE_CHECKING:
    from pocket_kms.operations import OperationName

FaultName = Literal[
    "throttled",
    "limit-exceeded",
    "internal",
    "dependency-timeout",
    "key-unavailable",
    "creating",
    "updating",
    "pending-import",
    "pending-deletion",
    "disabled",
    "not-found",
    "access-denied",
    "conflict",
    "expired-credentials",
    "service-unavailable",
    "bad-gateway",
    "too-many-requests",
    "connection-reset",
    "slow",
]


class Fault(TypedDict, total=False):
    """A fault and the calls that meet it: ``fault`` must be there, and what else is left out fits every call."""

    fault: FaultName
    """Which fault it is."""
    moment: Literal["before", "after"]
    """``before`` anything is decided, which changes nothing, or ``after``: the call has done its work, and its answer is
    lost."""
    operation: OperationName | Sequence[OperationName]
    """The operations."""
    key: str
    """The id, ARN or alias of the key that the call is about."""
    account: str
    """The account of the caller."""
    region: str
    """The Region that is called."""
    caller: str
    """Who calls, as in ``call``; the ARN of a role means its sessions."""
    count: int
    """So many calls meet it; without it all do."""
    every: int
    """Each n-th call that fits meets it."""
    probability: float
    """How probably a call that fits meets it, from 0 to 1. In a world with a seed the same calls do each time."""
    between: tuple[datetime | str | None, datetime | str | None]
    """Two instants of the world's clock."""
    retry_after: int
    """What the response tells an SDK to wait, in milliseconds."""
    delay: int
    """How long the answer is kept back, in milliseconds; ``slow`` needs it."""


class FaultRule(Fault):
    """A fault that calls of a world meet, and how many have: what was left out is left out here, too."""

    id: int
    """The number of the rule, as ``acted_faults`` names it."""
    fitted: int
    """How many calls it fitted."""
    acted: int
    """How many of them met it."""


class Faults(Surrounding["Faults"]):
    """Acts inside of a ``with`` block, around the calls of what it decorates, or from start to stop."""

    __slots__ = ("_rules", "_said", "_told", "_world")

    def __init__(self, world: _native.World, said: Sequence[Mapping[str, Any]]) -> None:
        self._world = world
        self._said = said
        # The rules of each stay, the innermost last, and what was told of those that have ended.
        self._rules: list[list[int]] = []
        self._told: list[FaultRule] = []

    def start(self) -> Faults:
        rules: list[int] = []
        self._rules.append(rules)
        try:
            rules.extend(self._world.add_fault(said) for said in self._said)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        ended = self._rules.pop()
        self._told += [rule for rule in self._world.faults() if rule["id"] in ended]
        for rule in ended:
            self._world.remove_fault(rule)

    @property
    def fitted(self) -> int:
        """How many calls these faults fitted."""
        return self._counted("fitted")

    @property
    def acted(self) -> int:
        """How many of them met one."""
        return self._counted("acted")

    def _counted(self, member: Literal["fitted", "acted"]) -> int:
        living = {rule for rules in self._rules for rule in rules}
        told = [*self._told, *(rule for rule in self._world.faults() if rule["id"] in living)]
        return sum(rule[member] for rule in told)

    def __repr__(self) -> str:
        return f"<Faults {', '.join(str(said.get('fault')) for said in self._said)}>"


def faults(world: _native.World, said: Sequence[str | Mapping[str, Any]], members: Mapping[str, Any]) -> Faults:
    """Faults that are said by their names, with these members each, or by structures of their own."""
    wanted = {name: value for name, value in members.items() if value is not None}
    return Faults(world, [{**({"fault": one} if isinstance(one, str) else one), **wanted} for one in said])
