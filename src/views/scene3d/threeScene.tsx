// What stands on the stage, as elements of @react-three/fiber: the ground, the blocks with their edges, and what marks
// the chosen block, the cell under the pointer and the block that a click would add. Part of the chunk of threeStage.

import { memo, useMemo } from "react";
import {
  BackSide,
  BoxGeometry,
  BufferAttribute,
  DoubleSide,
  EdgesGeometry,
  GreaterDepth,
  type MeshBasicMaterial,
} from "three";
import { cellEdges, cellsOf, GROUND, isSameCell } from "./ground";
import type { FaceShades, SceneBlock, SceneCell, Vector3 } from "./sceneTypes";
import type { StageColours, StageScene } from "./stageTypes";

/** Width of the edge around a chosen block, world units: 2 to 3 px of a picture of 320. */
const OUTLINE = 0.03;
/** Of edges beside the opacity of their block. */
const EDGE_OPACITY = 0.5;
const PREVIEW_OPACITY = 0.5;
/** Of a chosen block where it is hidden. */
const HIDDEN_OPACITY = 0.4;
/** What is seen through other blocks is drawn after all of them. */
const LAST = 10;

type SceneContentProps = { readonly scene: StageScene; readonly colours: StageColours };

/** Everything on the stage. */
export function SceneContent({ scene, colours }: SceneContentProps) {
  const { blocks, hasEdges, shades, gridSide } = scene;
  const box = useMemo(() => shadedBox(shades), [shades]);
  const edges = useMemo(() => new EdgesGeometry(new BoxGeometry(1, 1, 1)), []);
  const marked = blocks.find((block) => block.id === (scene.removeId ?? scene.selectedId));
  const parts = { box, edges };
  return (
    <>
      {scene.hasGround ? <Ground gridSide={gridSide} colours={colours} highlight={scene.highlightCell} /> : null}
      {blocks.map((block) => (
        <Block key={block.id} block={block} {...parts} edgeColour={hasEdges ? colours.edge : null} />
      ))}
      {marked ? <Mark block={marked} {...parts} colour={scene.removeId ? colours.remove : colours.selectEdge} /> : null}
      {scene.preview ? <Preview block={scene.preview} {...parts} colours={colours} /> : null}
    </>
  );
}

type Parts = { readonly box: BoxGeometry; readonly edges: EdgesGeometry };

/** A unit box whose faces carry their shades; materials multiply them with the block's colour. */
function shadedBox(shades: FaceShades): BoxGeometry {
  const box = new BoxGeometry(1, 1, 1);
  // Faces of the geometry: +x, -x, +y, -y, +z, -z, four corners each.
  const faces = [1, 0, 3, 2, 5, 4].map((face) => shades[face]!);
  const values = faces.flatMap((shade) => Array.from({ length: 4 * 3 }, () => shade));
  return box.setAttribute("color", new BufferAttribute(new Float32Array(values), 3));
}

type BlockProps = Parts & { readonly block: SceneBlock; readonly edgeColour: Vector3 | null };

const Block = memo(function Block({ block, box, edges, edgeColour }: BlockProps) {
  const opacity = block.opacity ?? 1;
  return (
    <>
      <mesh geometry={box} position={[...block.centre]} scale={[...block.size]}>
        <meshBasicMaterial
          // A material's program depends on whether it is see-through: a change makes another.
          key={opacity < 1 ? "faint" : "full"}
          vertexColors
          color-r={block.color[0]}
          color-g={block.color[1]}
          color-b={block.color[2]}
          {...seeThrough(opacity)}
          {...BEHIND_EDGES}
        />
      </mesh>
      {edgeColour ? <Edges block={block} edges={edges} colour={edgeColour} opacity={EDGE_OPACITY * opacity} /> : null}
    </>
  );
});

/** Faces stand back a little, so that edges on them are whole. */
const BEHIND_EDGES = { polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 };

/** Blocks of faint parses hide nothing of one another. */
function seeThrough(opacity: number): Pick<MeshBasicMaterial, "opacity" | "transparent" | "depthWrite"> {
  return { opacity, transparent: opacity < 1, depthWrite: opacity >= 1 };
}

type EdgesProps = {
  readonly block: SceneBlock;
  readonly edges: EdgesGeometry;
  readonly colour: Vector3;
  readonly opacity: number;
  /** Seen through whatever stands in front. */
  readonly isThrough?: boolean;
};

function Edges({ block, edges, colour, opacity, isThrough = false }: EdgesProps) {
  return (
    <lineSegments
      geometry={edges}
      position={[...block.centre]}
      scale={[...block.size]}
      renderOrder={isThrough ? LAST : 0}
    >
      <lineBasicMaterial
        color-r={colour[0]}
        color-g={colour[1]}
        color-b={colour[2]}
        opacity={opacity}
        transparent
        depthWrite={false}
        depthTest={!isThrough}
      />
    </lineSegments>
  );
}

