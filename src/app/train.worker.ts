// Entry of the page's training worker: hands the registry of domains to the engine's server.

import { domains } from "../domains/list";
import { serve } from "../engine/worker/serve";
import { fetchAsset, webWorkerPort } from "../engine/worker/webWorkerPort";
import { keptFirst } from "./datasets/readAsset";

// In a build this script lies in assets/, beside which the public files are; its own address holds in frames, too.
const base = import.meta.env.PROD ? import.meta.url.replace(/assets\/[^/]*$/, "") : import.meta.env.BASE_URL;

// The cast: this module is only ever loaded as a worker, whose global scope this is.
serve(
  webWorkerPort(globalThis as unknown as DedicatedWorkerGlobalScope),
  domains,
  keptFirst(new URL(base, self.location.href).href, fetchAsset(base)),
);
