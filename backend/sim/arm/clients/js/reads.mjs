// What is read and not changed: workspaces, computes, jobs, sizes, quota.
import assert from "node:assert/strict";
import { all, poll, refused } from "./steps.mjs";

export async function reads(run, client, at) {
  await run("workspace get, list by group", async () => {
    const ws = await client.workspaces.get(at.group, at.name);
    assert.equal(ws.id, at.id);
    assert.equal(ws.provisioningState, "Succeeded");
    assert.match(ws.discoveryUrl, /^https:\/\//);
    assert.match(ws.workspaceId, /^[0-9a-f-]{36}$/);
    const { items } = await all(client.workspaces.listByResourceGroup(at.group));
    assert.ok(items.some((w) => w.id === at.id));
  });
  await run("computes decode into their types", async () => {
    const { items } = await all(client.computeOperations.list(at.group, at.name));
    assert.ok(items.length > 0);
    for (const c of items) {
      assert.equal(c.type, "Microsoft.MachineLearningServices/workspaces/computes");
      const p = c.properties;
      if (p.computeType === "AmlCompute") {
        assert.ok(Number.isInteger(p.properties.scaleSettings.maxNodeCount), c.name);
        assert.ok(["Steady", "Resizing"].includes(p.properties.allocationState), c.name);
        assert.ok(p.properties.allocationStateTransitionTime instanceof Date, c.name);
      } else if (p.computeType === "ComputeInstance") {
        assert.equal(typeof p.properties.state, "string");
        assert.ok(Array.isArray(p.properties.applications));
        assert.equal(typeof p.properties.createdBy.userId, "string");
      }
      assert.ok(p.createdOn instanceof Date);
    }
    const one = await client.computeOperations.get(at.group, at.name, items[0].name);
    assert.equal(one.id, items[0].id);
  });
  await run("jobs page, filter and cancel", () => jobs(client, at));
  await run("vmSizes with prices", async () => {
    const { value } = await client.virtualMachineSizes.list(at.location);
    assert.ok(value.length > 100);
    const size = value.find((s) => s.name === "Standard_DS3_v2");
    assert.equal(size.vCPUs, 4);
    assert.ok(size.estimatedVMPrices.values.some((p) => p.retailPrice > 0));
  });
  await run("usages and quotas", async () => {
    const usages = (await all(client.usages.list(at.location))).items;
    assert.ok(usages.every((u) => Number.isInteger(u.currentValue) && Number.isInteger(u.limit)));
    assert.ok(usages.some((u) => u.name.value === "TotalDedicatedCores"));
    const quotas = (await all(client.quotas.list(at.location))).items;
    assert.ok(quotas.length > 0 && quotas.every((q) => typeof q.name.value === "string"));
  });
  await run("what is not there", async () => {
    await refused(() => client.computeOperations.get(at.group, at.name, "nobody"), 404, "ResourceNotFound");
    await refused(() => client.computeOperations.list(at.group, "nowhere").next(), 404, "ParentResourceNotFound");
    await refused(() => client.workspaces.get("rg-nowhere", "nowhere"), 404, "ResourceGroupNotFound");
    await refused(() => client.jobs.get(at.group, at.name, "nothing"), 404, "ResourceNotFound");
  });
}

async function jobs(client, at) {
  const { items } = await all(client.jobs.list(at.group, at.name));
  assert.ok(items.length > 0);
  for (const j of items) {
    assert.equal(typeof j.properties.status, "string");
    assert.ok(j.systemData.createdAt instanceof Date);
  }
  const kind = items[0].properties.jobType;
  const { items: ofKind } = await all(client.jobs.list(at.group, at.name, { jobType: kind, listViewType: "All" }));
  assert.ok(ofKind.length > 0 && ofKind.every((j) => j.properties.jobType === kind));
  const { items: archived } = await all(client.jobs.list(at.group, at.name, { listViewType: "ArchivedOnly" }));
  assert.equal(archived.length, 0);
  const { items: tagged } = await all(client.jobs.list(at.group, at.name, { tag: "no-job-has-this" }));
  assert.equal(tagged.length, 0);
  const name = items[0].name;
  await client.jobs.beginCancelAndWait(at.group, at.name, name, poll);
  const after = await client.jobs.get(at.group, at.name, name);
  assert.ok(["Completed", "Failed", "Canceled", "CancelRequested"].includes(after.properties.status), after.properties.status);
}
