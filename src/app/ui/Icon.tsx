// The interface's icons: 16 x 16 strokes in the colour of the text, never with a meaning of their own.

const PATHS = {
  reset: "M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "M5 3.2v9.6l7.6-4.8z",
  step: "M4 3.5v9l6.5-4.5zM12.5 3.5v9",
  phase: "M2.5 4v8l5-4zM8 4v8l5-4z",
  slow: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5v3l2 1.5",
  stop: "M4 4h8v8H4z",
  link: "M6.5 9.5l3-3M7 4.5l1.2-1.2a2.7 2.7 0 0 1 3.9 3.9L11 8.4M9 11.5l-1.2 1.2a2.7 2.7 0 0 1-3.9-3.9L5 7.6",
  sun: "M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6M8 1.8v1.6M8 12.6v1.6M1.8 8h1.6M12.6 8h1.6M3.6 3.6l1.1 1.1M11.3 11.3l1.1 1.1M12.4 3.6l-1.1 1.1M4.7 11.3l-1.1 1.1",
  moon: "M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z",
  motion: "M2 5.5h7M4 8h9M2 10.5h7",
  down: "M4.5 6.5L8 10l3.5-3.5",
  check: "M3 8.5l3.2 3L13 4.5",
  warn: "M8 2.2L14.5 13.5h-13zM8 6.5v3.5M8 11.6v.6",
  arrow: "M3 8h10M9.5 4.5L13 8l-3.5 3.5",
  back: "M13 8H3M6.5 4.5L3 8l3.5 3.5",
  screen: "M2 3h12v8H2zM6 13.5h4",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  options: "M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6M8.5 3.4h3.4v3.2H8.5zM4 9.4h3.4v3.2H4z",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  plus: "M8 3v10M3 8h10",
  minus: "M3.5 8h9",
  close: "M4 4l8 8M12 4l-8 8",
  undo: "M3 6h6.5a3.5 3.5 0 0 1 0 7H6M5.5 3.5L3 6l2.5 2.5",
  eye: "M1.8 8S4 4 8 4s6.2 4 6.2 4S12 12 8 12 1.8 8 1.8 8zM8 6.4a1.6 1.6 0 1 0 0 3.2a1.6 1.6 0 1 0 0-3.2",
  eyeOff: "M1.8 8S4 4 8 4s6.2 4 6.2 4S12 12 8 12 1.8 8 1.8 8zM3 13L13 3",
  picture: "M2.5 3h11v10h-11zM2.5 11l3.2-3.4 2.6 2.6 2-1.8 3.2 3M10.5 6h.01",
} as const;

export type IconName = keyof typeof PATHS;

const FILLED: readonly IconName[] = ["play"];
const HEAVY: readonly IconName[] = ["pause", "more"];

/** Decorative: the control around it carries the name. `size` in pixels, default 16. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill={FILLED.includes(name) ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={HEAVY.includes(name) ? 2.2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
