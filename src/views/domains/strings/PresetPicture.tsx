// The 34 x 34 picture of a preset: two short strings of the kind that it learns from.

import type { ReactNode } from "react";

const scenes: Readonly<Record<string, readonly [string, string]>> = {};

/** Picture of a preset; unknown presets show a code. */
export function PresetPicture({ presetId }: { readonly presetId: string }): ReactNode {
  const [first, second] = scenes[presetId] ?? ["A-1", "\\u-"];
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
