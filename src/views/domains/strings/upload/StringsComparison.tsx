// Your strings beside held-out and new ones, character by character with the part of the program that made it; what the
// held-out ones say about all programs; the program as a regular expression of other languages.

import { type ReactNode, useMemo, useState } from "react";
import type { Concept, ConceptPicture } from "../../../../domains/strings/concepts";
import { natsText } from "../../../numberText";
import type { ResultProps } from "../../../try/tryOwn";
import { totalLogProb } from "../alignment";
import { Columns, markedWords, useMarkedPart } from "../ConceptFigure";
import { HandEdit } from "../HandEdit";
import { ProgramLine } from "../ProgramLine";
import { toolsOf } from "../stringsView";
import { useAlignedConcept } from "../useAlignedConcept";
import { useHandProgram } from "../useHandProgram";
import { heldOutScore, logitsOf } from "./answerNumbers";
import { ExportRegex } from "./ExportRegex";

/** Point at a part of the program, or walk over it with the arrow keys: its characters are marked in every string. */
export function StringsComparison({ spec, observation, program, printed, item, theta }: ResultProps): ReactNode {
  const tools = toolsOf(spec);
  const logits = logitsOf(tools, theta);
  const concept = useConcept(observation);
  const [draw, setDraw] = useState(0);
  const edit = useHandProgram(tools);
  const shown = edit.program ?? { printed, program };
  const aligned = useAlignedConcept({ tools, logits, concept, row: 0, draw, shown });
  const part = useMarkedPart(aligned.layout);
  const key = item.programs.map((found) => `${found.printed} ${found.weight.toFixed(3)}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the printed programs with their weights stand for the item
  const score = useMemo(() => heldOutScore(tools, logits, item.programs, concept.heldOut), [key, logits, concept]);
  return (
    <section className="try-aligned" data-picture="try-comparison">
      <div className="try-head">
        <h3>Part by part</h3>
        <span className="try-unit">nats</span>
        <p className="wsl-part-words">{markedWords(aligned, part.marked, "alignment")}</p>
      </div>
      {aligned.layout ? (
        <ProgramLine
          layout={aligned.layout}
          marked={part.marked}
          pinned={part.pinned}
          onPoint={part.point}
          onFocus={part.focus}
          onPin={part.pin}
        />
      ) : null}
      <Columns aligned={aligned} part={part} mode="alignment" onDraw={() => setDraw(draw + 1)} />
      <HandEdit
        hand={edit.hand}
        onChange={edit.change}
        problem={edit.problem}
        logLikelihood={edit.program && edit.problem === null ? totalLogProb(aligned.given) : null}
        answer={null}
        best={{ printed, logJoint: item.programs[0]?.logJoint ?? Number.NaN }}
        hasEngine={false}
      />
      <p className="try-held-out" data-held-out={score.count === 0 ? "" : score.nats}>
        {heldOutWords(score)}
      </p>
      <ExportRegex spec={spec} program={program} printed={printed} />
    </section>
  );
}

function heldOutWords({ made, count, nats }: ReturnType<typeof heldOutScore>): string {
  if (count === 0) return "No string is held out: a column with more than five different ones would have some.";
  const can = `${made} of ${count} held-out strings can be made by the programs above`;
  if (made < count) return `${can}; the others have probability 0 under all of them.`;
  return `${can}: ${natsText(nats)} nats together, under all programs by weight.`;
}

/** The observation as a concept, the same one while its strings stay. */
function useConcept(observation: unknown): Concept {
  // describeObservation of this domain.
  const { name, strings, heldOut } = observation as ConceptPicture;
  const key = [...strings, "", ...heldOut].join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: reports bring equal strings in new lists
  return useMemo(() => ({ name, strings, heldOut, pattern: null }), [key]);
}
