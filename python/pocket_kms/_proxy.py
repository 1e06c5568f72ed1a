"""Proxies of external key stores and the key managers behind them, as their owners see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from pocket_kms._errors import shown
from pocket_kms._stores import Registered, Simulated, register, said
from pocket_kms._surrounding import Surrounding

if TYPE_CHECKING:
    from pocket_kms import _native
    from typing_extensions import Unpack

ProxyOperation = Literal["GetHealthStatus", "GetKeyMetadata", "Encrypt", "Decrypt"]
Usage = Literal["ENCRYPT", "DECRYPT", "SIGN", "VERIFY", "WRAP", "UNWRAP"]

ProxyFaultName = Literal[
    "error",
    "response",
    "member",
    "flip",
    "unreachable",
    "tls",
    "timeout",
    "delay",
    "ignoreAdditionalData",
    "otherPlaintext",
    "internal",
]


class Credential(TypedDict):
    """What CreateCustomKeyStore takes as ``XksProxyAuthenticationCredential``."""

    AccessKeyId: str
    RawSecretAccessKey: str


class ConfigurationFile(TypedDict):
    """The proxy configuration file that the console of KMS takes."""

    XksProxyUriPath: str
    XksProxyAuthenticationCredential: Credential


class ExternalKeyMembers(TypedDict, total=False):
    """What a key of the key manager is like."""

    spec: str
    """``AES_256`` is what KMS takes."""
    usages: Sequence[Usage]
    """``ENCRYPT`` and ``DECRYPT`` where none are said."""
    status: Literal["ENABLED", "DISABLED", "DELETED"]
    material: bytes
    """32 bytes; random ones where none are said."""


class Manager(TypedDict, total=False):
    """An instance of the key manager."""

    id: str
    model: str
    health_status: Literal["ACTIVE", "DEGRADED", "UNAVAILABLE"]


class Certificate(TypedDict, total=False):
    """The proxy's side of TLS, as KMS finds it."""

    subject: str
    """Its common name; that of the endpoint where none is said."""
    not_after: str
    """When it expires, such as ``2027-01-01T00:00:00Z``."""
    trusted: bool
    complete: bool
    """Whether its chain is."""
    protocols: Sequence[str]
    """Such as ``TLSv1.2``."""
    client_certificate: bool
    """Whether the proxy demands one of KMS."""


class ProxyFault(TypedDict, total=False):
    """What a proxy does instead of what it should; limits that are not said fit every request."""

    fault: ProxyFaultName
    store: str
    """The id of the key store that asks."""
    operation: ProxyOperation
    """The operation of the proxy."""
    kms_operation: str
    """The operation of KMS for which it is asked, or ``KmsHealthCheck``."""
    key: str
    """The id of the external key."""
    times: int
    """How many requests it hits."""
    until: str
    """It ends then, such as ``2027-01-01T00:00:00Z``."""
    error_name: str
    """Of ``error``: such as ``ThrottlingException``."""
    error_message: str
    status: int
    """Of ``response`` and ``error``."""
    body: str
    length: int
    """Of ``response``: the body is repeated until it has this many bytes."""
    content_type: str
    location: str
    member: str
    """Of ``member`` and ``flip``: which member of the answer."""
    value: Any
    """Of ``member``: what it has instead; without it, it is left out."""
    reason: str
    """Of ``unreachable``, ``tls`` and ``timeout``."""
    milliseconds: int
    """Of ``delay``."""


class ProxyMembers(TypedDict, total=False):
    """What a proxy is like. A member that is not said stays as it is, and None is what it was at first."""

    region: str | None
    """The Region whose KMS it serves."""
    credentials: Sequence[Mapping[str, str]] | None
    """Who may ask: ``access_key_id`` and ``raw_secret_access_key``, or these as AWS names them."""
    keys: Sequence[str] | Mapping[str, ExternalKeyMembers | None] | None
    """The keys of the key manager that it shows: their ids, or what they are like by their ids."""
    rules: Sequence[Mapping[str, str | Sequence[str]]] | None
    """What it authorizes, such as ``{"operation": "Decrypt", "awsPrincipalArn": "arn:aws:iam::111122223333:role/*"}``."""
    managers: Sequence[Manager] | None
    """The instances of the key manager."""
    faults: Sequence[ProxyFault] | None
    certificate: Certificate | None
    latency: int | str | None
    """How long an answer takes: milliseconds, or a text such as ``100ms``."""
    clock_offset: int | str | None
    """By how much its clock is ahead, or with a minus sign behind."""
    metadata: bytes | str | None
    """What each ciphertext has as its metadata: at most 20 bytes."""
    initialization_vector: Literal[12, 16] | None
    """How long it is, in bytes."""
    request_limit: int | None
    """How many requests it answers per second."""
    max_plaintext: int | None
    max_additional_data: int | None
    blocked: bool | None
    """Whether it refuses everything."""


class ProxyLogEntry(TypedDict):
    """A request that a proxy has answered."""

    number: int
    """Counts them from 1."""
    time: datetime
    operation: str
    key: str | None
    metadata: dict[str, str]
    """What the request says of who asks."""
    status: int
    """0 where there was no answer."""
    error: str | None
    milliseconds: int
    faults: list[ProxyFaultName]
    """The faults that hit it."""


