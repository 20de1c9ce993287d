// What is stored on this device, how much room it takes, and the one place where all of it is erased (UX-129, UX-204).

import { useEffect, useState } from "react";
import { countText } from "../../views/numberText";
import { Button } from "../ui/Button";
import { Modal } from "../ui/Modal";
import { useSaved } from "./savedRuns";
import { sizeText } from "./savedText";
import { eraseEverything, type StorageReport, storageReport } from "./storedThings";

export function StoragePanel({ onErased }: { readonly onErased: () => void }) {
  const runs = useSaved((saved) => saved.runs);
  const [report, setReport] = useState<StorageReport | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isErased, setErased] = useState(false);
  // Read again whenever the list has changed.
  useEffect(() => {
    if (runs) void storageReport().then(setReport);
  }, [runs]);
  const erase = async () => {
    await eraseEverything();
    setAsking(false);
    setErased(true);
    onErased();
    setReport(await storageReport());
  };
  return (
    <section className="storage-panel" aria-labelledby="storage-title">
      <h2 id="storage-title">Stored on this device</h2>
      {report ? <Stored report={report} bytes={(runs ?? []).reduce((sum, run) => sum + run.bytes, 0)} /> : null}
      <p className="note">Nothing of it is sent anywhere. There are no cookies and no counters.</p>
      <Button onClick={() => setAsking(true)}>Erase everything saved on this device</Button>
      <p role="status" className="erased-line">
        {isErased ? "Everything is erased: this page keeps nothing on this device now." : ""}
      </p>
      <Modal
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Erase everything?"
        text={`This deletes ${runsText(runs?.length ?? 0)}, comparisons, progress in lessons, settings and the copy for offline use from this browser. It cannot be undone.`}
      >
        <div className="dialog-buttons">
          <Button kind="quiet" onClick={() => setAsking(false)}>
            Cancel
          </Button>
          <Button kind="primary" onClick={() => void erase()}>
            Erase everything
          </Button>
        </div>
      </Modal>
    </section>
  );
}

function Stored({ report, bytes }: { readonly report: StorageReport; readonly bytes: number }) {
  const numRuns = useSaved((saved) => saved.runs?.length ?? 0);
  const { usage, quota, databases, numSettings, numCaches } = report;
  const others = databases.filter((name) => name !== "wake-sleep-lab").length;
  const rows: readonly (readonly [string, string])[] = [
    ["Saved runs", `${countText(numRuns)}, ${sizeText(bytes)}`],
    ["Comparisons", others > 0 ? "kept" : "none"],
    ["Settings and progress in lessons", countText(numSettings)],
    ["Copy of the lab for offline use", numCaches > 0 ? "kept" : "none"],
    ["In all, as this browser counts", usage === null ? "not known" : sizeText(usage)],
    ["Room that this browser allows", quota === null ? "not known" : sizeText(quota)],
  ];
  return (
    <table className="storage-table">
      <tbody>
        {rows.map(([what, value]) => (
          <tr key={what}>
            <th scope="row" className="storage-name">
              {what}
            </th>
            <td className="storage-value">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function runsText(count: number): string {
  if (count === 0) return "saved runs";
  return count === 1 ? "1 saved run" : `${countText(count)} saved runs`;
}
