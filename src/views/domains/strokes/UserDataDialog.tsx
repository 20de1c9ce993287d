// A person's own character in a run: the dialog is fetched when it opens first.

import { lazy, type ReactNode, Suspense } from "react";
import type { UserDataDialogProps } from "../../domainViews";

const OwnCharacter = lazy(() => import("./OwnCharacter").then((module) => ({ default: module.OwnCharacter })));

/** Nothing while it is closed. */
export function UserDataDialog(props: UserDataDialogProps): ReactNode {
  if (!props.open) return null;
  return (
    <Suspense fallback={null}>
      <OwnCharacter {...props} />
    </Suspense>
  );
}
