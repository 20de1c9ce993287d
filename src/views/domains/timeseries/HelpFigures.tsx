// The base kernels on the help page: what each says about two points by their distance.

import { type ReactNode, useRef } from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import { useWidth } from "../../frame/useWidth";
import { fixedText } from "../../numberText";
import { palette } from "../../palette";
import "./timeseries.css";

/** At the centre of the narrow parameter range: variance and squared length scale 0.5. */
const VARIANCE = 0.5;
const LENGTH_SQUARED = 0.5;
const periodic = (period: number) => (distance: number) =>
  VARIANCE * Math.exp((-2 * Math.sin((Math.PI * distance) / period) ** 2) / LENGTH_SQUARED);

const KERNELS: readonly { readonly name: string; readonly words: string; readonly of: (distance: number) => number }[] =
  [
    { name: "WN", words: "noise", of: (distance) => (distance === 0 ? VARIANCE : 0) },
    {
      name: "SE",
      words: "smooth change",
      of: (distance) => VARIANCE * Math.exp(-(distance ** 2) / (2 * LENGTH_SQUARED)),
    },
    { name: "PER1", words: "rhythm, period 0.2", of: periodic(0.2) },
    { name: "PER2", words: "rhythm, period 0.5", of: periodic(0.5) },
    { name: "PER3", words: "rhythm, period 1", of: periodic(1) },
    { name: "PER4", words: "rhythm, period 1.5", of: periodic(1.5) },
    { name: "C", words: "constant level", of: () => VARIANCE },
  ];

/** Distances on show go to here; the observed part of a series is 4 long. */
const REACH = 2;
const STEPS = 200;
const HEIGHT = 76;
/** Width of a plot at least, in px: seven stand side by side on a desktop. */
const LEAST = 128;

/** Seven small plots: covariance of two points against their distance. */
export function HelpFigures(): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const width = useWidth(list, 600);
  const columns = Math.min(KERNELS.length, Math.max(2, Math.floor((width + 16) / (LEAST + 16))));
  const each = Math.floor((width - 16 * (columns - 1)) / columns);
  return (
    <FigureFrame
      name="kernels"
      kind="picture"
      title="Base kernels"
      unit={`covariance of two points, 0 to ${VARIANCE}, against their distance, 0 to ${REACH}`}
      sentence="Noise has to do with itself alone, a smooth change with what is near, a rhythm with what is whole periods away, a constant level with everything."
      table={kernelTable}
    >
      <ul ref={list} className="wsl-base-kernels">
        {KERNELS.map((kernel) => (
          <li key={kernel.name} style={{ width: each }}>
            <svg width={each} height={HEIGHT} aria-hidden="true" focusable="false">
              <line x2={each} y1={HEIGHT - 2} y2={HEIGHT - 2} stroke="var(--line-2)" />
              <path d={kernelPath(kernel.of, each)} fill="none" stroke={palette.theta} strokeWidth="1.75" />
            </svg>
            <code className="wsl-kernel">{kernel.name}</code>
            <span>{kernel.words}</span>
          </li>
        ))}
      </ul>
    </FigureFrame>
  );
}

function kernelPath(of: (distance: number) => number, width: number): string {
  const points = Array.from({ length: STEPS + 1 }, (_, i) => {
    const y = HEIGHT - 2 - (of((i * REACH) / STEPS) / VARIANCE) * (HEIGHT - 6);
    return `${((i * (width - 2)) / STEPS + 1).toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join("L")}`;
}

function kernelTable() {
  const distances = Array.from({ length: 21 }, (_, i) => (i * REACH) / 20);
  return {
    columns: ["distance", ...KERNELS.map(({ name }) => name)],
    rows: distances.map((distance) => [fixedText(distance, 1), ...KERNELS.map(({ of }) => of(distance))]),
  };
}
