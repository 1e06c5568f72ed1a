"""The native part: worlds and connections. Times are milliseconds since 1970; `host_now` is the time of the host's clock."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypedDict, final, type_check_only

from pocket_kms._course import Traced
from pocket_kms._decisions import Denial, Explanation
from pocket_kms._faults import FaultRule
from pocket_kms._proxy import ProxyLogEntry
from typing_extensions import NotRequired

__all__ = [
    "BUILD",
    "HISTORY_LENGTH",
    "VERSION",
    "Connection",
    "Enclave",
    "Endpoint",
    "Sender",
    "World",
    "after_fork_in_child",
    "after_fork_in_parent",
    "before_fork",
    "certificate",
    "moment",
    "span",
    "templates",
]

BUILD: str
HISTORY_LENGTH: int
VERSION: str

@type_check_only
class ExternalLayer(TypedDict):
    """What the outer layer of a blob says about itself: the lengths of what the proxy gave with the ciphertext."""

    MetadataLength: int
    IvLength: int

@type_check_only
class Inspection(TypedDict):
    """What a symmetric ciphertext blob says about itself."""

    Format: int
    """The version of the envelope."""
    Maker: str
    """The operations that may have made it: `Encrypt` or `GenerateDataKey`."""
    KeyMaterialId: str
    KeyIds: list[str]
    """The ARNs of the keys of this world that have that material."""
    Algorithm: str
    Length: int
    """The length of the blob in bytes."""
    PlaintextLength: int
    """The length of the plaintext in bytes."""
    External: NotRequired[ExternalLayer]
    """What an outer layer of an external key says."""
    Note: NotRequired[str]
    """Where no key of this world has that material: that it is so."""

@type_check_only
class Managers(TypedDict):
    """How many instances of a key manager are in each state."""

    active: int
    degraded: int
    unavailable: int

@type_check_only
class Certificate(TypedDict):
    """The certificate of a proxy."""

    subject: str
    not_after: datetime

@type_check_only
class HealthCheck(TypedDict):
    """What has become of a request to the proxy of an external key store."""

    store: str
    """The account, the Region and the id of the store."""
    kms_operation: str
    proxy_operation: str
    outcome: str | None
    """The name of the error; None for a success."""
    retryable: bool | None
    millis: int
    certificate: NotRequired[Certificate]
    managers: NotRequired[Managers]
    message: NotRequired[str]
    """What the proxy said of its error."""

@type_check_only
class QuotaUsage(TypedDict):
    """A quota of an account in a Region, and how much of it is used."""

    name: str
    """The name of its setting, such as `quota/keys` or `request/CreateKey`."""
    limit: int | float
    """The quota, of requests in a second."""
    usage: int
    """How much of it is used; of requests, those since the second began."""
    enforced: bool
    """Whether what exceeds it is refused: of requests, where the setting `request-quotas` is on."""
    key: NotRequired[str | None]
    """Of a quota that each key has, the ARN of the key that has used the most; None when none has used any."""

@final
class World:
    def __new__(
        cls,
        seed: bytes | None = None,
        now: int | None = None,
        account: str | None = None,
        insecure_key_pool: bool = False,
        history: int = 0,
        proxies: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
        keep_recipe: bool = False,
    ) -> World: ...
    @staticmethod
    def from_recipe(
        text: str,
        history: int,
        proxies: Callable[[dict[str, Any]], dict[str, Any]] | None,
        keep_recipe: bool,
        host_now: int,
    ) -> World: ...
    def recipe(self, host_now: int) -> str: ...
    @property
    def asks(self) -> bool: ...
    @property
    def account(self) -> str: ...
    def call(
        self, operation: str, input: Any, region: str | None, caller: Any, origin: Any, host_now: int
    ) -> dict[str, Any]: ...
    def trace(
        self, operation: str, input: Any, region: str | None, caller: Any, origin: Any, host_now: int
    ) -> Traced: ...
    def http(
        self,
        method: str,
        target: str,
        headers: Sequence[tuple[str, str | bytes]],
        body: bytes | bytearray,
        sender: Sender | None,
        host_now: int,
    ) -> tuple[int, dict[str, str], bytes, float]: ...
    def now(self, host_now: int) -> int: ...
    def set_time(self, time: int, host_now: int) -> None: ...
    def advance(self, span: int, host_now: int) -> None: ...
    def freeze(self, host_now: int) -> None: ...
    def resume(self, host_now: int) -> None: ...
    @property
    def is_frozen(self) -> bool: ...
    @property
    def next_deadline(self) -> int | None: ...
    def dispose(self) -> None: ...
    def fork(self) -> World: ...
    def snapshot(self, root_key: bytes) -> bytes: ...
    @staticmethod
    def restore(
        snapshot: bytes | bytearray,
        root_key: bytes,
        proxies: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
    ) -> World: ...
    def inspect(self, blob: bytes | bytearray) -> Inspection | None: ...
    def enclave(self, options: dict[str, Any]) -> Enclave: ...
    def changes(self, after: int) -> list[dict[str, Any]]: ...
    def events(self, after: int) -> list[dict[str, Any]]: ...
    def set(self, settings: Any, host_now: int) -> None: ...
    def settings(self) -> dict[str, Any]: ...
    def explain(
        self, operation: str, input: Any, region: str | None, caller: Any, origin: Any, host_now: int
    ) -> Explanation: ...
    def denials(self, after: int) -> list[Denial]: ...
    def register(self, entries: Any, host_now: int) -> None: ...
    def perform(self, recipe: str, host_now: int) -> str: ...
    def inventory(self, host_now: int) -> str: ...
    def unregister(self, names: Sequence[str], host_now: int) -> None: ...
    def directory(self) -> dict[str, Any]: ...
    def register_stores(self, entries: Any, host_now: int) -> None: ...
    def stores_setup(self) -> dict[str, Any]: ...
    def set_up_proxies(self, setup: Any, host_now: int) -> dict[str, Any]: ...
    def proxy_hosts(self) -> list[str]: ...
    def on_cluster(self, id: str, action: Any, host_now: int) -> dict[str, Any]: ...
    def on_proxy(self, name: str, action: Any, host_now: int) -> Any: ...
    def proxy_log(self, name: str, after: int) -> list[ProxyLogEntry]: ...
    def ask(self, question: Any, host_now: int) -> Any: ...
    def audit(self, question: str, host_now: int) -> Any: ...
    def set_audit(self, options: Any) -> None: ...
    def audit_options(self) -> Any: ...
    def import_trail(self, into: str | None, file: bytes | bytearray) -> Any: ...
    @property
    def listener(self) -> Callable[[], object] | None: ...
    def listen(self, listener: Callable[[], object] | None) -> None: ...
    def tell(self) -> None: ...
    def quotas(self, account: str | None, region: str | None, host_now: int) -> list[QuotaUsage]: ...
    def add_fault(self, fault: Any, predicate: Callable[[Any], object] | None = None) -> tuple[int, int | None]: ...
    def forget(self, predicate: int | None) -> None: ...
    def remove_fault(self, id: int) -> bool: ...
    def faults(self) -> list[FaultRule]: ...
    def acted_faults(self, after: int) -> list[dict[str, Any]]: ...
    def check_external_key_stores(self, host_now: int) -> list[HealthCheck]: ...
    def keep_history(self, states: int) -> None: ...
    def at(self, time: int, host_now: int) -> World: ...
    def at_revision(self, revision: int) -> World: ...

@final
class Enclave:
    @property
    def module_id(self) -> str: ...
    @property
    def public_key(self) -> bytes: ...
    @property
    def private_key(self) -> bytes: ...
    def attest(
        self, public_key: bytes | None, user_data: bytes | None, nonce: bytes | None, host_now: int
    ) -> bytes: ...
    def unwrap(self, ciphertext_for_recipient: bytes | bytearray) -> bytes: ...

@final
class Sender:
    def __new__(cls, caller: Any, origin: Any) -> Sender: ...

@final
class Endpoint:
    def __new__(
        cls, world: World, cors: str | None = None, open_administration: bool = False, only_proxies: bool = False
    ) -> Endpoint: ...

@final
class Connection:
    def __new__(cls, endpoint: Endpoint, peer: str | None) -> Connection: ...
    def receive(self, received: bytes | bytearray, host_now: int) -> tuple[bytes, bool, list[str], float]: ...

def certificate(host: str, host_now: int, names: list[str] = ...) -> tuple[str, str, bytes]: ...
def moment(text: str) -> int: ...
def span(text: str) -> int: ...
def templates(name: str, input: str) -> tuple[bool, str]: ...
def before_fork() -> None: ...
def after_fork_in_parent() -> None: ...
def after_fork_in_child() -> None: ...
