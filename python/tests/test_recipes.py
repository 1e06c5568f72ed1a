"""Recipes and links: a world that is made again, in the other language, too, and what is refused."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import zlib
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from pocket_kms import Kms, KmsError

WASM = Path(__file__).parents[2] / "wasm"
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
PAGE = "https://example.com/playground/"


def lesson() -> Kms:
    """A world in which something was done."""
    kms = Kms("lesson", NOW, keep_recipe=True)
    key = kms.call("CreateKey", {"Description": "<script>alert(1)</script>"})["KeyMetadata"]["KeyId"]
    kms.call("DescribeKey", {"KeyId": key})
    kms.call("Encrypt", {"KeyId": key, "Plaintext": b"hello", "EncryptionContext": {"$from": "x"}})
    with pytest.raises(KmsError, match="NotFoundException"):
        kms.call("EnableKey", {"KeyId": "12345678-1234-1234-1234-123456789012"})
    kms.client("eu-west-1").create_key(Description="of a client")
    kms.settings["quota/keys"] = 3
    kms.clock.advance("1d")
    return kms


def code(text: str) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(packer.compress(text.encode()) + packer.flush()).decode().rstrip("=")


def next_of(kms: Kms) -> tuple[object, object]:
    key = kms.call("ListKeys")["Keys"][0]["KeyId"]
    return kms.call("Encrypt", {"KeyId": key, "Plaintext": b"x"})["CiphertextBlob"], kms.call("CreateKey")["KeyMetadata"]


def test_a_world_of_a_recipe_or_a_link_is_the_same_and_does_the_same() -> None:
    kms = lesson()
    recipe, link = kms.recipe(), kms.link(PAGE + "#/keys")
    assert link.startswith(PAGE + "#/world/")
    there = [
        Kms.from_recipe(recipe),
        Kms.from_recipe(json.dumps(recipe)),
        Kms.from_link(link),
        Kms.from_link(link.rpartition("/")[2]),
        Kms.from_link(link + "?embed"),
    ]
    for world in there:
        assert world.recipe() == recipe
        assert world.changes() == kms.changes()
        assert world.clock.now == kms.clock.now
    expected = next_of(kms)
    assert all(next_of(world) == expected for world in there)


def test_a_recipe_has_what_was_done_and_not_who_looked() -> None:
    steps = lesson().recipe()["steps"]
    assert [step.get("call") or next(iter(step)) for step in steps] == [
        "CreateKey", "Encrypt", "EnableKey", "CreateKey", "set", "at",
    ]  # fmt: skip
    assert steps[3]["region"] == "eu-west-1"


def test_bytes_are_not_a_recipe() -> None:
    recipe: Any = b"{}"
    with pytest.raises(TypeError, match="a recipe is a structure, or its JSON text, not bytes"):
        Kms.from_recipe(recipe)


def test_a_world_without_a_recipe_says_why() -> None:
    with pytest.raises(ValueError, match="a world without a seed has no recipe: its keys come from the random source"):
        Kms(keep_recipe=True).recipe()
    with pytest.raises(ValueError, match="does not keep its recipe"):
        Kms("seed").link()


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("", "not the link of a world"),
        (PAGE, "not the link of a world"),
        ("<script>alert(1)</script>", "not the link of a world"),
        (PAGE + "#/world/AAAA", "this link is broken"),
        (code("{}") + "AAAA", "this link is broken"),
        (code("{}" * 1000)[:-4], "this link is broken"),
        ("A" * 65_537, "this link is too long"),
        (code(" " * (4 * 1024 * 1024 + 1)), "too long a recipe: one has at most 4 MiB"),
        (code('{"version": 1'), "this is not a recipe"),
        (code("[" * 1000), "this is not a recipe"),
        (code("null"), "a recipe is a structure"),
        (code('{"version": 1, "seed": "x", "now": 0, "steps": [{"call": "Nothing"}]}'), r"step 1 of the recipe \(Nothing\)"),
        (code('{"version": 1, "seed": "x", "now": 0, "steps": [], "run": "alert(1)"}'), "has no member run"),
    ],
)
def test_a_hostile_link_is_refused_with_a_sentence(link: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Kms.from_link(link)


@pytest.mark.skipif(
    shutil.which("node") is None or not (WASM / "npm" / "pkg" / "pocket_kms_bg.wasm").exists(),
    reason="the npm package is not built",
)
def test_a_link_of_one_language_opens_in_the_other() -> None:
    kms = lesson()
    script = WASM / "tests" / "across" / "links.mjs"
    node = subprocess.run(
        ["node", str(script), kms.link(PAGE)], capture_output=True, text=True, check=True, cwd=script.parent
    )
    told = json.loads(node.stdout)
    ids = [key["KeyId"] for key in kms.call("ListKeys")["Keys"]]
    blob = kms.call("Encrypt", {"KeyId": ids[0], "Plaintext": b"across"})["CiphertextBlob"]
    assert (told["ids"], base64.b64decode(told["blob"])) == (ids, blob)
    back = Kms.from_link(told["link"])
    assert back.recipe() == kms.recipe()
    assert back.call("Decrypt", {"CiphertextBlob": blob})["Plaintext"] == b"across"


def test_a_test_that_fails_shows_a_link_to_its_world(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_seeded(kms):
            kms.call("CreateKey")
            assert False


        def test_passing(kms):
            kms.call("CreateKey")
        """
    )
    plain = ("-p", "no:cacheprovider")
    result = pytester.runpytest_subprocess(*plain, "--pocket-kms-seed", "x", "--pocket-kms-links", PAGE)
    result.stdout.fnmatch_lines(["*the world of pocket-kms*", PAGE + "#/world/*"])
    link = next(line for line in result.outlines if line.startswith(PAGE))
    assert [step["call"] for step in Kms.from_link(link).recipe()["steps"] if "call" in step] == ["CreateKey"]
    for options in (("--pocket-kms-links", PAGE), ("--pocket-kms-seed", "x")):
        result = pytester.runpytest_subprocess(*plain, *options)
        result.stdout.no_fnmatch_line("*the world of pocket-kms*")
