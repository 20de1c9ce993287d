// A rule in words: how many neighbourhoods turn dark, whether it is symmetric, its number, and names that are certain.

import type { Neighbours } from "./grid";
import { numBits } from "./grid";
import { bitsOfRule, darkOutputs, invertRule, mirrorRule, ruleBit, ruleNumber } from "./program";

/** Facts about single rules of three neighbours (Wolfram 2002; Cook 2004 for 110). "above" is his left cell. */
const KNOWN: Readonly<Record<number, string>> = {
  0: "Every cell turns light at once.",
  30: "Rule 30 looks random from a single dark cell; Wolfram used it as a source of random bits.",
  51: "Each cell turns into its opposite.",
  90: "Rule 90: each cell is the exclusive or of the cells above and below it; one dark cell grows Sierpinski's triangle.",
  105: "Rule 105: a cell turns dark if an even number of its three cells is dark.",
  110: "Rule 110 can compute anything that a computer can (Cook 2004).",
  150: "Rule 150: a cell turns dark if an odd number of its three cells is dark.",
  170: "The picture moves up by one cell in every column.",
  184: "Rule 184 is the simplest model of traffic: dark cells move down by one cell when the cell ahead is light.",
  204: "Nothing changes: each cell keeps its colour.",
  232: "Each cell takes the colour of the majority of its three cells.",
  240: "The picture moves down by one cell in every column.",
  255: "Every cell turns dark at once.",
};

/**
 * Sentences for people about a rule.
 *
 * @returns two to five short sentences, the most telling first
 */
export function explainRule(rule: number, neighbours: Neighbours): string[] {
  const bits = numBits(neighbours);
  const dark = darkOutputs(neighbours === 5 ? rule : rule & 255);
  const sentences = [
    `${dark} of the ${bits} neighbourhoods turn a cell dark (${Math.round((100 * dark) / bits)} %).`,
    neighbours === 3
      ? `Wolfram's number is ${ruleNumber(rule)}; his left cell is our upper one.`
      : `Its number is ${ruleNumber(rule)}, of 4 294 967 296.`,
  ];
  sentences.push(
    mirrorRule(rule, neighbours) === (rule | 0)
      ? "It is symmetric: it treats the cells above and below alike."
      : "It is not symmetric: it tells the cells above from those below.",
  );
  if (invertRule(rule, neighbours) === (rule | 0)) sentences.push("Exchanging dark and light changes nothing.");
  const known = neighbours === 3 ? KNOWN[ruleNumber(rule)] : ignoredCells(rule, neighbours);
  if (known) sentences.push(known);
  return sentences;
}

/** A sentence on the cells that make no difference, or "". */
function ignoredCells(rule: number, neighbours: Neighbours): string {
  let ignored = 0;
  for (let b = 0; b < neighbours; b++) {
    let matters = false;
    for (let i = 0; i < numBits(neighbours) && !matters; i++) {
      matters = ruleBit(rule, i) !== ruleBit(rule, i ^ (1 << b));
    }
    if (!matters) ignored++;
  }
  if (ignored === 0) return "";
  return `${ignored} of its ${neighbours} cells ${ignored === 1 ? "makes" : "make"} no difference.`;
}

/** The outputs in Wolfram's order, highest neighbourhood first: "01101110". */
export function wolframBits(rule: number, neighbours: Neighbours): string {
  return [...bitsOfRule(rule, neighbours)].reverse().join("");
}
