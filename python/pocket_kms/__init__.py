"""The whole AWS Key Management Service in this process: no socket, no account, no waiting.

    kms = pocket_kms.Kms()
    client = kms.client(region_name="eu-central-1")   # a genuine boto3 client

    with kms.intercept():                             # every KMS client of this process, whoever made it
        code_under_test()
"""

from pocket_kms import _native
from pocket_kms._clock import Clock
from pocket_kms._errors import KmsError, NetworkBlocked
from pocket_kms._kms import Kms, block_network

__all__ = [
    "Audit",
    "Caller",
    "Clock",
    "Cluster",
    "Decision",
    "Directory",
    "Enclave",
    "EndpointService",
    "Event",
    "Explanation",
    "ExportStopped",
    "Exposure",
    "ExternalKey",
    "Fault",
    "FaultCall",
    "Filter",
    "Finding",
    "Kms",
    "KmsError",
    "Loaded",
    "NetworkBlocked",
    "OrganizationUnit",
    "Origin",
    "Proxy",
    "ProxyFault",
    "ProxyMembers",
    "ProxyServer",
    "Record",
    "Recorded",
    "Session",
    "Stores",
    "Subscription",
    "WhatCan",
    "WhoCan",
    "__version__",
    "block_network",
]

__version__: str = _native.VERSION

# The name that type checkers know; importing `typing` would take as long as all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pocket_kms._answers import Exposure, WhatCan, WhoCan
    from pocket_kms._audit import Audit
    from pocket_kms._audit_files import ExportStopped
    from pocket_kms._caller import Caller, Session
    from pocket_kms._clusters import Cluster, EndpointService
    from pocket_kms._decisions import Decision, Explanation
    from pocket_kms._directory import Directory, OrganizationUnit
    from pocket_kms._enclave import Enclave
    from pocket_kms._faults import Fault, FaultCall
    from pocket_kms._follow import Subscription
    from pocket_kms._origin import Origin
    from pocket_kms._proxy import ExternalKey, Proxy, ProxyFault, ProxyMembers
    from pocket_kms._proxy_server import ProxyServer
    from pocket_kms._recorded import Recorded
    from pocket_kms._records import Event, Filter, Record
    from pocket_kms._stores import Stores
    from pocket_kms._templates import Finding, Loaded
else:
    # Few programs need these at their start.
    _LATER = {
        "Audit": "pocket_kms._audit",
        "Caller": "pocket_kms._caller",
        "Cluster": "pocket_kms._clusters",
        "Decision": "pocket_kms._decisions",
        "Directory": "pocket_kms._directory",
        "Enclave": "pocket_kms._enclave",
        "EndpointService": "pocket_kms._clusters",
        "Event": "pocket_kms._records",
        "Explanation": "pocket_kms._decisions",
        "ExportStopped": "pocket_kms._audit_files",
        "Exposure": "pocket_kms._answers",
        "ExternalKey": "pocket_kms._proxy",
        "Fault": "pocket_kms._faults",
        "FaultCall": "pocket_kms._faults",
        "Filter": "pocket_kms._records",
        "Finding": "pocket_kms._templates",
        "Loaded": "pocket_kms._templates",
        "OrganizationUnit": "pocket_kms._directory",
        "Origin": "pocket_kms._origin",
        "Proxy": "pocket_kms._proxy",
        "ProxyFault": "pocket_kms._proxy",
        "ProxyMembers": "pocket_kms._proxy",
        "ProxyServer": "pocket_kms._proxy_server",
        "Record": "pocket_kms._records",
        "Recorded": "pocket_kms._recorded",
        "Session": "pocket_kms._caller",
        "Stores": "pocket_kms._stores",
        "Subscription": "pocket_kms._follow",
        "WhatCan": "pocket_kms._answers",
        "WhoCan": "pocket_kms._answers",
    }

    def __getattr__(name):
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_LATER[name]), name)
