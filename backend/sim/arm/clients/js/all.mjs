// Runs every script: node all.mjs [URL]
await import("./machinelearning.mjs");
await import("./platform.mjs");
