// Which options each step is made with. Live options may change at any time; the change counts from the next step that
// begins, also when steps are repeated after a lost graphics device.

import type { RunOptions } from "./options";

type Change = { readonly from: number; readonly options: RunOptions };

/** The options of a run over its steps, oldest first. People change them, so the list stays short. */
export class OptionLog {
  private changes: readonly Change[];

  constructor(initial: RunOptions) {
    this.changes = [{ from: 0, options: initial }];
  }

  /** What was chosen last. */
  get latest(): RunOptions {
    return this.changes[this.changes.length - 1]!.options;
  }

  /** The options that step `step` is made with. */
  at(step: number): RunOptions {
    return (this.changes.findLast((change) => change.from <= step) ?? this.changes[0]!).options;
  }

  /** From step `from` on, `options` count. */
  change(from: number, options: RunOptions): void {
    this.changes = [...this.changes.filter((change) => change.from < from), { from, options }];
  }

  /** Takes over what another run's steps were made with. */
  follow(other: OptionLog): void {
    this.changes = other.changes;
  }
}
