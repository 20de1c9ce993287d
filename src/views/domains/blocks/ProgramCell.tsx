// A parse in a row of the memory: its text, with the colours that the types have in the run on show; cells that the best
// parse has otherwise stand on a tint.

import { memo, type ReactNode, useContext } from "react";
import { DomainPictureContext } from "../../domainPicture";
import type { ProgramCellProps } from "../../domainViews";
import { pictureOf, toolsOf } from "./blocksView";
import { ProgramText } from "./ProgramText";

/** The printed parse. */
export const ProgramCell = memo(
  function ProgramCell({ spec, options, program, best }: ProgramCellProps): ReactNode {
    const picture = pictureOf(useContext(DomainPictureContext));
    return (
      <ProgramText
        printed={spec.program.print(program, options)}
        colors={picture?.types.colors ?? null}
        typeAt={toolsOf(spec).typeName}
        against={best ? spec.program.print(best, options) : null}
      />
    );
  },
  (a, b) => a.program.join() === b.program.join() && a.best?.join() === b.best?.join(),
);
