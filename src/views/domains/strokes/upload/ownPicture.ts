// What the domain's preparation of pictures takes and gives, as these views see it.

import type { StrokesTools } from "../../../../domains/strokes";

export type PictureSettings = StrokesTools["pictureDefaults"];
export type ReadPicture = ReturnType<StrokesTools["preparePicture"]>;
