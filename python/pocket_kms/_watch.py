"""What CloudWatch and EventBridge are told of a world: metrics, alarms and events, as data and to callbacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pocket_kms._asking import Asking, named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pocket_kms._follow import Subscription
    from pocket_kms._metrics import AlarmChange, AlarmForm, Alarms, Datum, Metric
    from pocket_kms._records import Event, Instant, RuleState


class Watch(Asking):
    """What is told of a world while it runs."""

    __slots__ = ()

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

    def alarms(
        self,
        *,
        put: AlarmForm | Sequence[AlarmForm] | None = None,
        remove: str | Sequence[str] | None = None,
        after: int | None = None,
    ) -> Alarms:
        """Where the alarms stand now, and when they went to another state, behind the change with the number ``after``.

        ``put`` first puts some, in place of those of the same names: ``kms.audit.alarms(put={"recipe":
        "pending_deletion_use"})``. A recipe is one of those that AWS recommends, of which every member may be said
        otherwise; without one, an alarm has a ``name``, a ``metric`` or a ``filter`` of records, a ``comparison`` and a
        ``threshold``. ``remove`` names some that are removed.
        """
        forms = [put] if isinstance(put, Mapping) else put
        told: Alarms = self._asked(
            "alarms", put=None if forms is None else [_form(form) for form in forms], remove=remove, after=after
        )
        return told

    def on_alarm(
        self, callback: Callable[[AlarmChange], object], *, after: int | None = None
    ) -> Subscription[AlarmChange]:
        """Tells a callback when alarms go to another state, as ``on_event`` tells of events.

        With ``after``, it is told at once of the changes behind that one.
        """
        from pocket_kms._follow import follow

        def news(after: int) -> tuple[list[AlarmChange], int, int]:
            told = self.alarms(after=after)
            return told["changes"], told["next"], told["dropped"]

        return follow(self._world, callback, self.alarms()["next"] if after is None else after, news)

    def _newest(self) -> int:
        """The number of the newest record."""
        page = self._asked("records", order="newest", limit=1)
        newest: list[int] = page["numbers"]
        return newest[0] if newest else max(0, page["oldest"] - 1)


def _form(form: AlarmForm) -> dict[str, Any]:
    """An alarm by the core's names."""
    filter = form.get("filter")
    return dict(form) if filter is None else {**form, "filter": named(filter)}
