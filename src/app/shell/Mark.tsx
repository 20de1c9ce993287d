// The lab's mark: a circle, awake above, asleep below.

/** 18 px, in the colour of the text; decoration beside the name. */
export function Mark() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" focusable="false">
      <circle cx="9" cy="9" r="7.4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M1.6 9h14.8a7.4 7.4 0 0 1-14.8 0z" fill="currentColor" />
    </svg>
  );
}
