"""What the constructor of a world takes, as the native part does."""

from __future__ import annotations

from pocket_kms import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from pocket_kms._proxies import Proxies
    from typing_extensions import Buffer


def states(history: bool | int) -> int:
    """How many states a world keeps."""
    if not isinstance(history, int) or history < 0:
        raise ValueError(f"history is True, False, or how many states to keep, not {history!r}")
    return int(history) if history is not True else _native.HISTORY_LENGTH


def bytes_of_seed(seed: str | Buffer | int) -> Buffer:
    """The bytes of a seed."""
    if isinstance(seed, (str, int)):
        # A number is its digits, as in JavaScript and on the command line.
        return str(seed).encode()
    try:
        return memoryview(seed)
    except TypeError:
        raise TypeError(f"a seed is text, bytes or a whole number, not {type(seed).__name__}") from None


def sends(
    allowed: Mapping[str, str | None] | Iterable[str] | None, authority: str | os.PathLike[str] | None
) -> Proxies | None:
    """What sends requests to the proxies of external key stores; None where no endpoint is allowed."""
    if not allowed:
        if authority is not None:
            raise ValueError("proxy_ca is for the proxies that are allowed: name them by proxies")
        return None
    # Importing `ssl` takes longer than all the rest.
    from pocket_kms._proxies import Proxies

    return Proxies(allowed, authority)
