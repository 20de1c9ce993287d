// The alphabet, its leaf sets and classes, and the token ids of programs. Source: strings specification, section 1.

/** Sigma in the order of symbol ids 0 to 95: U+0020 to U+007E in code order, then TAB. Literal tokens have the same ids. */
export const SIGMA: readonly string[] = [...Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)), "\t"];

/** Symbol id of everything outside Sigma: probability 0 under every class. */
export const OUTSIDE = 96;
/** Input symbol of the recognition model that ends a text. */
export const END_OF_TEXT = 97;
/** Input symbols of the recognition model: Sigma, outside, end of text. */
export const NUM_SYMBOLS = 98;

export const CLASS_NAMES = ["dot", "w", "d", "u", "l", "s"] as const;
export type ClassName = (typeof CLASS_NAMES)[number];

export const LEAF_NAMES = ["d", "u", "l", "s", "p"] as const;
export type LeafName = (typeof LEAF_NAMES)[number];

/** First class token; class tokens 96 to 101 stand in the order of CLASS_NAMES. */
export const FIRST_CLASS = 96;
export const STAR = 102;
export const PLUS = 103;
export const OPTIONAL = 104;
export const OR = 105;
export const OPEN = 106;
export const CLOSE = 107;
export const END = 108;
/** Output tokens, the end included. The start is input 109. */
export const NUM_TOKENS = 109;

/** Lmax: most tokens of a program that a network writes, the end included. */
export const MAX_TOKENS = 30;
/** Dmax: deepest brackets that a network writes. */
export const MAX_DEPTH = 3;
/** Longest string of a concept, in code points. */
export const MAX_STRING = 24;

/** Symbol id of a code point, OUTSIDE for those that are not in Sigma. */
export function symbolOf(codePoint: number): number {
  if (codePoint >= 0x20 && codePoint <= 0x7e) return codePoint - 0x20;
  return codePoint === 9 ? 95 : OUTSIDE;
}

const PUNCTUATION = /[!-/:-@[-`{-~]/;

/** The leaf set of a symbol of Sigma. */
export function leafOf(symbol: number): LeafName {
  const character = SIGMA[symbol] ?? "";
  if (/[0-9]/.test(character)) return "d";
  if (/[A-Z]/.test(character)) return "u";
  if (/[a-z]/.test(character)) return "l";
  return PUNCTUATION.test(character) ? "p" : "s";
}

/** Symbol ids of a leaf in the order of its table: code order, but space before TAB. */
export function membersOf(leaf: LeafName): readonly number[] {
  return SIGMA.map((_, symbol) => symbol).filter((symbol) => leafOf(symbol) === leaf);
}
