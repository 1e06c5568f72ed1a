"""From where a call comes: what a host knows about a request besides the request itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict


class VpcEndpoint(TypedDict, total=False):
    """A VPC endpoint; it has an ``id``, such as ``vpce-0123456789abcdef0``."""

    id: str
    vpc: str
    owner: str


class Tls(TypedDict, total=False):
    """How a call was secured."""

    version: str
    cipher_suite: str
    host: str
    key_exchange: str


class Origin(TypedDict, total=False):
    """From where a call comes. What is left out, the request may show."""

    source_ip: str
    """The address of the caller, such as ``203.0.113.7``."""
    vpc_endpoint: str | VpcEndpoint
    """The VPC endpoint through which the call came."""
    via: str | list[str]
    """The services that forward the caller's session, such as ``s3.amazonaws.com``, the first one first."""
    source_arn: str
    """On behalf of which resource a service calls in its own name."""
    source_account: str
    """On behalf of which account it does."""
    mfa: bool
    """Whether the session began with a second factor."""
    token_issued: datetime
    """When the session began."""
    source_identity: str
    """The source identity that the session was given."""
    principal_tags: dict[str, str]
    """The tags of the caller."""
    access_key_id: str
    """The access key id that signed the call."""
    user_agent: str
    """How the caller's software names itself."""
    from_console: bool
    """Whether the credentials are those of the console."""
    secure_transport: bool
    """Whether the call came over TLS."""
    tls: Tls
    """How it was secured."""
    context: Mapping[str, Any]
    """Further facts by the names of condition keys, such as ``aws:referer``."""
