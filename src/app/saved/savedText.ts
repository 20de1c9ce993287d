// Sizes and dates of saved runs as people read them.

import { fixedText } from "../../views/numberText";

/** Bytes as megabytes: "1.9", "0.03"; two decimals below a tenth. */
export function megabytesText(bytes: number): string {
  const megabytes = bytes / 1e6;
  return fixedText(megabytes, megabytes >= 0.095 ? 1 : 2);
}

/** "1.9 MB", in sentences; from a gigabyte on "2.4 GB". */
export function sizeText(bytes: number): string {
  return bytes >= 1e9 ? `${fixedText(bytes / 1e9, 1)} GB` : `${megabytesText(bytes)} MB`;
}

/** "14:02" on the same day, else "21 Nov 2026, 14:02". Times are milliseconds since 1970. */
export function dateText(time: number, now: number): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (date.toDateString() === new Date(now).toDateString()) return `today, ${clock}`;
  return `${date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" })}, ${clock}`;
}

/** A name that every file system takes: "clusters-mws-k10-seed1-step250". */
export function fileStem(parts: readonly (string | number)[]): string {
  return parts
    .map((part) =>
      String(part)
        .normalize("NFKD")
        .replace(/\p{M}/gu, "")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, ""),
    )
    .filter(Boolean)
    .join("-");
}
