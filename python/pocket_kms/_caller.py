"""Who calls, where it is more than a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Union

# A policy: a structure, or its JSON text.
Document = Union[str, Mapping[str, Any]]


class Session(TypedDict, total=False):
    """The session in which somebody calls. Whatever stands in it but tags and context makes its credentials temporary."""

    policies: Document | Sequence[Document]
    """The session policies: they limit what the caller may do."""
    managed_policies: str | Sequence[str]
    """The ARNs of managed policies that limit it, too."""
    tags: dict[str, str]
    """The tags of the caller, those of its session among them."""
    mfa: bool
    """Whether the session began with a second factor."""
    mfa_age: int | str
    """How long ago the second factor was given: seconds, or a length such as ``5m``."""
    token_issued: datetime
    """When the session began."""
    source_identity: str
    """The source identity that the session was given."""
    issuer: str
    """The ARN of the user, or of the root user, who opened the session of a federated user."""
    provider: str
    """The identity provider that opened the session, such as ``cognito-identity.amazonaws.com``."""
    temporary: bool
    """Whether the credentials are temporary, where nothing else says so."""
    context: Mapping[str, Any]
    """Further facts by the names of condition keys, such as ``cognito-identity.amazonaws.com:sub``."""


class Caller(TypedDict, total=False):
    """Who calls, and in which session; without ``arn``, whoever the credentials name."""

    arn: str
    """An account id, the ARN of a principal, or the name of a service."""
    session: Session
    """The session."""
