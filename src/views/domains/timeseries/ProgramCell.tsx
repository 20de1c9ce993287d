// A kernel expression in a row: one line of code, with the kernels that the best expression has not underlined.

import { memo, type ReactNode } from "react";
import type { ProgramCellProps } from "../../domainViews";
import { KernelLine } from "./KernelLine";

/** The printed expression, periodic kernels with their number below the line. */
export const ProgramCell = memo(
  function ProgramCell({ spec, options, program, best }: ProgramCellProps): ReactNode {
    const against = best ? spec.program.print(best, options) : null;
    return <KernelLine printed={spec.program.print(program, options)} parameters={null} against={against} />;
  },
  (a, b) => a.program.join() === b.program.join() && a.best?.join() === b.best?.join(),
);
