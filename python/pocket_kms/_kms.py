"""A world of KMS, as Python uses it."""

from __future__ import annotations

from pocket_kms import _native
from pocket_kms._clock import Clock, host_millis, millis_of
from pocket_kms._enclave import Enclave

# The name that type checkers know; importing `typing` would take as long as all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any, Literal

    # Clients are typed where the types of boto3's KMS (`pip install boto3-stubs[kms]`) are there.
    from mypy_boto3_kms import KMSClient

    from pocket_kms._intercept import Intercept
    from pocket_kms._native import Inspection
    from pocket_kms.operations import Calls
else:
    Calls = object


class Kms(Calls):
    """A world of KMS in memory: all accounts, Regions and partitions of one simulated AWS.

    ``seed`` makes everything random reproducible to the byte, ``now`` freezes the clock at a datetime with a time zone,
    ``account`` is the account of callers that name none (``111122223333``), and ``insecure_key_pool`` takes RSA keys from
    a pool whose primes everybody knows: they take microseconds, are all different and protect nothing. Whoever knows the
    seed knows every key: both are for tests alone. A world may be used from any number of threads.
    """

    __slots__ = ("__weakref__", "_world", "clock")

    clock: Clock

    def __init__(
        self,
        seed: str | bytes | int | None = None,
        now: datetime | None = None,
        account: str | None = None,
        *,
        insecure_key_pool: bool = False,
    ) -> None:
        millis = None if now is None else millis_of(now)
        seed_bytes = None if seed is None else _seed_bytes(seed)
        self._adopt(_native.World(seed_bytes, millis, account, insecure_key_pool))

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
            input: dict[str, Any] | None = None,
            *,
            region: str | None = None,
            caller: str | None = None,
        ) -> dict[str, Any]:
            """Makes a call without an SDK: names and members are AWS's, blobs are bytes, times are datetimes.

            ``region`` is ``us-east-1`` where none is given; ``caller`` an account id or the ARN of a root user, user, role,
            role session or federated user. Raises :class:`pocket_kms.KmsError`.
            """
            return self._world.call(operation, {} if input is None else input, region, caller, host_millis())

    def client(self, region_name: str | None = None, **arguments: Any) -> KMSClient:
        """A genuine boto3 client of KMS that this world answers, without a socket, inside and outside of blocks.

        ``arguments`` are those of ``boto3.Session.client``. An ``aws_access_key_id`` of twelve digits names the account
        that calls. The Region is the one that is given, else that of the environment, else ``us-east-1``; files in the
        home directory are not read.
        """
        from pocket_kms._client import client

        return client(self._world, region_name, arguments)

    def intercept(self) -> Intercept:
        """Serves every KMS client of botocore in this process, whoever made it and when, inside of a ``with`` block.

        Also a decorator of functions, coroutine functions included. Other services are left alone. Of several such
        blocks the one entered last serves.
        """
        from pocket_kms._intercept import Intercept

        return Intercept(self)

    def enclave(
        self,
        *,
        platform: Literal["NitroEnclave", "NitroTpm"] = "NitroEnclave",
        pcrs: Mapping[int, bytes | str] | None = None,
        image_sha384: bytes | str | None = None,
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
        options = {
            "Platform": platform,
            "Pcrs": None if pcrs is None else {str(number): value for number, value in pcrs.items()},
            "ImageSha384": image_sha384,
            "RoleArn": role_arn,
            "InstanceId": instance_id,
            "KeySpec": key_spec,
        }
        return Enclave(self._world.enclave(options))

    def inspect(self, blob: bytes) -> Inspection | None:
        """What a symmetric ciphertext blob says about itself, without decrypting it; None for other bytes."""
        return self._world.inspect(blob)

    def fork(self) -> Kms:
        """A second world that begins as this one is now; it costs microseconds, whatever this one holds."""
        return self._around(self._world.fork())

    def snapshot(self, root_key: bytes) -> bytes:
        """The world as bytes, its secrets sealed under ``root_key``, which is 32 bytes."""
        return self._world.snapshot(root_key)

    @classmethod
    def restore(cls, snapshot: bytes, root_key: bytes) -> Kms:
        """A world as it was when the snapshot was made. Raises ``ValueError`` when the root key does not open it."""
        return cls._around(_native.World.restore(snapshot, root_key))

    def changes(self, after: int = 0) -> list[dict[str, Any]]:
        """The journal: every change since the world began, oldest first, behind the one with the number ``after``.

        Each has ``number``, ``time``, ``operation`` (None where time alone did it), ``table``, ``key`` and ``row``.
        """
        return self._world.changes(after)

    def __repr__(self) -> str:
        return f"<Kms account={self.account} now={self.clock.now.isoformat()}>"


def _seed_bytes(seed: str | bytes | int) -> bytes:
    if isinstance(seed, bytes):
        return seed
    if isinstance(seed, (str, int)):
        # A number is its digits, as in JavaScript and on the command line.
        return str(seed).encode()
    raise TypeError(f"a seed is text, bytes or a whole number, not {type(seed).__name__}")
