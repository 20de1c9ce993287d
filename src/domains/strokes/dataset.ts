// The pictures of a run: to learn from, a person's own last, and held-out ones of the same alphabets by other hands.

import type { BuildRequest, UserData } from "../../engine/domain";
import type { StrokeBank } from "../../engine/kernels/strokes/renderer";
import { Rng } from "../../engine/rng/rng";
import { DATASETS } from "./datasets";
import { type ImageSet, type Images, NUM_ALPHABETS, SIDE } from "./images";
import type { StrokesSettings } from "./options";
import { userPictures } from "./upload/userPictures";

export type StrokesDataset = {
  /** To learn from, a person's own last. */
  readonly train: Images;
  readonly heldOut: Images;
  readonly alphabetNames: readonly string[];
  /** Row of the person's first picture, or -1. */
  readonly userRow: number;
  /** Names of the person's pictures, "" for one without. */
  readonly ownNames: readonly string[];
  /** [12 * 5] the strokes that made the data where the lab knows them, else null. */
  readonly trueBank: Float32Array | null;
  /** One sentence on how a person's file became pictures, "" without one. */
  readonly note: string;
};

/** Alphabets of the generated handwriting unless an option says otherwise. */
const DEFAULT_ALPHABETS = 10;
/** Pictures held out: a quarter as many as are learned from, at most this many. */
const MOST_HELD_OUT = 100;
/** Of five drawers (or of five pictures where the drawer is unknown) one is held out of an imported set. */
const HELD_OUT_SHARE = 5;

const heldOutCount = (images: number): number => Math.min(MOST_HELD_OUT, Math.max(5, Math.ceil(images / 4)));

/**
 * Generates or reads the pictures of a run and appends a person's own.
 *
 * @throws LabError("file") for an imported set that is not there or is broken, or for malformed user data
 */
export async function makeDataset(
  settings: StrokesSettings,
  { readAsset, userData }: Pick<BuildRequest, "readAsset" | "userData">,
): Promise<StrokesDataset> {
  const known = await splitsOf(settings, readAsset);
  const own = userData === null ? null : userImages(userData);
  const train = observationsOf(known.train, own?.pixels);
  return {
    train,
    heldOut: observationsOf(known.heldOut),
    alphabetNames: known.train.alphabetNames,
    userRow: own ? known.train.alphabets.length : -1,
    ownNames: own?.names ?? [],
    trueBank: known.trueBank,
    note: own?.note ?? "",
  };
}

type Splits = { readonly train: ImageSet; readonly heldOut: ImageSet; readonly trueBank: Float32Array | null };

async function splitsOf(settings: StrokesSettings, readAsset: BuildRequest["readAsset"]): Promise<Splits> {
  const recipe = DATASETS[settings.dataset]!;
  if (!recipe.isGenerated) return imported(settings, recipe.images, readAsset);
  const { dataSeed: seed, perAlphabet } = settings;
  const isBank = settings.dataset === "bank12";
  const alphabets = isBank ? 1 : settings.alphabets || DEFAULT_ALPHABETS;
  const count = perAlphabet > 0 ? perAlphabet * alphabets : settings.images || recipe.images;
  const held = heldOutCount(count);
  if (isBank) {
    const { makeBank12 } = await import("./data/bank12");
    const { set, bank } = makeBank12({ seed, count, split: "train" });
    return { train: set, heldOut: makeBank12({ seed, count: held, split: "heldOut" }).set, trueBank: bankRows(bank) };
  }
  const { makeHandwriting } = await import("./data/handwriting");
  const [train, heldOut] = (
    [
      ["train", count],
      ["heldOut", held],
    ] as const
  ).map(([split, wanted]) => makeHandwriting({ seed, alphabets, count: wanted, split }));
  return { train: train!, heldOut: heldOut!, trueBank: null };
}

/** [S, 5] dx, dy, theta, sharpness, width. */
export function bankRows({ dx, dy, theta, sharpness, width }: StrokeBank): Float32Array {
  const columns = [dx, dy, theta, sharpness, width];
  return Float32Array.from({ length: 5 * dx.length }, (_, i) => columns[i % 5]![Math.floor(i / 5)]!);
}

