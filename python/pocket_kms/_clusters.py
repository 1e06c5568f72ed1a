"""Simulated AWS CloudHSM clusters and VPC endpoint services, as their owners see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from pocket_kms._stores import Registered, Simulated, said

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Subnet(TypedDict, total=False):
    """A subnet of a cluster."""

    zone: str
    """Its Availability Zone."""
    free_addresses: int
    """How many addresses are free in it."""
    deleted: bool
    """Whether it was deleted."""


class Hsm(TypedDict, total=False):
    """An HSM of a cluster."""

    zone: str
    """Its Availability Zone."""
    state: str
    """Its state; ``ACTIVE`` where none is said."""
    users: Sequence[str]
    """The users that exist on it: ``kmsuser``, or nobody."""


class Kmsuser(TypedDict, total=False):
    """The user of a cluster as whom KMS logs in."""

    password: str
    """7 to 32 letters and digits; without one, the cluster takes every password."""
    failed_logins: int
    """How many logins in a row have failed; the fifth locks it."""
    locked: bool
    logged_in_elsewhere: bool
    second_factor: bool
    """Whether it needs one, which KMS does not have."""


class ClusterMembers(TypedDict, total=False):
    """What a cluster is like; a member that is not said is as KMS wants it."""

    account: str
    region: str
    state: str
    """KMS uses clusters that are ``ACTIVE``."""
    trust_anchor: str
    """The certificate in PEM that CreateCustomKeyStore must be given; without one, every certificate is it."""
    lineage: str
    """What clusters have in common that were made of one another's backups."""
    vpc: str
    subnets: Mapping[str, Subnet | None]
    """By their ids."""
    security_group: bool
    """Whether it lets the members of the cluster reach one another."""
    mutual_tls: bool
    """Whether clients must show certificates of their own, which KMS cannot."""
    network: bool
    """Whether KMS reaches the cluster."""
    kms_fault: bool
    """Whether KMS itself fails in all that it does with the cluster."""
    busy: bool
    """Whether commands of others keep it busy."""
    sessions: bool
    """Whether a PKCS #11 session is free."""
    hsms: Sequence[Hsm]
    kmsuser: Kmsuser


