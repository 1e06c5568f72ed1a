"""What a typed program writes; `test_types.py` has a type checker read it, and nobody runs it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Literal

from typing_extensions import assert_type

import pocket_kms
from pocket_kms import (
    Audit,
    Caller,
    Clock,
    Cluster,
    Decision,
    Enclave,
    EndpointService,
    Event,
    Explanation,
    ExportStopped,
    ExternalKey,
    Fault,
    Filter,
    Kms,
    KmsError,
    Loaded,
    OrganizationUnit,
    Proxy,
    Record,
    Recorded,
    Session,
    Subscription,
    WhoCan,
    block_network,
)
from pocket_kms.operations import OPERATIONS, OperationName


def worlds() -> None:
    kms = Kms(seed=1, now=datetime(2030, 1, 1, tzinfo=timezone.utc), account="111122223333")
    assert_type(kms, Kms)
    assert_type(kms.fork(), Kms)
    assert_type(kms.snapshot(bytes(32)), bytes)
    assert_type(Kms.restore(b"", bytes(32)), Kms)
    assert_type(kms.changes(after=3), list[dict[str, Any]])


def time_and_lineage() -> None:
    kms = Kms(history=True)
    assert_type(kms.at("2030-01-01T00:00:00Z"), Kms)
    assert_type(kms.at(datetime(2030, 1, 1, tzinfo=timezone.utc)), Kms)
    assert_type(kms.at(7), Kms)
    assert_type(kms.events(after=3), list[dict[str, Any]])
    kms.at(None)  # type: ignore[arg-type]
    kms.settings["request-quotas"] = True
    kms.quotas.update({"keys": 3})
    assert_type(kms.settings["quota/keys"], "int | float | str")
    assert_type(kms.quotas.used("111122223333")[0]["usage"], int)
    assert_type(kms.fault_rules()[0]["acted"], int)
    with kms.faults("throttled", operation=["Encrypt", "Decrypt"], count=2) as faults:
        assert_type(faults.acted, int)
    fault: Fault = {"fault": "slow", "delay": 20, "between": (None, "2030-01-01T00:00:00Z")}
    kms.faults(fault, "internal", probability=0.5)
    kms.faults("throttled", when=lambda call: call.input.get("KeyId") == "1" and call.time.year > 2000)
    kms.faults({"fault": "throttled", "when": lambda call: call.operation == "Encrypt"})
    kms.faults("throttled", when=True)  # type: ignore[arg-type]
    kms.faults("throttle")  # type: ignore[arg-type]
    kms.faults("throttled", operation="MakeCoffee")  # type: ignore[arg-type]


def directory(kms: Kms) -> None:
    document = {"Version": "2012-10-17", "Statement": []}
    alice = kms.directory.user("arn:aws:iam::111122223333:user/alice", policies=[document], tags={"team": "blue"})
    assert_type(alice, str)
    kms.directory.role("arn:aws:iam::111122223333:role/App", policies={"keys": "{}"}, trust_policy=document)
    unit: OrganizationUnit = {"accounts": ["111122223333"], "service_control_policies": ["FullAWSAccess", document]}
    kms.directory.organization("o-exampleorgid", management_account="999988887777", units={"ou-ab12-11111111": unit})
    kms.client(**kms.directory.access_key("AKIAIOSFODNN7EXAMPLE", principal=alice))
    session: Session = {"policies": [document], "mfa_age": "5m", "context": {"saml:sub": "x"}}
    caller: Caller = {"arn": alice, "session": session}
    explained = kms.explain("ListKeys", caller=caller, origin={"context": {"aws:referer": "x"}})
    assert_type(explained, Explanation)
    assert_type(explained["decisions"], list[Decision])
    assert_type(kms.denials()[0]["decisions"][0]["layers"][0]["policies"][0]["statements"][0].get("class"), "Literal['direct', 'indirect', 'delegation'] | None")
    kms.explain("MakeCoffee")  # type: ignore[arg-type]
    kms.directory.user(alice, policy=document)  # type: ignore[call-arg]


def questions(kms: Kms) -> None:
    answer = kms.who_can("kms:Decrypt", "alias/orders", context={"kms:EncryptionContext:tenant": "blue"})
    assert_type(answer, WhoCan)
    assert_type(answer["principals"][0]["paths"][0].get("conditions", [])[0]["values"], list[str])
    assert_type(kms.what_can("111122223333", actions=["kms:Decrypt"])["keys"][0]["actions"][0]["action"], str)
    explained = kms.simulate("Encrypt", {"KeyId": "alias/a"}, key_policy={"Statement": []}, permissions_boundary=False)
    assert_type(explained, Explanation)
    kms.who_can("kms:Decrypt", contxt={})  # type: ignore[call-arg]
    kms.simulate("MakeCoffee")  # type: ignore[arg-type]


def audit(kms: Kms) -> None:
    assert_type(kms.audit, Audit)
    chosen = kms.audit.events(operation=["Encrypt", "Decrypt"], caller="alice", from_=datetime(2030, 1, 1, tzinfo=timezone.utc))
    assert_type(chosen, list[Record])
    assert_type(chosen[0]["userIdentity"].get("arn"), "str | None")
    assert_type(kms.audit.records(7, order="newest", outcome="denied")["next"], int)
    assert_type(kms.audit.lookup_events(MaxResults=5)["Events"][0]["EventName"], str)
    kms.audit.assert_called("Decrypt", key="alias/orders", encryption_context={"tenant": None}, times=1)
    kms.audit.assert_all("Decrypt", where={"key": "alias/orders"}, via="s3.amazonaws.com")
    kms.audit.assert_in_order("CreateKey", {"operation": "Encrypt", "read_only": True})
    kms.audit.never_denied(caller="alice")
    assert_type(kms.audit.eventbridge(rule_state="ENABLED")[0]["detail-type"], str)
    with kms.audit.on_event(lambda event: event["source"]) as subscription:
        assert_type(subscription, Subscription[Event])
        assert_type(subscription.failed[0].told, Event)
    assert_type(kms.audit.metrics(name="SuccessfulRequest")[0]["dimensions"], dict[str, str])
    assert_type(kms.audit.metric_data("SuccessfulRequest", period=300)[0]["value"], float)
    try:
        assert_type(kms.audit.export(Path("logs"), after=3).files, list[Path])
    except ExportStopped as stopped:
        assert_type(stopped.next, int)
    assert_type(kms.audit.import_(["one.json.gz", Path("logs")]), Recorded)
    assert_type(kms.audit.least_privilege("alice", "key policy", conditions=["via"])["keyPolicies"][0]["key"], str)
    assert_type(kms.audit.least_privilege("alice", "terraform", caller="alice")["files"], dict[str, str])
    assert_type(kms.audit.unused("alice")["statements"][0]["used"], bool)
    assert_type(kms.audit.users_of("alias/orders", outcome="ok")["key"], str)
    assert_type(kms.audit.dry_deletion("alias/orders", "disabled")["safe"], bool)
    assert_type(kms.audit.findings(regions=["eu-west-1"])[0]["records"], list[str])
    assert_type(kms.audit.diff(kms.fork())["text"], str)
    told = kms.audit.alarms(put=[{"recipe": "quota_share", "quota": "Decrypt", "threshold": 50}], remove="old", after=3)
    assert_type(told["alarms"][0]["state"], Literal["OK", "ALARM", "INSUFFICIENT_DATA"])
    assert_type(told["changes"][0]["time"], datetime)
    kms.audit.on_alarm(lambda change: change["from"]).close()
    kms.audit.alarms(put={"recipe": "certificate"})  # type: ignore[arg-type]
    kms.audit.least_privilege("alice", "pulumi")  # type: ignore[call-overload]
    only: Filter = {"operation": "Decrypt", "encryption_context": {"tenant": "blue"}}
    kms.audit.events(**only)
    kms.audit.events(operaton="Decrypt")  # type: ignore[call-arg]
    kms.audit.assert_called("Decrypt", outcome="fine")  # type: ignore[arg-type]
    kms.audit.on_event(print, rule_state="ON")  # type: ignore[arg-type]


def templates(kms: Kms) -> None:
    assert_type(Kms.from_template("template.yaml", parameters={"Stage": "test"}, seed=1, audit={"kept": "all"}), Kms)
    loaded = kms.load_template(["one.yaml", Path("two.json")])
    assert_type(loaded, Loaded)
    assert_type(loaded["names"]["Key"]["is"], str)
    assert_type(kms.export("terraform")["files"], dict[str, str])
    assert_type(kms.lint({"Statement": []}, "identity")[0]["code"], str)
    assert_type(kms.perform({"version": 1, "steps": []}), dict[str, Any])
    kms.export("pulumi")  # type: ignore[arg-type]


def stores(kms: Kms) -> None:
    cluster = kms.clusters.create("cluster-2ab3cdefghi", password="kmsPswd1234", hsms=[{"zone": "us-east-1a"}])
    assert_type(cluster, Cluster)
    assert_type(kms.clusters["cluster-2ab3cdefghi"].restore(network=False), Cluster)
    cluster.set(netwrok=False)  # type: ignore[call-arg]
    assert_type(kms.endpoint_services.create("com.amazonaws.vpce.us-east-1.vpce-svc-1", private_dns_name=None), EndpointService)
    proxy = kms.proxy("https://xks.example.com", keys={"foo": {"usages": ["ENCRYPT"]}}, latency="100ms")
    assert_type(proxy, Proxy)
    assert_type(proxy.keys["foo"], ExternalKey)
    proxy.keys["foo"].set(status="ENABLED")
    with proxy.faults("error", error_name="ThrottlingException"):
        pass
    assert_type(proxy.log()[0]["time"], datetime)
    kms.client().create_custom_key_store(CustomKeyStoreName="x", XksProxyAuthenticationCredential=proxy.credential())
    proxy.faults("explode")  # type: ignore[arg-type]
    assert_type(kms.stores.to_dict(), dict[str, Any])


def clock(kms: Kms) -> None:
    assert_type(kms.clock, Clock)
    assert_type(kms.clock.now, datetime)
    kms.clock.advance("30d")
    kms.clock.advance(timedelta(days=1))
    kms.clock.freeze(at=kms.clock.now)
    kms.clock.resume()


def enclaves(kms: Kms) -> None:
    enclave = kms.enclave(pcrs={0: bytes(48)}, image_sha384="00" * 48, key_spec="RSA_3072")
    assert_type(enclave, Enclave)
    assert_type(enclave.attest(nonce=b"n"), bytes)
    answer = kms.call("GenerateRandom", {"NumberOfBytes": 8, "Recipient": enclave.recipient()})
    assert_type(enclave.unwrap(answer["CiphertextForRecipient"]), bytes)
    kms.enclave(key_spec="RSA_1024")  # type: ignore[arg-type]
    if (inspected := kms.inspect(b"blob")) is not None:
        assert_type(inspected["KeyIds"], list[str])


def calls(kms: Kms) -> None:
    try:
        kms.call("Encrypt", {"KeyId": "alias/a", "Plaintext": b"x"}, region="us-east-1", caller="111122223333")
    except KmsError as error:
        assert_type(error.code, str)
        assert_type(error.message, str)
        assert_type(error.reasons, list[str])
        assert_type(error.decisions, list[Decision])


def typed_calls(kms: Kms) -> None:
    key = kms.call("CreateKey")["KeyMetadata"]["KeyId"]
    assert_type(key, str)
    sealed = kms.call("Encrypt", {"KeyId": key, "Plaintext": b"x"})
    assert_type(sealed["CiphertextBlob"], bytes)
    kms.call("Encrypt", {"KeyId": key, "Plaintext": "text"})  # type: ignore[typeddict-item,call-overload,unused-ignore]
    kms.call("MakeCoffee", {})  # type: ignore[call-overload]


def methods(kms: Kms) -> None:
    sealed = kms.api(region="eu-west-1").encrypt(KeyId="alias/a", Plaintext=b"x")
    assert_type(sealed["CiphertextBlob"], bytes)
    assert_type(kms.api.call("ListKeys", {"Limit": 5}), dict[str, Any])
    kms.api.encrypt(KeyId="alias/a", Plaintext="text")  # type: ignore[arg-type]
    kms.api.encypt(KeyId="alias/a", Plaintext=b"x")  # type: ignore[attr-defined]
    name: OperationName = "Encrypt"
    assert_type(OPERATIONS, tuple[OperationName, ...])
    kms.api.call(name)


def interception(kms: Kms) -> None:
    with kms.intercept() as entered:
        assert_type(entered, Kms)

    @kms.intercept()
    def plain(number: int, *, text: str) -> bool:
        return bool(number) and bool(text)

    @kms.intercept()
    async def awaited(number: int) -> str:
        return str(number)

    @kms.intercept(block_network=True)
    class Tests:
        number = 1

    assert_type(plain(1, text="x"), bool)
    assert_type(Tests.number, int)
    assert_type(kms.intercept().start(), Kms)
    _ = awaited
    with block_network(aws=True) as nothing:
        assert_type(nothing, None)


def mistakes(kms: Kms) -> None:
    # Each of these lines is an error to a type checker: a comment that ignores nothing is one, too.
    pocket_kms.Kms(seed=1.5)  # type: ignore[arg-type]
    kms.clock.advance(30)  # type: ignore[arg-type]
    kms.clock.now = datetime.now()  # type: ignore[misc]
    kms.call("ListKeys", region=5)  # type: ignore[call-overload]
