// What a parse says, and why a hidden tower cannot be known: one scene as text, from the front and from the sides; and a
// block with edges of several widths. On the help page of the domain.

import { type ReactNode, useRef } from "react";
import type { SceneTools } from "../../../domains/blocks/blocksTools";
import type { BlocksTools } from "../../../domains/blocks/tools";
import type { DomainSpec } from "../../../engine/domain";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { paintColours } from "./colourCanvas";
import { ProgramText } from "./ProgramText";
import type { CameraName } from "./renderParse";
import "./blocks.css";

export type HelpFiguresProps = { readonly spec: DomainSpec };

/** CSS px of a picture, pixels of the soft ones. */
const SIDE = 128;
const FEW = 16;
const SOFTNESS = [0.1, 0.35, 1] as const;

/** Red, green and blue cubes of the built-in scenes. */
const TYPES = {
  sizes: [0.3, 0.3, 0.3, 0.4, 0.4, 0.4, 0.5, 0.5, 0.5],
  colors: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
const SETTINGS = { gridSide: 2, shrink: 0.01, depthRule: "centred" } as const;
const SHADES = [0.5, 0.63, 0.5, 0.93, 0.73, 0.5] as const;

const SCENES: readonly { readonly text: string; readonly words: string }[] = [
  { text: "CC - / - AB", words: "a tower in front on the left, one behind on the right" },
  { text: "CC - / A AB", words: "the same, with a red block hidden behind the left tower" },
];

export function HelpFigures({ spec }: HelpFiguresProps): ReactNode {
  // The folder views/domains/blocks is only given the blocks spec; its tools, typed there, come with these figures.
  const tools = (spec.tools as BlocksTools).scenes();
  return (
    <section className="wsl-blocks-help" aria-label="Parses and pictures">
      <h2>What a picture says, and what it hides</h2>
      <p>
        Each row is a parse and its pictures from the front, the left and the right. From the front the two differ in a
        few pixels, too little to tell them apart: both explain the picture, and the second costs one block more.
      </p>
      {SCENES.map(({ text, words }) => (
        <figure key={text} data-picture={`parse-${text}`} data-frame="0">
          <figcaption>
            <ProgramText printed={text} colors={TYPES.colors} typeAt={tools.typeName} /> {words}
          </figcaption>
          <div>
            {(["front", "left", "right"] as const).map((camera) => (
              <Picture
                key={camera}
                {...{ tools, text, camera }}
                side={SIDE}
                softness={0.5}
                label={`${text} from the ${camera}`}
              />
            ))}
          </div>
        </figure>
      ))}
      <h2>Soft edges</h2>
      <p>
        One block in a picture of {FEW} pixels a side, with edges that are{" "}
        {SOFTNESS.join(", ").replace(/, (\S+)$/, " and $1")} pixels soft. With hard edges a small move changes nothing;
        with soft ones every pixel along the edge says which way to go.
      </p>
      <figure data-picture="soft-edges" data-frame="0">
        <div>
          {SOFTNESS.map((softness) => (
            <Picture
              key={softness}
              {...{ tools, softness }}
              text="C - / - -"
              camera="front"
              side={FEW}
              label={`Edges ${softness} pixels soft`}
            />
          ))}
        </div>
      </figure>
    </section>
  );
}

type PictureProps = {
  readonly tools: SceneTools;
  readonly text: string;
  readonly camera: CameraName;
  readonly side: number;
  readonly softness: number;
  readonly label: string;
};

function Picture({ tools, text, camera, side, softness, label }: PictureProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const draw = (target: HTMLCanvasElement) => {
    const read = tools.parseProgram(text, { grid: 2, types: 3 });
    if (!read.ok) return;
    const placed = tools.placeBlocks(read.program, new Float64Array(read.program.length), TYPES, SETTINGS);
    const from = tools.cameras[camera];
    paintColours(
      target,
      tools.render(tools.boxesOf(placed, from), { camera: from, side, softness, shades: SHADES }),
      side,
    );
  };
  useFrame(canvas, draw, [tools, theme]);
  return <canvas ref={canvas} role="img" aria-label={label} style={{ width: SIDE, height: SIDE }} />;
}
