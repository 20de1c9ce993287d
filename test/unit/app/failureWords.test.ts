// Every failure speaks in sentences: no codes, no class names, no raw values, and always something to do (UX-197).

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { adviceFor } from "../../../src/app/lab/failureAdvice";
import { automata } from "../../../src/domains/automata";
import { asLabError, LabError, type LabErrorCode } from "../../../src/engine/errors";
import { defaultsOf } from "../../../src/engine/options";

const catalogue = readFileSync("src/engine/errors.ts", "utf8");
// The codes are a type; its lines in the catalogue are the one list of them.
const codes = [...catalogue.matchAll(/^ {2}\| "([\w-]+)"/gm)].map((match) => match[1] as LabErrorCode);
const RAW = /\[object|undefined|\bNaN\b|Infinity\b|\w+Error\b|\bstack\b|\bat \w+ \(|\.tsx?:\d/;

function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : sourcesUnder(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function adviceOf(error: LabError) {
  const failure = { error: error.toData(), lastGoodStep: 7, checkpointStep: 5 };
  return adviceFor(failure, automata.options, defaultsOf(automata.options));
}

describe("failures", () => {
  it("are a list that is read whole", () => {
    expect(codes.length).toBeGreaterThan(10);
    expect(codes).toContain("non-finite");
    expect(codes).toContain("unexpected");
  });

  it.each(codes)("of code %s: a title, a reason, a button, no code in them", (code) => {
    const advice = adviceOf(new LabError(code, { message: "log p(x | z) is NaN at step 8", help: "Do this." }));
    const text = [advice.title, advice.why, ...advice.actions.map((action) => action.label)].join(" ");
    expect(advice.title).toMatch(/^[A-Z].*[.?]$/);
    expect(advice.why).toMatch(/^[A-Z].*[.?]$/);
    expect(advice.actions.length).toBeGreaterThan(0);
    expect(text).not.toMatch(RAW);
    if (code.includes("-")) expect(text).not.toContain(code);
  });

  it("of foreign errors lose their class names", () => {
    const advice = adviceOf(asLabError(new TypeError("Uncaught TypeError: cannot read the picture")));
    expect(advice.why).toMatch(/^Cannot read the picture\./);
    expect(advice.why).not.toMatch(RAW);
  });

  it("have no raw words in any sentence of the source", () => {
    const sentences = sourcesUnder("src").flatMap((path) =>
      [
        ...readFileSync(path, "utf8").matchAll(
          /\b(?:message|help|title|sentence)\b\s*[:=]\s*(["`])((?:\\.|(?!\1)[^\\])*)\1/g,
        ),
      ].map((match) => `${path}: ${match[2]}`),
    );
    expect(sentences.length).toBeGreaterThan(100);
    for (const sentence of sentences) {
      expect(sentence).not.toMatch(/\[object|undefined\b|!["`]?$|\bstack\b(?! of)/);
    }
  });
});
