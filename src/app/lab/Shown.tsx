// A part of the workbench that a teacher's link may leave out: then it is not rendered, so nothing in it takes the focus.

import type { ReactNode } from "react";
import type { HideablePart } from "../router/labLink";
import { useHidden } from "../stores/layoutStore";

export type ShownProps = { readonly part: HideablePart; readonly children: ReactNode };

/** The children, unless the link that was opened hides the part. */
export function Shown({ part, children }: ShownProps) {
  return useHidden(part) ? null : children;
}
