// Which block types are dead. Sizes stay between 0.2 and 1 and blocks on their cells, so that every type can be seen in
// most cells, whatever was learned: to be dead is to be hardly used by the best parses (measures.ts, typeUsage).

/** Share of all blocks below which a type counts as dead. */
export const LEAST_SHARE = 0.02;

/** False for a dead type. */
export const isUsed = (share: number): boolean => share >= LEAST_SHARE;
