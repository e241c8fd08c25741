// What Azure itself answers: subscriptions and Resource Graph. node platform.mjs [URL]
import assert from "node:assert/strict";
import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { all, credential, done, options, plain, refused, step } from "./steps.mjs";

const client = plain(new SubscriptionClient(credential, options()));
const graph = plain(new ResourceGraphClient(credential, options()));
const mine = "resources | where type =~ 'microsoft.machinelearningservices/workspaces' | project id, name, location | order by name asc";

const subscriptions = await step("subscriptions, list and get", async () => {
  const { items } = await all(client.subscriptions.list());
  assert.ok(items.length > 0);
  const one = await client.subscriptions.get(items[0].subscriptionId);
  assert.equal(one.state, "Enabled");
  await refused(() => client.subscriptions.get("00000000-0000-0000-0000-000000000000"), 404, "SubscriptionNotFound");
  return items;
});
const ids = subscriptions.map((s) => s.subscriptionId);

await step("Resource Graph, by pages of two", async () => {
  const seen = [];
  let token, total;
  do {
    const answer = await graph.resources({ query: mine, subscriptions: ids, options: { top: 2, skipToken: token, resultFormat: "objectArray" } });
    assert.equal(answer.count, answer.data.length);
    seen.push(...answer.data.map((row) => row.name));
    total = answer.totalRecords;
    token = answer.skipToken;
  } while (token);
  assert.equal(seen.length, total);
  assert.deepEqual(seen, [...seen].sort((a, b) => a.localeCompare(b)));
});
await step("Resource Graph, a table", async () => {
  const answer = await graph.resources({ query: "resources | summarize count() by type", subscriptions: ids, options: { resultFormat: "objectArray" } });
  assert.ok(answer.data.some((row) => row.count_ > 0));
});
await step("Resource Graph, nonsense", () => refused(() => graph.resources({ query: "resources || where", subscriptions: ids }), 400, "BadRequest"));
done();
