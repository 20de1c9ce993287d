// Every saved run in one archive: the way out when a screen cannot be drawn.

import { zipSync } from "fflate";
import { downloadFile } from "./downloadFile";
import { runFileOf } from "./runFiles";
import { listSavedRuns, readSavedRun } from "./savedRuns";
import { writesDone } from "./saver";

/** Downloads a zip of run files and returns a sentence about it. */
export async function downloadAllRuns(): Promise<string> {
  await writesDone();
  const files: Record<string, Uint8Array> = {};
  const runs = await listSavedRuns();
  for (const { id } of runs) {
    const saved = await readSavedRun(id);
    if (!saved) continue;
    const { name, bytes } = runFileOf(saved);
    files[freeName(name, files)] = bytes;
  }
  const count = Object.keys(files).length;
  if (count === 0) return "No run is saved on this device.";
  // Checkpoints are mostly random digits: packing them smaller would only take time.
  downloadFile("wake-sleep-lab-runs.zip", zipSync(files, { level: 0 }), "application/zip");
  return `${count === 1 ? "1 run is" : `${count} runs are`} in wake-sleep-lab-runs.zip. Open them under Runs.`;
}

function freeName(name: string, taken: Readonly<Record<string, unknown>>): string {
  let free = name;
  for (let number = 2; free in taken; number += 1) free = name.replace(/(\.\w+)$/, `-${number}$1`);
  return free;
}
