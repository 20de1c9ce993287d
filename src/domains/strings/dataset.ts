// The concepts of a run: generated ones, then a person's own.

import type { UserData } from "../../engine/domain";
import { LabError } from "../../engine/errors";
import type { Concept } from "./concepts";
import { makeConcepts } from "./data/generate";
import { ConceptSet } from "./observations";
import type { StringsSettings } from "./options";

export type StringsDataset = {
  /** Training concepts, a person's own ones last. */
  readonly concepts: readonly Concept[];
  readonly train: ConceptSet;
  /** Held-out strings, row n of the generated concept n. */
  readonly heldOut: ConceptSet;
  /** Row of the person's first concept, or -1. */
  readonly userRow: number;
};

/** @throws LabError("file") for malformed user data */
export function makeDataset(settings: StringsSettings, userData: UserData | null): StringsDataset {
  const generated = makeConcepts(settings.dataSeed, settings.concepts).map((concept) => ({
    ...concept,
    strings: [...concept.strings, ...concept.heldOut].slice(0, settings.strings),
  }));
  const own = userData === null ? [] : ownConcepts(userData);
  const concepts = [...generated, ...own];
  const names = concepts.map(({ name }) => name);
  return {
    concepts,
    train: new ConceptSet(
      names,
      concepts.map(({ strings }) => strings),
    ),
    heldOut: new ConceptSet(
      generated.map(({ name }) => name),
      generated.map(({ heldOut }) => heldOut),
    ),
    userRow: own.length > 0 ? generated.length : -1,
  };
}

function ownConcepts({ name, payload }: UserData): readonly Concept[] {
  const list: unknown =
    typeof payload === "object" && payload !== null && "concepts" in payload ? payload.concepts : null;
  if (!Array.isArray(list) || list.length === 0) throw malformed(name, "it holds no columns");
  return list.map((item: Partial<Concept> | null) => {
    const isText = (values: unknown): values is string[] =>
      Array.isArray(values) && values.every((value) => typeof value === "string");
    const { strings, heldOut } = item ?? {};
    if (!isText(strings) || strings.length === 0) throw malformed(name, "one of its columns has no strings");
    return { name: String(item?.name ?? ""), strings, heldOut: isText(heldOut) ? heldOut : [], pattern: null };
  });
}

function malformed(name: string, why: string): LabError {
  return new LabError("file", { message: `${name} cannot be used: ${why}`, help: "Choose the file again." }, { name });
}
