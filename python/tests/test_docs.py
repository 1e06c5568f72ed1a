"""The examples of the pages run, and keep what they promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "python" / "README.md",
    ROOT / "docs" / "coming-from-moto.md",
    ROOT / "docs" / "coming-from-localstack.md",
    ROOT / "docs" / "policies-in-tests.md",
    ROOT / "docs" / "templates.md",
    ROOT / "docs" / "custom-key-stores.md",
    ROOT / "docs" / "audit.md",
    ROOT / "docs" / "recipes.md",
]
EXAMPLES = [
    pytest.param(example, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, example in enumerate(re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL), 1)
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs(pytester: pytest.Pytester, no_sockets: None, example: str) -> None:
    if "def test_" in example and "unittest" not in example:
        pytester.makepyfile(example)
        outcomes = pytester.runpytest_subprocess("-p", "no:cacheprovider").parseoutcomes()
        assert set(outcomes) == {"passed"} or set(outcomes) == {"passed", "warnings"}
    else:
        exec(compile(example, "example", "exec"), {"__name__": "example"})


def test_the_readme_links_every_page() -> None:
    readme = PAGES[0].read_text(encoding="utf-8")
    for page in PAGES[1:]:
        assert f"docs/{page.name})" in readme
