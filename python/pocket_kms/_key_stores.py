"""What custom key stores of a world stand on."""

from __future__ import annotations


# The name that type checkers know; importing `typing` would take as long as all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pocket_kms import _native
    from pocket_kms._clusters import Clusters, EndpointServices
    from pocket_kms._native import HealthCheck
    from pocket_kms._proxy import Proxy, ProxyMembers
    from pocket_kms._proxy_server import ProxyServer
    from pocket_kms._stores import Stores
    from typing_extensions import Unpack


class KeyStores:
    """The simulated clusters, VPC endpoint services and proxies of a world."""

    __slots__ = ()

    if TYPE_CHECKING:
        _world: _native.World

    @property
    def stores(self) -> Stores:
        """What custom key stores stand on, as one structure: ``kms.stores.register({"clusters": {...}, "proxies": {...}})``."""
        from pocket_kms._stores import Stores

        return Stores(self._world)

    @property
    def clusters(self) -> Clusters:
        """The simulated AWS CloudHSM clusters: ``kms.clusters.create("cluster-2ab3cdefghi", password="kmsPswd")``."""
        from pocket_kms._clusters import Cluster, Clusters

        return Clusters(self._world, Cluster)

    @property
    def endpoint_services(self) -> EndpointServices:
        """The simulated VPC endpoint services, by which external key stores reach their proxies."""
        from pocket_kms._clusters import EndpointService, EndpointServices

        return EndpointServices(self._world, EndpointService)

    def proxy(self, name: str, **members: Unpack[ProxyMembers]) -> Proxy:
        """Registers a simulated external key store proxy, or changes what is said of one.

        ``kms.proxy("https://xks.example.com/prefix", keys=["foo"])``: the endpoint, and the prefix of the path where there
        is one. Members are those of :class:`pocket_kms.ProxyMembers`. Raises ``ValueError`` with a sentence that names the
        place.
        """
        from pocket_kms._proxy import proxy

        return proxy(self._world, name, members)

    def serve_proxies(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        tls: bool | Sequence[str] = False,
        log: Callable[[str], None] | None = None,
    ) -> ProxyServer:
        """Serves the proxies of this world to other implementations of KMS: ``with kms.serve_proxies() as server:``.

        ``tls`` is the files of a certificate and its key, or True for one that is made, with ``server.authority``.
        """
        from pocket_kms._proxy_server import ProxyServer

        return ProxyServer(self._world, host, port, tls=tls, log=log)

    def check_external_key_stores(self) -> list[HealthCheck]:
        """Asks the proxies of connected external key stores how they are, as AWS does every five minutes; those that were
        asked less than five minutes ago are left alone. Nothing does it by itself, and it changes no connection.

        Each has ``store``, ``outcome`` (the name of an error, or None), ``retryable``, ``millis``, ``managers`` (how many are
        ``active``, ``degraded`` and ``unavailable``) and ``certificate``.
        """
        return self._world.check_external_key_stores()
