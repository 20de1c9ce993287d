// What the page uses of a person's own pictures and scenes, as one typed record. All pure.

import { alikeTypes } from "../alike";
import { settingsOf } from "../options";
import { ownFit, UNLIKE } from "./describeFit";
import { MOST_OWN, readScenes } from "./fromUpload";
import { errorText, likenessOf, unlikeRule } from "./likeness";
import { paletteOf, photograph, typesOf } from "./photograph";
import { PICTURE_DEFAULTS, preparePicture } from "./preparePicture";
import { seenBytes, seenScene, valuesOf } from "./seenScene";
import { userDataOf } from "./userPictures";
import { usualErrorOf } from "./usualError";

export type OwnTools = {
  /** Settings that a picture starts with. */
  readonly pictureDefaults: typeof PICTURE_DEFAULTS;
  readonly preparePicture: typeof preparePicture;
  /** Pictures of one search. */
  readonly mostPictures: number;
  readonly readScenes: typeof readScenes;
  /** What complete options mean together. */
  readonly settingsOf: typeof settingsOf;
  readonly paletteOf: typeof paletteOf;
  readonly photograph: typeof photograph;
  readonly userDataOf: typeof userDataOf;
  readonly seenScene: typeof seenScene;
  readonly seenBytes: typeof seenBytes;
  readonly valuesOf: typeof valuesOf;
  /** Learned types of an answer. */
  readonly typesOf: typeof typesOf;
  /** Which types look alike: the search keeps one of them. */
  readonly alikeTypes: typeof alikeTypes;
  readonly ownFit: typeof ownFit;
  readonly likenessOf: typeof likenessOf;
  readonly errorText: typeof errorText;
  readonly unlikeRule: typeof unlikeRule;
  readonly usualErrorOf: typeof usualErrorOf;
  /** The sentence for pictures of other things. */
  readonly unlike: string;
};

export const ownTools: OwnTools = {
  pictureDefaults: PICTURE_DEFAULTS,
  preparePicture,
  mostPictures: MOST_OWN,
  readScenes,
  settingsOf,
  paletteOf,
  photograph,
  userDataOf,
  seenScene,
  seenBytes,
  valuesOf,
  typesOf,
  alikeTypes,
  ownFit,
  likenessOf,
  errorText,
  unlikeRule,
  usualErrorOf,
  unlike: UNLIKE,
};
