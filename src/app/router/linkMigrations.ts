// Old links: every change of the link's format adds one migration from the format before to the next, kept for ever, with a
// fixture in test/fixtures/links. Reading runs the chain from the link's own version to the present one.

/** What the part after "?" of one version says, in the terms of the next. Changes `params` in place. */
export type Migration = (params: URLSearchParams) => void;

/**
 * Entry n leads from version n to n + 1. Links without a version are of version 0: written by hand, or before links carried
 * one; their names are those of version 1.
 */
export const LAB_MIGRATIONS: readonly Migration[] = [(params) => params.set("v", "1")];

/** The version that this page writes. */
export const LINK_VERSION = LAB_MIGRATIONS.length;

/** The link's parameters in the present version, and one sentence if its version is not one of ours. */
export function migrate(
  query: string,
  migrations: readonly Migration[] = LAB_MIGRATIONS,
): { readonly params: URLSearchParams; readonly problem: string | null } {
  const params = new URLSearchParams(query);
  const given = params.get("v") ?? "0";
  const version = Number(given);
  const isKnown = /^\d{1,6}$/.test(given) && version <= migrations.length;
  if (isKnown) for (const step of migrations.slice(version)) step(params);
  return { params, problem: isKnown ? null : versionProblem(given, version, migrations.length) };
}

function versionProblem(given: string, version: number, present: number): string {
  if (Number.isInteger(version) && version > present) {
    return `This link is of version ${version}; this page reads up to version ${present}. Reload the page to update.`;
  }
  const shown = given.length > 60 ? `${given.slice(0, 60)}…` : given;
  return `v is "${shown}"; allowed: 0 to ${present}.`;
}
