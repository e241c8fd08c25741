// The life of an instance and of a cluster.
import assert from "node:assert/strict";
import { all, poll, refused } from "./steps.mjs";

export async function computes(run, client, at, name) {
  await instance(run, client.computeOperations, at, name);
  await cluster(run, client.computeOperations, at, name + "c");
}

async function instance(run, computes, at, name) {
  const state = async () => (await computes.get(at.group, at.name, name)).properties.properties.state;
  await run("create an instance", async () => {
    const made = await computes.beginCreateOrUpdateAndWait(at.group, at.name, name, {
      location: at.location,
      properties: { computeType: "ComputeInstance", properties: { vmSize: "STANDARD_DS3_V2" } },
    }, poll);
    assert.equal(made.name, name);
    assert.equal(made.properties.provisioningState, "Succeeded");
    assert.equal(made.properties.properties.state, "Running");
    assert.equal(made.properties.properties.vmSize.toUpperCase(), "STANDARD_DS3_V2");
  });
  await run("start what runs", async () => {
    const e = await computes.beginStartAndWait(at.group, at.name, name, poll).then(() => null, (e) => e);
    assert.ok(e, "not refused");
    assert.match(`${e.code} ${e.message}`, /StartComputeInstanceOnlyAllowedInStoppedState|only allowed when/);
  });
  await run("stop it", async () => {
    await computes.beginStopAndWait(at.group, at.name, name, poll);
    assert.equal(await state(), "Stopped");
  });
  await run("start it", async () => {
    await computes.beginStartAndWait(at.group, at.name, name, poll);
    assert.equal(await state(), "Running");
  });
  await run("restart it", async () => {
    const poller = await computes.beginRestart(at.group, at.name, name, poll);
    await refused(() => computes.beginStop(at.group, at.name, name, poll), 409, "Conflict");
    await poller.pollUntilDone();
    assert.equal(await state(), "Running");
  });
  await run("an instance has no nodes", () =>
    refused(() => computes.listNodes(at.group, at.name, name).next(), 400, "UserError"));
  await run("delete it, twice", async () => {
    await computes.beginDeleteAndWait(at.group, at.name, name, "Delete", poll);
    await refused(() => computes.get(at.group, at.name, name), 404, "ResourceNotFound");
    await computes.beginDeleteAndWait(at.group, at.name, name, "Delete", poll); // 204
  });
}

async function cluster(run, computes, at, name) {
  await run("create a cluster", async () => {
    const made = await computes.beginCreateOrUpdateAndWait(at.group, at.name, name, {
      location: at.location,
      properties: {
        computeType: "AmlCompute",
        properties: {
          vmSize: "STANDARD_DS2_V2",
          vmPriority: "Dedicated",
          scaleSettings: { maxNodeCount: 1, minNodeCount: 0, nodeIdleTimeBeforeScaleDown: "PT120S" },
        },
      },
    }, poll);
    assert.equal(made.properties.provisioningState, "Succeeded");
    assert.equal(made.properties.properties.scaleSettings.maxNodeCount, 1);
    assert.equal(made.properties.properties.scaleSettings.nodeIdleTimeBeforeScaleDown, "PT2M");
  });
  await run("scale it", async () => {
    await computes.beginUpdateAndWait(at.group, at.name, name, {
      properties: { scaleSettings: { maxNodeCount: 2, minNodeCount: 1, nodeIdleTimeBeforeScaleDown: "PT5M" } }, // the SDK nests it twice
    }, poll);
    const { properties: p } = (await computes.get(at.group, at.name, name)).properties;
    assert.deepEqual(
      [p.scaleSettings.maxNodeCount, p.scaleSettings.minNodeCount, p.scaleSettings.nodeIdleTimeBeforeScaleDown], [2, 1, "PT5M"]);
  });
  await run("its node comes up", async () => {
    for (let tries = 0; ; tries++) {
      const { items } = await all(computes.listNodes(at.group, at.name, name));
      if (items.length === 1) {
        assert.equal(typeof items[0].nodeId, "string");
        assert.ok(["idle", "running", "preparing"].includes(items[0].nodeState), items[0].nodeState);
        return;
      }
      assert.ok(tries < 50, "no node came");
      await new Promise((r) => setTimeout(r, 200));
    }
  });
  await run("a cluster is not stopped", () =>
    refused(() => computes.beginStop(at.group, at.name, name, poll), 400, "UserError"));
  await run("detach says no, delete deletes", async () => {
    await computes.beginDeleteAndWait(at.group, at.name, name, "Delete", poll);
    await refused(() => computes.get(at.group, at.name, name), 404, "ResourceNotFound");
  });
}
