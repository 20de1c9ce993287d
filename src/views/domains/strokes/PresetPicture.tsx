// The 34 x 34 picture of a preset: one made-up character, drawn as the lab draws them.

import type { ReactNode } from "react";

const glyphs: Readonly<Record<string, readonly string[]>> = {
  live: ["M9 8Q22 6 24 16", "M24 16Q14 18 11 27", "M11 27H26"],
  fast: ["M10 9V26", "M10 17Q18 8 24 16", "M24 16V27"],
  paper: ["M8 10H26", "M17 10V27", "M9 20Q17 27 26 19"],
  alphabets: ["M9 26Q10 9 17 8", "M17 8Q25 9 25 26", "M12 19H23"],
  recovery: ["M9 9L25 25", "M25 9Q18 17 9 25"],
  light: ["M11 8Q26 10 22 18", "M22 18Q18 26 10 25"],
};

/** Picture of a preset; unknown presets show a ring with a tail. */
export function PresetPicture({ presetId }: { readonly presetId: string }): ReactNode {
  const paths = glyphs[presetId] ?? ["M17 8A7 7 0 1 0 17 22A7 7 0 1 0 17 8", "M21 20L26 27"];
  return (
    <svg width={34} height={34} viewBox="0 0 34 34" aria-hidden="true" focusable="false">
      <rect width={34} height={34} fill="var(--data-0)" />
      <g fill="none" stroke="var(--data)" strokeWidth={3} strokeLinecap="round">
        {paths.map((d) => (
          <path key={d} d={d} />
        ))}
      </g>
    </svg>
  );
}
