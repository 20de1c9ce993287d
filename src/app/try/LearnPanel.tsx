// Learn from my data: a short training with the person's data beside built-in data, and the answers before and after.

import type { DomainSpec } from "../../engine/domain";
import { natsText, weightText } from "../../views/numberText";
import type { ReportItem, TryOwn } from "../../views/try/tryOwn";
import { DataSetLine } from "../datasets/DataSetLine";
import { giveToWorkbench } from "../lab/givenData";
import { readLabLink, writeLabLink } from "../router/labLink";
import { Button } from "../ui/Button";
import { Dropdown } from "../ui/Choose";
import { learn, prepared } from "./trySearch";
import { entryOf, patchTry, type TryAnswer, useTry } from "./tryStore";

export type LearnPanelProps = { readonly spec: DomainSpec; readonly tryOwn: TryOwn };

export function LearnPanel({ spec, tryOwn }: LearnPanelProps) {
  const state = useTry(spec.id);
  const { before, after } = entryOf(state);
  const { progress } = state;
  const isBusy = state.work !== "idle";
  return (
    <section className="try-learn">
      <h3>Learn from my data</h3>
      <p className="try-note">
        Trains for up to {String(tryOwn.learn["iterations"])} steps with your {tryOwn.one} beside made ones, from the
        model above; then searches again. Both answers are kept.
      </p>
      {spec.imports ? <LearnData spec={spec} chosen={state.learnData} /> : null}
      <div className="try-row">
        <Button
          disabledReason={isBusy ? "Something is running; stop it first." : null}
          onClick={() => void learn(spec, tryOwn)}
        >
          Learn from my data
        </Button>
        <Button kind="quiet" onClick={() => openBench(spec, tryOwn)}>
          Open in the workbench
        </Button>
      </div>
      {progress ? (
        <p className="try-progress">
          <progress value={progress.step} max={progress.steps} aria-label="Learning" />
          <span className="number">
            step {progress.step} of {progress.steps}
          </span>
        </p>
      ) : null}
      {before && after ? (
        <div className="try-two" data-compare="true">
          <Side title="Before" answer={before} {...{ spec, state }} side="before" />
          <Side title="After" answer={after} {...{ spec, state }} side="after" />
        </div>
      ) : null}
    </section>
  );
}

/** Which data set stands beside the person's own data. */
function LearnData({ spec, chosen }: { readonly spec: DomainSpec; readonly chosen: string }) {
  const choose = (learnData: string) => patchTry(spec.id, { learnData });
  const choices = spec.datasets.map(({ name }, i) => ({ value: name, label: i === 0 ? `${name} (made here)` : name }));
  return (
    <div className="try-model">
      <span>Beside yours</span>
      <Dropdown
        label="Data set beside yours"
        value={chosen || (choices[0]?.value ?? "")}
        choices={choices}
        onChange={choose}
      />
      <DataSetLine
        domain={spec.id}
        chosen={chosen}
        imported={spec.datasets.flatMap(({ name, isImported }) => (isImported ? [name] : []))}
        onUse={choose}
      />
    </div>
  );
}

type SideProps = {
  readonly spec: DomainSpec;
  readonly state: { readonly item: number; readonly side: "before" | "after" };
  readonly title: string;
  readonly answer: TryAnswer;
  readonly side: "before" | "after";
};

function Side({ spec, state, title, answer, side }: SideProps) {
  const item = answer.report.items[state.item];
  const isOn = state.side === side;
  return (
    <section className="try-side" data-side={side} data-on={isOn}>
      <h4>
        {title} <span className="try-unit">{answer.by}</span>
      </h4>
      {item ? <Facts item={item} /> : null}
      <button
        type="button"
        className="text-button"
        aria-pressed={isOn}
        onClick={() => patchTry(spec.id, { side, program: 0 })}
      >
        {isOn ? "On show" : "Show"}
      </button>
    </section>
  );
}

function Facts({ item }: { readonly item: ReportItem }) {
  const best = item.programs[0];
  const rows = [
    ["Best", best?.printed ?? "none"],
    ["Weight", best ? weightText(best.weight) : ""],
    ["Joint, nats", best ? natsText(best.logJoint) : ""],
    ["log p(x), exact, nats", item.logPx === null ? "not known" : natsText(item.logPx)],
  ];
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={name === "Best" ? "code" : "number"}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The workbench with the same data as one more observation. */
function openBench(spec: DomainSpec, tryOwn: TryOwn): void {
  const sent = prepared(spec, tryOwn);
  if (!sent?.ok) return;
  const link = readLabLink(spec, "");
  const options = { ...link.options, ...tryOwn.bench(sent.options) };
  giveToWorkbench({ domain: spec.id, userData: sent.userData, options });
  window.location.hash = writeLabLink(spec, { ...link, options });
}
