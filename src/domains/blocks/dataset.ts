// The pictures of a run: generated scenes to learn from, a person's own after them, others held out.

import type { UserData } from "../../engine/domain";
import { scenePainter } from "./data/drawScenes";
import { type MadeScenes, makeScenes } from "./data/makeScenes";
import { ScenePictures } from "./observations";
import type { BlocksSettings } from "./options";
import { valuesOf } from "./upload/seenScene";
import { type OwnPicture, userPictures } from "./upload/userPictures";

export type BlocksDataset = {
  readonly train: ScenePictures;
  readonly heldOut: ScenePictures;
  /** The generated training scenes, which stand first. */
  readonly scenes: MadeScenes;
  readonly own: readonly OwnPicture[];
  /** Row of the first of a person's own pictures, or -1. */
  readonly userRow: number;
};

/** @throws LabError("file") for malformed user data */
export function makeDataset(settings: BlocksSettings, userData: UserData | null): BlocksDataset {
  const { dataset, scenes: count, dataSeed: seed, gridSide, side } = settings;
  const scenes = makeScenes({ dataset, count, seed, split: "train", gridSide });
  const others = makeScenes({ dataset, count, seed, split: "heldOut", gridSide });
  const own = userData ? userPictures(userData, side) : [];
  const draw = scenePainter(scenes, settings);
  return {
    train: new ScenePictures(count + own.length, side, (row) =>
      row < count ? draw(row) : valuesOf(own[row - count]!.pixels),
    ),
    heldOut: new ScenePictures(count, side, scenePainter(others, settings)),
    scenes,
    own,
    userRow: own.length > 0 ? count : -1,
  };
}
