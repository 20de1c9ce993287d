// The chosen scene as one run explains it: the scene, what the run's best parse draws, and the same from the right, where
// hidden towers show.

import { type ReactNode, useRef } from "react";
import type { RunPictureProps } from "../../domainViews";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { natsText } from "../../numberText";
import { blocksView, thumbOf, thumbPixels } from "./blocksView";
import { paintColours } from "./colourCanvas";
import { useTurn } from "./drawQueue";
import { type CameraName, renderParse } from "./renderParse";

/** Three canvases with the parse's score. */
export function RunPicture(props: RunPictureProps): ReactNode {
  const seen = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<HTMLCanvasElement>(null);
  const aside = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const view = blocksView({ ...props, selectedProgram: null });
  const side = view?.data.side ?? 32;
  const size = Math.max(32, Math.floor((props.size - 12) / 3 / 8) * 8);
  const { picture, shown, data, row } = view ?? {};
  const observed = view ? observedOf(view) : null;
  useFrame(seen, (target) => (observed ? paintColours(target, observed.pixels, observed.side) : undefined), [
    data,
    row,
    observed?.pixels,
    theme,
  ]);
  const paint = (camera: CameraName, pixels: number) => (target: HTMLCanvasElement) => {
    if (view && picture && shown)
      paintColours(target, renderParse(view, picture.types, shown, { camera, side: pixels }), pixels);
  };
  useTurn(drawn, paint("front", side), [picture, shown?.printed, theme]);
  useTurn(aside, paint("right", size), [picture, shown?.printed, theme]);
  if (!view) return null;
  const style = { width: size, height: size };
  const note = shown ? (shown.score === null ? "" : `log p(z, x) ${natsText(shown.score)} nats`) : "no parse yet";
  return (
    <div className="wsl-run-picture">
      <span
        className="wsl-run-scenes"
        role="img"
        aria-label={`${view.name}, what its best parse draws, and the parse from the right: ${shown?.printed ?? "no parse yet"}`}
      >
        <canvas ref={seen} width={side} height={side} style={style} />
        <canvas ref={drawn} width={side} height={side} style={style} />
        <canvas ref={aside} width={size} height={size} style={style} />
      </span>
      <span className="wsl-run-picture-note">{note}</span>
    </div>
  );
}

function observedOf({ picture, data, row, userRow }: NonNullable<ReturnType<typeof blocksView>>) {
  if (picture?.selected === row) return { pixels: picture.observed, side: data.side };
  const thumb = thumbOf(data, row, userRow);
  return thumb < 0 ? null : { pixels: thumbPixels(data, thumb), side: data.thumbSide };
}
