// The plan builder: lists of values become a grid of runs, whose number and time are shown before anything starts.

import { useEffect, useId, useState } from "react";
import { domains } from "../../domains/list";
import { comparedTableOf, MAX_RUNS } from "../router/labLink";
import { listSavedRuns, useSaved } from "../saved/savedRuns";
import { Button } from "../ui/Button";
import { Dropdown } from "../ui/Choose";
import { planSentence, runsOfPlan } from "./grid";
import { ListField } from "./ListField";
import { type ComparePlan, domainNamed, writePlan } from "./plan";
import { estimateOf } from "./planEstimate";

export type PlanBuilderProps = {
  /** The plan to change; null begins a new one. */
  readonly initial: ComparePlan | null;
  readonly onCancel: () => void;
};

const USUAL = ["algorithm", "particles", "memory", "seed", "iterations"] as const;

/** Fields of the plan and the button that opens and starts it. */
export function PlanBuilder({ initial, onCancel }: PlanBuilderProps) {
  const [plan, setPlan] = useState<ComparePlan>(initial ?? freshPlan(domains[0]?.id ?? ""));
  const [invalid, setInvalid] = useState<ReadonlySet<string>>(new Set());
  const spec = domainNamed(plan.domain);
  if (!spec) return null;
  const table = comparedTableOf(spec, plan.preset);
  const more = Object.keys(plan.lists).filter((name) => !USUAL.some((usual) => usual === name) && table[name]);
  const unused = Object.keys(table).filter((name) => !USUAL.some((usual) => usual === name) && !more.includes(name));
  const setList = (name: string, values: ComparePlan["lists"][string], isValid: boolean) => {
    setInvalid((names) => withName(names, name, !isValid));
    setPlan((now) => ({ ...now, without: [], lists: { ...now.lists, [name]: values } }));
  };
  const field = (name: string) => {
    const option = table[name];
    const usual = option === undefined || option.default === "" ? [] : [option.default];
    return option ? (
      <ListField
        key={`${plan.domain} ${plan.preset} ${name}`}
        name={name}
        table={table}
        values={plan.lists[name] ?? usual}
        onChange={(values, isValid) => setList(name, values, isValid)}
      />
    ) : null;
  };
  return (
    <section className="plan" aria-label="Plan a comparison">
      <div className="plan-fields">
        <Dropdown
          label="Domain"
          value={plan.domain}
          choices={domains.map((domain) => ({ value: domain.id, label: domain.title }))}
          onChange={(id) => setPlan(freshPlan(id))}
        />
        <Dropdown
          label="Preset"
          value={plan.preset}
          choices={spec.presets.map((preset) => ({ value: preset.id, label: preset.title }))}
          onChange={(preset) => setPlan({ ...plan, preset, lists: kept(plan.lists) })}
        />
      </div>
      {USUAL.map(field)}
      {more.map(field)}
      <div className="plan-more">
        <MoreOption
          names={unused}
          labelOf={(name) => table[name]?.label ?? name}
          onAdd={(name) => {
            const value = table[name]?.default;
            setPlan({ ...plan, lists: { ...plan.lists, [name]: value === undefined ? [] : [value] } });
          }}
        />
        <AddSaved plan={plan} onChange={setPlan} />
      </div>
      <PlanFoot plan={plan} isInvalid={invalid.size > 0} onCancel={onCancel} />
    </section>
  );
}

type FootProps = { readonly plan: ComparePlan; readonly isInvalid: boolean; readonly onCancel: () => void };

function PlanFoot({ plan, isInvalid, onCancel }: FootProps) {
  const spec = domainNamed(plan.domain);
  if (!spec) return null;
  const { runs, tooMany } = runsOfPlan(spec, plan);
  const count = runs.length + tooMany;
  const total = count + plan.saved.length;
  const reason =
    total > MAX_RUNS
      ? `${total} runs are too many: at most ${MAX_RUNS} share the axes. Take values out.`
      : total < 2
        ? "One run has nothing to compare with. Add a value."
        : isInvalid
          ? "A value above is not allowed."
          : null;
  const start = () => {
    window.location.hash = `${writePlan({ ...plan, without: [] })}&start=1`;
    onCancel();
  };
  return (
    <div className="plan-foot">
      <p className="plan-sum" role="status" aria-label="Size of the plan">
        {planSentence(spec, plan, count)}
        {plan.saved.length > 0 ? ` and ${plan.saved.length} saved` : ""}, {estimateOf(plan, runs)}.
        {reason ? <span className="plan-reason"> {reason}</span> : null}
      </p>
      <Button kind="quiet" onClick={onCancel}>
        Cancel
      </Button>
      <Button kind="primary" icon="play" disabledReason={reason} onClick={start}>
        Start {count} {count === 1 ? "run" : "runs"}
      </Button>
    </div>
  );
}

type MoreProps = {
  readonly names: readonly string[];
  readonly labelOf: (name: string) => string;
  readonly onAdd: (name: string) => void;
};

function MoreOption({ names, labelOf, onAdd }: MoreProps) {
  return (
    <label className="plan-add">
      <span className="visually-hidden">Add an option to the plan</span>
      <select value="" onChange={(event) => event.target.value && onAdd(event.target.value)}>
        <option value="">Add an option</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {labelOf(name)}
          </option>
        ))}
      </select>
    </label>
  );
}

function AddSaved(props: { readonly plan: ComparePlan; readonly onChange: (plan: ComparePlan) => void }) {
  const { plan, onChange } = props;
  const saved = useSaved((state) => state.runs);
  const id = useId();
  useEffect(() => {
    listSavedRuns().catch((error: unknown) => console.info("Saved runs could not be listed:", error));
  }, []);
  const fitting = (saved ?? []).filter((run) => run.domain === plan.domain);
  if (fitting.length === 0) return <span className="plan-note">No saved run of this domain on this device.</span>;
  const toggle = (runId: string, isOn: boolean) =>
    onChange({ ...plan, saved: isOn ? [...plan.saved, runId] : plan.saved.filter((each) => each !== runId) });
  return (
    <fieldset className="plan-saved" aria-labelledby={id}>
      <span id={id}>Add a saved run</span>
      {fitting.slice(0, 8).map((run) => (
        <label key={run.id}>
          <input
            type="checkbox"
            className="check"
            checked={plan.saved.includes(run.id)}
            onChange={(event) => toggle(run.id, event.target.checked)}
          />
          {run.name}, step {run.step}
        </label>
      ))}
    </fieldset>
  );
}

function freshPlan(domain: string): ComparePlan {
  const spec = domainNamed(domain);
  const preset = spec?.presets[0]?.id ?? "";
  // Each domain offers its own algorithms: the one it is for, against those without a memory.
  const offered = spec ? comparedTableOf(spec, preset)["algorithm"] : undefined;
  const isHybrid = offered?.kind === "choice" && offered.choices.includes("hmws");
  const algorithm = isHybrid ? ["hmws", "rws", "vimco"] : ["mws", "rws"];
  return { domain, preset, without: [], saved: [], lists: { algorithm, seed: isHybrid ? [1, 2] : [1, 2, 3] } };
}

/** Another preset keeps what spans the grid; its own values replace the rest. */
function kept(lists: ComparePlan["lists"]): ComparePlan["lists"] {
  return Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 1));
}

function withName(names: ReadonlySet<string>, name: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(names);
  if (isIn) next.add(name);
  else next.delete(name);
  return next;
}
