// An imported set as a run reads it: from its place, or a sentence where it is not there or is damaged.

import { describe, expect, it } from "vitest";
import { makeHandwriting } from "../../../src/domains/strokes/data/handwriting";
import { readImported } from "../../../src/domains/strokes/data/imported";
import { packImages } from "../../../src/domains/strokes/data/packed";
import { LabError } from "../../../src/engine/errors";

const origin = { title: "MNIST", owner: "its authors", licence: "CC BY-SA 3.0", source: "a.gz", threshold: 0.5 };
const set = { ...makeHandwriting({ seed: 2, count: 5, split: "train" }), name: "mnist" };
const bytes = packImages(set, origin);

async function failure(read: Promise<unknown>): Promise<LabError> {
  const error: unknown = await read.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(LabError);
  return error as LabError; // checked above
}

describe("an imported set", () => {
  it("is read from its place, with its origin", async () => {
    const asked: string[] = [];
    const read = await readImported("mnist", (path) => {
      asked.push(path);
      return Promise.resolve(bytes);
    });
    expect(read).toEqual({ set, origin });
    expect(asked).toEqual(["datasets/mnist.images"]);
  });

  const sentence = "MNIST is not here yet: lab datasets mnist --download, or choose its file.";

  it("that is absent has a sentence that says how to bring it, and keeps the cause", async () => {
    const cause = new LabError("file", { message: "The lab has no file.", help: "" });
    const error = await failure(readImported("mnist", () => Promise.reject(cause)));
    expect(error).toMatchObject({ code: "file", message: sentence, title: "The data set is not here", cause });
    expect(error.help).toContain("Data sets of others");
  });

  it("is absent, too, where a server answers with its front page", async () => {
    const page = new TextEncoder().encode("<!doctype html><title>Wake-Sleep Lab</title>");
    expect((await failure(readImported("mnist", () => Promise.resolve(page)))).message).toBe(sentence);
  });

  it("that is damaged says so and what to do", async () => {
    const error = await failure(readImported("mnist", () => Promise.resolve(bytes.subarray(0, 400))));
    expect(error.message).toBe(
      "datasets/mnist.images is cut off or damaged: its checksum does not fit. Import it again.",
    );
  });
});
