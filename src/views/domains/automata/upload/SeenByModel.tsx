// What the model sees of a person's picture, cell by cell, whether that is an automaton, and how it would go on.

import { type ReactNode, useRef, useState } from "react";
import type { AutomataTools } from "../../../../domains/automata";
import { useTheme } from "../../../frame/useColours";
import { useFrame } from "../../../frame/useFrame";
import { fixedText } from "../../../numberText";
import { cellCodes, dataColours, paintCells, wholeScale } from "../cellCanvas";
import { Continuation } from "./Continuation";
import { type Explanation, readGrid, type Seen } from "./ownPicture";
import { Check } from "./PictureControls";

export type SeenByModelProps = {
  readonly tools: AutomataTools;
  readonly seen: Seen;
  readonly explanation: Explanation;
  readonly room: number;
};

/** Preview of the grid, the verdict and the continuation under the chosen explanation. */
export function SeenByModel(props: SeenByModelProps): ReactNode {
  const { seen, explanation } = props;
  const { analysis, grid } = seen;
  const [isMarked, setMarked] = useState(true);
  const verdict = seen.problem ?? analysis.verdict;
  return (
    <section aria-label="What the model sees">
      <h3 className="wsl-dialog-h3">
        What the model sees{" "}
        <span>
          {grid.height} rows, {grid.width} columns, time runs to the right
        </span>
      </h3>
      <GridPreview {...props} isMarked={isMarked && seen.problem === null} />
      <Check label="Mark cells that disagree with the rule" checked={isMarked} onChange={setMarked} />
      <p className="wsl-verdict" role="status" data-automaton={judgement(seen)}>
        {verdict}
      </p>
      {seen.problem === null ? (
        <p className="wsl-saving">
          {fixedText(explanation.bitsPerPixel, 3)} bits per pixel with {explanation.printed}, against{" "}
          {fixedText(analysis.independentBitsPerPixel, 3)} for independent pixels: a{" "}
          {explanation.saving > 0 ? "saving" : "loss"} of {fixedText(Math.abs(explanation.saving), 0)} bits.
        </p>
      ) : null}
      {seen.problem === null ? (
        <Continuation
          tools={props.tools}
          grid={readGrid(props.tools, grid, explanation)}
          growth={explanation}
          printed={explanation.printed}
          room={props.room}
        />
      ) : null}
    </section>
  );
}

// "hardly" where a rule saves something but a seventh of the cells or more disagree with it.
function judgement(seen: Seen): "yes" | "hardly" | "no" {
  if (seen.problem !== null || !seen.analysis.isAutomaton) return "no";
  return seen.analysis.best.noise > 0.15 ? "hardly" : "yes";
}

function GridPreview(props: SeenByModelProps & { readonly isMarked: boolean }): ReactNode {
  const { tools, seen, explanation, isMarked } = props;
  const { grid } = seen;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const scale = wholeScale(Math.max(grid.width, grid.height * 1.4), props.room);
  const draw = (target: HTMLCanvasElement) => {
    const wrong = isMarked ? disagreements(tools, seen, explanation) : null;
    paintCells(target, grid.width, grid.height, cellCodes(grid.pixels, wrong, "marked"), dataColours());
  };
  useFrame(canvas, draw, [grid, explanation, isMarked, theme]);
  return (
    <div className="wsl-seen" data-picture="upload-preview" data-frame="0">
      <canvas
        ref={canvas}
        width={grid.width}
        height={grid.height}
        role="img"
        aria-label={`Grid of ${grid.height} by ${grid.width} cells`}
        style={{ width: grid.width * scale, height: grid.height * scale }}
      />
    </div>
  );
}

function disagreements(tools: AutomataTools, seen: Seen, explanation: Explanation): Uint8Array {
  const { rule, neighbours, boundary } = explanation;
  const read = readGrid(tools, seen.grid, explanation);
  const wrong = tools.disagreements(read, { rule, neighbours, boundary });
  return readGrid(tools, { ...read, pixels: wrong }, explanation).pixels;
}
