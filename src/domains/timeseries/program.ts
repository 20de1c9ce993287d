// Kernel expressions as packed integers. Source: HMWS specification, section 6.

/** T: most symbols of an expression, and L of a packed program. */
export const MOST_SYMBOLS = 10;
/** Most base kernels of a well-formed expression of T symbols, and most operations of its postfix form. */
export const MOST_ATOMS = 5;
export const MOST_OPS = 9;
/** Parameter slots per base kernel; an atom uses one to three of them (parameters.ts). */
export const NUM_SLOTS = 16;
/** C: numbers of a program's continuous part, [MOST_ATOMS, NUM_SLOTS] raw parameters. Unused slots are 0. */
export const CONTINUOUS_LENGTH = MOST_ATOMS * NUM_SLOTS;

/** Symbols in the order of the vocabulary: W white noise, R squared exponential, 1 to 4 periodic, C constant. */
export const SYMBOLS = ["W", "R", "1", "2", "3", "4", "C", "*", "+", "(", ")"] as const;
/** What fills a packed program after its last symbol. Symbols are 0 to 10. */
export const END = 11;

/** Points of a series and their distance: x runs from -2 to 2. */
export const NUM_POINTS = 128;
export const SPACING = 4 / 127;

/** Symbols 0 to 6 are base kernels; the others have names. */
export const SYMBOL = {
  whiteNoise: 0,
  smooth: 1,
  periodic: 2,
  constant: 6,
  times: 7,
  plus: 8,
  open: 9,
  close: 10,
} as const;

/** True for a base kernel. */
export const isAtom = (symbol: number): boolean => symbol <= SYMBOL.constant;

/** A packed program of the given symbols. At most MOST_SYMBOLS. */
export function packProgram(symbols: ArrayLike<number>): Int32Array {
  const program = new Int32Array(MOST_SYMBOLS).fill(END);
  program.set(Array.from(symbols));
  return program;
}

/** Symbols of the packed program that starts at `from`. */
export function lengthOf(program: ArrayLike<number>, from = 0): number {
  let length = 0;
  while (length < MOST_SYMBOLS && program[from + length]! < END) length++;
  return length;
}

/** The symbols of a packed program, without what fills it. */
export const symbolsOf = (program: ArrayLike<number>, from = 0): number[] =>
  Array.from({ length: lengthOf(program, from) }, (_, i) => program[from + i]!);
