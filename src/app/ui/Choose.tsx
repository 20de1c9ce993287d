// One of several: segments for up to three short words, a select otherwise. Both are Radix, both are one tab stop.

import { Select, ToggleGroup } from "radix-ui";
import { Icon } from "./Icon";

export type ChooseProps = {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly describedBy?: string;
};

/** Segments: all choices visible. */
export function Segments({ label, value, choices, onChange, describedBy }: ChooseProps) {
  return (
    <ToggleGroup.Root
      type="single"
      className="segments"
      aria-label={label}
      aria-describedby={describedBy}
      value={value}
      onValueChange={(next) => (next ? onChange(next) : undefined)}
    >
      {choices.map((choice) => (
        <ToggleGroup.Item key={choice.value} value={choice.value}>
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** A select: the chosen word and a chevron. */
export function Dropdown({ label, value, choices, onChange, describedBy }: ChooseProps) {
  return (
    <Select.Root value={value} onValueChange={onChange}>
      <Select.Trigger className="select-trigger" aria-label={label} aria-describedby={describedBy}>
        <Select.Value />
        <Icon name="down" size={12} />
      </Select.Trigger>
      <Select.Portal>
        <Select.Content className="menu" position="popper" sideOffset={4} align="end">
          <Select.Viewport>
            {choices.map((choice) => (
              <Select.Item className="menu-item" key={choice.value} value={choice.value}>
                <Select.ItemText>{choice.label}</Select.ItemText>
                <Select.ItemIndicator className="tick">
                  <Icon name="check" size={14} />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}
