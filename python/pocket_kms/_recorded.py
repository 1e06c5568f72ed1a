"""Records of CloudTrail: found, looked up, expected by tests, and written into files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from pocket_kms._asking import Asking, instant, named

if TYPE_CHECKING:
    import os

    from pocket_kms._audit_files import Exported, Form
    from pocket_kms._records import Filter, LookedUp, Record, Records, Where
    from typing_extensions import Unpack


class Recorded(Asking):
    """Records of which something can be asked: those of a world, or those that files have brought.

    Members of filters are those of :class:`pocket_kms.Filter`. To ask changes nothing. Raises
    :class:`pocket_kms.KmsError` with a sentence that names the place where a question cannot be read.
    """

    __slots__ = ()

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
            event["EventTime"] = instant(event["EventTime"])
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
        """Raises ``AssertionError`` unless such calls were made: as many as is said, or at least one.

        The message shows the nearest records and what differs in them. ``after`` is the number of a record behind which
        records count.
        """
        __tracebackhide__ = True
        self._assert(operation, filter, after, times=times, at_least=at_least, at_most=at_most)

    def assert_not_called(
        self, operation: str | Sequence[str] | None = None, *, after: int | None = None, **filter: Unpack[Where]
    ) -> None:
        """Raises ``AssertionError`` where such a call was made."""
        __tracebackhide__ = True
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
        __tracebackhide__ = True
        self._assert(operation, where or {}, after, all=named(filter))

    def assert_in_order(self, *steps: str | Filter, after: int | None = None) -> None:
        """Raises ``AssertionError`` unless such calls were made one after the other: names of operations, or filters."""
        __tracebackhide__ = True
        self._assert(None, {}, after, in_order=[step if isinstance(step, str) else named(step) for step in steps])

    def never_denied(self, *, after: int | None = None, **filter: Unpack[Filter]) -> None:
        """Raises ``AssertionError`` where such a call, or any at all, was denied."""
        __tracebackhide__ = True
        self._assert(None, {**filter, "outcome": "denied"}, after, never=True)

    # Of all these methods, pytest shows none: the test's own line is the last of the traceback.

    def _assert(
        self,
        operation: str | Sequence[str] | None,
        filter: Mapping[str, Any],
        after: int | None,
        **rule: Any,
    ) -> None:
        __tracebackhide__ = True
        told = self._asked("assert", filter, operation=operation, after=after, **rule)
        if not told["holds"]:
            raise AssertionError(told["message"])

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

    def __repr__(self) -> str:
        return "<Audit>" if self._of is None else f"<Recorded {self._of!r}>"
