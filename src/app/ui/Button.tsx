// Buttons. A button that cannot act now stays focusable, is marked aria-disabled and says why in its description.

import { type ButtonHTMLAttributes, type ReactNode, type Ref, useId } from "react";
import { Icon, type IconName } from "./Icon";

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled" | "type"> & {
  readonly icon?: IconName;
  readonly kind?: "primary" | "plain" | "quiet";
  readonly large?: boolean;
  /** A sentence: the button is inert and this is its description. */
  readonly disabledReason?: string | null;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** The one button of the interface; `kind` defaults to "plain". */
export function Button({
  icon,
  kind = "plain",
  large,
  disabledReason,
  children,
  onClick,
  className,
  ...rest
}: ButtonProps) {
  const id = useId();
  const inert = disabledReason !== undefined && disabledReason !== null;
  const classes = ["button", kind === "plain" ? "" : kind, large ? "large" : "", className ?? ""].filter(Boolean);
  return (
    <>
      <button
        type="button"
        {...rest}
        className={classes.join(" ")}
        onClick={inert ? undefined : onClick}
        {...(inert ? { "aria-disabled": true, "aria-describedby": id, title: disabledReason } : {})}
      >
        {icon ? <Icon name={icon} /> : null}
        {children}
      </button>
      {inert ? (
        <span id={id} className="visually-hidden">
          {disabledReason}
        </span>
      ) : null}
    </>
  );
}

export type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type"> & {
  readonly icon: IconName;
  readonly label: string;
  readonly small?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** A button that shows only an icon; `label` is its name. */
export function IconButton({ icon, label, small, className, ...rest }: IconButtonProps) {
  const classes = ["icon-button", small ? "small" : "", className ?? ""].filter(Boolean).join(" ");
  return (
    <button type="button" aria-label={label} {...rest} className={classes}>
      <Icon name={icon} />
    </button>
  );
}
