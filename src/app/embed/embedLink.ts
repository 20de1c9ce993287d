// Embedded pictures as links: "#/embed/automata?<what the workbench's link says>", or "#/embed/curves?domain=automata&...".

import { domains } from "../../domains/list";
import type { DomainSpec } from "../../engine/domain";

export type Embedded = {
  readonly spec: DomainSpec;
  readonly view: "pictures" | "curves";
  /** What the workbench reads after "?". */
  readonly query: string;
};

/** What an address asks for, or null if there is no such view or domain. */
export function readEmbed(view: string, query: string): Embedded | null {
  const params = new URLSearchParams(query);
  const name = view === "curves" ? (params.get("domain") ?? domains[0]?.id) : view;
  params.delete("domain");
  const spec = domains.find((domain) => domain.id === name);
  return spec ? { spec, view: view === "curves" ? "curves" : "pictures", query: params.toString() } : null;
}

/** HTML that puts the bench of a workbench's address into another page. @param address the page's whole address */
export function embedCode(address: string, title: string): string {
  const embedded = address.replace("#/lab/", "#/embed/").replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${embedded}" title="Wake-Sleep Lab: ${title}" width="640" height="560" style="border:0" loading="lazy" sandbox="allow-scripts allow-popups"></iframe>`;
}