async function imported(
  settings: StrokesSettings,
  images: number,
  readAsset: BuildRequest["readAsset"],
): Promise<Splits> {
  const { readImported } = await import("./data/imported");
  const { set } = await readImported(settings.dataset, readAsset);
  const rows = splitRows(set, settings, images);
  return { train: pickRows(set, rows.train), heldOut: pickRows(set, rows.heldOut), trueBank: null };
}

/**
 * Rows of an imported set for learning and for testing. Pictures by every fifth drawer (every fifth picture, where
 * drawers are unknown) are held out. Within an alphabet the order is shuffled by the data seed; alphabets take turns.
 */
export function splitRows(
  set: Pick<ImageSet, "alphabets" | "drawers">,
  settings: Pick<StrokesSettings, "images" | "perAlphabet" | "alphabets" | "dataSeed">,
  images: number,
): { readonly train: Int32Array; readonly heldOut: Int32Array } {
  const order = new Rng(settings.dataSeed).fork("data").shuffle(Int32Array.from(set.alphabets.keys()));
  const kept = order.filter((row) => settings.alphabets === 0 || set.alphabets[row]! < settings.alphabets);
  const isHeldOut = (row: number) => (set.drawers[row]! < 0 ? row : set.drawers[row]!) % HELD_OUT_SHARE === 4;
  const train = inTurns(
    kept.filter((row) => !isHeldOut(row)),
    set.alphabets,
    settings.perAlphabet,
  );
  const most = settings.perAlphabet > 0 && settings.images === 0 ? train.length : settings.images || images;
  const learned = train.subarray(0, most);
  const alphabets = new Set(learned.map((row) => set.alphabets[row]!));
  const rest = kept.filter((row) => isHeldOut(row) && alphabets.has(set.alphabets[row]!));
  return { train: learned, heldOut: inTurns(rest, set.alphabets, 0).subarray(0, heldOutCount(learned.length)) };
}

/** The rows so that alphabets take turns, at most `most` of each (0: all). */
function inTurns(rows: Int32Array, alphabets: Int32Array, most: number): Int32Array {
  const seen = new Int32Array(NUM_ALPHABETS);
  const turns = Array.from(rows, (row) => ({ row, turn: seen[alphabets[row]!]!++ }));
  const kept = most > 0 ? turns.filter(({ turn }) => turn < most) : turns;
  kept.sort((a, b) => a.turn - b.turn || alphabets[a.row]! - alphabets[b.row]!);
  return Int32Array.from(kept, ({ row }) => row);
}

/** The rows `ids` of a set, in their order. */
function pickRows(set: ImageSet, ids: Int32Array): ImageSet {
  const area = SIDE * SIDE;
  const pixels = new Uint8Array(ids.length * area);
  for (const [n, row] of ids.entries()) pixels.set(set.pixels.subarray(row * area, (row + 1) * area), n * area);
  const pick = (labels: Int32Array) => Int32Array.from(ids, (row) => labels[row]!);
  const labels = { alphabets: pick(set.alphabets), characters: pick(set.characters), drawers: pick(set.drawers) };
  return { ...set, ...labels, pixels };
}

/** A set as observations, with `extra` pictures [n * area] of no alphabet in particular (0) at the end. */
function observationsOf(set: ImageSet, extra: Uint8Array = new Uint8Array()): Images {
  const known = set.alphabets.length;
  const count = known + extra.length / (SIDE * SIDE);
  const pixels = new Uint8Array(set.pixels.length + extra.length);
  pixels.set(set.pixels);
  pixels.set(extra, set.pixels.length);
  const alphabets = new Int32Array(count);
  alphabets.set(set.alphabets);
  return { count, pixels, alphabets };
}

function userImages(userData: UserData): {
  readonly pixels: Uint8Array;
  readonly names: readonly string[];
  readonly note: string;
} {
  const pictures = userPictures(userData);
  const pixels = new Uint8Array(pictures.length * SIDE * SIDE);
  for (const [n, own] of pictures.entries()) pixels.set(own.pixels, n * SIDE * SIDE);
  return { pixels, names: pictures.map((own) => own.name ?? ""), note: pictures[0]?.note ?? "" };
}
