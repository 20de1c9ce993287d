// Entry of the command line's training thread: hands the registry of domains to the engine's server.

import { domains } from "../domains/list";
import { serve } from "../engine/worker/serve";
import { readPublicFile, threadPort } from "../engine/worker/threadPort";

serve(threadPort(), domains, readPublicFile);
