"""What recorded calls needed, what nobody needs, who uses a key, and what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, overload

from pocket_kms._asking import Asking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pocket_kms._kms import Kms
    from pocket_kms._needs import (
        Attention,
        ConditionName,
        Different,
        DryDeletion,
        LeastPrivilege,
        PrivilegeForm,
        Unused,
        UsersOf,
    )
    from pocket_kms._records import Circumstances, Filter, Instant
    from pocket_kms._templates import Exported, Format
    from typing_extensions import Unpack


class Privileges(Asking):
    """What follows from the recorded calls for policies, keys and their users."""

    __slots__ = ()

    @overload
    def least_privilege(
        self,
        principal: str,
        form: PrivilegeForm = ...,
        *,
        conditions: bool | Sequence[ConditionName] = ...,
        denied: bool = ...,
        **filter: Unpack[Filter],
    ) -> LeastPrivilege: ...

    @overload
    def least_privilege(
        self,
        principal: str,
        form: Format,
        *,
        conditions: bool | Sequence[ConditionName] = ...,
        denied: bool = ...,
        **filter: Unpack[Filter],
    ) -> Exported: ...

    def least_privilege(
        self,
        principal: str,
        form: PrivilegeForm | Format = "identity",
        *,
        conditions: bool | Sequence[ConditionName] = True,
        denied: bool = False,
        **filter: Unpack[Filter],
    ) -> LeastPrivilege | Exported:
        """The least by which the recorded calls of somebody come to what they came to: a policy of the principal, statements
        of the policies of keys, or grants; the policy as code where the form is ``cloudformation``, ``terraform`` or ``cli``.

        ``principal`` is an account for its root user, the ARN of a user, of a role with all its sessions, or of one session,
        or the name of a service. ``conditions`` says whether conditions are added that all calls fulfilled, or which of
        them; with ``denied``, what was denied is allowed, too. A filter says which of the calls count.
        """
        code = form if form in ("cloudformation", "terraform", "cli") else None
        told: Any = self._asked(
            "least_privilege",
            filter,
            principal=principal,
            form=None if code else form,
            conditions=conditions,
            denied=denied,
            inventory=True if code else None,
        )
        if code is None:
            answer: LeastPrivilege = told
            return answer
        from pocket_kms._templates import written

        return written(told["inventory"], code)

    def unused(self, principal: str, **filter: Unpack[Filter]) -> Unused:
        """What is granted to somebody, statement by statement and grant by grant, and what of it no call has needed."""
        told: Unused = self._asked("unused", filter, principal=principal)
        return told

    def users_of(
        self, key: str, *, account: str | None = None, region: str | None = None, **filter: Unpack[Circumstances]
    ) -> UsersOf:
        """Who has used a key, how often, when, with which encryption contexts, and by what they may.

        ``account`` and ``region`` are those of the key where its name does not say them.
        """
        told: UsersOf = self._asked("users_of", filter, key=key, account=account, region=region)
        return told

    def dry_deletion(
        self,
        key: str,
        state: Literal["pending deletion", "disabled", "deleted"] = "pending deletion",
        *,
        account: str | None = None,
        region: str | None = None,
        **filter: Unpack[Circumstances],
    ) -> DryDeletion:
        """Whose recorded calls would have failed, had the key been in another state; nothing happens to it.

        Other members are those of ``users_of``.
        """
        told: DryDeletion = self._asked("dry_deletion", filter, key=key, state=state, account=account, region=region)
        return told

    def findings(
        self,
        *,
        regions: Sequence[str] | None = None,
        endpoints: Sequence[str] | None = None,
        **filter: Unpack[Filter],
    ) -> list[Attention]:
        """What in the records asks for attention: keys that were disabled, policies for everybody, grants to other accounts,
        calls from elsewhere than ``regions`` and the VPC ``endpoints`` that are expected.
        """
        told: list[Attention] = self._asked("findings", filter, regions=regions, endpoints=endpoints)["findings"]
        return told

    def diff(
        self, other: Kms | None = None, *, from_: Instant | None = None, to: Instant | None = None
    ) -> Different:
        """What is different in another world, or has changed in this one between two moments: keys, policies by their
        statements, grants, aliases, as data and as ``text``.

        Moments need a world that keeps ``history``; without one, that of now is meant.
        """
        after = None if other is None else other.inventory()
        told: Different = self._asked("diff", after=after, from_=from_, to=to)
        return told
