// How the workbench is laid out: closed panels, the axis of the curves, what is open on top.

import { create } from "zustand";
import type { AxisName, ExtraPanelId, HideablePart, PanelId } from "../router/labLink";

export type OpenDialog = "keys" | "export" | "addRun" | "userData" | "options" | "teacherLink" | null;

type Layout = {
  readonly closed: readonly PanelId[];
  /** Extra panels that are open. */
  readonly opened: readonly ExtraPanelId[];
  readonly axis: AxisName;
  /** Left out by a teacher's link, and its note. */
  readonly hidden: readonly HideablePart[];
  readonly note: string;
  readonly showTicks: boolean;
  readonly smoothing: number;
  readonly moreOptions: boolean;
  /** Values outside the usual ranges may be typed. */
  readonly unusual: boolean;
  readonly dialog: OpenDialog;
  /** A file that was dropped or chosen, on its way into the upload dialog. */
  readonly file: File | null;
};

export const useLayout = create<Layout>()(() => ({
  closed: [],
  opened: [],
  axis: "step",
  hidden: [],
  note: "",
  showTicks: true,
  smoothing: 0,
  moreOptions: false,
  unusual: false,
  dialog: null,
  file: null,
}));

export function togglePanel(panel: PanelId): void {
  const { closed } = useLayout.getState();
  const next = closed.includes(panel) ? closed.filter((name) => name !== panel) : [...closed, panel];
  useLayout.setState({ closed: next });
}

export function toggleExtraPanel(panel: ExtraPanelId): void {
  const { opened } = useLayout.getState();
  const next = opened.includes(panel) ? opened.filter((name) => name !== panel) : [...opened, panel];
  useLayout.setState({ opened: next });
}

export function setAxis(axis: AxisName): void {
  useLayout.setState({ axis });
}

/** True while a teacher's link leaves this part of the workbench out. */
export function useHidden(part: HideablePart): boolean {
  return useLayout((layout) => layout.hidden.includes(part));
}

export function openDialog(dialog: OpenDialog, file: File | null = null): void {
  useLayout.setState({ dialog, file });
}
