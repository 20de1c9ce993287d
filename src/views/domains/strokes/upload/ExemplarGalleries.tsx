// "More like this": the program written again by a hand that varies, from the best program alone and from all programs by
// weight, told apart. The dice are always the same, so a gallery changes only with its programs.

import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTheme } from "../../../frame/useColours";
import { useFrame } from "../../../frame/useFrame";
import type { GalleriesProps, ReportItem } from "../../../try/tryOwn";
import { inks, paintShades } from "../inkCanvas";
import { type Drawing, type StrokeBank, toolsOf } from "../strokesView";
import { useDrawing } from "../useDrawing";
import { bankOfAnswer } from "./answerBank";

const COUNT = 6;
const CALM_MS = 1000;
/** Pixels of an exemplar's side, and CSS px of a pixel. */
const SIDE = 56;
const SCALE = 2;

/** Two galleries side by side; empty frames until they can be drawn. */
export function ExemplarGalleries({ spec, options, theta, item }: GalleriesProps): ReactNode {
  const drawing = useDrawing(spec);
  const bank = bankOfAnswer(spec, options, theta)?.bank ?? null;
  const { best, all } = useCalm(usePrograms(spec, item));
  const { programName } = spec;
  return (
    <div className="try-two">
      <Gallery
        {...{ spec, drawing, bank }}
        name="best"
        unit={`best ${programName.one}, written anew`}
        programs={best}
      />
      <Gallery
        {...{ spec, drawing, bank }}
        name="all"
        unit={`all ${programName.many}, by weight, written anew`}
        programs={all}
      />
    </div>
  );
}

/** The value, at most once a second: while a search finds something ten times a second, twelve drawings each would slow it. */
function useCalm<T>(value: T): T {
  const [held, setHeld] = useState(value);
  const changedAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, changedAt.current + CALM_MS - performance.now());
    const timer = setTimeout(() => {
      changedAt.current = performance.now();
      setHeld(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value]);
  return held;
}

/** The programs to write: the best one again and again, and draws by weight. */
function usePrograms(spec: GalleriesProps["spec"], { programs }: ReportItem) {
  const key = programs.map((found) => `${found.program.join()}:${found.weight.toFixed(2)}`).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the programs with their weights
  return useMemo(() => {
    const first = programs[0]?.program;
    const rng = toolsOf(spec).rng(1).fork("weights");
    const drawn = Array.from({ length: COUNT }, () => {
      let left = rng.uniform();
      for (const { program, weight } of programs) {
        left -= weight;
        if (left < 0) return program;
      }
      return first;
    });
    const known = (list: readonly (readonly number[] | undefined)[]) => list.filter((one) => one !== undefined);
    return { best: known(Array(COUNT).fill(first)), all: known(drawn) };
  }, [spec, key]);
}

type GalleryProps = Pick<GalleriesProps, "spec"> & {
  readonly drawing: Drawing | null;
  readonly bank: StrokeBank | null;
  readonly name: "best" | "all";
  readonly unit: string;
  readonly programs: readonly (readonly number[])[];
};

function Gallery({ spec, drawing, bank, name, unit, programs }: GalleryProps): ReactNode {
  return (
    <figure className="try-gallery" data-picture={`samples-${name}`} data-count={programs.length}>
      <figcaption>
        <h3>More like this</h3> <span className="try-unit">{unit}</span>
      </figcaption>
      <ul>
        {programs.map((program, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: exemplars have no identity of their own
          <li key={i}>
            <Exemplar {...{ spec, drawing, bank, program }} number={i + 1} label={`Exemplar ${i + 1}, ${unit}`} />
          </li>
        ))}
      </ul>
    </figure>
  );
}

type ExemplarProps = Pick<GalleryProps, "spec" | "drawing" | "bank"> & {
  readonly program: readonly number[];
  readonly number: number;
  readonly label: string;
};

const Exemplar = memo(
  function Exemplar({ spec, drawing, bank, program, number, label }: ExemplarProps): ReactNode {
    const canvas = useRef<HTMLCanvasElement>(null);
    const theme = useTheme();
    const draw = (target: HTMLCanvasElement) => {
      const { modelGround, model } = inks();
      const hand = toolsOf(spec).rng(number).fork("hand");
      const shades = drawing && bank ? drawing.exemplar(bank, program, SIDE, hand) : [];
      paintShades(target, shades, SIDE, modelGround, model);
    };
    useFrame(canvas, draw, [drawing, bank, program.join(), theme]);
    const size = { width: SIDE * SCALE, height: SIDE * SCALE };
    return <canvas ref={canvas} role="img" aria-label={label} width={SIDE} height={SIDE} style={size} />;
  },
  (a, b) => a.drawing === b.drawing && a.bank === b.bank && a.program.join() === b.program.join(),
);
