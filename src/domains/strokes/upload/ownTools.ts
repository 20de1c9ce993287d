// What the page uses of a person's own pictures, as one typed record. All pure and light.

import { readBitmapText } from "./bitmapText";
import { BITMAP_SETTINGS, PICTURE_DEFAULTS, preparePicture } from "./preparePicture";
import { userDataOf } from "./userPictures";

export type OwnTools = {
  /** Settings that a drawing or photograph starts with. */
  readonly pictureDefaults: typeof PICTURE_DEFAULTS;
  /** Settings under which a bitmap is read cell by cell. */
  readonly bitmapSettings: typeof BITMAP_SETTINGS;
  /** RGBA of any size -> the 28 x 28 bits that the model sees, or why there are none. */
  readonly preparePicture: typeof preparePicture;
  /** Rows of 0 and 1 -> pictures, black on white. */
  readonly readBitmapText: typeof readBitmapText;
  /** Pictures as user data. */
  readonly userDataOf: typeof userDataOf;
};

export const ownTools: OwnTools = {
  pictureDefaults: PICTURE_DEFAULTS,
  bitmapSettings: BITMAP_SETTINGS,
  preparePicture,
  readBitmapText,
  userDataOf,
};
