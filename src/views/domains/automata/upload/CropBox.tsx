// The person's picture with a crop rectangle: drag to draw one, drag inside to move it, or type its numbers.

import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { DecodedPicture } from "../../../try/decodePicture";

export type Crop = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type CropBoxProps = {
  readonly picture: DecodedPicture;
  readonly crop: Crop | null;
  readonly onChange: (crop: Crop | null) => void;
};

type Drag = { readonly x: number; readonly y: number; readonly moves: Crop | null };

/** Picture, rectangle and the four numbers, in pixels of the picture as it was read. */
export function CropBox(props: CropBoxProps): ReactNode {
  const { picture, crop } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    pen?.putImageData(new ImageData(new Uint8ClampedArray(picture.rgba), picture.width, picture.height), 0, 0);
  }, [picture]);
  const pointAt = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * picture.width;
    const y = ((event.clientY - box.top) / box.height) * picture.height;
    return { x: limited(x, 0, picture.width), y: limited(y, 0, picture.height) };
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const at = pointAt(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ ...at, moves: crop && contains(crop, at) ? crop : null });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (drag) props.onChange(draggedCrop(drag, pointAt(event), picture) ?? crop);
  };
  const shown = crop ?? { x: 0, y: 0, width: picture.width, height: picture.height };
  const percent = (value: number, whole: number) => `${(100 * value) / whole}%`;
  return (
    <div className="wsl-crop">
      <div
        className="wsl-crop-picture"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => setDrag(null)}
      >
        <canvas
          ref={canvas}
          width={picture.width}
          height={picture.height}
          role="img"
          aria-label={`${picture.name}, ${picture.width} by ${picture.height} pixels`}
        />
        <div
          className="wsl-crop-rectangle"
          style={{
            left: percent(shown.x, picture.width),
            top: percent(shown.y, picture.height),
            width: percent(shown.width, picture.width),
            height: percent(shown.height, picture.height),
          }}
        />
      </div>
      <CropNumbers {...props} />
    </div>
  );
}

const numbers = [
  ["x", "Left"],
  ["y", "Top"],
  ["width", "Width"],
  ["height", "Height"],
] as const;

function CropNumbers(props: CropBoxProps): ReactNode {
  const { picture } = props;
  const crop = props.crop ?? { x: 0, y: 0, width: picture.width, height: picture.height };
  return (
    <div className="wsl-crop-numbers">
      {numbers.map(([side, label]) => (
        <label key={side}>
          {label}
          <input
            type="number"
            min={side === "width" || side === "height" ? 8 : 0}
            max={side === "x" || side === "width" ? picture.width : picture.height}
            value={Math.round(crop[side])}
            onChange={(event) => {
              const value = event.currentTarget.valueAsNumber;
              if (Number.isFinite(value)) props.onChange(fittedCrop({ ...crop, [side]: value }, picture));
            }}
          />
        </label>
      ))}
      <button type="button" className="wsl-quiet" disabled={props.crop === null} onClick={() => props.onChange(null)}>
        Whole picture
      </button>
    </div>
  );
}

/** The rectangle kept inside the picture, at least 8 px on a side. */
export function fittedCrop(crop: Crop, size: { readonly width: number; readonly height: number }): Crop {
  const width = limited(Math.round(crop.width), 8, size.width);
  const height = limited(Math.round(crop.height), 8, size.height);
  return {
    width,
    height,
    x: limited(Math.round(crop.x), 0, size.width - width),
    y: limited(Math.round(crop.y), 0, size.height - height),
  };
}

/** The rectangle after dragging from one point to another; null while it is too small to mean anything. */
export function draggedCrop(
  drag: { readonly x: number; readonly y: number; readonly moves: Crop | null },
  at: { readonly x: number; readonly y: number },
  size: { readonly width: number; readonly height: number },
): Crop | null {
  if (drag.moves) {
    return fittedCrop({ ...drag.moves, x: drag.moves.x + at.x - drag.x, y: drag.moves.y + at.y - drag.y }, size);
  }
  const width = Math.abs(at.x - drag.x);
  const height = Math.abs(at.y - drag.y);
  if (width < 8 || height < 8) return null;
  return fittedCrop({ x: Math.min(at.x, drag.x), y: Math.min(at.y, drag.y), width, height }, size);
}

function contains(crop: Crop, at: { readonly x: number; readonly y: number }): boolean {
  return at.x > crop.x && at.x < crop.x + crop.width && at.y > crop.y && at.y < crop.y + crop.height;
}

function limited(value: number, low: number, high: number): number {
  return Math.min(Math.max(low, value), Math.max(low, high));
}
