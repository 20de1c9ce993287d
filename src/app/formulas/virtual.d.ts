// The module that scripts/formulasPlugin.mjs makes of formulas.json at build time.

declare module "virtual:formulas" {
  export const symbols: Readonly<Record<string, { readonly html: string; readonly meaning: string }>>;
  export const formulas: Readonly<
    Record<string, { readonly html: string; readonly words: string; readonly symbols: readonly string[] }>
  >;
}
