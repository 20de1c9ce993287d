// How large figures draw their text and pictures: 1 on a screen at arm's length, more when they are presented to a room.

import { createContext } from "react";

export type FigureScale = {
  /** Size of a chart's text relative to 11 px. */
  readonly text: number;
  /** Size of pictures relative to the usual one; canvases keep whole pixels a cell. */
  readonly picture: number;
  /** Height of every plot in px, or null: as the chart asks. */
  readonly plot: number | null;
};

export const USUAL_SCALE: FigureScale = { text: 1, picture: 1, plot: null };

export const FigureScaleContext = createContext<FigureScale>(USUAL_SCALE);
