// A dialog in the middle and a drawer at the side, on Radix: focus is kept inside and given back afterwards.

import { Dialog } from "radix-ui";
import type { ReactNode } from "react";

type ModalProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
};

/** 480 px wide, title first, buttons by the caller in a `dialog-buttons` row. */
export function Modal({ open, onClose, title, text, children }: ModalProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog" {...(text ? {} : { "aria-describedby": undefined })}>
          <Dialog.Title asChild>
            <h2>{title}</h2>
          </Dialog.Title>
          {text ? <Dialog.Description>{text}</Dialog.Description> : null}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A panel from the left edge, for narrow windows. */
export function Drawer({ open, onClose, title, children }: Omit<ModalProps, "text">) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="drawer" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">{title}</Dialog.Title>
          {children}
          <div className="dialog-buttons">
            <Dialog.Close className="button">Close</Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
