"""Faults on demand: what chosen calls of a world meet instead of their answers."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class FaultCall:
    """A call of which somebody says whether a fault applies to it."""

    operation: OperationName
    """The operation."""
    key: str | None
    """The ARN of the key that the call is about, where one was found."""
    caller: str
    """The ARN of the caller."""
    region: str
    """The Region that is called."""
    time: datetime
    """When, by the world's clock."""
    input: dict[str, Any]
    """The request as JSON has it, whoever sends it: blobs are texts in base64, timestamps are seconds."""


class _Fault(TypedDict, total=False):
    """What is said of a fault, and told of it again."""

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
    """How many calls meet it; without a number, all do."""
    every: int
    """Every nth call that fits meets it."""
    probability: float
    """How probably a call that fits meets it, from 0 to 1. In a world with a seed the same calls do each time."""
    between: tuple[datetime | str | None, datetime | str | None]
    """Two instants of the world's clock."""
    retry_after: int
    """What the response tells an SDK to wait, in milliseconds."""
    delay: int
    """How long the answer is kept back, in milliseconds; ``slow`` needs it."""


class Fault(_Fault, total=False):
    """A fault and the calls that meet it: ``fault`` must be there, and what else is left out fits every call."""

    when: Callable[[FaultCall], object]
    """Says of each call that fits whether it counts: only then does the call meet the fault. It may itself call the world.
    What it raises, the caller gets, and nothing has happened; a served world answers KMSInternalException."""


class FaultRule(_Fault, total=False):
    """A fault that calls of a world meet, and how many have: what was left out is left out here, too."""

    when: bool
    """True where a function of the world's process decides, too."""
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
        self._rules: list[list[tuple[int, int | None]]] = []
        self._told: list[FaultRule] = []

    def start(self) -> Faults:
        rules: list[tuple[int, int | None]] = []
        self._rules.append(rules)
        try:
            rules.extend(self._added(said) for said in self._said)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        if not self._rules:
            raise RuntimeError("these faults have ended, or nobody has started them")
        try:
            told = self._world.faults()
        except ValueError:
            # The world is disposed of, and its faults are gone with it. What they came to nobody can tell any more: they
            # stay here, so that whoever asks for it hears why.
            return
        ended = self._rules.pop()
        ids = [rule for rule, _ in ended]
        self._told += [rule for rule in told if rule["id"] in ids]
        for rule, predicate in ended:
            self._world.remove_fault(rule)
            self._world.forget(predicate)

    def _added(self, said: Mapping[str, Any]) -> tuple[int, int | None]:
        """The rule of a fault, and the number of its predicate."""
        if said.get("when") is None:
            return self._world.add_fault(said)
        others = {name: value for name, value in said.items() if name != "when"}
        return self._world.add_fault(others, _predicate(said["when"]))

    @property
    def fitted(self) -> int:
        """How many calls these faults fitted."""
        return self._counted("fitted")

    @property
    def acted(self) -> int:
        """How many of them met one."""
        return self._counted("acted")

    def _counted(self, member: Literal["fitted", "acted"]) -> int:
        living = {rule for rules in self._rules for rule, _ in rules}
        told = [rule for rule in self._world.faults() if rule["id"] in living] if living else []
        return sum(rule[member] for rule in (*self._told, *told))

    def __repr__(self) -> str:
        return f"<Faults {', '.join(str(said.get('fault')) for said in self._said)}>"


def _predicate(when: Any) -> Callable[[dict[str, Any]], bool]:
    """What the world calls with what it tells of a call."""
    if not callable(when):
        raise TypeError(f"when is a function that takes a call and says whether the fault applies, not {when!r}")

    def applies(told: dict[str, Any]) -> bool:
        said = when(FaultCall(**told))
        if inspect.isawaitable(said):
            if inspect.iscoroutine(said):
                said.close()
            raise TypeError("when says at once whether the fault applies: it is a function, and not a coroutine function")
        return bool(said)

    return applies


def faults(world: _native.World, said: Sequence[str | Mapping[str, Any]], members: Mapping[str, Any]) -> Faults:
    """Faults that are said by their names, with these members each, or by structures of their own."""
    wanted = {name: value for name, value in members.items() if value is not None}
    return Faults(world, [{**_members(one), **wanted} for one in said])


def _members(fault: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """What is said of a fault by its name, or by its structure."""
    if isinstance(fault, str):
        return {"fault": fault}
    if isinstance(fault, Mapping):
        return fault
    example = 'a name such as "throttled", or a structure such as {"fault": "slow", "delay": 100}'
    raise TypeError(f"a fault is {example}, not {type(fault).__name__}")
