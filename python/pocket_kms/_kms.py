"""A world of KMS, as Python uses it."""

from __future__ import annotations

from pocket_kms import _native
from pocket_kms._clock import Clock
from pocket_kms._errors import shown
from pocket_kms._forks import watch
from pocket_kms._journal import Journal
from pocket_kms._key_stores import KeyStores
from pocket_kms._making import bytes_of_seed, sends, states
from pocket_kms._questions import Questions
from pocket_kms._recipes import Recipes

# The name that type checkers know; importing `typing` would take as long as all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any, Literal, NoReturn, TypeVar, overload

    # Clients are typed where the types of boto3's KMS (`pip install boto3-stubs[kms]`) are there.
    from mypy_boto3_kms import KMSClient

    from pocket_kms._caller import Caller, Document
    from pocket_kms._course import Diagnosis, Traced
    from pocket_kms._decisions import Denial, Explanation
    from pocket_kms._directory import Directory
    from pocket_kms._enclave import Enclave
    from pocket_kms._faults import Fault, FaultCall, FaultName, FaultRule, Faults
    from pocket_kms._intercept import BlockNetwork, Intercept
    from pocket_kms._native import Inspection
    from pocket_kms._origin import Origin
    from pocket_kms._proxies import Proxies
    from pocket_kms._records import Options
    from pocket_kms._settings import Quotas, Settings
    from pocket_kms._template_files import Template
    from pocket_kms._templates import Exported, Finding, Format, Loaded, Parameter, PolicyKind
    from pocket_kms.operations import Api, Calls, OperationName
    from typing_extensions import Buffer, Unpack

    Decorated = TypeVar("Decorated", bound=Callable[..., Any])
else:
    Calls = object

watch()


