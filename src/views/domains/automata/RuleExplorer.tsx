// The rule explorer: every neighbourhood with its output as a button. A press flips the bit; picture, mismatches and log
// likelihood follow at once, because they need only the picture's counts. Opacity is the posterior's certainty.

import { type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { AutomataTools, Grid } from "../../../domains/automata";
import { FigureFrame } from "../../frame/FigureFrame";
import { FigureScaleContext } from "../../frame/figureScale";
import { Icon } from "../../frame/icons";
import { Segmented } from "../../frame/Segmented";
import { useTheme } from "../../frame/useColours";
import { useFrame } from "../../frame/useFrame";
import { countText, fixedText, natsText } from "../../numberText";
import { type AutomataView, boundaryOf, gridOf, ruleName } from "./automataView";
import { cellCodes, dataColours, paintCells, wholeScale } from "./cellCanvas";
import { RuleButtons } from "./RuleButtons";
import { bitOf, neighbourhoodCells } from "./stripGeometry";

type Source = "exact" | "recogniser";

const sources: readonly { readonly value: Source; readonly label: string }[] = [
  { value: "exact", label: "exact" },
  { value: "recogniser", label: "recognition" },
];

/** Figure of the right column: the rule table of the picture on show, editable. */
export function RuleExplorer({ view }: { readonly view: AutomataView }): ReactNode {
  const { tools, data, picture, row } = view;
  const [edited, setEdited] = useState<number | null>(null);
  const [source, setSource] = useState<Source>("exact");
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture or program starts afresh
  useEffect(() => setEdited(null), [row, view.rule]);
  const grid = useMemo(() => gridOf(data, row), [data, row]);
  const boundary = boundaryOf(data, row);
  const counts = useMemo(
    () => tools.countTransitions(grid, data.neighbours, boundary),
    [tools, grid, data.neighbours, boundary],
  );
  const inForce = view.rule ?? data.majority[row] ?? 0;
  const rule = edited ?? inForce;
  const probability = picture ? (source === "exact" ? picture.posteriorExact : picture.posteriorRecogniser) : null;
  const score = scoreOf(tools, view, counts, rule);
  const start = scoreOf(tools, view, counts, inForce);
  const name = ruleName(tools, rule, data.neighbours);
  return (
    <FigureFrame
      name="rule-explorer"
      kind="picture"
      title="Rule explorer"
      unit={`picture ${row + 1}, rule ${name}${edited === null ? "" : ", edited"}`}
      sentence={`Rule ${name} on picture ${row + 1}: ${score.wrong} of ${score.transitions} cells disagree, log likelihood ${natsText(score.logLikelihood)} nats at noise ${fixedText(score.phi, 3)}.`}
      table={() => ruleTable(view, counts, rule)}
    >
      <div className="wsl-explorer">
        <ExplorerPicture tools={tools} grid={grid} rule={rule} neighbours={data.neighbours} boundary={boundary} />
        <div className="wsl-explorer-body">
          <RuleButtons
            rule={rule}
            best={inForce}
            neighbours={data.neighbours}
            probability={probability}
            onToggle={(index) => setEdited(rule ^ (1 << index))}
          />
          <div className="wsl-certainty">
            certainty
            <Segmented label="Certainty of each bit from" options={sources} value={source} onChange={setSource} />
          </div>
          <dl className="wsl-facts">
            <Fact
              name="cells disagree"
              value={countText(score.wrong)}
              change={score.wrong - start.wrong}
              decimals={0}
            />
            <Fact
              name="log p(x | z), nats"
              value={natsText(score.logLikelihood)}
              change={score.logLikelihood - start.logLikelihood}
              decimals={1}
            />
          </dl>
          <button type="button" className="wsl-quiet" disabled={edited === null} onClick={() => setEdited(null)}>
            <Icon name="undo" size={13} /> Back to the best rule
          </button>
        </div>
      </div>
    </FigureFrame>
  );
}

function ExplorerPicture(props: {
  readonly tools: AutomataTools;
  readonly grid: Grid;
  readonly rule: number;
  readonly neighbours: 3 | 5;
  readonly boundary: "wrap" | "zero";
}): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const { grid, rule, neighbours, boundary, tools } = props;
  const scale = wholeScale(grid.width, 100 * useContext(FigureScaleContext).picture);
  const draw = (target: HTMLCanvasElement) => {
    const wrong = tools.disagreements(grid, { rule, neighbours, boundary });
    paintCells(target, grid.width, grid.height, cellCodes(grid.pixels, wrong, "marked"), dataColours());
  };
  useFrame(canvas, draw, [grid, rule, neighbours, boundary, theme]);
  const style = { width: grid.width * scale, height: grid.height * scale };
  return <canvas ref={canvas} width={grid.width} height={grid.height} style={style} />;
}

function Fact(props: {
  readonly name: string;
  readonly value: string;
  readonly change: number;
  readonly decimals: number;
}): ReactNode {
  const sign = props.change > 0 ? "+" : "";
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.value}
        <span>{props.change === 0 ? "" : ` ${sign}${fixedText(props.change, props.decimals)}`}</span>
      </dd>
    </div>
  );
}

type Score = {
  readonly wrong: number;
  readonly transitions: number;
  readonly phi: number;
  readonly logLikelihood: number;
};

function scoreOf(tools: AutomataTools, view: AutomataView, counts: Uint32Array, rule: number): Score {
  const { data, picture } = view;
  const transitions = data.height * (data.width - 1);
  const phi = picture?.phi ?? 0.25;
  const wrong = tools.mismatches(counts, 0, tools.numBits(data.neighbours), rule);
  return { wrong, transitions, phi, logLikelihood: tools.logLikelihood(data.height, transitions, wrong, phi) };
}

function ruleTable(view: AutomataView, counts: Uint32Array, rule: number) {
  const { tools, data, picture } = view;
  const bits = tools.numBits(data.neighbours);
  return {
    columns: ["neighbourhood, top first", "output", "P(1) exact", "P(1) recognition", "seen as 0", "seen as 1"],
    rows: Array.from({ length: bits }, (_, place) => {
      const i = bits - 1 - place;
      return [
        neighbourhoodCells(i, data.neighbours).join(""),
        bitOf(rule, i),
        picture?.posteriorExact[i] ?? null,
        picture?.posteriorRecogniser[i] ?? null,
        counts[2 * i] ?? 0,
        counts[2 * i + 1] ?? 0,
      ];
    }),
  };
}
