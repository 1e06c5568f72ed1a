"""What was recorded of a world's calls: records, metrics, events, alarms, and what follows from them.

The core answers every question; this module and those that it gathers give members Python's names, and raise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pocket_kms import _native
from pocket_kms._privilege import Privileges
from pocket_kms._recorded import Recorded
from pocket_kms._watch import Watch

if TYPE_CHECKING:
    from pocket_kms._audit_files import Paths
    from pocket_kms._caller import Caller
    from pocket_kms._records import Options
    from typing_extensions import Unpack


class Audit(Recorded, Watch, Privileges):
    """What was recorded of the calls of a world: ``kms.audit.events(operation="Decrypt", key="alias/orders")``."""

    __slots__ = ()

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

    def import_(self, paths: Paths, into: str = "imported") -> Recorded:
        """Reads records of CloudTrail from files, so that the same questions can be asked of them:
        ``kms.audit.import_("AWSLogs").assert_not_called("ScheduleKeyDeletion")``.

        Files are trail files of any version, packed or not, answers of LookupEvents, or records in lines; a folder stands
        for those in it. ``into`` is the name of the set to which they are added; records of other services are left out.
        Raises ``ValueError`` with the name of a file that cannot be read: files before it are in the set.
        """
        from pocket_kms._audit_files import read

        path = None
        for path, content in read(paths):
            try:
                self._world.import_trail(into, content)
            except ValueError as error:
                raise ValueError(f"{path}: {error}") from error
        if path is None:
            raise ValueError(f"no file of records is there: {paths}")
        return Recorded(self._world, into)

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
