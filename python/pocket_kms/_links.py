"""Links that carry a world: ``<page>#/world/<base64url of the raw deflate of a recipe's JSON>``."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

# The longest code of a link, in characters, and the longest recipe, in bytes.
LONGEST = 64 << 10
LONGEST_RECIPE = 4 << 20

# What stands before the code.
MARK = "#/world/"

_BROKEN = "this link is broken: perhaps a part of it was lost on the way"


def text_of(recipe: Mapping[str, Any] | str) -> str:
    """The text of a recipe."""
    if isinstance(recipe, str):
        return recipe
    if not isinstance(recipe, Mapping):
        raise TypeError(f"a recipe is a structure, or its JSON text, not {type(recipe).__name__}")
    return json.dumps(recipe)


def structure_of(text: str) -> dict[str, Any]:
    """The recipe of a text."""
    recipe: dict[str, Any] = json.loads(text)
    return recipe


def link_of(recipe: str, base: str) -> str:
    """The link of a recipe."""
    if not isinstance(base, str):
        raise TypeError("the base of a link is the address of a page, a text")
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(recipe.encode()) + packer.flush()
    code = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    if len(code) > LONGEST:
        raise ValueError(
            f"the recipe of this world is too long for a link: it has {len(code)} characters, and a link at most {LONGEST}; "
            "hand the recipe on as a file"
        )
    return base.split("#", 1)[0] + MARK + code


def recipe_of(link: str) -> str:
    """The recipe of a link, or of its code alone, as JSON text."""
    if not isinstance(link, str):
        raise TypeError("a link is a text")
    # What stands behind the code belongs to the page.
    code = re.split(r"[?&#/]", link.rpartition(MARK)[2].strip(), maxsplit=1)[0].rstrip("=")
    if len(code) > LONGEST:
        raise ValueError(f"this link is too long: its world has at most {LONGEST} characters")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", code):
        raise ValueError(
            "this is not the link of a world: such a link has #/world/ and letters, digits, - and _ behind it"
        )
    opener = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        packed = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        recipe = opener.decompress(packed, LONGEST_RECIPE + 1)
        if len(recipe) > LONGEST_RECIPE:
            raise ValueError("this link carries too long a recipe: one has at most 4 MiB")
        text = recipe.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise ValueError(_BROKEN) from error
    if not opener.eof or opener.unused_data:
        raise ValueError(_BROKEN)
    return text
