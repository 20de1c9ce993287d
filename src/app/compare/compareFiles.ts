// What leaves the comparison: its link and its archive. The archive's code is fetched when it is asked for.

import { asLabError } from "../../engine/errors";
import { downloadFile } from "../saved/downloadFile";
import { say } from "../stores/noticeStore";
import { useCompare } from "./compareStore";
import { writePlan } from "./plan";

/** Copies the address of exactly this plan and view. */
export async function copyCompareLink(): Promise<void> {
  const { plan, view } = useCompare.getState();
  if (!plan) return;
  const address = new URL(window.location.href);
  address.hash = writePlan(plan, view);
  try {
    await navigator.clipboard.writeText(address.href);
    say("Link copied: the plan, its options and the view are in it; results stay on this device.", true);
  } catch (error) {
    console.info("Clipboard:", error);
    say("The clipboard is closed to this page. The address bar holds the same link.", true);
  }
}

/** Writes one archive with CSV, JSON and the given figures to the person's downloads. */
export async function exportAll(figures: readonly HTMLElement[]): Promise<void> {
  const { spec, plan, runs } = useCompare.getState();
  if (!spec || !plan) return;
  try {
    const { comparisonArchive } = await import("./exportAll");
    const archive = await comparisonArchive(spec, plan, runs, figures);
    downloadFile(archive.name, archive.bytes, "application/zip");
    const out = archive.leftOut;
    const note = out.length > 0 ? ` Without the drawing of ${out.join(", ")}: it shows its table now.` : "";
    say(`${archive.name} written.${note}`, true);
  } catch (thrown) {
    say(`The archive could not be written: ${asLabError(thrown).message}. Try again, or export single figures.`, true);
  }
}
