import type { Server } from "node:http";

/** Serves `root` under `base`; tries the next ports if `port` is taken. */
export function serve(options?: {
  readonly root?: string;
  readonly base?: string;
  readonly port?: number;
}): Promise<{ readonly address: string; readonly server: Server }>;
