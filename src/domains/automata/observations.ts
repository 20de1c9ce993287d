// Packed pictures: what the engine counts and the model reads. Counts are taken once, when somebody asks for them.

import type { UserData } from "../../engine/domain";
import { LabError } from "../../engine/errors";
import type { Observations } from "../../engine/model";
import { Rng } from "../../engine/rng/rng";
import { countAll, MAX_TRANSITIONS } from "./counts";
import { generatePicture } from "./generate";
import type { Neighbours } from "./grid";
import type { AutomataSettings } from "./options";
import type { UserPicture } from "./upload";

/** N equally large pictures with their transition counts. */
export class Pictures implements Observations {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly neighbours: Neighbours;
  /** [N, height * width] of 0 and 1. */
  readonly pixels: Uint8Array;
  /** [N] 1 = wrap, 0 = zero. */
  readonly isWrapped: Uint8Array;
  private counted: Uint16Array | null = null;

  constructor(
    size: { readonly height: number; readonly width: number; readonly neighbours: Neighbours },
    pixels: Uint8Array,
    isWrapped: Uint8Array,
  ) {
    this.count = isWrapped.length;
    this.height = size.height;
    this.width = size.width;
    this.neighbours = size.neighbours;
    this.pixels = pixels;
    this.isWrapped = isWrapped;
  }

  /** [N][2^k][2] transition counts, computed at the first use. */
  get counts(): Uint16Array {
    this.counted ??= countAll(this.pixels, this.count, this, this.neighbours, this.isWrapped);
    return this.counted;
  }

  /** Transitions per picture. */
  get transitions(): number {
    return this.height * (this.width - 1);
  }
}

export type AutomataDataset = {
  /** Generated pictures, then the person's own. */
  readonly train: Pictures;
  readonly heldOut: Pictures;
  /** [N] rule that made each training picture, and 1 where it is known. */
  readonly rules: Int32Array;
  readonly isKnown: Uint8Array;
  readonly heldOutRules: Int32Array;
  /** Row of the person's own picture, or -1. */
  readonly userRow: number;
  readonly note: string;
};

/** Pixels above which a run is refused. */
const MOST_PIXELS = 200_000_000;

/**
 * Generates the training and held-out pictures and appends the person's own.
 *
 * @param rng the run's stream; its "data" fork is used unless the settings fix a data seed
 * @throws LabError("memory-limit") if the pictures would not fit, LabError("file") if the person's are malformed
 */
export function makeDataset(settings: AutomataSettings, rng: Rng, userData: UserData | null): AutomataDataset {
  const stream = (settings.dataSeed === 0 ? rng : new Rng(settings.dataSeed)).fork("data");
  const own = userData === null ? [] : userPictures(userData, settings);
  const total = settings.images + settings.heldOut + own.length;
  const pixels = total * settings.height * settings.width;
  if (pixels > MOST_PIXELS || settings.height * (settings.width - 1) > MAX_TRANSITIONS) {
    const message = `${total} pictures of ${settings.height} by ${settings.width} are ${pixels} cells, more than ${MOST_PIXELS}`;
    throw new LabError("memory-limit", { message, help: "Choose fewer or smaller pictures." }, { pixels });
  }
  const train = generateSet(settings, settings.images, own, stream.fork("train"));
  const heldOut = generateSet(settings, settings.heldOut, [], stream.fork("held out"));
  const isKnown = new Uint8Array(train.pictures.count).fill(1, 0, settings.images);
  return {
    train: train.pictures,
    heldOut: heldOut.pictures,
    rules: train.rules,
    isKnown,
    heldOutRules: heldOut.rules,
    userRow: own.length > 0 ? settings.images : -1,
    note: own[0]?.note ?? "",
  };
}

function generateSet(
  settings: AutomataSettings,
  count: number,
  own: readonly UserPicture[],
  rng: Rng,
): { pictures: Pictures; rules: Int32Array } {
  const area = settings.height * settings.width;
  const pixels = new Uint8Array((count + own.length) * area);
  const rules = new Int32Array(count + own.length);
  const isWrapped = new Uint8Array(count + own.length).fill(settings.boundary === "wrap" ? 1 : 0);
  for (let n = 0; n < count; n++) {
    const made = generatePicture(settings, n, rng);
    rules[n] = made.rule;
    pixels.set(made.grid.pixels, n * area);
  }
  for (const [i, picture] of own.entries()) {
    pixels.set(picture.pixels, (count + i) * area);
    isWrapped[count + i] = picture.boundary === "wrap" ? 1 : 0;
  }
  return { pictures: new Pictures(settings, pixels, isWrapped), rules };
}

function userPictures(userData: UserData, settings: AutomataSettings): UserPicture[] {
  const payload: unknown = userData.payload;
  const list: unknown =
    typeof payload === "object" && payload !== null && "pictures" in payload ? payload.pictures : null;
  if (!Array.isArray(list) || list.length === 0) throw malformed(userData.name, "it holds no pictures");
  return list.map((item: Partial<UserPicture> | null) => {
    const { height, width, pixels, boundary } = item ?? {};
    if (height !== settings.height || width !== settings.width) {
      const wanted = `${settings.height} by ${settings.width}`;
      throw malformed(userData.name, `it was cut to ${height} by ${width} cells, but this run has ${wanted}`);
    }
    const values = pixels ? Uint8Array.from(pixels) : new Uint8Array();
    if (values.length !== height * width || values.some((cell) => cell > 1)) {
      throw malformed(userData.name, "its cells are not 0 and 1");
    }
    return { height, width, pixels: values, boundary: boundary === "wrap" ? "wrap" : "zero", note: item?.note ?? "" };
  });
}

function malformed(name: string, why: string): LabError {
  const message = `${name} cannot be used: ${why}`;
  return new LabError("file", { message, help: "Choose the picture again with these settings." }, { name });
}
