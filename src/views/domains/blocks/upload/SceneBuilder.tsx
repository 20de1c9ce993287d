// Building a scene: in 3D, where a click puts a block on the tower under the pointer or takes it away, and in the plan
// beside it. Both change the same scene; each change can be undone.

import { type ReactNode, useMemo, useState } from "react";
import type { TrueTypes } from "../../../../domains/blocks/datasets";
import type { PlacedBlock } from "../../../../domains/blocks/scene";
import type { DomainSpec } from "../../../../engine/domain";
import { Segmented } from "../../../frame/Segmented";
import { Scene3D } from "../../../scene3d/Scene3D";
import type { SceneBlock } from "../../../scene3d/sceneTypes";
import { toolsOf } from "../blocksView";
import { type BuiltScene, type Cell, GRID_SIDE, LEVELS, towerOf, withBlock, withoutBlock } from "./builtScene";
import { Palette } from "./Palette";
import { TowerGrid } from "./TowerGrid";

export type SceneBuilderProps = {
  readonly spec: DomainSpec;
  readonly scene: BuiltScene;
  readonly types: TrueTypes;
  readonly onChange: (scene: BuiltScene) => void;
  /** The photograph, where there is no 3D. */
  readonly photograph: ReactNode;
};

type Tool = "add" | "remove";
const TOOLS: readonly { readonly value: Tool; readonly label: string }[] = [
  { value: "add", label: "Add" },
  { value: "remove", label: "Take away" },
];

export function SceneBuilder({ spec, scene, types, onChange, photograph }: SceneBuilderProps): ReactNode {
  const [chosen, setType] = useState(0);
  const type = Math.min(chosen, types.names.length - 1);
  const [tool, setTool] = useState<Tool>("add");
  const [cell, setCell] = useState<Cell | null>(null);
  const blocks = useMemo(() => sceneBlocks(spec, scene, types), [spec, scene, types]);
  const change = (next: BuiltScene) => {
    if (next !== scene) onChange(next);
  };
  return (
    <div className="wsl-builder" data-picture="try-builder" data-program={spec.program.print(scene.program, {})}>
      <Palette types={types} type={type} onType={setType} />
      <div className="wsl-builder-space">
        <Scene3D
          label={`Your scene in 3D, ${blocks.length} ${blocks.length === 1 ? "block" : "blocks"}. The plan below builds it too.`}
          blocks={blocks}
          gridSide={GRID_SIDE}
          lines={null}
          selectedId={null}
          onSelect={() => undefined}
          highlightCell={cell}
          edit={{
            tool,
            preview: (at) => topBlock(spec, scene, types, at, type),
            onPlace: (at) => change(withBlock(scene, at, type)),
            onPick: (block) => change(withoutBlock(scene, ...placeOf(block))),
          }}
          fallback={photograph}
        />
      </div>
      <div className="wsl-builder-row">
        <Segmented label="What a click in 3D does" options={TOOLS} value={tool} onChange={setTool} />
        <span className="try-cursor-text">
          Keys in the plan: arrows, Enter adds, Delete takes away, 1 to {types.names.length} choose.
        </span>
      </div>
      <TowerGrid scene={scene} types={types} type={type} onType={setType} onChange={change} onCell={setCell} />
    </div>
  );
}

/** Blocks of a built scene in the world, all in the middle of their freedom. */
function placed(spec: DomainSpec, { program }: BuiltScene, types: TrueTypes): readonly PlacedBlock[] {
  const settings = { gridSide: GRID_SIDE, shrink: 0, depthRule: "centred" } as const;
  return toolsOf(spec).placeBlocks(program, new Float64Array(program.length), types, settings);
}

function sceneBlocks(spec: DomainSpec, scene: BuiltScene, types: TrueTypes): readonly SceneBlock[] {
  return placed(spec, scene, types).map(blockOf);
}

const blockOf = ({ row, column, level, centre, size, color }: PlacedBlock): SceneBlock => ({
  id: `${row} ${column} ${level}`,
  ...{ row, column, centre, size, color },
});

/** Cell and level of a block in 3D. */
function placeOf({ id }: SceneBlock): [cell: Cell, level: number] {
  const [row = 0, column = 0, level = 0] = id.split(" ").map(Number);
  return [{ row, column }, level];
}

/** The block that would be put on a cell; null where no more fits. */
function topBlock(
  spec: DomainSpec,
  scene: BuiltScene,
  types: TrueTypes,
  { row, column }: Cell,
  type: number,
): SceneBlock | null {
  const level = towerOf(scene, { row, column }).length;
  if (level === LEVELS) return null;
  const next = placed(spec, withBlock(scene, { row, column }, type), types);
  const block = next.find((one) => one.row === row && one.column === column && one.level === level);
  return block ? blockOf(block) : null;
}
