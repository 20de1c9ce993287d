// What the numbers of a pen stroke do, each varied alone: on the help page of the domain.

import { type ReactNode, useRef } from "react";
import type { DomainSpec } from "../../../engine/domain";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { inks, paintShades } from "./inkCanvas";
import type { Drawing, StrokeBank } from "./strokesView";
import { useDrawing } from "./useDrawing";
import "./strokes.css";
import "./helpFigures.css";

export type HelpFiguresProps = { readonly spec: DomainSpec };

/** Pixels of a picture's side, as many CSS px; canvas sides that it shows. */
const SIDE = 84;
const SPAN = 0.7;

type Numbers = {
  readonly dx: number;
  readonly dy: number;
  readonly theta: number;
  readonly sharpness: number;
  readonly width: number;
};

const PLAIN: Numbers = { dx: 0.4, dy: 0.1, theta: 0.4, sharpness: 30, width: 0.03 };

const ROWS: readonly { readonly title: string; readonly text: string; readonly varied: readonly Partial<Numbers>[] }[] =
  [
    {
      title: "dx, dy",
      text: "length and direction, at most two thirds of the paper along each axis",
      varied: [{ dx: 0.2, dy: 0.05 }, {}, { dx: 0, dy: 0.4 }, { dx: -0.3, dy: -0.3 }],
    },
    {
      title: "theta",
      text: "bend: half the angle by which the pen turns, to the right or to the left",
      varied: [{ theta: -0.9 }, { theta: 0 }, { theta: 0.8 }, { theta: 1.4 }],
    },
    {
      title: "width",
      text: "how far from the line ink is full",
      varied: [{ width: 0.01 }, { width: 0.03 }, { width: 0.06 }, { width: 0.09 }],
    },
    {
      title: "sharpness",
      text: "how fast ink falls off beyond that",
      varied: [{ sharpness: 8 }, { sharpness: 15 }, { sharpness: 30 }, { sharpness: 80 }],
    },
  ];

/** One row a number; the other numbers stay. */
export function HelpFigures({ spec }: HelpFiguresProps): ReactNode {
  const drawing = useDrawing(spec);
  return (
    <section className="wsl-anatomy" aria-label="The numbers of a stroke">
      <h2>The numbers of a stroke</h2>
      <p>
        A stroke of the bank is an arc with five numbers of its own. Each row changes one of them and leaves the others
        alone; the darkness of full ink and of bare paper is common to all strokes.
      </p>
      {ROWS.map((row) => (
        <figure key={row.title} data-picture={`stroke-${row.title}`} data-frame="0">
          <figcaption>
            <b>{row.title}</b> {row.text}
          </figcaption>
          <div>
            {row.varied.map((varied) => (
              <Stroke
                key={JSON.stringify(varied)}
                drawing={drawing}
                numbers={{ ...PLAIN, ...varied }}
                title={row.title}
              />
            ))}
          </div>
        </figure>
      ))}
    </section>
  );
}

type StrokeProps = { readonly drawing: Drawing | null; readonly numbers: Numbers; readonly title: string };

function Stroke({ drawing, numbers, title }: StrokeProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const draw = (target: HTMLCanvasElement) => {
    const { modelGround, model } = inks();
    const ink = drawing?.strokePicture(bankOf(numbers), 0, SIDE, SPAN).ink ?? [];
    paintShades(target, ink, SIDE, modelGround, model);
  };
  useFrame(canvas, draw, [drawing, theme]);
  const { dx, dy } = numbers;
  const shown = title === "dx, dy" ? `${dx}, ${dy}` : String(numbers[title as "theta"]); // titles of the other rows are keys
  return (
    <span>
      <canvas ref={canvas} role="img" aria-label={`A stroke with ${title} ${shown}`} width={SIDE} height={SIDE} />
      <small>{shown.replaceAll("-", "\u2212")}</small>
    </span>
  );
}

/** A bank of one stroke with black ink. */
function bankOf({ dx, dy, theta, sharpness, width }: Numbers): StrokeBank {
  const one = (value: number) => Float64Array.of(value);
  return {
    dx: one(dx),
    dy: one(dy),
    theta: one(theta),
    sharpness: one(sharpness),
    width: one(width),
    scale: 9,
    bias: -5,
    transforms: new Float64Array(0),
  };
}
