// A rule as a picture: neighbourhood icons with their output, highest index first; opacity is certainty, a bit that
// differs from the best rule has a thick red edge.

import { memo, type ReactNode } from "react";
import { palette } from "../../palette";
import { bitOf, certaintyOpacity, compactGeometry, stripGeometry } from "./stripGeometry";

export type RuleStripProps = {
  readonly rule: number;
  readonly neighbours: 3 | 5;
  /** Accessible name: "rule 110". */
  readonly name: string;
  /** Bits that differ from this rule are marked; null marks none. */
  readonly best?: number | null;
  /** [2^k] P(bit = 1): certainty is drawn as opacity. */
  readonly probability?: ArrayLike<number> | null;
  /** px a cell, default 4. */
  readonly cell?: number;
  /** px between icons, default 6. */
  readonly gap?: number;
};

/** Strip of 8 icons for k = 3, of 32 bars for k = 5; drawn anew only when a bit or a certainty changes visibly. */
export const RuleStrip = memo(
  function RuleStrip(props: RuleStripProps): ReactNode {
    return props.neighbours === 3 ? <IconStrip {...props} /> : <CompactStrip {...props} />;
  },
  (a, b) =>
    a.rule === b.rule &&
    a.best === b.best &&
    a.name === b.name &&
    a.neighbours === b.neighbours &&
    a.cell === b.cell &&
    a.gap === b.gap &&
    certaintyKey(a) === certaintyKey(b),
);

function certaintyKey(props: RuleStripProps): string {
  return props.probability ? Array.from(props.probability, certaintyOpacity).join() : "";
}

function IconStrip(props: RuleStripProps): ReactNode {
  const cell = props.cell ?? 4;
  const strip = stripGeometry(props.rule, 3, cell, props.gap ?? 6);
  const cells = (wanted: 0 | 1) =>
    strip.icons
      .flatMap((icon) => icon.cells.map((value, r) => (value === wanted ? cellPath(icon.x, r * cell, cell) : "")))
      .join("");
  return (
    <svg {...frame(strip.width, strip.height)} role="img" aria-label={nameOf(props)}>
      <path d={cells(1)} fill={palette.quiet} />
      <path d={cells(0)} fill={palette.dataGround} />
      {strip.icons.map((icon) => (
        <rect key={icon.index} {...icon.out} {...outputStyle(props, icon.index, icon.output)} />
      ))}
    </svg>
  );
}

function cellPath(x: number, y: number, cell: number): string {
  return `M${x},${y}h${cell}v${cell}h${-cell}z`;
}

function CompactStrip(props: RuleStripProps): ReactNode {
  const cell = props.cell ?? 4;
  const strip = compactGeometry(props.rule, 32, cell);
  return (
    <svg {...frame(strip.width, 12)} role="img" aria-label={nameOf(props)}>
      {strip.bars.map((bar) => (
        <rect key={bar.index} x={bar.x} y={1} width={cell} height={10} {...outputStyle(props, bar.index, bar.output)} />
      ))}
    </svg>
  );
}

function frame(width: number, height: number) {
  const viewBox = `0 0 ${width} ${height}`;
  return { className: "wsl-strip", width, height, viewBox, shapeRendering: "crispEdges" } as const;
}

function nameOf(props: RuleStripProps): string {
  const differing = props.best === undefined || props.best === null ? 0 : countBits(props.rule ^ props.best);
  if (differing === 0) return props.name;
  return `${props.name}, ${differing} ${differing === 1 ? "bit differs" : "bits differ"} from the best`;
}

function outputStyle(props: RuleStripProps, index: number, output: 0 | 1) {
  const differs = props.best !== undefined && props.best !== null && bitOf(props.best, index) !== output;
  const p = props.probability?.[index];
  return {
    fill: output === 1 ? palette.memory : "var(--surface-1)",
    stroke: differs ? palette.mismatch : palette.memory,
    strokeWidth: differs ? 2 : 1,
    opacity: p === undefined ? undefined : certaintyOpacity(p),
  };
}

function countBits(value: number): number {
  let count = 0;
  for (let left = value >>> 0; left !== 0; left >>>= 1) count += left & 1;
  return count;
}