class Kms(Recipes, KeyStores, Journal, Questions, Calls):
    """A world of KMS in memory: all accounts, Regions and partitions of one simulated AWS.

    ``seed`` makes everything random reproducible to the byte, ``now`` freezes the clock at a datetime with a time zone,
    ``account`` is the account of callers that name none (``111122223333``), and ``insecure_key_pool`` takes RSA keys from
    a pool whose primes everybody knows: they take microseconds, are all different and protect nothing. Whoever knows the
    seed knows every key: both are for tests alone. ``history`` keeps this many states of the world, 10,000 where it is True,
    so that ``at`` can go back to them: it also keeps the secrets of keys that were deleted and of material that has
    expired, and is therefore off where nobody asks for it. A world may be used from any number of threads, and in processes that
    fork: each then has a world of its own, which draws randomness of its own unless it has a seed.

    ``proxies`` are the endpoints of external key store proxies to which this world may send requests, none by default:
    ``["https://xks.example.com"]``, or a mapping that says at which base URL one is to be found instead, such as
    ``{"https://xks.example.com": "https://127.0.0.1:8443"}``: requests then bear the name of the endpoint all the same, in
    their signature and in TLS. TLS is checked against the authorities of this machine, or against those in ``proxy_ca``, a
    file or a text in PEM. A proxy compares the time of a request with its own clock, so that a frozen clock fails there.

    ``keep_recipe`` keeps what is done to a world with a seed, so that ``recipe()`` and ``link()`` give it: everything that
    was said stays in memory for that, plaintexts and passwords too.

    ``audit`` says what is told of calls, and for how long it is kept, as ``kms.audit.set`` does: ``{"kept": "all"}``.
    """

    __slots__ = ("__weakref__", "_world", "clock")

    clock: Clock

    build: str = _native.BUILD
    """Which cryptography this build has: ``aws-lc``, or ``rust`` for a wheel built without it."""

    def __init__(
        self,
        seed: str | Buffer | int | None = None,
        now: datetime | None = None,
        account: str | None = None,
        *,
        insecure_key_pool: bool = False,
        history: bool | int = False,
        proxies: Mapping[str, str | None] | Iterable[str] | None = None,
        proxy_ca: str | os.PathLike[str] | None = None,
        audit: Options | None = None,
        keep_recipe: bool = False,
    ) -> None:
        millis = None
        if now is not None:
            from pocket_kms._moments import millis_of

            millis = millis_of(now)
        seed_bytes = None if seed is None else bytes_of_seed(seed)
        host = sends(proxies, proxy_ca)
        self._adopt(_native.World(seed_bytes, millis, account, insecure_key_pool, states(history), host, keep_recipe))
        if audit:
            self.audit.set(**audit)

    @classmethod
    def from_template(
        cls,
        template: Template,
        *,
        parameters: Mapping[str, Parameter] | None = None,
        region: str | None = None,
        stack_name: str | None = None,
        imports: Mapping[str, str] | None = None,
        seed: str | Buffer | int | None = None,
        now: datetime | None = None,
        account: str | None = None,
        insecure_key_pool: bool = False,
        history: bool | int = False,
        proxies: Mapping[str, str | None] | Iterable[str] | None = None,
        proxy_ca: str | os.PathLike[str] | None = None,
        audit: Options | None = None,
        keep_recipe: bool = False,
    ) -> Kms:
        """A world of what a template says: ``Kms.from_template("template.yaml", parameters={"Stage": "test"})``.

        ``parameters``, ``region``, ``stack_name`` and ``imports`` are those of ``load_template``, other arguments those of
        ``Kms``.
        """
        kms = cls(
            seed,
            now,
            account,
            insecure_key_pool=insecure_key_pool,
            history=history,
            proxies=proxies,
            proxy_ca=proxy_ca,
            audit=audit,
            keep_recipe=keep_recipe,
        )
        kms.load_template(template, parameters=parameters, region=region, stack_name=stack_name, imports=imports)
        return kms

    def _adopt(self, world: _native.World) -> None:
        self._world = world
        self.clock = Clock(world)

    @classmethod
    def _around(cls, world: _native.World) -> Kms:
        kms = cls.__new__(cls)
        kms._adopt(world)
        return kms

    @property
    def account(self) -> str:
        """The account of callers that name none."""
        return self._world.account

    # A type checker reads one overload for each operation instead, in `operations.pyi`.
    if not TYPE_CHECKING:

        def call(
            self,
            operation: str,
            input: Mapping[str, Any] | None = None,
            *,
            region: str | None = None,
            caller: Caller | str | None = None,
            origin: Origin | None = None,
        ) -> dict[str, Any]:
            """Makes a call without an SDK: names and members are AWS's, blobs are bytes, times are datetimes.

            ``region`` is ``us-east-1`` where none is given; ``caller`` an account id, the ARN of a root user, user, role,
            role session or federated user, or the name of a service, and with its session a :class:`pocket_kms.Caller`;
            ``origin`` says from where the call comes, such as ``{"via": "s3.amazonaws.com"}`` (see
            :class:`pocket_kms.Origin`). Raises :class:`pocket_kms.KmsError`.
            """
            return self._world.call(operation, {} if input is None else input, region, caller, origin)

    def trace(
        self,
        operation: OperationName,
        input: Mapping[str, Any] | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Traced:
        """Makes a call as ``call`` does, and tells what happened in order: ``kms.trace("Decrypt", {...})["course"]["steps"]``.

        Gives ``reply`` or ``error`` (a refusal is not raised), ``requestId``, ``decisions``, whether the call ``drew`` of what
        the world draws next, and as ``course`` the ten steps of the call with the facts of each. Raises
        :class:`pocket_kms.KmsError` where the caller or the origin cannot be read.
        """
        return self._world.trace(operation, input or {}, region, caller, origin)

    def explain(
        self,
        operation: OperationName,
        input: Mapping[str, Any] | None = None,
        *,
        region: str | None = None,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
    ) -> Explanation:
        """What would become of a call, and why: ``kms.explain("Encrypt", {...}, caller=...)["decisions"][0]["text"]``.

        Nothing is performed, and nothing changes. Raises :class:`pocket_kms.KmsError` where the caller or the origin cannot
        be read.
        """
        return self._world.explain(operation, input or {}, region, caller, origin)

    def denials(self, after: int = 0) -> list[Denial]:
        """The calls that were denied, oldest first, behind the one with the number ``after``.

        Each has ``number``, ``time``, ``operation``, ``request_id``, ``basis`` (the last change before it), ``caller``,
        ``message`` and ``decisions``.
        """
        return self._world.denials(after)

    @property
    def directory(self) -> Directory:
        """Who there is, and what their policies say: ``kms.directory.role("arn...", policies=[...])``."""
        from pocket_kms._directory import Directory

        return Directory(self._world)

    def load_template(
        self,
        template: Template,
        *,
        parameters: Mapping[str, Parameter] | None = None,
        region: str | None = None,
        account: str | None = None,
        stack_name: str | None = None,
        imports: Mapping[str, str] | None = None,
    ) -> Loaded:
        """Brings keys, aliases, grants, principals and policies of a template into this world: all of it, or nothing.

        A template is the path of a file (of CloudFormation or SAM, of `terraform show -json`, of `aws iam
        get-account-authorization-details`), of a folder such as ``cdk.out``, several paths, or texts by the names of their
        files. ``account`` and ``region`` are where everything stands for which no file says another place. Gives what the
        names of the template stand for, what was left out and what was taken as given, each with its place and why. Raises
        ``ValueError`` with file, line and column, and ``KmsError`` where KMS refuses a step.
        """
        from pocket_kms._templates import load

        options = {"parameters": parameters, "region": region, "account": account, "stackName": stack_name}
        return load(self, template, {**options, "imports": imports})

    def perform(self, recipe: Mapping[str, Any] | str) -> dict[str, Any]:
        """Performs a recipe, all of it or nothing: steps as data that register, set, call and advance the clock.

        The recipe is a structure of JSON or its text, and what it gives is JSON, too. Gives the ``replies`` by their names, and what the recipe says as
        ``given``. Raises :class:`pocket_kms.KmsError` with a sentence that names the step.
        """
        from pocket_kms._templates import perform

        return perform(self._world, recipe)

    def inventory(self) -> dict[str, Any]:
        """Everything that is in this world as data, without secrets: keys with policies, aliases, grants and tags, the
        directory, settings."""
        from pocket_kms._templates import inventory

        return inventory(self._world)

    def lint(self, policy: Document, kind: PolicyKind = "key", *, account: str | None = None) -> list[Finding]:
        """What a policy does not do as its author may think: ``code``, ``severity``, ``line``, ``column``, ``path``,
        ``sentence``, ``reason`` and ``mend``, in the order in which it stands there.

        ``kind`` is what the policy is attached to, ``account`` whose key or principal that is: this world's without it.
        """
        from pocket_kms._templates import lint

        return lint(policy, kind, account or self.account)

    def export(self, format: Format) -> Exported:
        """Keys, policies, aliases, grants and principals of this world as infrastructure code: ``files``, and ``leftOut``.

        ``cloudformation`` and ``terraform`` write templates, ``cli`` a script of the AWS CLI. What is read of the files again
        decides alike.
        """
        from pocket_kms._templates import export

        return export(self._world, format)

    @property
    def api(self) -> Api:
        """Every operation as a method: ``kms.api.encrypt(KeyId=key, Plaintext=b"hello")``, elsewhere or as somebody else by
        ``kms.api(region=..., caller=..., origin=...)``. A type checker knows one signature for each, which editors complete.
        """
        from pocket_kms.operations import Api

        return Api(self.call)

    def client(
        self,
        region_name: str | None = None,
        *,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
        **arguments: Any,
    ) -> KMSClient:
        """A genuine boto3 client of KMS that this world answers, without a socket, inside and outside of blocks.

        ``caller`` and ``origin`` are those of all of its calls, as in ``call``. ``arguments`` are those of
        ``boto3.Session.client``; an ``aws_access_key_id`` that is an account id or an ARN names the caller, too. The
        Region is the one that is given, else that of the environment, else ``us-east-1``; files in the home directory are
        not read.
        """
        from pocket_kms._client import client

        made: KMSClient = client(self._world, _sender(caller, origin), region_name, arguments)
        return made

    if TYPE_CHECKING:

        @overload
        def intercept(self, target: Decorated, /) -> Decorated: ...
        @overload
        def intercept(
            self,
            /,
            *,
            caller: Caller | str | None = ...,
            origin: Origin | None = ...,
            block_network: bool = ...,
            audit: bool = ...,
        ) -> Intercept: ...

    def intercept(
        self,
        target: Any = None,
        /,
        *,
        caller: Caller | str | None = None,
        origin: Origin | None = None,
        block_network: bool = False,
        audit: bool = False,
    ) -> Any:
        """Serves every KMS client of botocore in this process, whoever made it and when, inside of a ``with`` block.

        Also a decorator of functions, coroutine functions and classes, with parentheses or without them; ``start()`` and
        ``stop()`` are for set-up functions.
        All calls come from ``caller`` and ``origin`` where they are given, whatever credentials a client has.
        ``AssumeRole``, ``AssumeRoleWithWebIdentity``, ``GetFederationToken``, ``GetSessionToken`` and ``GetCallerIdentity``
        of STS are answered, too, and with ``audit`` what clients of CloudTrail and CloudWatch look up; other services are
        left alone, unless ``block_network`` keeps requests that nobody answers from the network (see
        :func:`pocket_kms.block_network`). Of several blocks the innermost of the same task or thread serves; where there is
        none, the one entered last.
        """
        from pocket_kms._intercept import Intercept

        block = Intercept(self, _sender(caller, origin), block_network, audit)
        return block if target is None else block(target)

    def enclave(
        self,
        *,
        platform: Literal["NitroEnclave", "NitroTpm"] = "NitroEnclave",
        pcrs: Mapping[int, Buffer | str] | None = None,
        image_sha384: Buffer | str | None = None,
        role_arn: str | None = None,
        instance_id: str | None = None,
        key_spec: Literal["RSA_2048", "RSA_3072", "RSA_4096"] = "RSA_2048",
    ) -> Enclave:
        """Starts a simulated Nitro enclave. From the first one on, this world also believes the documents under a test
        root of its own; no real KMS does.

        ``pcrs`` are registers by their numbers, ``image_sha384`` is PCR0: 32, 48 or 64 bytes, or as many hexadecimal
        digits. ``role_arn`` and ``instance_id`` of the parent instance are measured into PCR3 and PCR4. Registers that
        are not named are zero, as those of an enclave in debug mode. Raises :class:`pocket_kms.KmsError`.
        """
        from pocket_kms._enclave import Enclave

        options = {
            "Platform": platform,
            "Pcrs": None if pcrs is None else {str(number): value for number, value in pcrs.items()},
            "ImageSha384": image_sha384,
            "RoleArn": role_arn,
            "InstanceId": instance_id,
            "KeySpec": key_spec,
        }
        return Enclave(self._world.enclave(options))

    if TYPE_CHECKING:

        @overload
        def inspect(self, blob: Buffer) -> Inspection | None: ...
        @overload
        def inspect(
            self,
            blob: Buffer,
            *,
            key: str | None = ...,
            encryption_context: Mapping[str, str],
            account: str | None = ...,
            region: str | None = ...,
        ) -> Diagnosis: ...
        @overload
        def inspect(
            self,
            blob: Buffer,
            *,
            key: str,
            encryption_context: Mapping[str, str] | None = ...,
            account: str | None = ...,
            region: str | None = ...,
        ) -> Diagnosis: ...

    def inspect(
        self,
        blob: Buffer,
        *,
        key: str | None = None,
        encryption_context: Mapping[str, str] | None = None,
        account: str | None = None,
        region: str | None = None,
    ) -> Inspection | Diagnosis | None:
        """What a symmetric ciphertext blob says about itself, without decrypting it; None for other bytes.

        With a ``key`` or an ``encryption_context`` (``{}`` for none) it also says whether Decrypt would open the blob, and where
        not, which of key, key material, context and bytes differs, as ``Verdict`` and ``Sentences``. This is for the owner of
        a world: no call of KMS tells it, and no plaintext is given.
        """
        if key is None and encryption_context is None:
            return self._world.inspect(blob)
        question = {"question": "inspect", "blob": blob, "key": key, "encryptionContext": encryption_context}
        diagnosis: Diagnosis = self._world.ask({**question, "account": account, "region": region})
        return diagnosis

    @property
    def settings(self) -> Settings:
        """What is set of this world, as a mapping that is changed in place: ``kms.settings["request-quotas"] = True``.

        ``quota/keys`` and other quotas; ``request-quotas`` throttles requests, of which ``request/CreateKey`` and its like
        are numbers per second; ``lag/new-key`` and its like are milliseconds until others see what has happened, and
        ``consistency`` sets all of them, to ``default``, ``aws`` or ``aws-worst``; ``strict-regions`` knows the Regions of
        AWS alone; ``region/af-south-1`` and its like enable a Region; ``chosen-keys`` lets the tags
        ``_custom_id_`` and ``_custom_key_material_`` of CreateKey choose the id and the material. ``update`` makes several at
        once. Snapshots and forks have the same settings.
        """
        from pocket_kms._settings import Settings

        return Settings(self._world)

    @property
    def quotas(self) -> Quotas:
        """The quotas among the settings, without ``quota/``: ``kms.quotas["keys"] = 3``; ``used()`` tells how full they are."""
        from pocket_kms._settings import Quotas

        return Quotas(self._world, "quota/")

    def faults(
        self,
        *faults: FaultName | Fault,
        moment: Literal["before", "after"] | None = None,
        operation: OperationName | Sequence[OperationName] | None = None,
        key: str | None = None,
        account: str | None = None,
        region: str | None = None,
        caller: str | None = None,
        count: int | None = None,
        every: int | None = None,
        probability: float | None = None,
        between: tuple[datetime | str | None, datetime | str | None] | None = None,
        retry_after: int | None = None,
        delay: int | None = None,
        when: Callable[[FaultCall], object] | None = None,
    ) -> Faults:
        """Makes calls meet faults inside of a ``with`` block: ``with kms.faults("throttled", operation="Encrypt", count=2):``.

        Also a decorator, with ``start()`` and ``stop()``. The members are those of :class:`pocket_kms.Fault`; several faults
        are tried in their order. ``when`` decides of each call that fits: ``lambda call: call.input.get("KeyId") == key``.
        What comes back has ``acted`` and ``fitted``, which count calls. A connection that breaks, or a status without a
        body, is to ``call`` a ``ConnectionError``. Raises :class:`pocket_kms.KmsError` where there is no such fault.
        """
        from pocket_kms._faults import faults as made

        members = {
            "moment": moment,
            "operation": operation,
            "key": key,
            "account": account,
            "region": region,
            "caller": caller,
            "count": count,
            "every": every,
            "probability": probability,
            "between": between,
            "retry_after": retry_after,
            "delay": delay,
            "when": when,
        }
        return made(self._world, faults, members)

    def fault_rules(self) -> list[FaultRule]:
        """The faults that calls of this world meet now, in the order in which they are tried."""
        return self._world.faults()

    def acted_faults(self, after: int = 0) -> list[dict[str, Any]]:
        """The faults that calls have met, oldest first, behind the one with the number ``after``.

        Each has ``number``, ``time``, ``operation``, ``request_id``, ``basis`` (the last change before it), ``caller``,
        ``key``, ``fault``, ``moment`` and ``rule``.
        """
        return self._world.acted_faults(after)

    def at(self, then: datetime | str | int) -> Kms:
        """A fork of this world as it was at an instant, or, by a whole number, right after a change of the journal.

        What had fallen due by then has happened in it, its keys have the secrets of then, and its clock stands. A later
        instant than now is as good: so will the world be if nobody calls it until then. Raises ``LookupError`` where the
        world has kept no state of then: see ``history``.
        """
        if isinstance(then, int):
            if then < 0:
                raise ValueError(f"the number of a change is not negative: {then}")
            return self._around(self._world.at_revision(then))
        from pocket_kms._moments import read_millis

        return self._around(self._world.at(read_millis(then)))

    def fork(self) -> Kms:
        """A second world that begins as this one is now; it costs microseconds, whatever this one holds."""
        return self._around(self._world.fork())

    def dispose(self) -> None:
        """Lets the world go at once, and wipes its secrets; otherwise that happens when nothing refers to it any more."""
        self._world.dispose()

    def snapshot(self, root_key: Buffer) -> bytes:
        """The world as bytes, its secrets sealed under ``root_key``, which is 32 bytes."""
        return self._world.snapshot(root_key)

    @classmethod
    def restore(
        cls,
        snapshot: Buffer,
        root_key: Buffer,
        *,
        history: bool | int = False,
        proxies: Mapping[str, str | None] | Iterable[str] | None = None,
        proxy_ca: str | os.PathLike[str] | None = None,
        audit: Options | None = None,
    ) -> Kms:
        """A world as it was when the snapshot was made; ``history`` begins with it, ``proxies`` and ``audit`` are as in the
        constructor.

        Raises ``ValueError`` when the root key does not open it.
        """
        kms = cls._restored(snapshot, root_key, history, sends(proxies, proxy_ca))
        if audit:
            kms.audit.set(**audit)
        return kms

    @classmethod
    def _restored(cls, snapshot: Buffer, root_key: Buffer, history: bool | int, proxies: Proxies | None) -> Kms:
        world = _native.World.restore(snapshot, root_key, proxies)
        world.keep_history(states(history))
        return cls._around(world)

    def __copy__(self) -> Kms:
        return self.fork()

    def __deepcopy__(self, _: object) -> Kms:
        return self.fork()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a world is not pickled: take kms.snapshot(root_key), and Kms.restore(...) where it is wanted")

    def __repr__(self) -> str:
        return shown("Kms", lambda: f"account={self.account} now={self.clock.now.isoformat()}")


if TYPE_CHECKING:

    @overload
    def block_network(target: Decorated, /) -> Decorated: ...
    @overload
    def block_network(*, aws: bool = ...) -> BlockNetwork: ...


def block_network(target: Any = None, /, *, aws: bool = False) -> Any:
    """Lets no request of a KMS client of botocore leave this process: what no world answers, and nobody else in place of
    the network, raises :class:`pocket_kms.NetworkBlocked`.

    With ``aws``, the same holds for every service of AWS, except at an address of this machine. A ``with`` block and a
    decorator, with parentheses or without them, with ``start()`` and ``stop()``. The ini option ``pocket_kms_block_network`` does it for a run of pytest.
    """
    from pocket_kms._intercept import BlockNetwork

    block = BlockNetwork(aws)
    return block if target is None else block(target)


def _sender(caller: Caller | str | None, origin: Origin | None) -> _native.Sender | None:
    return None if caller is None and origin is None else _native.Sender(caller, origin)
