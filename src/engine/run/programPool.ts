// The programs found for one observation: distinct, bounded in number, the best ones first when asked.

import { softmaxOverParticles } from "../dists/logs";
import type { ScoredProgram } from "../localSearch";

/** Where a program came from first; "variation": a small change of another program, or read off the observation. */
export type Origin = "recognition" | "prior" | "variation";

export type Found = ScoredProgram & {
  /** How often it was drawn. */
  readonly samples: number;
  readonly origin: Origin;
};

/** Distinct programs remembered between rounds. */
const MOST_REMEMBERED = 4000;

const jointOf = (found: Found): number => found.logPrior + found.logLikelihood;

export class ProgramPool {
  /** Programs drawn, duplicates included. */
  draws = 0;
  private readonly found = new Map<string, Found>();
  private forgotten = 0;

  /** Different programs that explain the observation at all. */
  get different(): number {
    return this.found.size + this.forgotten;
  }

  /** Takes a program up if it can produce the observation; one more sample of it if it is known. */
  add(candidate: ScoredProgram, origin: Origin): void {
    this.draws++;
    // -Infinity and NaN explain nothing.
    if (!(candidate.logPrior + candidate.logLikelihood > -Infinity)) return;
    const key = candidate.program.join(",");
    const known = this.found.get(key);
    this.found.set(key, known ? { ...known, samples: known.samples + 1 } : { ...candidate, samples: 1, origin });
  }

  /** The program with its scores, if it is known. */
  known(program: Int32Array): ScoredProgram | undefined {
    return this.found.get(program.join(","));
  }

  /** The `count` best, best first; one pass, since it is asked for in every round. */
  leaders(count: number): Found[] {
    const best: Found[] = [];
    for (const found of this.found.values()) {
      const joint = jointOf(found);
      if (best.length === count && joint <= jointOf(best[count - 1]!)) continue;
      let place = best.length;
      while (place > 0 && jointOf(best[place - 1]!) < joint) place--;
      best.splice(place, 0, found);
      if (best.length > count) best.pop();
    }
    return best;
  }

  /** The `count` best with their joint and its softmax over them. */
  best(count: number): (Found & { readonly logJoint: number; readonly weight: number })[] {
    const best = this.leaders(count);
    const logJoint = Float64Array.from(best, jointOf);
    const weight = softmaxOverParticles(logJoint, best.length, 1);
    return best.map((found, i) => ({ ...found, logJoint: logJoint[i]!, weight: weight[i]! }));
  }

  /** Forgets the worst half when there are too many. */
  trim(): void {
    if (this.found.size <= MOST_REMEMBERED) return;
    const ranked = [...this.found].sort(([, first], [, second]) => jointOf(second) - jointOf(first));
    const kept = ranked.slice(0, MOST_REMEMBERED / 2);
    this.forgotten += ranked.length - kept.length;
    this.found.clear();
    for (const [key, found] of kept) this.found.set(key, found);
  }
}
