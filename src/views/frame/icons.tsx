// The line icons of the interface, 16 x 16, drawn in the current text colour. They are decoration: names stand beside
// them or in the button's accessible name.

import type { ReactNode } from "react";

const paths = {
  reset: "M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "M5 3.2v9.6l7.6-4.8z",
  step: "M4 3.5v9l6.5-4.5zM12.5 3.5v9",
  phase: "M2.5 4v8l5-4zM8 4v8l5-4z",
  slow: "M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M8 5v3l2 1.5",
  stop: "M4 4h8v8H4z",
  link: "M6.5 9.5l3-3M7 4.5l1.2-1.2a2.7 2.7 0 0 1 3.9 3.9L11 8.4M9 11.5l-1.2 1.2a2.7 2.7 0 0 1-3.9-3.9L5 7.6",
  compare: "M2.5 12c3-1 3-7 11-8M2.5 9c4 0 5-1 11-1",
  screen: "M2 3h12v8H2zM6 13.5h4",
  sun: "M5 8a3 3 0 1 0 6 0a3 3 0 1 0-6 0M8 1.8v1.6M8 12.6v1.6M1.8 8h1.6M12.6 8h1.6M3.6 3.6l1.1 1.1M11.3 11.3l1.1 1.1M12.4 3.6l-1.1 1.1M4.7 11.3l-1.1 1.1",
  motion: "M2 5.5h7M4 8h9M2 10.5h7",
  down: "M4.5 6.5L8 10l3.5-3.5",
  table: "M2.5 3h11v10h-11zM2.5 6.3h11M6.5 6.3V13",
  picture: "M2.5 3h11v10h-11zM2.5 11l3.5-4 3 3 2-2 2.5 3",
  export: "M8 2.5v7M5 7l3 3 3-3M3 13h10",
  check: "M3 8.5l3.2 3L13 4.5",
  warn: "M8 2.2L14.5 13.5h-13zM8 6.5v3.5M8 11.6v.6",
  star: "M8 2l1.8 4 4.2.4-3.2 2.9 1 4.2L8 11.3l-3.8 2.2 1-4.2L2 6.4 6.2 6z",
  arrow: "M3 8h10M9.5 4.5L13 8l-3.5 3.5",
  left: "M13 8H3M6.5 4.5L3 8l3.5 3.5",
  previous: "M10 3.5L5.5 8l4.5 4.5",
  next: "M6 3.5L10.5 8L6 12.5",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  plus: "M8 3v10M3 8h10",
  close: "M4 4l8 8M12 4l-8 8",
  undo: "M3 6h6.5a3.5 3.5 0 0 1 0 7H6M5.5 3.5L3 6l2.5 2.5",
  rotate: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3",
  eye: "M1.5 8C3.5 4.8 5.6 3.5 8 3.5s4.5 1.3 6.5 4.5C12.5 11.2 10.4 12.5 8 12.5S3.5 11.2 1.5 8zM6 8a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
  eyeOff: "M1.5 8C3.5 4.8 5.6 3.5 8 3.5s4.5 1.3 6.5 4.5C12.5 11.2 10.4 12.5 8 12.5S3.5 11.2 1.5 8zM3 13L13 3",
} as const;

export type IconName = keyof typeof paths;

const filled: ReadonlySet<IconName> = new Set<IconName>(["play"]);

/** One icon; `size` in px, default 16. Hidden from assistive technology. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg
      className="wsl-icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill={filled.has(name) ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={name === "pause" ? 2.2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
