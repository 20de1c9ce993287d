// `npm run -s lab -- COMMAND`: sets up what is missing, then runs the command line in this same process, so that
// Ctrl-C reaches it directly and no second Node has to start.

import { setup } from "./setup.mjs";

setup({ quiet: true });
await import("tsx");
const { main } = await import("../src/cli/main.ts");
await main(process.argv.slice(2));
