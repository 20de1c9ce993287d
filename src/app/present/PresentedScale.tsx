// Figures draw larger while they are presented.

import type { ReactNode } from "react";
import { type FigureScale, FigureScaleContext, USUAL_SCALE } from "../../views/frame/figureScale";
import { usePresenter } from "./presenterStore";

/** 24 px text on charts, pictures nearly twice as large, plots that fill half of a 720 px screen. */
const PRESENTED: FigureScale = { text: 24 / 11, picture: 1.75, plot: 380 };

export function PresentedScale({ children }: { readonly children: ReactNode }) {
  const isOn = usePresenter((presenter) => presenter.isOn);
  return <FigureScaleContext.Provider value={isOn ? PRESENTED : USUAL_SCALE}>{children}</FigureScaleContext.Provider>;
}
