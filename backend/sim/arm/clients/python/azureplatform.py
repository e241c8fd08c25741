#!/usr/bin/python3
"""Asks the emulator what Azure's other providers answer: azureplatform.py [URL]

Debian's python3-azure brings the clients. A route that the emulator does not
serve is said to be skipped.
"""
import email.utils
import sys
import time
import urllib.request
from datetime import timedelta

from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.mgmt.costmanagement import CostManagementClient
from azure.mgmt.costmanagement import models as cost
from azure.mgmt.machinelearningservices import MachineLearningServicesMgmtClient
from azure.mgmt.monitor import MonitorManagementClient
from azure.mgmt.resource import ResourceManagementClient, SubscriptionClient

URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7070"
NOT_SERVED = ("InvalidResourceNamespace", "InvalidResourceType", "InvalidUri")
passed, failed = 0, []


class NoCredential:
    """There is no token: the emulator asks for none."""

    def get_token(self, *scopes, **kwargs):
        return AccessToken("none", int(time.time()) + 3600)


SETTINGS = dict(credential=NoCredential(), base_url=URL, authentication_policy=SansIOHTTPPolicy())


def step(name, work):
    global passed
    try:
        work()
    except Exception as e:  # any failure is a finding, not an end
        if isinstance(e, HttpResponseError) and e.error and e.error.code in NOT_SERVED:
            print(f"skip  {name}: not served")
            return
        failed.append(name)
        print(f"FAIL  {name}\n      {type(e).__name__}: {str(e)[:400]}")
        return
    passed += 1
    print(f"ok    {name}")


def directory(subscription):
    c = SubscriptionClient(**SETTINGS)
    groups = ResourceManagementClient(subscription_id=subscription, **SETTINGS).resource_groups
    providers = ResourceManagementClient(subscription_id=subscription, **SETTINGS).providers

    def check(items, holds):
        items = list(items)
        assert items and all(holds(i) for i in items), items[:2]

    step("tenants", lambda: check(c.tenants.list(), lambda t: t.tenant_id))
    step("locations", lambda: check(c.subscriptions.list_locations(subscription), lambda x: x.name and x.display_name))
    step("resource groups", lambda: check(groups.list(), lambda g: groups.get(g.name).properties.provisioning_state == "Succeeded"))
    step("provider", lambda: check(providers.get("Microsoft.MachineLearningServices").resource_types, lambda t: t.api_versions))


def money(subscription):
    query = CostManagementClient(**SETTINGS).query
    total = {"totalCost": cost.QueryAggregation(name="Cost", function="Sum")}

    def usage(**dataset):
        r = query.usage(f"subscriptions/{subscription}", cost.QueryDefinition(
            type="ActualCost", timeframe="MonthToDate", dataset=cost.QueryDataset(aggregation=total, **dataset)))
        names = [c.name for c in r.columns]
        assert all(len(row) == len(names) for row in r.rows)
        return sum(row[names.index("Cost")] for row in r.rows)

    def split():
        whole = usage()
        parts = usage(grouping=[cost.QueryGrouping(type="Dimension", name="ResourceId")])
        assert whole > 0 and abs(whole - parts) < 0.01 * whole, (whole, parts)

    step("cost of the month, whole and by resource", split)
    step("cost by day", lambda: usage(granularity="Daily"))


def monitor(subscription, now):
    c = MonitorManagementClient(subscription_id=subscription, **SETTINGS)
    ws = next(MachineLearningServicesMgmtClient(subscription_id=subscription, **SETTINGS).workspaces.list_by_subscription())
    since = (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def activity():
        events = list(c.activity_logs.list(filter=f"eventTimestamp ge '{since}'"))
        assert events and all(e.operation_name.value and e.status.value and e.event_timestamp for e in events)

    def metrics():
        r = c.metrics.list(ws.id, metricnames="Active Nodes", interval="PT1M", aggregation="Average",
                           timespan=f"{since}/{now.strftime('%Y-%m-%dT%H:%M:%SZ')}", filter="ClusterName eq '*'")
        assert r.value[0].name.value == "Active Nodes"

    step("activity log", activity)
    step("metrics", metrics)


def main():
    subscription = next(iter(SubscriptionClient(**SETTINGS).subscriptions.list())).subscription_id
    answer = urllib.request.urlopen(URL + "/subscriptions?api-version=2022-12-01")
    now = email.utils.parsedate_to_datetime(answer.headers["Date"])  # the emulator's clock
    directory(subscription)
    money(subscription)
    monitor(subscription, now)
    print(f"{passed} passed, {len(failed)} failed" + (": " + ", ".join(failed) if failed else ""))
    return 1 if failed else 0


sys.exit(main())
