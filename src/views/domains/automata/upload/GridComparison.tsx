// Your picture, what the rule expects of every cell given the column before, and where the two differ.

import { type ReactNode, useMemo, useRef } from "react";
import type { Boundary } from "../../../../domains/automata";
import { useTheme } from "../../../frame/useColours";
import { useFrame } from "../../../frame/useFrame";
import { countText, percentText } from "../../../numberText";
import type { ResultProps } from "../../../try/tryOwn";
import { toolsOf } from "../automataView";
import { cellCodes, dataColours, paintCells, wholeScale } from "../cellCanvas";
import { rowsOf } from "../ObservationPicture";
import { Continuation } from "./Continuation";

const ROOM = 216;

/** Three pictures side by side, cell by cell. */
export function GridComparison(props: ResultProps): ReactNode {
  const { spec, options, observation, program, printed } = props;
  const tools = toolsOf(spec);
  const grid = useMemo(() => tools.gridFromRows(rowsOf(observation)), [tools, observation]);
  const { boundary } = observation as { readonly boundary: Boundary }; // describeObservation of this domain
  const rule = program[0] ?? 0;
  const neighbours = tools.neighboursOf(options);
  const wrong = useMemo(
    () => tools.disagreements(grid, { rule, neighbours, boundary }),
    [tools, grid, rule, neighbours, boundary],
  );
  const count = wrong.reduce((sum, cell) => sum + cell, 0);
  const share = percentText(count / Math.max(1, grid.height * (grid.width - 1)));
  const pictures = [
    {
      name: "input",
      title: "Yours",
      unit: `${grid.height} by ${grid.width}`,
      codes: cellCodes(grid.pixels, null, "marked"),
    },
    { name: "expected", title: "Expected", unit: printed, codes: cellCodes(grid.pixels, wrong, "expected") },
    {
      name: "residual",
      title: "Residual",
      unit: `${countText(count)} cells, ${share}`,
      codes: cellCodes(grid.pixels, wrong, "residual"),
    },
  ];
  return (
    <>
      <div className="try-three">
        {pictures.map((picture) => (
          <CodeFigure key={picture.name} {...picture} height={grid.height} width={grid.width} />
        ))}
      </div>
      <Continuation tools={tools} grid={grid} growth={{ rule, neighbours, boundary }} printed={printed} room={700} />
    </>
  );
}

type CodeFigureProps = {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly codes: Uint8Array;
  readonly height: number;
  readonly width: number;
};

function CodeFigure(props: CodeFigureProps): ReactNode {
  const { name, title, unit, codes, height, width } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const scale = wholeScale(Math.max(height, width), ROOM);
  useFrame(canvas, (target) => paintCells(target, width, height, codes, dataColours()), [codes, theme]);
  return (
    <figure data-picture={`try-${name}`} data-frame="0">
      <figcaption>
        <h3>{title}</h3> <span className="try-unit">{unit}</span>
      </figcaption>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role="img"
        aria-label={`${title}: ${unit}`}
        style={{ width: width * scale, maxWidth: "100%", aspectRatio: `${width} / ${height}` }}
      />
    </figure>
  );
}
