"""Custom key stores by boto3, over clusters and proxies that a test breaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pocket_kms import Cluster, Kms, KmsError, Proxy

pytestmark = pytest.mark.usefixtures("no_sockets")

CLUSTER = "cluster-2ab3cdefghi"
PASSWORD = "kmsPswd1234"
ENDPOINT = "https://xks.example.com"
SERVICE = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"
ANCHOR = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQk9hYWJjZGVmZ2hpams=\n-----END CERTIFICATE-----\n"


def hsm_store(kms: Kms, **changed: Any) -> str:
    """Creates a key store over the cluster, by boto3."""
    members = {
        "CustomKeyStoreName": "hsm",
        "CloudHsmClusterId": CLUSTER,
        "TrustAnchorCertificate": ANCHOR,
        "KeyStorePassword": PASSWORD,
        **changed,
    }
    return str(kms.client().create_custom_key_store(**members)["CustomKeyStoreId"])


def external_store(kms: Kms, credential: Any, path: str = "/kms/xks/v1", **changed: Any) -> str:
    """Creates a key store over the proxy, by boto3."""
    members = {
        "CustomKeyStoreName": "outside",
        "CustomKeyStoreType": "EXTERNAL_KEY_STORE",
        "XksProxyConnectivity": "PUBLIC_ENDPOINT",
        "XksProxyUriEndpoint": ENDPOINT,
        "XksProxyUriPath": path,
        "XksProxyAuthenticationCredential": credential,
        **changed,
    }
    return str(kms.client().create_custom_key_store(**members)["CustomKeyStoreId"])


def described(kms: Kms, store: str) -> Any:
    (one,) = kms.client().describe_custom_key_stores(CustomKeyStoreId=store)["CustomKeyStores"]
    return one


def key_in(kms: Kms, store: str, **members: Any) -> str:
    made = kms.client().create_key(CustomKeyStoreId=store, Origin="AWS_CLOUDHSM", **members)
    return str(made["KeyMetadata"]["KeyId"])


def state_of(kms: Kms, key: str) -> str:
    return str(kms.client().describe_key(KeyId=key)["KeyMetadata"]["KeyState"])


@pytest.fixture
def cluster(kms: Kms) -> Cluster:
    return kms.clusters.create(CLUSTER, password=PASSWORD, trust_anchor=ANCHOR)


@pytest.fixture
def proxy(kms: Kms) -> Proxy:
    return kms.proxy(ENDPOINT, keys=["foo"])


def test_a_key_lives_in_a_cluster_and_is_unavailable_while_its_store_is_not_connected(kms: Kms, cluster: Cluster) -> None:
    client = kms.client()
    store = hsm_store(kms)
    assert described(kms, store)["ConnectionState"] == "DISCONNECTED"
    with pytest.raises(client.exceptions.CustomKeyStoreInvalidStateException):
        key_in(kms, store)
    client.connect_custom_key_store(CustomKeyStoreId=store)
    assert described(kms, store)["ConnectionState"] == "CONNECTED"
    key = key_in(kms, store)
    sealed = client.encrypt(KeyId=key, Plaintext=b"hello")["CiphertextBlob"]
    assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"hello"
    (inside,) = cluster.describe()["keys"]
    assert inside["label"].endswith(key)
    client.disconnect_custom_key_store(CustomKeyStoreId=store)
    assert state_of(kms, key) == "Unavailable"
    with pytest.raises(client.exceptions.KMSInvalidStateException):
        client.decrypt(CiphertextBlob=sealed)
    # Since its first login, KMS alone knows the password.
    cluster.change_password(PASSWORD)
    client.update_custom_key_store(CustomKeyStoreId=store, KeyStorePassword=PASSWORD)
    client.connect_custom_key_store(CustomKeyStoreId=store)
    assert described(kms, store)["ConnectionState"] == "CONNECTED" and state_of(kms, key) == "Enabled"


def test_a_cluster_breaks_and_is_mended(kms: Kms, cluster: Cluster) -> None:
    client = kms.client()
    store = hsm_store(kms)
    client.connect_custom_key_store(CustomKeyStoreId=store)
    key = key_in(kms, store)
    sealed = client.encrypt(KeyId=key, Plaintext=b"hello")["CiphertextBlob"]
    cluster.remove_hsm()
    assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"hello"
    with pytest.raises(client.exceptions.CloudHsmClusterInvalidConfigurationException):
        key_in(kms, store)
    cluster.remove_hsm()
    with pytest.raises(client.exceptions.KMSInvalidStateException, match="cannot communicate with your CloudHSM cluster"):
        client.decrypt(CiphertextBlob=sealed)
    cluster.add_hsm()
    cluster.add_hsm()
    assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"hello"
    cluster.delete_key(kms.client().describe_key(KeyId=key)["KeyMetadata"]["Arn"])
    with pytest.raises(client.exceptions.KMSInvalidStateException):
        client.decrypt(CiphertextBlob=sealed)
    assert state_of(kms, key) == "Enabled"


def test_a_wrong_password_fails_and_the_fifth_locks(kms: Kms, cluster: Cluster) -> None:
    client = kms.client()
    store = hsm_store(kms, KeyStorePassword="anotherOne1")
    for code in [*["INVALID_CREDENTIALS"] * 5, "USER_LOCKED_OUT"]:
        client.connect_custom_key_store(CustomKeyStoreId=store)
        told = described(kms, store)
        assert (told["ConnectionState"], told["ConnectionErrorCode"]) == ("FAILED", code)
        client.disconnect_custom_key_store(CustomKeyStoreId=store)
    cluster.change_password("anotherOne1")
    client.connect_custom_key_store(CustomKeyStoreId=store)
    assert described(kms, store)["ConnectionState"] == "CONNECTED"


def test_a_cluster_is_restored_of_a_backup(kms: Kms, cluster: Cluster) -> None:
    backup = cluster.back_up()
    restored = cluster.restore(backup, cluster="cluster-7xyzxyzxyzx")
    assert restored == kms.clusters["cluster-7xyzxyzxyzx"] != cluster
    assert restored.to_dict()["lineage"] == cluster.to_dict()["lineage"]
    assert restored.trust_anchor == ANCHOR
    assert set(kms.clusters) == {CLUSTER, restored.id}
    cluster.delete()
    with pytest.raises(ClientError, match="CloudHsmClusterNotFoundException"):
        hsm_store(kms)


def test_clusters_are_a_mapping(kms: Kms, cluster: Cluster) -> None:
    assert kms.clusters[CLUSTER] == cluster and len(kms.clusters) == 1 and list(kms.clusters) == [CLUSTER]
    assert hash(cluster) == hash(kms.clusters[CLUSTER])
    with pytest.raises(KeyError):
        kms.clusters["cluster-7xyzxyzxyzx"]
    assert repr(cluster) == f"<Cluster {CLUSTER}>" and repr(kms.clusters) == f"<Clusters {CLUSTER}>"
    assert PASSWORD not in json.dumps(kms.stores.to_dict())
    cluster.set(network=False)
    assert cluster.to_dict()["network"] is False
    cluster.remove()
    assert cluster.to_dict()["state"] == "DELETED"


def test_an_external_key_is_switched_off_and_on(kms: Kms, proxy: Proxy) -> None:
    client = kms.client()
    store = external_store(kms, proxy.credential())
    client.connect_custom_key_store(CustomKeyStoreId=store)
    made = client.create_key(CustomKeyStoreId=store, Origin="EXTERNAL_KEY_STORE", XksKeyId="foo")["KeyMetadata"]
    key = made["KeyId"]
    assert made["XksKeyConfiguration"] == {"Id": "foo"} and made["CustomKeyStoreId"] == store
    sealed = client.encrypt(KeyId=key, Plaintext=b"hello")["CiphertextBlob"]
    proxy.keys["foo"].disable()
    with pytest.raises(client.exceptions.KMSInvalidStateException, match="external key is not enabled"):
        client.decrypt(CiphertextBlob=sealed)
    proxy.keys["foo"].enable()
    proxy.keys["foo"].rotate()
    assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"hello"
    proxy.keys["foo"].delete()
    with pytest.raises(client.exceptions.KMSInvalidStateException, match="could not find the external key"):
        client.decrypt(CiphertextBlob=sealed)
    proxy.keys["foo"].restore()
    proxy.keys["foo"].set(usages=["ENCRYPT"])
    with pytest.raises(client.exceptions.KMSInvalidStateException, match="does not support the requested operation"):
        client.decrypt(CiphertextBlob=sealed)
    proxy.keys["foo"].set(usages=["ENCRYPT", "DECRYPT"])
    proxy.keys["foo"].replace()
    with pytest.raises(client.exceptions.KMSInvalidStateException, match="corrupted, missing, or otherwise invalid"):
        client.decrypt(CiphertextBlob=sealed)


def test_a_proxy_has_faults_for_as_long_as_a_block_lasts(kms: Kms, proxy: Proxy) -> None:
    client = kms.client()
    store = external_store(kms, proxy.credential())
    client.connect_custom_key_store(CustomKeyStoreId=store)
    key = client.create_key(CustomKeyStoreId=store, Origin="EXTERNAL_KEY_STORE", XksKeyId="foo")["KeyMetadata"]["KeyId"]
    before = len(proxy.log())
    with proxy.faults("error", error_name="ThrottlingException", operation="Encrypt"):
        with pytest.raises(client.exceptions.KMSInvalidStateException, match="very high request rate"):
            client.encrypt(KeyId=key, Plaintext=b"hello")
    client.encrypt(KeyId=key, Plaintext=b"hello")

    @proxy.faults("timeout", times=2)
    def decorated() -> None:
        with pytest.raises(client.exceptions.KMSInvalidStateException, match="did not respond in time"):
            client.encrypt(KeyId=key, Plaintext=b"hello")

    decorated()
    log = proxy.log(before)
    assert [line["operation"] for line in log] == ["Encrypt"] * 4
    assert log[0]["error"] == "ThrottlingException" and log[0]["faults"] == ["error"] and log[1]["status"] == 200
    assert log[0]["metadata"]["kmsOperation"] == "Encrypt" and "hello" not in str(log)
    with pytest.raises(ValueError, match="error.* needs errorName"):
        proxy.faults("error").start()


def test_a_proxy_has_credentials_and_a_configuration_file(kms: Kms, proxy: Proxy) -> None:
    client = kms.client()
    file = kms.proxy(ENDPOINT + "/teams/blue", keys={"bar": {}}).configuration_file()
    assert file["XksProxyUriPath"] == "/teams/blue/kms/xks/v1"
    store = external_store(kms, file["XksProxyAuthenticationCredential"], file["XksProxyUriPath"])
    client.connect_custom_key_store(CustomKeyStoreId=store)
    assert described(kms, store)["ConnectionState"] == "CONNECTED"
    wrong = {"AccessKeyId": "ABCDEFGHIJKLMNOPQRST", "RawSecretAccessKey": "0" * 43}
    with pytest.raises(ClientError, match="XksProxyIncorrectAuthenticationCredentialException"):
        external_store(kms, wrong, CustomKeyStoreName="other")
    proxy.add_credential(wrong["AccessKeyId"], wrong["RawSecretAccessKey"])
    assert external_store(kms, wrong, CustomKeyStoreName="other")
    assert wrong["RawSecretAccessKey"] not in json.dumps(kms.stores.to_dict())
    assert set(kms.stores.proxies) == {ENDPOINT, ENDPOINT + "/teams/blue"}
    proxy.remove_credential(wrong["AccessKeyId"])
    assert proxy.to_dict()["credentials"] == []


def test_a_store_is_reached_by_a_service_of_a_vpc(kms: Kms, proxy: Proxy) -> None:
    service = kms.endpoint_services.create(SERVICE, private_dns_name="xks.example.com", zones=["us-east-1a"])
    members = {"XksProxyConnectivity": "VPC_ENDPOINT_SERVICE", "XksProxyVpcEndpointServiceName": SERVICE}
    with pytest.raises(ClientError, match="XksProxyVpcEndpointServiceInvalidConfigurationException"):
        external_store(kms, proxy.credential(), **members)
    assert service == kms.endpoint_services[SERVICE]
    kms.endpoint_services.create(SERVICE, private_dns_name="xks.example.com")
    store = external_store(kms, proxy.credential(), **members)
    kms.client().connect_custom_key_store(CustomKeyStoreId=store)
    assert described(kms, store)["ConnectionState"] == "CONNECTED"


def test_without_a_cluster_or_a_proxy_every_store_works(kms: Kms) -> None:
    client = kms.client()
    credential = {"AccessKeyId": "ABCDEFGHIJKLMNOPQRST", "RawSecretAccessKey": "0" * 43}
    for store, members in [
        (hsm_store(kms), {"Origin": "AWS_CLOUDHSM"}),
        (external_store(kms, credential), {"Origin": "EXTERNAL_KEY_STORE", "XksKeyId": "foo"}),
    ]:
        client.connect_custom_key_store(CustomKeyStoreId=store)
        key = client.create_key(CustomKeyStoreId=store, **members)["KeyMetadata"]["KeyId"]  # type: ignore[arg-type]
        sealed = client.encrypt(KeyId=key, Plaintext=b"hello")["CiphertextBlob"]
        assert client.decrypt(CiphertextBlob=sealed)["Plaintext"] == b"hello"


def test_what_is_told_can_be_registered_again(kms: Kms, cluster: Cluster, proxy: Proxy) -> None:
    kms.endpoint_services.create(SERVICE, private_dns_name="xks.example.com")
    told = json.loads(json.dumps(kms.stores.to_dict()))
    kms.stores.register(told)
    assert kms.stores.to_dict() == told == kms.fork().stores.to_dict()
    assert set(told) == {"clusters", "endpointServices", "proxies"}
    other = Kms()
    other.stores.register({**told, "proxies": {ENDPOINT: {"keys": ["foo"]}}})
    assert other.stores.to_dict() == told
    proxy.remove()
    assert proxy.name not in kms.stores.proxies


@pytest.mark.parametrize(
    ("register", "sentence"),
    [
        (lambda kms: kms.clusters.create("cluster-1"), "cluster-1"),
        (lambda kms: kms.clusters.create(CLUSTER, hsms=[{"zone": 5}]), f"clusters.{CLUSTER}.hsms"),
        (lambda kms: kms.clusters.create(CLUSTER, password="secret!"), "kmsuser.password"),
        (lambda kms: kms.proxy("http://xks.example.com"), "http://xks.example.com"),
        (lambda kms: kms.proxy(ENDPOINT, keys={"foo": {"spec": "AES"}}), "keys.foo.spec"),
        (lambda kms: kms.proxy(ENDPOINT, credential="secret!"), "credential"),
        (lambda kms: kms.endpoint_services.create("vpce-svc-1", private_dns_name="a.example.com"), "vpce-svc-1"),
        (lambda kms: kms.stores.register({"hosts": {}}), "hosts"),
    ],
)
def test_what_cannot_be_registered_is_refused_with_its_place_and_nothing_changes(
    kms: Kms, register: Any, sentence: str
) -> None:
    before = kms.stores.to_dict()
    with pytest.raises(ValueError) as refused:
        register(kms)
    assert sentence in str(refused.value) and "secret!" not in str(refused.value)
    assert kms.stores.to_dict() == before


def test_an_owner_is_told_what_a_cluster_does_not_let_happen(kms: Kms, cluster: Cluster) -> None:
    with pytest.raises(ValueError, match="do"):
        cluster.do("explode")
    with pytest.raises(ValueError, match="zone"):
        cluster.add_hsm("eu-west-1a")
    with pytest.raises(ValueError, match="password"):
        cluster.change_password("short")
    with pytest.raises(KmsError, match="."):
        kms.call("ConnectCustomKeyStore", {"CustomKeyStoreId": "cks-00000000000000000"})
