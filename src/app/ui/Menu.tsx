// Menus and one-of-several menus on Radix: keyboard, focus and names come with it.

import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "./Icon";

/** A menu under its trigger (an element that takes a ref and button props). */
export function Menu({ trigger, children, label }: { trigger: ReactNode; children: ReactNode; label?: string }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" sideOffset={4} align="start" collisionPadding={8} aria-label={label}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

type ItemProps = { readonly children: ReactNode; readonly onSelect: () => void; readonly disabled?: boolean };

/** An item that does something. */
export function MenuItem({ children, onSelect, disabled }: ItemProps) {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={onSelect} disabled={disabled ?? false}>
      {children}
    </DropdownMenu.Item>
  );
}

/** An item that is a link inside the app. */
export function MenuLink({ href, children, current }: { href: string; children: ReactNode; current?: boolean }) {
  return (
    <DropdownMenu.Item className="menu-item" asChild>
      <a href={href} aria-current={current ? "page" : undefined}>
        {children}
      </a>
    </DropdownMenu.Item>
  );
}

type RadioProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
};

/** A group of which exactly one is chosen. */
export function MenuChoice<T extends string>({ label, value, choices, onChange }: RadioProps<T>) {
  const choose = (text: string) => {
    const chosen = choices.find((choice) => choice.value === text);
    if (chosen) onChange(chosen.value);
  };
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={choose}>
      <DropdownMenu.Label className="menu-label">{label}</DropdownMenu.Label>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem className="menu-item" key={choice.value} value={choice.value}>
          {choice.label}
          <DropdownMenu.ItemIndicator className="tick">
            <Icon name="check" size={14} />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
