// Help: keys, glossary, one page per domain (six headings), and what this device can do.

import { useEffect, useState } from "react";
import { domains } from "../../domains/list";
import type { DomainSpec, HelpPart } from "../../engine/domain";
import { SCENE_KEYS } from "../../views/scene3d/sceneKeyList";
import { DomainFigures } from "../help/DomainFigures";
import { findTerm, GLOSSARY } from "../help/glossary";
import { ColourTable, ControlTable } from "../help/HelpTables";
import { LoopDiagram } from "../help/LoopDiagram";
import { OfflineSection } from "../offline/OfflineSection";
import { KeyTable, PresenterKeyTable } from "./KeyTable";
import { NotFoundScreen } from "./NotFoundScreen";
import { PlainPage } from "./PlainPage";

/** `topic` is a domain's id or a glossary entry's id; null for the overview. */
export function HelpScreen({ topic }: { readonly topic: string | null }) {
  if (topic === null) return <HelpOverview />;
  const domain = domains.find((candidate) => candidate.id === topic);
  if (domain) {
    return (
      <PlainPage screen="help" title={`${domain.title}: help`} lead={domain.summary}>
        <DomainHelp key={domain.id} help={domain.help} />
        <p className="note">
          <a href={`#/lab/${domain.id}`}>Open the workbench</a>
        </p>
        <DomainFigures spec={domain} />
      </PlainPage>
    );
  }
  const term = findTerm(topic);
  if (!term) return <NotFoundScreen />;
  return (
    <PlainPage screen="help" title={term.term} lead={term.text}>
      <p className="note">
        See also{" "}
        {term.see.map((id, index) => (
          <span key={id}>
            {index > 0 ? ", " : ""}
            <a href={`#/help/${id}`}>{findTerm(id)?.term ?? id}</a>
          </span>
        ))}
        , or <a href="#/help">all words</a>.
      </p>
      {topic === "privacy" ? <OfflineSection /> : null}
    </PlainPage>
  );
}

function DomainHelp({ help }: Pick<DomainSpec, "help">) {
  const [parts, setParts] = useState<readonly HelpPart[]>([]);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    help().then(setParts, setFailure);
  }, [help]);
  if (failure) throw failure;
  return (
    <div className="prose">
      {parts.map((part) => (
        <section key={part.heading}>
          <h2>{part.heading}</h2>
          <p>{part.text}</p>
        </section>
      ))}
    </div>
  );
}

function HelpOverview() {
  return (
    <PlainPage
      screen="help"
      title="Help"
      lead="The words of the lab, its keys, and what each domain can and cannot do."
    >
      <LoopDiagram />
      <div className="help-grid">
        <section aria-labelledby="help-domains">
          <h2 id="help-domains">Domains</h2>
          <ul className="link-list">
            {domains.map((domain) => (
              <li key={domain.id}>
                <a href={`#/help/${domain.id}`}>{domain.title}</a>
                <span>{domain.summary}</span>
              </li>
            ))}
          </ul>
          <h2>Keys on the workbench</h2>
          <KeyTable more={SCENE_KEYS} />
          <h2>Keys of presenter mode</h2>
          <PresenterKeyTable />
          <h2>Colours</h2>
          <ColourTable />
        </section>
        <section aria-labelledby="help-words">
          <h2 id="help-words">Words</h2>
          <dl className="glossary">
            {GLOSSARY.map((entry) => (
              <div key={entry.id}>
                <dt>
                  <a href={`#/help/${entry.id}`}>{entry.term}</a>
                </dt>
                <dd>{entry.text}</dd>
              </div>
            ))}
          </dl>
          <h2>Controls</h2>
          <ControlTable />
        </section>
      </div>
    </PlainPage>
  );
}
