"""What was recorded of a world's calls: records, metrics, events, alarms, and what a test expects of them.

The core answers every question; this module gives its members Python's names, and raises.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pocket_kms import _native
from pocket_kms._clock import host_millis
from pocket_kms._moments import millis_of, moment_of

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    from pocket_kms._audit_files import Exported, Form, Paths
    from pocket_kms._caller import Caller
    from pocket_kms._follow import Subscription
    from pocket_kms._metrics import Datum, Metric
    from pocket_kms._records import Event, Filter, Instant, LookedUp, Options, Record, Records, RuleState, Where
    from typing_extensions import Unpack


class Audit:
    """What was recorded of the calls of a world: ``kms.audit.events(operation="Decrypt", key="alias/orders")``.

    Members of filters are those of :class:`pocket_kms.Filter`. To ask changes nothing. Raises
    :class:`pocket_kms.KmsError` with a sentence that names the place where a question cannot be read.
    """

    __slots__ = ("_of", "_world")

    def __init__(self, world: _native.World, of: str | None = None) -> None:
        self._world = world
        # The name of records that files have brought; None for those of the world.
        self._of = of

    @property
    def options(self) -> Options:
        """What is told of calls, and for how long it is kept."""
        told: Options = self._world.audit_options()
        return told

    def set(self, **options: Unpack[Options]) -> None:
        """Sets what is told of calls from now on: ``kms.audit.set(kept="all", network_activity=True)``.

        What is not said stays. Records beyond those that are to be kept are dropped at once. Raises ``ValueError`` with a
        sentence that says what there is.
        """
        self._world.set_audit(options)

    def events(self, **filter: Unpack[Filter]) -> list[Record]:
        """The records of CloudTrail that a filter fits, oldest first: dictionaries as CloudTrail writes them."""
        return [record for page in self._pages("records", filter) for record in page["records"]]

    def records(
        self,
        after: int | None = None,
        *,
        before: int | None = None,
        limit: int | None = None,
        order: Literal["oldest", "newest"] | None = None,
        **filter: Unpack[Filter],
    ) -> Records:
        """A page of the same, behind the record with the number ``after``, or before another one.

        ``order`` says which come first. ``next`` of a page is the ``after`` of the next one; newest first, the ``before``.
        """
        told: Records = self._asked("records", filter, after=after, before=before, limit=limit, order=order)
        return told

    def lookup_events(self, *, account: str | None = None, region: str | None = None, **input: Any) -> LookedUp:
        """What CloudTrail's LookupEvents answers, newest first: ``LookupAttributes``, ``StartTime``, ``EndTime``,
        ``MaxResults`` and ``NextToken`` are its members.

        The account is the world's and the Region ``us-east-1`` where none is given.
        """
        told: LookedUp = self._asked("lookup", input=input, account=account, region=region)
        for event in told["Events"]:
            # The answer is JSON, in which an instant is a number of seconds.
            event["EventTime"] = _instant(event["EventTime"])
        return told

    def assert_called(
        self,
        operation: str | Sequence[str] | None = None,
        *,
        times: int | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        after: int | None = None,
        **filter: Unpack[Where],
    ) -> None:
        """Raises ``AssertionError`` unless such calls were made, so many of them, or at least one.

        The message shows the nearest records and what differs in them. ``after`` is the number of a record behind which
        records count.
        """
        self._assert(operation, filter, after, times=times, at_least=at_least, at_most=at_most)

    def assert_not_called(
        self, operation: str | Sequence[str] | None = None, *, after: int | None = None, **filter: Unpack[Where]
    ) -> None:
        """Raises ``AssertionError`` where such a call was made."""
        self._assert(operation, filter, after, never=True)

    def assert_all(
        self,
        operation: str | Sequence[str] | None = None,
        *,
        where: Filter | None = None,
        after: int | None = None,
        **filter: Unpack[Where],
    ) -> None:
        """Raises ``AssertionError`` unless all calls are such ones:
        ``kms.audit.assert_all("Decrypt", encryption_context={"tenant": "blue"})``.

        All calls are those of the operations, or those that ``where`` fits.
        """
        self._assert(operation, where or {}, after, all=_named(filter))

    def assert_in_order(self, *steps: str | Filter, after: int | None = None) -> None:
        """Raises ``AssertionError`` unless such calls were made one after the other: names of operations, or filters."""
        self._assert(None, {}, after, in_order=[step if isinstance(step, str) else _named(step) for step in steps])

    def never_denied(self, *, after: int | None = None, **filter: Unpack[Filter]) -> None:
        """Raises ``AssertionError`` where such a call, or any at all, was denied."""
        self._assert(None, {**filter, "outcome": "denied"}, after, never=True)

    def _assert(
        self,
        operation: str | Sequence[str] | None,
        filter: Mapping[str, Any],
        after: int | None,
        **rule: Any,
    ) -> None:
        told = self._asked("assert", filter, operation=operation, after=after, **rule)
        if not told["holds"]:
            raise AssertionError(told["message"])

    def eventbridge(
        self,
        after: int | None = None,
        *,
        rule_state: RuleState | None = None,
        account: str | None = None,
        region: str | None = None,
        repeat_deletions: bool | None = None,
    ) -> list[Event]:
        """The events that EventBridge hands to the targets of a rule, oldest first, behind the record with a number.

        A rule that is ``ENABLED`` hears of no calls whose names begin with Describe, Get or List;
        ``ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`` hears of everything. With ``repeat_deletions``, the deletion of a
        key is told twice, as EventBridge may do.
        """
        wanted = {"rule_state": rule_state, "account": account, "region": region, "repeat_deletions": repeat_deletions}
        return [event for page in self._pages("events", None, after, **wanted) for event in page["events"]]

    def on_event(
        self,
        callback: Callable[[Event], object],
        *,
        after: int | None = None,
        rule_state: RuleState | None = None,
        account: str | None = None,
        region: str | None = None,
        repeat_deletions: bool | None = None,
    ) -> Subscription[Event]:
        """Tells a callback of events of EventBridge, after each call and each move of the clock, until the subscription is
        closed: ``with kms.audit.on_event(queue.put): ...``.

        What a callback raises harms no call, and loses no event: see :class:`pocket_kms.Subscription`. With ``after``, it is
        told at once what has happened behind that record. Other members are those of ``eventbridge``.
        """
        from pocket_kms._follow import follow

        wanted = {"rule_state": rule_state, "account": account, "region": region, "repeat_deletions": repeat_deletions}

        def news(after: int) -> tuple[list[Event], int, int]:
            pages = list(self._pages("events", None, after, **wanted))
            return [event for page in pages for event in page["events"]], pages[-1]["next"], pages[0]["dropped"]

        return follow(self._world, callback, self._newest() if after is None else after, news)

    def metrics(
        self,
        *,
        namespace: str | None = None,
        name: str | None = None,
        dimensions: Mapping[str, str | None] | None = None,
        account: str | None = None,
        region: str | None = None,
        recently_active: bool | None = None,
    ) -> list[Metric]:
        """The metrics of CloudWatch that there are; None stands for any value of a dimension.

        Those of two weeks, or with ``recently_active`` those of three hours.
        """
        told: list[Metric] = self._asked(
            "metrics",
            namespace=namespace,
            name=name,
            dimensions=dimensions,
            account=account,
            region=region,
            recently_active=recently_active,
        )["metrics"]
        return told

    def metric_data(
        self,
        name: str,
        *,
        statistic: str | None = None,
        period: int | None = None,
        from_: Instant | None = None,
        to: Instant | None = None,
        namespace: str | None = None,
        dimensions: Mapping[str, str | None] | None = None,
        account: str | None = None,
        region: str | None = None,
    ) -> list[Datum]:
        """The periods of a metric that have values, each with its ``time`` and its ``value``.

        ``statistic`` is ``Sum``, ``Average``, ``Minimum``, ``Maximum``, ``SampleCount`` or a percentile such as ``p99``,
        ``period`` is in seconds: 60 where none is given. They end now and begin three hours before, unless ``from_`` and
        ``to`` say otherwise.
        """
        told: list[Datum] = self._asked(
            "metric_data",
            name=name,
            statistic=statistic,
            period=period,
            from_=from_,
            to=to,
            namespace=namespace,
            dimensions=dimensions,
            account=account,
            region=region,
        )["data"]
        return told

    def open_metrics(self) -> str:
        """What all metrics have come to, in the text form of OpenMetrics; ``pocket-kms serve`` has it for Prometheus."""
        text: str = self._asked("open_metrics")["text"]
        return text

    def export(
        self,
        path: str | os.PathLike[str],
        form: Form = "trail",
        *,
        after: int = 0,
        **filter: Unpack[Filter],
    ) -> Exported:
        """Writes records as ``trail`` files of CloudTrail, packed, with their names in a folder; as ``lines`` of JSON; or as
        what ``lookup`` of events answers. The last two are one file, which is packed where its name ends with ``.gz``.

        Every file is there whole, or not at all. Raises :class:`pocket_kms.ExportStopped` where one cannot be written: it
        says where to go on.
        """
        from pocket_kms._audit_files import PAGE, export

        return export(path, form, lambda after: self._asked("export", filter, form=form, after=after, limit=PAGE), after)

    def import_(self, paths: Paths, into: str = "imported") -> Audit:
        """Reads records of CloudTrail from files, so that the same questions can be asked of them:
        ``kms.audit.import_("AWSLogs").assert_not_called("ScheduleKeyDeletion")``.

        Files are trail files of any version, packed or not, answers of LookupEvents, or records in lines; a folder stands
        for those in it. ``into`` is the name of the set to which they are added; records of other services are left out.
        Raises ``ValueError`` with the name of a file that cannot be read: files before it are in the set.
        """
        from pocket_kms._audit_files import read

        for path, content in read(paths):
            try:
                self._world.import_trail(into, content)
            except ValueError as error:
                raise ValueError(f"{path}: {error}") from error
        return Audit(self._world, into)

    def client(
        self,
        service: Literal["cloudtrail", "cloudwatch"],
        region_name: str | None = None,
        *,
        caller: Caller | str | None = None,
        **arguments: Any,
    ) -> Any:
        """A genuine boto3 client of CloudTrail or CloudWatch that this world answers, without a socket: as ``kms.client``.

        It looks up events and metrics of the account of its caller.
        """
        from pocket_kms._client import client

        if service not in ("cloudtrail", "cloudwatch"):
            raise ValueError(f"a world answers clients of cloudtrail and cloudwatch, not of {service}")
        sender = None if caller is None else _native.Sender(caller, None)
        return client(self._world, sender, region_name, arguments, service)

    def _newest(self) -> int:
        """The number of the newest record."""
        page = self._asked("records", order="newest", limit=1)
        newest: list[int] = page["numbers"]
        return newest[0] if newest else max(0, page["oldest"] - 1)

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

    def _asked(self, question: str, filter: Mapping[str, Any] | None = None, **members: Any) -> Any:
        """What the core answers to a question. Members that are None are not said."""
        said = {"question": question, **_named(members)}
        if filter:
            said["filter"] = _named(filter)
        if self._of is not None:
            said["of"] = self._of
        return self._world.audit(json.dumps(said, default=_other), host_millis())

    def __repr__(self) -> str:
        return "<Audit>" if self._of is None else f"<Audit of {self._of!r}>"


def _named(members: Mapping[str, Any]) -> dict[str, Any]:
    """Members by the core's names: one of them is a word of Python, and has an underscore behind it here."""
    return {name.removesuffix("_"): value for name, value in members.items() if value is not None}


def _instant(seconds: Any) -> datetime:
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
