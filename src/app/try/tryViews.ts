// Finds what a domain brings to "Try your own" by its folder's name; a chunk of its own.

import { useEffect, useState } from "react";
import type { TryOwn } from "../../views/try/tryOwn";

const loaders = import.meta.glob<{ tryOwn: TryOwn }>("../../views/domains/*/try.tsx");

/** Null while its chunk is on its way. Throws into the error boundary if the domain has none. */
export function useTryOwn(domainId: string): TryOwn | null {
  const [tryOwn, setTryOwn] = useState<TryOwn | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    const load = loaders[`../../views/domains/${domainId}/try.tsx`];
    const loading = load ? load() : Promise.reject(new Error(`Nothing of your own can be tried for ${domainId} yet.`));
    loading.then(
      (module) => isCurrent && setTryOwn(module.tryOwn),
      (error: unknown) => isCurrent && setFailure(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [domainId]);
  if (failure) throw failure;
  return tryOwn;
}
