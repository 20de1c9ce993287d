// A program in a row: what it draws with the bank of the run on show, and its strokes by number, moves in brackets. Of a
// variant of the best program, what it has otherwise is underlined.

import { memo, type ReactNode, useContext, useRef } from "react";
import { DomainPictureContext } from "../../domainPicture";
import type { ProgramCellProps } from "../../domainViews";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { density, inks, paintShades } from "./inkCanvas";
import { bankOf, pictureOf, type StrokeBank, toolsOf } from "./strokesView";
import { useDrawing } from "./useDrawing";

/** CSS px of the drawing: a row of the memory is 27 high. */
const SIDE = 26;

/** Drawing and text; the text alone where no bank is known. */
export function ProgramCell({ spec, program, best }: ProgramCellProps): ReactNode {
  const tools = toolsOf(spec);
  // A program that is another one altogether would be underlined from end to end.
  const numOther = best ? program.filter((token, t) => best[t] !== token).length : 0;
  const isVariant = numOther > 0 && 2 * numOther <= program.length;
  const bank = bankOf(tools, pictureOf(useContext(DomainPictureContext)));
  return (
    <span className="wsl-stroke-program">
      {bank ? <TinyDrawing spec={spec} bank={bank} program={program} /> : null}
      <code title={tools.printProgram(program)}>
        {program.map((token, t) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
            key={t}
            data-own={isVariant && best?.[t] !== token ? "" : undefined}
            data-up={tools.isDown(token) ? undefined : ""}
          >
            {tools.printToken(token)}
          </span>
        ))}
      </code>
    </span>
  );
}

type TinyProps = Pick<ProgramCellProps, "spec" | "program"> & { readonly bank: StrokeBank };

const TinyDrawing = memo(
  function TinyDrawing({ spec, program, bank }: TinyProps): ReactNode {
    const canvas = useRef<HTMLCanvasElement>(null);
    const drawing = useDrawing(spec);
    const theme = useTheme();
    const draw = (target: HTMLCanvasElement) => {
      if (!drawing) return;
      const side = SIDE * density();
      const { modelGround, model } = inks();
      paintShades(target, drawing.reconstruction(bank, program, -1, side), side, modelGround, model);
    };
    useFrame(canvas, draw, [drawing, program.join(), bank, theme]);
    return <canvas ref={canvas} width={SIDE} height={SIDE} style={{ width: SIDE, height: SIDE }} />;
  },
  (a, b) => a.bank === b.bank && a.program.join() === b.program.join(),
);
