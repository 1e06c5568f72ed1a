"""access-undenied-aws finds in our records of denials who was denied which permission on what.

Run in an environment of access-undenied-aws alone: `python access_undenied_reads.py FOLDER`.
"""

import gzip
import json
import sys
from pathlib import Path

from access_undenied_aws import common, event, event_permission_data


def denials(folder: Path) -> list[dict]:
    """The records of denials, in the order of time."""
    records = []
    for path in folder.rglob("*.json.gz"):
        records += json.loads(gzip.decompress(path.read_bytes()))["Records"]
    denied = [record for record in records if record.get("errorCode") == "AccessDenied"]
    return sorted(denied, key=lambda record: record["eventTime"])


def main(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text())["denied"]
    read = []
    for record in denials(folder):
        data = event_permission_data.EventPermissionData.from_event(event.Event(record), common.Config())
        read.append({
            "caller": data.principal.session_name,
            "permission": data.iam_permission,
            "resource": data.resource.arn,
        })
    assert read == expected, json.dumps([read, expected], indent=1)
    assert read, "nobody was denied"
    print(f"access-undenied-aws has read {len(read)} denials")


main(Path(sys.argv[1]))
