// The right column: ranked programs, the chosen one in four parts, comparison with the input, samples, learning.

import type { DomainSpec } from "../../engine/domain";
import { DomainPictureContext } from "../../views/domainPicture";
import type { DomainViews } from "../../views/domainViews";
import { countText, fixedText } from "../../views/numberText";
import { ItemTable } from "../../views/try/ItemTable";
import { ProgramDetail } from "../../views/try/ProgramDetail";
import { ProgramRanking } from "../../views/try/ProgramRanking";
import { SampleGalleries } from "../../views/try/SampleGalleries";
import type { ReportItem, TryOwn } from "../../views/try/tryOwn";
import { LearnPanel } from "./LearnPanel";
import { TryExport } from "./TryExport";
import { KEPT } from "./trySearch";
import { entryOf, patchTry, type TryAnswer, useTry } from "./tryStore";

export type TryResultProps = {
  readonly spec: DomainSpec;
  readonly views: DomainViews;
  readonly tryOwn: TryOwn;
};

export function TryResult(props: TryResultProps) {
  const state = useTry(props.spec.id);
  const entry = entryOf(state);
  const answer = entry[state.side] ?? entry.before;
  const item = answer?.report.items[state.item];
  if (!answer || !item) return <Nothing {...props} isSearching={state.work === "searching"} />;
  return (
    <>
      <Answer {...props} answer={answer} item={item} />
      <LearnPanel spec={props.spec} tryOwn={props.tryOwn} />
    </>
  );
}

function Nothing({ spec, tryOwn, isSearching }: TryResultProps & { readonly isSearching: boolean }) {
  if (isSearching) return <p className="try-nothing">Loading the model and making the first proposals.</p>;
  return (
    <div className="try-nothing">
      <h2>What you will get</h2>
      <p>
        Ranked {spec.programName.many} with their weights, the best one beside your {tryOwn.one} and what it leaves
        unexplained, the reasons in words, new {tryOwn.many} like yours, and how sure all that is.
      </p>
      <p>The preview shows exactly what the model gets. Nothing is inferred before you say so.</p>
    </div>
  );
}

type AnswerProps = TryResultProps & { readonly answer: TryAnswer; readonly item: ReportItem };

function Answer({ spec, views, tryOwn, answer, item }: AnswerProps) {
  const state = useTry(spec.id);
  const { items } = entryOf(state);
  const names = items.map((one) => one.name);
  const chosen = Math.min(state.program, Math.max(0, item.programs.length - 1));
  const { options, report } = answer;
  const { theta } = report;
  const program = item.programs[chosen];
  return (
    <DomainPictureContext value={tryOwn.picture?.({ spec, options, item, theta }) ?? null}>
      {report.items.length > 1 ? (
        <ItemTable
          {...{ spec, tryOwn, options, names, theta, chosen: state.item }}
          items={report.items}
          onChoose={(one) => patchTry(spec.id, { item: one, program: 0 })}
        />
      ) : null}
      <div className="try-head">
        <h2>{spec.programName.many.charAt(0).toUpperCase() + spec.programName.many.slice(1)}</h2>
        <span className="try-unit" data-seconds={report.seconds} data-draws={item.draws}>
          {item.programs.length} of {countText(item.different)} tried in {fixedText(report.seconds, 1)} s, weights sum
          to 1
        </span>
        <TryExport spec={spec} answer={answer} names={names} />
      </div>
      <ProgramRanking
        {...{ spec, views, options, chosen }}
        programs={item.programs}
        room={KEPT}
        onChoose={(index) => patchTry(spec.id, { program: index })}
      />
      <ProgramDetail {...{ spec, tryOwn, options, item, chosen, theta }} isCode={views.programColumn === null} />
      {program ? (
        <tryOwn.Comparison
          {...{ spec, options, item, theta }}
          observation={item.observation}
          program={program.program}
          printed={program.printed}
        />
      ) : null}
      {tryOwn.Galleries ? (
        <tryOwn.Galleries {...{ spec, options, item, theta }} ObservationPicture={views.ObservationPicture} />
      ) : (
        <SampleGalleries {...{ spec, views, options, item }} />
      )}
    </DomainPictureContext>
  );
}
