// Data of the clusters domain: the fixed 100 + 100 sets, fresh draws from the true model, and people's own points.
// Source of the generator: MWS spec 2.1 (CRP with alpha 1, means N(0, I), Sigma* = 0.03 I).

import type { ReadAsset, UserData } from "../../engine/domain";
import { LabError } from "../../engine/errors";
import { Rng } from "../../engine/rng/rng";
import { samplePairs } from "./generative";
import { NUM_COORDINATES, PointSets } from "./pointSets";
import { canonicalLabels, NUM_POINTS, packLabels } from "./program";

export const FIXED_DATASET = "crp-gmm-100x7";
export const FRESH_DATASET = "fresh";
/** Sigma*'s diagonal in the published code. */
export const TRUE_VARIANCE = 0.03;

export type ClusterSplit = {
  readonly train: PointSets;
  readonly heldOut: PointSets;
  /** [N train] generating clustering; -1 where unknown (a person's own points). */
  readonly trainTruth: Int32Array;
  /** Sigma that generated the data, [xx, xy, yx, yy]. */
  readonly trueSigma: Float64Array;
  /** Training rows that come from the data set: the first ones. The rest are the person's own. */
  readonly numBuiltin: number;
};

export type DataRequest = {
  readonly dataset: string;
  readonly numSets: number;
  readonly dataSeed: number;
  readonly userData: UserData | null;
  readonly readAsset: ReadAsset;
};

/**
 * Loads or generates the data set and appends the person's own sets to the training rows.
 *
 * @throws LabError("unknown-name") for a data set the domain does not have, "file" for a file of another shape
 */
export async function loadData(request: DataRequest): Promise<ClusterSplit> {
  const split = await builtinData(request);
  const own = request.userData === null ? [] : ownPoints(request.userData);
  const points = new Float64Array(split.train.points.length + own.length);
  points.set(split.train.points);
  points.set(own, split.train.points.length);
  const train = new PointSets(points);
  const trainTruth = new Int32Array(train.count).fill(-1);
  trainTruth.set(split.trainTruth);
  return { ...split, train, trainTruth };
}

/** Reads the fixed data set's file: JSON with `true_sigma` and `train`, `test`: lists of { z [7], x [7][2] }. */
export function readDataset(bytes: Uint8Array): ClusterSplit {
  const parsed = parseJson(bytes);
  if (!isRecord(parsed) || typeof parsed["true_sigma"] !== "number") throw badFile("true_sigma");
  const train = readSets(parsed["train"], "train");
  const heldOut = readSets(parsed["test"], "test");
  return {
    train: new PointSets(train.points),
    heldOut: new PointSets(heldOut.points),
    trainTruth: train.truth,
    trueSigma: isotropic(parsed["true_sigma"]),
    numBuiltin: train.truth.length,
  };
}

/** N training and N held-out sets from the true model; the same seed draws the same sets. */
export function generateData(numSets: number, dataSeed: number): ClusterSplit {
  const rng = new Rng(dataSeed).fork("clusters data");
  const root = Math.sqrt(TRUE_VARIANCE);
  const train = samplePairs(numSets, [root, 0, 0, root], rng.fork("train"));
  const heldOut = samplePairs(numSets, [root, 0, 0, root], rng.fork("held out"));
  return {
    train: new PointSets(train.points),
    heldOut: new PointSets(heldOut.points),
    trainTruth: train.clusterings,
    trueSigma: isotropic(TRUE_VARIANCE),
    numBuiltin: numSets,
  };
}

async function builtinData(request: DataRequest): Promise<ClusterSplit> {
  switch (request.dataset) {
    case FIXED_DATASET:
    case "":
      return readDataset(await request.readAsset(`datasets/${FIXED_DATASET}.json`));
    case FRESH_DATASET:
      return generateData(request.numSets, request.dataSeed);
    default:
      throw new LabError(
        "unknown-name",
        {
          message: `dataset is "${request.dataset}"; allowed: ${FIXED_DATASET}, ${FRESH_DATASET}.`,
          help: "Choose one of the data sets under Data set.",
        },
        { name: "dataset", given: request.dataset },
      );
  }
}

/** The payload that fromUpload made: { sets: number[][] }, 14 finite numbers each. Checked again: it may come from a file. */
function ownPoints(userData: UserData): number[] {
  const payload = userData.payload;
  const sets = isRecord(payload) && Array.isArray(payload["sets"]) ? payload["sets"] : null;
  if (sets === null) throw badFile(userData.name);
  return sets.flatMap((set: unknown) => {
    if (!Array.isArray(set) || set.length !== NUM_COORDINATES) throw badFile(userData.name);
    return set.map((value: unknown) => finite(value, userData.name));
  });
}

function readSets(value: unknown, name: string): { points: Float64Array; truth: Int32Array } {
  if (!Array.isArray(value) || value.length === 0) throw badFile(name);
  const truth = new Int32Array(value.length);
  const points = new Float64Array(value.length * NUM_COORDINATES);
  for (const [row, set] of value.entries()) {
    const [z, x]: unknown[] = isRecord(set) ? [set["z"], set["x"]] : [];
    if (!Array.isArray(z) || !Array.isArray(x) || z.length !== NUM_POINTS || x.length !== NUM_POINTS)
      throw badFile(name);
    truth[row] = packLabels(canonicalLabels(z.map((label: unknown) => finite(label, name))));
    points.set(
      x.flat().map((coordinate: unknown) => finite(coordinate, name)),
      row * NUM_COORDINATES,
    );
  }
  return { points, truth };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw badFile("the whole file", cause);
  }
}

function finite(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw badFile(name);
  return value;
}

function badFile(name: string, cause?: unknown): LabError {
  const message = `clusters data: ${name} is not as expected (seven points of two numbers in each set).`;
  return new LabError("file", { message, help: "Choose another file, or the built-in data set." }, { name }, { cause });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isotropic(variance: number): Float64Array {
  return Float64Array.of(variance, 0, 0, variance);
}
