"""The exceptions of this package."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pocket_kms._decisions import Decision


class KmsError(Exception):
    """An exception of the KMS API.

    ``code`` is AWS's name of the exception, such as ``NotFoundException``; ``message`` its sentence, empty where AWS
    sends none; ``reasons`` say what AWS does not: why the caller was denied, one sentence for each check that failed, or
    which operation may be meant. They stand as notes below the traceback; ``decisions`` are every check as data;
    ``request_id`` is the id by which AWS would name the request, empty where none was made.
    """

    code: str
    message: str
    reasons: list[str]
    request_id: str
    decisions: list[Decision]

    def __init__(
        self,
        code: str,
        message: str = "",
        reasons: Sequence[str] = (),
        request_id: str = "",
        decisions: Sequence[Decision] = (),
    ) -> None:
        # What `repr` shows: the decisions are long, and the reasons say the same.
        super().__init__(code, message, list(reasons), request_id)
        self.code = code
        self.message = message
        self.reasons = list(reasons)
        self.request_id = request_id
        self.decisions = list(decisions)
        note(self, self.reasons)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" if self.message else self.code


class NetworkBlocked(RuntimeError):
    """A request to AWS that no world answers, and that :func:`pocket_kms.block_network` has kept from the network."""


def shown(label: str, told: Callable[[], str]) -> str:
    """What ``repr`` shows of something that belongs to a world: to look at it raises nothing, whatever became of the world."""
    try:
        return f"<{label} {told()}>"
    except ValueError:
        return f"<{label} disposed>"
    except KeyError:
        return f"<{label} removed>"


def note(error: BaseException, sentences: Iterable[str]) -> None:
    """Adds notes that Python 3.11 and newer, and pytest, print below the traceback."""
    for sentence in sentences:
        # What `add_note` of Python 3.11 does.
        error.__dict__.setdefault("__notes__", []).append(sentence)
