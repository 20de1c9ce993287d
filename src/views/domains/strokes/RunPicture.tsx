// The chosen character as one run explains it: the character, and what the run's best program draws.

import { type ReactNode, useRef } from "react";
import type { RunPictureProps } from "../../domainViews";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { natsText } from "../../numberText";
import { inks, paintShades } from "./inkCanvas";
import { imageOf, strokesView } from "./strokesView";
import { useDrawing } from "./useDrawing";

/** Two canvases side by side with the program's log likelihood. */
export function RunPicture(props: RunPictureProps): ReactNode {
  const image = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const drawing = useDrawing(props.spec);
  const view = strokesView({ ...props, selectedProgram: null });
  const side = view?.data.side ?? 28;
  const scale = Math.max(1, Math.floor((props.size - 8) / 2 / side));
  const bank = view?.bank ?? null;
  const tokens = view?.shown?.tokens ?? null;
  const row = view?.row ?? 0;
  useFrame(
    image,
    (target) => {
      if (view) paintShades(target, imageOf(view.data, row), side, inks().dataGround, inks().data);
    },
    [view?.data, row, theme],
  );
  useFrame(
    drawn,
    (target) => {
      if (!view || !bank || !drawing) return;
      const { modelGround, model } = inks();
      if (!tokens) return paintShades(target, [], side, modelGround, model);
      const best = drawing.bestTransform(drawing.transformScores(bank, tokens, imageOf(view.data, row), side));
      paintShades(target, drawing.reconstruction(bank, tokens, best, side), side, modelGround, model);
    },
    [drawing, bank, tokens?.join(), row, theme],
  );
  if (!view) return null;
  const size = { width: side * scale, height: side * scale };
  const entry = view.shown?.entry;
  const note = entry ? `log likelihood ${natsText(entry.logLikelihood)} nats` : "no program yet";
  const name = `Character ${row + 1}, and what its best program draws: ${view.shown?.printed ?? "no program yet"}`;
  return (
    <div className="wsl-run-picture">
      <span className="wsl-run-characters" role="img" aria-label={name}>
        <canvas ref={image} width={side} height={side} style={size} />
        <canvas ref={drawn} width={side} height={side} style={size} />
      </span>
      <span className="wsl-run-picture-note">{note}</span>
    </div>
  );
}
