// Finds what a domain brings to "Try your own" by its folder's name; a chunk of its own.

import { useEffect, useState } from "react";
import type { DomainSpec } from "../../engine/domain";
import type { TryOwn } from "../../views/try/tryOwn";

const loaders = import.meta.glob<{ tryOwn: TryOwn }>("../../views/domains/*/try.tsx");

/** Null while its chunk and the domain's readers are on their way. Throws into the error boundary if the domain has none. */
export function useTryOwn(spec: DomainSpec): TryOwn | null {
  const [tryOwn, setTryOwn] = useState<TryOwn | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    loadTry(spec).then(
      (loaded) => isCurrent && setTryOwn(loaded),
      (error: unknown) => isCurrent && setFailure(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [spec]);
  if (failure) throw failure;
  return tryOwn;
}

async function loadTry(spec: DomainSpec): Promise<TryOwn> {
  const load = loaders[`../../views/domains/${spec.id}/try.tsx`];
  if (!load) throw new Error(`Nothing of your own can be tried for ${spec.id} yet.`);
  const [module] = await Promise.all([load(), spec.loadReaders?.()]);
  return module.tryOwn;
}
