// The text of the domain's help page, fetched when it is opened: no workbench needs it.

import type { HelpPart } from "../../engine/domain";

/** Six headings with their texts. */
export const help = async (): Promise<readonly HelpPart[]> => (await import("./help")).HELP;
