// Counts in the sentences of readers of people's tables.

/** "12,345", without the locale of the machine. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
