"""The files of a template, as the core's reader takes them: their names and their texts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Union

# A path, several of them, or texts by the names of their files. A folder stands for the templates in it, such as `cdk.out`.
Template = Union[str, "os.PathLike[str]", Sequence["str | os.PathLike[str]"], Mapping[str, str]]

# What to do with the text of a template.
WITH_NAME = 'give it with a name, as {"template.yaml": text}'

ENDINGS = (".json", ".yaml", ".yml", ".template")


def files_of(template: Template) -> list[tuple[str, str]]:
    """The names and texts of the files. Raises ``ValueError`` where one of them cannot be read, or a folder has none."""
    if isinstance(template, Mapping):
        return list(template.items())
    return [(str(path), _text(path)) for named in _paths(template) for path in _some_files(Path(named))]


def within(folder: Path, template: Template) -> Template:
    """The same, with paths that begin in a folder."""
    if isinstance(template, Mapping):
        return template
    if isinstance(template, (str, os.PathLike)):
        return folder / template
    return [folder / path for path in _paths(template)]


def _paths(template: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]) -> list[str | os.PathLike[str]]:
    """The paths that somebody has named."""
    if isinstance(template, (str, os.PathLike)):
        return [_path(template)]
    paths = [_path(path) for path in (template if isinstance(template, Iterable) else [template])]
    if not paths:
        # Such as what a pattern gives that fits no file.
        raise ValueError("there is no template: the list of paths is empty")
    return paths


def _path(said: Any) -> str | os.PathLike[str]:
    if not isinstance(said, (str, os.PathLike)):
        raise TypeError(f"a template is a path, a list of paths, or texts by the names of their files, not {said!r}")
    if isinstance(said, str) and _is_text(said):
        raise ValueError(f"this is the text of a template, not its path: {WITH_NAME}")
    return said


def _is_text(path: str) -> bool:
    """Whether the text of a template stands where its path belongs."""
    return "\n" in path or path.lstrip().startswith("{")


def _some_files(path: Path) -> list[Path]:
    """The same as `_files`: a folder without any is not the one that was meant."""
    try:
        files = list(_files(path))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error}") from error
    if not files:
        raise ValueError(f"{path} holds no template: none of its files ends in {', '.join(ENDINGS)}")
    return files


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
