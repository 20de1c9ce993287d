// The left column: what this is, presets, options, the person's own data.

import { lazy, memo, Suspense, useRef } from "react";
import type { DomainViews } from "../../views/domainViews";
import { unusualOptions } from "../router/labLink";
import { useLab, waitingOptions } from "../stores/labStore";
import { openDialog, useLayout } from "../stores/layoutStore";
import { useRuns } from "../stores/runStore";
import { Button } from "../ui/Button";
import { OptionPanel } from "./options/OptionPanel";
import { withTrainedStart } from "./options/trainedStart";
import { PanelSection } from "./PanelSection";
import { PresetList } from "./PresetList";
import { Shown } from "./Shown";
import { newSeed, reset, setOption } from "./workbench";

const DataSetLine = lazy(() => import("../datasets/DataSetLine").then((module) => ({ default: module.DataSetLine })));

export type LeftColumnProps = {
  readonly views: DomainViews | null;
  readonly onPreset: (id: string) => void;
};

/** Everything that decides what the next run is. */
export const LeftColumn = memo(function LeftColumn({ views, onPreset }: LeftColumnProps) {
  const spec = useLab((lab) => lab.spec);
  const preset = useLab((lab) => lab.preset);
  const userData = useLab((lab) => lab.userData);
  if (!spec) return null;
  return (
    <>
      <Shown part="upload">{views?.UserDataDialog ? <OpenPicture name={userData?.name ?? null} /> : null}</Shown>
      <Shown part="presets">
        <PanelSection id="presets" title="Preset">
          <PresetList spec={spec} views={views} chosen={preset} onChoose={onPreset} />
        </PanelSection>
      </Shown>
      <Shown part="options">
        <PanelSection id="options" title="Options">
          <Options />
        </PanelSection>
      </Shown>
      <button type="button" className="text-button teacher-link" onClick={() => openDialog("teacherLink")}>
        Teacher link
      </button>
    </>
  );
});

function Options() {
  const table = useLab((lab) => lab.table);
  const options = useLab((lab) => lab.options);
  const variants = useLab((lab) => lab.variants);
  const spec = useLab((lab) => lab.spec);
  const datasets = spec?.datasets;
  const started = useRuns((runs) => runs.runs[0]?.options);
  const moreOpen = useLayout((layout) => layout.moreOptions);
  const isWide = useLayout((layout) => layout.unusual);
  const algorithms = [String(options["algorithm"]), ...variants.map((variant) => variant.algorithm)];
  return (
    <OptionPanel
      table={withTrainedStart(table, spec, options)}
      options={options}
      algorithms={algorithms}
      waiting={started ? waitingOptions(table, options, started) : []}
      datasets={datasets?.map((dataset) => dataset.name) ?? []}
      dataSetLine={
        spec?.imports ? (
          <Suspense fallback={<div className="data-set-choice" />}>
            <DataSetLine
              domain={spec.id}
              chosen={String(options["dataset"] ?? "")}
              imported={spec.datasets.flatMap(({ name, isImported }) => (isImported ? [name] : []))}
              onUse={(name) => void setOption("dataset", name)}
            />
          </Suspense>
        ) : null
      }
      moreOpen={moreOpen}
      onMore={(open) => useLayout.setState({ moreOptions: open })}
      isWide={isWide || unusualOptions(table, options).length > 0}
      onWide={(wide) => useLayout.setState({ unusual: wide })}
      onChange={(name, value) => void setOption(name, value)}
      onReset={() => void reset()}
      onNewSeed={() => void newSeed()}
    />
  );
}

function OpenPicture({ name }: { readonly name: string | null }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="own-data">
      <Button icon="picture" title="or drop it anywhere on this page" onClick={() => input.current?.click()}>
        Open your picture
      </Button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label="Picture file"
        accept="image/png,image/jpeg,image/webp,image/gif,image/svg+xml,.json,.txt"
        onChange={(event) => {
          const file = event.target.files?.[0] ?? null;
          event.target.value = "";
          if (file) openDialog("userData", file);
        }}
      />
      {name ? <small title={name}>{name}</small> : null}
    </div>
  );
}
