// Which kind of data: one line and one picture a domain.

import { domains } from "../../domains/list";
import type { DomainSpec } from "../../engine/domain";
import { useDomainViews } from "../lab/domainViews";
import { PrivacyLine } from "./PrivacyLine";
import { useTryOwn } from "./tryViews";

export function TryChoice() {
  return (
    <main id="main" tabIndex={-1} data-screen="try" className="page">
      <h1 className="page-title">Try your own</h1>
      <p className="lead">Bring something of yours and get ranked programs back, with weights, words and samples.</p>
      <ul className="try-choice">
        {domains.map((spec) => (
          <Choice key={spec.id} spec={spec} />
        ))}
      </ul>
      <p>
        <PrivacyLine />
      </p>
    </main>
  );
}

function Choice({ spec }: { readonly spec: DomainSpec }) {
  const views = useDomainViews(spec.id);
  const tryOwn = useTryOwn(spec);
  return (
    <li>
      <a href={`#/try/${spec.id}`}>
        <span className="try-choice-picture" aria-hidden="true">
          {views ? <views.PresetPicture presetId={spec.presets[0]?.id ?? ""} /> : null}
        </span>
        <span>
          <b>{tryOwn?.title ?? spec.title}</b>
          <span className="try-choice-line">{tryOwn?.lead ?? spec.summary}</span>
        </span>
      </a>
    </li>
  );
}
