"""What the constructor of a world takes, as the native part does."""

from __future__ import annotations

from pocket_kms import _native


def states(history: bool | int) -> int:
    """How many states a world keeps."""
    if not isinstance(history, int) or history < 0:
        raise ValueError(f"history is True, False, or how many states to keep, not {history!r}")
    return int(history) if history is not True else _native.HISTORY_LENGTH


def bytes_of_seed(seed: str | bytes | int) -> bytes:
    """The bytes of a seed."""
    if isinstance(seed, bytes):
        return seed
    if isinstance(seed, (str, int)):
        # A number is its digits, as in JavaScript and on the command line.
        return str(seed).encode()
    raise TypeError(f"a seed is text, bytes or a whole number, not {type(seed).__name__}")
