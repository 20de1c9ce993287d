// How many clusterings carry the answer: for each share of the exact posterior mass, the number of clusterings needed
// over all training sets under the true model. It is the reason why a memory of five is enough.

import { type ReactNode, useMemo } from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import { fixedText } from "../../numberText";
import { palette } from "../../palette";
import type { ClusterView } from "./clusterView";

/** Largest number of sets studied on the page; more would hold it up. */
const maxSets = 100;

/** Bars of medians with a tick at the ninetieth percentile; numbers stand beside them. */
export function MassFigure({ view }: { readonly view: ClusterView }): ReactNode {
  const { tools, data } = view;
  const study = useMemo(() => {
    const sets = data.points.subarray(0, 14 * Math.min(maxSets, data.points.length / 14));
    return tools.posteriorMassStudy(sets, data.trueSigma);
  }, [tools, data]);
  const most = Math.max(1, ...study.levels.map((level) => level.ninetieth));
  const room = 170;
  const half = study.levels.find((level) => level.mass >= 0.9);
  return (
    <FigureFrame
      name="posterior-mass"
      kind="picture"
      title="Clusterings that carry the answer"
      unit={`of 877, exact, ${study.numSets} sets`}
      sentence={
        half
          ? `Half of ${study.numSets} sets need at most ${half.median} of 877 clusterings for ${100 * half.mass} % of the exact mass; nine in ten need at most ${half.ninetieth}.`
          : "No study of the posterior mass."
      }
      redrawn={study}
      table={() => ({
        columns: ["share of the mass", "median", "mean", "ninetieth percentile", "most"],
        rows: study.levels.map((one) => [one.mass, one.median, one.mean, one.ninetieth, one.max]),
      })}
    >
      <svg width={340} height={16 + 22 * study.levels.length} aria-hidden="true" focusable="false">
        <text x={58} y={9}>
          bar: median set, tick: nine in ten sets
        </text>
        {study.levels.map((level, i) => {
          const y = 16 + 22 * i;
          return (
            <g key={level.mass}>
              <text x={50} y={y + 13} textAnchor="end">
                {`${fixedText(100 * level.mass, level.mass > 0.99 ? 1 : 0)} %`}
              </text>
              <rect x={58} y={y + 4} width={room} height={10} fill={palette.memorySoft} />
              <rect
                x={58}
                y={y + 4}
                width={Math.max(1, (level.median / most) * room)}
                height={10}
                fill={palette.memory}
              />
              <rect x={57 + (level.ninetieth / most) * room} y={y + 2} width={2} height={14} fill={palette.ink} />
              <text x={58 + room + 10} y={y + 13}>
                {`${level.median} and ${level.ninetieth}`}
              </text>
            </g>
          );
        })}
      </svg>
    </FigureFrame>
  );
}
