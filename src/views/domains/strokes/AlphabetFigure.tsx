// The alphabet of the character on show: what was given, and what the prior writes when it is told the alphabet.

import { type ReactNode, useMemo, useRef } from "react";
import { FigureFrame } from "../../frame/FigureFrame";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { countText } from "../../numberText";
import { density, inks, paintShades } from "./inkCanvas";
import { type Drawing, imageOf, type StrokesView } from "./strokesView";

export type AlphabetFigureProps = { readonly view: StrokesView; readonly drawing: Drawing };

/** CSS px of a character; given ones are 28 cells enlarged by whole numbers. */
const SIDE = 28;
const SHOWN = 10;

/** Two rows of ten. */
export function AlphabetFigure({ view, drawing }: AlphabetFigureProps): ReactNode {
  const { data, row, picture, tools, bank } = view;
  const alphabet = data.alphabets[row] ?? 0;
  const name = data.alphabetNames[alphabet] ?? `alphabet ${alphabet + 1}`;
  const given = useMemo(
    () => Array.from(data.alphabets.keys()).filter((other) => data.alphabets[other] === alphabet),
    [data, alphabet],
  );
  const samples = picture?.samples ?? new Int16Array(0);
  const programs = Array.from({ length: samples.length / data.tokens }, (_, i) =>
    samples.subarray(i * data.tokens, (i + 1) * data.tokens),
  );
  return (
    <FigureFrame
      name="alphabet"
      kind="picture"
      title={`${name}, given and imagined`}
      unit={`${countText(given.length)} given`}
      sentence={`Above: ${Math.min(SHOWN, given.length)} of the ${given.length} given characters of ${name}. Below: ${programs.length} programs that the prior writes when it is told the alphabet, as the bank draws them.`}
      table={() => ({
        columns: ["imagined", "program"],
        rows: programs.map((program, i) => [i + 1, tools.printProgram(program)]),
      })}
    >
      <div className="wsl-alphabet">
        {given.slice(0, SHOWN).map((other) => (
          <Shades
            key={other}
            shades={imageOf(data, other)}
            side={data.side}
            isData
            label={`Given character ${other + 1}`}
          />
        ))}
      </div>
      <div className="wsl-alphabet">
        {programs.map((program, i) => (
          <Imagined
            // biome-ignore lint/suspicious/noArrayIndexKey: a sample is its place
            key={i}
            {...{ drawing, bank }}
            program={program}
            label={`Imagined character ${i + 1}, ${tools.printProgram(program)}`}
          />
        ))}
      </div>
    </FigureFrame>
  );
}

type ImaginedProps = {
  readonly drawing: Drawing;
  readonly bank: StrokesView["bank"];
  readonly program: Int16Array;
  readonly label: string;
};

function Imagined({ drawing, bank, program, label }: ImaginedProps): ReactNode {
  const side = SIDE * density();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the label holds the program
  const shades = useMemo(
    () => (bank ? drawing.reconstruction(bank, program, -1, side) : []),
    [drawing, bank, label, side],
  );
  return <Shades shades={shades} side={side} isData={false} label={label} />;
}

type ShadesProps = {
  readonly shades: ArrayLike<number>;
  readonly side: number;
  readonly isData: boolean;
  readonly label: string;
};

function Shades({ shades, side, isData, label }: ShadesProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const draw = (target: HTMLCanvasElement) => {
    const { dataGround, data, modelGround, model } = inks();
    paintShades(target, shades, side, isData ? dataGround : modelGround, isData ? data : model);
  };
  useFrame(canvas, draw, [shades, side, theme]);
  return <canvas ref={canvas} role="img" aria-label={label} style={{ width: SIDE, height: SIDE }} />;
}
