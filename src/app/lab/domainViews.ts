// Finds a domain's pictures by its folder's name; each domain's pictures are a chunk of their own.

import { useEffect, useState } from "react";
import { domains } from "../../domains/list";
import type { DomainViews } from "../../views/domainViews";

const loaders = import.meta.glob<{ views: DomainViews }>("../../views/domains/*/index.tsx");

/** The pictures of a domain, null while their chunk is on its way. Throws into the error boundary if there are none. */
export function useDomainViews(domainId: string): DomainViews | null {
  const [views, setViews] = useState<DomainViews | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    const load = loaders[`../../views/domains/${domainId}/index.tsx`];
    const spec = domains.find(({ id }) => id === domainId);
    const loading = load
      ? Promise.all([load(), spec?.loadTools?.()]).then(([module]) => module)
      : Promise.reject(new Error(`No pictures for domain ${domainId}.`));
    loading.then(
      (module) => isCurrent && setViews(module.views),
      (error: unknown) => isCurrent && setFailure(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [domainId]);
  if (failure) throw failure;
  return views;
}
