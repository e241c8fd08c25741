// Drives the emulator with @azure/arm-machinelearning: node machinelearning.mjs [URL]
// Every version of the SDK runs with its own API version and with newer ones.
import assert from "node:assert/strict";
import { AzureMachineLearningWorkspaces as SDK2 } from "@azure/arm-machinelearning";
import { AzureMachineLearningWorkspaces as SDK1 } from "@azure/arm-machinelearning-1";
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { all, credential, done, options, plain, step } from "./steps.mjs";
import { computes } from "./computes.mjs";
import { endpoints } from "./endpoints.mjs";
import { reads } from "./reads.mjs";

const runs = [
  ["2.1.1", SDK2, undefined],
  ["2.1.1", SDK2, "2023-10-01"],
  ["2.1.1", SDK2, "2024-04-01"],
  ["2.1.1", SDK2, "2024-10-01"],
  ["2.1.1", SDK2, "2025-06-01"],
  ["1.0.0", SDK1, undefined],
  ["1.0.0", SDK1, "2024-04-01"],
];

const subscriptions = (await all(plain(new SubscriptionClient(credential, options())).subscriptions.list())).items;
assert.ok(subscriptions.length > 0, "the scenario has no subscription");

for (const [n, [sdk, Client, apiVersion]] of runs.entries()) {
  const label = `${sdk} ${apiVersion ?? "default"}`;
  const client = plain(new Client(credential, subscriptions[0].subscriptionId, options(apiVersion)));
  const at = await step(`${label}: a workspace to work in`, () => workspaceOf(client));
  if (!at) continue;
  const run = (name, work) => step(`${label}: ${name}`, work);
  await reads(run, client, at);
  await computes(run, client, at, `js${n}-${Date.now().toString(36)}`);
  await endpoints(run, client, at, `js${n}-${Date.now().toString(36)}`);
}
done();

/** The first workspace that may be looked into, with its place. */
async function workspaceOf(client) {
  const { items } = await all(client.workspaces.listBySubscription());
  for (const ws of items) {
    assert.equal(ws.type, "Microsoft.MachineLearningServices/workspaces");
    const group = ws.id.split("/")[4];
    try {
      await client.computeOperations.list(group, ws.name).next();
      return { group, name: ws.name, location: ws.location, id: ws.id, count: items.length };
    } catch (e) {
      assert.equal(e.code, "AuthorizationFailed");
    }
  }
  throw new Error("no workspace may be looked into");
}
