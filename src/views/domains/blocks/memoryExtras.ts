// What blocks add to the memory table: how many blocks a parse has, how long it has been there, and the two parts of its
// score with their numbers.

import type { MemoryEntry } from "../../../engine/run/records";
import type { DomainViewProps, MemoryExtras } from "../../domainViews";
import type { TipLines } from "../../frame/Tip";
import { countText, fixedText, natsText } from "../../numberText";
import { type BlocksView, blocksView } from "./blocksView";
import { numBlocks } from "./towers";

/** Two columns, and tips with the parts of a score. */
export function memoryExtras(props: DomainViewProps): MemoryExtras | null {
  const view = blocksView(props);
  if (!view) return null;
  const now = view.picture?.step ?? 0;
  return {
    columns: [
      {
        head: "Blocks",
        width: 52,
        help: "Blocks of the parse, hidden ones too.",
        text: (entry) => countText(numBlocks(entry.program)),
      },
      {
        head: "Age",
        width: 48,
        help: "Steps since it entered the memory. No score is stored: each visit estimates it anew from fresh places of its blocks.",
        text: (entry) => (entry.bornAt < 0 || now < entry.bornAt ? "" : countText(now - entry.bornAt)),
      },
    ],
    explain: (entry, part) => (part === "prior" ? priorTip(view, entry) : likelihoodTip(view, entry)),
  };
}

function priorTip({ data }: BlocksView, entry: MemoryEntry): TipLines {
  const blocks = numBlocks(entry.program);
  const cells = data.gridSide ** 2;
  const levels = entry.program.length / cells;
  const [perCell, perBlock] = [Math.log(levels + 1), Math.log(data.numTypes)];
  return {
    symbols: `log p(z) = \u2212${cells} log ${levels + 1} \u2212 n log ${data.numTypes},   n: number of blocks`,
    numbers: `\u2212${cells} \u00d7 ${fixedText(perCell, 2)} \u2212 ${blocks} \u00d7 ${fixedText(perBlock, 2)} = ${natsText(-cells * perCell - blocks * perBlock)} nats`,
    meaning:
      "Every number of blocks and every type is as likely as any other, so each block costs the same: fewer are likelier.",
  };
}

function likelihoodTip({ data }: BlocksView, entry: MemoryEntry): TipLines {
  const values = 3 * data.side ** 2;
  const constant = -values * (Math.log(data.noise) + Math.log(2 * Math.PI) / 2);
  return {
    symbols: "log p(x | z) \u2248 log (1/K) \u03a3 p(a, x | z) / q(a | z, x),   a: places of the blocks, drawn from q",
    numbers: `${natsText(entry.logLikelihood)} nats, an estimate from K draws; a perfect picture has ${natsText(constant)} (${countText(values)} values, noise ${fixedText(data.noise, 2)})`,
    meaning: "How well the picture that the parse draws matches the observed one, value by value.",
  };
}
