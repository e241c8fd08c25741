// The life of online and batch endpoints and of what is deployed behind them.
import assert from "node:assert/strict";
import { all, poll, refused } from "./steps.mjs";

export async function endpoints(run, client, at, name) {
  await online(run, client, at, name + "e");
  await batch(run, client, at, name + "b");
  await run("environment put, get, list", async () => {
    const made = await client.environmentVersions.createOrUpdate(at.group, at.name, "js-env", "1", {
      properties: { image: "mcr.microsoft.com/azureml/minimal:1" },
    });
    assert.equal(made.name, "1");
    const read = await client.environmentVersions.get(at.group, at.name, "js-env", "1");
    assert.equal(read.properties.image, "mcr.microsoft.com/azureml/minimal:1");
    const versions = (await all(client.environmentVersions.list(at.group, at.name, "js-env"))).items;
    assert.deepEqual(versions.map((v) => v.name), ["1"]);
    const containers = (await all(client.environmentContainers.list(at.group, at.name))).items;
    assert.equal(containers.find((e) => e.name === "js-env").properties.latestVersion, "1");
  });
}

const model = (at) => `${at.id}/models/m/versions/1`;

async function online(run, client, at, name) {
  const { onlineEndpoints, onlineDeployments } = client;
  await run("create an online endpoint", async () => {
    const made = await onlineEndpoints.beginCreateOrUpdateAndWait(at.group, at.name, name, {
      location: at.location, identity: { type: "SystemAssigned" }, properties: { authMode: "Key" },
    }, poll);
    assert.equal(made.properties.provisioningState, "Succeeded");
    assert.match(made.properties.scoringUri, /^https:\/\/.*\/score$/);
    assert.equal(made.identity.type, "SystemAssigned");
  });
  await run("find it by name, list a page of one", async () => {
    const { items } = await all(onlineEndpoints.list(at.group, at.name, { name }));
    assert.deepEqual(items.map((e) => e.name), [name]);
    const one = await onlineEndpoints.list(at.group, at.name, { count: 1 }).byPage().next();
    assert.equal(one.value.length, 1);
  });
  await run("create a deployment", async () => {
    const made = await onlineDeployments.beginCreateOrUpdateAndWait(at.group, at.name, name, "blue", {
      location: at.location,
      sku: { name: "Default", capacity: 1 },
      properties: { endpointComputeType: "Managed", instanceType: "Standard_DS2_v2", model: model(at) },
    }, poll);
    assert.equal(made.properties.provisioningState, "Succeeded");
    assert.equal(made.properties.endpointComputeType, "Managed");
    assert.equal(made.sku.capacity, 1);
  });
  await run("deployment get, list, skus, logs", async () => {
    const got = await onlineDeployments.get(at.group, at.name, name, "blue");
    assert.equal(got.properties.instanceType, "Standard_DS2_v2");
    assert.equal((await all(onlineDeployments.list(at.group, at.name, name))).items.length, 1);
    const skus = (await all(onlineDeployments.listSkus(at.group, at.name, name, "blue"))).items;
    assert.ok(skus[0].capacity.maximum >= 1);
    const logs = await onlineDeployments.getLogs(at.group, at.name, name, "blue", { containerType: "InferenceServer", tail: 5 });
    assert.equal(typeof logs.content, "string");
    assert.ok(logs.content.split("\n").length <= 5);
  });
  await run("scale the deployment", async () => {
    await onlineDeployments.beginUpdateAndWait(at.group, at.name, name, "blue", { sku: { name: "Default", capacity: 2 } }, poll);
    assert.equal((await onlineDeployments.get(at.group, at.name, name, "blue")).sku.capacity, 2);
  });
  await run("give it the traffic, by GET and PUT", async () => {
    const e = await onlineEndpoints.get(at.group, at.name, name);
    e.properties.traffic = { blue: 100 };
    const put = await onlineEndpoints.beginCreateOrUpdateAndWait(at.group, at.name, name, e, poll);
    assert.deepEqual(put.properties.traffic, { blue: 100 });
  });
  await run("tag the endpoint", async () => {
    await onlineEndpoints.beginUpdateAndWait(at.group, at.name, name, { tags: { by: "js" } }, poll);
    assert.deepEqual((await onlineEndpoints.get(at.group, at.name, name)).tags, { by: "js" });
  });
  await run("its keys", async () => {
    const keys = await onlineEndpoints.listKeys(at.group, at.name, name);
    assert.ok(keys.primaryKey && keys.secondaryKey && keys.primaryKey !== keys.secondaryKey);
  });
  await run("delete deployment and endpoint, twice", async () => {
    const e = await onlineEndpoints.get(at.group, at.name, name);
    e.properties.traffic = {};
    await onlineEndpoints.beginCreateOrUpdateAndWait(at.group, at.name, name, e, poll);
    await onlineDeployments.beginDeleteAndWait(at.group, at.name, name, "blue", poll);
    await refused(() => onlineDeployments.get(at.group, at.name, name, "blue"), 404, "ResourceNotFound");
    await onlineEndpoints.beginDeleteAndWait(at.group, at.name, name, poll);
    await refused(() => onlineEndpoints.get(at.group, at.name, name), 404, "ResourceNotFound");
    await onlineEndpoints.beginDeleteAndWait(at.group, at.name, name, poll); // 204
  });
}

async function batch(run, client, at, name) {
  const { batchEndpoints, batchDeployments } = client;
  const { items } = await all(client.computeOperations.list(at.group, at.name));
  const cluster = items.find((c) => c.properties.computeType === "AmlCompute");
  await run("batch endpoint and deployment", async () => {
    const made = await batchEndpoints.beginCreateOrUpdateAndWait(at.group, at.name, name, {
      location: at.location, properties: { authMode: "AADToken" },
    }, poll);
    assert.equal(made.properties.provisioningState, "Succeeded");
    const d = await batchDeployments.beginCreateOrUpdateAndWait(at.group, at.name, name, "nightly", {
      location: at.location,
      properties: { compute: cluster.id, model: { referenceType: "Id", assetId: model(at) }, resources: { instanceCount: 1 }, miniBatchSize: 10 },
    }, poll);
    assert.equal(d.properties.provisioningState, "Succeeded");
    assert.equal(d.properties.compute.toLowerCase(), cluster.id.toLowerCase());
    assert.equal((await all(batchDeployments.list(at.group, at.name, name))).items.length, 1);
    assert.ok((await all(batchEndpoints.list(at.group, at.name))).items.some((e) => e.name === name));
    await batchDeployments.beginDeleteAndWait(at.group, at.name, name, "nightly", poll);
    await batchEndpoints.beginDeleteAndWait(at.group, at.name, name, poll);
    await refused(() => batchEndpoints.get(at.group, at.name, name), 404, "ResourceNotFound");
  });
}
