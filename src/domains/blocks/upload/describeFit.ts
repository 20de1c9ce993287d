// A parse as data: its blocks with places, sizes and colours, where they fit the picture best, and what is left over.

import type { FitDescription } from "../../../engine/domain";
import type { OptionValues } from "../../../engine/options";
import { settingsOf } from "../options";
import { typeName } from "../print";
import type { BlockTypes } from "../scene";
import { explainScene } from "../sceneWords";
import { type FittedScene, fitScene } from "./fitScene";
import { type Likeness, likenessOf } from "./likeness";
import { typesOf } from "./photograph";
import { seenBytes, valuesOf } from "./seenScene";
import { usualErrorOf } from "./usualError";

export type OwnFit = FittedScene & { readonly likeness: Likeness; readonly types: BlockTypes };

/** The parse fitted to one of a person's pictures; null without the picture or the model's types. */
export function ownFit(
  program: ArrayLike<number>,
  observation: unknown,
  options: OptionValues,
  theta: Readonly<Record<string, ArrayLike<number>>>,
): OwnFit | null {
  const bytes = seenBytes(observation);
  const types = typesOf(theta, options);
  const settings = settingsOf(options);
  if (!bytes || !types || bytes.length !== 3 * settings.side ** 2) return null;
  const picture = valuesOf(bytes);
  const fitted = fitScene(program, picture, types, settings);
  return { ...fitted, types, likeness: likenessOf(picture, fitted.error, usualErrorOf(options)) };
}

/** What a picture unlike all others is called. */
export const UNLIKE = "This picture is unlike anything this model has seen.";

/** Words and data of a parse (DomainSpec.describeFit). */
export function describeFit(
  program: ArrayLike<number>,
  observation: unknown,
  options: OptionValues,
  theta: Readonly<Record<string, ArrayLike<number>>>,
): FitDescription | null {
  const fit = ownFit(program, observation, options, theta);
  if (!fit) return null;
  const { placed, likeness } = fit;
  const { gridSide } = settingsOf(options);
  const blocks = placed.map(({ row, column, level, type, centre, size, color }) => ({
    row,
    column,
    level,
    type: typeName(type),
    centre: centre.map(rounded),
    size: size.map(rounded),
    color: color.map(rounded),
  }));
  const words = [...explainScene(placed, gridSide), ...(likeness.isUnlike ? [`${UNLIKE} ${likeness.why}`] : [])];
  const data = {
    blocks,
    error: Number(likeness.error.toPrecision(3)),
    usualError: likeness.limit,
    explained: rounded(likeness.explained),
    isUnlike: likeness.isUnlike,
  };
  return { words, data };
}

const rounded = (value: number): number => Number(value.toFixed(4));
