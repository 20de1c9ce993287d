// One domain's page: the input with its preview on the left, what was found on the right.

import { useEffect } from "react";
import type { DomainSpec } from "../../engine/domain";
import { useDomainViews } from "../lab/domainViews";
import { PrivacyLine } from "./PrivacyLine";
import { TryInput } from "./TryInput";
import { TryResult } from "./TryResult";
import { dropWork } from "./trySearch";
import { useTryOwn } from "./tryViews";

export function TryDomain({ spec }: { readonly spec: DomainSpec }) {
  const views = useDomainViews(spec.id);
  const tryOwn = useTryOwn(spec);
  useEffect(() => () => dropWork(spec.id), [spec.id]);
  const isReady = views !== null && tryOwn !== null;
  return (
    <main id="main" tabIndex={-1} data-screen="try" className="try-page" aria-busy={isReady ? undefined : true}>
      <section className="try-in">
        <h1 className="try-title">{tryOwn?.title ?? `Try your own: ${spec.title}`}</h1>
        <p className="try-lead">
          {tryOwn?.lead} <PrivacyLine />
        </p>
        {isReady ? <TryInput spec={spec} tryOwn={tryOwn} /> : null}
      </section>
      <section className="try-out" aria-label="What was found">
        {isReady ? <TryResult spec={spec} views={views} tryOwn={tryOwn} /> : null}
      </section>
    </main>
  );
}
