// Same cluster? For each pair of points the probability that they belong together, from the memory (or the recognition
// model) beside the exact answer. Darker is more probable; the largest difference stands as a number.

import { type ReactNode, useState } from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import type { FigureTable } from "../../frame/figureTable";
import { Segmented } from "../../frame/Segmented";
import { fixedText } from "../../numberText";
import type { ClusterView } from "./clusterView";

type Source = "memory" | "recognition";

const side = 7;
const sources: readonly { readonly value: Source; readonly label: string }[] = [
  { value: "memory", label: "memory" },
  { value: "recognition", label: "recognition" },
];

/** Two 7 x 7 matrices side by side. */
export function SameCluster({ view }: { readonly view: ClusterView }): ReactNode {
  const [source, setSource] = useState<Source>("memory");
  const { picture } = view;
  const own = picture ? (source === "memory" ? picture.togetherMemory : picture.togetherRecognition) : null;
  const exact = picture?.togetherExact ?? null;
  const largest = own && exact ? largestDifference(own, exact) : null;
  const note = largest === null ? "" : `; largest difference ${fixedText(largest.value, 2)}`;
  return (
    <FigureFrame
      name="same-cluster"
      kind="picture"
      title="Same cluster?"
      unit={`probability for each pair of points${note}`}
      sentence={
        largest === null
          ? "No probabilities are known yet."
          : `For 21 pairs of points: the probability of sharing a cluster, ${source} against exact. The largest difference is ${fixedText(largest.value, 2)}, for points ${largest.i + 1} and ${largest.j + 1}.`
      }
      redrawn={own}
      table={() => pairTable(own, exact, source)}
    >
      <div className="wsl-matrices">
        <Segmented label="Compared with exact" options={sources} value={source} onChange={setSource} />
        <Matrix name={source} values={own} />
        <Matrix name="exact" values={exact} />
      </div>
    </FigureFrame>
  );
}

function Matrix(props: { readonly name: string; readonly values: Float64Array | null }): ReactNode {
  const cell = 20;
  const cells = Array.from({ length: side * side }, (_, k) => ({ i: Math.floor(k / side), j: k % side, k }));
  const size = 14 + side * cell;
  return (
    <div>
      <span data-figure-text="">{props.name}</span>
      <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden="true" focusable="false">
        {cells
          .filter(({ i }) => i === 0)
          .map(({ j }) => (
            <g key={j}>
              <text x={14 + j * cell + cell / 2} y={9} textAnchor="middle">
                {j + 1}
              </text>
              <text x={9} y={14 + j * cell + cell / 2 + 4} textAnchor="end">
                {j + 1}
              </text>
            </g>
          ))}
        {cells.map(({ i, j, k }) => (
          <rect
            key={k}
            x={14 + j * cell}
            y={14 + i * cell}
            width={cell - 1}
            height={cell - 1}
            fill={sequentialColour(props.values?.[k] ?? 0)}
          />
        ))}
      </svg>
    </div>
  );
}

/** One of six steps of the sequential scale for a probability; lightness falls with the value. */
export function sequentialColour(probability: number): string {
  const step = probability <= 0.02 ? 0 : Math.min(5, 1 + Math.floor(probability * 4.999));
  return `var(--seq-${step})`;
}

/** The pair of points on which two matrices [7, 7] differ most. */
export function largestDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): { readonly value: number; readonly i: number; readonly j: number } {
  let best = { value: 0, i: 0, j: 1 };
  for (let i = 0; i < side; i++) {
    for (let j = i + 1; j < side; j++) {
      const value = Math.abs((a[i * side + j] ?? 0) - (b[i * side + j] ?? 0));
      if (value > best.value) best = { value, i, j };
    }
  }
  return best;
}

function pairTable(own: Float64Array | null, exact: Float64Array | null, source: Source): FigureTable {
  const rows: (number | string | null)[][] = [];
  for (let i = 0; i < side; i++) {
    for (let j = i + 1; j < side; j++) {
      rows.push([`${i + 1} and ${j + 1}`, own?.[i * side + j] ?? null, exact?.[i * side + j] ?? null]);
    }
  }
  return { columns: ["points", source, "exact"], rows };
}
