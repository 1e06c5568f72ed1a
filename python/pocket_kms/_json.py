"""JSON as the command line and exports write it: letters of every language as they are, as in every other host."""

from __future__ import annotations

import json
from typing import Any


def written(value: Any, indent: int | None = None) -> str:
    """The text that ``JSON.stringify`` writes."""
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
