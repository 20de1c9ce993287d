// The input, what the program writes under the transform that fits it best, and where the two differ.

import type { ReactNode } from "react";
import type { ResultProps } from "../../../try/tryOwn";

export function StrokesComparison(_props: ResultProps): ReactNode {
  return null;
}
