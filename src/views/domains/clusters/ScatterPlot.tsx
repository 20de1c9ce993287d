// The drawing of one data set: points with shape, colour and number, circles of one and two learned standard deviations
// around each cluster's posterior mean, letters, and as layers the exact answer and a cloud of samples.

import type { ReactNode } from "react";
import { tickText } from "../../numberText";
import { markerPath, palette, runStyle } from "../../palette";
import { type ClusterView, clusterLetter } from "./clusterView";
import { ellipseOf, type PlotBox, plotBox } from "./plotGeometry";

export type CloudChoice = "none" | "centres" | "predictive";

export type ScatterPlotProps = {
  readonly view: ClusterView;
  readonly width: number;
  readonly height: number;
  readonly cloud: CloudChoice;
  /** Draws the exact best clustering as dotted outlines. */
  readonly showExact: boolean;
};

/** SVG of the points and the clustering in force. */
export function ScatterPlot(props: ScatterPlotProps): ReactNode {
  const { view, width, height } = props;
  const sigma = view.picture?.sigma ?? null;
  const shape = sigma ? ellipseOf(sigma) : null;
  const margin = Math.min(1.2, Math.max(0.35, 2 * (shape?.rx ?? 0.3)));
  const box = plotBox(view.points, width, height, margin);
  const labels = view.program === null ? null : view.tools.labels(view.program);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <Axes box={box} />
      {sigma && view.program !== null && props.cloud !== "none" ? (
        <CloudDots
          view={view}
          program={view.program}
          sigma={sigma}
          box={box}
          predictive={props.cloud === "predictive"}
        />
      ) : null}
      {sigma && view.program !== null ? <Clusters view={view} program={view.program} sigma={sigma} box={box} /> : null}
      {sigma && props.showExact && view.picture ? (
        <Clusters
          view={view}
          program={view.picture.topPrograms[0] ?? view.picture.best}
          sigma={sigma}
          box={box}
          isExact
        />
      ) : null}
      <Points points={view.points} labels={labels} box={box} />
    </svg>
  );
}

function Axes({ box }: { readonly box: PlotBox }): ReactNode {
  const base = box.height - 20;
  const step = Math.abs((box.xTicks[1] ?? 1) - (box.xTicks[0] ?? 0));
  return (
    <g>
      {box.xTicks.map((tick) => (
        <g key={tick}>
          <line x1={box.toX(tick)} x2={box.toX(tick)} y1={8} y2={base} stroke="var(--line-1)" />
          <text x={box.toX(tick)} y={box.height - 5} textAnchor="middle">
            {tickText(tick, step)}
          </text>
        </g>
      ))}
      {box.yTicks.map((tick) => (
        <g key={tick}>
          <line x1={30} x2={box.width - 14} y1={box.toY(tick)} y2={box.toY(tick)} stroke="var(--line-1)" />
          <text x={24} y={box.toY(tick) + 3.5} textAnchor="end">
            {tickText(tick, step)}
          </text>
        </g>
      ))}
      <line x1={30} x2={box.width - 14} y1={base} y2={base} stroke="var(--line-2)" />
    </g>
  );
}

type LayerProps = {
  readonly view: ClusterView;
  readonly program: number;
  readonly sigma: Float64Array;
  readonly box: PlotBox;
};

function Clusters(props: LayerProps & { readonly isExact?: boolean }): ReactNode {
  const { view, program, sigma, box } = props;
  const { means, sizes } = view.tools.clusterPosteriors(view.points, program, sigma);
  const shape = ellipseOf(sigma);
  return (
    <g data-program={program} aria-current={props.isExact ? undefined : "true"}>
      {Array.from(sizes, (_, c) => clusterLetter(c)).map((letter, c) => {
        const style = runStyle(c + 1);
        const x = box.toX(means[2 * c] ?? 0);
        const y = box.toY(means[2 * c + 1] ?? 0);
        const colour = props.isExact ? palette.exact : style.colour;
        const dash = props.isExact ? "1 3" : style.dash === "none" ? undefined : style.dash;
        const turn = `translate(${x} ${y}) rotate(${-shape.degrees})`;
        const [rx, ry] = [shape.rx * box.scale, shape.ry * box.scale];
        const widths = props.isExact ? [1.5] : [1, 2];
        return (
          <g key={letter} fill="none" stroke={colour} strokeDasharray={dash}>
            {widths.map((sd) => (
              <ellipse
                key={sd}
                transform={turn}
                rx={sd * rx}
                ry={sd * ry}
                strokeWidth={sd === 2 ? 1 : 1.5}
                opacity={sd === 2 ? 0.6 : undefined}
              />
            ))}
            <text
              className="wsl-cluster-letter"
              x={x + (props.isExact ? -1 : 1) * (2 * rx + 6)}
              y={y - (props.isExact ? 0 : 0.5 * ry)}
              textAnchor={props.isExact ? "end" : "start"}
              stroke="none"
              style={{ fill: colour }}
            >
              {letter}
              {props.isExact ? " exact" : ""}
            </text>
          </g>
        );
      })}
    </g>
  );
}

// The same seed at every snapshot: the cloud moves with the model, not with the dice.
function CloudDots(props: LayerProps & { readonly predictive: boolean }): ReactNode {
  const { view, box } = props;
  const { points } = view.tools.cloud(view.points, props.program, props.sigma, props.predictive, 1);
  let path = "";
  for (let i = 0; i + 1 < points.length; i += 2) {
    path += `M${tenth(box.toX(points[i] ?? 0))},${tenth(box.toY(points[i + 1] ?? 0))}h0`;
  }
  return (
    <path className="wsl-cloud" d={path} stroke="var(--line-3)" strokeWidth="2.4" strokeLinecap="round" opacity="0.4" />
  );
}

function Points(props: {
  readonly points: ArrayLike<number>;
  readonly labels: Int32Array | null;
  readonly box: PlotBox;
}): ReactNode {
  const { points, labels, box } = props;
  return (
    <g>
      {[1, 2, 3, 4, 5, 6, 7].map((number) => {
        const j = number - 1;
        const style = labels ? runStyle((labels[j] ?? 0) + 1) : null;
        const marker = markerPath(style?.marker ?? "circle", 6);
        const colour = style?.colour ?? palette.data;
        const x = box.toX(points[2 * j] ?? 0);
        const y = box.toY(points[2 * j + 1] ?? 0);
        return (
          <g key={number}>
            <path
              d={marker.d}
              transform={`translate(${tenth(x)} ${tenth(y)})`}
              fill={marker.filled ? colour : "none"}
              stroke={marker.filled ? "var(--surface-0)" : colour}
              strokeWidth={marker.filled ? 1 : 2.4}
            />
            <text className="wsl-point-number" x={x + 10} y={y + 4}>
              {number}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function tenth(v: number): number {
  return Math.round(v * 10) / 10;
}
