// Your points, the centres that a clustering expects them around, and how far each point lies from its centre.

import type { ReactNode } from "react";
import { fixedText } from "../../../numberText";
import { markerPath, palette, runStyle } from "../../../palette";
import type { ResultProps } from "../../../try/tryOwn";
import { clusterLetter, toolsOf } from "../clusterView";
import { plotBox } from "../plotGeometry";

const SIZE = 216;
/** Variance within a cluster that the shipped model has learned (public/models/clusters/README.md). */
const SIGMA = [0.03, 0, 0, 0.03];

/** Three plots on one scale. */
export function PointsComparison({ spec, observation, program, printed }: ResultProps): ReactNode {
  const tools = toolsOf(spec);
  const points = (observation as readonly (readonly number[])[]).flat(); // describeObservation of this domain
  const labels = tools.labels(program[0] ?? 0);
  const { means } = tools.clusterPosteriors(points, program[0] ?? 0, SIGMA);
  const distances = Array.from(labels, (label, j) =>
    Math.hypot((points[2 * j] ?? 0) - (means[2 * label] ?? 0), (points[2 * j + 1] ?? 0) - (means[2 * label + 1] ?? 0)),
  );
  const mean = Math.sqrt(distances.reduce((sum, d) => sum + d * d, 0) / distances.length);
  const shared = { points, labels, means };
  return (
    <div className="try-three">
      <Plot {...shared} name="input" title="Yours" unit="7 points" />
      <Plot {...shared} name="expected" title="Expected" unit={`${printed}, centres`} />
      <Plot {...shared} name="residual" title="Residual" unit={`${fixedText(mean, 2)} units, root mean square`} />
    </div>
  );
}

type PlotProps = {
  readonly name: "input" | "expected" | "residual";
  readonly title: string;
  readonly unit: string;
  readonly points: readonly number[];
  readonly labels: Int32Array;
  readonly means: ArrayLike<number>;
};

function Plot(props: PlotProps): ReactNode {
  const { name, title, unit, points, labels, means } = props;
  const box = plotBox(points, SIZE, SIZE, 0.35);
  const place = (x: number, y: number) => `translate(${box.toX(x)} ${box.toY(y)})`;
  return (
    <figure data-picture={`try-${name}`}>
      <figcaption>
        <h3>{title}</h3> <span className="try-unit">{unit}</span>
      </figcaption>
      <svg width={SIZE} height={SIZE} viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={`${title}: ${unit}`}>
        <rect className="try-frame" x={0.5} y={0.5} width={SIZE - 1} height={SIZE - 1} />
        {Array.from(labels, (label, j) => {
          const [x, y] = [points[2 * j] ?? 0, points[2 * j + 1] ?? 0];
          const [mx, my] = [means[2 * label] ?? 0, means[2 * label + 1] ?? 0];
          const style = runStyle(label + 1);
          const marker = markerPath(name === "input" ? "circle" : style.marker, 5);
          const colour = name === "input" ? palette.data : style.colour;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: points keep their numbers
            <g key={j}>
              {name === "residual" ? (
                <line
                  x1={box.toX(x)}
                  y1={box.toY(y)}
                  x2={box.toX(mx)}
                  y2={box.toY(my)}
                  stroke="var(--mismatch)"
                  strokeWidth={2}
                />
              ) : null}
              {name === "expected" ? (
                <text className="wsl-cluster-letter" x={box.toX(mx) + 8} y={box.toY(my) - 4} style={{ fill: colour }}>
                  {clusterLetter(label)}
                </text>
              ) : null}
              <path
                d={marker.d}
                transform={name === "expected" ? place(mx, my) : place(x, y)}
                fill={marker.filled ? colour : "none"}
                stroke={marker.filled ? "none" : colour}
                strokeWidth={2}
              />
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
