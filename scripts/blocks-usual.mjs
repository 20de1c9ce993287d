// The usual error of a model of blocks: what its best parse leaves unexplained of held-out scenes, per pixel and channel.
// Try your own calls a picture unlike anything the model has seen where more is left (docs: public/models/blocks/README.md).
//
//   node scripts/blocks-usual.mjs MODEL-OR-RUN-FOLDER [scenes] [rounds]

import "tsx";

const [name = "colour", count = "200", rounds = "12"] = process.argv.slice(2);
const { openModel } = await import("../src/cli/openModel.ts");
const { infer } = await import("../src/engine/run/inference.ts");
const { findDomain } = await import("../src/cli/flags.ts");
const { ownFit } = await import("../src/domains/blocks/upload/describeFit.ts");
const { smallBlocks } = await import("../src/engine/run/ownData.ts");

const spec = findDomain("blocks");
const core = await openModel(spec, name);
const { instance } = core.parts;
const theta = await smallBlocks(instance.model.blocks);
const options = { ...core.options };
const scenes = Math.min(Number(count), instance.heldOut.count);
const rows = Int32Array.from({ length: scenes }, (_, i) => i);
const search = { memorySize: 1, proposals: 48, rng: core.rng.fork("usual"), observations: instance.heldOut };
const { inferences } = await infer(instance, rows, { ...search, seconds: 3600, rounds: Number(rounds) });
const fits = inferences.map(({ row, programs }) => {
  const seen = instance.describeObservation({ observations: instance.heldOut, ids: Int32Array.of(row) }, 0);
  return ownFit(programs[0].program, seen, options, theta);
});
const sorted = (values) => Float64Array.from(values).sort();
const errors = sorted(fits.map((fit) => fit.error));
const explained = sorted(fits.map((fit) => fit.likeness.explained));
const at = (values, share) => values[Math.min(values.length - 1, Math.floor(share * values.length))];
const text = (value) => value.toPrecision(3);
console.log(`${name}: ${scenes} held-out scenes, squared error a pixel and channel of the best parse`);
console.log(
  `median ${text(at(errors, 0.5))}, 95 % ${text(at(errors, 0.95))}, 99 % ${text(at(errors, 0.99))}, largest ${text(errors.at(-1))}`,
);
console.log(`explained: 1 % of scenes below ${text(at(explained, 0.01))}, least ${text(explained[0])}`);
core.dispose();
