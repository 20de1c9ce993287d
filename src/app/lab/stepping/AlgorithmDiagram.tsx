// The algorithm as a small drawing: observation, models, programs, memory, dream; the edges of this stage are heavy.

import type { StageName } from "../../../engine/algorithms/algorithm";
import { ACTIVE_EDGES, EDGES, type EdgeId, edgesOf, NODES, type NodeId } from "./diagram";

export type AlgorithmDiagramProps = {
  /** The stages of the step: parts that none of them uses are left out. */
  readonly stages: readonly StageName[];
  readonly stage: StageName | null;
};

const RADIUS = 14;

export function AlgorithmDiagram({ stages, stage }: AlgorithmDiagramProps) {
  const edges = edgesOf(stages);
  const active = stage === null ? [] : ACTIVE_EDGES[stage].filter((edge) => edges.includes(edge));
  const used = new Set(edges.flatMap((edge) => [EDGES[edge].from, EDGES[edge].to]));
  const busy = new Set(active.flatMap((edge) => [EDGES[edge].from, EDGES[edge].to]));
  const words = active.map((edge) => EDGES[edge].words).join("; ");
  // The cast restores the key type that Object.keys widens.
  const nodes = (Object.keys(NODES) as NodeId[]).filter((node) => used.has(node));
  return (
    <svg
      className="algorithm-diagram"
      width="216"
      height="132"
      viewBox="0 0 216 132"
      role="img"
      aria-label={`The algorithm${words ? `: ${words}` : ""}`}
    >
      {edges.map((edge) => (
        <Edge key={edge} edge={edge} isActive={active.includes(edge)} />
      ))}
      {nodes.map((node) => (
        <Node key={node} node={node} isBusy={busy.has(node)} />
      ))}
    </svg>
  );
}

function Node({ node, isBusy }: { readonly node: NodeId; readonly isBusy: boolean }) {
  const { at, label, name, colour } = NODES[node];
  return (
    <g data-node={node} data-active={isBusy ? "" : undefined} transform={`translate(${at[0]} ${at[1]})`}>
      <circle r={RADIUS} style={{ stroke: colour }} />
      <text className="math" textAnchor="middle" dy="5" style={{ fill: colour }}>
        {label}
      </text>
      <text className="algorithm-name" textAnchor="middle" y={RADIUS + 13}>
        {SHORT_NAMES[node] ?? name}
      </text>
    </g>
  );
}

const SHORT_NAMES: Partial<Record<NodeId, string>> = { phi: "recognition", theta: "generative" };

function Edge({ edge, isActive }: { readonly edge: EdgeId; readonly isActive: boolean }) {
  const { from, to, bend } = EDGES[edge];
  const [startX, startY] = NODES[from].at;
  const [endX, endY] = NODES[to].at;
  const length = Math.hypot(endX - startX, endY - startY);
  const [ux, uy] = [(endX - startX) / length, (endY - startY) / length];
  const [sideX, sideY] = [-uy * bend * 0.5, ux * bend * 0.5];
  const gap = RADIUS + 3;
  const x1 = startX + ux * gap + sideX;
  const y1 = startY + uy * gap + sideY;
  const x2 = endX - ux * gap + sideX;
  const y2 = endY - uy * gap + sideY;
  const head = [
    [x2 - ux * 6 - uy * 3.5, y2 - uy * 6 + ux * 3.5],
    [x2 - ux * 6 + uy * 3.5, y2 - uy * 6 - ux * 3.5],
  ].map(([x, y]) => `${x!.toFixed(1)} ${y!.toFixed(1)}`);
  return (
    <path
      data-edge={edge}
      data-active={isActive ? "" : undefined}
      d={`M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}M${head[0]}L${x2.toFixed(1)} ${y2.toFixed(1)}L${head[1]}`}
    />
  );
}
