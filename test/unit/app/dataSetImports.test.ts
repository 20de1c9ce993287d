// Data sets of others where nothing can be kept: Node has no Cache Storage, as private windows and addresses without https
// have none.

import { describe, expect, it } from "vitest";
import type { ImportEvent, ImportOrder } from "../../../src/app/datasets/importMessages";
import { serveImport } from "../../../src/app/datasets/importServer";
import { keptFirst } from "../../../src/app/datasets/readAsset";
import { omniglotZip } from "../../helpers/dataFiles";

const base = "http://localhost/lab/";

async function answers(order: ImportOrder): Promise<ImportEvent[]> {
  const heard: ImportEvent[] = [];
  await serveImport({ ...order, domain: "strokes", base }, (event) => heard.push(event));
  return heard;
}

describe("without a place to keep data sets", () => {
  it("shows what there is, nothing of it kept or begun", async () => {
    expect("caches" in globalThis).toBe(false);
    const [event, ...more] = await answers({ kind: "look" });
    if (event?.kind !== "sources") throw new Error(JSON.stringify(event));
    expect(more).toEqual([]);
    expect(event.sources.map(({ source }) => source.name)).toEqual(["omniglot", "mnist", "kmnist", "quickdraw"]);
    for (const { kept, begun } of event.sources) {
      expect(kept).toBeNull();
      expect(Object.values(begun).every((bytes) => bytes === 0)).toBe(true);
    }
  });

  it("says so when files are to be kept, in words for people", async () => {
    const files = [new File([omniglotZip(30).bytes as Uint8Array<ArrayBuffer>], "images_background.zip")];
    const last = (await answers({ kind: "files", name: "omniglot", files })).at(-1);
    expect(last).toEqual({
      kind: "failed",
      name: "omniglot",
      message:
        "This browser keeps no data sets for this page. Open the lab over https and in a window that is not private, then try again.",
    });
  });

  it("reads everything from the network", async () => {
    const fetched: string[] = [];
    const readAsset = keptFirst(base, async (path) => {
      fetched.push(path);
      return new Uint8Array();
    });
    await readAsset("datasets/mnist.images");
    expect(fetched).toEqual(["datasets/mnist.images"]);
  });
});
