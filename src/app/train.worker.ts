// Entry of the page's training worker: hands the registry of domains to the engine's server. A worker of the same script
// brings data sets of others onto this device, where the page asks for that (datasets/importServer.ts).

import { domains } from "../domains/list";
import { serve } from "../engine/worker/serve";
import { fetchAsset, webWorkerPort } from "../engine/worker/webWorkerPort";
import { importOrderOf } from "./datasets/importMessages";
import { keptFirst } from "./datasets/readAsset";

// The cast: this module is only ever loaded as a worker, whose global scope this is.
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
// In a build this script lies in assets/, beside which the public files are; its own address holds in frames, too.
const base = import.meta.env.PROD ? import.meta.url.replace(/assets\/[^/]*$/, "") : import.meta.env.BASE_URL;

const port = webWorkerPort(scope);
serve(
  {
    ...port,
    listen: (handler) =>
      port.listen((request) => {
        const order = importOrderOf(request);
        if (!order) return handler(request);
        void import("./datasets/importServer").then(({ serveImport }) =>
          serveImport(order, (dataSets) => scope.postMessage({ dataSets })),
        );
      }),
  },
  domains,
  keptFirst(new URL(base, self.location.href).href, fetchAsset(base)),
);