class Cluster(Simulated):
    """A simulated AWS CloudHSM cluster: what its owner can do with it, and what can break.

    Each method gives the cluster as ``describe`` does, and raises ``ValueError`` with a sentence where the cluster does not
    let it happen.
    """

    __slots__ = ()

    _kind = "clusters"

    @property
    def id(self) -> str:
        """Its id, such as ``cluster-2ab3cdefghi``."""
        return self.name

    @property
    def trust_anchor(self) -> str | None:
        """The certificate that CreateCustomKeyStore must be given, in PEM; None where every one will do."""
        anchor: str | None = self.to_dict().get("trustAnchor")
        return anchor

    def describe(self) -> dict[str, Any]:
        """The cluster in the form in which it is registered, with its ``keys`` (``id`` and ``label``) and ``backups``."""
        return self.do("describe")

    def set(self, **members: Unpack[ClusterMembers]) -> dict[str, Any]:
        """Breaks or mends what is said: ``cluster.set(network=False)``."""
        return self.do("set", **members)

    def add_hsm(self, zone: str | None = None) -> dict[str, Any]:
        """Adds an HSM, in the Availability Zone that has the fewest where none is said."""
        return self.do("addHsm", zone=zone)

    def remove_hsm(self, zone: str | None = None) -> dict[str, Any]:
        """Removes the newest HSM, of a zone or of all."""
        return self.do("removeHsm", zone=zone)

    def create_user(self, password: str) -> dict[str, Any]:
        """Makes ``kmsuser`` on all HSMs."""
        return self.do("createUser", password=password)

    def delete_user(self) -> dict[str, Any]:
        """Deletes ``kmsuser`` from all HSMs."""
        return self.do("deleteUser")

    def change_password(self, password: str) -> dict[str, Any]:
        """Changes the password of ``kmsuser``, and lets it in again where it was locked out; not while KMS is logged in."""
        return self.do("changePassword", password=password)

    def lock(self) -> dict[str, Any]:
        """Locks ``kmsuser`` out, as five wrong passwords do."""
        return self.do("lock")

    def log_in(self, password: str) -> dict[str, Any]:
        """Logs some other tool in as ``kmsuser``; a wrong password is counted."""
        return self.do("logIn", password=password)

    def log_out(self) -> dict[str, Any]:
        """Logs it out again."""
        return self.do("logOut")

    def delete_key(self, key: str) -> dict[str, Any]:
        """Deletes a key by its id in the cluster, or by the ARN of the KMS key."""
        return self.do("deleteKey", key=key)

    def back_up(self) -> str:
        """Makes a backup, and gives its id."""
        return str(self.do("backUp")["backup"])

    def delete_backup(self, backup: str) -> dict[str, Any]:
        """Deletes a backup."""
        return self.do("deleteBackup", backup=backup)

    def restore(
        self, backup: str | None = None, *, cluster: str | None = None, **members: Unpack[ClusterMembers]
    ) -> Cluster:
        """Makes a new cluster of a backup, the newest where none is said: the same certificate, users and keys."""
        told = self.do("restore", backup=backup, cluster=cluster, members=members or None)
        return Cluster(self._world, str(told["cluster"]))

    def initialize(self) -> dict[str, Any]:
        """From ``UNINITIALIZED`` to ``INITIALIZED``."""
        return self.do("initialize")

    def activate(self) -> dict[str, Any]:
        """From ``INITIALIZED`` to ``ACTIVE``."""
        return self.do("activate")

    def delete(self) -> dict[str, Any]:
        """Deletes the cluster; a last backup stays."""
        return self.do("delete")

    def do(self, action: str, **members: Any) -> dict[str, Any]:
        """Does what has this name, of which the methods are the usual ones."""
        told: dict[str, Any] = self._world.on_cluster(self.name, {"do": action, **said(members)})
        return told


class Clusters(Registered[Cluster]):
    """The simulated AWS CloudHSM clusters, by their ids.

    Until the first one is registered, every cluster that a key store names exists and is as KMS wants it.
    """

    __slots__ = ()

    def create(self, id: str, *, password: str | None = None, **members: Unpack[ClusterMembers]) -> Cluster:
        """Registers a cluster, in place of a former one; its keys and backups stay.

        ``password`` is that of ``kmsuser``. A member that is not said is as KMS wants it: two HSMs in two Availability Zones
        and so on. Raises ``ValueError`` with a sentence that names the place, and changes nothing then.
        """
        entry: dict[str, Any] = dict(members)
        if password is not None:
            entry["kmsuser"] = {**entry.get("kmsuser", {}), "password": password}
        return self._register(id, entry)


class EndpointServiceMembers(TypedDict, total=False):
    """What a VPC endpoint service is like; a member that is not said is as KMS wants it."""

    owner: str
    """The account that owns it."""
    load_balancer: Literal["network", "gateway"]
    zones: Sequence[str]
    """The Availability Zones of its subnets."""
    allowed_principals: Sequence[str]
    """Who may make endpoints of it: service principals, ARNs, account ids, or ``*``."""
    acceptance_required: bool
    """Whether its owner accepts each endpoint by hand."""
    domain: Literal["verified", "pendingVerification", "failed"]
    """Whether the domain of the private DNS name is known to be the owner's."""
    state: Literal["Available", "Deleted"]


class EndpointService(Simulated):
    """A simulated VPC endpoint service."""

    __slots__ = ()

    _kind = "endpointServices"


class EndpointServices(Registered[EndpointService]):
    """The simulated VPC endpoint services, by their names; until the first one is registered, all exist as KMS wants them."""

    __slots__ = ()

    def create(
        self, name: str, *, private_dns_name: str | None, **members: Unpack[EndpointServiceMembers]
    ) -> EndpointService:
        """Registers a service, in place of a former one. Raises ``ValueError`` with a sentence that names the place."""
        return self._register(name, {"private_dns_name": private_dns_name, **members})
