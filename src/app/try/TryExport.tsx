// The programs as a file, with the lines that say where they come from.

import { version } from "../../../package.json";
import type { DomainSpec } from "../../engine/domain";
import { changedOptions } from "../../engine/options";
import { type ProgramFormat, programFile } from "../../views/try/exportPrograms";
import { Button } from "../ui/Button";
import { Menu, MenuItem } from "../ui/Menu";
import type { TryAnswer } from "./tryStore";

export type TryExportProps = {
  readonly spec: DomainSpec;
  readonly answer: TryAnswer;
  readonly names: readonly string[];
};

const FORMATS: readonly { readonly format: ProgramFormat; readonly title: string; readonly type: string }[] = [
  { format: "csv", title: "CSV, all programs", type: "text/csv" },
  { format: "json", title: "JSON, all programs", type: "application/json" },
  { format: "txt", title: "Text, with words", type: "text/plain" },
];

export function TryExport({ spec, answer, names }: TryExportProps) {
  const save = (format: ProgramFormat, type: string) => {
    const text = programFile(format, { report: answer.report, names, provenance: provenance(spec, answer) });
    download(`${spec.id}-programs.${format}`, new Blob([text], { type }));
  };
  return (
    <span className="try-actions">
      <Menu
        trigger={
          <Button kind="quiet" icon="down">
            Export
          </Button>
        }
        label="Export the programs"
      >
        {FORMATS.map(({ format, title, type }) => (
          <MenuItem key={format} onSelect={() => save(format, type)}>
            {title}
          </MenuItem>
        ))}
      </Menu>
    </span>
  );
}

function provenance(spec: DomainSpec, { options, report, by }: TryAnswer): readonly string[] {
  const changed = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  const known = Object.keys(changedOptions(spec.options, options)).length > 0 ? changed.join(", ") : "defaults";
  return [
    `Wake-Sleep Lab ${version}, ${spec.title.toLowerCase()}, your own data`,
    `${by}, searched for ${report.seconds.toFixed(1)} s; ${known}`,
  ];
}

function download(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
