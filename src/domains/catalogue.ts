// The domains by name, one line each, in the order of list.ts (a test compares the two). Light: what Home, the header and
// titles show is here, so that the first page does not fetch the domains' options, readers and tools.

import type { DomainEntry } from "../engine/domain";
import { entry as automata } from "./automata/entry";
import { entry as blocks } from "./blocks/entry";
import { entry as clusters } from "./clusters/entry";
import { entry as strings } from "./strings/entry";
import { entry as strokes } from "./strokes/entry";
import { entry as timeseries } from "./timeseries/entry";

export const catalogue: readonly DomainEntry[] = [automata, blocks, clusters, strings, strokes, timeseries];
