"""Questions about policies: who can do what, and what would be if other policies were installed. The core answers them."""

from __future__ import annotations


# The name that type checkers know; importing `typing` would take as long as all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Literal

    from pocket_kms import _native
    from pocket_kms._answers import Exposure, WhatCan, WhoCan
    from pocket_kms._audit import Audit
    from pocket_kms._caller import Caller, Document
    from pocket_kms._decisions import Explanation
    from pocket_kms._directory import Documents
    from pocket_kms._origin import Origin
    from pocket_kms.operations import OperationName


class Questions:
    """What a world is asked about its policies, and what was recorded in it. Nothing changes by it."""

    __slots__ = ()

    if TYPE_CHECKING:
        _world: _native.World

    @property
    def audit(self) -> Audit:
        """What was recorded of calls, as CloudTrail, CloudWatch and EventBridge tell it, and what a test expects of it:
        ``kms.audit.assert_called("Decrypt", key="alias/orders", times=1)``.
        """
        from pocket_kms._audit import Audit

        return Audit(self._world)

    def who_can(
        self,
        action: str,
        key: str | None = None,
        *,
        context: Mapping[str, Any] | None = None,
        origin: Origin | None = None,
        closed: bool | None = None,
        grant: str | None = None,
        account: str | None = None,
        region: str | None = None,
    ) -> WhoCan:
        """Who can do something, by which paths, and under which conditions: ``kms.who_can("kms:Decrypt", "alias/orders")``.

        Told are the registered principals, root users, services, accounts in which nobody is registered, and grantees.
        ``context`` has values by the names of condition keys, such as ``{"kms:EncryptionContext:tenant": "blue"}``; what it
        does not say is not known, and remains as a condition. With ``closed``, the request has nothing else. To retire a
        ``grant`` is asked by its id. Raises
        :class:`pocket_kms.KmsError`, with a sentence that names the place where the question cannot be read.
        """
        answer: WhoCan = self._asked(
            "who_can",
            action=action,
            key=key,
            context=context,
            origin=origin,
            closed=closed,
            grant=grant,
            account=account,
            region=region,
        )
        return answer

    def what_can(
        self,
        principal: str,
        *,
        keys: Sequence[str] | None = None,
        actions: Sequence[str] | None = None,
        context: Mapping[str, Any] | None = None,
        closed: bool | None = None,
        after: str | None = None,
        account: str | None = None,
        region: str | None = None,
    ) -> WhatCan:
        """What somebody can do, with which keys: an account, the ARN of a principal, or the name of a service.

        ``keys`` and ``actions`` limit the answer; of very many keys it tells a part, and ``after`` where to go on. Other
        members are those of ``who_can``.
        """
        answer: WhatCan = self._asked(
            "what_can",
            principal=principal,
            keys=keys,
            actions=actions,
            context=context,
            closed=closed,
            after=after,
            account=account,
            region=region,
        )
        return answer

    def simulate(
        self,
        operation: OperationName,
        input: Mapping[str, Any] | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
        key_policy: Document | None = None,
        identity_policies: Documents | None = None,
        permissions_boundary: Document | Literal[False] | None = None,
        session_policies: Documents | None = None,
        service_control_policies: Sequence[Documents] | None = None,
        resource_control_policies: Sequence[Documents] | None = None,
        endpoint_policy: Document | Literal[False] | None = None,
        grants: Sequence[Mapping[str, Any]] | None = None,
    ) -> Explanation:
        """What would become of a call by policies that are not installed; what is not said is as it is.

        The policies of an organization are levels, from its root to the account. False for a permissions boundary or the
        policy of an endpoint says that there is none. ``grants`` are on top of those of the key, as CreateGrant takes them.
        """
        answer: Explanation = self._asked(
            "simulate",
            operation=operation,
            input=input,
            region=region,
            caller=caller,
            origin=origin,
            key_policy=key_policy,
            identity_policies=identity_policies,
            permissions_boundary=permissions_boundary,
            session_policies=session_policies,
            service_control_policies=service_control_policies,
            resource_control_policies=resource_control_policies,
            endpoint_policy=endpoint_policy,
            grants=grants,
        )
        return answer

    def exposure(
        self,
        key: str,
        *,
        within: Sequence[str] | None = None,
        policy: Document | None = None,
        actions: Sequence[str] | None = None,
        services: bool | None = None,
        account: str | None = None,
        region: str | None = None,
    ) -> Exposure:
        """Whether anybody outside can ever use a key, whatever the context of a request.

        ``within`` are accounts and ids of organizations that are not outside, beside the account of the key; ``policy`` is
        asked in place of the one that is installed; services do not count where ``services`` is False. ``exposed`` is
        ``no`` where it is proved, ``yes`` with a ``witness`` that is let through, or else ``undecided``. To be allowed
        what the key cannot do, such as to sign with a key that encrypts, is not a use of it.
        """
        answer: Exposure = self._asked(
            "exposure",
            key=key,
            within=within,
            policy=policy,
            actions=actions,
            services=services,
            account=account,
            region=region,
        )
        return answer

    def _asked(self, question: str, **members: Any) -> Any:
        said = {name: value for name, value in members.items() if value is not None}
        return self._world.ask({"question": question, **said})
