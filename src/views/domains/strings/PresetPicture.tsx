// The 34 x 34 picture of a preset: two short strings of the kind that it learns from.

import type { ReactNode } from "react";

const scenes: Readonly<Record<string, readonly [string, string]>> = {
  live: ["A-17", "C-03"],
  standard: ["$340", "$52"],
  paper: ["B,J,U", "B,E"],
  light: ["7.5%", "22%"],
};

/** Picture of a preset; unknown presets show a code. */
export function PresetPicture({ presetId }: { readonly presetId: string }): ReactNode {
  const [first, second] = scenes[presetId] ?? ["9:41", "6:05"];
  return (
    <svg width={34} height={34} viewBox="0 0 34 34" aria-hidden="true" focusable="false">
      <rect width={34} height={34} fill="var(--data-0)" />
      <g fontFamily="var(--font-code)" fontSize={10.5} fill="var(--data)">
        <text x={17} y={14} textAnchor="middle">
          {first}
        </text>
        <text x={17} y={27} textAnchor="middle">
          {second}
        </text>
      </g>
    </svg>
  );
}
