"""Why a caller was denied, as notes below the traceback of botocore's own exception.

botocore makes its exceptions where no event tells of it. Every one of them is a `ClientError`, and begins with the
response from which it is made: the constructor of that class is where the notes are added, to errors alone whose
response has the reasons of pocket-kms.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from botocore.exceptions import ClientError

from pocket_kms._errors import note

# The header in which the core tells them: a list of sentences in JSON.
HEADER = "x-pocket-kms-reasons"


def told(response: Any) -> list[str]:
    """The reasons in a response of botocore; none where somebody else has answered."""
    text = response.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get(HEADER)
    try:
        sentences = json.loads(text) if text else []
    except ValueError:
        return []
    return [sentence for sentence in sentences if isinstance(sentence, str)] if isinstance(sentences, list) else []


def install() -> None:
    """Has errors of clients say why their caller was denied."""
    original = ClientError.__init__

    @functools.wraps(original)
    def begin(error: ClientError, error_response: Any, operation_name: str) -> None:
        original(error, error_response, operation_name)
        note(error, told(error_response))

    setattr(ClientError, "__init__", begin)
