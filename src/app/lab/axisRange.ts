// Ends of axes that are not known beforehand.

/** The smallest of 1, 1.5, 2, 3, 4, 5, 6, 8, 10 times a power of ten that holds `value` with a little room. */
export function niceCeiling(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const needed = value * 1.02;
  const decade = 10 ** Math.floor(Math.log10(needed));
  const mark = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((candidate) => candidate * decade >= needed);
  return (mark ?? 10) * decade;
}
