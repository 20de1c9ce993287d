// The lane's side: keeps the strings it was sent and answers batches one after the other.

import type { EncodedStrings } from "../evaluator";
import { createEvaluator } from "./createEvaluator";
import type { LaneAnswer, LaneRequest } from "./laneMessages";
import { scoreSlice } from "./scoreBatch";

/** A handler of requests; says "ready" at once. */
export function serveLane(
  answer: (answer: LaneAnswer, transfer: ArrayBuffer[]) => void,
): (request: LaneRequest) => void {
  const evaluator = createEvaluator();
  const sets = new Map<number, EncodedStrings>();
  answer({ kind: "ready" }, []);
  return (request) => {
    if (request.kind === "strings") {
      sets.set(request.set, request);
      return;
    }
    const { batch, logits, set } = request;
    const count = batch.from.length;
    const logProb = new Float64Array(count);
    const strings = sets.get(set);
    if (!strings) throw new RangeError(`invalid set of strings: ${set} (expected one that was sent)`);
    evaluator.setLogits(logits);
    scoreSlice(evaluator, strings, batch, { first: 0, last: count }, logProb);
    answer({ kind: "scored", logProb }, [logProb.buffer]);
  };
}
