// The 34 x 34 picture of a preset: a curve of the kind that it learns from.

import type { ReactNode } from "react";

const curves: Readonly<Record<string, readonly string[]>> = {
  live: ["M4 21C8 12 11 26 15 17S22 8 25 15S29 20 30 13"],
  paper: ["M4 17L6 10L8 23L10 10L12 23L14 10L16 23L18 10L20 23L22 10L24 23L26 10L28 23L30 14"],
  compositional: ["M4 24L6 19L8 26L10 20L12 24L14 16L16 21L18 13L20 18L22 9L24 16L26 8L28 14L30 7"],
  light: ["M4 22C10 6 15 8 19 18S27 24 30 13"],
  wide: ["M4 20C9 4 12 4 16 18S24 32 30 12"],
};

/** Picture of a preset; unknown presets show a noisy trend. */
export function PresetPicture({ presetId }: { readonly presetId: string }): ReactNode {
  const paths = curves[presetId] ?? ["M4 25L7 22L10 24L13 18L16 20L19 14L22 17L25 10L28 12L30 8"];
  return (
    <svg width={34} height={34} viewBox="0 0 34 34" aria-hidden="true" focusable="false">
      <rect width={34} height={34} fill="var(--data-0)" />
      <g fill="none" stroke="var(--data)" strokeWidth={1.8} strokeLinecap="round" strokeLinejoin="round">
        {paths.map((d) => (
          <path key={d} d={d} />
        ))}
      </g>
    </svg>
  );
}
