// Brings data, model and kernels together; loaded in the worker only.

import type { DomainRuntime } from "../../engine/domain";
import { buildInstance } from "./instance";

export const blocksRuntime: DomainRuntime = { build: buildInstance };
