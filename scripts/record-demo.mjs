// Records the short run that Home plays and that stands in wherever the engine is missing: real training, one picture.
// Usage: node scripts/record-demo.mjs [--seed 19] [--observation 3] [--steps 120] > src/app/home/recordedRun.json

import "tsx";

const { createLocalClient } = await import("../src/cli/clients.ts");

function argument(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return Number(at < 0 ? fallback : process.argv[at + 1]);
}

// Pictures of 20 rows: small enough that one cell decides between two rules, so that the weights have something to say.
const seed = argument("seed", 19);
const observation = argument("observation", 3);
const numSteps = argument("steps", 120);
const options = { seed, height: 20 };

const client = createLocalClient();
const frames = [];
let latest = null;
let bound = null;
client.subscribe((event) => {
  if (event.kind !== "snapshot") return;
  latest = event.snapshot;
  for (const record of latest.records) if (record.metrics.elbo !== undefined) bound = record.metrics.elbo;
});

const description = await client.start({ domain: "automata", options });
await client.select(observation - 1);
for (let step = 0; step <= numSteps; step += 1) {
  if (step > 0) await client.step("step");
  await client.snapshot();
  const entries = [...latest.memory.entries].sort((a, b) => b.weight - a.weight || b.logJoint - a.logJoint);
  frames.push({
    step: latest.step,
    noise: round(latest.picture.phi, 3),
    bound: bound === null ? null : round(bound, 1),
    // Rule, weight, nats below the best.
    rules: entries.map((entry) => [
      entry.program[0],
      round(entry.weight, 3),
      round(entries[0].logJoint - entry.logJoint, 1),
    ]),
  });
}
client.dispose();

const { data } = description.facts;
const area = data.height * data.width;
const cells = [...data.pixels.subarray((observation - 1) * area, observation * area)].join("");
const rows = Array.from({ length: data.height }, (_, y) => cells.slice(y * data.width, (y + 1) * data.width));
const run = {
  madeBy: `node scripts/record-demo.mjs --seed ${seed} --observation ${observation} --steps ${numSteps}`,
  link: `#/lab/automata?v=1&preset=live&height=20&seed=${seed}&obs=${observation}`,
  rows,
  rule: data.rules[observation - 1],
  frames,
};
console.log(
  JSON.stringify(run, null, 1)
    .replace(/\n {4,}/g, " ")
    .replace(/\[ /g, "[")
    .replace(/\n? +\]/g, "]"),
);

function round(value, digits) {
  return Number(value.toFixed(digits));
}
