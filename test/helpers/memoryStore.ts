// A store of a download's pieces that keeps them in memory.

import type { PartStore } from "../../src/engine/dataSetImports";

/** Empty at first. */
export function memoryStore(): PartStore {
  let kept: Uint8Array[] = [];
  let mark = "";
  const size = () => kept.reduce((sum, bytes) => sum + bytes.length, 0);
  return {
    state: () => Promise.resolve({ size: size(), mark }),
    begin: (next) => {
      kept = [];
      mark = next;
      return Promise.resolve();
    },
    append: (bytes) => {
      kept.push(bytes);
      return Promise.resolve();
    },
    read: () => {
      const all = new Uint8Array(size());
      let at = 0;
      for (const bytes of kept) {
        all.set(bytes, at);
        at += bytes.length;
      }
      return Promise.resolve(all);
    },
  };
}
