// The program as a tree for people: every part knows where it stands in the printed text and which atoms it holds, so
// that a view can highlight it and match it against the characters of a string.

import { literalOf, tokenStarts } from "./print";
import { nodesOf } from "./program";
import { ALT, ATOM, CAT, type NodeTable, OPT_NODE, STAR_NODE } from "./syntax";
import { CLASS_NAMES, type ClassName, FIRST_CLASS } from "./tokens";

type Place = {
  /** In the printed text, in code points, brackets included: from to to - 1. */
  readonly span: { readonly from: number; readonly to: number };
  /** Atoms, numbered 0-based from left to right: from to to - 1. */
  readonly atoms: { readonly from: number; readonly to: number };
  /** Whether brackets stand around it. */
  readonly bracketed: boolean;
};

export type SyntaxTree = Place &
  (
    | { readonly kind: "literal"; readonly character: string }
    | { readonly kind: "class"; readonly name: ClassName }
    | { readonly kind: "sequence"; readonly parts: readonly SyntaxTree[] }
    | { readonly kind: "choice"; readonly left: SyntaxTree; readonly right: SyntaxTree }
    | { readonly kind: "optional" | "star" | "plus"; readonly part: SyntaxTree }
  );

/** The tree of a program. @throws RangeError for tokens that are no program. */
export function syntaxTree(program: ArrayLike<number>): SyntaxTree {
  const nodes = nodesOf(program);
  const starts = tokenStarts(program);
  const trees: SyntaxTree[] = [];
  for (let node = 0; node < nodes.count; node++) trees.push(treeOf(program, nodes, node, starts, trees));
  return trees[nodes.count - 1]!;
}

function treeOf(
  program: ArrayLike<number>,
  nodes: NodeTable,
  node: number,
  starts: Int32Array,
  trees: readonly SyntaxTree[],
): SyntaxTree {
  const place = {
    span: { from: starts[nodes.tokenFrom[node]!]!, to: starts[nodes.tokenTo[node]!]! },
    atoms: { from: nodes.atomFrom[node]!, to: nodes.atomTo[node]! },
    bracketed: nodes.bracketed[node] === 1,
  };
  const op = nodes.op[node]!;
  if (op === ATOM) {
    const token = program[nodes.left[node]!]!;
    const codePoint = literalOf(token);
    if (codePoint !== undefined) return { ...place, kind: "literal", character: String.fromCodePoint(codePoint) };
    return { ...place, kind: "class", name: CLASS_NAMES[token - FIRST_CLASS]! };
  }
  const left = trees[nodes.left[node]!]!;
  if (op === CAT || op === ALT) {
    const right = trees[nodes.right[node]!]!;
    if (op === ALT) return { ...place, kind: "choice", left, right };
    return { ...place, kind: "sequence", parts: [...partsOf(left), right] };
  }
  return { ...place, kind: op === OPT_NODE ? "optional" : op === STAR_NODE ? "star" : "plus", part: left };
}

/** A chain of pairs is one sequence, unless brackets keep it apart. */
function partsOf(tree: SyntaxTree): readonly SyntaxTree[] {
  return tree.kind === "sequence" && !tree.bracketed ? tree.parts : [tree];
}

/** Where each atom stands in the printed text, in code points, without brackets. */
export function atomSpans(program: ArrayLike<number>): readonly { readonly from: number; readonly to: number }[] {
  const nodes = nodesOf(program);
  const starts = tokenStarts(program);
  const spans: { from: number; to: number }[] = [];
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.op[node] !== ATOM) continue;
    const token = nodes.left[node]!;
    spans.push({ from: starts[token]!, to: starts[token + 1]! });
  }
  return spans;
}
