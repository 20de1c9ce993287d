// Tooltip on hover and focus after 140 ms. What it says must also be reachable without it (name or description).

import { Tooltip } from "radix-ui";
import type { ReactNode } from "react";

/** Once, around the app. */
export function TipProvider({ children }: { readonly children: ReactNode }) {
  return <Tooltip.Provider delayDuration={140}>{children}</Tooltip.Provider>;
}

/** `children` is one element that takes a ref. */
export function Tip({ text, children }: { readonly text: ReactNode; readonly children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tooltip" sideOffset={6} collisionPadding={8}>
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
