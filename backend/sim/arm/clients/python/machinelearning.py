#!/usr/bin/python3
"""Drives the emulator with azure-mgmt-machinelearningservices: machinelearning.py [URL]

Debian's python3-azure brings it. Its long-running operations are polled by
azure.mgmt.core's ARMPolling, which is neither Go's nor JavaScript's code.
"""
import sys
import time

from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.mgmt.machinelearningservices import MachineLearningServicesMgmtClient
from azure.mgmt.machinelearningservices import models as m
from azure.mgmt.resourcegraph import ResourceGraphClient
from azure.mgmt.resourcegraph.models import QueryRequest, QueryRequestOptions
from azure.mgmt.resource import ResourceManagementClient, SubscriptionClient

URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7070"
VERSIONS = [None, "2024-04-01", "2025-06-01"]
passed, failed = 0, []


class NoCredential:
    """There is no token: the emulator asks for none."""

    def get_token(self, *scopes, **kwargs):
        return AccessToken("none", int(time.time()) + 3600)


def settings(version=None):
    # The bearer token policy refuses plain HTTP, so a policy that does nothing takes its place.
    s = dict(credential=NoCredential(), base_url=URL, authentication_policy=SansIOHTTPPolicy(), polling_interval=0.2)
    if version:
        s["api_version"] = version
    return s


def step(name, work):
    global passed
    try:
        value = work()
    except Exception as e:  # any failure is a finding, not an end
        failed.append(name)
        print(f"FAIL  {name}\n      {type(e).__name__}: {str(e)[:400]}")
        return None
    passed += 1
    print(f"ok    {name}")
    return value


def refused(work, status, code):
    try:
        work()
    except HttpResponseError as e:
        got = (e.status_code, e.error.code if e.error else None)
        assert got == (status, code), f"refused with {got}, want {(status, code)}"
        return
    raise AssertionError(f"not refused, want {status} {code}")


def computes(label, client, at, name):
    group, ws, location = at
    c = client.compute

    def state():
        return c.get(group, ws, name).properties.properties.state

    def create():
        made = c.begin_create_or_update(group, ws, name, m.ComputeResource(
            location=location, properties=m.ComputeInstance(properties=m.ComputeInstanceProperties(vm_size="STANDARD_DS3_V2")))).result()
        assert made.properties.provisioning_state == "Succeeded", made.properties.provisioning_state
        assert made.properties.properties.state == "Running", made.properties.properties.state

    def walk(verb, end):
        getattr(c, "begin_" + verb)(group, ws, name).result()
        assert state() == end, state()

    def start_running():
        try:
            c.begin_start(group, ws, name).result()
        except HttpResponseError as e:
            assert "StartComputeInstanceOnlyAllowedInStoppedState" in str(e), e
            return
        raise AssertionError("started what runs")

    def delete():
        c.begin_delete(group, ws, name, "Delete").result()
        refused(lambda: c.get(group, ws, name), 404, "ResourceNotFound")
        c.begin_delete(group, ws, name, "Delete").result()

    def cluster():
        made = c.begin_create_or_update(group, ws, name + "c", m.ComputeResource(
            location=location, properties=m.AmlCompute(properties=m.AmlComputeProperties(
                vm_size="STANDARD_DS2_V2", scale_settings=m.ScaleSettings(max_node_count=1))))).result()
        assert made.properties.properties.scale_settings.max_node_count == 1
        try:
            c.begin_update(group, ws, name + "c", m.ClusterUpdateParameters(
                properties=m.ScaleSettingsInformation(scale_settings=m.ScaleSettings(max_node_count=2, min_node_count=0))))
        except HttpResponseError as e:  # the service says 202, of which this SDK and Go's know nothing
            assert e.status_code == 202, e
        while c.get(group, ws, name + "c").properties.provisioning_state == "Updating":
            time.sleep(0.2)
        assert c.get(group, ws, name + "c").properties.properties.scale_settings.max_node_count == 2
        assert list(c.list_nodes(group, ws, name + "c")) == []
        c.begin_delete(group, ws, name + "c", "Delete").result()

    step(f"{label}: create an instance", create)
    step(f"{label}: start what runs", start_running)
    step(f"{label}: stop", lambda: walk("stop", "Stopped"))
    step(f"{label}: start", lambda: walk("start", "Running"))
    step(f"{label}: restart", lambda: walk("restart", "Running"))
    step(f"{label}: delete, twice", delete)
    step(f"{label}: a cluster's life", cluster)


