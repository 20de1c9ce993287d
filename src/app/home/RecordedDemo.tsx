// The recorded run as a moving picture: an observed automaton with what the best rule expects next, the rules that the
// memory holds with their weights, and the bound. Always labelled "recorded"; no engine is needed.

import { type ReactNode, useMemo, useRef } from "react";
import { dataColours, paintCells, predictionColours, wholeScale } from "../../views/domains/automata/cellCanvas";
import { RuleStrip } from "../../views/domains/automata/RuleStrip";
import { FigureFrame } from "../../views/frame/FigureFrame";
import type { FigureTable } from "../../views/frame/figureTable";
import { useTheme } from "../../views/frame/useColours";
import { useFrame } from "../../views/frame/useFrame";
import { useWidth } from "../../views/frame/useWidth";
import { fixedText, natsText, weightText } from "../../views/numberText";
import { Icon } from "../ui/Icon";
import { RecordedBound } from "./RecordedBound";
import { continuedCells, FRAMES, PROVENANCE, type RecordedFrame, ROWS, TRUE_RULE } from "./recordedRun";
import { usePlayback } from "./usePlayback";
import "./demo.css";

export type RecordedDemoProps = {
  /** Plays by itself when it appears, unless motion is reduced. Default true. */
  readonly starts?: boolean;
};

/** The figure with its own Play and Pause. */
export function RecordedDemo({ starts = true }: RecordedDemoProps): ReactNode {
  const { frame, isPlaying, toggle } = usePlayback(FRAMES.length, starts);
  const shown = FRAMES[frame];
  if (!shown) return null;
  const button = isPlaying ? "Pause" : "Play";
  return (
    <div className="demo">
      <FigureFrame
        name="recorded"
        kind="picture"
        title="One picture, five remembered rules"
        unit={`recorded, step ${shown.step}`}
        sentence={sentenceOf(shown)}
        table={() => tableOf(shown)}
        provenance={PROVENANCE}
        switches={
          <button type="button" className="demo-play" aria-label={`${button} the recording`} onClick={toggle}>
            <Icon name={isPlaying ? "pause" : "play"} size={14} />
            {button}
          </button>
        }
      >
        <DemoPicture frame={shown} />
        <div className="demo-low">
          <DemoRules frame={shown} />
          <RecordedBound step={shown.step} />
        </div>
      </FigureFrame>
    </div>
  );
}

function DemoPicture({ frame }: { readonly frame: RecordedFrame }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const room = useWidth(box, 660);
  const height = ROWS.length;
  const width = ROWS[0]?.length ?? 0;
  const scale = room > 500 ? 6 : wholeScale(width, room / 3.4);
  const columns = Math.max(1, Math.floor(room / scale) - width);
  const rule = frame.rules[0]?.rule ?? null;
  const cells = useMemo(() => continuedCells(rule, columns), [rule, columns]);
  const draw = (target: HTMLCanvasElement) =>
    paintCells(target, width + columns, height, cells, [...dataColours().slice(0, 2), ...predictionColours(2)]);
  useFrame(canvas, draw, [cells, theme, frame.step]);
  return (
    <div ref={box} className="demo-picture">
      <canvas
        ref={canvas}
        width={width + columns}
        height={height}
        style={{ width: (width + columns) * scale, height: height * scale }}
      />
      <div className="demo-labels">
        <span style={{ width: width * scale }} data-figure-text="">
          observed
        </span>
        <span className="predicted" data-figure-text="">
          {rule === null ? "no rule yet" : `what rule ${rule} expects next`}
        </span>
      </div>
    </div>
  );
}

const ROOM = 5;

/** Five rows at any time, so that nothing moves while rules come in. */
function DemoRules({ frame }: { readonly frame: RecordedFrame }) {
  const best = frame.rules[0]?.rule ?? null;
  return (
    <table className="demo-rules">
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Bits</th>
          <th scope="col">Weight</th>
          <th scope="col" className="number below">
            Nats below best
          </th>
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: ROOM }, (_, rank) => {
          const entry = frame.rules[rank];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rank is the row's identity
            <tr key={rank} data-best={rank === 0 && entry ? "" : undefined}>
              <td className="number">{entry?.rule ?? ""}</td>
              <td>
                {entry ? (
                  <RuleStrip rule={entry.rule} neighbours={3} name={`rule ${entry.rule}`} best={best} gap={5} />
                ) : null}
              </td>
              <td>{entry ? <WeightBar weight={entry.weight} /> : null}</td>
              <td className="number below">{entry ? natsText(entry.below) : ""}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function WeightBar({ weight }: { readonly weight: number }) {
  return (
    <span className="demo-weight">
      <i>
        <i style={{ width: `${Math.round(weight * 100)}%` }} />
      </i>
      <span className="number">{shownWeight(weight)}</span>
    </span>
  );
}

/** The recording keeps three decimals: what it holds as 0 is less than 0.01, not nothing. */
function shownWeight(weight: number): string {
  return weightText(Math.max(weight, 1e-9));
}

function sentenceOf({ step, rules, noise, bound }: RecordedFrame): string {
  const best = rules[0];
  if (!best) return "Recorded training of one picture: at step 0 nothing is remembered yet.";
  const found = best.rule === TRUE_RULE ? ", the rule that made it" : "";
  const how =
    bound === null ? "" : ` The bound is ${natsText(bound)} nats per picture, the noise level ${fixedText(noise, 3)}.`;
  return `Recorded training of one picture: at step ${step} the memory holds ${rules.length} rules, rule ${best.rule}${found} leads with weight ${weightText(best.weight)}.${how}`;
}

function tableOf(frame: RecordedFrame): FigureTable {
  return {
    columns: ["rule", "weight", "nats below the best"],
    rows: frame.rules.map((entry) => [entry.rule, entry.weight, entry.below]),
  };
}
