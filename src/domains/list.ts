// The registry of domains, one line each.

import type { DomainSpec } from "../engine/domain";
import { automata } from "./automata/index";
import { blocks } from "./blocks/index";
import { clusters } from "./clusters/index";
import { strings } from "./strings/index";
import { strokes } from "./strokes/index";
import { timeseries } from "./timeseries/index";

export const domains: readonly DomainSpec[] = [automata, blocks, clusters, strings, strokes, timeseries];