def endpoints(label, client, at, name):
    group, ws, location = at

    def life():
        e = client.online_endpoints
        made = e.begin_create_or_update(group, ws, name, m.OnlineEndpoint(
            location=location, properties=m.OnlineEndpointProperties(auth_mode="Key"))).result()
        assert made.properties.provisioning_state == "Succeeded"
        d = client.online_deployments
        blue = d.begin_create_or_update(group, ws, name, "blue", m.OnlineDeployment(
            location=location, sku=m.Sku(name="Default", capacity=1),
            properties=m.ManagedOnlineDeployment(instance_type="Standard_DS2_v2", model="azureml:m:1"))).result()
        assert blue.properties.provisioning_state == "Succeeded"
        d.begin_update(group, ws, name, "blue", m.PartialMinimalTrackedResourceWithSku(sku=m.PartialSku(capacity=2))).result()
        assert d.get(group, ws, name, "blue").sku.capacity == 2
        assert isinstance(d.get_logs(group, ws, name, "blue", m.DeploymentLogsRequest(tail=3)).content, str)
        assert list(d.list_skus(group, ws, name, "blue"))
        d.begin_delete(group, ws, name, "blue").result()
        e.begin_delete(group, ws, name).result()
        refused(lambda: e.get(group, ws, name), 404, "ResourceNotFound")

    step(f"{label}: an online endpoint's life", life)


def reads(label, client, at):
    group, ws, location = at
    step(f"{label}: list what there is", lambda: [
        list(client.compute.list(group, ws)), list(client.jobs.list(group, ws)), list(client.online_endpoints.list(group, ws)),
        list(client.batch_endpoints.list(group, ws)), list(client.usages.list(location)), list(client.quotas.list(location)),
        client.virtual_machine_sizes.list(location).value[0].estimated_vm_prices.values[0].retail_price])
    step(f"{label}: what is not there", lambda: [
        refused(lambda: client.compute.get(group, ws, "none"), 404, "ResourceNotFound"),
        refused(lambda: client.workspaces.get("rg-none", "none"), 404, "ResourceGroupNotFound")])


def platform(subscription):
    graph = ResourceGraphClient(**settings())

    def query():
        seen, token = [], None
        while True:
            r = graph.resources(QueryRequest(
                subscriptions=[subscription], options=QueryRequestOptions(top=3, skip_token=token, result_format="objectArray"),
                query="resources | where type =~ 'microsoft.machinelearningservices/workspaces' | project id, name"))
            seen += [row["id"] for row in r.data]
            token = r.skip_token
            if not token:
                break
        assert len(seen) == len(set(seen)) == r.total_records, (len(seen), r.total_records)

    def groups():
        g = ResourceManagementClient(subscription_id=subscription, **settings()).resource_groups
        ws = next(MachineLearningServicesMgmtClient(subscription_id=subscription, **settings()).workspaces.list_by_subscription())
        assert g.check_existence(ws.id.split("/")[4]) and not g.check_existence("rg-none")

    step("Resource Graph, by pages of three", query)
    step("does a resource group exist", groups)


def main():
    subscriptions = step("subscriptions", lambda: list(SubscriptionClient(**settings()).subscriptions.list()))
    subscription = subscriptions[0].subscription_id
    platform(subscription)
    for n, version in enumerate(VERSIONS):
        label = version or "default version"
        client = MachineLearningServicesMgmtClient(subscription_id=subscription, **settings(version))
        ws = next(w for w in client.workspaces.list_by_subscription())
        at = (ws.id.split("/")[4], ws.name, ws.location)
        name = f"py{n}-x{int(time.time()) % 1_000_000:x}"  # a letter after the last dash
        reads(label, client, at)
        computes(label, client, at, name)
        endpoints(label, client, at, name + "e")
    print(f"{passed} passed, {len(failed)} failed" + (": " + ", ".join(failed) if failed else ""))
    return 1 if failed else 0


sys.exit(main())