/** An outline around a block; where others hide the block, it shines through. */
function Mark({ block, box, edges, colour }: Parts & { readonly block: SceneBlock; readonly colour: Vector3 }) {
  const at = { geometry: box, position: [...block.centre] as [number, number, number] };
  const [r, g, b] = colour;
  return (
    <>
      <mesh {...at} scale={outlined(block.size)}>
        <meshBasicMaterial side={BackSide} color-r={r} color-g={g} color-b={b} />
      </mesh>
      <mesh {...at} scale={[...block.size]} renderOrder={LAST}>
        <meshBasicMaterial
          color-r={r}
          color-g={g}
          color-b={b}
          opacity={HIDDEN_OPACITY}
          transparent
          depthWrite={false}
          depthFunc={GreaterDepth}
        />
      </mesh>
      <Edges block={block} edges={edges} colour={colour} opacity={1} />
    </>
  );
}

const outlined = (size: Vector3): [number, number, number] => [
  size[0] + 2 * OUTLINE,
  size[1] + 2 * OUTLINE,
  size[2] + 2 * OUTLINE,
];

function Preview({
  block,
  box,
  edges,
  colours,
}: Parts & { readonly block: SceneBlock; readonly colours: StageColours }) {
  const faint = useMemo(() => ({ ...block, opacity: PREVIEW_OPACITY }), [block]);
  return (
    <>
      <Block block={faint} box={box} edges={edges} edgeColour={null} />
      <Edges block={block} edges={edges} colour={colours.selectEdge} opacity={1} isThrough />
    </>
  );
}

type GroundProps = {
  readonly gridSide: number;
  readonly colours: StageColours;
  readonly highlight: SceneCell | null;
};

/** A little below the blocks' feet, which stand on it. */
const FLOOR = GROUND - 0.004;

const Ground = memo(function Ground({ gridSide, colours, highlight }: GroundProps) {
  const cells = cellsOf(gridSide);
  return (
    <>
      {cells.map((cell) => {
        const isLit = isSameCell(cell, highlight);
        return (
          <Cell
            key={`${gridSide} ${cell.row} ${cell.column}`}
            cell={cell}
            gridSide={gridSide}
            fill={isLit ? colours.select : colours.ground}
            line={isLit ? colours.selectEdge : colours.groundLine}
            front={cell.row === 0 && !isLit ? colours.frontLine : null}
          />
        );
      })}
    </>
  );
});

type CellProps = {
  readonly cell: SceneCell;
  readonly gridSide: number;
  readonly fill: Vector3;
  readonly line: Vector3;
  /** Colour of the edge on the front camera's side; null: as the others. */
  readonly front: Vector3 | null;
};

/** Air between two cells, so that each has its own outline. */
const SEAM = 0.03;

function Cell({ cell, gridSide, fill, line, front }: CellProps) {
  const { left, right, near, far } = cellEdges(cell, gridSide);
  const [x0, x1, z0, z1] = [left + SEAM, right - SEAM, near + SEAM, far - SEAM];
  const corners: readonly Vector3[] = [
    [x0, FLOOR, z0],
    [x1, FLOOR, z0],
    [x1, FLOOR, z1],
    [x0, FLOOR, z1],
  ];
  const at = (order: readonly number[]) => new Float32Array(order.flatMap((i) => corners[i]!));
  return (
    <>
      <mesh>
        <Positions values={at([0, 1, 2, 0, 2, 3])} />
        <meshBasicMaterial side={DoubleSide} color-r={fill[0]} color-g={fill[1]} color-b={fill[2]} {...BEHIND_EDGES} />
      </mesh>
      <lineSegments>
        <Positions values={at(front ? [1, 2, 2, 3, 3, 0] : [0, 1, 1, 2, 2, 3, 3, 0])} />
        <lineBasicMaterial color-r={line[0]} color-g={line[1]} color-b={line[2]} />
      </lineSegments>
      {front ? (
        <lineSegments>
          <Positions values={at([0, 1])} />
          <lineBasicMaterial color-r={front[0]} color-g={front[1]} color-b={front[2]} />
        </lineSegments>
      ) : null}
    </>
  );
}

/** A geometry of points that never change. */
const Positions = memo(
  function Positions({ values }: { readonly values: Float32Array }) {
    return (
      <bufferGeometry>
        <bufferAttribute attach="attributes-position" args={[values, 3]} />
      </bufferGeometry>
    );
  },
  (one, other) => one.values.length === other.values.length,
);
