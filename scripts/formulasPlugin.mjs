// Formulas at build time: turns src/app/formulas/formulas.json (TeX and words) into a module of MathML, so that the page
// shows equations without carrying a typesetter. Used by vite.config.ts and vitest.config.ts.

import { readFileSync } from "node:fs";
import katex from "katex";

const SOURCE = new URL("../src/app/formulas/formulas.json", import.meta.url);
const NAME = "virtual:formulas";
const RESOLVED = `\0${NAME}`;

/**
 * MathML of one formula. Function names become upright by a class, because the stylesheet sets letters in the italic
 * of the symbols' face.
 */
export function mathOf(tex) {
  const html = katex.renderToString(tex, { output: "mathml", throwOnError: true, strict: "error", trust: false });
  const math = /<math[\s\S]*<\/math>/.exec(html)?.[0] ?? "";
  return (
    math
      .replace(/<annotation[\s\S]*?<\/annotation>/g, "")
      .replace(/<\/?semantics>/g, "")
      .replace(/<mi>([A-Za-z]{2,})<\/mi>/g, '<mi class="up">$1</mi>')
      // Browsers give the invisible "applied to" no width: log p would read logp.
      .replace(/<mo>\u2061<\/mo>(?=<\/mrow>)/g, "")
      .replace(/<mo>\u2061<\/mo>/g, '<mspace width="0.17em"/>')
  );
}

/** All formulas and symbols of the source file with their MathML. @throws Error that names the formula KaTeX refuses */
export function renderFormulas({ symbols, formulas }) {
  const render = (table) =>
    Object.fromEntries(
      Object.entries(table).map(([id, { tex, ...rest }]) => {
        try {
          return [id, { html: mathOf(tex), ...rest }];
        } catch (error) {
          throw new Error(`formula "${id}": ${error instanceof Error ? error.message : error}`, { cause: error });
        }
      }),
    );
  return { symbols: render(symbols), formulas: silent(render(formulas)) };
}

/** Formulas have words of their own: the MathML is not read a second time. */
function silent(table) {
  const hide = (html) => html.replace("<math ", '<math aria-hidden="true" ');
  return Object.fromEntries(Object.entries(table).map(([id, entry]) => [id, { ...entry, html: hide(entry.html) }]));
}

/** The Vite plugin behind `import { formulas, symbols } from "virtual:formulas"`. */
export function formulasPlugin() {
  return {
    name: "formulas",
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null;
      this.addWatchFile(SOURCE.pathname);
      const { symbols, formulas } = renderFormulas(JSON.parse(readFileSync(SOURCE, "utf8")));
      return `export const symbols = ${JSON.stringify(symbols)};\nexport const formulas = ${JSON.stringify(formulas)};\n`;
    },
    handleHotUpdate({ file, server }) {
      if (file !== SOURCE.pathname) return;
      const module = server.moduleGraph.getModuleById(RESOLVED);
      if (module) server.moduleGraph.invalidateModule(module);
      server.ws.send({ type: "full-reload" });
    },
  };
}
