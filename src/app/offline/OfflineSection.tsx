// What works without a connection, and the button that fetches what does not yet.

import { useEffect, useState } from "react";
import { Button } from "../ui/Button";
import { type ExtraFile, keepFiles, missingFiles, sizeText } from "./extraFiles";
import { useOffline } from "./offline";
import "./offline.css";

type Extra =
  | { readonly kind: "unknown" }
  | { readonly kind: "missing"; readonly files: readonly ExtraFile[] }
  | { readonly kind: "fetching"; readonly files: readonly ExtraFile[]; readonly count: number }
  | { readonly kind: "all" }
  | { readonly kind: "failed"; readonly files: readonly ExtraFile[] };

/** A section of a text page. */
export function OfflineSection() {
  const copy = useOffline((offline) => offline.copy);
  const [extra, setExtra] = useState<Extra>({ kind: "unknown" });
  useEffect(() => {
    if (copy !== "ready") return;
    let isCurrent = true;
    missingFiles().then(
      (files) => isCurrent && setExtra(files.length === 0 ? { kind: "all" } : { kind: "missing", files }),
      (error: unknown) => console.info("Offline files:", error),
    );
    return () => {
      isCurrent = false;
    };
  }, [copy]);
  const keep = async (files: readonly ExtraFile[]) => {
    setExtra({ kind: "fetching", files, count: 0 });
    try {
      await keepFiles(files, (count) => setExtra({ kind: "fetching", files, count }));
      setExtra({ kind: "all" });
    } catch (error) {
      console.info("Offline files:", error);
      setExtra({ kind: "failed", files });
    }
  };
  return (
    <section className="offline" aria-labelledby="offline-title">
      <h2 id="offline-title">Without a connection</h2>
      <p>{COPY_WORDS[copy]}</p>
      {extra.kind === "missing" || extra.kind === "failed" ? (
        <Button onClick={() => void keep(extra.files)}>
          Make everything available offline ({sizeText(extra.files)})
        </Button>
      ) : null}
      <p role="status">{extraWords(extra)}</p>
    </section>
  );
}

const COPY_WORDS = {
  none: "Pages and engine are kept on this device some seconds after the first visit, where the browser allows it.",
  fetching: "Pages and engine are being kept on this device, so that they work without a connection.",
  ready: "Every page, the lessons, the engine and your saved runs work without a connection.",
} as const;

function extraWords(extra: Extra): string {
  switch (extra.kind) {
    case "missing":
      return "Trained models and data sets are kept when they are first used, or all at once here.";
    case "fetching":
      return `${extra.count} of ${extra.files.length} files kept.`;
    case "all":
      return "Trained models and data sets are here, too.";
    case "failed":
      return "Some files did not arrive. Check the connection, then press the button again.";
    default:
      return "";
  }
}
