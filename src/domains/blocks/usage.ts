// Which block types are dead. Sizes stay between 0.2 and 1 and blocks in their cells, so that no type can leave the
// picture: to be dead is to be hardly used by the best parses (measures.ts, typeUsage).

/** Share of all blocks below which a type counts as dead. */
export const LEAST_SHARE = 0.02;

/** False for a dead type. */
export const isUsed = (share: number): boolean => share >= LEAST_SHARE;
