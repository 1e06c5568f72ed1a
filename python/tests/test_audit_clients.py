"""boto3's clients of CloudTrail and CloudWatch, which a world answers: in process, in a block, and over a socket."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from conftest import START
from serving import Served, serving

from pocket_kms import Kms

ACCESS = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "secret"}


def use(client: Any) -> str:
    """Makes a key, and uses it."""
    key = str(client.create_key()["KeyMetadata"]["Arn"])
    sealed = client.encrypt(KeyId=key, Plaintext=b"12 apples", EncryptionContext={"tenant": "blue"})["CiphertextBlob"]
    client.decrypt(CiphertextBlob=sealed, EncryptionContext={"tenant": "blue"})
    return key


def looked_up(cloudtrail: Any, key: str) -> None:
    """CloudTrail tells what was called."""
    pages = cloudtrail.get_paginator("lookup_events").paginate(PaginationConfig={"PageSize": 2})
    events = [event for page in pages for event in page["Events"]]
    assert [event["EventName"] for event in events] == ["Decrypt", "Encrypt", "CreateKey"]
    assert all(isinstance(event["EventTime"], datetime) for event in events)
    assert json.loads(events[0]["CloudTrailEvent"])["requestParameters"]["encryptionContext"] == {"tenant": "blue"}
    attribute = {"AttributeKey": "EventName", "AttributeValue": "CreateKey"}
    (made,) = cloudtrail.lookup_events(LookupAttributes=[attribute])["Events"]
    assert made["Resources"] == [{"ResourceType": "AWS::KMS::Key", "ResourceName": key}]
    with pytest.raises(cloudtrail.exceptions.InvalidNextTokenException):
        cloudtrail.lookup_events(NextToken="nonsense")


def measured(cloudwatch: Any, key: str, now: datetime) -> None:
    """CloudWatch counts what was called."""
    listed = cloudwatch.list_metrics(Namespace="AWS/KMS", MetricName="SuccessfulRequest")["Metrics"]
    dimensions = [{"Name": "KeyArn", "Value": key}, {"Name": "Operation", "Value": "Encrypt"}]
    assert dimensions in [sorted(metric["Dimensions"], key=lambda one: str(one["Name"])) for metric in listed]
    metric = {"Namespace": "AWS/KMS", "MetricName": "SuccessfulRequest", "Dimensions": dimensions}
    (data,) = cloudwatch.get_metric_data(
        MetricDataQueries=[{"Id": "used", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}}],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(minutes=1),
    )["MetricDataResults"]
    assert data["Values"] == [1.0] and data["StatusCode"] == "Complete"
    assert abs(data["Timestamps"][0] - now) < timedelta(minutes=2)
    statistics = cloudwatch.get_metric_statistics(
        **metric, StartTime=now - timedelta(hours=1), EndTime=now + timedelta(minutes=1), Period=60, Statistics=["Sum"]
    )["Datapoints"]
    assert [point["Sum"] for point in statistics] == [1.0]


def test_clients_of_a_world_need_no_socket(kms: Kms, no_sockets: None) -> None:
    key = use(kms.client())
    looked_up(kms.audit.client("cloudtrail"), key)
    measured(kms.audit.client("cloudwatch"), key, START)
    with pytest.raises(ValueError, match="cloudtrail and cloudwatch"):
        kms.audit.client("s3")  # type: ignore[arg-type]


def test_a_client_sees_the_account_and_the_region_of_its_caller(kms: Kms) -> None:
    use(kms.client("eu-west-1", caller="444455556666"))
    assert kms.audit.client("cloudtrail").lookup_events()["Events"] == []
    assert kms.audit.client("cloudtrail", "eu-west-1").lookup_events()["Events"] == []
    there = kms.audit.client("cloudtrail", "eu-west-1", caller="444455556666")
    assert len(there.lookup_events()["Events"]) == 3


def test_what_a_world_does_not_answer_is_refused_in_the_form_of_the_service(kms: Kms, no_sockets: None) -> None:
    with pytest.raises(ClientError):
        kms.audit.client("cloudtrail").describe_trails()
    with pytest.raises(ClientError):
        kms.audit.client("cloudwatch").delete_alarms(AlarmNames=["x"])


def test_a_block_answers_them_where_it_is_told_to(kms: Kms, no_sockets: None) -> None:
    with kms.intercept(audit=True):
        key = use(boto3.client("kms", "us-east-1"))
        looked_up(boto3.client("cloudtrail", "us-east-1"), key)
        measured(boto3.client("cloudwatch", "us-east-1"), key, START)


def test_a_block_leaves_cloudwatch_to_others(kms: Kms) -> None:
    from botocore.stub import Stubber

    client = boto3.client("cloudwatch", "us-east-1", **ACCESS)
    with kms.intercept(), Stubber(client) as stubber:
        stubber.add_response("list_metrics", {"Metrics": []}, {})
        assert client.list_metrics()["Metrics"] == []


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving("--now", "2026-11-22T00:00:00Z") as served:
        yield served


def test_clients_over_a_socket_and_readers_of_open_metrics(served: Served) -> None:
    def client(service: str) -> Any:
        return boto3.client(service, "us-east-1", endpoint_url=served.url, **ACCESS)

    key = use(client("kms"))
    looked_up(client("cloudtrail"), key)
    measured(client("cloudwatch"), key, datetime(2026, 11, 22, tzinfo=timezone.utc))
    with urllib.request.urlopen(f"{served.url}/_pocket-kms/metrics") as response:
        assert response.headers["Content-Type"].startswith("application/openmetrics-text")
        text = response.read().decode()
    assert text.endswith("# EOF\n") and key in text
