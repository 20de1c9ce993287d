// What comes next: the picture as observed, and to its right what the rule makes of its last column. Observed and
// predicted stand apart by a rule, by colour and by their words.

import { type ReactNode, useContext, useMemo, useRef, useState } from "react";
import type { AutomataData, AutomataTools } from "../../../domains/automata";
import type { MemoryView } from "../../../engine/run/records";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import { Segmented } from "../../frame/Segmented";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { useWidth } from "../../frame/useWidth";
import { valueText } from "../../numberText";
import { type AutomataView, boundaryOf, gridOf, ruleName } from "./automataView";
import { dataColours, paintCells, predictionColours, wholeScale } from "./cellCanvas";

export type Continuation = "clean" | "noisy" | "memory";

const shades = 17;
const choices: readonly { readonly value: Continuation; readonly label: string }[] = [
  { value: "clean", label: "clean" },
  { value: "noisy", label: "noisy" },
  { value: "memory", label: "from memory" },
];

export type ExtrapolationProps = { readonly view: AutomataView; readonly memory: MemoryView | null };

/** The continuation of the picture on show under the rule in force. */
export function Extrapolation(props: ExtrapolationProps): ReactNode {
  const { view } = props;
  const { data, row, rule, picture, tools } = view;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const width = useWidth(box, 720);
  const [choice, setChoice] = useState<Continuation>("clean");
  const scale = wholeScale(data.height, 112 * useContext(FigureScaleContext).picture);
  const columns = Math.max(8, Math.min(400, Math.floor(width / scale) - data.width));
  // Noisy continuations keep their draw while the noise level moves little.
  const phi = Math.round((picture?.phi ?? 0.25) * 1000) / 1000;
  const key = choice === "memory" ? memoryKey(props.memory) : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the memory's rules and weights
  const codes = useMemo(
    () => continuationCodes({ tools, data, row, rule, columns, choice, phi, memory: props.memory }),
    [tools, data, row, rule, columns, choice, choice === "noisy" ? phi : 0, key],
  );
  const total = data.width + columns;
  const draw = (target: HTMLCanvasElement) =>
    paintCells(target, total, data.height, codes, [...dataColours().slice(0, 2), ...predictionColours(shades)]);
  useFrame(canvas, draw, [codes, theme]);
  const name = rule === null ? null : `rule ${ruleName(tools, rule, data.neighbours)}`;
  const how = howText(choice, phi, props.memory);
  return (
    <FigureFrame
      name="extrapolation"
      kind="picture"
      title="What comes next"
      unit={
        name === null ? "no rule yet" : `${choice === "memory" ? "" : `${name} continues `}picture ${row + 1}, ${how}`
      }
      sentence={
        name === null
          ? "No rule is known for this picture yet."
          : `Left: picture ${row + 1} as observed, ${data.width} columns. Right: ${columns} columns predicted by ${choice === "memory" ? "the memory" : name}, ${how}.`
      }
      table={() => continuationTable(codes, data.height, total, data.width)}
      switches={<Segmented label="How the rule continues" options={choices} value={choice} onChange={setChoice} />}
    >
      <div ref={box} className="wsl-next">
        <canvas
          ref={canvas}
          width={total}
          height={data.height}
          style={{ width: total * scale, height: data.height * scale }}
        />
        <div className="wsl-next-labels">
          <span style={{ width: data.width * scale }} data-figure-text="">
            observed
          </span>
          <span data-figure-text="">predicted</span>
        </div>
      </div>
    </FigureFrame>
  );
}

type ContinuationInput = {
  readonly tools: AutomataTools;
  readonly data: AutomataData;
  readonly row: number;
  readonly rule: number | null;
  readonly columns: number;
  readonly choice: Continuation;
  readonly phi: number;
  readonly memory: MemoryView | null;
};

/** [height * (width + columns)] codes: 0, 1 observed; 2 to 18 predicted from light to dark. */
export function continuationCodes(input: ContinuationInput): Uint8Array {
  const { tools, data, row, rule, columns, choice } = input;
  const grid = gridOf(data, row);
  const total = data.width + columns;
  const dark = new Float64Array(data.height * columns);
  const add = (oneRule: number, weight: number) => {
    const growth = { rule: oneRule, neighbours: data.neighbours, boundary: boundaryOf(data, row) };
    const rng = choice === "noisy" ? tools.rng(row + 1) : null;
    const next = tools.extrapolate(grid, columns, growth, choice === "noisy" ? input.phi : 0, rng);
    for (let i = 0; i < dark.length; i++) dark[i] = (dark[i] ?? 0) + weight * (next.pixels[i] ?? 0);
  };
  const entries = choice === "memory" ? (input.memory?.entries ?? []) : [];
  for (const entry of entries) if (entry.weight > 1e-3) add(entry.program[0] ?? 0, entry.weight);
  if (entries.length === 0 && rule !== null) add(rule, 1);
  const codes = new Uint8Array(data.height * total);
  for (let y = 0; y < data.height; y++) {
    for (let j = 0; j < total; j++) {
      const ahead = j - data.width;
      const shade = Math.round(Math.min(1, dark[y * columns + ahead] ?? 0) * (shades - 1));
      codes[y * total + j] = ahead < 0 ? (grid.pixels[y * data.width + j] ?? 0) : 2 + shade;
    }
  }
  return codes;
}

function howText(choice: Continuation, phi: number, memory: MemoryView | null): string {
  if (choice === "clean") return "no noise";
  if (choice === "noisy") return `each cell flipped with probability ${valueText(phi)}`;
  return `continued by all ${memory?.entries.length ?? 0} rules, shade: their weight`;
}

function memoryKey(memory: MemoryView | null): string {
  return (memory?.entries ?? []).map((entry) => `${entry.program[0]}:${entry.weight.toFixed(2)}`).join(" ");
}

function continuationTable(codes: Uint8Array, height: number, total: number, observed: number) {
  return {
    columns: ["row", "observed", "predicted"],
    rows: Array.from({ length: height }, (_, y) => {
      const line = Array.from(codes.subarray(y * total, (y + 1) * total));
      const predicted = line.slice(observed).map((code) => (code - 2 > (shades - 1) / 2 ? 1 : 0));
      return [y + 1, line.slice(0, observed).join(""), predicted.join("")];
    }),
  };
}
