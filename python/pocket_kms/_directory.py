"""The directory of a world: who there is, and what their policies say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from pocket_kms._errors import shown


if TYPE_CHECKING:
    from pocket_kms import _native
    from pocket_kms._caller import Document

    # A list of documents, to which names are given, or documents by their names.
    Documents = Sequence[Document] | Mapping[str, Document]


class OrganizationAccount(TypedDict, total=False):
    """An account of an organization."""

    service_control_policies: Sequence[Document]
    resource_control_policies: Sequence[Document]


class OrganizationUnit(OrganizationAccount, total=False):
    """A unit of an organization, with the units and the accounts in it."""

    units: Mapping[str, OrganizationUnit]
    accounts: Mapping[str, OrganizationAccount] | Sequence[str]


class Directory:
    """Principals, their policies, organizations, access keys and VPC endpoints, as the host of the world says.

    An account of which nobody was ever registered is trusted: its identity policies allow everything. From its first
    principal on, its users and roles may do what their policies say. Whoever is registered again is put in place of the
    former one. A policy is a structure or its JSON text. Each method raises ``ValueError`` with a sentence that names the
    place, and changes nothing then.
    """

    __slots__ = ("_world",)

    def __init__(self, world: _native.World) -> None:
        self._world = world

    def user(
        self,
        arn: str,
        *,
        policies: Documents | None = None,
        managed_policies: Sequence[str] | None = None,
        permissions_boundary: str | None = None,
        groups: Sequence[str] | None = None,
        tags: Mapping[str, str] | None = None,
        unique_id: str | None = None,
    ) -> str:
        """Registers a user, and gives the ARN: ``kms.client(caller=kms.directory.user("arn...", policies=[...]))``.

        ``policies`` are its inline policies, ``managed_policies`` and ``permissions_boundary`` ARNs, ``groups`` names.
        """
        return self._principal(
            arn,
            policies=policies,
            managed_policies=managed_policies,
            permissions_boundary=permissions_boundary,
            groups=groups,
            tags=tags,
            unique_id=unique_id,
        )

    def role(
        self,
        arn: str,
        *,
        trust_policy: Document | None = None,
        max_session_duration: int | None = None,
        policies: Documents | None = None,
        managed_policies: Sequence[str] | None = None,
        permissions_boundary: str | None = None,
        tags: Mapping[str, str] | None = None,
        unique_id: str | None = None,
        service_linked: bool | None = None,
    ) -> str:
        """Registers a role, and gives the ARN.

        ``trust_policy`` says who may assume it; a role without one trusts its own account, and those in which nobody is
        registered. ``max_session_duration`` is how many seconds a session of it may last, 3,600 where nothing is said. Other
        members are those of a user.
        """
        return self._principal(
            arn,
            trust_policy=trust_policy,
            max_session_duration=max_session_duration,
            policies=policies,
            managed_policies=managed_policies,
            permissions_boundary=permissions_boundary,
            tags=tags,
            unique_id=unique_id,
            service_linked=service_linked,
        )

    def group(
        self,
        arn: str,
        *,
        policies: Documents | None = None,
        managed_policies: Sequence[str] | None = None,
        unique_id: str | None = None,
    ) -> str:
        """Registers a group, whose policies speak for the users in it, and gives the ARN."""
        return self._principal(arn, policies=policies, managed_policies=managed_policies, unique_id=unique_id)

    def policy(self, arn: str, document: Document) -> str:
        """Registers a managed policy, and gives the ARN."""
        self.register({"policies": {arn: document}})
        return arn

    def organization(
        self,
        id: str,
        *,
        management_account: str,
        root: str | None = None,
        service_control_policies: Sequence[Document] | None = None,
        resource_control_policies: Sequence[Document] | None = None,
        units: Mapping[str, OrganizationUnit] | None = None,
        accounts: Mapping[str, OrganizationAccount] | Sequence[str] | None = None,
    ) -> str:
        """Registers an organization, and gives the id: the policies of its root, its units, and the accounts of the root.

        A policy is a document, ``{"id": ..., "document": ...}``, or ``FullAWSAccess``, which is what every account and unit
        has where no service control policies are said. ``root`` is the id of the root.
        """
        said = {
            "management_account": management_account,
            "root": root,
            "service_control_policies": service_control_policies,
            "resource_control_policies": resource_control_policies,
            "units": units,
            "accounts": accounts,
        }
        self.register({"organizations": {id: said}})
        return id

    def access_key(self, id: str, *, principal: str, secret: str | None = None) -> dict[str, Any]:
        """Registers an access key of a user or of a root user, and gives it as the arguments of ``boto3.client``.

        Its id names them in every client. With a secret, a request that another secret has signed is refused, and one that
        was signed five minutes before or after the time of the world's clock.
        """
        self.register({"access_keys": {id: {"principal": principal, "secret": secret}}})
        return {"aws_access_key_id": id, "aws_secret_access_key": secret or "any"}

    def vpc_endpoint(
        self, id: str, *, policy: Document | None = None, vpc: str | None = None, owner: str | None = None
    ) -> str:
        """Registers a VPC endpoint, and gives the id, which ``origin={"vpc_endpoint": id}`` names."""
        self.register({"vpc_endpoints": {id: {"policy": policy, "vpc": vpc, "owner": owner}}})
        return id

    def remove(self, *names: str) -> None:
        """Removes principals and policies by their ARNs, and what else is registered by its id: all of them, or none."""
        self._world.unregister(list(names))

    def register(self, entries: Mapping[str, Any]) -> None:
        """Registers all of these entries, or none: the form that ``to_dict`` gives, in the names of JSON or of Python.

        None removes an entry.
        """
        self._world.register(entries)

    def to_dict(self) -> dict[str, Any]:
        """Everything that is registered, without secrets, in the form that ``register``, JavaScript and HTTP read."""
        return self._world.directory()

    def __repr__(self) -> str:
        def counted() -> str:
            return ", ".join(f"{len(entries)} {name}" for name, entries in self.to_dict().items()) or "nobody"

        return shown("Directory", counted)

    def _principal(self, arn: str, **said: Any) -> str:
        self.register({"principals": {arn: said}})
        return arn
