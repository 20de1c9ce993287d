// A dialog in the middle and a drawer at the side, on Radix: focus is kept inside and given back afterwards.

import { Dialog } from "radix-ui";
import { type ReactNode, useRef } from "react";

type ModalProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
};

/** 480 px wide, title first, buttons by the caller in a `dialog-buttons` row. */
export function Modal({ open, onClose, title, text, children }: ModalProps) {
  const focus = useFocusReturn();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog" {...focus} {...(text ? {} : { "aria-describedby": undefined })}>
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
  const focus = useFocusReturn();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="drawer" {...focus} aria-describedby={undefined}>
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

/** Dialogs here open from keys and menus, not from a Radix trigger: the focus goes back to where it was. */
function useFocusReturn() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}
