// The small picture of a ready comparison: falling lines in the colours and dashes of its groups.

import { runStyle } from "../../views/palette";

/** Decoration: the words beside it say what it is. */
export function ReadyPicture({ slots }: { readonly slots: number }) {
  return (
    <svg width={56} height={40} viewBox="0 0 56 40" fill="none" aria-hidden="true" focusable="false">
      <path d="M4 36.5H54" stroke="var(--line-2)" />
      {Array.from({ length: slots }, (_, i) => {
        const style = runStyle(i + 1);
        const low = 32 - (slots - 1 - i) * 2 - i * 9;
        return (
          <path
            key={style.slot}
            d={`M4 5C16 ${low - 2} 22 ${low} 54 ${low}`}
            stroke={style.colour}
            strokeWidth="2.2"
            strokeDasharray={style.dash === "none" ? undefined : style.dash}
          />
        );
      })}
    </svg>
  );
}
