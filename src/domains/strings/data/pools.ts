// What a whole data set shares: prefixes, domains, units and file extensions that sheets come back to.

import type { Dice } from "./dice";

export type Pools = {
  readonly prefixes: readonly string[];
  readonly domains: readonly string[];
  readonly units: readonly string[];
  readonly extensions: readonly string[];
};

const KNOWN_PREFIXES =
  "INV SKU ID PO REF DOC LOT REQ TKT CS RX A B C P S T X EX AB ACC BR GR HD LN MX NR PR QA RE".split(" ");
const UNITS =
  "kg g mg lb lbs oz cm mm m km ft in L mL GB MB kB Hz kHz MHz V A W kW kPa bar psi mi mph rpm pcs ms s min h ppm dB".split(
    " ",
  );
const EXTENSIONS = "png jpg gif txt csv pdf doc xls zip gz log dat json xml mp3 wav bmp tif py js c h R mat".split(" ");
const ENDINGS = ["com", "com", "com", "org", "edu", "net", "gov", "co.uk", "de", "io", "fr", "ca"] as const;
const CONSONANTS = "bcdfghjklmnprstvwz";
const VOWELS = "aeiou";

/** A pronounceable word of `syllables` syllables, or an acronym of 2 to 5 letters for 0. */
export function madeUpWord(dice: Dice, syllables: number): string {
  if (syllables === 0) return dice.lower(dice.between(2, 5));
  let word = "";
  for (let i = 0; i < syllables; i++) word += dice.from(CONSONANTS) + dice.from(VOWELS);
  return dice.chance(40) ? word + dice.from("nrstlm") : word;
}

/** One or more letters in front of an id, upper case. */
export function newPrefix(dice: Dice): string {
  return dice.upper(dice.weighted([0, 35, 30, 25, 10]));
}

/** "sfusd.edu". */
export function newDomain(dice: Dice): string {
  return `${madeUpWord(dice, dice.weighted([40, 15, 45]))}.${dice.pick(ENDINGS)}`;
}

function distinct(count: number, draw: () => string): string[] {
  const values = new Set<string>();
  while (values.size < count) values.add(draw());
  return [...values];
}

/** The pools of a data set: 60 prefixes, 25 domains, 20 units, 12 extensions. */
export function makePools(dice: Dice): Pools {
  return {
    prefixes: distinct(60, () => (dice.chance(50) ? dice.pick(KNOWN_PREFIXES) : newPrefix(dice))),
    domains: distinct(25, () => newDomain(dice)),
    units: dice.shuffle([...UNITS]).slice(0, 20),
    extensions: dice.shuffle([...EXTENSIONS]).slice(0, 12),
  };
}

/** A value of the pool with probability 0.6 (weight 1 / rank), else what `fresh` draws. */
export function reuse(dice: Dice, pool: readonly string[], fresh: (dice: Dice) => string): string {
  return dice.chance(60) ? dice.ranked(pool) : fresh(dice);
}

export function newUnit(dice: Dice): string {
  return dice.pick(UNITS);
}

export function newExtension(dice: Dice): string {
  return dice.pick(EXTENSIONS);
}
