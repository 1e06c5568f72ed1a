"""Records in files, as CloudTrail writes them: each file is there whole, or not at all."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, Union

from pocket_kms._json import written

# The forms in which records are written.
Form = Literal["trail", "lines", "lookup"]

# How many records are asked for, and written, at a time.
PAGE = 10_000

# Files, or folders in which they stand at any depth.
Paths = Union[str, "os.PathLike[str]", Sequence["str | os.PathLike[str]"]]

_ENDINGS = (".json", ".json.gz", ".jsonl", ".jsonl.gz")

# A file that says which files CloudTrail has delivered; it holds no records.
_DIGEST = "CloudTrail-Digest"

# A page of an export behind a record, as the core answers.
_Page = Callable[[int], Mapping[str, Any]]


class Exported(NamedTuple):
    """What an export has written."""

    files: list[Path]
    records: int
    next: int
    """The number of the last record that was looked at: an export with ``after=next`` goes on behind it."""
    dropped: int
    """How many records the world did not keep any more."""


class ExportStopped(OSError):
    """An export cannot write. Nothing is lost: ``filename`` is the file that is not there, ``files`` are there whole, and an
    export with ``after=error.next`` goes on."""

    def __init__(self, path: Path, files: list[Path], after: int, error: OSError) -> None:
        why = error.strerror or str(error)
        advice = f"{len(files)} files are written, and an export with after={after} goes on"
        super().__init__(error.errno, f"{why}: {advice}", str(path))
        self.files = files
        self.next = after


def export(path: str | os.PathLike[str], form: str, page: _Page, after: int) -> Exported:
    """Writes all pages: trail files into a folder, or everything into one file."""
    told, files = _Told(page, after), list[Path]()
    written = _many(Path(path), told) if form == "trail" else [(Path(path), _one(told, form))]
    for place, texts in written:
        try:
            _write(place, texts)
        except OSError as error:
            # Files of this page are written again: their names follow from what is in them.
            raise ExportStopped(place, files, told.before if form == "trail" else after, error) from error
        files.append(place)
    return Exported(files, told.records, told.next, told.dropped)


class _Told:
    """The pages of an export, and how far they are read."""

    def __init__(self, page: _Page, after: int) -> None:
        self._page = page
        self.before = self.next = after
        self.records = self.dropped = 0

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        more = True
        while more:
            page = self._page(self.next)
            self.before, self.next, more = self.next, page["next"], page["more"]
            self.records += page["count"]
            self.dropped = page["dropped"]
            yield page


def _many(folder: Path, told: _Told) -> Iterator[tuple[Path, Iterable[str]]]:
    for page in told:
        for file in page["files"]:
            yield folder / file["name"], [file["text"]]


def _one(told: _Told, form: str) -> Iterator[str]:
    if form != "lookup":
        for page in told:
            yield page["text"]
        return
    between = '{"Events":['
    for page in told:
        for event in page["events"]:
            yield between + written(event)
            between = ","
    yield "]}" if between == "," else between + "]}"


def _write(path: Path, texts: Iterable[str]) -> None:
    """Writes beside the place, and then puts it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    try:
        with beside.open("wb") as file:
            if path.suffix == ".gz":
                # The time of the host is nothing that a run repeats.
                with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
                    packed.writelines(text.encode() for text in texts)
            else:
                file.writelines(text.encode() for text in texts)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def read(paths: Paths) -> Iterator[tuple[str, bytes]]:
    """The names and contents of files of records, unpacked. Raises ``ValueError`` where one of them cannot be read."""
    for named in [paths] if isinstance(paths, (str, os.PathLike)) else paths:
        for path in _files(Path(named)):
            try:
                content = path.read_bytes()
                yield str(path), gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
            except (OSError, EOFError) as error:
                raise ValueError(f"{path} cannot be read: {error}") from error


def _files(path: Path) -> Iterator[Path]:
    """A file, or those in a folder, in the order of their names."""
    if not path.is_dir():
        yield path
        return
    inside = (file for file in path.rglob("*") if file.name.endswith(_ENDINGS) and _DIGEST not in file.parts)
    yield from sorted(file for file in inside if file.is_file())
