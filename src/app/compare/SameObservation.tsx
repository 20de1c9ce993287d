// One observation in every run, side by side: its picture under the best program, that program, and the memory, all at
// the step of one shared scrubber.

import type { DomainSpec } from "../../engine/domain";
import type { MemoryView } from "../../engine/run/records";
import { RunSample } from "../../views/charts/RunLegend";
import { DomainPictureContext } from "../../views/domainPicture";
import type { DomainViews } from "../../views/domainViews";
import { countText, natsText, weightText } from "../../views/numberText";
import { useDomainViews } from "../lab/domainViews";
import { IconButton } from "../ui/Button";
import { type CompareRun, useCompare } from "./compareStore";
import { type CompareGroup, runTitle } from "./groups";
import { chooseObservation } from "./look";

export type SameObservationProps = {
  readonly spec: DomainSpec;
  readonly groups: readonly CompareGroup[];
  readonly runs: readonly CompareRun[];
};

/** Programs of a memory that a column lists. */
const SHOWN = 5;

export function SameObservation({ spec, groups, runs }: SameObservationProps) {
  const views = useDomainViews(spec.id);
  const observation = useCompare((state) => state.view.observation);
  const scrub = useCompare((state) => state.scrub);
  const looking = useCompare((state) => state.looking);
  const newest = Math.max(0, ...runs.map((run) => run.step));
  const step = Math.min(scrub ?? newest, newest);
  const count = Math.max(0, ...runs.map((run) => run.description?.facts.numTrain ?? 0));
  const { one } = spec.observationName;
  return (
    <section className="same-observation" aria-label={`One ${one} in every run`}>
      <div className="results-head">
        <h2>One {one} in every run</h2>
        <ObservationChoice one={one} observation={observation} count={count} />
        <label className="scrubber">
          step
          <input
            type="range"
            min={0}
            max={Math.max(1, newest)}
            step={1}
            value={step}
            aria-valuetext={`step ${step}`}
            onChange={(event) => {
              const value = Number(event.target.value);
              useCompare.setState({ scrub: value >= newest ? null : value });
            }}
          />
          <output className="number">{countText(step)}</output>
        </label>
        <span className="looking" role="status">
          {looking}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reachable by keyboard */}
      <ul className="observation-columns" tabIndex={0} aria-label={`${one} ${observation + 1} in every run`}>
        {runs.map((run) => {
          const group = groups.find((each) => each.id === run.groupId);
          return group && views ? (
            <Column
              key={run.runId}
              spec={spec}
              views={views}
              run={run}
              group={group}
              observation={observation}
              step={step}
            />
          ) : null;
        })}
      </ul>
    </section>
  );
}

const SOURCES: Readonly<Record<MemoryView["source"], string>> = {
  memory: "memory",
  particles: "latest samples",
  recognition: "fresh draws",
  prior: "draws of the prior",
};

type ChoiceProps = { readonly one: string; readonly observation: number; readonly count: number };

function ObservationChoice({ one, observation, count }: ChoiceProps) {
  const last = Math.max(0, count - 1);
  const go = (next: number) => void chooseObservation(Math.min(last, Math.max(0, next)));
  return (
    <span className="observation-choice">
      <IconButton
        small
        icon="minus"
        label={`Previous ${one}`}
        aria-disabled={observation === 0}
        onClick={() => go(observation - 1)}
      />
      <input
        className="number-field"
        type="number"
        min={1}
        max={Math.max(1, count)}
        aria-label={`Number of the ${one}`}
        value={observation + 1}
        onChange={(event) => {
          const value = Number(event.target.value);
          if (Number.isInteger(value) && value >= 1) go(value - 1);
        }}
      />
      <IconButton
        small
        icon="plus"
        label={`Next ${one}`}
        aria-disabled={observation >= last}
        onClick={() => go(observation + 1)}
      />
      <span>of {countText(count)}</span>
    </span>
  );
}

type ColumnProps = {
  readonly spec: DomainSpec;
  readonly views: DomainViews;
  readonly run: CompareRun;
  readonly group: CompareGroup;
  readonly observation: number;
  readonly step: number;
};

function Column({ spec, views, run, group, observation, step }: ColumnProps) {
  const moment = run.moments.at(observation, step);
  const name = runTitle(group, run);
  const entries = moment?.memory.entries ?? [];
  // Samples that cannot make the observation explain nothing, however they rank.
  const best = entries.find((entry) => entry.logJoint > Number.NEGATIVE_INFINITY);
  const missing = entries.length > 0 ? "none of these explains it" : "nothing recorded for it yet";
  return (
    <li className="observation-column" data-column-of={run.runId} data-at-step={step} aria-label={name}>
      <p className="observation-name">
        <RunSample slot={run.slot} />
        <b title={name}>{name}</b>
      </p>
      {run.description ? (
        <views.RunPicture
          spec={spec}
          options={run.options}
          facts={run.description.facts}
          picture={moment?.picture ?? null}
          memory={moment?.memory ?? null}
          selected={Math.min(observation, run.description.facts.numTrain - 1)}
          onSelect={nothing}
          selectedProgram={null}
          onSelectProgram={nothing}
          size={176}
        />
      ) : (
        <p className="observation-empty">not yet run</p>
      )}
      <p className="observation-best">
        {best ? (
          <>
            {views.programColumn === null ? null : <span className="code">{best.printed}</span>}
            <DomainPictureContext value={moment?.picture ?? null}>
              <views.ProgramCell spec={spec} options={run.options} program={best.program} best={null} />
            </DomainPictureContext>
          </>
        ) : (
          <span className="quiet-words">{run.step > 0 ? missing : ""}</span>
        )}
      </p>
      <table className="observation-memory">
        <caption className="visually-hidden">
          {name}: {SOURCES[moment?.memory.source ?? "memory"]}
        </caption>
        <thead>
          <tr>
            <th scope="col">{SOURCES[moment?.memory.source ?? "memory"]}</th>
            <th scope="col">log joint</th>
            <th scope="col">weight</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: SHOWN }, (_, i) => entries[i]).map((entry, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows keep their places while programs change
            <tr key={i}>
              <td className="code" title={entry?.printed}>
                {entry?.printed ?? ""}
              </td>
              <td className="number">{entry ? natsText(entry.logJoint) : ""}</td>
              <td className="number">{entry ? weightText(entry.weight) : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="observation-when">{moment ? `as recorded at step ${countText(moment.step)}` : ""}</p>
    </li>
  );
}

function nothing(): void {
  // Columns only show: choosing happens in the head.
}
