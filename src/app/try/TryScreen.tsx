// Try your own: the choice of domains, or one domain's page.

import { domains } from "../../domains/list";
import { NotFoundScreen } from "../screens/NotFoundScreen";
import { TryChoice } from "./TryChoice";
import { TryDomain } from "./TryDomain";
import "../../views/memory/memory.css";
import "../../views/try/result.css";
import "../../views/try/try.css";

export function TryScreen({ domain }: { readonly domain: string | null; readonly query: string }) {
  if (domain === null) return <TryChoice />;
  const spec = domains.find((candidate) => candidate.id === domain);
  return spec ? <TryDomain key={spec.id} spec={spec} /> : <NotFoundScreen />;
}
