// `lab export --program TEXT --as javascript|python`: one program as an expression of a programming language.

import { domains } from "../../domains/list";
import type { ProgramLanguage } from "../../engine/domain";
import { defaultsOf } from "../../engine/options";
import { mistake } from "../failures";
import { type NewRecord, print, recordLine } from "../output";

const LANGUAGES: readonly ProgramLanguage[] = ["javascript", "python"];

/**
 * Prints the expression.
 * @param flags `as`: the language, JavaScript where absent
 * @throws LabError("option") for an unknown language or a text that is no program, with the position
 */
export async function translateProgram(
  text: string,
  flags: { readonly as?: string; readonly json?: boolean },
): Promise<void> {
  const language = LANGUAGES.find((each) => each === (flags.as ?? "javascript").toLowerCase());
  if (language === undefined) throw mistake(`--as is "${flags.as}"; allowed: ${LANGUAGES.join(", ")}.`);
  const spec = domains.find(({ program }) => program.translate !== undefined);
  if (!spec?.program.translate) throw mistake("--program: no domain has programs that can be translated.");
  const options = defaultsOf(spec.options);
  const parsed = spec.program.parse(text, options);
  if (!parsed.ok) throw mistake(`--program is "${text}": ${parsed.message}`);
  const expression = spec.program.translate(parsed.program, language);
  const program = spec.program.print(parsed.program, options);
  const record: NewRecord = { kind: "translation", domain: spec.id, program, language, expression };
  await print(flags.json ? recordLine(record) : expression);
}
