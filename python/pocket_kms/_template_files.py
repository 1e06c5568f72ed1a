"""The files of a template, as the core's reader takes them: their names and their texts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Union

# A path, several of them, or texts by the names of their files. A folder stands for the templates in it, such as `cdk.out`.
Template = Union[str, "os.PathLike[str]", Sequence["str | os.PathLike[str]"], Mapping[str, str]]

ENDINGS = (".json", ".yaml", ".yml", ".template")


def files_of(template: Template) -> list[tuple[str, str]]:
    """The names and texts of the files. Raises ``ValueError`` where one of them cannot be read."""
    if isinstance(template, Mapping):
        return list(template.items())
    paths = [template] if isinstance(template, (str, os.PathLike)) else template
    return [(str(path), _text(path)) for named in paths for path in _files(Path(named))]


def within(folder: Path, template: Template) -> Template:
    """The same, with paths that begin in a folder."""
    if isinstance(template, Mapping):
        return template
    if isinstance(template, (str, os.PathLike)):
        return folder / template
    return [folder / path for path in template]


def _files(path: Path) -> Iterator[Path]:
    """A file, or those of a folder and of the nested assemblies in it, in the order of their names."""
    if not path.is_dir():
        yield path
        return
    for inside in sorted(path.iterdir()):
        if inside.is_dir():
            # The other folders of an assembly hold code.
            if inside.name.startswith("assembly-"):
                yield from _files(inside)
        elif inside.name.endswith(ENDINGS):
            yield inside


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error
