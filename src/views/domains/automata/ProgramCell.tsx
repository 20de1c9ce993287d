// A rule in a row of the memory table: its strip, with the bits that differ from the best one marked.

import type { ReactNode } from "react";
import type { ProgramCellProps } from "../../domainViews";
import { toolsOf } from "./automataView";
import { RuleStrip } from "./RuleStrip";

/** Strip of neighbourhood icons (k = 3) or of 32 bits (k = 5). */
export function ProgramCell(props: ProgramCellProps): ReactNode {
  const tools = toolsOf(props.spec);
  const k = tools.neighboursOf(props.options);
  const rule = props.program[0] ?? 0;
  return (
    <RuleStrip
      rule={rule}
      neighbours={k}
      name={tools.printRule(rule, k)}
      best={props.best ? (props.best[0] ?? 0) : null}
    />
  );
}
