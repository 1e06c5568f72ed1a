"""trailscraper finds every record of our trail files, and writes the policy that they need.

Run in an environment of trailscraper alone: `python trailscraper_reads.py FOLDER`.
"""

import json
import subprocess
import sys
from pathlib import Path

TOOL = Path(sys.executable).with_name("trailscraper")
PERIOD = ["--from", "2026-11-01", "--to", "2028-01-01"]


def told(*arguments: str, given: str | None = None) -> dict:
    """What the tool writes, as JSON."""
    done = subprocess.run([TOOL, *arguments], input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text())
    selected = told("select", "--log-dir", str(folder), *PERIOD)
    records = selected["Records"]
    assert len(records) == expected["records"], (len(records), expected["records"])
    assert len({record["eventID"] for record in records}) == len(records)

    role = "arn:aws:iam::111122223333:role/App"
    of_role = told("select", "--log-dir", str(folder), *PERIOD, "--filter-assumed-role-arn", role)["Records"]
    # The tool reads the files of a folder in the order in which the system lists them.
    of_role.sort(key=lambda record: record["eventTime"])
    assert [record["eventName"] for record in of_role] == ["Encrypt", "Decrypt", "ReEncrypt"], of_role

    policy = told("generate", given=json.dumps({"Records": of_role}))
    actions = {action for statement in policy["Statement"] for action in statement["Action"]}
    keys = {resource for statement in policy["Statement"] for resource in statement["Resource"]}
    assert actions == {"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*"}, policy
    assert keys == {record["resources"][0]["ARN"] for record in of_role}, policy
    print(f"trailscraper has read {len(records)} records")


main(Path(sys.argv[1]))
