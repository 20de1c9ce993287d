// `npm start`: set up, build the page, serve it on 127.0.0.1 and print the address. PORT chooses another port.

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./serve.mjs";
import { setup } from "./setup.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
setup();
const vite = join(root, "node_modules", "vite", "bin", "vite.js");
const built = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: root, stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);
const { address } = await serve({ root: join(root, "dist"), port: Number(process.env.PORT ?? 4173) });
console.log(`Wake-Sleep Lab is open at ${address} (Ctrl-C ends it).`);
