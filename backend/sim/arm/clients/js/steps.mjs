// What the scripts share: where the emulator is, a credential that is none, and
// steps that assert and are counted.
import assert from "node:assert/strict";

export const endpoint = process.argv[2] ?? "http://127.0.0.1:7070";

export const credential = {
  getToken: async () => ({ token: "none", expiresOnTimestamp: Date.now() + 3_600_000 }),
};

/** Options of a client over plain HTTP; apiVersion undefined is the SDK's own. */
export const options = (apiVersion) => ({
  endpoint,
  apiVersion,
  allowInsecureConnection: true,
  retryOptions: { maxRetries: 1 },
});

/** Takes out of a client what refuses to send a token over plain HTTP: there is no token. */
export function plain(client) {
  client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  return client;
}

/** How long to wait between two polls of an operation. */
export const poll = { updateIntervalInMs: 200 };

let passed = 0;
const failures = [];

/** Runs one step, and goes on when it fails. The value is that of the step. */
export async function step(name, work) {
  try {
    const value = await work();
    passed++;
    console.log(`ok    ${name}`);
    return value;
  } catch (e) {
    failures.push(name);
    console.log(`FAIL  ${name}\n      ${String(e.stack ?? e).split("\n").slice(0, 6).join("\n      ")}`);
    return undefined;
  }
}

/** Wants work to be refused with a status and a code, and answers the error. */
export async function refused(work, status, code) {
  let refusal;
  try {
    await work();
  } catch (e) {
    refusal = e;
  }
  assert.ok(refusal, `not refused, want ${status} ${code}`);
  assert.equal(refusal.statusCode, status, refusal.message);
  assert.equal(refusal.code, code, refusal.message);
  return refusal;
}

/** All items of a paged list, and how many pages there were. */
export async function all(list) {
  const items = [];
  let pages = 0;
  for await (const page of list.byPage()) {
    pages++;
    items.push(...page);
  }
  return { items, pages };
}

/** Says how it went; the exit code is 1 if a step failed. */
export function done() {
  console.log(`${passed} passed, ${failures.length} failed${failures.length ? ": " + failures.join(", ") : ""}`);
  process.exitCode = failures.length ? 1 : 0;
}
