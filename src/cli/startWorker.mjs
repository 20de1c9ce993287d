// First script of a training thread: teaches the thread TypeScript, then loads the entry. Node 20 does not apply a
// loader given by --import to a worker's first file, so that file has to be JavaScript.

import { register } from "tsx/esm/api";

register();
await import("./train.worker.ts");
