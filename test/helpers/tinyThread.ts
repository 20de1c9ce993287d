// A worker thread that serves the tiny domain: as the command line's entry, with another registry.

import { serve } from "../../src/engine/worker/serve";
import { readPublicFile, threadPort } from "../../src/engine/worker/threadPort";
import { tiny } from "./tinyDomain";

serve(threadPort(), [tiny], readPublicFile);
