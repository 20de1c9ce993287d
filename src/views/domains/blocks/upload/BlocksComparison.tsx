// Everything below the chosen parse: the picture, what the parse draws, what is left over; the scene in 3D with its blocks as
// text; what the parses agree about; what was built, where that is known; the best parses from three sides.

import { type ReactNode, useMemo, useRef, useState } from "react";
import { Segmented } from "../../../frame/Segmented";
import { useWidth } from "../../../frame/useWidth";
import type { ResultProps } from "../../../try/tryOwn";
import { BlockList } from "../BlockList";
import type { BlocksView } from "../blocksView";
import { CameraFigure } from "../CameraFigure";
import { ScenePictures } from "../ScenePictures";
import { SceneSpace } from "../SceneSpace";
import { useScene } from "../useScene";
import { type AnswerView, answerView, pixelText } from "./answerView";
import { BuiltTruth } from "./BuiltTruth";
import { ownToolsOf } from "./ownTools";

/** px between pictures, largest side of one, and of the scene in 3D. */
const GAP = 10;
const LARGEST = 224;
const SPACE = 360;
const WAYS = [
  { value: "one", label: "this parse" },
  { value: "all", label: "all by weight" },
] as const;

/** Null while a report has no types. */
export function BlocksComparison(props: ResultProps): ReactNode {
  const { spec, options, item, theta, program, printed } = props;
  const key = `${printed} ${item.programs.map((found) => `${found.printed} ${found.weight.toFixed(3)}`).join()}`;
  const seen = pixelText(item.observation);
  // biome-ignore lint/correctness/useExhaustiveDependencies: key and seen stand for the answer, which comes anew in every report
  const found = useMemo(() => answerView({ spec, options, item, theta }, program, printed), [spec, options, key, seen]);
  return found ? <Comparison {...found} spec={spec} /> : null;
}

function Comparison({ view, fit, truth, spec }: AnswerView & Pick<ResultProps, "spec">): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 720);
  const scene = useScene(view);
  const [way, setWay] = useState<"one" | "all">("one");
  const size = pictureSize(view, width);
  const space = Math.min(SPACE, width);
  const own = ownToolsOf(spec);
  return (
    <section
      ref={box}
      className="wsl-own-answer"
      data-picture="try-comparison"
      data-error={fit.likeness.error}
      data-shown={view.shown?.printed}
    >
      <ScenePictures
        view={view}
        observed={scene.observed}
        drawn={scene.drawn}
        placed={scene.placed}
        size={size}
        marked={scene.marked}
        onMark={scene.onMark}
      />
      <p className="try-cursor-text">
        Squared error {own.errorText(fit.likeness.error)} a pixel and channel; up to {own.errorText(fit.likeness.limit)}{" "}
        is usual. {Math.round(100 * fit.likeness.explained)} % of what is not white is explained.
      </p>
      <p className="wsl-scene-words">{scene.words}</p>
      <div className="wsl-own-room" data-narrow={width < space + 240 ? "" : undefined}>
        <div>
          <Segmented label="What stands in 3D" options={WAYS} value={way} onChange={setWay} />
          <SceneSpace view={view} scene={scene} isAll={way === "all"} width={space} />
        </div>
        <div>
          <BlockList
            isKnown={true}
            placed={scene.placed}
            gridSide={view.data.gridSide}
            isCuboid={view.data.isCuboid}
            typeName={view.tools.typeName}
            colors={view.picture?.types.colors ?? null}
            hidden={scene.hidden}
            marked={scene.marked}
            onMark={scene.onMark}
          />
          <BuiltTruth view={view} truth={truth} />
        </div>
      </div>
      <CameraFigure view={view} />
    </section>
  );
}

/** Whole canvas pixels where there is room for them. */
function pictureSize({ data }: BlocksView, width: number): number {
  const room = Math.min(LARGEST, Math.floor((width - 2 * GAP) / 3));
  return room >= data.side ? data.side * Math.floor(room / data.side) : room;
}
