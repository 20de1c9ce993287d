// The examples that the paper prints, with its programs and the one that is found here: on the help page of the domain.

import { type ReactNode, useEffect, useState } from "react";
import type { PaperExample } from "../../../domains/strings/paperExamples";
import type { DomainSpec } from "../../../engine/domain";
import { natsText } from "../../numberText";
import { Aligner } from "./alignment";
import { CharacterRow } from "./CharacterRow";
import { layoutProgram, type ProgramLayout } from "./programLayout";
import "./helpFigures.css";
import "./strings.css";
import { toolsOf } from "./stringsView";

export type HelpFiguresProps = { readonly spec: DomainSpec };

/** One block an example; empty until the list is there. */
export function HelpFigures({ spec }: HelpFiguresProps): ReactNode {
  const tools = toolsOf(spec);
  const [examples, setExamples] = useState<readonly PaperExample[]>([]);
  const [aligner] = useState(() => new Aligner(tools));
  const [logits] = useState(() => tools.uniformLogits());
  useEffect(() => {
    let isCurrent = true;
    tools.paperExamples().then(
      (list) => isCurrent && setExamples(list),
      (error: unknown) => console.info("The paper's examples did not load:", error),
    );
    return () => {
      isCurrent = false;
    };
  }, [tools]);
  if (examples.length === 0) return null;
  return (
    <section className="wsl-paper" aria-label="Examples printed in the paper">
      <h2>Examples printed in the paper, and the programs found here</h2>
      <p>
        Log likelihood of the shown strings in nats, with uniform classes and fair operators, so that programs compare
        without what was learned since. The tints tie characters to the classes of the program found here.
      </p>
      {examples.map((example) => {
        const read = spec.program.parse(example.ours.program, {});
        const layout = read.ok ? layoutProgram(example.ours.program, tools.syntaxTree(read.program)) : null;
        const rows = read.ok
          ? aligner.align(logits, example.ours.program, read.program, example.strings)
          : aligner.align(logits, ".*", [], []);
        return <Example key={example.name} example={example} layout={layout} rows={rows} />;
      })}
    </section>
  );
}

/** Programs of our own hand are named so. */
function whoText(who: string): string {
  return who.replace(" (ours)", ", by hand");
}

type ExampleProps = {
  readonly example: PaperExample;
  readonly layout: ProgramLayout | null;
  readonly rows: ReturnType<Aligner["align"]>;
};

function Example({ example, layout, rows }: ExampleProps): ReactNode {
  const { ours, references } = example;
  return (
    <article className="wsl-paper-example" data-example={example.name}>
      <header>
        <h3>{example.name.replace(/ \(.*\)$/, "")}</h3>
        <p>{example.source}</p>
      </header>
      <ul aria-label="Strings">
        {rows.map((one) => (
          <li key={one.text}>
            <CharacterRow string={one} layout={layout} />
          </li>
        ))}
      </ul>
      <table>
        <thead>
          <tr>
            <th scope="col">Program</th>
            <th scope="col">From</th>
            <th scope="col">Nats</th>
          </tr>
        </thead>
        <tbody>
          {references.map((one) => (
            <tr key={`${one.who} ${one.program}`}>
              <td>
                <code>{one.program}</code>
              </td>
              <td>{whoText(one.who)}</td>
              <td>{one.logLikelihood === null ? "cannot make all" : natsText(one.logLikelihood)}</td>
            </tr>
          ))}
          <tr className="wsl-paper-ours">
            <td>
              <code>{ours.program}</code>
            </td>
            <td>found here{ours.rank === 1 ? "" : `, rank ${ours.rank}`}</td>
            <td>{natsText(ours.logLikelihood)}</td>
          </tr>
        </tbody>
      </table>
    </article>
  );
}
