"""Records in files: what `kms.audit.export` writes, and what `kms.audit.import_` reads."""

from __future__ import annotations

import errno
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from pocket_kms import ExportStopped, Kms, _audit_files


@pytest.fixture
def used(kms: Kms, key: str) -> Kms:
    """A world with records in two accounts and two Regions."""
    kms.call("DescribeKey", {"KeyId": key})
    kms.call("CreateKey", caller="444455556666", region="eu-west-1")
    kms.call("ListKeys", region="eu-west-1")
    return kms


def written(folder: Path) -> list[Any]:
    """The records of all trail files of a folder, as every reader of such files gets them."""
    files = folder.rglob("*.json.gz")
    return [record for file in files for record in json.loads(gzip.decompress(file.read_bytes()))["Records"]]


def by_id(records: list[Any]) -> dict[str, Any]:
    return {record["eventID"]: record for record in records}


def test_trail_files_have_the_names_and_the_form_of_cloudtrail(used: Kms, tmp_path: Path) -> None:
    told = used.audit.export(tmp_path)
    assert told.records == 4 and told.next == 4 and told.dropped == 0
    folders = {str(file.relative_to(tmp_path).parent) for file in told.files}
    assert folders == {
        "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/22",
        "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22",
        "AWSLogs/444455556666/CloudTrail/eu-west-1/2026/11/22",
    }
    assert all("_CloudTrail_" in file.name and file.name.endswith(".json.gz") for file in told.files)
    assert by_id(written(tmp_path)) == by_id(list(used.audit.events()))


def test_an_export_again_writes_the_same_bytes(used: Kms, tmp_path: Path) -> None:
    def contents() -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in used.audit.export(tmp_path).files}

    assert contents() == contents()


def test_lines_and_lookups_are_one_file_packed_by_its_name(used: Kms, tmp_path: Path) -> None:
    lines, packed, looked_up = (tmp_path / name for name in ("run.jsonl", "run.jsonl.gz", "deep/events.json"))
    assert used.audit.export(lines, "lines", operation="CreateKey").files == [lines]
    assert [json.loads(line)["eventName"] for line in lines.read_text().splitlines()] == ["CreateKey", "CreateKey"]
    used.audit.export(packed, "lines", operation="CreateKey")
    assert gzip.decompress(packed.read_bytes()) == lines.read_bytes()
    used.audit.export(looked_up, "lookup")
    events = json.loads(looked_up.read_text())["Events"]
    assert {event["EventName"] for event in events} == {"CreateKey", "DescribeKey", "ListKeys"}
    used.audit.export(looked_up, "lookup", operation="Decrypt")
    assert json.loads(looked_up.read_text()) == {"Events": []}


def test_an_export_has_letters_of_every_language_as_they_are(used: Kms, tmp_path: Path) -> None:
    used.call("CreateKey", {"Tags": [{"TagKey": "größe", "TagValue": "小"}]})
    for name, form in (("events.json", "lookup"), ("run.jsonl", "lines")):
        used.audit.export(tmp_path / name, form)
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "größe" in text and "小" in text and "\\u" not in text
    events = (tmp_path / "events.json").read_text(encoding="utf-8")
    assert events == json.dumps(json.loads(events), ensure_ascii=False, separators=(",", ":"))


def test_pages_follow_one_another(used: Kms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_audit_files, "PAGE", 1)
    told = used.audit.export(tmp_path)
    assert len(told.files) == told.records == 4 and told.next == 4
    assert by_id(written(tmp_path)) == by_id(list(used.audit.events()))
    used.call("ListKeys")
    assert used.audit.export(tmp_path, after=told.next).records == 1


def test_an_export_that_cannot_write_says_where_it_stopped_and_goes_on(
    used: Kms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_audit_files, "PAGE", 1)
    replace, left = _audit_files.os.replace, [2]

    def full(source: Any, target: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(_audit_files.os, "replace", full)
    with pytest.raises(ExportStopped, match="No space left on device: 2 files are written, and an export with after=2") as stopped:
        used.audit.export(tmp_path)
    error = stopped.value
    assert error.errno == errno.ENOSPC and error.next == 2 and len(error.files) == 2
    assert sorted(tmp_path.rglob("*.json.gz")) == sorted(error.files) and not list(tmp_path.rglob("*.new"))
    monkeypatch.undo()
    assert used.audit.export(tmp_path, after=error.next).records == 2
    assert by_id(written(tmp_path)) == by_id(list(used.audit.events()))


def test_one_file_that_cannot_be_written_stays_as_it_was(used: Kms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = tmp_path / "run.jsonl"
    lines.write_text("before\n")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(_audit_files.os, "replace", full)
    with pytest.raises(ExportStopped, match="after=0 goes on"):
        used.audit.export(lines, "lines")
    assert lines.read_text() == "before\n" and list(tmp_path.iterdir()) == [lines]


def test_a_place_that_is_no_folder_stops_the_export(used: Kms, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(ExportStopped):
        used.audit.export(tmp_path / "taken")


@pytest.mark.parametrize("form", ["trail", "lines", "lookup"])
def test_what_was_written_is_read_again_and_asked_the_same(used: Kms, tmp_path: Path, form: Any) -> None:
    used.audit.export(tmp_path / ("logs" if form == "trail" else "logs.json"), form)
    read = Kms().audit.import_(tmp_path)
    assert by_id(list(read.events())) == by_id(list(used.audit.events()))
    read.assert_called("CreateKey", times=2)
    read.assert_not_called("Decrypt")
    with pytest.raises(AssertionError, match="exactly 3 records"):
        read.assert_called("CreateKey", times=3)
    assert "imported" in repr(read)


def test_what_cannot_be_read_is_refused_with_its_name(kms: Kms, tmp_path: Path) -> None:
    for name, content in [("cut.json.gz", gzip.compress(b"{}")[:-4]), ("text.json", b"not records")]:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ValueError, match=name):
            kms.audit.import_(tmp_path / name)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="no file of records is there: .*empty"):
        kms.audit.import_(tmp_path / "empty")
    with pytest.raises(ValueError, match="nowhere"):
        kms.audit.import_([tmp_path / "nowhere.json"])
