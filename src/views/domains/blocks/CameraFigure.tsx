// The published figure: the three best parses, one a row, seen by three cameras, one a column. What stands behind the
// front towers shows from the sides. Drawn flat by the model's own renderer, so that it can be exported like any picture.

import { type ReactNode, useRef } from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import type { FigureTable } from "../../frame/figureTable";
import { useCalm } from "../../frame/useCalm";
import { useTheme } from "../../frame/useColours";
import { useWidth } from "../../frame/useWidth";
import { natsText, weightText } from "../../numberText";
import { type BlocksView, placedBlocks, type ShownParse } from "./blocksView";
import { paintColours } from "./colourCanvas";
import { useTurn } from "./drawQueue";
import { ProgramText } from "./ProgramText";
import { type CameraName, renderParse } from "./renderParse";

/** Rows of the figure; ms between two rounds of drawings; CSS px of a picture, and between pictures. */
const ROWS = 3;
const CALM_MS = 700;
const LARGEST = 128;
const GAP = 6;

const CAMERAS: readonly { readonly name: CameraName; readonly title: string; readonly angle: number }[] = [
  { name: "front", title: "front", angle: 0 },
  { name: "left", title: "left", angle: -40 },
  { name: "right", title: "right", angle: 40 },
];

export type CameraFigureProps = { readonly view: BlocksView };

/** Nine pictures; places of parses that are not there stay empty. */
export function CameraFigure({ view: latest }: CameraFigureProps): ReactNode {
  const calm = useCalm({ row: latest.row, view: latest }, CALM_MS);
  const view = calm.row === latest.row && calm.view.data === latest.data ? calm.view : latest;
  const { parses, tools, name } = view;
  const shown = parses.slice(0, ROWS);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 380);
  const size = Math.max(48, Math.min(LARGEST, Math.floor((width - 2 * GAP) / 3)));
  return (
    <FigureFrame
      name="cameras"
      kind="picture"
      title="Seen from three sides"
      unit={shown.length > 1 ? `${shown.length} best parses` : "best parse"}
      sentence={`${name.charAt(0).toUpperCase()}${name.slice(1)}: ${shown.length === 0 ? "no parse is known yet" : `the ${shown.length} best parses from the front, the left and the right`}. ${shown.map((parse) => `${parse.printed} has weight ${weightText(parse.weight ?? 0)}.`).join(" ")}`}
      table={() => cameraTable(view, shown)}
      lines={() =>
        shown.flatMap((parse) => [
          `${parse.printed}, weight ${weightText(parse.weight ?? 0)}`,
          ...(view.picture ? tools.describeScene(placedBlocks(view, view.picture.types, parse)) : []),
        ])
      }
    >
      <div ref={box} className="wsl-cameras">
        <div className="wsl-camera-row" style={{ gap: GAP }}>
          {CAMERAS.map((camera) => (
            <span key={camera.name} style={{ width: size }}>
              <Inset angle={camera.angle} />
              <span data-figure-text="">{camera.title}</span>
            </span>
          ))}
        </div>
        {Array.from({ length: ROWS }, (_, i) => {
          const parse = shown[i] ?? null;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its rank
            <div key={i}>
              <div className="wsl-camera-row" style={{ gap: GAP, height: size }}>
                {CAMERAS.map((camera) => (
                  <View key={camera.name} view={view} parse={parse} camera={camera.name} size={size} />
                ))}
              </div>
              <p className="wsl-camera-words">
                {parse ? (
                  <>
                    <ProgramText
                      printed={parse.printed}
                      colors={view.picture?.types.colors ?? null}
                      typeAt={tools.typeName}
                    />{" "}
                    <b data-figure-text="">{weightText(parse.weight ?? 0)}</b>
                    <span data-figure-text="">{parse.score === null ? "" : ` ${natsText(parse.score)} nats`}</span>
                  </>
                ) : i === 0 ? (
                  "No parse is known yet."
                ) : null}
              </p>
            </div>
          );
        })}
      </div>
    </FigureFrame>
  );
}

type ViewProps = {
  readonly view: BlocksView;
  readonly parse: ShownParse | null;
  readonly camera: CameraName;
  readonly size: number;
};

function View({ view, parse, camera, size }: ViewProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const types = view.picture?.types ?? null;
  const draw = (target: HTMLCanvasElement) => {
    if (parse && types) paintColours(target, renderParse(view, types, parse, { camera, side: size }), size);
    else target.getContext("2d")?.clearRect(0, 0, target.width, target.height);
  };
  const key = parse ? `${parse.printed} ${Array.from(parse.raw, (raw) => raw.toFixed(2)).join()}` : "";
  useTurn(canvas, draw, [key, types, camera, size, view.data, theme]);
  return <canvas ref={canvas} width={size} height={size} style={{ width: size, height: size }} />;
}

/** The grid from above with the camera that looks at it. */
function Inset({ angle }: { readonly angle: number }): ReactNode {
  return (
    <svg width={18} height={18} viewBox="0 0 18 18" aria-hidden="true" focusable="false">
      <rect x={5.5} y={3.5} width={7} height={7} fill="none" stroke="var(--text-3)" />
      <path d="M9 3.5V10.5M5.5 7H12.5" stroke="var(--line-2)" />
      <path d="M9 12.4L6.6 17H11.4Z" fill="var(--text-2)" transform={`rotate(${-angle} 9 7)`} />
    </svg>
  );
}

function cameraTable(view: BlocksView, shown: readonly ShownParse[]): FigureTable {
  const rows = shown.map((parse, i) => [
    i + 1,
    parse.printed,
    parse.weight ?? 0,
    parse.score,
    view.picture ? view.tools.describeScene(placedBlocks(view, view.picture.types, parse)).join("; ") : "",
  ]);
  return { columns: ["rank", "parse", "weight", "log p(z_d, x), nats", "blocks"], rows };
}
