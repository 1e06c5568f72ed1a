"""The exception of a refused call."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class KmsError(Exception):
    """An exception of the KMS API.

    ``code`` is AWS's name of the exception, such as ``NotFoundException``; ``message`` its sentence, empty where AWS
    sends none; ``reasons`` say why the caller was denied, one sentence for each check that failed.
    """

    code: str
    message: str
    reasons: list[str]

    def __init__(self, code: str, message: str = "", reasons: Sequence[str] = ()) -> None:
        super().__init__(code, message, list(reasons))
        self.code = code
        self.message = message
        self.reasons = list(reasons)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" if self.message else self.code