class ExternalKey:
    """A key of a key manager, in which KMS has no part."""

    __slots__ = ("_proxy", "id")

    def __init__(self, proxy: Proxy, id: str) -> None:
        self._proxy = proxy
        self.id = id

    def enable(self) -> None:
        """Switches it on."""
        self._proxy.do("enableKey", key=self.id)

    def disable(self) -> None:
        """Switches it off."""
        self._proxy.do("disableKey", key=self.id)

    def rotate(self) -> None:
        """Gives it a new version of material; what the others have encrypted can still be decrypted."""
        self._proxy.do("rotateKey", key=self.id)

    def replace(self) -> None:
        """Puts another key under its id: what it has encrypted is lost."""
        self._proxy.do("replaceKey", key=self.id)

    def delete(self) -> None:
        """Deletes it, until it is restored."""
        self._proxy.do("deleteKey", key=self.id)

    def restore(self) -> None:
        """Brings it back."""
        self._proxy.do("restoreKey", key=self.id)

    def set(self, **members: Unpack[ExternalKeyMembers]) -> None:
        """Changes what is said: ``key.set(usages=["DECRYPT"])``."""
        self._proxy.set(keys={self.id: members})

    def to_dict(self) -> dict[str, Any]:
        """Its ``spec``, ``usages``, ``status``, and how many ``versions`` it has."""
        told: dict[str, Any] = self._proxy.to_dict()["keys"][self.id]
        return told

    def __repr__(self) -> str:
        return f"<ExternalKey {self.id}>"


class ExternalKeys(Mapping[str, ExternalKey]):
    """The keys that a proxy shows, by their ids."""

    __slots__ = ("_proxy",)

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy

    def create(self, id: str, **members: Unpack[ExternalKeyMembers]) -> ExternalKey:
        """Makes a key, or changes what is said of one."""
        self._proxy.set(keys={id: members})
        return ExternalKey(self._proxy, id)

    def remove(self, id: str) -> None:
        """Removes a key, for ever."""
        self._proxy.set(keys={id: None})

    def __getitem__(self, id: str) -> ExternalKey:
        if id not in self._told():
            raise KeyError(id)
        return ExternalKey(self._proxy, id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._told())

    def __len__(self) -> int:
        return len(self._told())

    def __repr__(self) -> str:
        return shown("ExternalKeys", lambda: ", ".join(self) or "none")

    def _told(self) -> dict[str, Any]:
        told: dict[str, Any] = self._proxy.to_dict()["keys"]
        return told


class ProxyFaults(Surrounding["ProxyFaults"]):
    """What a proxy does wrong inside of a ``with`` block, around the calls of what it decorates, or from start to stop."""

    __slots__ = ("_fault", "_ids", "_proxy")

    def __init__(self, proxy: Proxy, fault: Mapping[str, Any]) -> None:
        self._proxy = proxy
        self._fault = fault
        # Of each stay, the innermost last.
        self._ids: list[int] = []

    def start(self) -> ProxyFaults:
        self._ids.append(int(self._proxy.do("addFault", **self._fault)["id"]))
        return self

    def stop(self) -> None:
        self._proxy.do("removeFault", id=self._ids.pop())

    def __repr__(self) -> str:
        return f"<ProxyFaults {self._fault.get('fault')}>"


class Proxy(Simulated):
    """A logical key store of a simulated external key store proxy: what its owner can do with it, and what can break."""

    __slots__ = ()

    _kind = "proxies"

    @property
    def keys(self) -> ExternalKeys:
        """The keys of the key manager that it shows: ``proxy.keys["foo"].disable()``."""
        return ExternalKeys(self)

    def set(self, **members: Unpack[ProxyMembers]) -> None:
        """Changes what is said: ``proxy.set(blocked=True)``."""
        register(self._world, self._kind, self.name, members)

    def faults(self, fault: ProxyFaultName, **members: Any) -> ProxyFaults:
        """Makes the proxy do something wrong inside of a ``with`` block; the members are those of ``pocket_kms.ProxyFault``.

        ``with proxy.faults("error", error_name="ThrottlingException", operation="Decrypt", times=2):``. Also a decorator,
        with ``start()`` and ``stop()``. Raises ``ValueError`` with a sentence that names the place.
        """
        return ProxyFaults(self, {"fault": fault, **members})

    def credential(self) -> Credential:
        """A new credential, which CreateCustomKeyStore takes as it is."""
        made: Credential = self.do("addCredential")
        return made

    def add_credential(self, access_key_id: str, raw_secret_access_key: str) -> Credential:
        """Adds a credential beside those that there are."""
        made: Credential = self.do(
            "addCredential", access_key_id=access_key_id, raw_secret_access_key=raw_secret_access_key
        )
        return made

    def remove_credential(self, access_key_id: str) -> None:
        """Removes a credential."""
        self.do("removeCredential", access_key_id=access_key_id)

    def configuration_file(self) -> ConfigurationFile:
        """The file that the console of KMS takes, with a new credential; ``json.dumps`` writes it."""
        made: ConfigurationFile = self.do("configurationFile")
        return made

    def log(self, after: int = 0) -> list[ProxyLogEntry]:
        """The requests that it has answered, oldest first, behind the one with the number ``after``."""
        return self._world.proxy_log(self.name, after)

    def do(self, action: str, **members: Any) -> Any:
        """Does what has this name, of which the methods are the usual ones."""
        return self._world.on_proxy(self.name, {"do": action, **said(members)})


class RegisteredProxies(Registered[Proxy]):
    """The simulated proxies, by their endpoints and prefixes.

    Until the first one is registered, and where the host sends no requests, every endpoint has one that works and has every
    external key.
    """

    __slots__ = ()


def proxy(world: _native.World, name: str, members: Mapping[str, Any]) -> Proxy:
    """Registers a proxy, or changes what is said of one."""
    register(world, "proxies", name, members)
    return Proxy(world, name)
